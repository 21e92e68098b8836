/* The room's handlers and the arguments they see. What each answers is the title of its route, in routes.c and
 * org_routes.c; of a …_prepare() see struct route. */
#ifndef JALON_PEOPLE_HANDLERS_PRIV_H
#define JALON_PEOPLE_HANDLERS_PRIV_H

#include "http/http.h"

/* ---- signing in (sign.c) ---- */

struct sign_in_args {
	struct str next;
	bool out, reset; /* signed out, password set: said above the form */
};
struct credentials_args {
	struct str email, password, next;
};
struct code_args {
	struct str ticket, code, next;
};

struct reply *sign_in_page(struct req *rq);
struct reply *sign_in_prepare(struct req *rq);
struct reply *sign_in(struct req *rq);
struct reply *sign_in_code(struct req *rq);
struct reply *sign_out(struct req *rq);

/* ---- a forgotten password (forgotten.c) ---- */

struct forgotten_args {
	struct str email;
	bool sent; /* said above the form */
};

struct reply *forgotten_page(struct req *rq);
struct reply *forgotten(struct req *rq);

/* Begins a session for the account and leads to `to` (made with url()). */
struct reply *sign_in_as(struct req *rq, int64_t account_id, struct str to);

/* ---- links that work once (link.c) ---- */

struct link_args {
	struct token token;
};
struct setup_args {
	struct token token;
	struct str name, email, password;
};
struct reset_args {
	struct token token;
	struct str password;
};

extern const struct permission permission_setup_link;
extern const struct permission permission_reset_link;

struct reply *setup_page(struct req *rq);
struct reply *setup_prepare(struct req *rq);
struct reply *setup(struct req *rq);
struct reply *reset_page(struct req *rq);
struct reply *reset_prepare(struct req *rq);
struct reply *reset(struct req *rq);

/* ---- one's own account (me.c, factor.c) ---- */

struct account_args {
	bool saved, password_saved, closed;
};
struct profile_args {
	struct str name, language, time_zone;
	struct str was; /* as stale_mark() made it */
};
struct password_args {
	struct str current, password;
};
struct session_args {
	int64_t session; /* 0: all but this one */
};
struct factor_args {
	struct str code;
};

struct reply *account_page(struct req *rq);
struct reply *account_save(struct req *rq);
struct reply *account_password_prepare(struct req *rq);
struct reply *account_password(struct req *rq);
struct reply *account_session_close(struct req *rq);
struct reply *factor_page(struct req *rq);
struct reply *factor_begin(struct req *rq);
struct reply *factor_confirm(struct req *rq);
struct reply *factor_remove(struct req *rq);

/* ---- accounts of the installation (admin.c) ---- */

struct users_args {
	struct str search;
	bool changed;
};
struct user_args {
	int64_t account;
};
struct user_state_args {
	int64_t account;
	struct str state; /* "disable", "enable", "make-admin", "unmake-admin" */
};
struct user_new_args {
	struct str name, email;
};

struct reply *users_page(struct req *rq);
struct reply *user_add(struct req *rq);
struct reply *user_link(struct req *rq);
struct reply *user_state(struct req *rq);

/* ---- organisations (org.c, department.c, member.c, join.c, log.c, portfolio.c) ---- */

struct org_args {
	int64_t org;
};
struct portfolio_args {
	struct str search, role;
	struct str sort; /* "recent", "score", "score-low", "overdue", "date"; else by name */
	struct str show; /* "overdue", "open"; else all */
	int64_t page;    /* from 1; 0: the first */
	bool left;
};
struct org_new_args {
	struct str name, time_zone;
};
struct settings_args {
	int64_t org;
	bool saved;
};
struct settings_save_args {
	int64_t org;
	struct str name, sector, size, time_zone, accent, contact;
	bool benchmark;
	struct str was; /* as stale_mark() made it */
};
struct logo_args {
	int64_t org;
	struct str logo;
	bool remove;
};
struct department_args {
	int64_t org, department;
	struct str name, act; /* "rename", "up", "down", "remove" */
	struct str was;       /* its name when the page was shown; empty: not said */
};
struct member_args {
	int64_t org, account;
	struct str role;
};
struct members_args {
	int64_t org, invited;
	bool changed, mailed;
};
struct invite_args {
	int64_t org;
	struct str role, label, email;
	int64_t days;
};
struct invitation_args {
	int64_t org, invitation;
};
struct audit_args {
	int64_t org;
	struct str action, who, kind;
	int64_t object;
	struct str from, to; /* days, "2026-03-12", the last included */
	int64_t before;
};
struct join_args {
	struct token token;
	struct str name, email, password;
};

extern const struct permission permission_invitation;

struct reply *org_new_page(struct req *rq);
struct reply *org_new(struct req *rq);
struct reply *settings_page(struct req *rq);
struct reply *settings_save(struct req *rq);
struct reply *logo_show(struct req *rq);
struct reply *logo_save(struct req *rq);
struct reply *departments_page(struct req *rq);
struct reply *department_add(struct req *rq);
struct reply *department_change(struct req *rq);
struct reply *members_page(struct req *rq);
struct reply *member_role(struct req *rq);
struct reply *member_remove(struct req *rq);
struct reply *leave_page(struct req *rq);
struct reply *leave(struct req *rq);
struct reply *invite(struct req *rq);
struct reply *invitation_revoke(struct req *rq);
struct reply *audit_page(struct req *rq);
struct reply *audit_csv(struct req *rq);
struct reply *join_page(struct req *rq);
struct reply *join(struct req *rq);
struct reply *join_new_prepare(struct req *rq);
struct reply *join_new(struct req *rq);

#endif
