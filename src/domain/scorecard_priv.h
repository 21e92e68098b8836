/* What the scorecard's own files share. */
#ifndef JALON_DOMAIN_SCORECARD_PRIV_H
#define JALON_DOMAIN_SCORECARD_PRIV_H

#include "domain/scorecard.h"

/* One step up on `q` from `from`: the points gained, 0 at the top; *ret is the answer that brings them. */
int question_step(const struct question *q, struct answer from, struct answer *ret);

/* The shortest way from `answers` (none given to a question not asked) that gains `needed` points, as
 * score_compute() states it. In `a`. */
struct steps shortest_way(struct arena *a, const struct scorecard *sc, const struct answer *answers,
			  int needed);

#endif
