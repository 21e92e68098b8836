/* The result's charts, drawn once for the pages and the documents, of one sheet or of a campaign. */
#ifndef JALON_PHASES_SCORECARD_CHARTS_H
#define JALON_PHASES_SCORECARD_CHARTS_H

#include "phases/scorecard/result.h"

/* The score on its scale, as SVG. `id` is unique in the page. */
struct str result_scale_svg(struct req *rq, const char *id, const struct result *r);
/* One category's bar, as SVG. */
struct str category_bar_svg(struct req *rq, const struct result_category *c);
/* What the bar shows, in words: "10 sur 18 (56 %)". */
struct str category_words(struct req *rq, const struct result_category *c);

#endif
