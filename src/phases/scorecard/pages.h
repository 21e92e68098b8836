/* The view models of the scorecard's pages: what each template shows, all worked out beforehand. */
#ifndef JALON_PHASES_SCORECARD_PAGES_H
#define JALON_PHASES_SCORECARD_PAGES_H

#include "phases/scorecard/result.h"
#include "view/view.h"

struct category_view {
	struct str title, meaning;
	int n_questions;
};

struct welcome_page {
	struct str *purpose; /* paragraphs */
	size_t n_purpose;
	struct str caveat;
	int minutes, n_questions;
	bool was_erased;
	struct category_view *categories;
	size_t n_categories;
};

/* One answer card, or one level of a scale. */
struct choice_view {
	struct str value;
	struct str title, detail;
	bool is_chosen;
};

/* An address to copy. */
struct link_view {
	struct str id; /* of its field */
	struct str label, hint, address;
};

struct question_page {
	struct str token, id;
	int number, total;
	struct str category, text, help;
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
	bool is_saved;            /* there is an answer stored */
	bool for_review;          /* opened from the review page: go back there */
	bool is_first, is_last;
	struct html progress;
	struct link_view link; /* where to come back */
	bool is_fresh;         /* the sheet was never touched: the link is shown without asking */
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
	bool is_finished;
	struct link_view link; /* where to come back */
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

struct result_page {
	const struct result *r;
	struct result_plan plan;
	struct str token; /* of the respondent's link; empty on a shared page */
	bool is_shared;   /* seen through a shared link: nothing can be changed */
	struct html scale;
	struct html *bars;     /* one per category */
	struct str sum;        /* "10 + 6 + 4 = 20" */
	struct link_view link; /* where to come back */
	bool has_share;
	struct link_view share;
	bool was_shared, was_closed; /* comes back from opening or closing the shared link */
	bool has_contact;
	struct str contact;
	struct whatif_view whatif; /* of the result page: with the steps of the shortest way */
	struct str pdf_path, docx_path, whatif_path;
	int n_answered, n_asked;
	bool is_partial; /* some asked questions are blank */
};

struct erase_page {
	struct str token;
};

#endif
