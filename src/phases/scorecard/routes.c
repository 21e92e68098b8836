/* The scorecard's routes: who may do what, with which arguments. */
#include <assert.h>

#include "http/route_table.h"
#include "people/people.h"
#include "phases/scorecard/handlers.h"
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
static const struct args_spec link_args = ARGS(link_args, TOKEN(link_args));
static const struct args_spec door_args = ARGS(door_args, TOKEN(door_args));
static const struct args_spec enter_args =
	ARGS(door_args, TOKEN(door_args),
	     TEXT(door_args, name, "name", ARG_FORM, false, PARTICIPANT_NAME_MAX),
	     TEXT(door_args, department, "department", ARG_FORM, false, ID_LENGTH_MAX));

/* After erasing, the welcome page is asked for with ?erased=1 and says so. */
static const struct args_spec welcome_args =
	ARGS(welcome_args, FLAG(welcome_args, erased, "erased", ARG_QUERY));
static const struct args_spec start_args = ARGS(start_args, FLAG(start_args, all, "all", ARG_FORM));
static const struct args_spec question_args =
	ARGS(question_args, TOKEN(question_args),
	     TEXT(question_args, question, "question", ARG_PATH, true, ID_LENGTH_MAX),
	     FLAG(question_args, review, "review", ARG_QUERY));
static const struct args_spec answer_args =
	ARGS(answer_args, TOKEN(answer_args),
	     TEXT(answer_args, question, "question", ARG_PATH, true, ID_LENGTH_MAX),
	     EXACT(answer_args, answer, "answer", ARG_FORM, false, ID_LENGTH_MAX),
	     LINES(answer_args, comment, "comment", ARG_FORM, false, SHEET_COMMENT_MAX),
	     TEXT(answer_args, go, "go", ARG_FORM, false, 8),
	     FLAG(answer_args, review, "review", ARG_FORM));

/* The names of the fields are the pack's: the handler knows them. */
static const struct args_spec all_args =
	ARGS(all_args, TOKEN(all_args), REST(all_args, fields, "*", ARG_FORM, SHEET_COMMENT_MAX));

/* After opening or closing the shared link, the result is asked for with a flag and says so. */
static const struct args_spec result_args =
	ARGS(result_args, TOKEN(result_args), FLAG(result_args, shared, "shared", ARG_QUERY),
	     FLAG(result_args, closed, "closed", ARG_QUERY));
static const struct args_spec claim_args =
	ARGS(claim_args, TOKEN(claim_args), ID(claim_args, org, "org", ARG_FORM, true));
static const struct args_spec kept_args = ARGS(kept_args, PATH_ID(kept_args, org));
static const struct args_spec whatif_args = ARGS(
	whatif_args, TOKEN(whatif_args), REST(whatif_args, answers, "*", ARG_QUERY, ID_LENGTH_MAX));

/* A meeting room shares one address: sixty people may begin at once. */
static const struct limit limit_begin_sheet = { "begin-sheet", .burst = 60, .per_minute = 60 };
/* A PDF is drawn on a thread that many share. */
static const struct limit limit_pdf = { "pdf", .burst = 60, .per_minute = 60 };
static const struct args_spec org_sheet_args =
	ARGS(org_sheet_args, PATH_ID(org_sheet_args, org), PATH_ID(org_sheet_args, sheet),
	     FLAG(org_sheet_args, adopted, "adopted", ARG_QUERY));
static const struct args_spec org_whatif_args =
	ARGS(org_whatif_args, PATH_ID(org_whatif_args, org), PATH_ID(org_whatif_args, sheet),
	     REST(org_whatif_args, answers, "*", ARG_QUERY, ID_LENGTH_MAX));
static const struct args_spec adopt_args =
	ARGS(adopt_args, PATH_ID(adopt_args, org), PATH_ID(adopt_args, sheet),
	     TEXT(adopt_args, action, "action", ARG_FORM, false, ID_LENGTH_MAX));

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
	GET_SLOW("/scorecard/questionnaire.pdf", questionnaire_pdf, permission_public, NULL,
		 "the blank questionnaire as a PDF", .limit = &limit_pdf, .no_db = true),
	GET_SLOW("/scorecard/questionnaire.docx", questionnaire_docx, permission_public, NULL,
		 "the blank questionnaire as a DOCX", .limit = &limit_pdf, .no_db = true),
	POST_FORM("/scorecard", scorecard_start, permission_public, &start_args, "begin a sheet",
		  .limit = &limit_begin_sheet),
	GET_PAGE("/c/{token}", scorecard_resume, permission_sheet_link, &link_args,
		 "resume where one stopped"),
	GET_PAGE("/c/{token}/q/{question}", scorecard_question, permission_sheet_link,
		 &question_args, "one question"),
	POST_FORM("/c/{token}/q/{question}", scorecard_answer, permission_sheet_link, &answer_args,
		  "save an answer", .show_errors = true),
	GET_PAGE("/c/{token}/all", scorecard_all, permission_sheet_link, &link_args,
		 "every question on one page"),
	POST_FORM("/c/{token}/all", scorecard_save_all, permission_sheet_link, &all_args,
		  "save all answers", .show_errors = true, .body_limit = ALL_BODY_MAX),
	GET_PAGE("/c/{token}/review", scorecard_review, permission_sheet_link, &link_args,
		 "review the answers"),
	POST_FORM("/c/{token}/finish", scorecard_finish, permission_sheet_link, &link_args,
		  "ask for the result"),
	GET_PAGE("/c/{token}/result", scorecard_result, permission_sheet_link, &result_args,
		 "the result"),
	GET_SLOW("/c/{token}/result.pdf", scorecard_result_pdf, permission_sheet_link, &link_args,
		 "the result as a PDF", .limit = &limit_pdf),
	GET_SLOW("/c/{token}/result.docx", scorecard_result_docx, permission_sheet_link, &link_args,
		 "the result as a DOCX", .limit = &limit_pdf),
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
	GET_PAGE("/c/{token}/answers", sheet_answers_show, permission_sheet_link, &link_args,
		 "what one has sent"),
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
	GET_SLOW("/s/{token}/result.pdf", scorecard_result_pdf, permission_share_link, &link_args,
		 "a shared result as a PDF", .limit = &limit_pdf),
	GET_SLOW("/s/{token}/result.docx", scorecard_result_docx, permission_share_link, &link_args,
		 "a shared result as a DOCX", .limit = &limit_pdf),
	GET_PAGE("/s/{token}/what-if", scorecard_whatif_show, permission_share_link, &whatif_args,
		 "a shared result with other answers"),
	GET_PAGE("/o/{org}/sheets/{sheet}", scorecard_org_result, permission_org_viewer,
		 &org_sheet_args, "the organisation's result"),
	GET_SLOW("/o/{org}/sheets/{sheet}/result.pdf", scorecard_org_pdf, permission_org_viewer,
		 &org_sheet_args, "the organisation's result as a PDF", .limit = &limit_documents),
	GET_SLOW("/o/{org}/sheets/{sheet}/result.docx", scorecard_org_docx, permission_org_viewer,
		 &org_sheet_args, "the organisation's result as a DOCX", .limit = &limit_documents),
	GET_PAGE("/o/{org}/sheets/{sheet}/what-if", scorecard_org_whatif, permission_org_viewer,
		 &org_whatif_args, "the organisation's result with other answers"),
	POST_FORM("/o/{org}/sheets/{sheet}/adopt", scorecard_adopt, permission_org_contributor,
		  &adopt_args, "put recommended actions into the plan"),
	GET_PAGE("/o/{org}/plan", scorecard_plan, permission_org_viewer, &plan_args,
		 "the action plan"),
	{ .handler = NULL },
};
