/* What a result says, from its band to its last question: most of its page. */
#ifndef JALON_PHASES_SCORECARD_FINDINGS_H
#define JALON_PHASES_SCORECARD_FINDINGS_H

#include "phases/scorecard/pages.h"
#include "view/view.h"

/* Puts the findings of `r` into the page that answers the request, with what the organisation's plan has of its
 * actions: {0} where there is none. */
void findings_put(struct view *v, const struct result *r, const struct result_plan *plan);

#endif
