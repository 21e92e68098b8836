/*
 * Charts as accessible SVG: role="img", a <title>, a <desc> that states the finding, looks by CSS class
 * only, so that one drawing serves the page (styled by the stylesheet), the PDF and the DOCX (styled by
 * a <style> that chart_standalone() adds). Every chart has a table twin, made by the caller from the
 * same numbers.
 *
 * A scale, a bar, a distribution or chances is two drawings one after the other, `svg.wideonly` and `svg.slimonly`, of which the
 * stylesheet shows one according to the width of the `.fig` around them: on a phone labels must be
 * larger against the drawing. The second one's element ids end in "s". Progress is one `svg.polebar`, the
 * route one `svg.chart`, a mini one `svg.mini`.
 * Texts are escaped; title and description are cut at 2,000 code points, labels at 60. Drawings live in `a`.
 */
#ifndef JALON_CHART_CHART_H
#define JALON_CHART_CHART_H

#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* Words of a chart, already translated. `id` makes element ids unique in the page: [a-z0-9-]. */
struct chart_words {
	const char *id;
	struct str title, finding;
};

/* A score on a scale cut into bands, thresholds drawn, the pole at the score. */
struct chart_band {
	int min, max;        /* points */
	struct str estimate; /* "environ 50 %" */
	bool is_here;
};
struct chart_scale {
	struct chart_words words;
	int max;
	int score;              /* drawn inside 0..max whatever it is */
	bool is_halved;         /* score, low and high are in half points */
	struct str score_label; /* "20 points" */
	bool has_range;         /* how firm the score is, over the bands */
	int low, high;
	struct str low_label, high_label; /* "18,5", "23" */
	const struct chart_band *bands;   /* in order; the first 12 are drawn */
	size_t n_bands;
};
struct str chart_scale_svg(struct arena *a, const struct chart_scale *c);

/* One horizontal bar. */
struct chart_bar {
	struct chart_words words;
	int value, max;
	int look; /* 1..6: category colour */
};
struct str chart_bar_svg(struct arena *a, const struct chart_bar *c);

/* How often each answer to one question was given. */
enum chart_apart {
	APART_UNKNOWN,   /* an outline */
	APART_NOT_ASKED, /* an outline, struck through: no answer at all */
	APART_BLANK,     /* in dashes: asked, and left blank */
};
struct chart_answer {
	struct str label;       /* the answer; a level of a scale as its number */
	struct str count_label; /* "12 (52 %)" */
	uint32_t n;
	int look;               /* 1..5: few points to many. 0: no points of its own, apart */
	bool is_mode;           /* given most often: outlined twice as strong, its words bolder */
	enum chart_apart apart; /* of look 0: how it is drawn */
};
struct chart_distribution {
	struct chart_words words;
	const struct chart_answer *answers; /* in the pack's order, those apart last */
	size_t n_answers;                   /* the first 120 are drawn */
	struct str mode_label;              /* "most frequent", written where there is room */
	int full; /* of those who answered, the share (ten-thousandths) that a bar of full length
		   * stands for. 0: that of the most frequent answer */
	struct str wide_count; /* of another drawing beside it: room is kept for it after a bar */
};
/* One row to an answer; for a scale (every level's label has 3 characters at most) one column to a
 * level, with n over it in place of the count label. */
struct str chart_distribution_svg(struct arena *a, const struct chart_distribution *c);
/* The same without words, as one `svg.mini` for a table's cell: columns, the most frequent marked from below. */
struct str chart_mini_svg(struct arena *a, const struct chart_distribution *c);
/* Has `n` distributions drawn on one scale: bars of one length are then one share, however many answered. Rows
 * reach from 0 to 100 % of those who answered, further only where more gave no answer; columns, of many
 * levels, to the largest share of them all. */
void chart_align(struct chart_distribution *const list[], size_t n);

/* How often each band comes out, as one bar and a line of words to a band. */
struct chart_chance {
	struct str label; /* "62 % : environ 50 %" */
	int share;        /* ten-thousandths; all together 10,000 */
	bool is_here;
};
struct chart_chances {
	struct chart_words words;
	const struct chart_chance *bands; /* in order; the first 12 are drawn */
	size_t n_bands;
};
struct str chart_chances_svg(struct arena *a, const struct chart_chances *c);

/* Progress through a questionnaire: segments grouped by category, the pole on the current one. */
enum segment { SEGMENT_AHEAD, SEGMENT_ANSWERED, SEGMENT_UNKNOWN, SEGMENT_SKIPPED };
struct chart_progress {
	struct chart_words words;
	const enum segment *segments;
	const size_t *groups; /* number of segments in each group */
	size_t n_groups;
	int here; /* index of the current segment, or -1 */
};
struct str chart_progress_svg(struct arena *a, const struct chart_progress *c);

/* The path from milestone to milestone: those passed, the pole where one is, those ahead. For wide
 * places; the page sets the names below, in as many equal columns. */
struct chart_route {
	struct chart_words words;
	size_t n_stones;       /* the first 7 are drawn */
	size_t here;           /* index */
	struct str here_label; /* "You are here" */
};
struct str chart_route_svg(struct arena *a, const struct chart_route *c);

/* The wide drawing of a chart made here, as an SVG file with its own light, print-safe styles: colours
 * resolved, no CSS variables, readable in grey. For documents. */
struct str chart_standalone(struct arena *a, struct str svg);

#endif
