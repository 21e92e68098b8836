/* A campaign against an earlier one of the same organisation: see results.h and domain/compare.h. */
#include "base/token.h"
#include "phases/scorecard/results_priv.h"

/* ---- which ---- */

static bool is_earlier(const struct shown_round *other, const struct results *r)
{
	return other->id != r->round.id && other->opened_ms <= r->round.opened_ms;
}

/* Those one may choose from; the one chosen, or NULL. */
static const struct shown_round *choose(struct req *rq, const struct results_query *q,
					struct results *r, const struct shown_round *list, size_t n)
{
	const struct shown_round *chosen = NULL;

	r->earlier = arena_new(rq->arena, struct results_choice, n);
	for (size_t i = 0; i < n; i++)
		if (is_earlier(&list[i], r) && (q->with == list[i].id || (q->with == 0 && !chosen)))
			chosen = &list[i];
	for (size_t i = 0; i < n; i++)
		if (is_earlier(&list[i], r))
			r->earlier[r->n_earlier++] = (struct results_choice){
				.id = id_text(rq->arena, list[i].id),
				.title = list[i].title,
				.is_chosen = chosen == &list[i],
			};
	return chosen;
}

/* ---- what changed ---- */

/* Nothing is compared where too few answered one of the two. */
static void say_questions(struct req *rq, struct results *r, enum round_mode mode,
			  const struct tallies *before, const struct round_change *change)
{
	for (size_t i = 0; i < change->n_questions; i++) {
		const struct question_change *c = &change->questions[i];
		struct results_question *q = &r->questions[c->now];

		q->has_before = true;
		if (few_answered(mode, &before->questions[c->before]))
			continue;
		q->before = half_words(rq, c->median_before);
		q->is_comparable = c->is_comparable && !q->is_few;
		if (!q->is_comparable)
			continue;
		q->change_half = c->change;
		q->change = change_words_half(rq, c->change);
	}
}

static void say_categories(struct req *rq, struct results *r, const struct round_change *change)
{
	int sums[SCORECARD_CATEGORIES_MAX] = { 0 };

	if (!change->is_whole)
		return;
	for (size_t i = 0; i < change->n_questions; i++)
		sums[r->pack->def.questions[change->questions[i].now].category] +=
			change->questions[i].change;
	for (size_t i = 0; i < r->n_categories; i++) {
		r->categories[i].has_before = true;
		r->categories[i].change_half = sums[i];
		r->categories[i].change = change_words_half(rq, sums[i]);
	}
}

static void say_before(struct req *rq, struct results *r, const struct round *earlier,
		       const struct tallies *tallies, const struct consolidation *before,
		       const struct round_change *change)
{
	struct score_range range = score_range(rq->arena, &r->pack->def, tallies);

	r->has_before = true;
	r->before_title = earlier->terms.title;
	r->before_when = fmt_date(rq->arena, rq->language, earlier->opened_ms);
	r->before_score = score_words(rq, before->score);
	r->is_whole = change->is_whole;
	if (change->is_whole) {
		r->change_half = change->change;
		r->score_change = change_words_half(rq, change->change);
	}
	if (range.is_known)
		r->before_range =
			tr_fill(rq->arena,
				tr(rq->language, "between {low} and {high}, nine times out of ten"),
				(const struct tr_arg[]){ { "low", half_words(rq, range.low) },
							 { "high", half_words(rq, range.high) } },
				2);
	say_questions(rq, r, earlier->terms.mode, tallies, change);
	say_categories(rq, r, change);
}

int results_load_before(struct req *rq, const struct results_query *q, struct results *r,
			struct err *err)
{
	const struct scorecard *sc = &r->pack->def;
	const struct shown_round *earlier;
	struct round_tallies tallies;
	struct consolidation before;
	struct round_change change;
	struct shown_round *list;
	struct round round;
	size_t n;
	int result = shown_list(rq->db, rq->arena, r->round.org_id, "scorecard", r->round.pack,
				false, rq->now_ms, &list, &n, err);

	if (result != 0)
		return result;
	earlier = choose(rq, q, r, list, n);
	if (!earlier)
		return q->with ? DB_NOT_FOUND : 0;
	result = campaign_load(rq, earlier->id, &round, err);
	if (result == 0)
		result = tally_read(rq->db, rq->arena, &round, VOTE_FIRST, sc, &tallies, err);
	if (result != 0)
		return result;
	before = consolidate(rq->arena, sc, &tallies.whole);
	change = round_compare(rq->arena, (struct round_result){ sc, &r->whole },
			       (struct round_result){ sc, &before });
	say_before(rq, r, &round, &tallies.whole, &before, &change);
	return 0;
}
