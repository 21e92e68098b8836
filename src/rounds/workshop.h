/*
 * A workshop: a group settles a round's items together, one after the other. The same for every kind of
 * round; it knows items by their names.
 *
 * An item goes through votes that are hidden until they are revealed, and ends agreed on or skipped; the
 * transitions are a table (workshop_turn.c). What a facilitator changes needs the version that was seen:
 * two facilitators do not step on one another. All of it is stored at once, so that a restart loses
 * nothing. Those who are in the room, and their votes, are in room.h.
 *
 * Where a round has answers already, these are its first vote, and the room gives the second; else the
 * room gives both. So nobody counts twice in one vote.
 */
#ifndef JALON_ROUNDS_WORKSHOP_H
#define JALON_ROUNDS_WORKSHOP_H

#include "rounds/tally.h"

/* ---- one item (pure) ---- */

enum item_state {
	ITEM_WAITING,  /* nobody has voted on it */
	ITEM_VOTING,   /* a vote is open, and hidden */
	ITEM_REVEALED, /* the last vote is shown */
	ITEM_AGREED,
	ITEM_SKIPPED, /* set aside */
};
enum { ITEM_STATES = ITEM_SKIPPED + 1 };

struct item_standing {
	enum item_state state;
	int vote; /* the last that was opened, or came before the workshop; 0: none */
};

enum item_event {
	ITEM_OPENS,   /* the next vote */
	ITEM_REVEALS, /* what was voted */
	ITEM_STOPS,   /* the vote, whose votes are thrown away unseen */
	ITEM_AGREES,  /* on a value, or on another one */
	ITEM_SKIPS,
	ITEM_RETURNS, /* what was skipped, or agreed, is open again */
};
enum { ITEM_EVENTS = ITEM_RETURNS + 1 };

/* Whether the table has a transition. */
bool item_may(struct item_standing s, enum item_event event);
/* Takes it. 0, or ROUND_REFUSED. */
MUST_CHECK int item_turn(struct item_standing *s, enum item_event event);

/* Whether a vote may be shown: an anonymous one needs GROUP_THRESHOLD_MIN votes, since of two people each
 * would know the other's. */
bool vote_may_show(enum round_mode mode, int64_t n_voted);

/* ---- the timer (pure) ---- */

/* It only tells: nothing ends when it does. */
struct timer {
	bool is_running, is_paused; /* neither: not set */
	int64_t ends_ms, left_ms;   /* of a running one, of a paused one */
};
enum { TIMER_MAX_MS = 2 * 60 * 60 * 1000 };

enum timer_event { TIMER_STARTS, TIMER_PAUSES, TIMER_RESUMES, TIMER_EXTENDS, TIMER_CLEARS };

/* What is left at `now_ms`; 0 when it is over, or not set. */
int64_t timer_left(const struct timer *t, int64_t now_ms);
/* `ms` counts for TIMER_STARTS and TIMER_EXTENDS. 0, or ROUND_REFUSED when there is nothing to pause. */
MUST_CHECK int timer_turn(struct timer *t, enum timer_event event, int64_t ms, int64_t now_ms);

/* ---- the workshop ---- */

struct workshop {
	int64_t org_id, round_id;
	bool is_open;
	struct str code;
	int first_vote; /* VOTE_FIRST, or VOTE_SECOND when the round had answers already */
	bool shows_names;
	struct str item; /* talked about; empty: nothing */
	struct timer timer;
	int64_t started_ms, over_ms;
	int64_t version; /* of what everybody sees */
	int64_t news;    /* the same with votes and arrivals: of what facilitators see */
};

struct agenda_item {
	struct str item;
	struct item_standing standing;
};
struct agenda {
	struct agenda_item *items;
	size_t n;
};

/* Starts one with `items` as its agenda, and closes the round if it is anonymous and open. ROUND_REFUSED in a draft
 * round, and where only counts are kept; ROUND_ALREADY when there is one; ROUND_STALE when somebody changed the round meanwhile. */
MUST_CHECK int workshop_start(struct req *rq, const struct round *round, const struct str *items,
			      size_t n, bool shows_names, struct err *err);
/* The workshop of a round, and its items in their order; texts in `a`. DB_NOT_FOUND when the round has none. */
MUST_CHECK int workshop_load(struct db *db, struct arena *a, int64_t org_id, int64_t round_id,
			     struct workshop *ret, struct err *err);
MUST_CHECK int workshop_agenda(struct db *db, struct arena *a, const struct workshop *w,
			       struct agenda *ret, struct err *err);
/* The place of an item, or NULL. */
struct agenda_item *agenda_find(const struct agenda *agenda, struct str item);
/* Whose open workshop has this code. DB_NOT_FOUND. */
MUST_CHECK int workshop_find(struct db *db, struct arena *a, struct str code, int64_t *ret_org,
			     int64_t *ret_round, struct err *err);

/*
 * What facilitators do, if the workshop is still `w->version`; in a write, of an open workshop. Each tells
 * those who look at it, once it is stored. ROUND_STALE; ROUND_REFUSED when the state does not allow it.
 */

/* Talks about `item`. Not while a vote is open. */
MUST_CHECK int workshop_go(struct req *rq, const struct workshop *w, struct str item,
			   struct err *err);
/* Takes a transition of `item`; a vote is opened on what is talked about, and what returns becomes that.
 * ROUND_LACKING when too few voted for it to be shown. Not ITEM_AGREES. */
MUST_CHECK int workshop_turn(struct req *rq, const struct round *round, const struct workshop *w,
			     enum item_event event, struct str item, struct err *err);
/* Notes what was agreed on for `n` items, all or none. */
MUST_CHECK int workshop_agree(struct req *rq, const struct round *round, const struct workshop *w,
			      const struct agreement *agreed, size_t n, struct err *err);
/* What is agreed on outside of the round's workshop while that is under way, or is taken back: its agenda says so too.
 * 0 also when there is none, or the item is not in it; ROUND_REFUSED while the room votes on it. */
MUST_CHECK int workshop_heed(struct req *rq, const struct round *round, struct str item,
			     bool is_agreed, struct err *err);
/* The timer, as timer_turn() says. */
MUST_CHECK int workshop_time(struct req *rq, const struct workshop *w, enum timer_event event,
			     int64_t ms, struct err *err);
/* Ends it; everybody leaves the room, and of an anonymous one nothing leads to the votes any more. Not while
 * a vote is open. */
MUST_CHECK int workshop_end(struct req *rq, const struct round *round, const struct workshop *w,
			    struct err *err);
/* Takes an ended one up again for what was left, with another code. */
MUST_CHECK int workshop_resume(struct req *rq, const struct workshop *w, struct err *err);

/* ---- what is told ---- */

/* The topic that those in the room listen to: its version is `version`. In `a`. */
struct str workshop_topic(struct arena *a, const struct workshop *w);
/* The topic that facilitators listen to: its version is `news`. In `a`. */
struct str workshop_desk_topic(struct arena *a, const struct workshop *w);

#endif
