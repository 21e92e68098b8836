/* The routes of campaigns: who may do what, with which arguments. */
#include <assert.h>

#include "http/route_table.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/scorecard.h"

enum {
	CHOICE_MAX = 16,
	DATE_MAX = 16,
	SEEN_MAX = 64,
	PEOPLE_BODY_MAX = 2 * 1024 * 1024,
	ANSWERS_PAGES_MAX = 1000000
};

/* The permissions read the organisation where every struct of arguments begins. */
static_assert(offsetof(struct org_args, org) == 0 && offsetof(struct campaign_args, org) == 0 &&
		      offsetof(struct campaigns_args, org) == 0 &&
		      offsetof(struct campaign_form_args, org) == 0 &&
		      offsetof(struct turn_args, org) == 0 &&
		      offsetof(struct screen_args, org) == 0 &&
		      offsetof(struct people_args, org) == 0 &&
		      offsetof(struct mail_args, org) == 0 &&
		      offsetof(struct answers_args, org) == 0 &&
		      offsetof(struct person_answers_args, org) == 0 &&
		      offsetof(struct person_args, org) == 0,
	      "arguments of a route of an organisation begin with it");

#define TYPED(member, most) TEXT(campaign_form_args, member, #member, ARG_FORM, false, most)
static const struct args_spec org_args = ARGS(org_args, PATH_ID(org_args, org));
static const struct args_spec campaigns_args =
	ARGS(campaigns_args, PATH_ID(campaigns_args, org),
	     FLAG(campaigns_args, erased, "erased", ARG_QUERY));
static const struct args_spec campaign_args =
	ARGS(campaign_args, PATH_ID(campaign_args, org), PATH_ID(campaign_args, round));

#define CAMPAIGN_FIELDS                                                                           \
	TYPED(title, ROUND_TITLE_MAX), TYPED(mode, CHOICE_MAX), TYPED(access, CHOICE_MAX),        \
		TYPED(language, CHOICE_MAX), TYPED(controller, ROUND_NOTICE_MAX),                 \
		TYPED(contact, ROUND_NOTICE_MAX),                                                 \
		LINES(campaign_form_args, purpose, "purpose", ARG_FORM, false, ROUND_NOTICE_MAX), \
		TYPED(retention, ROUND_NOTICE_MAX), TYPED(opens, DATE_MAX),                       \
		TYPED(closes, DATE_MAX), TYPED(keep_until, DATE_MAX),                             \
		NUMBER(campaign_form_args, threshold, "threshold", ARG_FORM, true, 0,             \
		       ROUND_THRESHOLD_MAX),                                                      \
		FLAG(campaign_form_args, asks_department, "asks_department", ARG_FORM),           \
		FLAG(campaign_form_args, shows_result, "shows_result", ARG_FORM)
static const struct args_spec create_args =
	ARGS(campaign_form_args, PATH_ID(campaign_form_args, org), CAMPAIGN_FIELDS);
static const struct args_spec save_args = ARGS(
	campaign_form_args, PATH_ID(campaign_form_args, org), PATH_ID(campaign_form_args, round),
	NUMBER(campaign_form_args, version, "version", ARG_FORM, true, 0, INT64_MAX),
	CAMPAIGN_FIELDS);
static const struct args_spec turn_args =
	ARGS(turn_args, PATH_ID(turn_args, org), PATH_ID(turn_args, round),
	     NUMBER(turn_args, version, "version", ARG_FORM, true, 0, INT64_MAX));
static const struct args_spec screen_args =
	ARGS(screen_args, PATH_ID(screen_args, org), PATH_ID(screen_args, round),
	     TEXT(screen_args, seen, "seen", ARG_QUERY, false, SEEN_MAX));
static const struct args_spec people_args =
	ARGS(people_args, PATH_ID(people_args, org), PATH_ID(people_args, round),
	     NUMBER(people_args, page, "page", ARG_QUERY, false, 1, PARTICIPANTS_MAX),
	     NUMBER(people_args, added, "added", ARG_QUERY, false, 1, PARTICIPANTS_MAX),
	     NUMBER(people_args, mailed, "mailed", ARG_QUERY, false, 1, PARTICIPANTS_MAX),
	     FLAG(people_args, nobody, "nobody", ARG_QUERY));
static const struct args_spec invite_args =
	ARGS(people_args, PATH_ID(people_args, org), PATH_ID(people_args, round),
	     LINES(people_args, people, "people", ARG_FORM, false, INVITE_TEXT_MAX));
static const struct args_spec mail_args =
	ARGS(mail_args, PATH_ID(mail_args, org), PATH_ID(mail_args, round),
	     TEXT(mail_args, act, "act", ARG_FORM, true, CHOICE_MAX),
	     REST(mail_args, chosen, "chosen", ARG_FORM, 0));
static const struct args_spec person_args =
	ARGS(person_args, PATH_ID(person_args, org), PATH_ID(person_args, round),
	     PATH_ID(person_args, person));
static const struct args_spec answers_args =
	ARGS(answers_args, PATH_ID(answers_args, org), PATH_ID(answers_args, round),
	     NUMBER(answers_args, page, "page", ARG_QUERY, false, 1, ANSWERS_PAGES_MAX),
	     FLAG(answers_args, erased, "erased", ARG_QUERY));
static const struct args_spec person_answers_args =
	ARGS(person_answers_args, PATH_ID(person_answers_args, org),
	     PATH_ID(person_answers_args, round), PATH_ID(person_answers_args, sheet));

#define ROUNDS "/o/{org}/rounds"
#define ONE ROUNDS "/{round}"

const struct route campaign_routes[] = {
	GET_PAGE(ROUNDS, campaign_list, permission_org_viewer, &campaigns_args, "the campaigns"),
	GET_PAGE(ROUNDS "/new", campaign_new, permission_org_editor, &org_args,
		 "the form of a new campaign"),
	POST_FORM(ROUNDS, campaign_create, permission_org_editor, &create_args,
		  "make a campaign, as a draft", .show_errors = true),
	GET_PAGE(ONE, campaign_follow, permission_org_viewer, &campaign_args,
		 "a campaign and who answers"),
	GET_PAGE(ONE "/screen", campaign_screen, permission_org_viewer, &screen_args,
		 "the page that is projected for a room to scan"),
	GET_PAGE(ONE "/edit", campaign_edit, permission_org_editor, &campaign_args,
		 "the form of a campaign"),
	POST_FORM(ONE "/edit", campaign_save, permission_org_editor, &save_args,
		  "change a campaign", .show_errors = true),
	GET_PAGE(ONE "/open", campaign_open_ask, permission_org_editor, &campaign_args,
		 "ask before opening"),
	POST_FORM(ONE "/open", campaign_open, permission_org_editor, &turn_args, "open a campaign"),
	GET_PAGE(ONE "/close", campaign_close_ask, permission_org_editor, &campaign_args,
		 "ask before closing"),
	POST_FORM(ONE "/close", campaign_close, permission_org_editor, &turn_args,
		  "close a campaign"),
	GET_PAGE(ONE "/reopen", campaign_reopen_ask, permission_org_editor, &campaign_args,
		 "ask before opening again"),
	POST_FORM(ONE "/reopen", campaign_reopen, permission_org_editor, &turn_args,
		  "open a campaign again"),
	GET_PAGE(ONE "/erase", campaign_erase_ask, permission_org_editor, &campaign_args,
		 "ask before erasing a campaign"),
	POST_FORM(ONE "/erase", campaign_erase, permission_org_editor, &turn_args,
		  "erase a campaign"),
	GET_PAGE(ONE "/participants", campaign_people, permission_org_viewer, &people_args,
		 "who is invited"),
	POST_FORM(ONE "/participants", campaign_invite, permission_org_editor, &invite_args,
		  "invite people", .show_errors = true, .body_limit = PEOPLE_BODY_MAX),
	POST_FORM(ONE "/participants/mail", campaign_mail, permission_org_editor, &mail_args,
		  "send links or reminders by mail"),
	POST_FORM(ONE "/participants/{person}/revoke", campaign_revoke, permission_org_editor,
		  &person_args, "close a personal link"),
	POST_FORM(ONE "/participants/{person}/restore", campaign_restore, permission_org_editor,
		  &person_args, "open a personal link again"),
	POST_FORM(ONE "/participants/{person}/remove", campaign_take_off, permission_org_editor,
		  &person_args, "take somebody off the list"),
	GET_SLOW(ONE "/cards", campaign_cards, permission_org_editor, &people_args,
		 "personal links as cards to print", .limit = &limit_documents),
	GET_PAGE(ONE "/answers", campaign_answers, permission_org_editor, &answers_args,
		 "who answered, of a named campaign"),
	GET_PAGE(ONE "/answers/{sheet}", campaign_person_answers, permission_org_editor,
		 &person_answers_args, "what one person answered"),
	GET_PAGE(ONE "/answers/{sheet}/erase", campaign_person_erase_ask, permission_org_editor,
		 &person_answers_args, "ask before erasing what one person answered"),
	POST_FORM(ONE "/answers/{sheet}/erase", campaign_person_erase, permission_org_editor,
		  &person_answers_args, "erase what one person answered"),
	{ .handler = NULL },
};
