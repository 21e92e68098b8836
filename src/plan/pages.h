/* The view models of the plan's pages. */
#ifndef JALON_PLAN_PAGES_H
#define JALON_PLAN_PAGES_H

#include "plan/action.h"
#include "plan/filter.h"
#include "view/form.h"
#include "view/layout.h"

/* One button that moves an action. */
struct move_view {
	struct str to, words;
};

struct action_view {
	struct str id, title, address;
	enum action_status status;
	struct str state; /* in words */
	struct str owner; /* empty: nobody */
	struct str due;   /* in words; empty: not said */
	bool is_late;
	int64_t days_late;
	struct str effort; /* one word; empty: not estimated */
	struct str phase;
	struct str *labels; /* of the questions it serves */
	size_t n_labels;
	struct str move; /* where the buttons post to */
	struct move_view moves[ACTION_STATUS_N];
	size_t n_moves; /* 0: may not */
};

/* A column of the board. */
struct column_view {
	struct str id, title;
	enum action_status status;
	struct action_view *actions;
	size_t n;
};

/* The official score, and what the plan would make of it. */
struct outlook_view {
	bool is_shown;
	struct str date, address;
	struct str official, official_band;
	bool has_since; /* something was done since */
	struct str since, since_band, since_change;
	size_t n_since;
	struct str all, all_band, all_change;
	size_t n_all; /* open actions that serve a question */
};

struct calendar_view {
	struct str address; /* empty: none is open */
	struct str open, close;
};

struct plan_view {
	struct html tabs;
	struct str done; /* what has just been done */
	bool may_add, is_board, is_filtered;
	size_t n_all, n_open, n_late, n_done, n_shown;
	struct plan_filter filter;
	struct form_choices statuses, owners, phases, sorts;
	struct str address, list_address, board_address, plain_address, new_address, csv_address,
		xlsx_address;
	struct action_view *actions;
	struct column_view columns[ACTION_STATUS_N];
	struct outlook_view outlook;
	struct calendar_view calendar;
};

/* ---- one action ---- */

/* A value that somebody else has changed meanwhile. */
struct other_view {
	struct str label, theirs, mine;
};

enum { OTHERS_MAX = 9 };

struct action_form {
	struct form form;
	int64_t version; /* that it saves over */
	struct other_view others[OTHERS_MAX];
	size_t n_others;
	bool is_beaten; /* somebody else saved first */
};

struct action_page_view {
	struct str title;
	bool is_new, may_change, may_remove, was_saved;
	struct action_form form;
	struct action_view action;
	struct str detail, note, effort, source, created, updated, finished;
	struct str remove_address;
};

struct remove_view {
	struct str address, title, action;
};

/* list.c: an action in words. `back` is what a move comes back to. */
struct action_view action_view(struct req *rq, const struct action *x,
			       const struct plan_filter *back);
/* outlook.c; nothing is shown without an official score. */
struct outlook_view outlook_view(struct req *rq, const struct plan_official *official,
				 const struct actions *all);
/* feed.c: the member's calendar address. 0 or a fault. */
MUST_CHECK int calendar_view(struct req *rq, struct calendar_view *ret, struct err *err);

#endif
