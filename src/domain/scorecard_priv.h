/* What the scorecard's own files share. */
#ifndef JALON_DOMAIN_SCORECARD_PRIV_H
#define JALON_DOMAIN_SCORECARD_PRIV_H

#include "domain/scorecard.h"

/* One step up on `q` from `from`: the points gained, 0 at the top; *ret is the answer that brings them. */
int question_step(const struct question *q, struct answer from, struct answer *ret);

/* One step that could be taken on a question, in the order of leverage. */
struct choice {
	size_t question;
	int gain;
	struct answer to; /* what it leads to */
	bool taken;
};

/* Marks the smallest set of the `n` choices that gains `needed`, between sets of that size the first in
 * their order; all of them when even that is not enough. Returns what it gains. */
int choices_take(struct choice *choices, size_t n, int needed);

/* The shortest way from `answers` (none given to a question not asked) that gains `needed` points, as
 * score_compute() states it. In `a`. */
struct steps shortest_way(struct arena *a, const struct scorecard *sc, const struct answer *answers,
			  int needed);

#endif
