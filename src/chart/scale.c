/* The score on its scale: bands, thresholds, the pole. See chart.h. */
#include "chart/svg.h"

#include "base/num.h"
#include "base/utf8.h"

enum {
	BANDS_MAX = 12, /* drawn; a pack holds fewer */
	LABEL_MAX = 60, /* code points of a label; more is cut */
	LOOKS = 5,      /* f1 to f5 */
	POLE_STRIPES = 4,
	ATTRIBUTES_MAX = 64, /* bytes of a drawing's own */
};

/* The measures of a drawing, in units. The slim one is for phones; its labels are measured at the
 * largest size the stylesheet gives them. */
struct measures {
	const char
		*start; /* class, and the view box up to its height, which depends on the labels */
	const char *suffix;
	int width, inset, font;
	int score_y; /* baseline of the score's label */
	int pole_y, pole_width, pole_height;
	int bar_y, bar_height;
	int tick;             /* how far a threshold sticks out of the bar */
	int number_y;         /* baseline of the thresholds' numbers */
	int estimate_y, line; /* first baseline of the estimates, and between two */
};

static const struct measures wide = {
	.start = "class=\"wideonly\" viewBox=\"0 0 720 ",
	.suffix = "",
	.width = 720,
	.inset = 10,
	.font = 15,
	.score_y = 20,
	.pole_y = 30,
	.pole_width = 10,
	.pole_height = 64,
	.bar_y = 70,
	.bar_height = 22,
	.tick = 10,
	.number_y = 122,
	.estimate_y = 150,
	.line = 22,
};
static const struct measures slim = {
	.start = "class=\"slimonly\" viewBox=\"0 0 360 ",
	.suffix = "s",
	.width = 360,
	.inset = 10,
	.font = 18,
	.score_y = 20,
	.pole_y = 30,
	.pole_width = 10,
	.pole_height = 64,
	.bar_y = 70,
	.bar_height = 22,
	.tick = 10,
	.number_y = 124,
	.estimate_y = 154,
	.line = 26,
};

/* A label's place on a line, in tenths. */
struct span {
	int from, to;
};

/* Where a label `s` centred on `x` stands once pushed back inside the drawing. */
static struct span place(const struct measures *m, struct str s, int x)
{
	int width = svg_width(s, m->font);
	int right = (m->width - m->inset) * UNIT;
	int from = x - width / 2;

	if (from + width > right)
		from = right - width;
	if (from < m->inset * UNIT)
		from = m->inset * UNIT;
	return (struct span){ from, from + width };
}

/* Writes `s` as placed by place(): an end that touches an edge is held there, since the width is an
 * estimate. */
static void put_label(struct buf *b, const struct measures *m, const char *class, struct span at,
		      int y, struct str s)
{
	int left = m->inset * UNIT, right = (m->width - m->inset) * UNIT;

	if (at.from <= left)
		svg_label(b, class, ANCHOR_START, left, y * UNIT, s);
	else if (at.to >= right)
		svg_label(b, class, ANCHOR_END, right, y * UNIT, s);
	else
		svg_label(b, class, ANCHOR_MIDDLE, (at.from + at.to) / 2, y * UNIT, s);
}

static int scale_x(const struct measures *m, const struct chart_scale *c, int points)
{
	int max = c->max > 0 ? c->max : 1;
	int length = (m->width - 2 * m->inset) * UNIT;

	if (points > max)
		points = max;
	if (points < 0)
		points = 0;
	return m->inset * UNIT + (int)num_div_round((int64_t)length * points, max);
}

/* Where band `i` ends on the axis: where the next begins. */
static int band_end(const struct measures *m, const struct chart_scale *c, size_t n, size_t i)
{
	return scale_x(m, c, i + 1 < n ? c->bands[i + 1].min : c->max);
}

static void draw_bands(struct buf *b, const struct measures *m, const struct chart_scale *c,
		       size_t n)
{
	int top = m->bar_y * UNIT, bottom = (m->bar_y + m->bar_height) * UNIT,
	    tick = m->tick * UNIT;

	for (size_t i = 0; i < n; i++) {
		char class[] = "f1";
		int x = scale_x(m, c, c->bands[i].min);

		class[1] = (char)('1' + (i < LOOKS ? i : LOOKS - 1));
		svg_rect(b, class, x, top, band_end(m, c, n, i) - x, bottom - top);
	}
	/* The axis under the bands keeps the scale's extent visible where the palest band is not. */
	buf_puts(b, "<path class=\"ax\" d=\"M");
	svg_length(b, m->inset * UNIT);
	buf_putc(b, ' ');
	svg_length(b, bottom);
	buf_putc(b, 'H');
	svg_length(b, (m->width - m->inset) * UNIT);
	for (size_t i = 1; i < n; i++) {
		buf_putc(b, 'M');
		svg_length(b, scale_x(m, c, c->bands[i].min));
		buf_putc(b, ' ');
		svg_length(b, top - tick);
		buf_putc(b, 'V');
		svg_length(b, bottom + tick);
	}
	buf_puts(b, "\"/>");
}

static void draw_numbers(struct buf *b, struct arena *a, const struct measures *m,
			 const struct chart_scale *c, size_t n)
{
	struct str first = S("0"), last = str_i64(a, c->max);
	int gap = m->font * UNIT / 2;
	int taken = place(m, first, 0).to;
	struct span end = place(m, last, m->width * UNIT);

	put_label(b, m, "m", place(m, first, 0), m->number_y, first);
	for (size_t i = 1; i < n; i++) {
		struct str s = str_i64(a, c->bands[i].min);
		struct span at = place(m, s, scale_x(m, c, c->bands[i].min));

		/* A number without room is left to the description and the table. */
		if (at.from < taken + gap || at.to + gap > end.from)
			continue;
		put_label(b, m, "m", at, m->number_y, s);
		taken = at.to;
	}
	put_label(b, m, "m", end, m->number_y, last);
}

/* Each estimate under its band, on the first line where it does not touch another. Returns the
 * number of lines used. */
static int draw_estimates(struct buf *b, const struct measures *m, const struct chart_scale *c,
			  size_t n)
{
	int taken[BANDS_MAX] = { 0 };
	int lines = 0;

	for (size_t i = 0; i < n; i++) {
		const struct chart_band *band = &c->bands[i];
		struct str s = utf8_prefix(band->estimate, LABEL_MAX);
		struct span at = place(m, s, (scale_x(m, c, band->min) + band_end(m, c, n, i)) / 2);
		int line = 0;

		if (!s.len)
			continue;
		while (line < lines && at.from < taken[line] + m->font * UNIT / 2)
			line++;
		if (line == lines)
			lines++;
		taken[line] = at.to;
		put_label(b, m, band->is_here ? "s" : "m", at, m->estimate_y + line * m->line, s);
	}
	return lines;
}

static void draw_pole(struct buf *b, const struct measures *m, const struct chart_scale *c)
{
	struct str label = utf8_prefix(c->score_label, LABEL_MAX);
	int x = scale_x(m, c, c->score);

	svg_pole(b, x - m->pole_width * UNIT / 2, m->pole_y * UNIT, m->pole_width * UNIT,
		 m->pole_height * UNIT, POLE_STRIPES, false);
	put_label(b, m, "s", place(m, label, x), m->score_y, label);
}

static void draw(struct buf *out, struct arena *a, const struct measures *m,
		 const struct chart_scale *c, const struct svg_words *words)
{
	struct buf body = svg_make(a);
	size_t n = c->n_bands < BANDS_MAX ? c->n_bands : BANDS_MAX;
	int bottom = m->number_y, lines;
	struct buf attributes = buf_make(a, ATTRIBUTES_MAX);

	draw_bands(&body, m, c, n);
	draw_numbers(&body, a, m, c, n);
	lines = draw_estimates(&body, m, c, n);
	draw_pole(&body, m, c);

	if (lines)
		bottom = m->estimate_y + (lines - 1) * m->line;
	buf_puts(&attributes, m->start);
	buf_i64(&attributes, bottom + m->font / 2);
	buf_putc(&attributes, '"');
	svg_open(out, attributes.data, words, m->suffix);
	buf_put(out, buf_str(&body));
	svg_close(out);
}

struct str chart_scale_svg(struct arena *a, const struct chart_scale *c)
{
	struct svg_words words = svg_words(a, &c->words);
	struct buf b = svg_make(a);

	draw(&b, a, &wide, c, &words);
	draw(&b, a, &slim, c, &words);
	return buf_str(&b);
}
