/* Writing SVG: what the drawings of this room share. Not for others. */
#ifndef JALON_CHART_SVG_H
#define JALON_CHART_SVG_H

#include "chart/chart.h"

/* Lengths are tenths of a drawing unit, so that positions need no floating point. */
enum { UNIT = 10 };

/* Where a label is held. */
enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

/* An empty drawing buffer in `a`. */
struct buf svg_make(struct arena *a);

/* A chart's words as they stand in its drawings, escaped once for all of them, in `a`. */
struct svg_words {
	struct str id, title, finding;
};
struct svg_words svg_words(struct arena *a, const struct chart_words *w);

/* Opens an image with its title and description. `suffix` tells apart the ids of two drawings of one
 * chart; `attributes` is written into the start tag. */
void svg_open(struct buf *b, const char *attributes, const struct svg_words *w, const char *suffix);
/* Ends it. */
void svg_close(struct buf *b);

/* A length as an attribute value: 105 is written 10.5. */
void svg_length(struct buf *b, int tenths);
/* In tenths, as all lengths here unless said otherwise. */
void svg_rect(struct buf *b, const char *class, int x, int y, int width, int height);
/* A label at (x, y), `class` giving its look. */
void svg_label(struct buf *b, const char *class, enum anchor at, int x, int y, struct str s);
/* The red-and-white pole: `n` stripes from (x, y) down, or rightwards when it lies. */
void svg_pole(struct buf *b, int x, int y, int width, int height, int n, bool lies);

/* A bar with an end at both sides, from `from` to `to` on the one axis, at `at` on the other; the ends
 * reach `cap` to both sides. It lies or stands. */
void svg_whisker(struct buf *b, int from, int to, int at, int cap, bool lies);

/* A line to set labels on, in units: how wide the drawing is, what is kept free at its sides, the size
 * of the letters. */
struct line {
	int width, inset, font;
};
/* A label's place on it, in tenths. */
struct span {
	int from, to;
};
/* Where a label `s` centred on `x` stands once pushed back inside the drawing. */
struct span svg_place(const struct line *line, struct str s, int x);
/* Writes `s` as placed: an end that touches an edge is held there, since the width is an estimate. `y`
 * in units. */
void svg_put(struct buf *b, const struct line *line, const char *class, struct span at, int y,
	     struct str s);

enum { SVG_LINES = 2 };
/* `s` broken at spaces into at most SVG_LINES lines of `width` tenths, what is left over cut short with
 * "…". Returns the number of lines, at least 1. The lines live in `a`. */
size_t svg_wrap(struct arena *a, struct str s, int font, int width, struct str ret[SVG_LINES]);

/* How wide `s` is at `font` units at most, in tenths: an estimate on the safe side for the product's
 * font, made without it. */
int svg_width(struct str s, int font);

#endif
