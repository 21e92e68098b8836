/*
 * The portfolio: this room knows organisations and members, the phases above it know scores and campaigns. So
 * the phases answer for the page, with the function here, and say what they know.
 */
#ifndef JALON_PEOPLE_PORTFOLIO_H
#define JALON_PEOPLE_PORTFOLIO_H

#include "view/view.h"

/* What is known of one organisation, in words; empty reads as nothing yet. And what it is sorted by. */
struct portfolio_columns {
	struct str phase, score, change, response, next_date;
	int64_t overdue;
	int64_t points;  /* of the score, in whatever unit; -1: none yet */
	int64_t next_ms; /* INT64_MAX: nothing is to come */
	bool is_open;    /* a campaign */
};

enum { PORTFOLIO_FIGURES_MAX = 1000 /* organisations whose figures are read for one page */ };

/* Fills what is known of one organisation. 0 or a fault. */
typedef int portfolio_fill(struct req *rq, int64_t org_id, struct portfolio_columns *ret,
			   struct err *err);

/* The organisations that rq->actor's account belongs to, a page of them; arguments portfolio_page_args. `fill`
 * is asked about each one on the page; when they are ordered or chosen by what it knows, about all that the other
 * filters let pass, PORTFOLIO_FIGURES_MAX at most: of more, the page says that a search must come first. */
struct reply *portfolio_reply(struct req *rq, portfolio_fill *fill);
extern const struct args_spec portfolio_page_args;

#endif
