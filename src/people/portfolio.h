/*
 * The portfolio and the first page of an organisation: this room knows organisations and members, the phases
 * above it know scores and campaigns. So the phases answer for these two pages, with the functions here, and
 * say what they know.
 */
#ifndef JALON_PEOPLE_PORTFOLIO_H
#define JALON_PEOPLE_PORTFOLIO_H

#include "view/view.h"

enum { PORTFOLIO_PER_PAGE = 50 };

/* What is known of one organisation, in words; empty reads as nothing yet. */
struct portfolio_columns {
	struct str phase, score, change, response, next_date;
	int64_t overdue;
};

/* The organisations that rq->actor's account belongs to, a page of them; arguments portfolio_page_args. `fill`
 * is asked about each one on the page: 0 or a fault. */
struct reply *portfolio_reply(struct req *rq,
			      int (*fill)(struct req *rq, int64_t org_id,
					  struct portfolio_columns *ret, struct err *err));
extern const struct args_spec portfolio_page_args;

/* The first page of rq->actor's organisation; `news` stands before the rest. Arguments begin with its id. */
struct reply *org_home_reply(struct req *rq, struct html news);
extern const struct args_spec org_page_args;

#endif
