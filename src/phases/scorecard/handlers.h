/* Inside the scorecard's room: its handlers, and the arguments their routes give them. What each handler answers is the
 * title of its route, in routes.c. */
#ifndef JALON_PHASES_SCORECARD_HANDLERS_H
#define JALON_PHASES_SCORECARD_HANDLERS_H

#include "people/people.h"
#include "phases/scorecard/pages.h"
#include "phases/scorecard/sheet.h"

/* What a page with every question may send: fifteen comments of the greatest length, each character
 * written as twelve bytes, are 360 kB. */
enum { ALL_BODY_MAX = 512 * 1024 };
/* "lineage" is the answer's field, "lineage.comment" the comment's: ids have no dot. */
#define ALL_COMMENT ".comment"

/* Every route behind a link: the permission reads the token from here. */
struct link_args {
	struct token token;
};

struct welcome_args {
	bool erased; /* comes back from erasing a sheet */
};

struct start_args {
	bool all; /* go on to the page that holds every question */
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
	struct str go; /* "next", "back" or "clear"; empty when the page's script saves */
};

struct all_args {
	struct token token;
	struct arg_pairs fields; /* question id → answer, question id + ALL_COMMENT → comment */
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
/* questionnaire.c: the same blank, to be filled in by hand */
struct reply *questionnaire_pdf(struct req *rq);
struct reply *questionnaire_docx(struct req *rq);
/* Whom to involve in the scorecard, in words. */
struct profiles_view profiles_view(struct req *rq);
/* When question `q` is asked, in words; empty when always. */
struct str condition_words(struct req *rq, const struct question *q);
struct reply *scorecard_start(struct req *rq);
struct reply *scorecard_resume(struct req *rq);
struct reply *scorecard_question(struct req *rq);
struct reply *scorecard_answer(struct req *rq);
struct reply *scorecard_review(struct req *rq);
/* What was answered, before the sheet is sent or shows its result. */
struct reply *review_reply(struct req *rq, int status, const struct sheet *sheet);
struct reply *scorecard_finish(struct req *rq);
/* The questions of a result by category, in the request's arena. */
struct review_group *review_groups(struct req *rq, const struct sheet *sheet,
				   const struct result *result);

/* own.c: reading what was sent, and erasing */
struct reply *sheet_answers_show(struct req *rq);
struct reply *scorecard_erase_ask(struct req *rq);
struct reply *scorecard_erase(struct req *rq);

/* all.c: every question on one page */
struct reply *scorecard_all(struct req *rq);
struct reply *scorecard_save_all(struct req *rq);
/* claim.c: a sheet answered alone becomes an organisation's */
struct claim_args {
	struct token token;
	int64_t org;
};
struct kept_args {
	int64_t org;
};
struct reply *scorecard_claim_ask(struct req *rq);
struct reply *scorecard_claim(struct req *rq);
struct reply *scorecard_kept(struct req *rq);

/* show.c: the result, shared links, PDF; the same handlers serve the respondent and shared links, and tell
 * them apart by the route's permission */
struct reply *scorecard_result(struct req *rq);
struct reply *scorecard_result_pdf(struct req *rq);
struct reply *scorecard_result_docx(struct req *rq);
struct reply *scorecard_share(struct req *rq);
struct reply *scorecard_share_close(struct req *rq);
struct reply *scorecard_org_result(struct req *rq);
struct reply *scorecard_org_pdf(struct req *rq);
struct reply *scorecard_org_docx(struct req *rq);
/* Path of a page of the result, behind the same kind of link as this request; and of the result itself. */
struct str result_url(struct req *rq, const char *page);
struct str result_home(struct req *rq);

/* whatif.c: what other answers would change, behind the same links */
struct reply *scorecard_whatif_show(struct req *rq);
struct reply *scorecard_org_whatif(struct req *rq);
/* What the result becomes with every step of the shortest way. */
struct whatif_view whatif_of_way(struct req *rq, const struct sheet *sheet,
				 const struct result *result);

/* adopt.c: the organisation's action plan */
struct reply *scorecard_plan(struct req *rq);
struct reply *scorecard_adopt(struct req *rq);
/* Path of a page of the sheet within its organisation. */
struct str org_sheet_url(struct req *rq, const char *page);
/* Which actions of the result are in the plan. 0 or a fault. */
MUST_CHECK int result_plan(struct req *rq, const struct result *result, struct result_plan *ret,
			   struct err *err);
/* The same for what another source recommends; its form goes to `adopt_path`. 0 or a fault. */
struct plan_source;
MUST_CHECK int result_plan_of(struct req *rq, const struct plan_source *source,
			      struct str adopt_path, const struct result *result,
			      struct result_plan *ret, struct err *err);
/* Puts one action of the result into the plan, or (empty) all not yet in place, and leads `back`. */
struct reply *result_adopt(struct req *rq, const struct plan_source *source,
			   const struct result *result, struct str action, struct str back);
/* The actions that are not yet in place, as plan_adopt() takes them; room for result->n_actions. */
struct plan_recommendation;
size_t result_recommended(struct req *rq, const struct result *result,
			  struct plan_recommendation *ret);

/* door.c: a round's public and personal links */
struct door_args {
	struct token token;
	struct str name, department;
};
extern const struct permission permission_round_link;    /* subject_id: the round */
extern const struct permission permission_personal_link; /* subject_id: the participant */
struct reply *door_show(struct req *rq);
struct reply *door_enter(struct req *rq);

/* sending.c: sheets of a round, from the last question on */
struct reply *sheet_send(struct req *rq);
struct reply *sheet_sent(struct req *rq);
struct reply *sheet_withdraw(struct req *rq);
/* Loads the sheet while the respondent may fill it in: always, outside a round. NULL, or what is answered
 * instead. */
struct reply *sheet_to_fill(struct req *rq, struct sheet *ret);
/* Loads the sheet when the respondent may see its own result: always outside a round; in a round once it was
 * sent, if those who run it said so and it is not anonymous. NULL, or what is answered instead. */
struct reply *sheet_to_show(struct req *rq, struct sheet *ret);
/* Sends the browser to another page, also from a request that saves in the background. */
struct reply *sheet_elsewhere(struct req *rq, struct str path);
/* Whose link this is, and the round it belongs to: the participant knows it when the sheet was cut off.
 * DB_NOT_FOUND; 0 or a fault. */
MUST_CHECK int sent_load(struct req *rq, struct participant *who, struct round *round,
			 struct err *err);
/* Who can do what with the link of a round's sheet. */
struct str round_link_hint(struct req *rq);
/* That there is nothing to fill in, and why. */
struct reply *message_reply(struct req *rq, int status, const struct message_page *m);
/* What its respondents are told of their data. */
struct data_notice campaign_notice(struct req *rq, const struct round *round, struct str zone);
/* That a round does not take answers now. `has_draft`: some were given and not sent. */
struct reply *round_shut_reply(struct req *rq, const struct round *round, bool has_draft);

/* The organisation as its respondents see it. DB_NOT_FOUND; 0 or a fault. */
struct org_view {
	struct str name, time_zone, contact;
	bool has_logo;
};
MUST_CHECK int org_view_load(struct req *rq, int64_t org_id, struct org_view *ret, struct err *err);

/* The token of the link that was followed, as text. */
struct str link_text(struct req *rq);
/* Path of a page behind the respondent's link: sheet_url(rq, "/review"). */
struct str sheet_url(struct req *rq, const char *page);
/* The respondent's link, to copy. */
struct copy_link own_link(struct req *rq);
/* ask.c: one question as both ways of answering show it, with the answer and comment of `sheet`. */
struct ask_view ask_view(struct req *rq, const struct sheet *sheet, size_t i);
/* Who reads a comment. */
struct str comment_hint(struct req *rq, const struct sheet *sheet);
/* What is wrong with a comment, in words. */
struct str comment_fault_words(struct req *rq, enum arg_fault fault);

/* A fault or an outcome of the database (an erased sheet, a conflict) as a reply. */
struct reply *sheet_failed(struct req *rq, int result, const struct err *err);

#endif
