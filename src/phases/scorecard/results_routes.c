/* The routes of a campaign's results: who may see what, with which arguments. */
#include <assert.h>
#include <stddef.h>

#include "phases/scorecard/results_page.h"
#include "phases/scorecard/scorecard.h"

enum { NAME_MAX_CHARS = 60, PAGES_MAX = 1000000 };

/* The permissions read the organisation where every struct of arguments begins. */
static_assert(offsetof(struct results_args, org) == 0 && offsetof(struct comments_args, org) == 0 &&
		      offsetof(struct try_args, org) == 0 &&
		      offsetof(struct agree_args, org) == 0 &&
		      offsetof(struct results_adopt_args, org) == 0,
	      "arguments of a route of an organisation begin with it");

#define ORG(s)                                                                               \
	{                                                                                    \
		"org", ARG_PATH, ARG_ID, .required = true, .offset = offsetof(struct s, org) \
	}
#define ROUND(s)                                                                                 \
	{                                                                                        \
		"round", ARG_PATH, ARG_ID, .required = true, .offset = offsetof(struct s, round) \
	}
#define TEXT_ARG(s, n, from, most)                                                   \
	{                                                                            \
#n, (from), ARG_TEXT, .max = (most), .offset = offsetof(struct s, n) \
	}

static const struct args_spec campaign_args = {
	sizeof(struct campaign_args),
	(const struct arg_spec[]){ ORG(campaign_args), ROUND(campaign_args), { .name = NULL } },
};

static const struct args_spec results_args = {
	sizeof(struct results_args),
	(const struct arg_spec[]){
		ORG(results_args),
		ROUND(results_args),
		{ "with", ARG_QUERY, ARG_ID, .offset = offsetof(struct results_args, with) },
		TEXT_ARG(results_args, sort, ARG_QUERY, NAME_MAX_CHARS),
		{ "agreed", ARG_QUERY, ARG_FLAG, .offset = offsetof(struct results_args, agreed) },
		{ "adopted", ARG_QUERY, ARG_FLAG,
		  .offset = offsetof(struct results_args, adopted) },
		{ .name = NULL },
	},
};

static const struct args_spec comments_args = {
	sizeof(struct comments_args),
	(const struct arg_spec[]){
		ORG(comments_args),
		ROUND(comments_args),
		TEXT_ARG(comments_args, question, ARG_QUERY, NAME_MAX_CHARS),
		{ "part", ARG_QUERY, ARG_INT, .min = 1, .max = PAGES_MAX,
		  .offset = offsetof(struct comments_args, part) },
		{ "page", ARG_QUERY, ARG_INT, .min = 1, .max = PAGES_MAX,
		  .offset = offsetof(struct comments_args, page) },
		{ .name = NULL },
	},
};

static const struct args_spec try_args = {
	sizeof(struct try_args),
	(const struct arg_spec[]){
		ORG(try_args),
		ROUND(try_args),
		{ "answers", ARG_QUERY, ARG_REST, .max = NAME_MAX_CHARS,
		  .offset = offsetof(struct try_args, answers) },
		{ .name = NULL },
	},
};

static const struct args_spec agree_ask_args = {
	sizeof(struct agree_args),
	(const struct arg_spec[]){
		ORG(agree_args),
		ROUND(agree_args),
		TEXT_ARG(agree_args, question, ARG_QUERY, NAME_MAX_CHARS),
		{ .name = NULL },
	},
};

static const struct args_spec agree_args = {
	sizeof(struct agree_args),
	(const struct arg_spec[]){
		ORG(agree_args),
		ROUND(agree_args),
		TEXT_ARG(agree_args, question, ARG_FORM, NAME_MAX_CHARS),
		TEXT_ARG(agree_args, value, ARG_FORM, NAME_MAX_CHARS),
		TEXT_ARG(agree_args, reason, ARG_FORM, AGREEMENT_REASON_MAX),
		{ "clear", ARG_FORM, ARG_FLAG, .offset = offsetof(struct agree_args, clear) },
		{ .name = NULL },
	},
};

static const struct args_spec adopt_args = {
	sizeof(struct results_adopt_args),
	(const struct arg_spec[]){
		ORG(results_adopt_args),
		ROUND(results_adopt_args),
		TEXT_ARG(results_adopt_args, action, ARG_FORM, NAME_MAX_CHARS),
		{ .name = NULL },
	},
};

#define RESULTS "/o/{org}/rounds/{round}/results"

#define SEE(p, h, who, c, a, t)                                                               \
	{                                                                                     \
		.method = METHOD_GET, .path = (p), .handler = (h),                            \
		.permission = &permission_org_##who, .class = (c), .args = &(a), .title = (t) \
	}

const struct route results_routes[] = {
	SEE(RESULTS, results_show, viewer, ROUTE_READ, results_args, "what a campaign came to"),
	SEE(RESULTS "/comments", results_comments, viewer, ROUTE_READ, comments_args,
	    "comments on a question"),
	SEE(RESULTS "/what-if", results_try, viewer, ROUTE_READ, try_args,
	    "a campaign's score with other answers"),
	SEE(RESULTS "/peers", results_peers, viewer, ROUTE_SLOW, campaign_args,
	    "the place among organisations that agreed to be compared"),
	SEE(RESULTS ".pdf", results_pdf, viewer, ROUTE_SLOW, results_args,
	    "a campaign's results as PDF"),
	SEE(RESULTS ".docx", results_docx, viewer, ROUTE_SLOW, results_args,
	    "a campaign's results as DOCX"),
	SEE(RESULTS ".xlsx", results_xlsx, viewer, ROUTE_SLOW, results_args,
	    "a campaign's figures as a workbook"),
	SEE(RESULTS ".csv", results_csv, viewer, ROUTE_SLOW, results_args,
	    "a campaign's questions as CSV"),
	SEE(RESULTS "/agree", results_agree_ask, editor, ROUTE_READ, agree_ask_args,
	    "the form of an agreed answer"),
	{ .method = METHOD_POST,
	  .path = RESULTS "/agree",
	  .handler = results_agree,
	  .permission = &permission_org_editor,
	  .class = ROUTE_WRITE,
	  .body = BODY_FORM,
	  .args = &agree_args,
	  .show_errors = true,
	  .title = "note an agreed answer, or take it back" },
	{ .method = METHOD_POST,
	  .path = RESULTS "/adopt",
	  .handler = results_adopt,
	  .permission = &permission_org_contributor,
	  .class = ROUTE_WRITE,
	  .body = BODY_FORM,
	  .args = &adopt_args,
	  .title = "put a campaign's recommended actions into the plan" },
	{ .handler = NULL },
};
