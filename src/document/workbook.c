/* Limits, numbers, texts and names of workbooks: see workbook_priv.h. */
#include "document/workbook_priv.h"

#include <string.h>

#include "base/num.h"
#include "base/utf8.h"

enum { DECIMALS_MAX = 6, ESCAPE_LENGTH = 7 /* bytes of _x000D_ */ };

bool worksheets_are_too_long(const struct worksheet *sheets, size_t n)
{
	size_t cells = 0, bytes = 0;

	if (n > WORKBOOK_SHEETS_MAX)
		return true;
	for (size_t i = 0; i < n; i++) {
		const struct worksheet *s = &sheets[i];

		if (s->n_columns > WORKBOOK_COLUMNS_MAX || s->n_rows > WORKBOOK_CELLS_MAX)
			return true;
		cells += (s->n_rows + 1) * s->n_columns;
		if (cells > WORKBOOK_CELLS_MAX)
			return true;
		for (size_t j = 0; j < s->n_columns; j++)
			bytes += s->columns[j].title.len;
		for (size_t j = 0; j < s->n_rows * s->n_columns; j++)
			bytes += s->cells[j].text.len;
	}
	return bytes > WORKBOOK_TEXT_MAX;
}

int column_decimals(const struct worksheet_column *c)
{
	return c->decimals < 0 ? 0 : c->decimals > DECIMALS_MAX ? DECIMALS_MAX : c->decimals;
}

void decimal_put(struct buf *b, int64_t n, int decimals, char point)
{
	uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n, unit = 1;

	for (int i = 0; i < decimals; i++)
		unit *= 10;
	if (n < 0)
		buf_putc(b, '-');
	buf_fmt(b, "%llu", (unsigned long long)(size / unit));
	if (decimals)
		buf_fmt(b, "%c%0*llu", point, decimals, (unsigned long long)(size % unit));
}

void share_put(struct buf *b, int64_t share, int decimals, char point)
{
	int64_t unit = 100; /* ten-thousandths in a per cent */

	for (int i = 0; i < decimals; i++) {
		if (unit == 1) {
			decimal_put(b, share, 2, point);
			return;
		}
		unit /= 10;
	}
	decimal_put(b, num_div_round(share, unit), decimals, point);
}

/* How many UTF-16 units `s` is. */
static size_t utf16_length(struct str s)
{
	size_t n = 0;

	while (s.len)
		n += utf8_next(&s) > 0xFFFF ? 2 : 1;
	return n;
}

/* The longest prefix of `s` of at most `n` UTF-16 units. Borrows. */
static struct str utf16_prefix(struct str s, size_t n)
{
	struct str rest = s;

	while (rest.len) {
		struct str after = rest;
		size_t units = utf8_next(&after) > 0xFFFF ? 2 : 1;

		if (units > n)
			break;
		n -= units;
		rest = after;
	}
	return str_slice(s, 0, s.len - rest.len);
}

/* "_x000D_" and its like at the start of `s`. */
static bool is_escape(struct str s)
{
	if (s.len < ESCAPE_LENGTH || s.data[0] != '_' || s.data[1] != 'x' || s.data[6] != '_')
		return false;
	for (size_t i = 2; i < 6; i++)
		if (!memchr("0123456789abcdefABCDEF", s.data[i], 22))
			return false;
	return true;
}

static void put_character(struct buf *b, struct str s, uint32_t c, struct str next)
{
	bool is_forbidden = (c < 0x20 && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF;

	if (c == '\r' && !(next.len && next.data[0] == '\n'))
		buf_putc(b, '\n');
	else if (is_forbidden && c != '\r')
		buf_puts(b, "\xEF\xBF\xBD");
	else if (c != '\r')
		buf_put(b, str_slice(s, 0, s.len - next.len));
}

struct str cell_string(struct arena *a, struct str s, struct str note)
{
	struct buf b = buf_make(a, 8 * s.len + 8 * WORKBOOK_CUT_NOTE_MAX);
	bool cut = utf16_length(s) > CELL_TEXT_MAX;

	note = utf8_prefix(note, WORKBOOK_CUT_NOTE_MAX);
	if (cut)
		s = utf16_prefix(s, CELL_TEXT_MAX - utf16_length(note));
	while (s.len) {
		struct str next = s;
		uint32_t c = utf8_next(&next);

		if (is_escape(s))
			buf_puts(&b, "_x005F");
		put_character(&b, s, c, next);
		s = next;
	}
	if (cut)
		buf_put(&b, note);
	return buf_str(&b);
}

/* ---- names ---- */

static struct str fit_name(struct arena *a, struct str wanted)
{
	struct buf b = buf_make(a, wanted.len * 4 + 1);
	struct str name;

	while (wanted.len) {
		struct str from = wanted;
		uint32_t c = utf8_next(&wanted);

		if (c < 0x20 || c == 0x7F || c == 0xFFFE || c == 0xFFFF ||
		    (c < 0x80 && strchr("[]:*?/\\", (int)c)))
			buf_putc(&b, ' ');
		else
			buf_put(&b, str_slice(from, 0, from.len - wanted.len));
	}
	/* No apostrophe at either end. */
	name = str_trim(utf16_prefix(str_trim(buf_str(&b)), SHEET_NAME_MAX));
	while (name.len && (name.data[0] == '\'' || name.data[0] == ' '))
		name = str_slice(name, 1, name.len);
	while (name.len && (name.data[name.len - 1] == '\'' || name.data[name.len - 1] == ' '))
		name = str_slice(name, 0, name.len - 1);
	return name;
}

/* Without case as far as Latin letters go; Excel knows no difference. */
static uint32_t folded(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
		return c + 0x20;
	/* Latin Extended-A, in pairs. */
	if (c >= 0x100 && c <= 0x17F)
		return c | 1;
	return c;
}

static bool is_same_name(struct str x, struct str y)
{
	while (x.len && y.len)
		if (folded(utf8_next(&x)) != folded(utf8_next(&y)))
			return false;
	return !x.len && !y.len;
}

static bool is_taken(struct str name, const struct str *names, size_t n)
{
	/* Excel keeps this one for itself. */
	if (!name.len || is_same_name(name, S("History")))
		return true;
	for (size_t i = 0; i < n; i++)
		if (is_same_name(name, names[i]))
			return true;
	return false;
}

struct str sheet_name(struct arena *a, struct str wanted, const struct str *names, size_t i)
{
	struct str base = fit_name(a, wanted), name = base;

	for (size_t n = base.len ? 2 : 1; is_taken(name, names, i); n++) {
		struct str number = str_fmt(a, base.len ? " (%zu)" : "%zu", n);

		name = str_fmt(a, "%.*s%s",
			       STR_ARG(utf16_prefix(base, SHEET_NAME_MAX - number.len)),
			       number.data);
	}
	return name;
}
