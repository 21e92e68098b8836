/* What a workshop voted again, beside the first vote: see results.h. */
#include "phases/app.h"
#include "phases/scorecard/results_priv.h"

static struct str votes_words(struct req *rq, uint32_t n)
{
	return results_fill(rq, trn(rq->language, "{n} vote", "{n} votes", n), "n",
			    fmt_int(rq->arena, rq->language, n));
}

/* "Second vote: 7 votes, median 1; most frequent: “Some” (57 %)." */
static struct str sentence(struct req *rq, const struct results_vote *v)
{
	if (v->mode_said.len == 0)
		return tr(rq->language, "Second vote: nobody voted.");
	return tr_fill(
		rq->arena, tr(rq->language, "Second vote: {votes}, median {median}; {mode}."),
		(const struct tr_arg[]){
			{ "votes", v->n }, { "median", v->median }, { "mode", v->mode_said } },
		3);
}

static struct results_vote second_words(struct req *rq, const struct results *r, size_t i,
					const struct shown_vote *vote,
					const struct question_spread *s)
{
	struct results_vote v = { .is_held = true };
	struct modes modes;

	if (vote->is_hidden) {
		v.hidden = tr(rq->language, "hidden to protect the respondents");
		v.words =
			results_fill(rq, tr(rq->language, "Second vote: {why}."), "why", v.hidden);
		return v;
	}
	v.n = votes_words(rq, s->given);
	v.median = half_words(rq, s->median);
	modes = results_modes(rq, i, s);
	v.mode = mode_short(rq->arena, rq->language, &modes);
	v.mode_said = mode_words(rq->arena, rq->language, &modes);
	v.words = sentence(rq, &v);
	v.answers = results_answers(rq, r, i, s, &vote->tally, &v.n_answers);
	return v;
}

int results_load_second(struct req *rq, struct results *r, struct err *err)
{
	const struct scorecard *sc = &r->pack->def;
	struct tallies counts = tallies_make(rq->arena, sc);
	struct consolidation whole;
	struct shown_vote *votes;
	int result = shown_second(rq->db, rq->arena, &r->round, sc, &votes, err);

	if (result != 0)
		return result;
	for (size_t i = 0; i < sc->n_questions; i++)
		if (votes[i].is_held && !votes[i].is_hidden)
			counts.questions[i] = votes[i].tally;
	whole = consolidate(rq->arena, sc, &counts);
	for (size_t i = 0; i < sc->n_questions; i++) {
		if (!votes[i].is_held)
			continue;
		r->questions[i].second = second_words(rq, r, i, &votes[i], &whole.questions[i]);
		r->n_second++;
	}
	return 0;
}
