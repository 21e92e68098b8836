/* Placing projects: see quadrant.h. */
#include "domain/quadrant.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/num.h"

enum {
	WHOLE = 10000, /* 100 in hundredths */
	FULL_SPAN = HALF_LEVEL_MAX - HALF_LEVEL_MIN,
	HALF_LEVEL_TWO = 4,
	HALF_LEVEL_THREE = 6,
};

/* An index before rounding: the fraction part / whole, between 0 and 1. */
struct exact {
	int64_t part, whole;
};

/* What decides a project's place. */
struct candidate {
	const struct project *project;
	struct placement *placement;
	struct exact value, feasibility;
	size_t at; /* in the input */
};

static struct exact exact_index(const struct axis *axis, const int *half_levels)
{
	struct exact e = { 0, 0 };

	assert(axis->n > 0 && axis->n <= CRITERIA_MAX);
	for (size_t i = 0; i < axis->n; i++) {
		assert(half_levels[i] >= HALF_LEVEL_MIN && half_levels[i] <= HALF_LEVEL_MAX);
		e.part += (int64_t)axis->criteria[i].weight * (half_levels[i] - HALF_LEVEL_MIN);
		e.whole += (int64_t)axis->criteria[i].weight * FULL_SPAN;
	}
	return e;
}

static int hundredths(struct exact e)
{
	return (int)num_div_round(e.part * WHOLE, e.whole);
}

/* Mid-rank percentile of `mine` among the values (or the feasibilities) of `all`. The parts compare
 * as they are: on one axis all have the same whole. */
static struct exact percentile(struct exact mine, const struct candidate *all, size_t n,
			       bool is_value)
{
	int64_t below = 0, equal = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t other = is_value ? all[i].value.part : all[i].feasibility.part;

		below += other < mine.part;
		equal += other == mine.part;
	}
	return (struct exact){ 2 * below + equal, 2 * (int64_t)n };
}

static bool is_high(struct exact e)
{
	return 2 * e.part >= e.whole;
}

static enum filter filter_of(const struct axis *axis, const int *half_levels)
{
	enum filter worst = FILTER_SUITED;

	for (size_t i = 0; i < axis->n; i++) {
		if (half_levels[i] < HALF_LEVEL_TWO)
			worst = FILTER_SET_ASIDE;
		else if (half_levels[i] < HALF_LEVEL_THREE && worst == FILTER_SUITED)
			worst = FILTER_WATCH;
	}
	return worst;
}

static enum quadrant quadrant_of(bool high_value, bool high_feasibility)
{
	if (high_value)
		return high_feasibility ? QUADRANT_PRIORITY : QUADRANT_PREPARE;
	return high_feasibility ? QUADRANT_OPPORTUNITY : QUADRANT_LATER;
}

static enum horizon horizon_of(enum quadrant quadrant)
{
	switch (quadrant) {
	case QUADRANT_PRIORITY:
		return HORIZON_SHORT;
	case QUADRANT_PREPARE:
	case QUADRANT_OPPORTUNITY:
		return HORIZON_MEDIUM;
	case QUADRANT_LATER:
		return HORIZON_LONG;
	}
	return HORIZON_LONG;
}

static void place(struct candidate *c, const struct candidate *all, size_t n, enum placing placing,
		  const struct axis *value, const struct axis *feasibility)
{
	struct placement *p = c->placement;
	bool relative = placing == PLACING_RELATIVE;
	struct exact x = relative ? percentile(c->feasibility, all, n, false) : c->feasibility;
	struct exact y = relative ? percentile(c->value, all, n, true) : c->value;

	p->value = hundredths(c->value);
	p->feasibility = hundredths(c->feasibility);
	p->x = hundredths(x);
	p->y = hundredths(y);
	p->filter = filter_of(value, c->project->value);
	for (size_t i = 0; i < feasibility->n; i++)
		p->fallbacks[i] = c->project->feasibility[i] < HALF_LEVEL_THREE;
	p->quadrant = quadrant_of(is_high(y), is_high(x));
	p->horizon = horizon_of(p->quadrant);
}

static int descending(int64_t x, int64_t y)
{
	return (x < y) - (x > y);
}

/* The order inside a horizon. */
static int candidate_cmp(const void *left, const void *right)
{
	const struct candidate *x = left, *y = right;
	int64_t vw = x->value.whole, fw = x->feasibility.whole; /* the same for all projects */
	int r;

	if (x->placement->horizon != y->placement->horizon)
		return x->placement->horizon < y->placement->horizon ? -1 : 1;
	r = descending(x->value.part * fw + x->feasibility.part * vw,
		       y->value.part * fw + y->feasibility.part * vw);
	if (r == 0)
		r = descending(x->value.part, y->value.part);
	if (r == 0)
		r = str_cmp(x->project->name, y->project->name);
	return r ? r : x->at < y->at ? -1 : 1;
}

static void rank_candidates(struct candidate *c, size_t n)
{
	size_t rank = 0;

	qsort(c, n, sizeof *c, candidate_cmp);
	for (size_t i = 0; i < n; i++) {
		bool is_first = i == 0 || c[i - 1].placement->horizon != c[i].placement->horizon;

		rank = is_first ? 1 : rank + 1;
		c[i].placement->rank = rank;
	}
}

/* Whether all of two projects or more have the same index. */
static void note_equal_axes(const struct candidate *c, size_t n, struct placements *ret)
{
	ret->x_equal = ret->y_equal = n >= 2;
	for (size_t i = 1; i < n; i++) {
		ret->x_equal &= c[i].feasibility.part == c[0].feasibility.part;
		ret->y_equal &= c[i].value.part == c[0].value.part;
	}
}

struct placements projects_place(struct arena *a, const struct axis *value,
				 const struct axis *feasibility, const struct project *projects,
				 size_t n, enum placing asked)
{
	struct candidate *c = arena_new(a, struct candidate, n);
	struct placements ret = { .placing = asked, .items = arena_new(a, struct placement, n) };

	if (asked == PLACING_RELATIVE && n < PLACING_RELATIVE_MIN) {
		ret.placing = PLACING_ABSOLUTE;
		ret.too_few = true;
	}
	for (size_t i = 0; i < n; i++)
		c[i] = (struct candidate){
			.project = &projects[i],
			.placement = &ret.items[i],
			.value = exact_index(value, projects[i].value),
			.feasibility = exact_index(feasibility, projects[i].feasibility),
			.at = i,
		};
	note_equal_axes(c, n, &ret);
	for (size_t i = 0; i < n; i++)
		place(&c[i], c, n, ret.placing, value, feasibility);
	rank_candidates(c, n);
	return ret;
}
