/* Action plans of a demonstration: what a result recommends is adopted, then worked on. */
#include "base/buf.h"
#include "phases/scorecard/demo_priv.h"
#include "phases/scorecard/results.h"

enum { WORK_HOUR = 10, DAY_MS = 24 * 60 * 60 * 1000 };

static void set_owner(const struct demo *d, const struct demo_task *t, struct action *x)
{
	x->has_owner_account = !t->owner;
	x->owner_account = d->accounts[DEMO_CONSULTANT];
	x->owner_name = t->owner ? str_from(t->owner) : demo_accounts[DEMO_CONSULTANT].name;
}

static void set_task(const struct demo *d, const struct demo_task *t, struct action *x)
{
	set_owner(d, t, x);
	x->has_due = true;
	x->due = d->now_ms / DAY_MS + t->due;
	x->status = t->status;
	x->effort = t->effort;
	x->note = str_from(t->note ? t->note : "");
}

/* One that nothing recommended. */
static int add_own(struct demo *d, const struct demo_task *t)
{
	struct action x = {
		.title = str_from(t->title),
		.detail = str_from(t->detail),
		.questions = str_from(t->questions),
		.phase = S("scorecard"),
		.source_kind = S(""),
		.source_action = S(""),
	};
	bool added;

	set_task(d, t, &x);
	return action_add(&d->rq, &x, N_("added an action"), &added, d->err);
}

/* Gives the actions adopted from `source` what became of them, in their order. */
static int work_on(struct demo *d, const struct plan_source *source, const struct demo_plan *plan)
{
	struct actions all;
	size_t t = 0;
	int r = actions_load(&d->rq, &all, d->err);

	for (size_t i = 0; r == 0 && i < all.n && t < plan->n && !plan->tasks[t].title; i++) {
		struct action x = all.items[i];

		if (x.source_id != source->id)
			continue;
		set_task(d, &plan->tasks[t], &x);
		r = action_change(&d->rq, &all.items[i], &x, d->err);
		t++;
	}
	for (t = 0; r == 0 && t < plan->n; t++)
		if (plan->tasks[t].title)
			r = add_own(d, &plan->tasks[t]);
	return r;
}

/* Adopts as many as the plan speaks of: nobody takes on everything at once. */
static int adopt(struct demo *d, const struct plan_source *source, const struct result *result,
		 const struct demo_plan *plan)
{
	struct plan_recommendation *items =
		arena_new(d->rq.arena, struct plan_recommendation, result->n_actions);
	size_t n = result_recommended(&d->rq, result, items), wanted = 0, added;
	int r;

	while (wanted < plan->n && !plan->tasks[wanted].title)
		wanted++;
	r = plan_adopt(&d->rq, source, items, n < wanted ? n : wanted, &added, d->err);
	d->rq.now_ms += DAY_MS;
	return r == 0 ? work_on(d, source, plan) : r;
}

int demo_plan_of_sheet(struct demo *d, int64_t sheet_id, const struct demo_plan *plan)
{
	struct plan_source source = { "sheet", sheet_id };
	struct result result;
	struct sheet sheet;
	int r;

	d->rq.now_ms = demo_time(d, plan->made, WORK_HOUR);
	d->rq.actor.subject_id = sheet_id;
	r = sheet_load(&d->rq, &sheet, d->err);
	if (r != 0)
		return r;
	result = result_make(&d->rq, &sheet);
	return adopt(d, &source, &result, plan);
}

int demo_plan_of_campaign(struct demo *d, int64_t round_id, const struct demo_plan *plan)
{
	struct plan_source source = { "round", round_id };
	struct results results;
	int r;

	d->rq.now_ms = demo_time(d, plan->made, WORK_HOUR);
	r = results_load(&d->rq, &(struct results_query){ .round = round_id }, &results, d->err);
	return r == 0 ? adopt(d, &source, &results.band, plan) : r;
}
