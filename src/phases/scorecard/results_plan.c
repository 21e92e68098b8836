/* From a campaign's results to the organisation's action plan, and what the plan's page starts from. */
#include "phases/app.h"
#include "phases/scorecard/results_page.h"
#include "plan/plan.h"

static struct plan_source source_of(const struct results *r)
{
	return (struct plan_source){ "round", r->round.id };
}

int results_plan(struct req *rq, const struct results *r, struct result_plan *ret, struct err *err)
{
	struct plan_source source = source_of(r);

	return result_plan_of(rq, &source, campaign_url(rq, r->round.id, "/results/adopt"),
			      &r->band, ret, err);
}

struct reply *results_adopt(struct req *rq)
{
	const struct results_adopt_args *args = rq->args;
	struct results_query q = { .round = args->round, .by_pack = true, .has_no_compare = true };
	struct plan_source source;
	struct results r;
	struct reply *other = results_to_show(rq, &q, &r);

	if (other)
		return other;
	source = source_of(&r);
	return result_adopt(rq, &source, &r.band, args->action,
			    campaign_url(rq, r.round.id, "/results?adopted=1#h-all"));
}

int results_official(struct req *rq, struct plan_official *ret, struct err *err)
{
	const struct app *app = app_of(rq);
	struct results_query q = { .by_pack = true, .has_no_compare = true };
	struct shown_round *list;
	struct results r;
	size_t n;
	int result = shown_list(rq->db, rq->arena, rq->actor.org_id, "scorecard", app->pack->id,
				true, rq->now_ms, &list, &n, err);

	if (result != 0)
		return result;
	if (n == 0)
		return DB_NOT_FOUND;
	q.round = list[0].id;
	result = results_load(rq, &q, &r, err);
	if (result != 0)
		return result;
	*ret = (struct plan_official){
		.def = &r.pack->def,
		.standing = r.raw,
		.at_ms = r.round.closed_ms,
		.address = campaign_url(rq, r.round.id, "/results"),
	};
	return 0;
}
