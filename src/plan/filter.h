/* Inside the plan's room: which actions a page shows, and in which order. */
#ifndef JALON_PLAN_FILTER_H
#define JALON_PLAN_FILTER_H

#include "plan/action.h"
#include "plan/handlers.h"

/* Those that pass, sorted, in the request's arena: open ones before the others, then as the filter says,
 * by day when it says nothing, those without a day last. */
struct actions filter_actions(struct req *rq, const struct plan_filter *f,
			      const struct actions *all);
/* Whether anything is left out. */
bool filter_is_set(const struct plan_filter *f);
/* `path` with the filter as its query; only what is set. */
struct str filter_url(struct req *rq, struct str path, const struct plan_filter *f);

#endif
