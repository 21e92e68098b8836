/* The view models of the room's own pages. */
#ifndef JALON_PEOPLE_PAGES_H
#define JALON_PEOPLE_PAGES_H

#include "people/form.h"
#include "people/org_page.h"
#include "people/people.h"
#include "people/portfolio.h"
#include "people/stale.h"
#include "view/layout.h"
#include "view/parts.h"

/* One form and what surrounds it. */
struct form_page {
	struct str title, lead;
	struct str done;             /* what has just been done; empty: nothing */
	struct str aside;            /* below the form */
	struct str link, link_words; /* below it; empty: none */
	const struct form *form;     /* NULL: only words */
	const struct crumb *crumbs;  /* the way here; none for most */
	size_t n_crumbs;
};

/* The page with `status`. */
struct reply *form_page_reply(struct req *rq, int status, const struct form_page *m);

struct session_view {
	struct str id, agent, seen, began;
	bool is_this; /* the one that asks */
};

struct account_page {
	struct str done, email;
	const struct form *profile, *password;
	const struct stale *stale; /* of the profile */
	struct session_view *sessions;
	size_t n_sessions;
	bool has_factor;
	int codes_left;
	bool is_admin;
};

struct factor_page {
	bool has_factor;
	bool has_begun; /* there is a key that no code has proved yet */
	struct str secret, address;
	struct html qr; /* of the address */
	const struct form *form;
	struct str *codes; /* new ones, shown this once */
	size_t n_codes;
};

/* ---- accounts of the installation ---- */

struct user_view {
	struct str id, name, email, created;
	bool is_admin, is_disabled, has_password, has_factor, is_self;
	int64_t orgs;
};

struct users_page {
	struct str done, search;
	struct copy_link link; /* just made; no address: none */
	struct str link_for;
	struct user_view *users;
	size_t n_users;
	const struct form *add;
};

/* ---- organisations ---- */

struct org_tabs {
	struct tab_view {
		struct str path, label;
		bool is_here;
	} items[TAB_NONE];
	size_t n;
};

/* An organisation one belongs to; what the phases know of it is theirs to fill. */
struct portfolio_row {
	struct str id, name, sector, role, accent, on_accent, letters;
	int64_t members;
	struct portfolio_columns columns;
};

struct portfolio_page {
	struct str done, search, sort, role, show;
	struct form_choices roles, sorts, shows;
	int64_t figures_max; /* more are found than can be ordered or chosen by figures; 0: not so */
	struct portfolio_row *rows;
	size_t n_rows;
	bool is_filtered;
	int64_t n_all, n_found; /* belonging to the account; passing the filters */
	int64_t first, last;    /* of those found, on this page, from 1 */
	int64_t before, after;  /* pages; 0: none */
	bool is_admin;
};

struct settings_page {
	struct org_tabs tabs;
	struct str done, org;
	const struct stale *stale;
	const struct form *form;
	bool has_logo;
	struct str logo_fault;
	struct str accent;
};

struct department_view {
	struct str id, name, typed; /* typed: what it was to be called, where it could not */
	bool is_first, is_last, is_refused;
};
struct departments_page {
	struct org_tabs tabs;
	struct str org;
	struct str fault, fault_id; /* what was not done to a department, and to which */
	const struct form *form;
	struct department_view *departments;
	size_t n_departments;
	bool may_change;
};

struct member_view {
	struct str id, name, email, role, since;
	struct form_choices roles;
	bool is_self, is_disabled;
};
struct invitation_view {
	struct str id, role, label, until;
	struct copy_link link;
	struct str mail; /* what became of it; empty: none was asked for */
	bool is_mailed, has_failed;
};
struct members_page {
	struct org_tabs tabs;
	struct str org, done, fault;
	const struct form *form;
	struct member_view *members;
	size_t n_members;
	struct invitation_view *invitations;
	size_t n_invitations;
	bool may_change, has_mail;
};

/* One thing that an entry tells, in words. */
struct audit_change {
	struct str label, value;
	struct str before; /* what it was; empty: nothing to compare with, or the same */
};
/* log_words.c: "member" as "Member"; what no room has words for stays as it is. */
struct str kind_words(struct req *rq, struct str kind);
/* What changed between two short JSON objects of texts about an object of that kind, in the order in which they
 * name it. */
struct audit_change *change_words(struct req *rq, struct str kind, struct str before,
				  struct str after, size_t *ret_n);
/* "Role: Viewer → Owner", one line. */
struct str change_line(struct req *rq, const struct audit_change *change);

struct audit_row {
	struct str when, who, what, kind, object; /* the object's id; empty: none */
	struct audit_change *changes;
	size_t n_changes;
};
struct audit_page {
	struct org_tabs tabs;
	struct str org, zone;
	struct audit_row *rows;
	size_t n_rows;
	struct form_choices actions, people, kinds;
	bool is_filtered, has_more;
	struct str action, who, kind, object, from, to, fault;
	bool is_from_wrong, is_to_wrong; /* which day the fault is of */
	struct str older;                /* id the next page begins before */
};

struct leave_page {
	struct str org, name;
	bool is_last_owner;
};

struct join_page {
	struct str name, role, role_summary, token, here, account_name;
	bool is_signed_in, is_member;
	const struct form *form;
};

/* The tabs, with `here` as the current one. */
struct org_tabs org_tabs(struct req *rq, enum org_tab here);
/* An organisation's size as its settings call it; empty when there is no such size. */
struct str size_words(struct req *rq, struct str size);

#endif
