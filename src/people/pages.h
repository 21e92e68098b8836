/* The view models of the room's own pages. */
#ifndef JALON_PEOPLE_PAGES_H
#define JALON_PEOPLE_PAGES_H

#include "people/form.h"
#include "people/people.h"
#include "view/layout.h"

/* One form and what surrounds it. */
struct form_page {
	struct str title, lead;
	struct str done;             /* what has just been done; empty: nothing */
	struct str aside;            /* below the form */
	struct str link, link_words; /* below it; empty: none */
	const struct form *form;     /* NULL: only words */
};

/* The page with `status`. */
struct reply *form_page_reply(struct req *rq, int status, const struct form_page *m);

/* "23 November 2026, 20:45 UTC" in the request's language. */
struct str moment_words(struct req *rq, int64_t ms);

struct session_view {
	struct str id, agent, seen, began;
	bool is_this; /* the one that asks */
};

struct account_page {
	struct str done, email;
	const struct form *profile, *password;
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
	const struct form *form;
	struct str *codes; /* new ones, shown this once */
	size_t n_codes;
};

/* A link to be copied. */
struct copy_link {
	struct str id, label, hint, address;
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

/* The tabs of an organisation's own pages. */
enum org_tab { TAB_HOME, TAB_SETTINGS, TAB_DEPARTMENTS, TAB_MEMBERS, TAB_AUDIT };
struct org_tabs {
	struct str org;
	enum org_tab here;
	bool is_owner;
};

/* A role, phase and figures of an organisation. What later rooms know is filled by whoever has their
 * tables; until then it is empty and reads as nothing yet. */
struct portfolio_row {
	struct str id, name, sector, role, accent, on_accent, letters;
	int64_t members;
	struct str phase, score, change, response, next_date;
	int64_t overdue;
};

struct portfolio_page {
	struct str done, search, sort;
	struct form_choice *roles;
	size_t n_roles;
	struct portfolio_row *rows;
	size_t n_rows;
	bool is_filtered;
	int64_t n_all;
};

struct org_home_page {
	struct org_tabs tabs;
	struct str name, sector, role, role_summary;
	int64_t n_members, n_departments;
	bool has_logo;
	struct str org;
};

struct settings_page {
	struct org_tabs tabs;
	struct str done, org;
	const struct form *form;
	bool has_benchmark, has_logo;
	struct str logo_fault;
	struct str accent;
};

struct department_view {
	struct str id, name;
	bool is_first, is_last;
};
struct departments_page {
	struct org_tabs tabs;
	struct str org, fault;
	const struct form *form;
	struct department_view *departments;
	size_t n_departments;
	bool may_change;
};

struct member_view {
	struct str id, name, email, role, since;
	struct form_choice *roles;
	size_t n_roles;
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

struct audit_row {
	struct str when, who, what, before, after;
};
struct audit_page {
	struct org_tabs tabs;
	struct str org;
	struct audit_row *rows;
	size_t n_rows;
	struct form_choice *actions, *people;
	size_t n_actions, n_people;
	bool is_filtered, has_more;
	struct str action, who, older; /* id the next page begins before */
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

#endif
