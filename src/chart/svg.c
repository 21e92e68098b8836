/* The SVG vocabulary of the charts: see svg.h. Knows no chart. */
#include "chart/svg.h"

#include <assert.h>
#include <limits.h>

#include "base/utf8.h"

enum {
	/* Bytes; the limits on labels and segments keep drawings far below. */
	DRAWING_MAX = 1024 * 1024,
	WORDS_MAX = 2000,   /* code points of a title or a description */
	LABEL_CUT = 120,    /* code points of a label over several lines */
	WIDE_FROM = 0x1100, /* from here on a character may be as wide as it is high */
};

struct buf svg_make(struct arena *a)
{
	return buf_make(a, DRAWING_MAX);
}

/* XML 1.0, production 2: what may not stand in a document at all. */
static bool is_forbidden(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
}

/* What stands for `c` in a text, or NULL when it stands for itself. */
static const char *escape_of(uint32_t c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case 0xFFFD:
		return "\xEF\xBF\xBD"; /* also what a malformed byte becomes */
	}
	return is_forbidden(c) ? "" : NULL;
}

void svg_text(struct buf *b, struct str s)
{
	struct str plain = s; /* begins with what is not written yet */

	while (s.len) {
		struct str before = s;
		const char *escape = escape_of(utf8_next(&s));

		if (!escape)
			continue;
		buf_put(b, str_slice(plain, 0, plain.len - before.len));
		buf_puts(b, escape);
		plain = s;
	}
	buf_put(b, plain);
}

/* Drawings are made of hundreds of attributes: pieces put together are far cheaper than formats. */
static void put_pieces(struct buf *b, const char *const *pieces, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_puts(b, pieces[i]);
}

#define PUT(b, ...)                                           \
	put_pieces((b), (const char *const[]){ __VA_ARGS__ }, \
		   sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

void svg_open(struct buf *b, const char *attributes, const struct chart_words *w,
	      const char *suffix)
{
	PUT(b, "<svg ", attributes, " role=\"img\" aria-labelledby=\"", w->id, "-t", suffix, " ",
	    w->id, "-d", suffix, "\"><title id=\"", w->id, "-t", suffix, "\">");
	svg_text(b, utf8_prefix(w->title, WORDS_MAX));
	PUT(b, "</title><desc id=\"", w->id, "-d", suffix, "\">");
	svg_text(b, utf8_prefix(w->finding, WORDS_MAX));
	buf_puts(b, "</desc>");
}

void svg_close(struct buf *b)
{
	buf_puts(b, "</svg>");
	assert(!b->full);
}

void svg_length(struct buf *b, int tenths)
{
	if (tenths < 0)
		buf_putc(b, '-');
	buf_i64(b, abs(tenths) / UNIT);
	if (tenths % UNIT) {
		buf_putc(b, '.');
		buf_i64(b, abs(tenths) % UNIT);
	}
}

static void put_attribute(struct buf *b, const char *name, int tenths)
{
	PUT(b, " ", name, "=\"");
	svg_length(b, tenths);
	buf_putc(b, '"');
}

void svg_rect(struct buf *b, const char *class, int x, int y, int width, int height)
{
	PUT(b, "<rect class=\"", class, "\"");
	put_attribute(b, "x", x);
	put_attribute(b, "y", y);
	put_attribute(b, "width", width);
	put_attribute(b, "height", height);
	buf_puts(b, "/>");
}

void svg_label(struct buf *b, const char *class, enum anchor at, int x, int y, struct str s)
{
	static const char *const looks[] = {
		[ANCHOR_START] = "",
		[ANCHOR_MIDDLE] = " mid",
		[ANCHOR_END] = " e",
	};

	PUT(b, "<text class=\"", class, looks[at], "\"");
	put_attribute(b, "x", x);
	put_attribute(b, "y", y);
	buf_putc(b, '>');
	svg_text(b, s);
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
