/* What few answered: see few.h. */
#include "rounds/few.h"

#include <string.h>

bool few_answered(enum round_mode mode, const struct tally *t)
{
	uint32_t given = tally_given(t), silent = t->not_asked + t->unanswered;

	return mode == ROUND_ANONYMOUS && given + silent > 0 && given_by_few(given);
}

void few_clear(struct tally *t)
{
	t->unanswered += tally_given(t) + t->not_asked;
	t->not_asked = t->unknown = 0;
	memset(t->values, 0, t->n_values * sizeof *t->values);
}
