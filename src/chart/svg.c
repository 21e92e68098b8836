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

void svg_text(struct buf *b, struct str s)
{
	while (s.len) {
		struct str before = s;
		uint32_t c = utf8_next(&s);

		if (c == '&')
			buf_puts(b, "&amp;");
		else if (c == '<')
			buf_puts(b, "&lt;");
		else if (c == '>')
			buf_puts(b, "&gt;");
		else if (c == '"')
			buf_puts(b, "&quot;");
		else if (c == 0xFFFD)
			buf_puts(b, "\xEF\xBF\xBD"); /* also what a malformed byte becomes */
		else if (!is_forbidden(c))
			buf_put(b, str_make(before.data, before.len - s.len));
	}
}

void svg_open(struct buf *b, const char *attributes, const struct chart_words *w,
	      const char *suffix)
{
	buf_fmt(b, "<svg %s role=\"img\" aria-labelledby=\"%s-t%s %s-d%s\">", attributes, w->id,
		suffix, w->id, suffix);
	buf_fmt(b, "<title id=\"%s-t%s\">", w->id, suffix);
	svg_text(b, utf8_prefix(w->title, WORDS_MAX));
	buf_fmt(b, "</title><desc id=\"%s-d%s\">", w->id, suffix);
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
	if (tenths % UNIT)
		buf_fmt(b, ".%d", abs(tenths) % UNIT);
}

static void put_attribute(struct buf *b, const char *name, int tenths)
{
	buf_fmt(b, " %s=\"", name);
	svg_length(b, tenths);
	buf_putc(b, '"');
}

void svg_rect(struct buf *b, const char *class, int x, int y, int width, int height)
{
	buf_fmt(b, "<rect class=\"%s\"", class);
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

	buf_fmt(b, "<text class=\"%s%s\"", class, looks[at]);
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
