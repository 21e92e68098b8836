/* The score over rounds: see chart.h. */
#include "chart/svg.h"

#include "base/num.h"
#include "base/utf8.h"

enum {
	MOMENTS_MAX = 24, /* drawn, the latest */
	BANDS_MAX = 12,
	LABEL_MAX = 40, /* code points */
	RADIUS = 6,
	CAP = 5,
};

/* The measures of a drawing, in units. */
struct measures {
	const char *class, *suffix;
	struct line across;
	int left;        /* where the plot begins, after the numbers of the thresholds */
	int margin;      /* of the first and last moment inside it */
	int top, bottom; /* of the plot */
	int name_y;
};

static const struct measures wide = {
	.class = "wideonly",
	.suffix = "",
	.across = { 720, 4, 15 },
	.left = 40,
	.margin = 60,
	.top = 24,
	.bottom = 214,
	.name_y = 240,
};
static const struct measures slim = {
	.class = "slimonly",
	.suffix = "s",
	.across = { 360, 4, 18 },
	.left = 40,
	.margin = 40,
	.top = 26,
	.bottom = 216,
	.name_y = 244,
};

/* What is drawn of a trend. */
struct trend {
	const struct chart_trend *c;
	const struct chart_moment *moments;
	int n;
};

static int moment_x(const struct measures *m, const struct trend *t, int i)
{
	int from = m->left + m->margin, to = m->across.width - m->margin;

	if (t->n == 1)
		return (from + to) / 2 * UNIT;
	return from * UNIT + (to - from) * UNIT * i / (t->n - 1);
}

static int score_y(const struct measures *m, const struct chart_trend *c, int half_points)
{
	int max = c->max > 0 ? 2 * c->max : 1;
	int height = (m->bottom - m->top) * UNIT;

	if (half_points > max)
		half_points = max;
	if (half_points < 0)
		half_points = 0;
	return m->bottom * UNIT - (int)num_div_round((int64_t)height * half_points, max);
}

/* The thresholds, named where the number does not touch the one below. */
static void draw_grid(struct buf *b, struct arena *a, const struct measures *m,
		      const struct chart_trend *c)
{
	size_t n = c->n_bands < BANDS_MAX ? c->n_bands : BANDS_MAX;
	int taken = m->bottom * UNIT + m->across.font * UNIT;

	for (size_t i = 0; i <= n; i++) {
		int points = i < n ? c->bands[i].min : c->max;
		int y = score_y(m, c, 2 * points);

		buf_fmt(b, "<path class=\"%s\" d=\"M%d ", i ? "gr" : "ax", m->left);
		svg_length(b, y);
		buf_fmt(b, "H%d\"/>", m->across.width - m->across.inset);
		if (taken - y < m->across.font * UNIT)
			continue;
		svg_label(b, "m", ANCHOR_END, (m->left - 8) * UNIT, y + m->across.font * UNIT / 3,
			  str_fmt(a, "%d", points));
		taken = y;
	}
}

static void draw_line(struct buf *b, const struct measures *m, const struct trend *t)
{
	if (t->n < 2)
		return;
	buf_puts(b, "<path class=\"trend\" d=\"");
	for (int i = 0; i < t->n; i++) {
		buf_putc(b, i && !t->moments[i].is_apart ? 'L' : 'M');
		svg_length(b, moment_x(m, t, i));
		buf_putc(b, ' ');
		svg_length(b, score_y(m, t->c, t->moments[i].score));
	}
	buf_puts(b, "\"/>");
}

static void draw_moment(struct buf *b, const struct measures *m, const struct trend *t, int i)
{
	const struct chart_moment *moment = &t->moments[i];
	int x = moment_x(m, t, i);

	if (moment->has_range)
		svg_whisker(b, score_y(m, t->c, moment->low), score_y(m, t->c, moment->high), x,
			    CAP * UNIT, false);
	buf_puts(b, "<circle class=\"fi\" cx=\"");
	svg_length(b, x);
	buf_puts(b, "\" cy=\"");
	svg_length(b, score_y(m, t->c, moment->score));
	buf_fmt(b, "\" r=\"%d\"/>", RADIUS);
}

/* Where the words over a moment stand: over its range. */
static int words_y(const struct measures *m, const struct trend *t, int i)
{
	const struct chart_moment *moment = &t->moments[i];
	int top = moment->has_range && moment->high > moment->score ? moment->high : moment->score;

	return score_y(m, t->c, top) / UNIT - RADIUS - 5;
}

/* Names, or scores, from the last backwards, each where it does not touch the one after it: the last is
 * what one looks for. */
static void draw_words(struct buf *b, const struct measures *m, const struct trend *t, bool is_name)
{
	int taken = m->across.width * UNIT + m->across.font * UNIT;

	for (int i = t->n - 1; i >= 0; i--) {
		const struct chart_moment *moment = &t->moments[i];
		struct str s = utf8_prefix(is_name ? moment->name : moment->score_label, LABEL_MAX);
		struct span at = svg_place(&m->across, s, moment_x(m, t, i));

		if (at.to + m->across.font * UNIT / 2 > taken)
			continue;
		svg_put(b, &m->across, i == t->n - 1 ? "s over" : "m over", at,
			is_name ? m->name_y : words_y(m, t, i), s);
		taken = at.from;
	}
}

static void draw(struct buf *b, struct arena *a, const struct measures *m,
		 const struct chart_trend *c)
{
	struct svg_words words = svg_words(a, &c->words);
	size_t n = c->n_moments < MOMENTS_MAX ? c->n_moments : MOMENTS_MAX;
	struct trend t = { c, c->moments + (c->n_moments - n), (int)n };
	struct str viewport = str_fmt(a, "class=\"%s\" viewBox=\"0 0 %d %d\"", m->class,
				      m->across.width, m->name_y + m->across.font / 2);

	svg_open(b, viewport.data, &words, m->suffix);
	draw_grid(b, a, m, c);
	draw_line(b, m, &t);
	for (int i = 0; i < t.n; i++)
		draw_moment(b, m, &t, i);
	draw_words(b, m, &t, false);
	draw_words(b, m, &t, true);
	svg_close(b);
}

struct str chart_trend_svg(struct arena *a, const struct chart_trend *c)
{
	struct buf b = svg_make(a);

	draw(&b, a, &wide, c);
	draw(&b, a, &slim, c);
	return buf_str(&b);
}
