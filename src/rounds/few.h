/*
 * What few answered. In an anonymous round, what fewer than GROUP_THRESHOLD_MIN people answered to one question
 * counts as left blank: of two who answered, each would know the other's answer, and whatever counted it could be
 * turned back into it by subtracting the rest (doc/decisions/0025).
 *
 * Whoever reads counts to show something reads them so already: tally_read() and tally_one() clear them.
 */
#ifndef JALON_ROUNDS_FEW_H
#define JALON_ROUNDS_FEW_H

#include "rounds/round.h"

/*
 * Whether too few answered a question for anything to be told of it, of a round of that mode. The same before and
 * after clearing: whether it was one person, two or nobody is not told either, since what is asked only after certain
 * answers to another question would tell these. False where nobody was there to answer.
 */
bool few_answered(enum round_mode mode, const struct tally *t);

/* Makes blanks of all of a question's counts; of those not asked too, for the same reason. They count 0 points, and so
 * does a question that all left blank. */
void few_clear(struct tally *t);

#endif
