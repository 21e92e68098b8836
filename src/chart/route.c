/* The path from milestone to milestone: see chart.h. */
#include "chart/svg.h"

#include "base/utf8.h"

enum {
	WIDTH = 1240, /* of the land; the drawing has a margin of 16 on both sides */
	FIRST_X = 27,
	RADIUS = 14,
	FOOT = 228, /* where the plumb lines end, above the names that the page sets below */
	STONES_MAX = 7,
	LABEL_MAX = 60, /* code points */
	POLE_WIDTH = 10,
	POLE_HEIGHT = 70,
	POLE_STRIPES = 5,
};

/* The path climbs, with a rest here and there. */
static const int heights[STONES_MAX] = { 178, 150, 166, 118, 92, 104, 52 };

/* The lie of the land: five contour lines, which follow the path's rise. */
static const char land[] =
	"M-40 236C200 236 200 172 440 172S640 215 840 215 1100 177 1260 177"
	"M-40 201C150 201 150 142 340 142S520 184 720 184 1080 154 1140 154 1220 140 1260 134"
	"M-40 162C110 162 110 112 260 112S440 152 620 152 860 131 980 131 1180 100 1260 87"
	"M-40 115C60 115 60 82 160 82S360 121 550 121 740 104 880 104 1160 62 1260 35"
	"M-40 66C20 66 20 53 80 53S280 89 460 89 620 77 760 77 1080 30 1260 -10";

static int stone_x(const struct chart_route *c, size_t i)
{
	return FIRST_X + (int)i * WIDTH / (int)c->n_stones;
}

/* The path between two stones, level where it meets each. */
static void draw_way(struct buf *b, const struct chart_route *c, const char *class, size_t from,
		     size_t to)
{
	if (from >= to)
		return;
	buf_fmt(b, "<path class=\"%s\" d=\"M%d %d", class, stone_x(c, from), heights[from]);
	for (size_t i = from; i < to; i++) {
		int middle = (stone_x(c, i) + stone_x(c, i + 1)) / 2;

		buf_fmt(b, "C%d %d %d %d %d %d", middle, heights[i], middle, heights[i + 1],
			stone_x(c, i + 1), heights[i + 1]);
	}
	buf_puts(b, "\"/>");
}

static void draw_circle(struct buf *b, const char *class, int x, int y)
{
	buf_fmt(b, "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>", class, x, y, RADIUS);
}

static void draw_stone(struct buf *b, struct arena *a, const struct chart_route *c, size_t i)
{
	int x = stone_x(c, i), y = heights[i];

	if (i < c->here) {
		draw_circle(b, "fi", x, y);
		buf_fmt(b, "<path class=\"tick\" d=\"M%d %dl4 4.5 8-9\"/>", x - 6, y);
		return;
	}
	draw_circle(b, "fs", x, y);
	draw_circle(b, "ring dash", x, y);
	svg_label(b, "", ANCHOR_MIDDLE, x * UNIT, (y + 5) * UNIT, str_fmt(a, "%zu", i + 1));
}

static void draw_here(struct buf *b, const struct chart_route *c)
{
	int x = stone_x(c, c->here), y = heights[c->here];
	int top = y + RADIUS / 2 - POLE_HEIGHT;

	buf_fmt(b, "<ellipse class=\"fi\" cx=\"%d\" cy=\"%d\" rx=\"13\" ry=\"3.5\"/>", x,
		y + RADIUS / 2 + 1);
	svg_pole(b, (x - POLE_WIDTH / 2) * UNIT, top * UNIT, POLE_WIDTH * UNIT, POLE_HEIGHT * UNIT,
		 POLE_STRIPES, false);
	svg_label(b, "s", ANCHOR_START, (x + RADIUS) * UNIT, (top + RADIUS) * UNIT,
		  utf8_prefix(c->here_label, LABEL_MAX));
}

struct str chart_route_svg(struct arena *a, const struct chart_route *route)
{
	struct chart_route c = *route;
	struct svg_words words = svg_words(a, &route->words);
	struct buf b = svg_make(a);

	if (c.n_stones > STONES_MAX)
		c.n_stones = STONES_MAX;
	svg_open(&b, "class=\"chart\" viewBox=\"-16 0 1272 236\"", &words, "");
	buf_fmt(&b, "<path class=\"gr\" d=\"%s\"/>", land);
	if (c.here < c.n_stones) {
		buf_puts(&b, "<path class=\"gr dash\" d=\"");
		for (size_t i = 0; i < c.n_stones; i++)
			buf_fmt(&b, "M%d %dV%d", stone_x(&c, i), heights[i] + RADIUS + 2, FOOT);
		buf_puts(&b, "\"/>");
		draw_way(&b, &c, "way", 0, c.here);
		draw_way(&b, &c, "way todo", c.here, c.n_stones - 1);
		for (size_t i = 0; i < c.n_stones; i++)
			if (i != c.here)
				draw_stone(&b, a, &c, i);
		draw_here(&b, &c);
	}
	svg_close(&b);
	return buf_str(&b);
}
