/* The plan's routes: who may do what, with which arguments. */
#include <assert.h>
#include <stddef.h>

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

#define TEXT(s, member, name, source, is_required, max)                                 \
	{                                                                               \
		name, source, ARG_TEXT, is_required, 0, max, offsetof(struct s, member) \
	}
#define PATH_ID(s, member, name)                                                               \
	{                                                                                      \
		name, ARG_PATH, ARG_ID, .required = true, .offset = offsetof(struct s, member) \
	}
#define FLAG(s, member, name)                                                   \
	{                                                                       \
		name, ARG_QUERY, ARG_FLAG, .offset = offsetof(struct s, member) \
	}
#define FILTER(s)                                                                       \
	TEXT(s, filter.status, "status", ARG_QUERY, false, CODE_MAX),                   \
		TEXT(s, filter.owner, "owner", ARG_QUERY, false, ACTION_OWNER_MAX + 1), \
		TEXT(s, filter.phase, "phase", ARG_QUERY, false, CODE_MAX),             \
		TEXT(s, filter.sort, "sort", ARG_QUERY, false, CODE_MAX),               \
		TEXT(s, filter.view, "view", ARG_QUERY, false, CODE_MAX),               \
		FLAG(s, filter.late, "late")
#define FIELDS(s)                                                                            \
	TEXT(s, fields.title, "title", ARG_FORM, true, ACTION_TITLE_MAX),                    \
		TEXT(s, fields.detail, "detail", ARG_FORM, false, ACTION_TEXT_MAX),          \
		TEXT(s, fields.owner, "owner", ARG_FORM, false, CODE_MAX),                   \
		TEXT(s, fields.owner_name, "owner-name", ARG_FORM, false, ACTION_OWNER_MAX), \
		TEXT(s, fields.due, "due", ARG_FORM, false, CODE_MAX),                       \
		TEXT(s, fields.status, "status", ARG_FORM, true, CODE_MAX),                  \
		TEXT(s, fields.effort, "effort", ARG_FORM, false, CODE_MAX),                 \
		TEXT(s, fields.phase, "phase", ARG_FORM, false, CODE_MAX),                   \
		TEXT(s, fields.note, "note", ARG_FORM, false, ACTION_TEXT_MAX),              \
	{                                                                                    \
		"*", ARG_FORM, ARG_REST, .max = CODE_MAX,                                    \
					 .offset = offsetof(struct s, fields.questions)      \
	}
#define ARGS(s, ...)                                        \
	{                                                   \
		sizeof(struct s), (const struct arg_spec[]) \
		{                                           \
			__VA_ARGS__,                        \
			{                                   \
				.name = NULL                \
			}                                   \
		}                                           \
	}

const struct args_spec plan_args =
	ARGS(plan_args, PATH_ID(plan_args, org, "org"), FILTER(plan_args),
	     TEXT(plan_args, done, "done", ARG_QUERY, false, CODE_MAX));
static const struct args_spec org_args = ARGS(org_args, PATH_ID(org_args, org, "org"));
static const struct args_spec action_args =
	ARGS(action_args, PATH_ID(action_args, org, "org"), PATH_ID(action_args, action, "action"),
	     FLAG(action_args, saved, "saved"));
static const struct args_spec add_args =
	ARGS(add_args, PATH_ID(add_args, org, "org"), FIELDS(add_args));
static const struct args_spec change_args =
	ARGS(change_args, PATH_ID(change_args, org, "org"), PATH_ID(change_args, action, "action"),
	     { "version", ARG_FORM, ARG_INT, .required = true, .min = 1, .max = VERSION_MAX,
	       .offset = offsetof(struct change_args, fields.version) },
	     FIELDS(change_args));
static const struct args_spec move_args =
	ARGS(move_args, PATH_ID(move_args, org, "org"), PATH_ID(move_args, action, "action"),
	     FILTER(move_args), TEXT(move_args, to, "to", ARG_FORM, true, CODE_MAX));
static const struct args_spec calendar_args =
	ARGS(calendar_args, TEXT(calendar_args, file, "file", ARG_PATH, true, FILE_NAME_MAX));

#define GET_PAGE(p, h, perm, a, t)                                                        \
	{                                                                                 \
		.method = METHOD_GET, .path = (p), .handler = (h), .permission = &(perm), \
		.class = ROUTE_READ, .args = (a), .title = (t)                            \
	}
/* What follows the title are members: .show_errors, .body_limit. */
#define POST_FORM(p, h, perm, a, ...)                                                      \
	{                                                                                  \
		.method = METHOD_POST, .path = (p), .handler = (h), .permission = &(perm), \
		.class = ROUTE_WRITE, .body = BODY_FORM, .args = (a), .title = __VA_ARGS__ \
	}

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
	{ .method = METHOD_GET,
	  .path = "/o/{org}/plan.csv",
	  .handler = plan_csv,
	  .permission = &permission_org_viewer,
	  .class = ROUTE_SLOW,
	  .args = &org_args,
	  .title = "the plan as CSV" },
	{ .method = METHOD_GET,
	  .path = "/o/{org}/plan.xlsx",
	  .handler = plan_xlsx,
	  .permission = &permission_org_viewer,
	  .class = ROUTE_SLOW,
	  .args = &org_args,
	  .title = "the plan as a workbook" },
	POST_FORM("/o/{org}/plan/calendar", calendar_open, permission_org_viewer, &org_args,
		  "open a calendar address"),
	POST_FORM("/o/{org}/plan/calendar/close", calendar_close, permission_org_viewer, &org_args,
		  "close the calendar address"),
	{ .method = METHOD_GET,
	  .path = "/cal/{file}",
	  .handler = calendar_show,
	  .permission = &permission_calendar_link,
	  .class = ROUTE_SLOW,
	  .args = &calendar_args,
	  .title = "the plan's days, for calendar programs" },
	{ .handler = NULL },
};
