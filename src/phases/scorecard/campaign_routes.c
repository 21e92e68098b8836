/* The routes of campaigns: who may do what, with which arguments. */
#include <assert.h>
#include <stddef.h>

#include "phases/scorecard/campaign.h"
#include "phases/scorecard/scorecard.h"

enum { CHOICE_MAX = 16, DATE_MAX = 16, PEOPLE_BODY_MAX = 2 * 1024 * 1024 };

/* The permissions read the organisation where every struct of arguments begins. */
static_assert(offsetof(struct org_args, org) == 0 && offsetof(struct campaign_args, org) == 0 &&
		      offsetof(struct campaign_form_args, org) == 0 &&
		      offsetof(struct turn_args, org) == 0 &&
		      offsetof(struct people_args, org) == 0 &&
		      offsetof(struct mail_args, org) == 0 &&
		      offsetof(struct person_args, org) == 0,
	      "arguments of a route of an organisation begin with it");

#define ORG(s)                                                                               \
	{                                                                                    \
		"org", ARG_PATH, ARG_ID, .required = true, .offset = offsetof(struct s, org) \
	}
#define ROUND(s)                                                                                 \
	{                                                                                        \
		"round", ARG_PATH, ARG_ID, .required = true, .offset = offsetof(struct s, round) \
	}
#define TYPED(n, m)                                                                      \
	{                                                                                \
#n, ARG_FORM, ARG_TEXT, .max = (m),                                      \
					.offset = offsetof(struct campaign_form_args, n) \
	}

static const struct args_spec org_args = {
	sizeof(struct org_args),
	(const struct arg_spec[]){ ORG(org_args), { .name = NULL } },
};

static const struct args_spec campaign_args = {
	sizeof(struct campaign_args),
	(const struct arg_spec[]){ ORG(campaign_args), ROUND(campaign_args), { .name = NULL } },
};

#define FORM_FIELDS                                                                        \
	TYPED(title, ROUND_TITLE_MAX), TYPED(mode, CHOICE_MAX), TYPED(access, CHOICE_MAX), \
		TYPED(language, CHOICE_MAX), TYPED(controller, ROUND_NOTICE_MAX),          \
		TYPED(contact, ROUND_NOTICE_MAX), TYPED(purpose, ROUND_NOTICE_MAX),        \
		TYPED(retention, ROUND_NOTICE_MAX), TYPED(opens, DATE_MAX),                \
		TYPED(closes, DATE_MAX),                                                   \
		{ "threshold",                                                             \
		  ARG_FORM,                                                                \
		  ARG_INT,                                                                 \
		  .required = true,                                                        \
		  .max = ROUND_THRESHOLD_MAX,                                              \
		  .offset = offsetof(struct campaign_form_args, threshold) },              \
		{ "asks_department", ARG_FORM, ARG_FLAG,                                   \
		  .offset = offsetof(struct campaign_form_args, asks_department) },        \
	{                                                                                  \
		"shows_result", ARG_FORM, ARG_FLAG,                                        \
			.offset = offsetof(struct campaign_form_args, shows_result)        \
	}

static const struct args_spec create_args = {
	sizeof(struct campaign_form_args),
	(const struct arg_spec[]){ ORG(campaign_form_args), FORM_FIELDS, { .name = NULL } },
};

static const struct args_spec save_args = {
	sizeof(struct campaign_form_args),
	(const struct arg_spec[]){
		ORG(campaign_form_args),
		ROUND(campaign_form_args),
		{ "version", ARG_FORM, ARG_INT, .required = true, .max = INT64_MAX,
		  .offset = offsetof(struct campaign_form_args, version) },
		FORM_FIELDS,
		{ .name = NULL },
	},
};

static const struct args_spec turn_args = {
	sizeof(struct turn_args),
	(const struct arg_spec[]){
		ORG(turn_args),
		ROUND(turn_args),
		{ "version", ARG_FORM, ARG_INT, .required = true, .max = INT64_MAX,
		  .offset = offsetof(struct turn_args, version) },
		{ .name = NULL },
	},
};

static const struct args_spec people_args = {
	sizeof(struct people_args),
	(const struct arg_spec[]){
		ORG(people_args),
		ROUND(people_args),
		{ "page", ARG_QUERY, ARG_INT, .min = 1, .max = PARTICIPANTS_MAX,
		  .offset = offsetof(struct people_args, page) },
		{ "added", ARG_QUERY, ARG_INT, .min = 1, .max = PARTICIPANTS_MAX,
		  .offset = offsetof(struct people_args, added) },
		{ "mailed", ARG_QUERY, ARG_INT, .min = 1, .max = PARTICIPANTS_MAX,
		  .offset = offsetof(struct people_args, mailed) },
		{ "nobody", ARG_QUERY, ARG_FLAG, .offset = offsetof(struct people_args, nobody) },
		{ .name = NULL },
	},
};

static const struct args_spec invite_args = {
	sizeof(struct people_args),
	(const struct arg_spec[]){
		ORG(people_args),
		ROUND(people_args),
		{ "people", ARG_FORM, ARG_TEXT, .max = INVITE_TEXT_MAX,
		  .offset = offsetof(struct people_args, people) },
		{ .name = NULL },
	},
};

static const struct args_spec mail_args = {
	sizeof(struct mail_args),
	(const struct arg_spec[]){
		ORG(mail_args),
		ROUND(mail_args),
		{ "act", ARG_FORM, ARG_TEXT, .required = true, .max = CHOICE_MAX,
		  .offset = offsetof(struct mail_args, act) },
		{ "chosen", ARG_FORM, ARG_REST, .offset = offsetof(struct mail_args, chosen) },
		{ .name = NULL },
	},
};

static const struct args_spec person_args = {
	sizeof(struct person_args),
	(const struct arg_spec[]){
		ORG(person_args),
		ROUND(person_args),
		{ "person", ARG_PATH, ARG_ID, .required = true,
		  .offset = offsetof(struct person_args, person) },
		{ .name = NULL },
	},
};

#define ROUNDS "/o/{org}/rounds"
#define ONE ROUNDS "/{round}"

#define SEE(p, h, who, a, t)                                                            \
	{                                                                               \
		.method = METHOD_GET, .path = (p), .handler = (h),                      \
		.permission = &permission_org_##who, .class = ROUTE_READ, .args = &(a), \
		.title = (t)                                                            \
	}
#define DO(p, h, a, t)                                                                         \
	{                                                                                      \
		.method = METHOD_POST, .path = (p), .handler = (h),                            \
		.permission = &permission_org_editor, .class = ROUTE_WRITE, .body = BODY_FORM, \
		.args = &(a), .title = (t)                                                     \
	}
/* A form whose mistakes are shown in it. */
#define FORM(p, h, a, limit, t)                                                                \
	{                                                                                      \
		.method = METHOD_POST, .path = (p), .handler = (h),                            \
		.permission = &permission_org_editor, .class = ROUTE_WRITE, .body = BODY_FORM, \
		.body_limit = (limit), .args = &(a), .show_errors = true, .title = (t)         \
	}

const struct route campaign_routes[] = {
	SEE(ROUNDS, campaign_list, viewer, org_args, "the campaigns"),
	SEE(ROUNDS "/new", campaign_new, editor, org_args, "the form of a new campaign"),
	FORM(ROUNDS, campaign_create, create_args, 0, "make a campaign, as a draft"),
	SEE(ONE, campaign_follow, viewer, campaign_args, "a campaign and who answers"),
	SEE(ONE "/edit", campaign_edit, editor, campaign_args, "the form of a campaign"),
	FORM(ONE "/edit", campaign_save, save_args, 0, "change a campaign"),
	SEE(ONE "/open", campaign_open_ask, editor, campaign_args, "ask before opening"),
	DO(ONE "/open", campaign_open, turn_args, "open a campaign"),
	SEE(ONE "/close", campaign_close_ask, editor, campaign_args, "ask before closing"),
	DO(ONE "/close", campaign_close, turn_args, "close a campaign"),
	SEE(ONE "/reopen", campaign_reopen_ask, editor, campaign_args, "ask before opening again"),
	DO(ONE "/reopen", campaign_reopen, turn_args, "open a campaign again"),
	DO(ONE "/erase", campaign_erase, campaign_args, "erase a draft"),
	SEE(ONE "/participants", campaign_people, viewer, people_args, "who is invited"),
	FORM(ONE "/participants", campaign_invite, invite_args, PEOPLE_BODY_MAX, "invite people"),
	DO(ONE "/participants/mail", campaign_mail, mail_args, "send links or reminders by mail"),
	DO(ONE "/participants/{person}/revoke", campaign_revoke, person_args,
	   "close a personal link"),
	DO(ONE "/participants/{person}/restore", campaign_restore, person_args,
	   "open a personal link again"),
	{ .method = METHOD_GET,
	  .path = ONE "/cards",
	  .handler = campaign_cards,
	  .permission = &permission_org_editor,
	  .class = ROUTE_SLOW,
	  .args = &people_args,
	  .title = "personal links as cards to print" },
	{ .handler = NULL },
};
