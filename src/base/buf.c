/* Growing byte buffers: see buf.h. */
#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { FIRST_CAP = 256 };

struct buf buf_make(struct arena *a, size_t max)
{
	return (struct buf){ .arena = a, .data = NULL, .max = max };
}

struct buf buf_fixed(char *memory, size_t size)
{
	memory[0] = '\0';
	return (struct buf){ .data = memory, .cap = size, .max = size - 1 };
}

char *buf_reserve_growing(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : FIRST_CAP;

	if (b->full || n > b->max - b->len) {
		b->full = true;
		return NULL;
	}
	if (b->len + n >= b->cap) {
		while (cap <= b->len + n)
			cap *= 2;
		if (cap > b->max)
			cap = b->max + 1;
		b->data = arena_grow(b->arena, b->data, b->cap, cap);
		b->cap = cap;
	}
	return b->data + b->len;
}

void buf_put_growing(struct buf *b, struct str s)
{
	char *p = buf_reserve(b, s.len);

	if (!p)
		return;
	if (s.len)
		memcpy(p, s.data, s.len);
	buf_advance(b, s.len);
}

enum { DIGITS_MAX = sizeof "-9223372036854775808" };

/* `n` at the end of `digits`. */
static struct str digits_of(char digits[DIGITS_MAX], int64_t n)
{
	char *p = digits + DIGITS_MAX;
	uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;

	do {
		*--p = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (n < 0)
		*--p = '-';
	return str_make(p, (size_t)(digits + DIGITS_MAX - p));
}

void buf_i64(struct buf *b, int64_t n)
{
	char digits[DIGITS_MAX];

	if (n >= 0 && n < 10) { /* most are */
		buf_putc(b, (char)('0' + n));
		return;
	}
	buf_put(b, digits_of(digits, n));
}

struct str str_i64(struct arena *a, int64_t n)
{
	char digits[DIGITS_MAX];

	return str_dup(a, digits_of(digits, n));
}

void buf_quoted(struct buf *b, struct str s)
{
	buf_putc(b, '"');
	while (s.len) {
		struct str before = s;
		uint32_t c = utf8_next(&s);

		if (c == '"' || c == '\\')
			buf_fmt(b, "\\%c", (char)c);
		else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
			 c == 0xFFFD)
			buf_fmt(b, "\\u%04x", c);
		else
			buf_put(b, str_slice(before, 0, before.len - s.len));
	}
	buf_putc(b, '"');
}

/* What most formats are made of: put without the C library, which takes ten times as long. */
static bool is_simple(const char *format)
{
	for (const char *p = strchr(format, '%'); p; p = strchr(p, '%')) {
		if (p[1] == 's' || p[1] == 'd')
			p += 2;
		else if (strncmp(p, "%.*s", 4) == 0)
			p += 4;
		else
			return false;
	}
	return true;
}

static void put_simple(struct buf *b, const char *format, va_list ap)
{
	for (;;) {
		const char *p = strchrnul(format, '%');

		buf_put(b, str_make(format, (size_t)(p - format)));
		if (*p == '\0')
			return;
		if (p[1] == 's') {
			buf_puts(b, va_arg(ap, const char *));
		} else if (p[1] == 'd') {
			buf_i64(b, va_arg(ap, int));
		} else {
			int most = va_arg(ap, int);
			const char *text = va_arg(ap, const char *);

			/* Nothing may stand at nowhere. */
			buf_put(b, str_make(text, most ? strnlen(text, (size_t)most) : 0));
		}
		format = p + (p[1] == '.' ? 4 : 2);
	}
}

/* Anything else printf() knows. */
__attribute__((format(printf, 2, 0))) static void put_formatted(struct buf *b, const char *format,
								va_list ap)
{
	va_list again;
	char small[128];
	char *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof small, format, ap);
	assert(n >= 0);
	if ((size_t)n < sizeof small) {
		buf_put(b, str_make(small, (size_t)n));
	} else if ((p = buf_reserve(b, (size_t)n))) {
		(void)vsnprintf(p, (size_t)n + 1, format, again);
		buf_advance(b, (size_t)n);
	}
	va_end(again);
}

void buf_vfmt(struct buf *b, const char *format, va_list ap)
{
	size_t before = b->len;

	if (!is_simple(format)) {
		put_formatted(b, format, ap);
		return;
	}
	put_simple(b, format, ap);
	/* All of it or nothing. */
	if (b->full && b->len > before) {
		b->len = before;
		b->data[before] = '\0';
	}
}

void buf_fmt(struct buf *b, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	buf_vfmt(b, format, ap);
	va_end(ap);
}

struct str buf_str(const struct buf *b)
{
	return str_make(b->data ? b->data : "", b->len);
}

struct str str_fmt(struct arena *a, const char *format, ...)
{
	struct buf b = buf_make(a, 65536);
	va_list ap;

	va_start(ap, format);
	buf_vfmt(&b, format, ap);
	va_end(ap);
	assert(!b.full);
	return buf_str(&b);
}
