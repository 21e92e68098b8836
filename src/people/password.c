/* Passwords: see password.h. */
#include "people/password.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/digest.h"
#include "people/lists.h"
#include "people/opaque.h"

/* OWASP's floor for Argon2id: 19 MiB, two passes, one lane. */
enum { ARGON_PASSES = 2 };
static const size_t argon_bytes = (size_t)19 * 1024 * 1024;

/* What no password makes: it is verified against when there is no account. */
static const char nobody[] =
	"$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

int password_encode(struct arena *a, struct str password, struct str *ret, struct err *err)
{
	char *out = arena_new(a, char, crypto_pwhash_STRBYTES);

	password = opaque_text(a, password);
	if (crypto_pwhash_str_alg(out, password.data, password.len, ARGON_PASSES, argon_bytes,
				  crypto_pwhash_ALG_ARGON2ID13) != 0)
		return err_set(err, FAULT_SYSTEM, "no memory for Argon2id");
	*ret = str_from(out);
	return 0;
}

bool password_fits(struct arena scratch, struct str encoded, struct str password)
{
	char text[crypto_pwhash_STRBYTES] = { 0 };
	struct str against = encoded.len ? encoded : str_from(nobody);
	bool fits;

	if (against.len >= sizeof text)
		return false;
	password = opaque_text(&scratch, password);
	memcpy(text, against.data, against.len);
	fits = crypto_pwhash_str_verify(text, password.len ? password.data : "", password.len) == 0;
	return fits && encoded.len > 0;
}

bool password_is_outdated(struct arena scratch, struct str encoded)
{
	return crypto_pwhash_str_needs_rehash(str_c(&scratch, encoded), ARGON_PASSES,
					      argon_bytes) != 0;
}

/* ---- what others try first ---- */

/* What is written for a letter: P@ssw0rd is password. */
static char letter_of(char c)
{
	static const char looks[] = "@a4a3e1i!i0o5s$s7t8b9g";

	if (c >= 'A' && c <= 'Z')
		return (char)(c + ('a' - 'A'));
	for (size_t i = 0; i + 1 < sizeof looks; i += 2)
		if (looks[i] == c)
			return looks[i + 1];
	return c;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Its letters, small, with or without what stands for letters read as such. */
static struct str letters_only(struct arena *a, struct str s, bool reads_signs)
{
	char *out = arena_new(a, char, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.data[i];

		if (reads_signs || (c >= 'A' && c <= 'Z'))
			c = letter_of(c);
		if (is_letter(c))
			out[n++] = c;
	}
	return str_make(out, n);
}

/* Without the digits and signs after its last letter: in "P@ssw0rd2024!" only those before stand for one. */
static struct str without_tail(struct str s)
{
	while (s.len && !is_letter((char)(s.data[s.len - 1] | 0x20)))
		s.len--;
	return s;
}

/* Whether `words`, a line each and sorted by bytes, holds `word`. */
static bool holds(struct str words, struct str word)
{
	while (words.len) {
		size_t start = words.len / 2;
		struct str rest;
		int r;

		while (start > 0 && words.data[start - 1] != '\n')
			start--;
		rest = str_slice(words, start, words.len);
		r = str_cmp(word, str_cut(&rest, '\n'));
		if (r == 0)
			return true;
		words = r < 0 ? str_slice(words, 0, start) : rest;
	}
	return false;
}

/* The same again and again, "azerty" in "azertyazerty": its shortest part that makes the whole. */
static struct str unrepeated(struct str s)
{
	for (size_t n = 1; n <= s.len / 2; n++) {
		size_t i = n;

		while (i < s.len && s.data[i] == s.data[i - n])
			i++;
		if (i == s.len)
			return str_slice(s, 0, n);
	}
	return s;
}

/* One word of the list, two one after another, or one again and again. */
static bool is_common(struct str s)
{
	/* A word may repeat a part of its own: "doudou". */
	if (s.len == 0 || holds(common_passwords, s) || holds(common_passwords, unrepeated(s)))
		return true;
	for (size_t cut = 3; cut + 3 <= s.len; cut++)
		if (holds(common_passwords, str_slice(s, 0, cut)) &&
		    holds(common_passwords, str_slice(s, cut, s.len)))
			return true;
	return false;
}

static bool has_few_characters(struct str s)
{
	bool seen[256] = { false };
	int n = 0;

	for (size_t i = 0; i < s.len; i++) {
		n += !seen[(unsigned char)s.data[i]];
		seen[(unsigned char)s.data[i]] = true;
	}
	return n < 5;
}

/* Mostly along the keyboard's rows or the alphabet, either way. */
static bool is_run(struct str s)
{
	static const char *const rows[] = { "abcdefghijklmnopqrstuvwxyz",
					    "01234567890",
					    "azertyuiop",
					    "qsdfghjklm",
					    "wxcvbn",
					    "qwertyuiop",
					    "asdfghjkl",
					    "zxcvbnm",
					    "qwertzuiop",
					    "yxcvbnm" };
	size_t steps = 0;

	for (size_t i = 0; i + 1 < s.len; i++) {
		const char there[3] = { s.data[i], s.data[i + 1], '\0' };
		const char back[3] = { s.data[i + 1], s.data[i], '\0' };
		bool follows = false;

		for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
			follows = follows || strstr(rows[k], there) || strstr(rows[k], back);
		steps += follows;
	}
	return steps * 4 >= (s.len - 1) * 3;
}

/* Every letter of it is in the name or the address. */
static bool is_own(struct arena scratch, struct str letters, struct str email, struct str name)
{
	struct str rest = email;
	struct str local = letters_only(&scratch, str_cut(&rest, '@'), false);
	struct str own = letters_only(&scratch, name, false);

	return (letters.len >= 3 && (str_contains(own, letters) || str_contains(local, letters))) ||
	       (local.len >= 4 && str_eq(letters, local)) || (own.len >= 4 && str_eq(letters, own));
}

enum password_outcome password_check(struct arena scratch, struct str password, struct str email,
				     struct str name)
{
	struct str plain, read, own, small = { NULL, 0 };
	char *lower;

	password = opaque_text(&scratch, password);
	lower = arena_new(&scratch, char, password.len + 1);
	if (password.len < PASSWORD_MIN)
		return PASSWORD_SHORT;
	if (password.len > PASSWORD_MAX)
		return PASSWORD_LONG;
	for (size_t i = 0; i < password.len; i++) {
		char c = password.data[i];

		lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	small = str_make(lower, password.len);
	plain = letters_only(&scratch, password, false);
	read = letters_only(&scratch, without_tail(password), true);
	own = unrepeated(plain);
	if (str_eq_nocase(password, email) || is_own(scratch, plain, email, name) ||
	    is_own(scratch, own, email, name))
		return PASSWORD_OWN;
	if (is_common(plain) || is_common(read) || has_few_characters(small) || is_run(small) ||
	    unrepeated(small).len < 6)
		return PASSWORD_COMMON;
	return PASSWORD_OK;
}
