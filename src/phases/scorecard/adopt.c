/* From a result to the organisation's action plan, and from the plan back to the last result. */
#include "base/token.h"
#include "phases/app.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/results_page.h"
#include "plan/plan.h"

struct str org_sheet_url(struct req *rq, const char *page)
{
	return url(rq, "/o/%.*s/sheets/%.*s%s", STR_ARG(id_text(rq->arena, rq->actor.org_id)),
		   STR_ARG(id_text(rq->arena, rq->actor.subject_id)), page);
}

static struct plan_source source_of(const struct req *rq)
{
	return (struct plan_source){ "sheet", rq->actor.subject_id };
}

int result_plan_of(struct req *rq, const struct plan_source *source, struct str adopt_path,
		   const struct result *result, struct result_plan *ret, struct err *err)
{
	struct str org = id_text(rq->arena, rq->actor.org_id);
	struct result_plan v = {
		.is_shown = true,
		.may_adopt = role_allows(rq->actor.role, ROLE_CONTRIBUTOR),
		.actions = arena_new(rq->arena, struct adoption_view, result->n_actions),
		.plan_path = url(rq, "/o/%.*s/plan", STR_ARG(org)),
		.adopt_path = adopt_path,
	};
	struct plan_adopted_list there;
	int r = plan_adopted(rq, source, &there, err);

	if (r != 0)
		return r;
	for (size_t i = 0; i < result->n_actions; i++) {
		const struct plan_adopted *x = plan_adopted_find(&there, result->actions[i].id);

		v.n_left += !x && !result->actions[i].is_done;
		if (!x)
			continue;
		v.actions[i] = (struct adoption_view){
			.is_adopted = true,
			.address = url(rq, "/o/%.*s/plan/%.*s", STR_ARG(org),
				       STR_ARG(id_text(rq->arena, x->action_id))),
			.state = x->words,
		};
	}
	*ret = v;
	return 0;
}

int result_plan(struct req *rq, const struct result *result, struct result_plan *ret,
		struct err *err)
{
	struct plan_source source = source_of(rq);

	return result_plan_of(rq, &source, org_sheet_url(rq, "/adopt"), result, ret, err);
}

/* ---- adopting ---- */

/* The questions that the action `id` of the result's band serves. */
static void add_questions(struct req *rq, const struct sheet *sheet, size_t band, struct str id,
			  struct plan_recommendation *ret)
{
	const struct band_text *text = &sheet->pack->bands[band];
	size_t i = 0, n = 0;
	struct str *ids;

	while (!str_eq(text->actions[i].id, id))
		i++;
	ids = arena_new(rq->arena, struct str, text->actions[i].n_questions);
	for (; n < text->actions[i].n_questions; n++)
		ids[n] = sheet->pack->def.questions[text->actions[i].questions[n]].id;
	ret->questions = ids;
	ret->n_questions = n;
}

/* An action of the plan keeps its words: with what was agreed that changes it. */
static struct str detail_of(struct req *rq, const struct result_action *action)
{
	if (action->settled.len == 0)
		return action->detail;
	return str_fmt(rq->arena, "%.*s %.*s", STR_ARG(action->detail), STR_ARG(action->settled));
}

/* What of the result is asked for: one action, or all that are not yet in place. */
static size_t chosen(struct req *rq, const struct result *result, struct str id,
		     struct plan_recommendation *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < result->n_actions; i++) {
		const struct result_action *action = &result->actions[i];

		if (id.len ? !str_eq(id, action->id) : action->is_done)
			continue;
		ret[n] = (struct plan_recommendation){
			.id = action->id,
			.title = action->title,
			.detail = detail_of(rq, action),
		};
		add_questions(rq, result->sheet, result->score.band, action->id, &ret[n]);
		n++;
	}
	return n;
}

struct reply *result_adopt(struct req *rq, const struct plan_source *source,
			   const struct result *result, struct str action, struct str back)
{
	struct plan_recommendation *items =
		arena_new(rq->arena, struct plan_recommendation, result->n_actions);
	size_t n = chosen(rq, result, action, items), added;
	struct err err;
	int r;

	/* Not recommended here: the answers have changed since the page was made, or it is made up. */
	if (action.len && n == 0)
		return reply_status(rq, 422);
	r = plan_adopt(rq, source, items, n, &added, &err);
	if (r == PLAN_FULL)
		return reply_status(rq, 422);
	if (r != 0)
		return reply_fault(rq, &err);
	return reply_redirect(rq, back);
}

struct reply *scorecard_adopt(struct req *rq)
{
	const struct adopt_args *args = rq->args;
	struct plan_source source;
	struct result result;
	struct sheet sheet;
	struct reply *other;

	rq->actor.subject_id = args->sheet;
	source = source_of(rq);
	other = sheet_to_show(rq, &sheet);
	if (other)
		return other;
	result = result_make(rq, &sheet);
	return result_adopt(rq, &source, &result, args->action,
			    org_sheet_url(rq, "?adopted=1#h-all"));
}

/* ---- the plan, with the last result ---- */

size_t result_recommended(struct req *rq, const struct result *result,
			  struct plan_recommendation *ret)
{
	return chosen(rq, result, S(""), ret);
}

/* What each question is worth by the answers of one sheet. */
static struct standing standing_of(struct req *rq, const struct score *score, size_t n_questions)
{
	struct standing s = {
		.questions = arena_new(rq->arena, int, n_questions),
		.score = 2 * score->points,
		.points = score->points,
		.band = score->band,
	};

	for (size_t i = 0; i < n_questions; i++)
		s.questions[i] = 2 * score->questions[i].points;
	return s;
}

/* The last sheet kept here. DB_NOT_FOUND. */
static int sheet_official(struct req *rq, struct plan_official *ret, struct err *err)
{
	struct scorecard_sheet_last_row last;
	struct score score;
	struct sheet sheet;
	int r = scorecard_sheet_last(rq->db, rq->arena, rq->actor.org_id, &last, err);

	if (r == 0) {
		rq->actor.subject_id = last.id;
		r = sheet_load(rq, &sheet, err);
	}
	if (r != 0)
		return r;
	score = score_compute(rq->arena, &sheet.pack->def, sheet.answers);
	*ret = (struct plan_official){
		.def = &sheet.pack->def,
		.standing = standing_of(rq, &score, sheet.pack->def.n_questions),
		.at_ms = sheet.updated_ms,
		.address = org_sheet_url(rq, ""),
	};
	return 0;
}

struct reply *scorecard_plan(struct req *rq)
{
	struct plan_official sheet, round;
	struct err err;
	int r = sheet_official(rq, &sheet, &err), q;

	if (r < 0)
		return reply_fault(rq, &err);
	q = results_official(rq, &round, &err);
	if (q < 0)
		return reply_fault(rq, &err);
	/* The later of the two. */
	if (q == 0 && (r != 0 || round.at_ms >= sheet.at_ms))
		return plan_page(rq, &round);
	return plan_page(rq, r == 0 ? &sheet : NULL);
}
