/* The scorecard's questions as a workshop rates them. */
#include "phases/app.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/scorecard.h"
#include "rounds/shown.h"

/* Another version of the pack may have other questions under the same names. */
static const struct scorecard *card(const struct req *rq, const struct round *round)
{
	const struct pack *pack = app_of(rq)->pack;

	return str_eq(round->pack, pack->id) ? &pack->scorecard.def : NULL;
}

static void add_choices(struct req *rq, const struct question *q, const struct question_text *text,
			struct rating_text *t)
{
	t->n_choices = t->is_scale ? (size_t)(q->scale_max - q->scale_min + 1) : q->n_options;
	t->choices = arena_new(rq->arena, struct rating_choice, t->n_choices);
	for (size_t i = 0; i < t->n_choices; i++) {
		struct rating_choice *c = &t->choices[i];

		if (t->is_scale) {
			c->value = str_fmt(rq->arena, "%d", q->scale_min + (int)i);
			c->title = c->value;
		} else {
			c->value = q->options[i].id;
			c->title = say(rq, &text->options[i].title);
			c->detail = say(rq, &text->options[i].detail);
		}
	}
}

static struct rating_text text(struct req *rq, const struct round *round, size_t i)
{
	const struct scorecard_pack *pack = &app_of(rq)->pack->scorecard;
	const struct question *q = &pack->def.questions[i];
	const struct question_text *words = &pack->questions[i];
	struct rating_text t = {
		.label = say(rq, &words->label),
		.text = say(rq, &words->text),
		.help = say(rq, &words->help),
		.group = say(rq, &pack->categories[q->category].title),
		.is_scale = q->kind == QUESTION_SCALE,
		.low = say(rq, &words->low),
		.high = say(rq, &words->high),
		.unknown = { S("unknown"), say(rq, &pack->unknown.title),
			     say(rq, &pack->unknown.detail) },
	};

	(void)round;
	add_choices(rq, q, words, &t);
	return t;
}

/* ---- once the workshop is over ---- */

/* What was agreed on is in the results, and these lead to the plan. */
static void add_next(struct req *rq, const struct round *round, struct rating_next *ret)
{
	bool may_adopt = role_allows(rq->actor.role, ROLE_CONTRIBUTOR);

	ret[0] = (struct rating_next){
		.title = tr(rq->language, "Look at the results with what was agreed on"),
		.detail = tr(rq->language,
			     "The score with the agreed answers stands beside the official one."),
		.path = campaign_url(rq, round->id, "/results#agreed"),
		.label = tr(rq->language, "See the results"),
	};
	ret[1] = (struct rating_next){
		.title = tr(rq->language, "Pass the report on"),
		.detail = tr(
			rq->language,
			"It holds the results, the agreed answers with their reasons and the recommended actions."),
		.path = campaign_url(rq, round->id, "/results.pdf"),
		.label = tr(rq->language, "Download the report"),
		.is_file = true,
	};
	ret[2] = (struct rating_next){
		.title = tr(rq->language, "Put the recommended actions into the plan"),
		.detail = tr(rq->language,
			     "Choose those to keep, then give each somebody in charge and a date."),
		.path = campaign_url(rq, round->id, "/results#h-all"),
		.label = may_adopt ? tr(rq->language, "Choose the actions")
				   : tr(rq->language, "See the actions"),
	};
}

static int next(struct req *rq, const struct round *round, struct rating_next **ret, size_t *ret_n,
		struct err *err)
{
	enum { STEPS = 3 };
	struct department_count *counts;
	enum round_shown shown;
	uint32_t n_sent = 0;
	size_t n;
	int r = tally_sheets(rq->db, rq->arena, round, &counts, &n, err);

	*ret_n = 0;
	if (r != 0)
		return r;
	for (size_t i = 0; i < n; i++)
		n_sent += counts[i].n;
	r = round_shown(rq->db, rq->arena, round, n_sent, &shown, err);
	if (r != 0 || shown != ROUND_SHOWN)
		return r;
	*ret = arena_new(rq->arena, struct rating_next, STEPS);
	*ret_n = STEPS;
	add_next(rq, round, *ret);
	return 0;
}

const struct rating_kind scorecard_rating = {
	.name = "scorecard", .card = card, .text = text, .next = next
};
