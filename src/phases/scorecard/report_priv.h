/* Inside the room: what the documents of one sheet and of a campaign have in common. */
#ifndef JALON_PHASES_SCORECARD_REPORT_PRIV_H
#define JALON_PHASES_SCORECARD_REPORT_PRIV_H

#include "document/document.h"
#include "phases/scorecard/charts.h"

/* "10 sur 18" */
struct str report_out_of(struct req *rq, struct str points, int max);
/* One category: its bar, and what it shows: "Data: 9 out of 18 (50 %), +2 since Spring". `change` is the last of it, or
 * empty; a line of its own between two bars would belong to either. */
void report_category(struct req *rq, struct document *d, const struct result_category *c,
		     struct str change);
/* The answers that an action responds to, and what was agreed since. */
struct str report_why(struct req *rq, const struct result_action *action);
/* The first `n` actions, with why they come first. */
void report_first_actions(struct req *rq, struct document *d, const struct result_action *actions,
			  size_t n);

#endif
