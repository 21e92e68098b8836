/* What is new in organisations: the portfolio, and what an organisation's first page says of it. */
#ifndef JALON_PHASES_HOME_HOME_H
#define JALON_PHASES_HOME_HOME_H

#include "view/view.h"

/* How rq->actor's organisation stands with its scorecard and its plan, in the request's arena. 0 or a fault. */
MUST_CHECK int home_news_html(struct req *rq, struct html *ret, struct err *err);

/* Ends with a NULL handler. */
extern const struct route home_routes[];

#endif
