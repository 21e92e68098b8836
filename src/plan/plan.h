/*
 * The action plan of an organisation: actions written by hand or adopted from what a scorecard
 * recommends, as a list and as a board, with a calendar that others subscribe to and exports.
 *
 * Members of any role read it. Contributors, editors and owners add, change and move actions; editors
 * and owners remove them. Every change is in the audit log.
 */
#ifndef JALON_PLAN_PLAN_H
#define JALON_PLAN_PLAN_H

#include "domain/standing.h"
#include "http/http.h"

enum {
	PLAN_ACTIONS_MAX = 500, /* of one organisation */
	ACTION_TITLE_MAX = 200, /* characters */
	ACTION_TEXT_MAX = 4000, /* of the detail, of the note */
	ACTION_OWNER_MAX = 80,
	/* Of the longest plan in the longest characters (16 MB): reading it, and a file of it as it grows. */
	PLAN_FILE_BYTES = 160 * 1024 * 1024,
};

enum action_status { ACTION_TODO, ACTION_DOING, ACTION_DONE, ACTION_DROPPED, ACTION_STATUS_N };

/* What it writes into the log (people/log_words.h). */
extern const struct log_words plan_log;

/* ---- adopting what is recommended: for the phases ---- */

/* What recommends. */
struct plan_source {
	const char *kind; /* "sheet" or "round" */
	int64_t id;
};

/* One action as the pack words it for this result, in the request's language. */
struct plan_recommendation {
	struct str id; /* the pack's */
	struct str title, detail;
	const struct str *questions; /* ids of the pack's questions it serves */
	size_t n_questions;
};

enum plan_outcome {
	PLAN_OK = 0,
	PLAN_FULL =
		1, /* PLAN_ACTIONS_MAX; answer with a refusal, which undoes those added before */
};

/*
 * Puts recommendations into the plan of rq->actor's organisation, each with a line of the audit log.
 * What plan_adopted() finds already is left as it is, so asking twice adds nothing. *ret_added: how many
 * are new. The route has asked for permission_org_contributor. Returns an enum plan_outcome or a
 * fault.
 */
MUST_CHECK int plan_adopt(struct req *rq, const struct plan_source *source,
			  const struct plan_recommendation *items, size_t n, size_t *ret_added,
			  struct err *err);

/* A recommendation that is in the plan. */
struct plan_adopted {
	struct str recommendation; /* the pack's id */
	int64_t action_id;
	enum action_status status;
	struct str words; /* "To do · Claire Marchand · 31 March 2027" */
};
struct plan_adopted_list {
	struct plan_adopted *items;
	size_t n;
};

/*
 * What of `source` is in the plan, in the request's arena; and what was adopted from another source and
 * is still open: the same thing is not to be done twice at a time. 0 or a fault.
 */
MUST_CHECK int plan_adopted(struct req *rq, const struct plan_source *source,
			    struct plan_adopted_list *ret, struct err *err);
/* The one of the list with the pack's id `recommendation`, or NULL. Borrows. */
const struct plan_adopted *plan_adopted_find(const struct plan_adopted_list *list,
					     struct str recommendation);
/* "To do", "À faire". */
struct str action_status_words(enum language l, enum action_status status);

/* ---- the page ---- */

/* The last official result, which whoever knows scores hands to the plan's page. */
struct plan_official {
	const struct scorecard *def;
	struct standing standing;
	int64_t at_ms;      /* its date */
	struct str address; /* of its page, made with url() */
};

/* The plan as a list or board, of arguments plan_args, with the score that its actions would bring
 * beside the official one; `official` NULL: there is none yet. */
struct reply *plan_page(struct req *rq, const struct plan_official *official);
extern const struct args_spec plan_args;

/* All of the room's routes but the plan's page, which a phase answers with plan_page(). */
extern const struct route plan_routes[];

/* A subscribed calendar's address: shows the plan's days and nothing else. */
extern const struct permission permission_calendar_link;

#endif
