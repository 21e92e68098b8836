/* The plan's routes: who may do what, with which arguments. */
#include <assert.h>

#include "http/route_table.h"
#include "people/people.h"
#include "plan/action.h"
#include "plan/handlers.h"

static_assert(offsetof(struct plan_args, org) == 0 && offsetof(struct action_args, org) == 0 &&
		      offsetof(struct add_args, org) == 0 &&
		      offsetof(struct change_args, org) == 0 &&
		      offsetof(struct move_args, org) == 0 && offsetof(struct org_args, org) == 0,
	      "arguments of a route of an organisation begin with its id");

enum {
	CODE_MAX = 40,
	/* Two texts of ACTION_TEXT_MAX, each character of up to 12 bytes in a form. */
	ACTION_BODY_MAX = 160 * 1024,
	FILE_NAME_MAX = 40,
	VERSION_MAX = 1000 * 1000 * 1000,
};

#define FILTER(s)                                                                       \
	TEXT(s, filter.status, "status", ARG_QUERY, false, CODE_MAX),                   \
		TEXT(s, filter.owner, "owner", ARG_QUERY, false, ACTION_OWNER_MAX + 1), \
		TEXT(s, filter.phase, "phase", ARG_QUERY, false, CODE_MAX),             \
		TEXT(s, filter.sort, "sort", ARG_QUERY, false, CODE_MAX),               \
		TEXT(s, filter.view, "view", ARG_QUERY, false, CODE_MAX),               \
		FLAG(s, filter.late, "late", ARG_QUERY)
#define FIELDS(s)                                                                            \
	TEXT(s, fields.title, "title", ARG_FORM, true, ACTION_TITLE_MAX),                    \
		LINES(s, fields.detail, "detail", ARG_FORM, false, ACTION_TEXT_MAX),         \
		TEXT(s, fields.owner, "owner", ARG_FORM, false, CODE_MAX),                   \
		TEXT(s, fields.owner_name, "owner-name", ARG_FORM, false, ACTION_OWNER_MAX), \
		TEXT(s, fields.due, "due", ARG_FORM, false, CODE_MAX),                       \
		TEXT(s, fields.status, "status", ARG_FORM, true, CODE_MAX),                  \
		TEXT(s, fields.effort, "effort", ARG_FORM, false, CODE_MAX),                 \
		TEXT(s, fields.phase, "phase", ARG_FORM, false, CODE_MAX),                   \
		LINES(s, fields.note, "note", ARG_FORM, false, ACTION_TEXT_MAX),             \
		REST(s, fields.questions, "*", ARG_FORM, CODE_MAX)

const struct args_spec plan_args = ARGS(plan_args, PATH_ID(plan_args, org), FILTER(plan_args),
					TEXT(plan_args, done, "done", ARG_QUERY, false, CODE_MAX));
static const struct args_spec org_args = ARGS(org_args, PATH_ID(org_args, org));
static const struct args_spec action_args =
	ARGS(action_args, PATH_ID(action_args, org), PATH_ID(action_args, action),
	     FLAG(action_args, saved, "saved", ARG_QUERY));
static const struct args_spec add_args = ARGS(add_args, PATH_ID(add_args, org), FIELDS(add_args));
static const struct args_spec change_args =
	ARGS(change_args, PATH_ID(change_args, org), PATH_ID(change_args, action),
	     NUMBER(change_args, fields.version, "version", ARG_FORM, true, 1, VERSION_MAX),
	     FIELDS(change_args));
static const struct args_spec move_args =
	ARGS(move_args, PATH_ID(move_args, org), PATH_ID(move_args, action), FILTER(move_args),
	     TEXT(move_args, to, "to", ARG_FORM, true, CODE_MAX));
static const struct args_spec calendar_args =
	ARGS(calendar_args, TEXT(calendar_args, file, "file", ARG_PATH, true, FILE_NAME_MAX));

/* A calendar program asks now and then; a firm's many share an address. */
static const struct limit limit_calendar = { "calendar", .burst = 240, .per_minute = 120 };

const struct route plan_routes[] = {
	POST_FORM("/o/{org}/plan", action_new, permission_org_contributor, &add_args,
		  "add an action", .show_errors = true, .body_limit = ACTION_BODY_MAX),
	GET_PAGE("/o/{org}/plan/new", action_new_page, permission_org_contributor, &org_args,
		 "a new action"),
	GET_PAGE("/o/{org}/plan/{action}", action_page, permission_org_viewer, &action_args,
		 "one action"),
	POST_FORM("/o/{org}/plan/{action}", action_save, permission_org_contributor, &change_args,
		  "change an action", .show_errors = true, .body_limit = ACTION_BODY_MAX),
	POST_FORM("/o/{org}/plan/{action}/move", action_move_to, permission_org_contributor,
		  &move_args, "give an action another status"),
	GET_PAGE("/o/{org}/plan/{action}/remove", action_remove_page, permission_org_editor,
		 &action_args, "ask before removing an action"),
	POST_FORM("/o/{org}/plan/{action}/remove", action_remove_now, permission_org_editor,
		  &action_args, "remove an action"),
	GET_SLOW("/o/{org}/plan.csv", plan_csv, permission_org_viewer, &org_args, "the plan as CSV",
		 .limit = &limit_documents),
	GET_SLOW("/o/{org}/plan.xlsx", plan_xlsx, permission_org_viewer, &org_args,
		 "the plan as a workbook", .limit = &limit_documents),
	POST_FORM("/o/{org}/plan/calendar", calendar_open, permission_org_viewer, &org_args,
		  "open a calendar address"),
	POST_FORM("/o/{org}/plan/calendar/close", calendar_close, permission_org_viewer, &org_args,
		  "close the calendar address"),
	GET_SLOW("/cal/{file}", calendar_show, permission_calendar_link, &calendar_args,
		 "the plan's days, for calendar programs", .limit = &limit_calendar),
	{ .handler = NULL },
};
