/*
 * What a result says, from its band to its last question: most of its page. The same answers give the same
 * markup, so it is kept for those who look again, reload or follow a shared link (decision 0013).
 */
#ifndef JALON_PHASES_SCORECARD_FINDINGS_H
#define JALON_PHASES_SCORECARD_FINDINGS_H

#include "phases/scorecard/pages.h"
#include "phases/scorecard/sheet.h"
#include "view/view.h"

/* Puts the findings of `sheet` into the page that answers the request. */
void findings_put(struct view *v, const struct sheet *sheet);

/* The same of a result at hand, with what the organisation's plan has of it: made anew each time. */
void findings_put_planned(struct view *v, const struct result *r, const struct result_plan *plan);

#endif
