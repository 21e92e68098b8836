/*
 * People: accounts, sessions, organisations and who belongs to them, and the audit log.
 *
 * A route that needs an account names one of the permissions below; they fill rq->actor, and the shell
 * of the page (view/layout) shows from it whose data one is in. Times are UTC milliseconds.
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

/* ---- roles ---- */

/* Whether a member of role `have` may do what role `need` may. */
bool role_allows(enum role have, enum role need);
/* As it is stored and sent by forms: "owner". */
struct str role_code(enum role role);
/* 0, or 1 when `code` is no role's. */
MUST_CHECK int role_parse(struct str code, enum role *ret);
/* "Owner", "Propriétaire". */
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
/* The same for the command line: `who` in words, no account. */
MUST_CHECK int audit_add_as(struct db *db, int64_t now_ms, struct str who,
			    const struct audit_entry *entry, struct err *err);
/* {"key":"value"} in `a`, for before and after. */
struct str audit_value(struct arena *a, const char *key, struct str value);

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

/* "name@host" without spaces around, in lower case, in `a`. 0, or 1 when it cannot be an address. */
MUST_CHECK int email_normalise(struct arena *a, struct str typed, struct str *ret);
/* Outcomes: enum account_outcome. */
MUST_CHECK int account_add(struct db *db, const struct new_account *account, int64_t now_ms,
			   int64_t *ret_id, struct err *err);
/* An empty organisation, for which `db` works from now on (db_scope()). */
MUST_CHECK int org_add(struct db *db, struct str name, struct str time_zone, int64_t now_ms,
		       int64_t *ret_id, struct err *err);
/* Makes the account a member, or changes its role. */
MUST_CHECK int member_set(struct db *db, int64_t org_id, int64_t account_id, enum role role,
			  int64_t now_ms, struct err *err);

/* ---- sessions ---- */

enum {
	SESSION_BYTES = 32,
	SESSION_TEXT = 43,                        /* base64url of them */
	SESSION_IDLE_MS = 8 * 60 * 60 * 1000,     /* since it was last used */
	SESSION_AGE_MS = 7 * 24 * 60 * 60 * 1000, /* since it began */
	SESSION_SEEN_EVERY_MS = 5 * 60 * 1000,    /* how often use is noted */
};
#define SESSION_COOKIE "session"

/* Begins a session and returns the cookie's value, in `a`. `agent` is the User-Agent header. */
MUST_CHECK int session_begin(struct db *db, struct arena *a, int64_t account_id, struct str agent,
			     int64_t now_ms, struct str *ret_cookie, struct err *err);
/* Whose session the request's cookie is, into *ret. PERMIT_OK or PERMIT_SIGN_IN, or a fault. */
MUST_CHECK int session_check(struct req *rq, struct actor *ret, struct err *err);

#endif
