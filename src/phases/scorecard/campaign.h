/* Inside the scorecard's room: campaigns, seen by those who run them. Arguments, models and handlers. */
#ifndef JALON_PHASES_SCORECARD_CAMPAIGN_H
#define JALON_PHASES_SCORECARD_CAMPAIGN_H

#include "chart/qr.h"
#include "people/people.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/result.h"
#include "phases/scorecard/scorecard.h"
#include "rounds/invite.h"
#include "rounds/tally.h"
#include "view/form.h"

enum { PEOPLE_PER_PAGE = 100 };

/* ---- arguments; all begin with the organisation, which the permission reads ---- */

struct org_args {
	int64_t org;
};

struct campaigns_args {
	int64_t org;
	bool erased; /* comes back from erasing one */
};

struct campaign_args {
	int64_t org, round;
};

struct campaign_form_args {
	int64_t org, round; /* round: only when one is changed */
	int64_t version;
	struct str title, mode, access, language, controller, contact, purpose, retention, opens,
		closes, keep_until;
	int64_t threshold;
	bool asks_department, shows_result;
};

struct turn_args {
	int64_t org, round, version;
};

struct screen_args {
	int64_t org, round;
	struct str seen; /* what the page shows: screen_page.seen */
};

struct people_args {
	int64_t org, round, page;
	struct str people; /* pasted */
	struct str file;   /* chosen, in whatever encoding */
	int64_t added;     /* comes back from adding so many */
	int64_t mailed;    /* from having so many mails sent */
	bool nobody;       /* from having none sent */
};

struct mail_args {
	int64_t org, round;
	struct str act;          /* "all", "chosen", "remind" */
	struct arg_pairs chosen; /* "p-…" of each */
};

struct person_args {
	int64_t org, round, person;
};

struct correct_args {
	int64_t org, round, person;
	struct str name, email, department;
};

struct answers_args {
	int64_t org, round, page; /* from 1 */
	bool erased;              /* comes back from erasing what somebody answered */
};

struct person_answers_args {
	int64_t org, round, sheet;
};

/* ---- models ---- */

struct campaign_line {
	struct str path, results_path, title, state, detail;
	bool is_open, is_draft, is_closed, is_anonymous;
	struct str answers; /* "23 of 31" */
};

struct campaigns_page {
	struct html tabs;
	struct str org; /* id */
	bool may_edit, was_erased;
	struct campaign_line *lines;
	size_t n;
};

struct campaign_form {
	struct profiles_view profiles; /* of a new one */
	struct form form;
	bool is_new, is_frozen; /* frozen: opened, most of it can no longer be changed */
	bool was_stale;         /* somebody else changed it meanwhile */
	/* The form's; NULL: no longer asked. */
	struct form_field *title, *opens, *closes, *mode, *shows_result, *access, *asks_department,
		*threshold, *language, *purpose, *controller, *retention, *keep_until, *contact;
};

struct turn_page {
	struct str action, back;
	int64_t version;
	enum round_event event;
	bool is_anonymous;
	bool is_too_few; /* closed now, it never shows results */
	int64_t n_begun, n_sent, threshold;
	struct str opens; /* in words; empty: at once */
};

/* Before a campaign is erased: what goes with it. */
struct campaign_erase_page {
	struct str action, back, results, title;
	int64_t version, n_sent;
	bool is_draft, has_workshop, has_agreed;
};

struct department_row {
	struct str name, answers;
	bool is_hidden, is_empty;
};

/* What a campaign lacks before it can open: in words, and the field of its form. */
struct lack {
	struct str id, words;
};

struct follow_page {
	struct str org, id; /* the organisation's, the round's */
	struct str title, state, dates;
	bool is_anonymous, may_edit;
	bool may_read; /* who answered what */
	bool is_draft, is_closed, is_open;
	bool may_open, may_close, may_reopen;
	bool is_in_workshop; /* one is under way */
	bool may_meet;       /* there is a workshop, or may be */
	struct lack *lacks;  /* before it can open */
	size_t n_lacks;
	int64_t n_sent, n_invited, n_answered, n_devices, n_begun;
	struct str rate; /* "74 %"; empty without invitations */
	bool has_public, has_personal;
	struct copy_link link;
	struct html qr;
	struct str code, code_host; /* for those who type; empty: opened before there were codes */
	const struct http_site *site; /* that the link is of */
	bool may_mail;                /* personal links, from the page of participants */
	bool asks_department;
	struct department_row *departments;
	size_t n_departments;
	int64_t threshold;
	struct str controller, contact, purpose, retention;
	struct str forgotten; /* that only counts are left, and since when; empty: all is there */
	struct str agreed_title,
		agreed_words; /* of results that are shown; empty: nothing agreed */
};

/* What is projected so that a room scans it. */
struct screen_page {
	struct str org, id, title, org_name;
	bool has_logo;
	bool is_open, is_closed, is_personal; /* personal: there is no link for everybody */
	struct str opens;                     /* when, in words; empty: not known yet */
	struct str closes;                    /* when it does, or did; empty: no date */
	struct str seen; /* a word for all that may change; the page is made again when it does */
	struct html qr;
	struct str host, code; /* for those who type; no code: opened before there were any */
	int n_questions, minutes;
	bool is_anonymous;
	int64_t n_sent;
};

struct person_row {
	struct str id, name, email, department, state;
	bool is_answered, is_revoked, has_link;
	struct copy_link link;
	struct str revoke_path, restore_path, remove_path;
	struct str correct_path; /* empty: nothing may be corrected */
	struct str mail;         /* what became of the mail; empty: nothing to say */
	bool has_failed, may_mail;
	struct html qr; /* of cards */
};

struct people_page {
	struct str path, title, cards_path;
	const struct http_site *site; /* that the links are of */
	bool is_anonymous, may_edit, may_add;
	struct person_row *rows;
	size_t n;
	int64_t n_people, n_waiting, page, n_pages;
	struct str previous, next; /* paths; empty when there is none */
	struct form add;
	struct str *faults; /* of lines that were pasted */
	size_t n_faults;
	int64_t added, mailed;
	bool mailed_nobody;
	bool may_mail, mails_later; /* now; once it is open */
	int64_t n_tickable;         /* of the rows */
	struct str mail_path;
	int64_t n_unsent, n_remind;             /* whom the buttons write to */
	int64_t n_mailed, n_underway, n_failed; /* what became of them */
	struct str links, reminder, addresses;  /* to copy */
};

/* What is noted about somebody invited, to be corrected. */
struct correct_page {
	const struct form *form;
	struct str who;
	bool is_begun; /* and it may be said */
};

/* Who sent a sheet, in words. */
struct sender_view {
	struct str path;                          /* of the answers */
	struct str name, email, department, sent; /* name: or the address; empty: not known */
};

/* Who answered, of a named campaign. */
struct answers_page {
	struct str back;
	int64_t n_sent, page, n_pages;
	struct sender_view *rows;
	size_t n;
	struct str previous, next; /* paths; empty when there is none */
	bool was_erased;
	struct str forgotten; /* that all of it is, and since when; empty: it is not */
};

/* What one of them answered. */
struct person_answers_page {
	struct str back, erase;
	struct sender_view who;
	const struct result *r;
};

/* Before that is erased. */
struct person_erase_page {
	struct str action, back;
	struct sender_view who;
	bool is_invited;           /* by a personal link, which is closed */
	bool is_too_few;           /* without them results are no longer shown */
	int64_t n_left, threshold; /* answers that are left */
};

struct cards_page {
	struct str back, title, org_name, closes;
	const struct http_site *site; /* that the links are of */
	struct person_row *rows;
	size_t n;
};

/* ---- handlers: what each answers is the title of its route, in campaign_routes.c. What takes `err` returns 0, a fault,
 * or what is named ---- */

/* campaign.c */
struct reply *campaign_list(struct req *rq);

/* campaign_links.c */
struct reply *campaign_revoke(struct req *rq);
struct reply *campaign_restore(struct req *rq);
struct reply *campaign_take_off(struct req *rq);

/* campaign_correct.c */
struct reply *campaign_correct_form(struct req *rq);
struct reply *campaign_correct(struct req *rq);

/* campaign_form.c */
struct reply *campaign_new(struct req *rq);
struct reply *campaign_create(struct req *rq);
struct reply *campaign_edit(struct req *rq);
struct reply *campaign_save(struct req *rq);

/* campaign_turn.c: opening, closing, opening again; each asks first */
struct reply *campaign_open_ask(struct req *rq);
struct reply *campaign_open(struct req *rq);
struct reply *campaign_close_ask(struct req *rq);
struct reply *campaign_close(struct req *rq);
struct reply *campaign_reopen_ask(struct req *rq);
struct reply *campaign_reopen(struct req *rq);

/* campaign_erase.c */
struct reply *campaign_erase_ask(struct req *rq);
struct reply *campaign_erase(struct req *rq);

/* campaign_follow.c */
struct reply *campaign_follow(struct req *rq);

/* campaign_screen.c: the page to project */
struct reply *campaign_screen(struct req *rq);

/* campaign_people.c */
struct reply *campaign_people(struct req *rq);
struct reply *campaign_cards(struct req *rq);

/* campaign_invite.c */
struct reply *campaign_invite(struct req *rq);

/* campaign_answers.c: who answered what, of a named campaign */
struct reply *campaign_answers(struct req *rq);
struct reply *campaign_person_answers(struct req *rq);
struct reply *campaign_person_erase_ask(struct req *rq);
struct reply *campaign_person_erase(struct req *rq);

/* campaign_mail.c */
struct reply *campaign_mail(struct req *rq);

/* ---- what they do, noted in the organisation's log: rq->actor is a member who may ---- */

/* A draft in the actor's organisation; its id. */
MUST_CHECK int campaign_make(struct req *rq, const struct round_terms *terms, int64_t *ret,
			     struct err *err);
/* Opens, closes, opens again. Outcomes as of round_turn(). */
MUST_CHECK int campaign_turn(struct req *rq, const struct round *round, enum round_event event,
			     struct err *err);
/* Gives each a personal link. Outcomes as of participants_invite(). */
MUST_CHECK int campaign_invite_all(struct req *rq, const struct round *round,
				   const struct invitation *people, size_t n, struct err *err);
/* Notes what was agreed on in the place of `before` (empty: nothing). Outcomes as of agreement_set(). */
MUST_CHECK int campaign_agree(struct req *rq, const struct round *round, struct str item,
			      struct str value, struct str reason, struct str before,
			      struct err *err);

/* ---- shared by them ---- */

/* "/o/…/rounds" + `page`. */
struct str campaigns_url(struct req *rq, const char *page);
/* "/o/…/rounds/…" + `page`. */
struct str campaign_url(struct req *rq, int64_t round_id, const char *page);
/* The round that the path names, in the actor's organisation. DB_NOT_FOUND. */
MUST_CHECK int campaign_load(struct req *rq, int64_t round_id, struct round *ret, struct err *err);
/* A campaign with what several of its pages tell of it. */
struct campaign_facts {
	struct round round;
	struct turnout turnout;
	int64_t n_sent; /* by whatever link */
	struct org_view org;
};
/* Reads it. DB_NOT_FOUND. */
MUST_CHECK int campaign_facts(struct req *rq, int64_t round_id, struct campaign_facts *ret,
			      struct err *err);
/* That only counts are left of it, and since when; empty when all is there. */
struct str forgotten_words(struct req *rq, const struct round *round, struct str zone);
/* The address of its public link, and that as a code to scan. */
struct str public_address(struct req *rq, const struct round *round);
struct html public_qr(struct req *rq, struct str address, enum qr_use use);
/* Whether it has a workshop, and whether that is under way. 0 or a fault. */
MUST_CHECK int campaign_workshop(struct req *rq, const struct round *round, bool *ret_has,
				 bool *ret_is_open, struct err *err);
enum { LACKS_MAX = 7 };
/* Whether the actor may change what it sees. */
bool may_edit(const struct req *rq);
/* The name of a department, of the list that holds it; empty when it is none of them. */
struct str department_name(const struct scorecard_department_list_rows *all, int64_t id);
/* A page of a campaign, or with NULL of one to come, below the list of campaigns: `l` but for its crumbs. */
struct layout;
struct reply *campaign_reply(struct req *rq, int status, const struct round *round,
			     const struct layout *l);
/* An outcome of the engine or a fault as a reply; ROUND_STALE and such as 409. */
struct reply *campaign_failed(struct req *rq, int result, const struct err *err);

#endif
