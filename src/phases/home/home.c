/* The portfolio, and what is new in one organisation: see home.h. */
#include "phases/home/home.h"

#include "base/token.h"
#include "http/route_table.h"
#include "i18n/zone.h"
#include "people/people.h"
#include "people/portfolio.h"
#include "phases/home/home_tpl.h"
#include "phases/home/pages.h"
#include "phases/home/queries.h"

/* Actions of the plan that should have been done by now, by the clocks of whoever asks. */
static int overdue(struct req *rq, int64_t org_id, int64_t *ret, struct err *err)
{
	enum { DATE = 10 };
	int64_t local = rq->now_ms + zone_offset(rq->actor.time_zone, rq->now_ms);
	struct home_overdue_row row;
	int r = home_overdue(rq->db, rq->arena, org_id,
			     str_slice(local_text(rq->arena, local), 0, DATE), &row, err);

	if (r == 0)
		*ret = row.n;
	return r;
}

static int fill(struct req *rq, int64_t org_id, struct portfolio_columns *ret, struct err *err)
{
	struct portfolio_columns c = { .overdue = 0 };
	struct scorecard_summary s;
	/* One of those that the account belongs to. */
	int64_t before = db_scope(rq->db, org_id);
	int r = scorecard_summary(rq, org_id, &s, err);

	if (r == 0)
		r = overdue(rq, org_id, &c.overdue, err);
	db_scope(rq->db, before);
	if (r != 0)
		return r;
	c.phase = s.phase;
	c.score = s.score;
	c.change = s.change;
	c.response = s.response;
	c.next_date = s.next_date;
	c.points = s.points;
	c.next_ms = s.next_ms;
	c.is_open = s.is_open;
	*ret = c;
	return 0;
}

static struct reply *portfolio(struct req *rq)
{
	return portfolio_reply(rq, fill);
}

int home_news_html(struct req *rq, struct html *ret, struct err *err)
{
	struct home_news m = { .org = id_text(rq->arena, rq->actor.org_id) };
	struct view v = view_make(rq);
	int r = scorecard_summary(rq, rq->actor.org_id, &m.s, err);

	if (r == 0)
		r = overdue(rq, rq->actor.org_id, &m.overdue, err);
	if (r != 0)
		return r;
	home_news(&v, &m);
	*ret = view_html(&v);
	return 0;
}

/* A firm's many share an address. */
static const struct limit limit_portfolio = { "portfolio", .burst = 240, .per_minute = 240 };

const struct route home_routes[] = {
	/* Ordered by figures, it reads those of many organisations. */
	GET_SLOW("/portfolio", portfolio, permission_account, &portfolio_page_args,
		 "the organisations one belongs to", .limit = &limit_portfolio),
	{ .handler = NULL },
};
