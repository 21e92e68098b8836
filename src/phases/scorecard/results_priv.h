/* What the files that make a campaign's results share: the steps of results_load(), each of which fills its part of `r`.
 * What takes `err` returns 0 or a fault. */
#ifndef JALON_PHASES_SCORECARD_RESULTS_PRIV_H
#define JALON_PHASES_SCORECARD_RESULTS_PRIV_H

#include "phases/scorecard/results.h"
#include "rounds/mode_words.h"

/* A text of the catalogue with one value filled in. */
struct str results_fill(struct req *rq, struct str text, const char *name, struct str value);

/* results_words.c: what was computed, in words; each after results_load() has the tallies. */
void results_say_whole(struct req *rq, struct results *r);
void results_say_categories(struct req *rq, struct results *r);
void results_say_bands(struct req *rq, struct results *r);
void results_say_way(struct req *rq, struct results *r);
void results_say_band_texts(struct req *rq, struct results *r);
/* "closed on 16 November 2026", or since when it is open; empty when it never was. */
struct str results_dates(struct req *rq, const struct results *r);

/* results.c: what the band of the score says to `answers`, whatever they add up to. */
struct result results_band_for(struct req *rq, const struct results *r, struct answer *answers);

/* results_questions.c: each question, in the pack's order; after the tallies are read. */
void results_say_questions(struct req *rq, struct results *r);
/* How often each answer to question `index` was given; how many answers there are. */
struct results_answer *results_answers(struct req *rq, const struct results *r, size_t index,
				       const struct question_spread *spread, const struct tally *t,
				       size_t *ret_n);
/* What was answered most often to question `index`, for its words. */
struct modes results_modes(struct req *rq, size_t index, const struct question_spread *s);
/* In the order asked for, the most disputed first or the pack's. */
void results_sort_questions(struct req *rq, struct results *r);

/* results_agreed.c: what was agreed on; after the questions, before the band's texts. */
MUST_CHECK int results_load_agreed(struct req *rq, struct results *r, struct err *err);

/* Marks the recommended actions that it changes; after the above. */
void results_settle_actions(struct req *rq, struct results *r);

/* results_second.c: what a workshop voted again; after the questions. */
MUST_CHECK int results_load_second(struct req *rq, struct results *r, struct err *err);

/* results_departments.c: the table of departments, with what must be hidden hidden. */
MUST_CHECK int results_load_departments(struct req *rq, struct results *r, struct err *err);

/* results_before.c: the earlier campaign; after the questions. */
MUST_CHECK int results_load_before(struct req *rq, const struct results_query *q, struct results *r,
				   struct err *err);

#endif
