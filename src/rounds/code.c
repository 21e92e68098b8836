/* Codes that people type: see code.h. */
#include "rounds/code.h"

#include "base/buf.h"
#include "base/token.h"
#include "rounds/queries.h"

enum { CODE_TRIES = 20 };

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct str room_code_make(struct arena *a)
{
	char *out = arena_new(a, char, ROOM_CODE_LENGTH + 1);
	uint8_t random[ROOM_CODE_LENGTH];

	random_bytes(random, sizeof random);
	for (int i = 0; i < ROOM_CODE_LENGTH; i++)
		out[i] = digits[random[i] % (sizeof digits - 1)];
	return str_make(out, ROOM_CODE_LENGTH);
}

/* What a typed character stands for; 0 for none. */
static char digit_of(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	if (c == 'I' || c == 'L')
		return '1';
	for (const char *d = digits; *d; d++)
		if (*d == c)
			return c;
	return 0;
}

int room_code_read(struct arena *a, struct str typed, struct str *ret)
{
	char *out = arena_new(a, char, ROOM_CODE_LENGTH + 1);
	size_t n = 0;

	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.data[i];

		if (c == ' ' || c == '-')
			continue;
		if (n == ROOM_CODE_LENGTH || !digit_of(c))
			return 1;
		out[n++] = digit_of(c);
	}
	if (n != ROOM_CODE_LENGTH)
		return 1;
	*ret = str_make(out, n);
	return 0;
}

struct str room_code_words(struct arena *a, struct str code)
{
	enum { HALF = ROOM_CODE_LENGTH / 2 };

	if (code.len == 0)
		return code;
	return str_fmt(a, "%.*s %.*s", STR_ARG(str_slice(code, 0, HALF)),
		       STR_ARG(str_slice(code, HALF, code.len)));
}

int room_code_free(struct db *db, struct arena *a, struct str *ret, struct err *err)
{
	for (int i = 0; i < CODE_TRIES; i++) {
		struct str code = room_code_make(a);
		struct rounds_code_used_row row;
		int r = rounds_code_used(db, a, code, &row, err);

		if (r != 0)
			return r;
		if (row.n == 0) {
			*ret = code;
			return 0;
		}
	}
	return err_set(err, FAULT_INTERNAL, "no free code was found in %d tries", CODE_TRIES);
}
