/* Inside the scorecard's room: the pages of a campaign's results. Arguments, models and handlers. */
#ifndef JALON_PHASES_SCORECARD_RESULTS_PAGE_H
#define JALON_PHASES_SCORECARD_RESULTS_PAGE_H

#include "domain/benchmark.h"
#include "phases/scorecard/results.h"

/* ---- arguments ---- */

struct results_args {
	int64_t org, round, with;
	struct str sort; /* "pack", or the most disputed first */
	bool agreed;     /* comes back from noting an agreement */
	bool adopted;    /* comes back from putting actions into the plan */
};

struct results_adopt_args {
	int64_t org, round;
	struct str action; /* the pack's id; empty: all not yet in place */
};

struct comments_args {
	int64_t org, round;
	struct str question;
	int64_t part, page; /* from 1 */
};

struct try_args {
	int64_t org, round;
	struct arg_pairs answers; /* question id → value */
};

struct agree_args {
	int64_t org, round;
	struct str question, value, reason;
	bool clear;
};

/* ---- models ---- */

struct results_question_view {
	const struct results_question *q;
	struct html mini, distribution;
	struct str comments;                   /* "3 comments"; empty: there are none */
	struct html before, again, again_mini; /* of a second vote that is shown */
};

struct results_page {
	struct str org, id, title; /* ids, the campaign's title */
	const struct results *r;
	struct str dates, hidden_why;
	bool is_open, is_anonymous, may_edit, was_agreed;
	struct html scale, chances;
	struct html *bars;
	struct results_question_view *questions;
	struct html agreed_scale;
	struct result_plan plan;
	struct str action; /* of the form that chooses order and comparison */
	struct str follow_path, pdf_path, docx_path, xlsx_path, csv_path, try_path, peers_path,
		pack_path, disputed_path, minutes_path;
};

struct comments_page {
	struct str back, question, text;
	bool is_anonymous;
	struct round_comment *comments;
	size_t n;
	struct str previous, next; /* paths; empty when there is none */
	struct str why;            /* why nothing is shown; empty when it is */
	int64_t part, n_parts;
};

struct try_question {
	struct str id, label, median;
	struct choice_view *choices; /* the first: as answered */
	size_t n_choices;
	bool is_changed;
};

struct try_page {
	struct str action, back;
	struct try_question *questions;
	size_t n;
	struct str score, plain, estimate, band, change;
	bool has_changes;
	struct html scale;
};

struct agree_page {
	struct str label, text;
	bool has_agreement;
	struct form form;
};

struct peers_page {
	struct str back, settings_path;
	bool takes_part, has_round, may_change;
	int64_t n_orgs;
	struct str own_title, position, quarter;
	enum benchmark_kind kind;
};

/* ---- handlers: what each answers is the title of its route, in results_routes.c ---- */

struct reply *results_show(struct req *rq);
struct reply *results_comments(struct req *rq);
struct reply *results_try(struct req *rq);
struct reply *results_agree_ask(struct req *rq);
struct reply *results_agree(struct req *rq);
struct reply *results_peers(struct req *rq);
struct reply *results_adopt(struct req *rq);
struct reply *results_pdf(struct req *rq);
struct reply *results_docx(struct req *rq);
struct reply *results_xlsx(struct req *rq);
struct reply *results_csv(struct req *rq);

/* Where the campaign `round` stands among organisations, in a sentence; empty unless it is the one compared and there
 * are enough. For job threads: reads a campaign of each. 0 or a fault. */
MUST_CHECK int results_place(struct req *rq, int64_t round, struct str *ret, struct err *err);
/* Which of the recommended actions are in the plan. 0 or a fault. */
MUST_CHECK int results_plan(struct req *rq, const struct results *r, struct result_plan *ret,
			    struct err *err);
/* The latest closed campaign of the actor's organisation, for its plan. DB_NOT_FOUND: there is none that shows its
 * results; 0 or a fault. */
struct plan_official;
MUST_CHECK int results_official(struct req *rq, struct plan_official *ret, struct err *err);

/* Loads the results when they may be shown. NULL, or what is answered instead: the page of results says why
 * they are not. */
struct reply *results_to_show(struct req *rq, const struct results_query *q, struct results *ret);
/* A page below the results of a campaign: `l` but for its crumbs. */
struct reply *results_reply(struct req *rq, int status, const struct round *round,
			    const struct layout *l);
/* The answers of a question, as choices; `chosen` is one of them or ANSWER_MISSING. */
struct choice_view *results_choices(struct req *rq, size_t question, struct answer chosen,
				    size_t *ret_n);

#endif
