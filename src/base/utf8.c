/* UTF-8: see utf8.h. The table of valid second bytes is RFC 3629, section 4. */
#include "base/utf8.h"

#include <string.h>

#include "base/block.h"
#include "base/buf.h"

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

/* ---- files ---- */

/* Two bytes or three: what Windows-1252 knows, and U+FFFD. */
static void put_1252(struct buf *b, unsigned char byte)
{
	static const uint16_t middle[32] = {
		0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
		0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
	};
	uint32_t c = byte >= 0x80 && byte < 0xA0 ? middle[byte - 0x80] : byte;

	if (c < 0x80) {
		buf_putc(b, (char)c);
	} else if (c < 0x800) {
		buf_putc(b, (char)(0xC0 | c >> 6));
		buf_putc(b, (char)(0x80 | (c & 0x3F)));
	} else {
		buf_putc(b, (char)(0xE0 | c >> 12));
		buf_putc(b, (char)(0x80 | (c >> 6 & 0x3F)));
		buf_putc(b, (char)(0x80 | (c & 0x3F)));
	}
}

struct str utf8_from_file(struct arena *a, struct str s)
{
	struct buf b;

	if (utf8_valid(s))
		return str_starts(s, S("\xEF\xBB\xBF")) ? str_slice(s, 3, s.len) : s;
	b = buf_make(a, s.len * 3 + 1);
	for (size_t i = 0; i < s.len; i++)
		put_1252(&b, (unsigned char)s.data[i]);
	return buf_str(&b);
}

/* ---- what is seen ---- */

struct range {
	uint32_t first, last;
};

static bool is_in(const struct range *ranges, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}
#define IS_IN(ranges, c) is_in(ranges, sizeof(ranges) / sizeof *(ranges), c)

/* Marks, embeddings, overrides and isolates: Bidi_Control of Unicode. */
static bool is_direction(uint32_t c)
{
	static const struct range ranges[] = {
		{ 0x061C, 0x061C }, { 0x200E, 0x200F }, { 0x202A, 0x202E }, { 0x2066, 0x2069 }
	};

	return IS_IN(ranges, c);
}

/* Drawn as nothing by themselves: Default_Ignorable_Code_Point of Unicode, but for those of is_selector(). */
static bool is_ignorable(uint32_t c)
{
	static const struct range ranges[] = {
		{ 0x00AD, 0x00AD },   { 0x034F, 0x034F },   { 0x061C, 0x061C },
		{ 0x115F, 0x1160 },   { 0x17B4, 0x17B5 },   { 0x180E, 0x180E },
		{ 0x200B, 0x200F },   { 0x202A, 0x202E },   { 0x2060, 0x206F },
		{ 0x3164, 0x3164 },   { 0xFEFF, 0xFEFF },   { 0xFFA0, 0xFFA0 },
		{ 0xFFF0, 0xFFF8 },   { 0x1BCA0, 0x1BCA3 }, { 0x1D173, 0x1D17A },
		{ 0xE0000, 0xE001F }, { 0xE0080, 0xE00FF }, { 0xE01F0, 0xE0FFF },
	};

	return IS_IN(ranges, c);
}

/* Not drawn either, but says how what stands before is: the heart that is red, the flag of a region. */
static bool is_selector(uint32_t c)
{
	static const struct range ranges[] = { { 0x180B, 0x180D },
					       { 0x180F, 0x180F },
					       { 0xFE00, 0xFE0F },
					       { 0xE0020, 0xE007F },
					       { 0xE0100, 0xE01EF } };

	return IS_IN(ranges, c);
}

/* Spaces, and what is drawn as one. */
static bool is_blank(uint32_t c)
{
	static const struct range ranges[] = { { '\t', '\r' },     { ' ', ' ' },
					       { 0x00A0, 0x00A0 }, { 0x1680, 0x1680 },
					       { 0x2000, 0x200A }, { 0x2028, 0x2029 },
					       { 0x202F, 0x202F }, { 0x205F, 0x205F },
					       { 0x2800, 0x2800 }, { 0x3000, 0x3000 } };

	return IS_IN(ranges, c);
}

static bool is_rightward(uint32_t c)
{
	static const struct range ranges[] = { { 0x0590, 0x08FF },
					       { 0xFB1D, 0xFDFF },
					       { 0xFE70, 0xFEFE },
					       { 0x10800, 0x10FFF },
					       { 0x1E800, 0x1EFFF } };

	return IS_IN(ranges, c);
}

/* The byte that U+0580 and what follows begin with, or a later one; those inside a character are less. */
enum { FAR_LEAD = 0xD6 };

/* Where the first character of `s` from its byte `i` on is that may be U+0580 or later; its length if none. */
static size_t next_far(struct str s, size_t i)
{
	while (s.len - i >= sizeof(block) && !block_any((block)(block_at(s.data + i) >= FAR_LEAD)))
		i += sizeof(block);
	while (i < s.len && (uint8_t)s.data[i] < FAR_LEAD)
		i++;
	return i;
}

bool utf8_may_turn(struct str s)
{
	size_t i = 0;

	while ((i = next_far(s, i)) < s.len) {
		struct str rest = str_slice(s, i, s.len);
		uint32_t c = utf8_next(&rest);

		if (is_rightward(c) || is_direction(c))
			return true;
		i = s.len - rest.len;
	}
	return false;
}

/* `s` without the characters that `drops` names; `s` itself when there are none. */
static struct str without(struct arena *a, struct str s, bool (*drops)(uint32_t c))
{
	struct str rest = s;
	char *out = NULL;
	size_t n = 0;

	while (rest.len) {
		struct str before = rest;
		bool goes = drops(utf8_next(&rest));
		size_t taken = before.len - rest.len;

		if (goes && !out) {
			out = arena_new(a, char, s.len + 1);
			n = s.len - before.len;
			memcpy(out, s.data, n);
		} else if (!goes && out) {
			memcpy(out + n, before.data, taken);
			n += taken;
		}
	}
	return out ? str_make(out, n) : s;
}

/* From its first to its last character that is seen, which keeps what says how it is drawn. */
static struct str seen_part(struct str s)
{
	struct str rest = s;
	size_t first = s.len, last = 0;

	while (rest.len) {
		size_t at = s.len - rest.len;
		uint32_t c = utf8_next(&rest);

		if (is_blank(c) || is_ignorable(c) || (is_selector(c) && at != last))
			continue;
		if (!is_selector(c) && at < first)
			first = at;
		last = s.len - rest.len;
	}
	return first < last ? str_slice(s, first, last) : str_make(s.data, 0);
}

static bool is_unseen(uint32_t c)
{
	return is_ignorable(c) || is_selector(c);
}

struct str utf8_line(struct arena *a, struct str s)
{
	return seen_part(without(a, s, is_direction));
}

struct str utf8_visible(struct arena *a, struct str s)
{
	return without(a, s, is_unseen);
}
