/* The SVG vocabulary of the charts: see svg.h. Knows no chart. */
#include "chart/svg.h"

#include <assert.h>
#include <limits.h>

#include "base/utf8.h"

enum {
	/* Bytes; the limits on labels and segments keep drawings far below. */
	DRAWING_MAX = 1024 * 1024,
	WORDS_MAX = 2000,   /* code points of a title or a description */
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
