/* Phase 1, the scorecard: what it offers the rest of the program. */
#ifndef JALON_PHASES_SCORECARD_SCORECARD_H
#define JALON_PHASES_SCORECARD_SCORECARD_H

#include "rounds/round.h"

/* The pages of the respondent and of shared results; ends with a NULL handler. */
extern const struct route scorecard_routes[];
/* The pages of those who run campaigns in an organisation. */
extern const struct route campaign_routes[];
/* What a campaign came to. */
extern const struct route results_routes[];

/* The scorecards answered alone that an organisation keeps. */
struct kept_facts {
	int64_t n, n_finished;
};
/* Of rq->actor's organisation. 0 or a fault. */
MUST_CHECK int scorecard_kept_facts(struct req *rq, struct kept_facts *ret, struct err *err);
/* "Draft", "Open" … of a campaign; and "12", or "12 of 40" where people were invited one by one. */
struct str state_words(enum language l, enum round_state state);
struct str answers_words(struct req *rq, const struct round_line *line);

#endif
