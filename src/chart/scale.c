/* The score on its scale: bands, thresholds, the pole. See chart.h. */
#include "chart/svg.h"

#include "base/num.h"
#include "base/utf8.h"

enum {
	BANDS_MAX = 12, /* drawn; a pack holds fewer */
	LABEL_MAX = 60, /* code points of a label; more is cut */
	LOOKS = 5,      /* f1 to f5 */
	POLE_STRIPES = 4,
	CAP = 6,             /* of the range's ends, to both sides */
	ATTRIBUTES_MAX = 64, /* bytes of a drawing's own */
};

/* The measures of a drawing, in units. The slim one is for phones; its labels are measured at the
 * largest size the stylesheet gives them. */
struct measures {
	const char
		*start; /* class, and the view box up to its height, which depends on the labels */
	const char *suffix;
	struct line across;
	int score_y; /* baseline of the score's label */
	int pole_y, pole_width, pole_height;
	int range_y; /* the range of the score, over the bar */
	int bar_y, bar_height;
	int tick;             /* how far a threshold sticks out of the bar */
	int number_y;         /* baseline of the thresholds' numbers */
	int estimate_y, line; /* first baseline of the estimates, and between two */
};

static const struct measures wide = {
	.start = "class=\"wideonly\" viewBox=\"0 0 720 ",
	.suffix = "",
	.across = { 720, 10, 15 },
	.score_y = 20,
	.pole_y = 30,
	.pole_width = 10,
	.pole_height = 64,
	.range_y = 50,
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
	.across = { 360, 10, 18 },
	.score_y = 20,
	.pole_y = 30,
	.pole_width = 10,
	.pole_height = 64,
	.range_y = 50,
	.bar_y = 70,
	.bar_height = 22,
	.tick = 10,
	.number_y = 124,
	.estimate_y = 154,
	.line = 26,
};

/* Where `part` of `max` lies. */
static int part_x(const struct measures *m, int part, int max)
{
	int length = (m->across.width - 2 * m->across.inset) * UNIT;

	if (max < 1)
		max = 1;
	if (part > max)
		part = max;
	if (part < 0)
		part = 0;
	return m->across.inset * UNIT + (int)num_div_round((int64_t)length * part, max);
}

static int scale_x(const struct measures *m, const struct chart_scale *c, int points)
{
	return part_x(m, points, c->max);
}

/* Where a score lies, which may be in half points. */
static int score_x(const struct measures *m, const struct chart_scale *c, int score)
{
	return part_x(m, score, c->is_halved ? 2 * c->max : c->max);
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
	svg_length(b, m->across.inset * UNIT);
	buf_putc(b, ' ');
	svg_length(b, bottom);
	buf_putc(b, 'H');
	svg_length(b, (m->across.width - m->across.inset) * UNIT);
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
	int gap = m->across.font * UNIT / 2;
	int taken = svg_place(&m->across, first, 0).to;
	struct span end = svg_place(&m->across, last, m->across.width * UNIT);

	svg_put(b, &m->across, "m", svg_place(&m->across, first, 0), m->number_y, first);
	for (size_t i = 1; i < n; i++) {
		struct str s = str_i64(a, c->bands[i].min);
		struct span at = svg_place(&m->across, s, scale_x(m, c, c->bands[i].min));

		/* A number without room is left to the description and the table. */
		if (at.from < taken + gap || at.to + gap > end.from)
			continue;
		svg_put(b, &m->across, "m", at, m->number_y, s);
		taken = at.to;
	}
	svg_put(b, &m->across, "m", end, m->number_y, last);
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
		struct span at = svg_place(&m->across, s,
					   (scale_x(m, c, band->min) + band_end(m, c, n, i)) / 2);
		int line = 0;

		if (!s.len)
			continue;
		while (line < lines && at.from < taken[line] + m->across.font * UNIT / 2)
			line++;
		if (line == lines)
			lines++;
		taken[line] = at.to;
		svg_put(b, &m->across, band->is_here ? "s" : "m", at,
			m->estimate_y + line * m->line, s);
	}
	return lines;
}

static void draw_pole(struct buf *b, const struct measures *m, const struct chart_scale *c)
{
	struct str label = utf8_prefix(c->score_label, LABEL_MAX);
	int x = score_x(m, c, c->score);

	svg_pole(b, x - m->pole_width * UNIT / 2, m->pole_y * UNIT, m->pole_width * UNIT,
		 m->pole_height * UNIT, POLE_STRIPES, false);
	svg_put(b, &m->across, "s", svg_place(&m->across, label, x), m->score_y, label);
}

/* The range, its ends named outside it where there is room: beside the pole there is none. */
static void draw_range(struct buf *b, const struct measures *m, const struct chart_scale *c)
{
	int from = score_x(m, c, c->low), to = score_x(m, c, c->high);
	int gap = m->across.font * UNIT / 2;
	int y = (m->range_y + m->across.font / 3) * UNIT;

	svg_whisker(b, from, to, m->range_y * UNIT, CAP * UNIT, true);
	if (from - gap - svg_width(c->low_label, m->across.font) >= m->across.inset * UNIT)
		svg_label(b, "m", ANCHOR_END, from - gap, y, utf8_prefix(c->low_label, LABEL_MAX));
	if (to + gap + svg_width(c->high_label, m->across.font) <=
	    (m->across.width - m->across.inset) * UNIT)
		svg_label(b, "m", ANCHOR_START, to + gap, y, utf8_prefix(c->high_label, LABEL_MAX));
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
	if (c->has_range)
		draw_range(&body, m, c);
	draw_pole(&body, m, c);

	if (lines)
		bottom = m->estimate_y + (lines - 1) * m->line;
	buf_puts(&attributes, m->start);
	buf_i64(&attributes, bottom + m->across.font / 2);
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
