/* How often each band comes out: see chart.h. */
#include "chart/svg.h"

#include "base/num.h"

enum {
	BANDS_MAX = 12,
	LOOKS = 5, /* f1 to f5 */
	BAR = 22,
	WHOLE = 10000,
};

/* The measures of a drawing, in units. */
struct measures {
	const char *class, *suffix;
	int width, font, line, swatch;
};

static const struct measures wide = { "wideonly", "", 720, 15, 26, 14 };
static const struct measures slim = { "slimonly", "s", 360, 18, 30, 16 };

static void draw_band(struct buf *b, struct arena *a, const struct measures *m,
		      const struct chart_chance *band, size_t i, struct span at)
{
	int y = BAR + 10 + (int)i * m->line, text = m->swatch + 10;
	char class[] = "f1 bar";
	struct str lines[SVG_LINES];

	class[1] = (char)('1' + (i < LOOKS ? i : LOOKS - 1));
	if (at.to > at.from)
		svg_rect(b, class, at.from, UNIT, at.to - at.from, BAR * UNIT);
	svg_rect(b, class, UNIT, (y + (m->line - m->swatch) / 2) * UNIT, m->swatch * UNIT,
		 m->swatch * UNIT);
	/* One line each: what is longer is cut. */
	(void)svg_wrap(a, band->label, m->font, (m->width - text) * UNIT, lines);
	svg_label(b, band->is_here ? "s" : "", ANCHOR_START, text * UNIT,
		  (y + (m->line + m->font * 2 / 3) / 2) * UNIT, lines[0]);
}

static void draw(struct buf *b, struct arena *a, const struct measures *m,
		 const struct chart_chances *c)
{
	struct svg_words words = svg_words(a, &c->words);
	size_t n = c->n_bands < BANDS_MAX ? c->n_bands : BANDS_MAX;
	int length = (m->width - 2) * UNIT, sum = 0;
	struct str viewport = str_fmt(a, "class=\"%s\" viewBox=\"0 0 %d %d\"", m->class, m->width,
				      BAR + 12 + (int)n * m->line);

	svg_open(b, viewport.data, &words, m->suffix);
	for (size_t i = 0; i < n; i++) {
		int left = WHOLE - sum;
		int share = c->bands[i].share < 0      ? 0
			    : c->bands[i].share > left ? left
						       : c->bands[i].share;
		struct span at = { UNIT + (int)num_div_round((int64_t)length * sum, WHOLE), 0 };

		sum += share;
		at.to = UNIT + (int)num_div_round((int64_t)length * sum, WHOLE);
		draw_band(b, a, m, &c->bands[i], i, at);
	}
	svg_close(b);
}

struct str chart_chances_svg(struct arena *a, const struct chart_chances *c)
{
	struct buf b = svg_make(a);

	draw(&b, a, &wide, c);
	draw(&b, a, &slim, c);
	return buf_str(&b);
}
