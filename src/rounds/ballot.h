/*
 * Sheets of a round: begun, sent, taken back, and votes that count at once. Whatever changes what is
 * counted changes the counts in the same transaction, so these run in a write.
 *
 * On sending in an anonymous round the sheet is cut off from its participant: the draft is deleted and
 * its answers are kept under a random id and a token nobody knows, with days for times. Of the
 * participant only the day of sending is kept. Nothing is shared by the two but the round and the
 * department.
 */
#ifndef JALON_ROUNDS_BALLOT_H
#define JALON_ROUNDS_BALLOT_H

#include "rounds/participant.h"

enum { VOTE_FIRST = 1, VOTE_SECOND = 2 };

/* One item as it is counted. */
struct ballot_item {
	struct str item;
	enum tally_kind kind;
	struct str value; /* TALLY_VALUE: the answer; else not looked at */
};

/* Begins `p`'s sheet in `department_id` (0: none), or finds the one begun: its id.
 * ROUND_REFUSED unless the round is open and the link too; ROUND_ALREADY when it was sent. */
MUST_CHECK int ballot_begin(struct db *db, const struct round *round, const struct participant *p,
			    enum language language, int64_t department_id, int64_t now_ms,
			    int64_t *ret_sheet, struct err *err);

/* Stores a draft's answer to `item` over the former one, not counted yet. An empty value keeps the former
 * one (`had_value` says whether there is one) unless `clears`, which takes it back; an empty comment takes the former
 * one back. */
struct ballot_answer {
	int64_t org_id, sheet_id;
	struct str item, value, comment;
	bool had_value, clears;
};
MUST_CHECK int ballot_save(struct db *db, const struct ballot_answer *answer, int64_t now_ms,
			   struct err *err);

/* Whether nothing of it is answered: what was left blank, and what was not asked. */
bool ballot_is_empty(const struct ballot_item *items, size_t n);
/* Sends a sheet: `items` are all there is to rate, with what was done with each. ROUND_ALREADY when it
 * was sent before, ROUND_REFUSED unless the round is open, ROUND_EMPTY when it answers nothing: it would count
 * towards the threshold and hide nobody. DB_NOT_FOUND. */
MUST_CHECK int ballot_send(struct db *db, struct arena *a, const struct round *round,
			   int64_t sheet_id, const struct ballot_item *items, size_t n,
			   int64_t now_ms, struct err *err);

/* Gives a sent sheet back to its respondent, uncounted. ROUND_REFUSED unless the round is open and
 * nominative; ROUND_ALREADY when it is not sent. DB_NOT_FOUND. */
MUST_CHECK int ballot_withdraw(struct db *db, struct arena *a, const struct round *round,
			       int64_t sheet_id, struct err *err);

/* Erases a draft; who came by the public link is forgotten with it. ROUND_REFUSED when it was sent. DB_NOT_FOUND. */
MUST_CHECK int ballot_erase(struct db *db, struct arena *a, const struct round *round,
			    int64_t sheet_id, struct err *err);

/* Erases a sent sheet, uncounted, whatever the round's state. Who sent it has not answered; somebody who came by the
 * public link is forgotten with it. What was agreed on stays. ROUND_REFUSED when the round is anonymous: no sheet of it
 * is known to be anybody's. ROUND_ALREADY when it is not sent. DB_NOT_FOUND. */
MUST_CHECK int ballot_forget(struct db *db, struct arena *a, const struct round *round,
			     int64_t sheet_id, struct err *err);

/* A vote that counts at once, instead of the same sheet's former one on the same item. Raw answers of the
 * other vote stay. ROUND_REFUSED in a draft round. DB_NOT_FOUND. */
MUST_CHECK int ballot_cast(struct db *db, struct arena *a, const struct round *round,
			   int64_t sheet_id, int vote, const struct ballot_item *item,
			   int64_t now_ms, struct err *err);
/* Takes such a vote back, as if it had never been given; a fault when there is none. DB_NOT_FOUND. */
MUST_CHECK int ballot_uncast(struct db *db, struct arena *a, const struct round *round,
			     int64_t sheet_id, int vote, struct str item, struct err *err);

#endif
