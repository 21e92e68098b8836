/* How often each answer was given, in rows or in columns: see chart.h. */
#include "chart/svg.h"

#include "base/num.h"
#include "base/utf8.h"

enum {
	ANSWERS_MAX = 120, /* drawn; a scale has at most 101 levels */
	SHORT_LABEL = 3,   /* code points: a level */
	LEVELS_FROM = 6,   /* fewer short answers still stand in rows */
	SLACK = 3 *
		UNIT,   /* digits are narrower than the estimate, and neighbours rarely both long */
	COUNT_MAX = 60, /* code points */
	WHOLE = 10000,  /* 100 % */
};

/* The measures of a drawing, in units. */
struct measures {
	const char *class, *suffix;
	int width, font, line;
	int bar;   /* thickness in rows */
	int gap;   /* between rows */
	int plot;  /* height of the columns */
	int apart; /* width kept for those apart, beside the columns */
};

static const struct measures wide = {
	.class = "wideonly",
	.suffix = "",
	.width = 720,
	.font = 15,
	.line = 20,
	.bar = 14,
	.gap = 12,
	.plot = 110,
	.apart = 110,
};
static const struct measures slim = {
	.class = "slimonly",
	.suffix = "s",
	.width = 360,
	.font = 18,
	.line = 23,
	.bar = 16,
	.gap = 14,
	.plot = 110,
	.apart = 80,
};

/* The answers drawn, and what they have in common. */
struct bars {
	const struct chart_answer *answers;
	size_t n, n_apart;
	uint32_t most;  /* given to one of them */
	uint32_t given; /* answers, "I don’t know" among them */
	int64_t full;   /* what a bar of full length stands for, in ten-thousandths of an answer */
	struct str wide_count;
};

/* "I don’t know" is an answer; not asked and left blank are none. */
static bool is_given(const struct chart_answer *answer)
{
	return answer->look > 0 || answer->apart == APART_UNKNOWN;
}

static struct bars bars_of(const struct chart_distribution *c)
{
	struct bars bars = { .answers = c->answers,
			     .wide_count = utf8_prefix(c->wide_count, COUNT_MAX),
			     .n = c->n_answers < ANSWERS_MAX ? c->n_answers : ANSWERS_MAX };

	for (size_t i = 0; i < bars.n; i++) {
		bars.n_apart += c->answers[i].look == 0;
		bars.most = c->answers[i].n > bars.most ? c->answers[i].n : bars.most;
		bars.given += is_given(&c->answers[i]) ? c->answers[i].n : 0;
	}
	bars.full =
		c->full && bars.given ? (int64_t)bars.given * c->full : (int64_t)bars.most * WHOLE;
	return bars;
}

static struct str wider_count(const struct bars *bars, struct str s)
{
	for (size_t i = 0; i < bars->n; i++) {
		struct str other = utf8_prefix(bars->answers[i].count_label, COUNT_MAX);

		if (svg_width(other, wide.font) > svg_width(s, wide.font))
			s = other;
	}
	return s;
}

static int bar_length(const struct bars *bars, size_t i, int whole)
{
	if (bars->full == 0)
		return 0;
	return (int)num_div_round((int64_t)bars->answers[i].n * WHOLE * whole, bars->full);
}

/* From corner to corner of a bar. */
static void draw_strike(struct buf *b, int x, int y, int width, int height)
{
	buf_puts(b, "<path class=\"no\" d=\"M");
	svg_length(b, x);
	buf_putc(b, ' ');
	svg_length(b, y + height);
	buf_puts(b, "L");
	svg_length(b, x + width);
	buf_putc(b, ' ');
	svg_length(b, y);
	buf_puts(b, "\"/>");
}

/* What gives no points of its own. */
static void draw_apart(struct buf *b, enum chart_apart apart, int x, int y, int width, int height)
{
	switch (apart) {
	case APART_UNKNOWN:
		svg_rect(b, "hollow", x, y, width, height);
		return;
	case APART_NOT_ASKED:
		svg_rect(b, "hollow", x, y, width, height);
		draw_strike(b, x, y, width, height);
		return;
	case APART_BLANK:
		svg_rect(b, "blank", x, y, width, height);
		return;
	}
}

/* A bar of its look; the most frequent is outlined more strongly. */
static void draw_bar(struct buf *b, const struct chart_answer *answer, int x, int y, int width,
		     int height)
{
	char class[] = "f1 bar";

	if (width <= 0 || height <= 0)
		return;
	if (answer->look > 0) {
		class[1] = (char)('0' + (answer->look < 5 ? answer->look : 5));
		svg_rect(b, class, x, y, width, height);
	} else {
		draw_apart(b, answer->apart, x, y, width, height);
	}
	if (answer->is_mode)
		svg_rect(b, "ring", x, y, width, height);
}

/* ---- rows ---- */

/* The room that the longest count takes after a bar. */
static int counts_width(const struct measures *m, const struct bars *bars)
{
	int most = svg_width(wider_count(bars, bars->wide_count), m->font) + m->font * UNIT;

	return most < m->width * UNIT / 2 ? most : m->width * UNIT / 2;
}

/* The words of a row, from `y` on; returns where its bar begins. What the most frequent is called stands
 * at the right where the answer leaves room. */
static int draw_row_words(struct buf *b, struct arena *a, const struct measures *m,
			  const struct chart_answer *answer, struct str mode_label, int y)
{
	const char *class = answer->is_mode ? "s" : answer->look ? "" : "m";
	struct str lines[SVG_LINES];
	size_t n = svg_wrap(a, answer->label, m->font, m->width * UNIT, lines);
	int room = (m->width - m->font) * UNIT - svg_width(lines[0], m->font);

	if (answer->is_mode && svg_width(mode_label, m->font) <= room)
		svg_label(b, "m", ANCHOR_END, m->width * UNIT, (y + m->font) * UNIT, mode_label);
	for (size_t k = 0; k < n; k++, y += m->line)
		svg_label(b, class, ANCHOR_START, 0, (y + m->font) * UNIT, lines[k]);
	return y;
}

/* Draws all rows; returns where the last ends, in units. */
static int draw_rows(struct buf *b, struct arena *a, const struct measures *m,
		     const struct bars *bars, struct str mode_label)
{
	int y = 0, left = 2 * UNIT;
	int length = m->width * UNIT - left - counts_width(m, bars);

	for (size_t i = 0; i < bars->n; i++) {
		const struct chart_answer *answer = &bars->answers[i];
		int bar = bar_length(bars, i, length);

		if (i && answer->look == 0 && bars->answers[i - 1].look)
			y += m->gap;
		y = draw_row_words(b, a, m, answer, mode_label, y);
		buf_fmt(b, "<path class=\"ax\" d=\"M1 %dV%d\"/>", y, y + m->bar + 4);
		draw_bar(b, answer, left, (y + 2) * UNIT, bar, m->bar * UNIT);
		svg_label(b, answer->is_mode ? "s" : "m", ANCHOR_START,
			  left + bar + m->font * UNIT / 2, (y + m->bar) * UNIT,
			  utf8_prefix(answer->count_label, COUNT_MAX));
		y += m->bar + m->gap;
	}
	return y - m->gap + 6;
}

/* ---- columns ---- */

/* One column in `slot`, whose number and label are left out where they have no room; the highest one's
 * stands above all others and has a little more. */
static void draw_column(struct buf *b, struct arena *a, const struct measures *m,
			const struct bars *bars, size_t i, struct span slot)
{
	const struct chart_answer *answer = &bars->answers[i];
	const char *class = answer->is_mode ? "s" : "m";
	int base = (m->line + m->plot) * UNIT, room = slot.to - slot.from;
	int width = room * 4 / 5, middle = (slot.from + slot.to) / 2;
	int height = bar_length(bars, i, m->plot * UNIT);
	struct str n = str_fmt(a, "%u", answer->n), lines[SVG_LINES];
	size_t n_lines = 1;

	width = width < 40 * UNIT ? width : 40 * UNIT;
	draw_bar(b, answer, middle - width / 2, base - height, width, height);
	if (answer->n && svg_width(n, m->font) <= room + (answer->is_mode ? 2 * SLACK : SLACK))
		svg_label(b, class, ANCHOR_MIDDLE, middle, base - height - 5 * UNIT, n);
	lines[0] = answer->label;
	if (answer->look == 0)
		n_lines = svg_wrap(a, answer->label, m->font, room, lines);
	else if (svg_width(lines[0], m->font) > room + SLACK)
		n_lines = 0;
	for (size_t k = 0; k < n_lines; k++)
		svg_label(b, class, ANCHOR_MIDDLE, middle,
			  base + ((int)k * m->line + m->font + 4) * UNIT, lines[k]);
}

/* Draws all columns; returns the height, in units. */
static int draw_columns(struct buf *b, struct arena *a, const struct measures *m,
			const struct bars *bars)
{
	int n = (int)(bars->n - bars->n_apart), n_apart = (int)bars->n_apart;
	int base = m->line + m->plot, split = m->width;
	int levels = 0, apart = 0;

	if (n_apart)
		split -= n_apart * m->apart > m->width / 2 ? m->width / 2 : n_apart * m->apart;
	for (size_t i = 0; i < bars->n; i++) {
		bool is_apart = bars->answers[i].look == 0;
		int from = is_apart ? split : 0, k = is_apart ? apart++ : levels++;
		int room = is_apart ? m->width - split : split, of = is_apart ? n_apart : n;

		draw_column(b, a, m, bars, i,
			    (struct span){ (from * of + room * k) * UNIT / of,
					   (from * of + room * (k + 1)) * UNIT / of });
	}
	buf_fmt(b, "<path class=\"ax\" d=\"M0 %dH%d", base, n_apart ? split - 8 : split);
	if (n_apart)
		buf_fmt(b, "M%d %dH%d", split + 8, base, m->width);
	buf_puts(b, "\"/>");
	return base + m->line * (n_apart ? SVG_LINES : 1) + 4;
}

/* ---- the drawing ---- */

static bool is_scale(const struct bars *bars)
{
	size_t levels = 0;

	for (size_t i = 0; i < bars->n; i++) {
		struct str label = bars->answers[i].label;

		if (bars->answers[i].look == 0)
			continue;
		if (utf8_prefix(label, SHORT_LABEL).len < label.len)
			return false;
		levels++;
	}
	return levels >= LEVELS_FROM;
}

void chart_align(struct chart_distribution *const list[], size_t n)
{
	struct str wide_count = S("");
	int full = 0;

	for (size_t i = 0; i < n; i++) {
		struct bars bars = bars_of(list[i]);
		int most =
			bars.given ? (int)num_div_round((int64_t)bars.most * WHOLE, bars.given) : 0;

		if (!is_scale(&bars) && most < WHOLE)
			most = WHOLE;
		full = most > full ? most : full;
		wide_count = wider_count(&bars, wide_count);
	}
	for (size_t i = 0; i < n; i++) {
		list[i]->full = full;
		list[i]->wide_count = wide_count;
	}
}

static void draw(struct buf *out, struct arena *a, const struct measures *m,
		 const struct chart_distribution *c)
{
	struct svg_words words = svg_words(a, &c->words);
	struct bars bars = bars_of(c);
	struct buf body = svg_make(a);
	int height = 1;
	struct str viewport;

	if (bars.n)
		height = is_scale(&bars) ? draw_columns(&body, a, m, &bars)
					 : draw_rows(&body, a, m, &bars,
						     utf8_prefix(c->mode_label, COUNT_MAX));
	viewport = str_fmt(a, "class=\"%s\" viewBox=\"0 0 %d %d\"", m->class, m->width, height);
	svg_open(out, viewport.data, &words, m->suffix);
	buf_put(out, buf_str(&body));
	svg_close(out);
}

struct str chart_distribution_svg(struct arena *a, const struct chart_distribution *c)
{
	struct buf b = svg_make(a);

	draw(&b, a, &wide, c);
	draw(&b, a, &slim, c);
	return buf_str(&b);
}

/* ---- without words ---- */

enum {
	MINI_WIDTH = 136,
	MINI_BASE = 40, /* the axis; the mark of the most frequent is below */
	MINI_APART = 18,
	MINI_GAP = 7,
};

static void draw_mark(struct buf *b, int x)
{
	buf_puts(b, "<path class=\"fi\" d=\"M");
	svg_length(b, x);
	buf_fmt(b, " %dl4 6h-8z\"/>", MINI_BASE + 2);
}

struct str chart_mini_svg(struct arena *a, const struct chart_distribution *c)
{
	struct svg_words words = svg_words(a, &c->words);
	struct buf b = svg_make(a);
	struct bars bars = bars_of(c);
	int n = (int)(bars.n - bars.n_apart), n_apart = (int)bars.n_apart;
	int split = MINI_WIDTH - n_apart * (MINI_APART + MINI_GAP);
	int levels = 0, apart = 0;

	if (split < MINI_WIDTH / 2)
		split = MINI_WIDTH / 2;
	svg_open(&b, "class=\"mini\" viewBox=\"0 0 136 49\"", &words, "");
	for (size_t i = 0; i < bars.n; i++) {
		const struct chart_answer *answer = &bars.answers[i];
		bool is_apart = answer->look == 0;
		int height = bar_length(&bars, i, (MINI_BASE - 2) * UNIT);
		int room = is_apart ? (MINI_WIDTH - split) * UNIT / n_apart : split * UNIT / n;
		int x = is_apart ? split * UNIT + room * apart++ + MINI_GAP * UNIT
				 : room * levels++;
		int width = is_apart ? room - MINI_GAP * UNIT : room * 9 / 10;

		/* Some is never drawn as none. */
		if (answer->n && height < UNIT)
			height = UNIT;
		draw_bar(&b, answer, x + UNIT / 2, MINI_BASE * UNIT - height, width - UNIT, height);
		if (answer->is_mode)
			draw_mark(&b, x + width / 2);
	}
	buf_fmt(&b, "<path class=\"ax\" d=\"M0 %dH%d", MINI_BASE, split);
	for (int k = 0; k < n_apart; k++)
		buf_fmt(&b, "M%d %dH%d", split + (MINI_WIDTH - split) * k / n_apart + MINI_GAP,
			MINI_BASE, split + (MINI_WIDTH - split) * (k + 1) / n_apart);
	buf_puts(&b, "\"/>");
	svg_close(&b);
	return buf_str(&b);
}
