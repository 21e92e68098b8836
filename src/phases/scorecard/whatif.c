/* What other answers would change: tried on a page, nothing stored. */
#include "phases/app.h"
#include "phases/scorecard/charts.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/pages.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "phases/site/site.h"
#include "view/layout.h"

/* Puts the query's answers in the place of those of `sheet`. 0, or 1 when one is not an answer. */
static int whatif_answers(const struct arg_pairs *answers, struct sheet *sheet)
{
	const struct scorecard *def = &sheet->pack->def;

	for (size_t i = 0; i < answers->n; i++) {
		const struct arg_pair *pair = &answers->items[i];
		int q = scorecard_find(def, pair->name);

		if (q < 0)
			return 1;
		sheet->answers[q] = (struct answer){ .kind = ANSWER_MISSING };
		if (pair->value.len &&
		    answer_parse(&def->questions[q], pair->value, &sheet->answers[q]) != 0)
			return 1;
	}
	return 0;
}

static struct whatif_question whatif_question(struct req *rq, const struct sheet *sheet, size_t i,
					      struct answer now)
{
	const struct question *q = &sheet->pack->def.questions[i];
	size_t n_levels = q->kind == QUESTION_SCALE ? (size_t)(q->scale_max - q->scale_min + 1)
						    : q->n_options;
	struct answer before = sheet->answers[i];
	struct whatif_question out = {
		.id = q->id,
		.label = say(rq, &sheet->pack->questions[i].label),
		.choices = arena_new(rq->arena, struct choice_view, n_levels + 2),
		.is_changed = !answer_eq(now, before),
	};

	for (size_t k = 0; k < n_levels + 2; k++) {
		struct answer a = { .kind = ANSWER_MISSING };

		if (k == n_levels + 1)
			a.kind = ANSWER_UNKNOWN;
		else if (k > 0 && q->kind == QUESTION_SCALE)
			a = (struct answer){ ANSWER_LEVEL, q->scale_min + (int)k - 1 };
		else if (k > 0)
			a = (struct answer){ ANSWER_OPTION, (int)k - 1 };
		out.choices[out.n_choices++] = (struct choice_view){
			.value = answer_text(rq->arena, q, a),
			.title = answer_words(rq, i, a),
			.is_chosen = answer_eq(a, now),
		};
	}
	return out;
}

/* "+3 points", "no change" */
static struct str change_words(struct req *rq, int change)
{
	struct str n = fmt_int(rq->arena, rq->language, change < 0 ? -change : change);

	if (change == 0)
		return tr(rq->language, "no change");
	return tr_fill(rq->arena,
		       change > 0 ? trn(rq->language, "+{n} point", "+{n} points", change)
				  : trn(rq->language, "−{n} point", "−{n} points", -change),
		       &(const struct tr_arg){ "n", n }, 1);
}

/* What other answers come to. */
static struct whatif_view whatif_outcome(struct req *rq, const struct result *before,
					 const struct result *after)
{
	return (struct whatif_view){
		.action = result_url(rq, "/what-if"),
		.result_path = result_home(rq),
		.score = after->score.points,
		.band = after->band_id,
		.points = after->points,
		.estimate = after->estimate,
		.change = change_words(rq, after->score.points - before->score.points),
		.has_changes = after->score.points != before->score.points,
		.scale = view_svg(result_scale_svg(rq, "what-if-scale", after)),
	};
}

/* The panel: every question with the answer it has now. */
static void add_whatif_questions(struct req *rq, const struct sheet *sheet,
				 const struct sheet *changed, const struct result *after,
				 struct whatif_view *w)
{
	w->n_questions = sheet->pack->def.n_questions;
	w->questions = arena_new(rq->arena, struct whatif_question, w->n_questions);
	for (size_t i = 0; i < w->n_questions; i++) {
		w->questions[i] = whatif_question(rq, sheet, i, changed->answers[i]);
		w->questions[i].is_asked = after->score.questions[i].asked;
	}
}

/* `sheet` with answers of its own, to try others. */
static struct sheet sheet_to_try(struct req *rq, const struct sheet *sheet)
{
	struct sheet copy = *sheet;

	copy.answers = arena_new(rq->arena, struct answer, sheet->pack->def.n_questions);
	for (size_t i = 0; i < sheet->pack->def.n_questions; i++)
		copy.answers[i] = sheet->answers[i];
	return copy;
}

struct whatif_view whatif_of_way(struct req *rq, const struct sheet *sheet,
				 const struct result *result)
{
	struct sheet changed = sheet_to_try(rq, sheet);
	struct result after;

	for (size_t i = 0; i < result->score.steps.n; i++)
		changed.answers[result->score.steps.items[i].question] =
			result->score.steps.items[i].to;
	after = result_position(rq, &changed);
	return whatif_outcome(rq, result, &after);
}

static struct reply *whatif_reply(struct req *rq, const struct arg_pairs *answers)
{
	struct view v = view_make(rq);
	struct result before, after;
	struct sheet sheet, changed;
	struct whatif_view m;
	struct reply *other = sheet_to_show(rq, &sheet);

	if (other)
		return other;
	changed = sheet_to_try(rq, &sheet);
	if (whatif_answers(answers, &changed) != 0)
		return reply_status(rq, 400);
	before = result_position(rq, &sheet);
	after = result_position(rq, &changed);
	m = whatif_outcome(rq, &before, &after);
	add_whatif_questions(rq, &sheet, &changed, &after, &m);
	scorecard_whatif_page(&v, &m);
	return layout_reply(rq, 200,
			    &(struct layout){
				    .title = tr(rq->language, "Try other answers"),
				    .body = view_html(&v),
				    .steps = site_steps(rq, "scorecard"),
				    .score = after.score.points,
				    .band = after.band_id,
			    });
}

struct reply *scorecard_whatif_show(struct req *rq)
{
	const struct whatif_args *args = rq->args;

	return whatif_reply(rq, &args->answers);
}

struct reply *scorecard_org_whatif(struct req *rq)
{
	const struct org_whatif_args *args = rq->args;

	rq->actor.subject_id = args->sheet;
	return whatif_reply(rq, &args->answers);
}
