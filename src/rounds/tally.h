/* What a round counted, as the arithmetic wants it; what was agreed on beside; and counting again. */
#ifndef JALON_ROUNDS_TALLY_H
#define JALON_ROUNDS_TALLY_H

#include "rounds/ballot.h"

/* The counts of one department. */
struct department_tallies {
	int64_t id;      /* 0: those who named none */
	struct str name; /* empty for 0, and for one that is gone */
	struct tallies tallies;
};

struct round_tallies {
	struct tallies whole;
	struct department_tallies *departments; /* those with at least one sheet */
	size_t n;
	uint64_t ignored; /* answers that `sc` does not know: another version of the pack */
};

/*
 * All counts of a vote, in `a`, in one statement whatever the number of sheets. `sc` says which items and
 * values there are. What few answered of an anonymous round is cleared, of the whole and of each department alike: see
 * few.h. The mode is the stored one; of `round` only the ids are looked at. 0 or a fault.
 */
MUST_CHECK int tally_read(struct db *db, struct arena *a, const struct round *round, int vote,
			  const struct scorecard *sc, struct round_tallies *ret, struct err *err);

/* The counts of item `question` of `sc` in a vote, of all departments together, in `a`, cleared as those are. Cheap
 * enough for every phone of a room to ask at once. */
MUST_CHECK int tally_one(struct db *db, struct arena *a, const struct round *round, int vote,
			 const struct scorecard *sc, size_t question, struct tally *ret,
			 struct err *err);

/* How many sheets each department sent, in `a`; id 0 for none. */
struct department_count {
	int64_t id;
	uint32_t n;
};
MUST_CHECK int tally_sheets(struct db *db, struct arena *a, const struct round *round,
			    struct department_count **ret, size_t *ret_n, struct err *err);

/* A count that differs from what counting again gives. */
struct tally_fault {
	int64_t org_id, round_id, vote, department_id;
	struct str item, value;
	int64_t kind;
	int64_t off; /* counted too many; negative: too few */
};
struct tally_check {
	int64_t n_rounds, n_sheets;
	struct tally_fault *faults; /* at most 1,000 */
	size_t n_faults;
};
/* Counts every answer of every round again, in `a`. 0 or a fault. */
MUST_CHECK int tally_recount(struct db *db, struct arena *a, struct tally_check *ret,
			     struct err *err);

/* ---- comments ---- */

enum {
	COMMENT_SHEETS = 2000, /* a part of a round has so many sheets, or up to twice as many */
	COMMENTS_PER_PAGE = 100,
	COMMENTS_COUNTED_SHEETS =
		500, /* of larger rounds comments are not counted: that would cost too much */
};

/* What somebody wrote beside an item. */
struct round_comment {
	struct str text;
	struct str author; /* empty: not known, as always in an anonymous round */
};

/* Into how many parts a round of `n_sent` sheets is cut, so that no page has to look at all of them. */
int64_t comment_parts(uint32_t n_sent);
/*
 * A page (from 0) of what was written beside `item` in a part (from 0), by the alphabet: what one person
 * wrote beside two items is not at the same place in both, and no part is small enough to tell. One more than
 * COMMENTS_PER_PAGE when another page follows. In `a`. 0 or a fault.
 */
MUST_CHECK int comment_list(struct db *db, struct arena *a, const struct round *round,
			    uint32_t n_sent, struct str item, int64_t part, int64_t page,
			    struct round_comment **ret, size_t *ret_n, struct err *err);

/* How many comments there are beside an item. */
struct comment_count {
	struct str item;
	int64_t n;
};
/* Of the items that have any, in `a`; for rounds of at most COMMENTS_COUNTED_SHEETS. 0 or a fault. */
MUST_CHECK int comment_counts(struct db *db, struct arena *a, const struct round *round,
			      struct comment_count **ret, size_t *ret_n, struct err *err);

/* ---- agreements ---- */

enum { AGREEMENT_REASON_MAX = 1000 /* characters */ };

struct agreement {
	struct str item, value, reason;
	int64_t account_id; /* 0: nobody's, or gone */
	int64_t at_ms;
};

/* Notes what was agreed on, over the former agreement on that item; the answers stay what they are.
 * ROUND_REFUSED in a draft round. */
MUST_CHECK int agreement_set(struct db *db, const struct round *round, const struct agreement *what,
			     struct err *err);
/* Takes it back. ROUND_ALREADY when there is none. */
MUST_CHECK int agreement_clear(struct db *db, const struct round *round, struct str item,
			       struct err *err);
/* All of a round's, in `a`. */
MUST_CHECK int agreement_list(struct db *db, struct arena *a, const struct round *round,
			      struct agreement **ret, size_t *ret_n, struct err *err);

#endif
