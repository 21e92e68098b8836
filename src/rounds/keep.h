/*
 * What respondents were promised: until a day that was frozen when the round opened, what each of them answered is
 * kept, and no longer. Then sheets, comments, participants and links go. What was counted stays, with what was agreed
 * on, so that results are still shown.
 */
#ifndef JALON_ROUNDS_KEEP_H
#define JALON_ROUNDS_KEEP_H

#include "rounds/round.h"

/* How long answers are kept, as respondents are told: in the organiser's words, and the day on which they go, on clocks
 * in `zone`. In `a`; empty while no words are written. */
struct str keep_words(struct arena *a, enum language l, const struct round *round, struct str zone);

/* A round whose sheets went. */
struct kept_round {
	int64_t org_id, id;
	struct str title;
};

/* Whether there is one whose day has come, not counting those that a workshop is held on: they are waited for, a day at
 * most from the workshop's start. 0 or a fault. */
MUST_CHECK int keep_is_due(struct db *db, struct arena *a, int64_t now_ms, bool *ret,
			   struct err *err);
/* In a write: erases the sheets of the one that is due first, closing it if it is open and ending a workshop that
 * nobody ended, and works for its organisation from there on. Of several programs on one database one gets it.
 * Texts in `a`. DB_NOT_FOUND when none is due. */
MUST_CHECK int keep_carry_out(struct db *db, struct arena *a, int64_t now_ms,
			      struct kept_round *ret, struct err *err);

#endif
