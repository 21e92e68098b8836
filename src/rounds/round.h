/*
 * A round: several people rate the same items, and what they answer is counted as it arrives. The only
 * engine of its kind: it knows items and values as texts, and nothing of what they mean.
 *
 * Its state follows the transitions in round.c. Dates are looked at when it is read: an open round whose
 * opening is still to come is waiting, one past its closing date is closed, and no job has to run.
 */
#ifndef JALON_ROUNDS_ROUND_H
#define JALON_ROUNDS_ROUND_H

#include "domain/consolidate.h"
#include "http/http.h"

enum {
	ROUND_TITLE_MAX = 120,  /* characters */
	ROUND_NOTICE_MAX = 600, /* of each text of the notice */
	ROUND_THRESHOLD_MAX = 1000,
};

enum round_state {
	ROUND_DRAFT,   /* nobody can answer; everything can be changed */
	ROUND_WAITING, /* opened, for a date still to come */
	ROUND_OPEN,
	ROUND_CLOSED,
};
enum { ROUND_STATES = ROUND_CLOSED + 1 };

enum round_mode {
	ROUND_NOMINATIVE, /* who answered what is known to the organisers */
	ROUND_ANONYMOUS,  /* a sheet that was sent leads to nobody */
};

enum round_access { ROUND_PUBLIC, ROUND_PERSONAL, ROUND_BOTH };

/* What the organiser decides, and respondents are told. */
struct round_terms {
	struct str title;
	enum round_mode mode;
	enum round_access access;
	int64_t threshold; /* groups of fewer are never shown; at least GROUP_THRESHOLD_MIN */
	bool asks_department;
	bool shows_result; /* nominative: who sent sees the own result */
	enum language language;
	struct str controller, contact, purpose, retention; /* the notice */
	bool has_opens, has_closes;
	int64_t opens_ms, closes_ms;
	bool has_keep_until;   /* always, once opened; older ones promised it in words only */
	int64_t keep_until_ms; /* when sheets, participants and links go: keep.h */
};

struct round {
	int64_t org_id, id;
	struct str kind; /* what is rated: "scorecard" */
	struct str pack;
	int64_t pack_version;
	struct round_terms terms;
	enum round_state state; /* at the time it was loaded for */
	struct str code;        /* typed instead of the public link (rounds/code.h); empty: none */
	bool has_opened, has_closed;
	int64_t opened_ms, closed_ms; /* closed_ms: by hand or by its date */
	bool has_forgotten;           /* only counts are left, and what was agreed on */
	int64_t forgotten_ms;
	int64_t created_ms, updated_ms, version;
};

/* Outcomes of the engine, beside those of db.h. What takes `err`, in all of this room's headers, returns 0, a fault, or
 * the outcomes that its comment names. */
enum round_outcome {
	ROUND_STALE = 100, /* somebody else changed it meanwhile */
	ROUND_REFUSED,     /* its state or its terms do not allow it */
	ROUND_LACKING,     /* something is missing before it can open: round_lacks() */
	ROUND_ALREADY,     /* done before; nothing was done now */
	ROUND_EMPTY,       /* a sheet answers nothing */
};

/* Makes a draft on `pack`; its id. The creator's account may be 0: nobody's. */
MUST_CHECK int round_create(struct req *rq, int64_t org_id, const char *kind, struct str pack,
			    int64_t pack_version, const struct round_terms *terms, int64_t *ret,
			    struct err *err);

/* The round as it stands at `now_ms`; texts in `a`. DB_NOT_FOUND. */
MUST_CHECK int round_load(struct db *db, struct arena *a, int64_t org_id, int64_t id,
			  int64_t now_ms, struct round *ret, struct err *err);

/* Whose public link this is: from here on `db` works for the round's organisation. DB_NOT_FOUND. */
MUST_CHECK int round_by_link(struct db *db, struct arena *a, const struct token *t, int64_t now_ms,
			     struct round *ret, struct err *err);
/* The open round of a code, as room_code_read() gave it; `db` works for its organisation from here on. DB_NOT_FOUND,
 * also when it has no public link. */
MUST_CHECK int round_by_code(struct db *db, struct arena *a, struct str code, int64_t *ret_id,
			     struct err *err);

/* One line of the list of rounds. */
struct round_line {
	int64_t id;
	struct str title;
	enum round_state state;
	enum round_mode mode;
	enum round_access access;
	bool has_opened, has_closes;
	int64_t opened_ms, closes_ms, created_ms;
	int64_t opens_ms; /* of one that opens later */
	int64_t n_invited, n_sent;
};

/* An organisation's rounds, the latest first, in `a`. 0 or a fault. */
MUST_CHECK int round_list(struct db *db, struct arena *a, int64_t org_id, int64_t now_ms,
			  struct round_line **ret, size_t *ret_n, struct err *err);

/* Changes the terms, if the round is still `r->version`. ROUND_STALE; ROUND_REFUSED when something
 * frozen would change, or the round is closed. */
MUST_CHECK int round_edit(struct db *db, const struct round *r, const struct round_terms *terms,
			  int64_t now_ms, struct err *err);
/* Erases a round with all that belongs to it: answers, counts, participants and their links, what was agreed on, its
 * workshop. ROUND_REFUSED while it is open; ROUND_STALE when it is not `r->version` any more, or a workshop on it is under
 * way. */
MUST_CHECK int round_erase(struct db *db, const struct round *r, struct err *err);

/* What is missing before a round can open, as bits. */
enum round_lack {
	LACK_TITLE = 1 << 0,
	LACK_CONTROLLER = 1 << 1,
	LACK_CONTACT = 1 << 2,
	LACK_PURPOSE = 1 << 3,
	LACK_RETENTION = 1 << 4,
	LACK_DATES = 1 << 5, /* it would close before it opens, or has closed already */
	LACK_KEEP = 1 << 6,  /* until when: a day to come, and after it has closed */
};
/* Those that `terms` have; 0: none. */
unsigned round_lacks(const struct round_terms *terms, int64_t now_ms);

/* What can happen to a round. */
enum round_event {
	ROUND_OPENS,
	ROUND_CLOSES,
	ROUND_REOPENS, /* nominative only: what an anonymous round showed before and after would tell
	                * who came between. Not once its sheets are gone */
};
/* Whether the table of transitions has one for the round's state. */
bool round_may(const struct round *r, enum round_event event);
/* Does it, if the round is still `r->version`. ROUND_REFUSED, ROUND_LACKING, ROUND_STALE. */
MUST_CHECK int round_turn(struct db *db, struct arena *a, const struct round *r,
			  enum round_event event, int64_t now_ms, struct err *err);

/* ---- links ---- */

/* The path of the public link, for url() and url_absolute(); in the request's arena. */
struct str round_link(struct req *rq, int64_t round_id);

/* 0:00 UTC of the day of `ms`: the only time that is kept of somebody who answered anonymously. */
int64_t round_day(int64_t ms);
/* The time that a sheet of the round gets at `now_ms`. When anonymous, the day the round was opened, for all alike:
 * on a day when one person answers, the day of sending would say whose the sheet is. */
int64_t round_sheet_time(const struct round *r, int64_t now_ms);

#endif
