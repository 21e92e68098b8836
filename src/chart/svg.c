/* The SVG vocabulary of the charts: see svg.h. Knows no chart. */
#include "chart/svg.h"

#include <assert.h>
#include <limits.h>

#include "base/utf8.h"
#include "base/xml.h"

enum {
	/* Bytes; the limits on labels and segments keep drawings far below. */
	DRAWING_MAX = 1024 * 1024,
	FIRST_BYTES = 4 * 1024, /* most drawings fit: they need not be copied while they grow */
	WORDS_MAX = 2000,       /* code points of a title or a description */
	LABEL_CUT = 120,        /* code points of a label over several lines */
	WIDE_FROM = 0x1100,     /* from here on a character may be as wide as it is high */
};

struct buf svg_make(struct arena *a)
{
	struct buf b = buf_make(a, DRAWING_MAX);

	(void)buf_reserve(&b, FIRST_BYTES);
	return b;
}

static struct str escaped(struct arena *a, struct str s)
{
	struct buf b = buf_make(a, DRAWING_MAX);

	xml_text(&b, utf8_prefix(s, WORDS_MAX));
	return buf_str(&b);
}

struct svg_words svg_words(struct arena *a, const struct chart_words *w)
{
	return (struct svg_words){ str_from(w->id), escaped(a, w->title), escaped(a, w->finding) };
}

/* Both copy to `p`, where there is room, and give where it ends. */
static inline char *copy(char *p, struct str s)
{
	memcpy(p, s.data, s.len);
	return p + s.len;
}

/* An element's id: the drawing's, what it is of it, which of its two drawings. */
static inline char *copy_id(char *p, const struct svg_words *w, struct str part, struct str suffix)
{
	return copy(copy(copy(p, w->id), part), suffix);
}

/* What was copied from the end of `b` up to `end` belongs to it. */
static inline void take_in(struct buf *b, const char *end)
{
	buf_advance(b, (size_t)(end - (b->data + b->len)));
}

void svg_open(struct buf *b, const char *attributes, const struct svg_words *w, const char *suffix)
{
	enum { MARKUP_MAX = 128 };
	struct str own = str_from(attributes), which = str_from(suffix);
	char *p = buf_reserve(b, MARKUP_MAX + own.len + 4 * (w->id.len + which.len) + w->title.len +
					 w->finding.len);

	if (!p)
		return;
	p = copy(copy(p, S("<svg ")), own);
	p = copy_id(copy(p, S(" role=\"img\" aria-labelledby=\"")), w, S("-t"), which);
	p = copy_id(copy(p, S(" ")), w, S("-d"), which);
	p = copy_id(copy(p, S("\"><title id=\"")), w, S("-t"), which);
	p = copy(copy(p, S("\">")), w->title);
	p = copy_id(copy(p, S("</title><desc id=\"")), w, S("-d"), which);
	p = copy(copy(p, S("\">")), w->finding);
	take_in(b, copy(p, S("</desc>")));
}

void svg_close(struct buf *b)
{
	buf_puts(b, "</svg>");
	assert(!b->full);
}

/* `n` without leading zeros at `p`; where it ends. Few lengths have more than three digits. */
static char *put_digits(char *p, unsigned n)
{
	if (n >= 1000) {
		p = put_digits(p, n / 1000);
		n %= 1000;
		*p++ = (char)('0' + n / 100);
		*p++ = (char)('0' + n / 10 % 10);
	} else if (n >= 100) {
		*p++ = (char)('0' + n / 100);
		*p++ = (char)('0' + n / 10 % 10);
	} else if (n >= 10) {
		*p++ = (char)('0' + n / 10);
	}
	*p++ = (char)('0' + n % 10);
	return p;
}

enum { LENGTH_MAX = sizeof "-214748364.8" };

static inline char *copy_length(char *p, int tenths)
{
	unsigned left = tenths < 0 ? -(unsigned)tenths : (unsigned)tenths;

	if (tenths < 0)
		*p++ = '-';
	p = put_digits(p, left / UNIT);
	if (left % UNIT) {
		*p++ = '.';
		*p++ = (char)('0' + left % UNIT);
	}
	return p;
}

void svg_length(struct buf *b, int tenths)
{
	char *start = buf_reserve(b, LENGTH_MAX);

	if (start)
		buf_advance(b, (size_t)(copy_length(start, tenths) - start));
}

/* Elements are written into room made for them at once: drawings are little else. */
enum { ELEMENT_MAX = 128 + 4 * LENGTH_MAX };

static char *open_element(struct buf *b, struct str start, struct str class)
{
	char *p = buf_reserve(b, ELEMENT_MAX + class.len);

	return p ? copy(copy(p, start), class) : NULL;
}

void svg_rect(struct buf *b, const char *class, int x, int y, int width, int height)
{
	char *p = open_element(b, S("<rect class=\""), str_from(class));

	if (!p)
		return;
	p = copy_length(copy(p, S("\" x=\"")), x);
	p = copy_length(copy(p, S("\" y=\"")), y);
	p = copy_length(copy(p, S("\" width=\"")), width);
	p = copy_length(copy(p, S("\" height=\"")), height);
	take_in(b, copy(p, S("\"/>")));
}

void svg_label(struct buf *b, const char *class, enum anchor at, int x, int y, struct str s)
{
	static const struct str looks[] = {
		[ANCHOR_START] = STR(""),
		[ANCHOR_MIDDLE] = STR(" mid"),
		[ANCHOR_END] = STR(" e"),
	};
	char *p = open_element(b, S("<text class=\""), str_from(class));

	if (!p)
		return;
	p = copy(p, looks[at]);
	p = copy_length(copy(p, S("\" x=\"")), x);
	p = copy_length(copy(p, S("\" y=\"")), y);
	take_in(b, copy(p, S("\">")));
	xml_text(b, s);
	buf_puts(b, "</text>");
}

void svg_pole(struct buf *b, int x, int y, int width, int height, int n, bool lies)
{
	for (int i = 0; i < n; i++) {
		const char *class = i % 2 ? "fw" : "fh";
		/* Each stripe ends where the next begins, whatever the division leaves over. */
		int from = (lies ? width : height) * i / n;
		int to = (lies ? width : height) * (i + 1) / n;

		if (lies)
			svg_rect(b, class, x + from, y, to - from, height);
		else
			svg_rect(b, class, x, y + from, width, to - from);
	}
	svg_rect(b, "ph", x, y, width, height);
}

/* One straight piece: along the axis or across it. */
static void put_piece(struct buf *b, int along, int across, char to, int end, bool lies)
{
	buf_putc(b, 'M');
	svg_length(b, lies ? along : across);
	buf_putc(b, ' ');
	svg_length(b, lies ? across : along);
	buf_putc(b, to);
	svg_length(b, end);
}

void svg_whisker(struct buf *b, int from, int to, int at, int cap, bool lies)
{
	char along = lies ? 'H' : 'V', across = lies ? 'V' : 'H';

	buf_puts(b, "<path class=\"ring\" d=\"");
	put_piece(b, from, at, along, to, lies);
	put_piece(b, from, at - cap, across, at + cap, lies);
	put_piece(b, to, at - cap, across, at + cap, lies);
	buf_puts(b, "\"/>");
}

struct span svg_place(const struct line *line, struct str s, int x)
{
	int width = svg_width(s, line->font);
	int right = (line->width - line->inset) * UNIT;
	int from = x - width / 2;

	if (from + width > right)
		from = right - width;
	if (from < line->inset * UNIT)
		from = line->inset * UNIT;
	return (struct span){ from, from + width };
}

void svg_put(struct buf *b, const struct line *line, const char *class, struct span at, int y,
	     struct str s)
{
	int left = line->inset * UNIT, right = (line->width - line->inset) * UNIT;

	if (at.from <= left)
		svg_label(b, class, ANCHOR_START, left, y * UNIT, s);
	else if (at.to >= right)
		svg_label(b, class, ANCHOR_END, right, y * UNIT, s);
	else
		svg_label(b, class, ANCHOR_MIDDLE, (at.from + at.to) / 2, y * UNIT, s);
}

/* How many bytes of `s` fit: up to the last space that does, or all. 0 when not even one word does. */
static size_t fitting(struct str s, int font, int width)
{
	size_t fit = 0;

	for (size_t i = 0; i <= s.len; i++)
		if ((i == s.len || s.data[i] == ' ') &&
		    svg_width(str_slice(s, 0, i), font) <= width)
			fit = i;
	return fit;
}

/* `s` cut short to `width`, with "…" when anything was cut. */
static struct str shorten(struct arena *a, struct str s, int font, int width)
{
	size_t n = LABEL_CUT;
	struct str cut = s;

	while (n > 0 && svg_width(cut, font) > width) {
		cut = str_trim(utf8_prefix(s, --n));
		cut = str_fmt(a, "%.*s…", STR_ARG(cut));
	}
	return cut;
}

size_t svg_wrap(struct arena *a, struct str s, int font, int width, struct str ret[SVG_LINES])
{
	size_t n = 0, fit;

	s = utf8_prefix(s, LABEL_CUT);
	while (n + 1 < SVG_LINES && (fit = fitting(s, font, width)) > 0 && fit < s.len) {
		ret[n++] = str_slice(s, 0, fit);
		s = str_slice(s, fit + 1, s.len);
	}
	ret[n++] = shorten(a, s, font, width);
	return n;
}

int svg_width(struct str s, int font)
{
	int hundredths = 0;

	while (s.len && hundredths < INT_MAX / 1000) {
		uint32_t c = utf8_next(&s);

		if (c == ' ' || c == 0xA0 || c == 0x202F)
			hundredths += 28;
		else if (c >= WIDE_FROM && (c < 0x2000 || c > 0x20FF))
			hundredths += 100;
		else
			hundredths += 59;
	}
	return hundredths * font * UNIT / 100;
}
