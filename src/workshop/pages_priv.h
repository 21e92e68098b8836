/* Inside the workshop's room: arguments, models and handlers of its pages. */
#ifndef JALON_WORKSHOP_PAGES_PRIV_H
#define JALON_WORKSHOP_PAGES_PRIV_H

#include "chart/qr.h"
#include "view/form.h"
#include "view/parts.h"
#include "workshop/scene_priv.h"

/* Characters of what is typed; minutes of the timer. */
enum {
	CODE_TYPED_MAX = 20,
	ROOM_NAME_MAX = 60,
	MINUTES_DEFAULT = 3,
	MINUTES_MAX = TIMER_MAX_MS / (60 * 1000),
};

/* ---- arguments; those of an organisation begin with it, which the permission reads ---- */

struct desk_args {
	int64_t org, round;
	int64_t seen;     /* the news that the page shows */
	int64_t shown;    /* the version that its buttons act on */
	struct str order; /* of the agenda: "disputed" or "pack" */
	bool names;
};

struct act_args {
	int64_t org, round, version;
	struct str item, value, reason, act;
	int64_t minutes;
};

struct code_args {
	struct str code;
};

struct room_args {
	struct str code;
	struct str name, department; /* joining */
	struct str item, answer;     /* voting */
	int64_t vote;
	int64_t since; /* the version that the page shows */
	bool voted;
};

/* ---- models of the facilitator ---- */

/* A button that does something to the workshop. One that loses or ends something says so first. */
struct act {
	struct str action, item, label;
	struct str loses,
		sure; /* what goes, and the button that does it; empty: it does it at once */
	int64_t version;
	bool is_go;
};

struct timer_view {
	bool is_set, is_running, is_over;
	int64_t left_s;  /* seconds at the time of writing */
	struct str left; /* "2:30" */
};

struct count_view {
	struct str path; /* of the desk */
	int64_t news, version;
	bool is_old; /* somebody else moved the workshop on since the page was made */
	bool is_voting, shows_names;
	int64_t n_people, n_voted;
	struct html bar;
	struct str voted, missing; /* names, where they may be shown */
	struct str few; /* how many votes are missing before it may be shown; empty: none */
	bool may_reveal;
	struct act reveal;
};

/* How far opinions lie apart, in the words of the results; nothing of OPINIONS_NONE. */
struct opinions_tag {
	enum opinions opinions;
	struct str label;
};

struct agenda_row {
	struct str id, label, state;
	int number;
	bool is_here, is_agreed, is_skipped, is_voting;
	struct opinions_tag tag; /* of what was revealed and is not settled: instead of the state */
	struct act go;           /* where one may go: with a label */
};

struct choice_row {
	struct str value, title, detail;
	bool is_chosen;
};

/* What is talked about, as everybody may see it. */
struct item_view {
	struct str id, label, text, help, group;
	int number, total;
	bool is_scale;
	struct str low, high;
	struct choice_row *choices;
	size_t n_choices;
	struct choice_row unknown;
	bool is_voting, is_waiting, is_revealed, is_agreed, is_skipped;
	bool is_voted; /* revealed by a vote of the room, not only answered before */
	int vote;
	struct str state;
	struct opinions_tag tag; /* of what was revealed and is not settled: beside the state */
	struct spread *spreads;  /* those that may be shown, the last vote first */
	size_t n_spreads;
	struct str agreed, reason; /* in words; empty: nothing yet */
};

struct start_page {
	struct str back;
	bool was_answered, is_anonymous, is_open, is_ready;
	bool is_hidden; /* answered by too few to be shown */
	int64_t n_answers;
	struct form form;
};

struct desk_page {
	struct str path, title;
	struct str code_spoken, address;
	const struct http_site *site; /* that the address is of */
	struct html qr;
	struct str problem; /* what was not done, and why; empty: nothing */
	int64_t version, news;
	struct count_view count;
	struct timer_view timer;
	struct str minutes; /* of a timer to be set; what was typed, where that was refused */
	bool minutes_refused;
	bool has_item;
	struct item_view item;
	struct act *acts;
	size_t n_acts;
	bool may_agree;
	struct form agree; /* with what was typed */
	struct agenda_row *agenda;
	size_t n_agenda;
	struct str agreed_label, skipped_label; /* "3 of 15 agreed"; "1 set aside", or empty */
	int64_t n_easy;                         /* items that agree already */
	struct str easy;                        /* their names */
	bool may_end;
	struct act end;
};

struct screen_page {
	struct str path, title, org_name;
	int64_t news;
	struct str code, host;
	struct html qr;
	bool has_item, is_over;
	struct item_view item;
	struct count_view count;
	struct timer_view timer;
};

/* ---- models of the participant ---- */

struct code_page {
	struct form form;
};

struct join_page {
	struct form form; /* asks for what the campaign wants to know */
	struct str org, title;
	struct data_notice notice;
	bool is_anonymous;
};

struct room_page {
	struct str path, org, title;
	int64_t version;
	bool is_over, has_item;
	bool is_part; /* swapped into a page that is there already */
	struct item_view item;
	bool has_voted;
	struct str problem;
	struct timer_view timer;
};

/* ---- minutes ---- */

struct minutes_item {
	struct str label, text, group;
	bool is_agreed, was_skipped;
	struct str agreed, reason, dissent;
	struct spread *spreads;
	size_t n_spreads;
};

struct minutes_page {
	struct str path, org_name, title;
	struct str date, people,
		names; /* names: of everybody present; empty where they are not known */
	bool is_over, may_edit;
	bool may_resume; /* over, and answers are still kept */
	int64_t n_agreed, n_open, n_untreated,
		version;            /* of the open: neither voted on nor agreed */
	struct minutes_item *items; /* the agreed ones first, in the order of the agenda */
	size_t n;
	struct str summary;
	struct rating_next *next; /* of one that is over */
	size_t n_next;
};

/* ---- handlers: what each answers is the title of its route, in routes.c. What takes `err` returns 0, a fault, or what
 * is named ---- */

/* desk.c */
struct reply *desk_show(struct req *rq);
struct reply *desk_events(struct req *rq);
/* The desk again, with what was not done and why; no `problem`: what is wrong with what was typed. */
struct reply *desk_again(struct req *rq, int status, struct str problem);

/* A button of the desk; `page` is below the round, `label` a text of the catalogue. */
struct act desk_act(struct req *rq, const struct scene *s, const char *page, struct str item,
		    const char *label);

/* lobby.c */
/* How many are there and have voted; `shown`: the version that the asking page shows, 0 for a new page. */
MUST_CHECK int count_view(struct req *rq, const struct scene *s, int64_t shown,
			  struct count_view *ret, struct err *err);
/* Where one joins, as a code to scan. */
struct html code_qr(struct req *rq, struct str address, enum qr_use use);

/* start.c: instead of the desk, as long as there is no workshop */
struct reply *start_reply(struct req *rq, const struct scene *s);

/* screen.c */
struct reply *screen_show(struct req *rq);

/* act.c: what the desk's buttons do */
struct reply *desk_start(struct req *rq);
struct reply *desk_go(struct req *rq);
struct reply *desk_open(struct req *rq);
struct reply *desk_reveal(struct req *rq);
struct reply *desk_stop(struct req *rq);
struct reply *desk_skip(struct req *rq);
struct reply *desk_return(struct req *rq);
struct reply *desk_agree(struct req *rq);
struct reply *desk_accept(struct req *rq);
struct reply *desk_timer(struct req *rq);
struct reply *desk_end(struct req *rq);
struct reply *desk_resume(struct req *rq);

/* code_pages.c: the way in */
/* By it a device that has joined is known again, below the address of its room. */
#define ROOM_COOKIE "room"
extern const struct permission
	permission_room_code; /* subject_id: the round; session_id: the participant */
struct reply *code_ask(struct req *rq);
struct reply *code_enter(struct req *rq);

/* room_pages.c: the phones */
struct reply *room_show(struct req *rq);
struct reply *room_enter(struct req *rq);
struct reply *room_answer(struct req *rq);
struct reply *room_events(struct req *rq);

/* minutes.c, report.c */
/* The minutes of the round that desk_args name, and its scene. DB_NOT_FOUND also when it has no workshop. */
MUST_CHECK int minutes_load(struct req *rq, struct scene *ret_scene, struct minutes_page *ret,
			    struct err *err);
struct reply *minutes_show(struct req *rq);
struct reply *minutes_pdf(struct req *rq);
struct reply *minutes_docx(struct req *rq);

/* ---- shared ---- */

/* Items that agree already: which of the agenda, in its order, as indexes of the card; and the value. */
struct easy_item {
	size_t index;
	struct str value, share;
};
MUST_CHECK int easy_items(struct req *rq, const struct scene *s, struct easy_item **ret,
			  size_t *ret_n, struct err *err);

/* "/o/…/rounds/…" + `page`. */
struct str round_url(struct req *rq, int64_t round_id, const char *page);
/* A page of the campaign's organisers: `l` but for its crumbs. */
struct layout;
struct reply *scene_reply(struct req *rq, int status, const struct scene *s,
			  const struct layout *l);
/* What is talked about; without what is not revealed. `at` is not NULL. */
MUST_CHECK int item_view_make(struct req *rq, const struct scene *s, const struct agenda_item *at,
			      struct item_view *ret, struct err *err);
/* As it stands now. */
struct timer_view timer_view(struct req *rq, const struct workshop *w);
/* In words, for a page. */
struct opinions_tag opinions_tag(enum language l, enum opinions o);
/* "Agreed", "Set aside": what the group did with an item, never what it thinks of it. */
struct str standing_words(enum language l, const struct scene *s, struct item_standing at);

#endif
