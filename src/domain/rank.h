/*
 * Ranking by pairs: several people say, of two items, which is the greater; the Bradley-Terry model
 * turns that into a strength for each item, with its uncertainty, and says what to ask next.
 *
 * The one place of the domain with floating point: strengths are estimates, not scores. Results come
 * out in fixed point.
 */
#ifndef JALON_DOMAIN_RANK_H
#define JALON_DOMAIN_RANK_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum {
	RANK_ITEMS_MAX =
		200, /* the time grows with the cube: a third of a second, for anyone who asks */
	RANK_COUNT_MAX = 1000000, /* answers to one pair, one way round */
	RANK_SUGGEST_MAX = 5,
	RANK_WHOLE = 1000000, /* strengths and errors are in millionths */
};

/* `winner` was preferred to `loser` by `count` people. Indexes of two different items. */
struct comparison {
	size_t winner, loser;
	int64_t count; /* 1 to RANK_COUNT_MAX; the same pair may come again */
};

struct ranked {
	size_t item;
	int32_t strength;       /* in millionths; all of them sum to one (before rounding) */
	int32_t standard_error; /* of the strength, in millionths */
	size_t rank;            /* from 1; items of equal strength share one */
};

struct pair {
	size_t first, second; /* first < second */
};

struct ranking {
	struct ranked *items; /* the strongest first; equals in the order given */
	size_t n;
	struct pair suggest[RANK_SUGGEST_MAX]; /* most worth asking first */
	size_t n_suggest;
};

/*
 * The ranking of `n_items` (1 to RANK_ITEMS_MAX) in `a`. Memory and time grow with the square and the
 * cube of their number. The same input gives the same ranking.
 *
 * Model (Bradley and Terry, "Rank Analysis of Incomplete Block Designs I", 1952): i is preferred to j
 * with probability s_i / (s_i + s_j). The strengths are those of maximum posterior likelihood, with a
 * symmetric prior: every item is given a quarter of a preference both ways against a fixed item of
 * strength 1, so that items nobody compared, or one that never lost, still have an answer. Found by
 * Newton's method on the logarithms of the strengths, where the likelihood is concave (Hunter, "MM
 * Algorithms for Generalized Bradley-Terry Models", 2004, on both). MM would need many thousand
 * iterations on one-sided tables, and the second derivatives are wanted for the errors anyway.
 *
 * Standard errors: from the inverse of the observed information at that point, prior included, carried
 * to the strengths by the delta method.
 *
 * Suggestions: the pairs whose next answer tells most. With p the probability that one is preferred
 * and v the variance of the difference of the logarithms, that answer brings information p (1 - p),
 * and cuts v by the factor 1 + p (1 - p) v: the pairs with the greatest p (1 - p) v.
 */
struct ranking items_rank(struct arena *a, struct arena scratch, size_t n_items,
			  const struct comparison *comparisons, size_t n_comparisons);

#endif
