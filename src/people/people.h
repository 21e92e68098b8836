/*
 * People: accounts, sessions, organisations and who belongs to them, and the audit log.
 *
 * A route that needs an account names one of the permissions below; they fill rq->actor, and the shell
 * of the page (view/layout) shows from it whose data one is in. Times are UTC milliseconds. What takes `err` returns 0 or
 * a fault, and the outcomes that it names.
 */
#ifndef JALON_PEOPLE_PEOPLE_H
#define JALON_PEOPLE_PEOPLE_H

#include "db/db.h"
#include "http/http.h"
#include "i18n/i18n.h"

/* ---- permissions ---- */

/* Signed in. rq->actor has the account, no organisation. */
extern const struct permission permission_account;
/* Signed in, and an administrator of the installation. */
extern const struct permission permission_admin;
/*
 * Belongs to an organisation and may do there what the name says. The route's args struct begins with
 * `int64_t org`, an ARG_ID of the path (assert offsetof(…, org) == 0). Whoever is not a member gets 404,
 * whose role is too low 403, who is not signed in SIGN_IN_PATH.
 */
extern const struct permission permission_org_viewer;
extern const struct permission permission_org_contributor; /* editors and owners too */
extern const struct permission permission_org_specialist;  /* editors and owners too */
extern const struct permission permission_org_editor;      /* owners too */
extern const struct permission permission_org_owner;

/* What is made of an organisation's data on a job thread: documents, workbooks, comparisons. */
extern const struct limit limit_documents;

/* The same for what a form names: whoever asks, as a member of `org_id` who may do what `need` may. A
 * permit_outcome or a fault. */
MUST_CHECK int org_enter(struct req *rq, int64_t org_id, enum role need, struct actor *ret,
			 struct err *err);

struct org_choice {
	int64_t id;
	struct str name;
};
/* The organisations where the account may do what `need` may, by name. 0 or a fault. */
MUST_CHECK int orgs_of(struct req *rq, int64_t account_id, enum role need, struct org_choice **ret,
		       size_t *ret_n, struct err *err);

/* ---- roles ---- */

/* Whether a member of role `have` may do what role `need` may. */
bool role_allows(enum role have, enum role need);
/* As it is stored and sent by forms: "owner". */
struct str role_code(enum role role);
/* 0, or 1 when `code` is no role's. */
MUST_CHECK int role_parse(struct str code, enum role *ret);
/* "Owner", "Propriétaire"; lives for ever, as the two around it do. */
struct str role_name(enum language l, enum role role);
/* What it may do, in a short sentence. */
struct str role_summary(enum language l, enum role role);

/* ---- the audit log ---- */

struct audit_entry {
	int64_t org_id;     /* 0: rq->actor.org_id; ORG_PUBLIC: the installation */
	const char *action; /* what was done, an N_() text, past tense: N_("invited a member") */
	const char *object_kind;  /* "member", "round" */
	int64_t object_id;        /* 0: none */
	struct str before, after; /* short JSON objects; empty: nothing to say */
};

/*
 * Notes what rq->actor does, in the handler's own transaction: what is undone was not done. Not for
 * what an anonymous respondent does. 0 or a fault.
 */
MUST_CHECK int audit_add(struct req *rq, const struct audit_entry *entry, struct err *err);
/* The same for the command line: `who` in words, no account; `db` works for the entry's
 * organisation. */
MUST_CHECK int audit_add_as(struct db *db, int64_t now_ms, struct str who,
			    const struct audit_entry *entry, struct err *err);
/* {"key":"value"} in `a`, for before and after. */
struct str audit_value(struct arena *a, const char *key, struct str value);

/* ---- moments, in the request's language ---- */

/* "9 March 2026 at 08:30" on the clocks of `zone`. */
struct str when_words(struct req *rq, struct str zone, int64_t ms);
/* The same on the clocks of whoever is signed in; and the day alone. */
struct str moment_words(struct req *rq, int64_t ms);
struct str day_words(struct req *rq, int64_t ms);

/* ---- files to keep ---- */

struct file_label {
	struct str whose;   /* an organisation's name; empty: nobody's */
	const char *what;   /* an N_() text */
	struct str zone;    /* on whose clocks the day is; empty: UTC */
	int64_t at_ms;      /* 0: now */
	const char *ending; /* "pdf" */
};
/* "maison-belloy-plan-d-action-2026-11-26.pdf": in lower-case ASCII, which every system takes; what other
 * alphabets say is left out. */
struct str file_name(struct req *rq, const struct file_label *label);
/* The same of rq->actor's organisation, today on the clocks of who is signed in. */
struct str org_file_name(struct req *rq, const char *what, const char *ending);

/* ---- what other rooms show of people ---- */

struct org_person {
	struct str name, role; /* the role in words */
};
struct org_facts {
	struct str name, sector;
	bool has_logo;
	struct org_person *people; /* by name */
	size_t n_people;
	int64_t n_departments;
};
/* Of rq->actor's organisation. 0, DB_NOT_FOUND or a fault. */
MUST_CHECK int org_facts(struct req *rq, struct org_facts *ret, struct err *err);

struct audit_line {
	struct str when, who, what;
};
/* The `max` latest entries of its log, for owners. 0 or a fault. */
MUST_CHECK int audit_latest(struct req *rq, int64_t max, struct audit_line **ret, size_t *ret_n,
			    struct err *err);

/* Whether anybody has an account on this installation. 0 or a fault. */
MUST_CHECK int accounts_exist(struct req *rq, bool *ret, struct err *err);

/* ---- making things: for handlers, the command line and tests, inside a write ---- */

enum account_outcome {
	ACCOUNT_OK = 0,
	ACCOUNT_EXISTS = 1, /* the address has an account already */
};

struct new_account {
	struct str email; /* as email_normalise() gives it */
	struct str name;
	enum language language;
	struct str time_zone;
	struct str password; /* encoded by password_encode(); empty: none yet, so none fits */
	bool is_admin;
};

/* "name@host" without spaces around, in lower case and in Unicode's form C, in `a`. 0, or 1 when it cannot be an address. */
MUST_CHECK int email_normalise(struct arena *a, struct str typed, struct str *ret);
/* Makes an account; its id. An enum account_outcome or a fault. */
MUST_CHECK int account_add(struct db *db, const struct new_account *account, int64_t now_ms,
			   int64_t *ret_id, struct err *err);
/* An empty organisation, for which `db` works from now on (db_scope()); its id. */
MUST_CHECK int org_add(struct db *db, struct str name, struct str time_zone, int64_t now_ms,
		       int64_t *ret_id, struct err *err);
/* The same by rq->actor's account, which becomes its owner; noted in its log. */
MUST_CHECK int org_make(struct req *rq, struct str name, struct str time_zone, int64_t *ret_id,
			struct err *err);
/* What one recognises rq->actor's organisation by, as its settings would change it; noted in its log. */
struct org_look {
	struct str sector, size, accent; /* size: one of the form's, "50-249" */
	struct str logo;                 /* a picture; no logo when it is none */
};
MUST_CHECK int org_dress(struct req *rq, const struct org_look *look, struct err *err);
/* A department of rq->actor's organisation, at `position` among the others; noted in its log. DB_CONFLICT
 * when one has the name. */
MUST_CHECK int department_make(struct req *rq, struct str name, int64_t position, int64_t *ret_id,
			       struct err *err);
/* Makes the account a member, or changes its role. */
MUST_CHECK int member_set(struct db *db, int64_t org_id, int64_t account_id, enum role role,
			  int64_t now_ms, struct err *err);

/* ---- sessions ---- */

enum {
	SESSION_BYTES = 32,
	SESSION_IDLE_MS = 8 * 60 * 60 * 1000,     /* since it was last used */
	SESSION_AGE_MS = 7 * 24 * 60 * 60 * 1000, /* since it began */
	SESSION_SEEN_EVERY_MS = 5 * 60 * 1000,    /* how often use is noted */
};
#define SESSION_COOKIE "session"

/* Begins a session, in a write, and forgets those that are over; the cookie's value, in `a`. `agent` is the User-Agent
 * header. */
MUST_CHECK int session_begin(struct db *db, struct arena *a, int64_t account_id, struct str agent,
			     int64_t now_ms, struct str *ret_cookie, struct err *err);
/* Whose session the request's cookie is, into *ret. PERMIT_OK or PERMIT_SIGN_IN, or a fault. */
MUST_CHECK int session_check(struct req *rq, struct actor *ret, struct err *err);

#endif
