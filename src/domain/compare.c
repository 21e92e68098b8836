/* One round against an earlier one: see compare.h. */
#include "domain/compare.h"

/* ---- whether two definitions give points alike ---- */

static bool same_options(const struct question *x, const struct question *y)
{
	if (x->n_options != y->n_options)
		return false;
	for (size_t i = 0; i < x->n_options; i++)
		if (!str_eq(x->options[i].id, y->options[i].id) ||
		    x->options[i].points != y->options[i].points)
			return false;
	return true;
}

static bool same_steps(const struct question *x, const struct question *y)
{
	if (x->n_steps != y->n_steps)
		return false;
	for (size_t i = 0; i < x->n_steps; i++)
		if (x->steps[i].from != y->steps[i].from || x->steps[i].to != y->steps[i].to ||
		    x->steps[i].points != y->steps[i].points)
			return false;
	return true;
}

static bool same_points(const struct question *x, const struct question *y)
{
	return x->kind == y->kind &&
	       (x->kind == QUESTION_OPTIONS ? same_options(x, y) : same_steps(x, y));
}

static bool same_bands(const struct scorecard *x, const struct scorecard *y)
{
	if (x->n_bands != y->n_bands)
		return false;
	for (size_t i = 0; i < x->n_bands; i++)
		if (!str_eq(x->bands[i].id, y->bands[i].id) || x->bands[i].min != y->bands[i].min ||
		    x->bands[i].max != y->bands[i].max)
			return false;
	return true;
}

/* ---- the comparison ---- */

static void add_change(struct round_change *ret, struct round_result now, size_t i,
		       struct round_result before, size_t k)
{
	struct question_change *q = &ret->questions[ret->n_questions++];

	*q = (struct question_change){
		.now = i,
		.before = k,
		.median_now = now.c->questions[i].median,
		.median_before = before.c->questions[k].median,
		.is_comparable = same_points(&now.sc->questions[i], &before.sc->questions[k]),
	};
	if (!q->is_comparable) {
		ret->is_whole = false;
		return;
	}
	q->change = q->median_now - q->median_before;
	ret->now += q->median_now;
	ret->before += q->median_before;
	ret->max += now.sc->questions[i].max;
}

struct round_change round_compare(struct arena *a, struct round_result now,
				  struct round_result before)
{
	struct round_change ret = {
		.questions = arena_new(a, struct question_change, now.sc->n_questions),
		.added = arena_new(a, size_t, now.sc->n_questions),
		.removed = arena_new(a, size_t, before.sc->n_questions),
		.is_whole = same_bands(now.sc, before.sc),
	};

	for (size_t i = 0; i < now.sc->n_questions; i++) {
		int k = scorecard_find(before.sc, now.sc->questions[i].id);

		if (k < 0)
			ret.added[ret.n_added++] = i;
		else
			add_change(&ret, now, i, before, (size_t)k);
	}
	for (size_t k = 0; k < before.sc->n_questions; k++)
		if (scorecard_find(now.sc, before.sc->questions[k].id) < 0)
			ret.removed[ret.n_removed++] = k;
	ret.change = ret.now - ret.before;
	ret.is_whole = ret.is_whole && ret.n_added == 0 && ret.n_removed == 0;
	if (ret.is_whole)
		ret.band_change = (int)now.c->band - (int)before.c->band;
	return ret;
}
