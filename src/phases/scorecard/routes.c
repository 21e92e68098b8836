/* The scorecard's routes: who may do what, with which arguments. */
#include <assert.h>
#include <stddef.h>

#include "people/people.h"
#include "phases/scorecard/handlers.h"
#include "people/people.h"
#include "phases/scorecard/scorecard.h"
#include "plan/plan.h"

#define ID_LENGTH_MAX 40

/* The permissions read the link's token where every struct of arguments begins. */
static_assert(offsetof(struct link_args, token) == 0 &&
		      offsetof(struct question_args, token) == 0 &&
		      offsetof(struct answer_args, token) == 0 &&
		      offsetof(struct all_args, token) == 0 &&
		      offsetof(struct whatif_args, token) == 0 &&
		      offsetof(struct door_args, token) == 0 &&
		      offsetof(struct claim_args, token) == 0,
	      "arguments of a route behind a link begin with its token");
static_assert(offsetof(struct org_sheet_args, org) == 0 &&
		      offsetof(struct org_whatif_args, org) == 0 &&
		      offsetof(struct adopt_args, org) == 0,
	      "arguments of a route of an organisation begin with its id");

static const struct args_spec link_args = {
	sizeof(struct link_args),
	(const struct arg_spec[]){
		{ "token", ARG_PATH, ARG_TOKEN, .required = true,
		  .offset = offsetof(struct link_args, token) },
		{ .name = NULL },
	},
};

static const struct args_spec door_args = {
	sizeof(struct door_args),
	(const struct arg_spec[]){
		{ "token", ARG_PATH, ARG_TOKEN, .required = true,
		  .offset = offsetof(struct door_args, token) },
		{ .name = NULL },
	},
};

static const struct args_spec enter_args = {
	sizeof(struct door_args),
	(const struct arg_spec[]){
		{ "token", ARG_PATH, ARG_TOKEN, .required = true,
		  .offset = offsetof(struct door_args, token) },
		{ "name", ARG_FORM, ARG_TEXT, .max = PARTICIPANT_NAME_MAX,
		  .offset = offsetof(struct door_args, name) },
		{ "department", ARG_FORM, ARG_TEXT, .max = ID_LENGTH_MAX,
		  .offset = offsetof(struct door_args, department) },
		{ .name = NULL },
	},
};

/* After erasing, the welcome page is asked for with ?erased=1 and says so. */
static const struct args_spec welcome_args = {
	sizeof(struct welcome_args),
	(const struct arg_spec[]){
		{ "erased", ARG_QUERY, ARG_FLAG, .offset = offsetof(struct welcome_args, erased) },
		{ .name = NULL },
	},
};

static const struct args_spec start_args = {
	sizeof(struct start_args),
	(const struct arg_spec[]){
		{ "all", ARG_FORM, ARG_FLAG, .offset = offsetof(struct start_args, all) },
		{ .name = NULL },
	},
};

static const struct args_spec question_args = {
	sizeof(struct question_args),
	(const struct arg_spec[]){
		{ "token", ARG_PATH, ARG_TOKEN, .required = true,
		  .offset = offsetof(struct question_args, token) },
		{ "question", ARG_PATH, ARG_TEXT, .required = true, .max = ID_LENGTH_MAX,
		  .offset = offsetof(struct question_args, question) },
		{ "review", ARG_QUERY, ARG_FLAG, .offset = offsetof(struct question_args, review) },
		{ .name = NULL },
	},
};

static const struct args_spec answer_args = {
	sizeof(struct answer_args),
	(const struct arg_spec[]){
		{ "token", ARG_PATH, ARG_TOKEN, .required = true,
		  .offset = offsetof(struct answer_args, token) },
		{ "question", ARG_PATH, ARG_TEXT, .required = true, .max = ID_LENGTH_MAX,
		  .offset = offsetof(struct answer_args, question) },
		{ "answer", ARG_FORM, ARG_TEXT, .max = ID_LENGTH_MAX,
		  .offset = offsetof(struct answer_args, answer) },
		{ "comment", ARG_FORM, ARG_TEXT, .max = SHEET_COMMENT_MAX,
		  .offset = offsetof(struct answer_args, comment) },
		{ "go", ARG_FORM, ARG_TEXT, .max = 8, .offset = offsetof(struct answer_args, go) },
		{ "review", ARG_FORM, ARG_FLAG, .offset = offsetof(struct answer_args, review) },
		{ .name = NULL },
	},
};

/* The names of the fields are the pack's: the handler knows them. */
static const struct args_spec all_args = {
	sizeof(struct all_args),
	(const struct arg_spec[]){
		{ "token", ARG_PATH, ARG_TOKEN, .required = true,
		  .offset = offsetof(struct all_args, token) },
		{ "*", ARG_FORM, ARG_REST, .max = SHEET_COMMENT_MAX,
		  .offset = offsetof(struct all_args, fields) },
		{ .name = NULL },
	},
};

/* After opening or closing the shared link, the result is asked for with a flag and says so. */
static const struct args_spec result_args = {
	sizeof(struct result_args),
	(const struct arg_spec[]){
		{ "token", ARG_PATH, ARG_TOKEN, .required = true,
		  .offset = offsetof(struct result_args, token) },
		{ "shared", ARG_QUERY, ARG_FLAG, .offset = offsetof(struct result_args, shared) },
		{ "closed", ARG_QUERY, ARG_FLAG, .offset = offsetof(struct result_args, closed) },
		{ .name = NULL },
	},
};

static const struct args_spec claim_args = {
	sizeof(struct claim_args),
	(const struct arg_spec[]){
		{ "token", ARG_PATH, ARG_TOKEN, .required = true,
		  .offset = offsetof(struct claim_args, token) },
		{ "org", ARG_FORM, ARG_ID, .required = true,
		  .offset = offsetof(struct claim_args, org) },
		{ .name = NULL },
	},
};

static const struct args_spec kept_args = {
	sizeof(struct kept_args),
	(const struct arg_spec[]){
		{ "org", ARG_PATH, ARG_ID, .required = true,
		  .offset = offsetof(struct kept_args, org) },
		{ .name = NULL },
	},
};

static const struct args_spec whatif_args = {
	sizeof(struct whatif_args),
	(const struct arg_spec[]){
		{ "token", ARG_PATH, ARG_TOKEN, .required = true,
		  .offset = offsetof(struct whatif_args, token) },
		{ "*", ARG_QUERY, ARG_REST, .max = ID_LENGTH_MAX,
		  .offset = offsetof(struct whatif_args, answers) },
		{ .name = NULL },
	},
};

/* A meeting room shares one address: sixty people may begin at once. */
static const struct limit limit_begin_sheet = { "begin-sheet", .burst = 60, .per_minute = 60 };
/* A PDF is drawn on a thread that many share. */
static const struct limit limit_pdf = { "pdf", .burst = 60, .per_minute = 60 };
#define SHEET_PATH(s)                                                                            \
	{ "org", ARG_PATH, ARG_ID, .required = true, .offset = offsetof(struct s, org) },        \
	{                                                                                        \
		"sheet", ARG_PATH, ARG_ID, .required = true, .offset = offsetof(struct s, sheet) \
	}

static const struct args_spec org_sheet_args = {
	sizeof(struct org_sheet_args),
	(const struct arg_spec[]){
		SHEET_PATH(org_sheet_args),
		{ "adopted", ARG_QUERY, ARG_FLAG,
		  .offset = offsetof(struct org_sheet_args, adopted) },
		{ .name = NULL },
	},
};

static const struct args_spec org_whatif_args = {
	sizeof(struct org_whatif_args),
	(const struct arg_spec[]){
		SHEET_PATH(org_whatif_args),
		{ "*", ARG_QUERY, ARG_REST, .max = ID_LENGTH_MAX,
		  .offset = offsetof(struct org_whatif_args, answers) },
		{ .name = NULL },
	},
};

static const struct args_spec adopt_args = {
	sizeof(struct adopt_args),
	(const struct arg_spec[]){
		SHEET_PATH(adopt_args),
		{ "action", ARG_FORM, ARG_TEXT, .max = ID_LENGTH_MAX,
		  .offset = offsetof(struct adopt_args, action) },
		{ .name = NULL },
	},
};

#define GET_PAGE(p, h, perm, a, t)                                                        \
	{                                                                                 \
		.method = METHOD_GET, .path = (p), .handler = (h), .permission = &(perm), \
		.class = ROUTE_READ, .args = (a), .title = (t)                            \
	}
#define POST_FORM(p, h, perm, a, t)                                                        \
	{                                                                                  \
		.method = METHOD_POST, .path = (p), .handler = (h), .permission = &(perm), \
		.class = ROUTE_WRITE, .body = BODY_FORM, .args = (a), .title = (t)         \
	}

/* A whole company may begin behind one address; whoever floods a campaign goes on for longer. */
static const struct limit limit_begin_round = { "begin-round", .burst = 240, .per_minute = 240 };

#define POST_DOOR(p, perm, l, t)                                                                   \
	{                                                                                          \
		.method = METHOD_POST, .path = (p), .handler = door_enter, .permission = &(perm),  \
		.class = ROUTE_WRITE, .body = BODY_FORM, .args = &enter_args, .show_errors = true, \
		.limit = (l), .title = (t)                                                         \
	}

const struct route scorecard_routes[] = {
	GET_PAGE("/scorecard", scorecard_welcome, permission_public, &welcome_args,
		 "welcome to the scorecard"),
	{ .method = METHOD_POST,
	  .path = "/scorecard",
	  .handler = scorecard_start,
	  .permission = &permission_public,
	  .class = ROUTE_WRITE,
	  .body = BODY_FORM,
	  .args = &start_args,
	  .limit = &limit_begin_sheet,
	  .title = "begin a sheet" },
	GET_PAGE("/c/{token}", scorecard_resume, permission_sheet_link, &link_args,
		 "resume where one stopped"),
	GET_PAGE("/c/{token}/q/{question}", scorecard_question, permission_sheet_link,
		 &question_args, "one question"),
	{ .method = METHOD_POST,
	  .path = "/c/{token}/q/{question}",
	  .handler = scorecard_answer,
	  .permission = &permission_sheet_link,
	  .class = ROUTE_WRITE,
	  .body = BODY_FORM,
	  .args = &answer_args,
	  .show_errors = true,
	  .title = "save an answer" },
	GET_PAGE("/c/{token}/all", scorecard_all, permission_sheet_link, &link_args,
		 "every question on one page"),
	{ .method = METHOD_POST,
	  .path = "/c/{token}/all",
	  .handler = scorecard_save_all,
	  .permission = &permission_sheet_link,
	  .class = ROUTE_WRITE,
	  .body = BODY_FORM,
	  .body_limit = ALL_BODY_MAX,
	  .args = &all_args,
	  .show_errors = true,
	  .title = "save all answers" },
	GET_PAGE("/c/{token}/review", scorecard_review, permission_sheet_link, &link_args,
		 "review the answers"),
	POST_FORM("/c/{token}/finish", scorecard_finish, permission_sheet_link, &link_args,
		  "ask for the result"),
	GET_PAGE("/c/{token}/result", scorecard_result, permission_sheet_link, &result_args,
		 "the result"),
	{ .method = METHOD_GET,
	  .path = "/c/{token}/result.pdf",
	  .handler = scorecard_result_pdf,
	  .permission = &permission_sheet_link,
	  .class = ROUTE_SLOW,
	  .args = &link_args,
	  .limit = &limit_pdf,
	  .title = "the result as a PDF" },
	{ .method = METHOD_GET,
	  .path = "/c/{token}/result.docx",
	  .handler = scorecard_result_docx,
	  .permission = &permission_sheet_link,
	  .class = ROUTE_SLOW,
	  .args = &link_args,
	  .limit = &limit_pdf,
	  .title = "the result as a DOCX" },
	GET_PAGE("/c/{token}/what-if", scorecard_whatif_show, permission_sheet_link, &whatif_args,
		 "the result with other answers"),
	POST_FORM("/c/{token}/share", scorecard_share, permission_sheet_link, &link_args,
		  "open a shared link"),
	POST_FORM("/c/{token}/share/close", scorecard_share_close, permission_sheet_link,
		  &link_args, "close the shared link"),
	GET_PAGE("/c/{token}/erase", scorecard_erase_ask, permission_sheet_link, &link_args,
		 "ask before erasing"),
	POST_FORM("/c/{token}/erase", scorecard_erase, permission_sheet_link, &link_args,
		  "erase the sheet"),
	GET_PAGE("/r/{token}", door_show, permission_round_link, &door_args,
		 "welcome to a round by its public link"),
	POST_DOOR("/r/{token}", permission_round_link, &limit_begin_round,
		  "begin or resume a sheet of the round"),
	GET_PAGE("/p/{token}", door_show, permission_personal_link, &door_args,
		 "welcome to a round by a personal link"),
	POST_DOOR("/p/{token}", permission_personal_link, NULL, "begin or resume one's sheet"),
	POST_FORM("/c/{token}/send", sheet_send, permission_sheet_link, &link_args,
		  "send the sheet to its round"),
	GET_PAGE("/c/{token}/sent", sheet_sent, permission_sheet_link, &link_args,
		 "thanks, and what happens next"),
	POST_FORM("/c/{token}/withdraw", sheet_withdraw, permission_sheet_link, &link_args,
		  "take a sent sheet back"),
	GET_PAGE("/c/{token}/claim", scorecard_claim_ask, permission_sheet_link, &link_args,
		 "ask which organisation keeps the sheet"),
	POST_FORM("/c/{token}/claim", scorecard_claim, permission_sheet_link, &claim_args,
		  "keep the sheet in an organisation"),
	GET_PAGE("/o/{org}/scorecards", scorecard_kept, permission_org_viewer, &kept_args,
		 "the sheets an organisation keeps"),
	GET_PAGE("/s/{token}", scorecard_result, permission_share_link, &result_args,
		 "a shared result"),
	{ .method = METHOD_GET,
	  .path = "/s/{token}/result.pdf",
	  .handler = scorecard_result_pdf,
	  .permission = &permission_share_link,
	  .class = ROUTE_SLOW,
	  .args = &link_args,
	  .limit = &limit_pdf,
	  .title = "a shared result as a PDF" },
	{ .method = METHOD_GET,
	  .path = "/s/{token}/result.docx",
	  .handler = scorecard_result_docx,
	  .permission = &permission_share_link,
	  .class = ROUTE_SLOW,
	  .args = &link_args,
	  .limit = &limit_pdf,
	  .title = "a shared result as a DOCX" },
	GET_PAGE("/s/{token}/what-if", scorecard_whatif_show, permission_share_link, &whatif_args,
		 "a shared result with other answers"),
	GET_PAGE("/o/{org}/sheets/{sheet}", scorecard_org_result, permission_org_viewer,
		 &org_sheet_args, "the organisation's result"),
	{ .method = METHOD_GET,
	  .path = "/o/{org}/sheets/{sheet}/result.pdf",
	  .handler = scorecard_org_pdf,
	  .permission = &permission_org_viewer,
	  .class = ROUTE_SLOW,
	  .args = &org_sheet_args,
	  .title = "the organisation's result as a PDF" },
	{ .method = METHOD_GET,
	  .path = "/o/{org}/sheets/{sheet}/result.docx",
	  .handler = scorecard_org_docx,
	  .permission = &permission_org_viewer,
	  .class = ROUTE_SLOW,
	  .args = &org_sheet_args,
	  .title = "the organisation's result as a DOCX" },
	GET_PAGE("/o/{org}/sheets/{sheet}/what-if", scorecard_org_whatif, permission_org_viewer,
		 &org_whatif_args, "the organisation's result with other answers"),
	POST_FORM("/o/{org}/sheets/{sheet}/adopt", scorecard_adopt, permission_org_contributor,
		  &adopt_args, "put recommended actions into the plan"),
	GET_PAGE("/o/{org}/plan", scorecard_plan, permission_org_viewer, &plan_args,
		 "the action plan"),
	{ .handler = NULL },
};
