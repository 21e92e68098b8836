/* Inside the scorecard's room: its handlers, and the arguments their routes give them. */
#ifndef JALON_PHASES_SCORECARD_HANDLERS_H
#define JALON_PHASES_SCORECARD_HANDLERS_H

#include "phases/scorecard/pages.h"
#include "phases/scorecard/sheet.h"

/* Every route behind a link: the permission reads the token from here. */
struct link_args {
	struct token token;
};

struct welcome_args {
	bool erased; /* comes back from erasing a sheet */
};

struct question_args {
	struct token token;
	struct str question;
	bool review; /* opened from the review page */
};

struct answer_args {
	struct token token;
	struct str question;
	bool review;
	struct str answer; /* empty: nothing chosen */
	struct str comment;
	struct str go; /* "next" or "back"; empty when the page's script saves */
};

struct result_args {
	struct token token;
	bool shared, closed; /* comes back from opening or closing the shared link */
};

struct whatif_args {
	struct token token;
	struct arg_pairs answers; /* question id → value */
};

/* Of a sheet that belongs to an organisation, seen by its members. */
struct org_sheet_args {
	int64_t org, sheet;
	bool adopted; /* comes back from putting actions into the plan */
};

struct org_whatif_args {
	int64_t org, sheet;
	struct arg_pairs answers;
};

struct adopt_args {
	int64_t org, sheet;
	struct str action; /* the pack's id; empty: all that are not yet in place */
};

/* respond.c: the respondent's way through the questions */
struct reply *scorecard_welcome(struct req *rq);
struct reply *scorecard_start(struct req *rq);
struct reply *scorecard_resume(struct req *rq);
struct reply *scorecard_question(struct req *rq);
struct reply *scorecard_answer(struct req *rq);
struct reply *scorecard_review(struct req *rq);
struct reply *scorecard_finish(struct req *rq);
struct reply *scorecard_erase_ask(struct req *rq);
struct reply *scorecard_erase(struct req *rq);

/* show.c: the result, what-if, shared links, PDF; the same handlers serve the respondent and shared
 * links, and tell them apart by the route's permission */
struct reply *scorecard_result(struct req *rq);
struct reply *scorecard_result_pdf(struct req *rq);
struct reply *scorecard_result_docx(struct req *rq);
struct reply *scorecard_whatif_show(struct req *rq);
struct reply *scorecard_share(struct req *rq);
struct reply *scorecard_share_close(struct req *rq);
struct reply *scorecard_org_result(struct req *rq);
struct reply *scorecard_org_pdf(struct req *rq);
struct reply *scorecard_org_docx(struct req *rq);
struct reply *scorecard_org_whatif(struct req *rq);

/* adopt.c: the organisation's action plan */
struct reply *scorecard_plan(struct req *rq);
struct reply *scorecard_adopt(struct req *rq);
/* Path of a page of the sheet within its organisation. */
struct str org_sheet_url(struct req *rq, const char *page);
/* Which actions of the result are in the plan. 0 or a fault. */
MUST_CHECK int result_plan(struct req *rq, const struct result *result, struct result_plan *ret,
			   struct err *err);

/* The token of the link that was followed, as text. */
struct str link_text(struct req *rq);
/* Path of a page behind the respondent's link: sheet_url(rq, "/review"). */
struct str sheet_url(struct req *rq, const char *page);
/* The respondent's link, to copy. */
struct link_view own_link(struct req *rq);
/* A fault or an outcome of the database (an erased sheet, a conflict) as a reply. */
struct reply *sheet_failed(struct req *rq, int result, const struct err *err);

#endif
