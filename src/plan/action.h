/* Inside the plan's room: an action, as it is stored and in words. */
#ifndef JALON_PLAN_ACTION_H
#define JALON_PLAN_ACTION_H

#include "pack/pack.h"
#include "people/people.h"
#include "plan/plan.h"

/*
 * How much work, said by feel: people estimate in these words what they would not in days. Small fits in
 * two days of one person, medium in two weeks, large is more and had better be cut up.
 */
enum action_effort { EFFORT_UNSAID, EFFORT_SMALL, EFFORT_MEDIUM, EFFORT_LARGE, EFFORT_N };

/* Days that may be asked for: what lies outside is a slip of the keyboard. */
#define DUE_MIN "2000-01-01"
#define DUE_MAX "2199-12-31"

struct action {
	int64_t id;
	struct str title, detail;
	bool has_owner_account;
	int64_t owner_account;
	struct str owner_name; /* as the account is called now; empty: nobody */
	bool has_due;
	int64_t due; /* day, base/timing.h */
	enum action_status status;
	enum action_effort effort;
	struct str note;
	struct str questions; /* ids with a space between */
	struct str phase;     /* a milestone's id; may be empty */
	struct str source_kind;
	int64_t source_id; /* 0: written by hand */
	struct str source_action;
	bool has_done_ms;
	int64_t done_ms, created_ms, updated_ms, version;
};

struct actions {
	struct action *items;
	size_t n;
};

/* Every action of rq->actor's organisation, oldest first, in the request's arena. 0 or a fault. */
MUST_CHECK int actions_load(struct req *rq, struct actions *ret, struct err *err);
/* One of them. 0, DB_NOT_FOUND, or a fault. */
MUST_CHECK int action_load(struct req *rq, int64_t id, struct action *ret, struct err *err);

/* Adds `x` (times and version are given here, and an id if it has none) and says so in the audit log as
 * `what`. 0, PLAN_FULL, or a fault; *ret_added is false when the same recommendation of the same source is
 * there already. */
MUST_CHECK int action_add(struct req *rq, struct action *x, const char *what, bool *ret_added,
			  struct err *err);
/* Stores `x` over `before` and says what has changed in the audit log. 0, a fault, or DB_NOT_FOUND when it is no
 * longer at before->version. */
MUST_CHECK int action_change(struct req *rq, const struct action *before, const struct action *x,
			     struct err *err);
/* Gives it another status, whatever its version; takes it away. Both say so in the audit log, unless there was nothing to
 * do. 0 or a fault. */
MUST_CHECK int action_move(struct req *rq, const struct action *x, enum action_status status,
			   struct err *err);
MUST_CHECK int action_remove(struct req *rq, const struct action *x, struct err *err);

/* As they are stored and sent by forms: "todo", "small". Reading one: 0, or 1 when `code` is none. */
struct str action_status_code(enum action_status status);
MUST_CHECK int action_status_parse(struct str code, enum action_status *ret);
struct str action_effort_code(enum action_effort effort);
MUST_CHECK int action_effort_parse(struct str code, enum action_effort *ret);
/* "Small: up to two days". */
struct str action_effort_words(enum language l, enum action_effort effort);

/* The day it is, in UTC: base/timing.h. */
int64_t plan_today(const struct req *rq);
/* To be done, or under way. */
bool action_is_open(const struct action *x);
/* Whether its day is past, and it is open. */
bool action_is_late(const struct action *x, int64_t today);

/* "23 November 2026" */
struct str due_words(struct req *rq, int64_t day);
/* "2026-11-23" in `a` */
struct str day_iso(struct arena *a, int64_t day);

/* The pack that the plan's questions and phases are from, and a text of it in the request's language. */
const struct pack *plan_pack(void);
struct str plan_say(const struct req *rq, const struct text *t);
/* Whether `questions`, ids with a space between, has `id`. */
bool questions_have(struct str questions, struct str id);
/* The title of the milestone `phase`; empty when there is none of that id. */
struct str phase_words(const struct req *rq, struct str phase);

/* Path of a page of the plan: plan_url(rq, "/new"). */
struct str plan_url(struct req *rq, const char *page);
struct str action_url(struct req *rq, int64_t id, const char *page);

#endif
