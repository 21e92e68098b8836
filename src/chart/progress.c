/* Progress through a questionnaire: see chart.h. Stretched to its place by the stylesheet, so it holds
 * no text and its outlines keep their thickness. */
#include "chart/svg.h"

enum {
	WIDTH = 640,
	HEIGHT = 16,
	SEGMENTS_MAX = 400, /* drawn; a pack holds fewer */
	GAP = 4,
	GROUP_GAP = 24,
	CROWD = 40, /* segments from which the gaps shrink to the two below */
	CROWD_GAP = 1,
	CROWD_GROUP_GAP = 4,
	GROUP_GAPS_MAX = 20, /* counted, so that gaps never eat the segments */
};

static void draw_segment(struct buf *b, enum segment state, int x, int width)
{
	switch (state) {
	case SEGMENT_AHEAD:
		svg_rect(b, "f0", x, 3 * UNIT, width, 10 * UNIT);
		break;
	case SEGMENT_ANSWERED:
		svg_rect(b, "fi", x, 3 * UNIT, width, 10 * UNIT);
		break;
	case SEGMENT_UNKNOWN:
		/* Inside by half its outline, so that it is no larger than its neighbours. */
		svg_rect(b, "hollow", x + UNIT, 4 * UNIT,
			 width > 2 * UNIT ? width - 2 * UNIT : width, 8 * UNIT);
		break;
	case SEGMENT_SKIPPED:
		svg_rect(b, "fg", x, 7 * UNIT, width, 2 * UNIT);
		break;
	}
}

static size_t count_segments(const struct chart_progress *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_groups; i++) {
		if (c->groups[i] > SEGMENTS_MAX - n)
			return SEGMENTS_MAX;
		n += c->groups[i];
	}
	return n;
}

static void draw_groups(struct buf *b, const struct chart_progress *c, size_t total)
{
	int gap = (total < CROWD ? GAP : CROWD_GAP) * UNIT;
	int group_gap = (total < CROWD ? GROUP_GAP : CROWD_GROUP_GAP) * UNIT;
	int breaks = c->n_groups > GROUP_GAPS_MAX ? GROUP_GAPS_MAX : (int)c->n_groups - 1;
	int n = (int)total;
	int inked = WIDTH * UNIT - gap * (n - 1) - (group_gap - gap) * breaks;
	int done = 0, shift = 0;

	for (size_t g = 0; g < c->n_groups && done < n; g++) {
		for (size_t i = 0; i < c->groups[g] && done < n; i++, done++) {
			/* Positions come from the whole, so that rounding does not add up. */
			int x = shift + done * gap + inked * done / n;
			int width = inked * (done + 1) / n - inked * done / n;

			if (done == c->here)
				svg_pole(b, x, 0, width, HEIGHT * UNIT, 3, true);
			else
				draw_segment(b, c->segments[done], x, width);
		}
		if ((int)g < breaks)
			shift += group_gap - gap;
	}
}

struct str chart_progress_svg(struct arena *a, const struct chart_progress *c)
{
	struct svg_words words = svg_words(a, &c->words);
	struct buf b = svg_make(a);
	size_t total = count_segments(c);

	svg_open(&b, "class=\"polebar\" viewBox=\"0 0 640 16\" preserveAspectRatio=\"none\"",
		 &words, "");
	if (total)
		draw_groups(&b, c, total);
	svg_close(&b);
	return buf_str(&b);
}
