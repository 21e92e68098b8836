/* The routes of a campaign's results: who may see what, with which arguments. */
#include <assert.h>

#include "http/route_table.h"
#include "phases/scorecard/results_page.h"
#include "phases/scorecard/scorecard.h"

enum { NAME_MAX_CHARS = 60, PAGES_MAX = 1000000 };

/* The permissions read the organisation where every struct of arguments begins. */
static_assert(offsetof(struct results_args, org) == 0 && offsetof(struct comments_args, org) == 0 &&
		      offsetof(struct try_args, org) == 0 &&
		      offsetof(struct agree_args, org) == 0 &&
		      offsetof(struct results_adopt_args, org) == 0,
	      "arguments of a route of an organisation begin with it");
static const struct args_spec campaign_args =
	ARGS(campaign_args, PATH_ID(campaign_args, org), PATH_ID(campaign_args, round));
static const struct args_spec results_args =
	ARGS(results_args, PATH_ID(results_args, org), PATH_ID(results_args, round),
	     ID(results_args, with, "with", ARG_QUERY, false),
	     TEXT(results_args, sort, "sort", ARG_QUERY, false, NAME_MAX_CHARS),
	     FLAG(results_args, agreed, "agreed", ARG_QUERY),
	     FLAG(results_args, adopted, "adopted", ARG_QUERY));
static const struct args_spec comments_args =
	ARGS(comments_args, PATH_ID(comments_args, org), PATH_ID(comments_args, round),
	     TEXT(comments_args, question, "question", ARG_QUERY, false, NAME_MAX_CHARS),
	     NUMBER(comments_args, part, "part", ARG_QUERY, false, 1, PAGES_MAX),
	     NUMBER(comments_args, page, "page", ARG_QUERY, false, 1, PAGES_MAX));
static const struct args_spec try_args =
	ARGS(try_args, PATH_ID(try_args, org), PATH_ID(try_args, round),
	     REST(try_args, answers, "answers", ARG_QUERY, NAME_MAX_CHARS));
static const struct args_spec agree_ask_args =
	ARGS(agree_args, PATH_ID(agree_args, org), PATH_ID(agree_args, round),
	     TEXT(agree_args, question, "question", ARG_QUERY, false, NAME_MAX_CHARS));
static const struct args_spec agree_args =
	ARGS(agree_args, PATH_ID(agree_args, org), PATH_ID(agree_args, round),
	     TEXT(agree_args, question, "question", ARG_FORM, false, NAME_MAX_CHARS),
	     EXACT(agree_args, value, "value", ARG_FORM, false, NAME_MAX_CHARS),
	     LINES(agree_args, reason, "reason", ARG_FORM, false, AGREEMENT_REASON_MAX),
	     FLAG(agree_args, clear, "clear", ARG_FORM));
static const struct args_spec adopt_args = ARGS(
	results_adopt_args, PATH_ID(results_adopt_args, org), PATH_ID(results_adopt_args, round),
	TEXT(results_adopt_args, action, "action", ARG_FORM, false, NAME_MAX_CHARS));

#define RESULTS "/o/{org}/rounds/{round}/results"

const struct route results_routes[] = {
	GET_PAGE(RESULTS, results_show, permission_org_viewer, &results_args,
		 "what a campaign came to"),
	GET_PAGE(RESULTS "/comments", results_comments, permission_org_viewer, &comments_args,
		 "comments on a question"),
	GET_PAGE(RESULTS "/what-if", results_try, permission_org_viewer, &try_args,
		 "a campaign's score with other answers"),
	GET_SLOW(RESULTS "/peers", results_peers, permission_org_viewer, &campaign_args,
		 "the place among organisations that agreed to be compared",
		 .limit = &limit_documents),
	GET_SLOW(RESULTS ".pdf", results_pdf, permission_org_viewer, &results_args,
		 "a campaign's results as PDF", .limit = &limit_documents),
	GET_SLOW(RESULTS ".docx", results_docx, permission_org_viewer, &results_args,
		 "a campaign's results as DOCX", .limit = &limit_documents),
	GET_SLOW(RESULTS ".xlsx", results_xlsx, permission_org_viewer, &results_args,
		 "a campaign's figures as a workbook", .limit = &limit_documents),
	GET_SLOW(RESULTS ".csv", results_csv, permission_org_viewer, &results_args,
		 "a campaign's questions as CSV", .limit = &limit_documents),
	GET_PAGE(RESULTS "/agree", results_agree_ask, permission_org_editor, &agree_ask_args,
		 "the form of an agreed answer"),
	POST_FORM(RESULTS "/agree", results_agree, permission_org_editor, &agree_args,
		  "note an agreed answer, or take it back", .show_errors = true),
	POST_FORM(RESULTS "/adopt", results_adopt, permission_org_contributor, &adopt_args,
		  "put a campaign's recommended actions into the plan"),
	{ .handler = NULL },
};
