/*
 * Charts as accessible SVG: role="img", a <title>, a <desc> that states the finding, looks by CSS class
 * only, so that one drawing serves the page (styled by the stylesheet), the PDF and the DOCX (styled by
 * a <style> that chart_standalone() adds). Every chart has a table twin, made by the caller from the
 * same numbers.
 *
 * A scale or a bar is two drawings one after the other, `svg.wideonly` and `svg.slimonly`, of which the
 * stylesheet shows one according to the width of the `.fig` around them: on a phone labels must be
 * larger against the drawing. The second one's element ids end in "s". Progress is one `svg.polebar`, the
 * route one `svg.chart`.
 * Texts are escaped; title and description are cut at 2,000 code points, labels at 60.
 */
#ifndef JALON_CHART_CHART_H
#define JALON_CHART_CHART_H

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
	int score;                      /* drawn inside 0..max whatever it is */
	struct str score_label;         /* "20 points" */
	const struct chart_band *bands; /* in order; the first 12 are drawn */
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
