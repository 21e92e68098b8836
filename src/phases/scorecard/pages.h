/* The view models of the scorecard's pages: what each template shows, all worked out beforehand. */
#ifndef JALON_PHASES_SCORECARD_PAGES_H
#define JALON_PHASES_SCORECARD_PAGES_H

#include "phases/scorecard/result.h"
#include "view/form.h"
#include "view/parts.h"

struct category_view {
	struct str title, meaning;
	int n_questions;
};

/* Whom to involve. */
struct profiles_view {
	struct profile_view {
		struct str title, detail;
	} * items;
	size_t n;
};

struct welcome_page {
	struct profiles_view profiles;
	struct str *purpose; /* paragraphs */
	size_t n_purpose;
	struct str caveat;
	int minutes, n_questions;
	bool was_erased;
	bool is_closed; /* nobody may begin a sheet by themself here */
	struct category_view *categories;
	size_t n_categories;
};

/* Keeping a sheet in an organisation. */
struct claim_page {
	struct str token, here;
	bool is_signed_in;
	struct form form;
	size_t n_orgs;
};

/* The sheets an organisation keeps. */
struct kept_view {
	struct str date, path; /* of the result */
	bool is_finished;
};
struct kept_page {
	struct html tabs;
	struct kept_view *sheets;
	size_t n_sheets;
};

/* One answer card, or one level of a scale. */
struct choice_view {
	struct str value;
	struct str title, detail;
	bool is_chosen;
};

/* One question as it is asked, with what was answered. */
struct ask_view {
	struct str id, text, help;
	bool has_help;
	bool is_scale;
	struct str low, high; /* ends of the scale, in words */
	struct choice_view *choices;
	size_t n_choices;
	struct choice_view unknown;
	struct str comment;
	bool answer_refused;      /* the value sent is not one of the choices */
	struct str comment_fault; /* why it is refused; empty when it is not */
	int comment_limit;        /* characters */
};

struct question_page {
	struct str token;
	struct ask_view ask;
	int number, total;
	struct str category;
	bool is_saved;   /* there is an answer stored */
	bool for_review; /* opened from the review page: go back there */
	bool is_first, is_last;
	struct html progress;
	struct copy_link link;   /* where to come back */
	bool is_fresh;           /* the sheet was never touched: the link is shown without asking */
	struct str comment_hint; /* who reads the comment */
};

/* One question of the page that holds them all. */
struct all_question {
	struct ask_view ask;
	int number;           /* in the pack, from 1 */
	struct str condition; /* when it counts; empty: always */
};

struct all_group {
	struct str id, title, meaning;
	struct all_question *questions;
	size_t n_questions;
};

struct all_page {
	struct str token;
	struct str first; /* the question to go to one by one from here */
	struct all_group *groups;
	size_t n_groups;
	struct all_question *questions; /* those of all groups */
	size_t n_questions;
	size_t n_answered, n_faults;
	struct copy_link link;   /* where to come back */
	bool is_fresh;           /* the sheet was never touched: the link is shown without asking */
	struct str comment_hint; /* who reads the comments */
};

struct review_group {
	struct str title;
	struct result_question *questions;
	size_t n_questions;
};

struct review_page {
	struct str token;
	struct review_group *groups;
	size_t n_groups;
	size_t n_blanks, n_unknowns;
	struct copy_link link; /* where to come back */
	bool in_round;         /* the sheet is sent, and no result shown */
	bool is_anonymous;
	bool is_empty;    /* of a round: nothing is answered, so it cannot be sent */
	struct str first; /* the question to begin with */
};

/* What a page says when there is nothing to fill in: a round that is over, not yet open, erased. */
struct message_page {
	struct str org, title, text, more; /* `more` may be empty */
	bool has_contact;
	struct str contact;
	struct str to, to_label; /* where it leads; empty: nowhere */
};

/* What was sent, for who sent it. */
struct own_answers_page {
	struct str token, title;
	struct str sent; /* the day; empty when it is not known */
	struct review_group *groups;
	size_t n_groups;
	bool is_open; /* it can be taken back; else erased */
};

/* Before a round's questions. */
struct door_page {
	struct form form; /* asks for what is not known yet */
	struct str org, title, caveat;
	int n_questions, minutes;
	struct str closes; /* when, in words; empty: no date */
	bool is_anonymous, shows_result;
	int64_t threshold;
	struct data_notice notice;
	struct str resume; /* where a begun sheet goes on; empty when none was begun */
	bool is_public;    /* came by the link that everybody has */
};

/* After sending. */
struct sent_page {
	struct str token, org, title;
	struct data_notice notice;
	struct str closes; /* when, in words; empty when there is no date, or it is past */
	struct str sent;   /* the day; empty when it is not known, after an import */
	bool is_anonymous, is_open;
	bool may_withdraw;
	bool may_read; /* what was sent */
	bool shows_result;
	int64_t threshold;
};

/* One question of the what-if panel. */
struct whatif_question {
	struct str id, label;
	bool is_asked;
	struct choice_view *choices; /* including "no answer" and "I don’t know" */
	size_t n_choices;
	bool is_changed;
};

struct whatif_view {
	struct str action;      /* where the form goes: path of the what-if page */
	struct str result_path; /* back from there */
	struct whatif_question *questions;
	size_t n_questions;
	bool has_changes;
	int score;
	struct str band;
	struct str points, estimate,
		change; /* of the changed answers; change: "+3 points", "no change" */
	struct html scale;
};

/* Whether an action of the result is in the organisation's plan. */
struct adoption_view {
	bool is_adopted;
	struct str address, state; /* of the action there */
};

/* What the organisation's plan has of a result seen by its members. */
struct result_plan {
	bool is_shown;
	bool may_adopt, was_adopted;
	struct adoption_view *actions; /* parallel to result.actions */
	size_t n_left;                 /* neither there nor in place */
	struct str plan_path, adopt_path;
};

/* What a result says, from its band to its last question. */
struct findings {
	const struct result *r;
	struct result_plan plan;
	struct html scale;
	struct html *bars;         /* one per category */
	struct str sum;            /* "10 + 6 + 4 = 20" */
	struct whatif_view whatif; /* with the steps of the shortest way */
	struct str whatif_path;
};

/* What its page says before and after. */
struct result_page {
	const struct result *r; /* where it stands */
	struct str token;       /* of the respondent's link; empty on a shared page */
	bool may_claim;         /* nobody has yet */
	bool is_shared; /* through a shared link, or sent to a round: nothing can be changed */
	struct copy_link link; /* where to come back */
	bool has_share;
	struct copy_link share;
	bool was_shared, was_closed; /* comes back from opening or closing the shared link */
	bool has_contact;
	struct str contact;
	struct str pdf_path, docx_path;
	int n_answered, n_asked;
	bool is_partial; /* some asked questions are blank */
};

struct erase_page {
	struct str token, back;
	bool in_round, is_sent;
};

#endif
