/* The routes of workshops: who may do what, with which arguments. */
#include "workshop/routes.h"

#include <assert.h>

#include "http/route_table.h"
#include "people/people.h"
#include "workshop/pages_priv.h"

enum {
	VALUE_MAX = 64, /* ids of items and answers */
	ACT_MAX = 8,
};

static_assert(offsetof(struct desk_args, org) == 0 && offsetof(struct act_args, org) == 0,
	      "arguments of a route of an organisation begin with it");
static_assert(offsetof(struct room_args, code) == 0, "the permission reads the code from here");

/* Forty phones behind one address join at once. */
static const struct limit limit_join = { "join-room", .burst = 240, .per_minute = 240 };

#define CODE(s) TEXT(s, code, "code", ARG_PATH, true, CODE_TYPED_MAX)

static const struct args_spec desk_args =
	ARGS(desk_args, PATH_ID(desk_args, org), PATH_ID(desk_args, round),
	     NUMBER(desk_args, seen, "seen", ARG_QUERY, false, 0, INT64_MAX),
	     NUMBER(desk_args, shown, "shown", ARG_QUERY, false, 0, INT64_MAX));
static const struct args_spec start_args =
	ARGS(desk_args, PATH_ID(desk_args, org), PATH_ID(desk_args, round),
	     TEXT(desk_args, order, "order", ARG_FORM, false, ACT_MAX * 2),
	     FLAG(desk_args, names, "names", ARG_FORM));
static const struct args_spec act_args =
	ARGS(act_args, PATH_ID(act_args, org), PATH_ID(act_args, round),
	     NUMBER(act_args, version, "version", ARG_FORM, true, 0, INT64_MAX),
	     TEXT(act_args, item, "item", ARG_FORM, false, VALUE_MAX));
static const struct args_spec agree_args =
	ARGS(act_args, PATH_ID(act_args, org), PATH_ID(act_args, round),
	     NUMBER(act_args, version, "version", ARG_FORM, true, 0, INT64_MAX),
	     TEXT(act_args, item, "item", ARG_FORM, true, VALUE_MAX),
	     EXACT(act_args, value, "value", ARG_FORM, false, VALUE_MAX),
	     LINES(act_args, reason, "reason", ARG_FORM, false, AGREEMENT_REASON_MAX));
static const struct args_spec timer_args =
	ARGS(act_args, PATH_ID(act_args, org), PATH_ID(act_args, round),
	     NUMBER(act_args, version, "version", ARG_FORM, true, 0, INT64_MAX),
	     TEXT(act_args, act, "act", ARG_FORM, true, ACT_MAX),
	     NUMBER(act_args, minutes, "minutes", ARG_FORM, false, 0, MINUTES_MAX));
static const struct args_spec code_args =
	ARGS(code_args, TEXT(code_args, code, "code", ARG_FORM, true, CODE_TYPED_MAX));
static const struct args_spec room_args =
	ARGS(room_args, CODE(room_args),
	     NUMBER(room_args, since, "since", ARG_QUERY, false, 0, INT64_MAX));
static const struct args_spec join_args = ARGS(
	room_args, CODE(room_args), TEXT(room_args, name, "name", ARG_FORM, false, ROOM_NAME_MAX),
	TEXT(room_args, department, "department", ARG_FORM, false, CODE_TYPED_MAX));
static const struct args_spec vote_args =
	ARGS(room_args, CODE(room_args), TEXT(room_args, item, "item", ARG_FORM, true, VALUE_MAX),
	     EXACT(room_args, answer, "answer", ARG_FORM, false, VALUE_MAX),
	     NUMBER(room_args, vote, "vote", ARG_FORM, true, 0, VOTE_SECOND));

#define DESK "/o/{org}/rounds/{round}/workshop"
#define ROOM "/w/{code}"

#define EVENTS(p, h, perm, a, t)                                                          \
	{                                                                                 \
		.method = METHOD_GET, .path = (p), .handler = (h), .permission = &(perm), \
		.class = ROUTE_EVENTS, .args = (a), .title = (t)                          \
	}
#define ACT(page, h, t) POST_FORM(DESK page, h, permission_org_editor, &act_args, t)
#define FILE_OF(page, h, t)                                                                    \
	{                                                                                      \
		.method = METHOD_GET, .path = DESK page, .handler = (h),                       \
		.permission = &permission_org_viewer, .class = ROUTE_SLOW, .args = &desk_args, \
		.limit = &limit_documents, .title = (t)                                        \
	}

const struct route workshop_routes[] = {
	GET_PAGE(DESK, desk_show, permission_org_editor, &desk_args, "the facilitator's desk"),
	POST_FORM(DESK, desk_start, permission_org_editor, &start_args, "start a workshop"),
	EVENTS(DESK "/events", desk_events, permission_org_editor, &desk_args,
	       "that the desk has news"),
	GET_PAGE(DESK "/screen", screen_show, permission_org_editor, &desk_args,
		 "the page that is projected"),
	ACT("/go", desk_go, "talk about another item"),
	ACT("/open", desk_open, "open a vote"),
	ACT("/reveal", desk_reveal, "reveal a vote"),
	ACT("/stop", desk_stop, "stop a vote without revealing it"),
	ACT("/skip", desk_skip, "set an item aside"),
	ACT("/return", desk_return, "take an item up again"),
	POST_FORM(DESK "/agree", desk_agree, permission_org_editor, &agree_args,
		  "record an agreed value", .show_errors = true),
	ACT("/accept", desk_accept, "accept the items that agree already"),
	POST_FORM(DESK "/timer", desk_timer, permission_org_editor, &timer_args, "the timer",
		  .show_errors = true),
	ACT("/end", desk_end, "end a workshop"),
	ACT("/resume", desk_resume, "take a workshop up again"),
	GET_PAGE(DESK "/minutes", minutes_show, permission_org_viewer, &desk_args,
		 "the minutes of a workshop"),
	FILE_OF("/minutes.pdf", minutes_pdf, "the minutes as a PDF"),
	FILE_OF("/minutes.docx", minutes_docx, "the minutes as a DOCX"),
	GET_PAGE("/w", code_ask, permission_public, NULL, "ask for a code that was shown"),
	POST_FORM("/w", code_enter, permission_public, &code_args, "go to what a code leads to",
		  .show_errors = true),
	GET_PAGE(ROOM, room_show, permission_room_code, &room_args,
		 "a workshop's room: join it, or where it is"),
	POST_FORM(ROOM, room_enter, permission_room_code, &join_args, "join a workshop",
		  .show_errors = true, .limit = &limit_join),
	POST_FORM(ROOM "/vote", room_answer, permission_room_code, &vote_args, "vote",
		  .show_errors = true),
	EVENTS(ROOM "/events", room_events, permission_room_code, &room_args,
	       "that the workshop moved on"),
	{ .handler = NULL },
};
