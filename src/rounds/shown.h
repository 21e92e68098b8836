/*
 * Which rounds show what they counted, and when. An anonymous round shows nothing before it is closed: two
 * looks at it while it was open would differ by those who answered in between. A nominative one, whose
 * respondents were told that they are known, may be looked at while it runs. Neither shows anything under its
 * threshold, nor while a workshop votes on it for the first time (doc/decisions/0025).
 */
#ifndef JALON_ROUNDS_SHOWN_H
#define JALON_ROUNDS_SHOWN_H

#include "rounds/tally.h"

enum round_shown {
	ROUND_SHOWN,
	ROUND_NOT_BEGUN,  /* a draft, or waiting for its date */
	ROUND_STILL_OPEN, /* anonymous */
	ROUND_TOO_FEW,    /* sheets */
	ROUND_IN_ROOM, /* a workshop gives its first votes, which count before they are revealed */
};

/* `n_sent`: sheets counted. 0 or a fault. */
MUST_CHECK int round_shown(struct db *db, struct arena *a, const struct round *round,
			   uint32_t n_sent, enum round_shown *ret, struct err *err);

/* A workshop's second vote on one item. */
struct shown_vote {
	bool is_held;   /* and revealed */
	bool is_hidden; /* anonymous, and too few to be shown; the counts are empty */
	struct tally tally;
};

/*
 * The second votes of a round that is ROUND_SHOWN, one per question of `sc`, in `a`. A vote that is still open
 * is none yet; of an anonymous round the workshop's own rule holds (vote_may_show()). 0 or a fault.
 */
MUST_CHECK int shown_second(struct db *db, struct arena *a, const struct round *round,
			    const struct scorecard *sc, struct shown_vote **ret, struct err *err);

/* A round that shows what it counted. */
struct shown_round {
	int64_t org_id, id;
	struct str title;
	int64_t opened_ms;
	bool is_closed;
	uint32_t n_sent;
};

/* Those of an organisation, on items of `kind` in `pack`, the latest opened first, in `a`. `only_closed` leaves
 * out nominative ones that still run. 0 or a fault. */
MUST_CHECK int shown_list(struct db *db, struct arena *a, int64_t org_id, const char *kind,
			  struct str pack, bool only_closed, int64_t now_ms,
			  struct shown_round **ret, size_t *ret_n, struct err *err);

enum { SHOWN_ORGS_MAX = 1000 };

/* The latest closed one of each organisation that agreed to be compared with the others of the installation, in
 * the order of organisations; of the first SHOWN_ORGS_MAX. 0 or a fault. */
MUST_CHECK int shown_compared(struct db *db, struct arena *a, const char *kind, struct str pack,
			      int64_t now_ms, struct shown_round **ret, size_t *ret_n,
			      struct err *err);

/* What is coming or running in an organisation. */
struct round_now {
	bool is_open;
	int64_t round_id;
	struct str title;
	bool has_rate; /* everybody was invited by a personal link */
	int64_t n_sent, n_invited;
	bool has_next; /* a date to come: the first opening or closing */
	int64_t next_ms;
};
/* The latest open one, and the next date of all. 0 or a fault. */
MUST_CHECK int round_now(struct db *db, struct arena *a, int64_t org_id, int64_t now_ms,
			 struct round_now *ret, struct err *err);

#endif
