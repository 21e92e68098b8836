/*
 * The portfolio: this room knows organisations and members, the phases above it know scores and campaigns. So
 * the phases answer for the page, with the function here, and say what they know.
 */
#ifndef JALON_PEOPLE_PORTFOLIO_H
#define JALON_PEOPLE_PORTFOLIO_H

#include "view/view.h"

/* What is known of one organisation, in words; empty reads as nothing yet. */
struct portfolio_columns {
	struct str phase, score, change, response, next_date;
	int64_t overdue;
};

/* Fills what is known of one organisation. 0 or a fault. */
typedef int portfolio_fill(struct req *rq, int64_t org_id, struct portfolio_columns *ret,
			   struct err *err);

/* The organisations that rq->actor's account belongs to, a page of them; arguments portfolio_page_args. `fill`
 * is asked about each one on the page. */
struct reply *portfolio_reply(struct req *rq, portfolio_fill *fill);
extern const struct args_spec portfolio_page_args;

#endif
