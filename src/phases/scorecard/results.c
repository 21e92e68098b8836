/* What a campaign came to: see results.h. This file reads and computes; results_words.c words it. */
#include "phases/scorecard/results.h"

#include "base/num.h"
#include "phases/app.h"
#include "phases/scorecard/results_priv.h"

struct str results_fill(struct req *rq, struct str text, const char *name, struct str value)
{
	return tr_fill(rq->arena, text, &(const struct tr_arg){ name, value }, 1);
}

struct str half_words(struct req *rq, int half)
{
	return fmt_fixed(rq->arena, rq->language, half * 5, 1, true);
}

struct str score_words(struct req *rq, int half)
{
	return fmt_fixed(rq->arena, rq->language, half * 5, 1, false);
}

struct str change_words_half(struct req *rq, int half)
{
	if (half == 0)
		return S("=");
	return str_fmt(rq->arena, "%s%.*s", half > 0 ? "+" : "−",
		       STR_ARG(half_words(rq, half > 0 ? half : -half)));
}

/* Under the threshold, which is never 1: what is open may still reach it; what is closed and anonymous never will. */
static struct str too_few_words(struct req *rq, const struct results *r)
{
	bool is_closed = r->round.state == ROUND_CLOSED;
	const char *words =
		r->round.terms.mode == ROUND_ANONYMOUS
			? N_("{n} of the {least} answers needed came. This campaign is closed and anonymous: it cannot be opened again, so its results will never be shown. With so few, each answer could be told apart.")
		: is_closed
			? N_("{n} of the {least} answers needed came before this campaign was closed. That number was chosen with it: fewer are single opinions rather than a picture of the organisation.")
			: N_("{n} of the {least} answers needed are here so far. That number was chosen with the campaign: fewer are single opinions rather than a picture of the organisation.");

	return tr_fill(
		rq->arena, tr(rq->language, words),
		(const struct tr_arg[]){
			{ "n", fmt_int(rq->arena, rq->language, r->n_sent) },
			{ "least", fmt_int(rq->arena, rq->language, r->round.terms.threshold) } },
		2);
}

struct str shown_words(struct req *rq, const struct results *r)
{
	switch (r->shown) {
	case ROUND_SHOWN:
		return S("");
	case ROUND_NOT_BEGUN:
		return tr(rq->language, "Nobody could answer yet.");
	case ROUND_STILL_OPEN:
		return tr(
			rq->language,
			"This campaign is anonymous and still open. Its results appear once it is closed: two looks at them meanwhile would differ by those who answered in between, and so tell who answered what.");
	case ROUND_TOO_FEW:
		return too_few_words(rq, r);
	case ROUND_IN_ROOM:
		return tr(
			rq->language,
			"A workshop is voting on this campaign. Its results appear once the workshop is over: votes count before they are revealed.");
	}
	return S("");
}

/* ---- what a band's texts and actions are chosen by ---- */

/* Answers worth the medians; where most do not know, that. */
static struct answer *typical_answers(struct req *rq, const struct results *r)
{
	const struct scorecard *sc = &r->pack->def;
	struct answer *answers = arena_new(rq->arena, struct answer, sc->n_questions);

	standing_answers(sc, &r->raw, answers);
	for (size_t i = 0; i < sc->n_questions; i++)
		if (r->raw.questions[i] == 0 && r->whole.questions[i].mode.kind == ANSWER_UNKNOWN)
			answers[i] = r->whole.questions[i].mode;
	answers_asked(sc, answers, answers);
	return answers;
}

/* The band of the consolidated score, whatever the typical answers add up to. */
static struct score score_of(struct req *rq, const struct results *r, const struct answer *answers)
{
	const struct scorecard *sc = &r->pack->def;
	struct score score = score_compute(rq->arena, sc, answers);

	score.points = r->whole.points;
	score.share = (int)num_div_round((int64_t)r->whole.score * SHARE_WHOLE, 2 * sc->max);
	score.band = r->whole.band;
	score.has_next = score.band + 1 < sc->n_bands;
	score.points_needed = score.has_next ? sc->bands[score.band + 1].min - score.points : 0;
	score.steps = (struct steps){ .n = 0 };
	return score;
}

struct result results_band_for(struct req *rq, const struct results *r, struct answer *answers)
{
	struct sheet *sheet = arena_new(rq->arena, struct sheet, 1);

	*sheet = (struct sheet){
		.org_id = r->round.org_id,
		.pack = r->pack,
		.answers = answers,
		.comments = arena_new(rq->arena, struct str, r->pack->def.n_questions),
		.updated_ms = r->round.updated_ms,
		.is_finished = true,
	};
	return result_make_from(rq, sheet, score_of(rq, r, answers));
}

/* ---- all of it ---- */

static void compute(struct req *rq, struct results *r)
{
	const struct scorecard *sc = &r->pack->def;

	r->whole = consolidate(rq->arena, sc, &r->tallies.whole);
	r->raw = standing_raw(rq->arena, sc, &r->whole);
	r->range = score_range(rq->arena, sc, &r->tallies.whole);
	r->way = median_way(rq->arena, sc, &r->raw);
	r->band = results_band_for(rq, r, typical_answers(rq, r));
}

static int load_shown(struct req *rq, const struct results_query *q, struct results *r,
		      struct err *err)
{
	int result;

	compute(rq, r);
	results_say_whole(rq, r);
	results_say_categories(rq, r);
	results_say_bands(rq, r);
	results_say_questions(rq, r);
	results_say_way(rq, r);
	result = results_load_agreed(rq, r, err);
	if (result != 0)
		return result;
	results_say_band_texts(rq, r);
	results_settle_actions(rq, r);
	result = results_load_second(rq, r, err);
	if (result == 0)
		result = results_load_departments(rq, r, err);
	if (result == 0 && !q->has_no_compare)
		result = results_load_before(rq, q, r, err);
	if (result == 0)
		results_sort_questions(rq, r);
	return result;
}

int results_load(struct req *rq, const struct results_query *q, struct results *ret,
		 struct err *err)
{
	struct results r = { .pack = &app_of(rq)->pack->scorecard, .by_pack = q->by_pack };
	int result = campaign_load(rq, q->round, &r.round, err);

	if (result == 0)
		result = org_view_load(rq, rq->actor.org_id, &r.org, err);
	if (result == 0)
		result = tally_read(rq->db, rq->arena, &r.round, VOTE_FIRST, &r.pack->def,
				    &r.tallies, err);
	if (result != 0)
		return result;
	r.n_sent = r.tallies.whole.respondents;
	result = round_shown(rq->db, rq->arena, &r.round, r.n_sent, &r.shown, err);
	if (result != 0)
		return result;
	if (r.shown == ROUND_SHOWN)
		result = load_shown(rq, q, &r, err);
	else
		r.tallies = (struct round_tallies){ .n = 0 };
	if (result == 0)
		*ret = r;
	return result;
}
