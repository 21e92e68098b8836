/* Phase 1, the scorecard: what it offers the rest of the program. */
#ifndef JALON_PHASES_SCORECARD_SCORECARD_H
#define JALON_PHASES_SCORECARD_SCORECARD_H

#include "rounds/keep.h"
#include "workshop/rating.h"

/* The pages of the respondent and of shared results; ends with a NULL handler. */
extern const struct route scorecard_routes[];
/* The pages of those who run campaigns in an organisation. */
extern const struct route campaign_routes[];
/* What a campaign came to. */
extern const struct route results_routes[];

/* What campaigns write into the log (people/log_words.h). */
extern const struct log_words scorecard_log;

/* Where an organisation stands with the scorecard, in words and in the request's arena; empty: nothing yet. The
 * last closed campaign that shows its results, and the latest open one. */
struct scorecard_summary {
	struct str phase;
	struct str score, max, estimate, change; /* "20,5"; "34"; "environ 50 %"; "+1,5" */
	struct str last_title, last_path;
	struct str open_title, open_path, response; /* response: "23 of 31", "23 answers" */
	struct str next_date;                       /* the first opening or closing to come */
	int64_t points;                             /* of the score, in half points; -1: none yet */
	int64_t next_ms;                            /* of next_date; INT64_MAX: none */
	bool is_open;
};
/* In as many steps whatever the number of sheets. 0 or a fault. */
MUST_CHECK int scorecard_summary(struct req *rq, int64_t org_id, struct scorecard_summary *ret,
				 struct err *err);
/* The scorecards answered alone that an organisation keeps. */
struct kept_facts {
	int64_t n, n_finished;
};
/* Of rq->actor's organisation. 0 or a fault. */
MUST_CHECK int scorecard_kept_facts(struct req *rq, struct kept_facts *ret, struct err *err);
/* "Draft", "Open" … of a campaign; and "12", or "12 of 40" where people were invited one by one. */
struct str state_words(enum language l, enum round_state state);
struct str answers_words(struct req *rq, const struct round_line *line);
/* What respondents were promised, carried out: erases the sheets of one campaign whose day has come, with what waits to
 * be sent about it, and notes it in its log. For db_write(), with a struct keep_turn; 0 or a fault. */
struct keep_turn {
	struct arena *arena;
	int64_t now_ms;
	bool is_idle; /* out: none was due */
};
int scorecard_keep(struct db *db, void *turn, struct err *err);
/* Its questions, for workshops. */
extern const struct rating_kind scorecard_rating;

#endif
