/* UTF-8: see utf8.h. The table of valid second bytes is RFC 3629, section 4. */
#include "base/utf8.h"

enum { REPLACEMENT = 0xFFFD };

struct lead {
	uint8_t first, last; /* lead bytes */
	uint8_t low, high;   /* second byte */
	uint8_t length;
	uint8_t mask; /* of the lead byte's own bits */
};

static const struct lead leads[] = {
	{ 0xC2, 0xDF, 0x80, 0xBF, 2, 0x1F }, { 0xE0, 0xE0, 0xA0, 0xBF, 3, 0x0F },
	{ 0xE1, 0xEC, 0x80, 0xBF, 3, 0x0F }, { 0xED, 0xED, 0x80, 0x9F, 3, 0x0F },
	{ 0xEE, 0xEF, 0x80, 0xBF, 3, 0x0F }, { 0xF0, 0xF0, 0x90, 0xBF, 4, 0x07 },
	{ 0xF1, 0xF3, 0x80, 0xBF, 4, 0x07 }, { 0xF4, 0xF4, 0x80, 0x8F, 4, 0x07 },
};

static const struct lead *lead_of(uint8_t byte)
{
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (byte >= leads[i].first && byte <= leads[i].last)
			return &leads[i];
	return NULL;
}

/* The length of the sequence at `p`, 0 when malformed; its value in *ret. */
static size_t decode(const uint8_t *p, size_t len, uint32_t *ret)
{
	const struct lead *lead;
	uint32_t value;

	if (p[0] < 0x80) {
		*ret = p[0];
		return 1;
	}
	lead = lead_of(p[0]);
	if (!lead || len < lead->length || p[1] < lead->low || p[1] > lead->high)
		return 0;
	value = p[0] & lead->mask;
	for (size_t i = 1; i < lead->length; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		value = value << 6 | (p[i] & 0x3Fu);
	}
	*ret = value;
	return lead->length;
}

bool utf8_valid(struct str s)
{
	const uint8_t *p = (const uint8_t *)s.data;
	uint32_t value;

	for (size_t i = 0; i < s.len;) {
		size_t n = decode(p + i, s.len - i, &value);

		if (n == 0 || value == 0)
			return false;
		i += n;
	}
	return true;
}

uint32_t utf8_next_long(struct str *s)
{
	uint32_t value = REPLACEMENT;
	size_t n = decode((const uint8_t *)s->data, s->len, &value);

	*s = str_slice(*s, n ? n : 1, s->len);
	return n ? value : REPLACEMENT;
}

size_t utf8_count(struct str s)
{
	size_t n = 0;

	while (s.len) {
		(void)utf8_next(&s);
		n++;
	}
	return n;
}

struct str utf8_prefix(struct str s, size_t n)
{
	struct str rest = s;

	if (s.len <= n) /* a code point is a byte at least */
		return s;
	while (rest.len && n--)
		(void)utf8_next(&rest);
	return str_slice(s, 0, s.len - rest.len);
}

bool utf8_has_control(struct str s)
{
	while (s.len) {
		uint32_t c = utf8_next(&s);
		bool is_layout = c == '\t' || c == '\n' || c == '\r';

		if ((c < 0x20 && !is_layout) || (c >= 0x7F && c < 0xA0))
			return true;
	}
	return false;
}
