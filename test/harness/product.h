/*
 * The whole product without sockets: every route of the program on a given database, with its log kept
 * to look at.
 *
 *     struct product *p = product_make(a, pool);
 *     struct str sheet = product_begin(p);              // "/c/…"
 *     struct response got = product_get(p, sheet, "/review");
 *
 * And as somebody who is signed in:
 *
 *     struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
 *     struct response got = member_get(p, &owner, "/members");     // of "/o/…"
 *     got = member_post(p, &owner, "/departments", "name=Finance");
 */
#ifndef JALON_TEST_HARNESS_PRODUCT_H
#define JALON_TEST_HARNESS_PRODUCT_H

#include "harness/request.h"
#include "people/people.h"
#include "phases/app.h"

struct product {
	struct arena *arena;
	struct db_pool *pool;
	struct app app;
	struct logger log; /* of all levels, into a file in memory */
	struct server_config config;
	struct site *site;
	int n_people; /* made so far */
};

/* The product on `pool`, which is migrated and outlives it. Lives in `a`; a fault ends the process. */
struct product *product_make(struct arena *a, struct db_pool *pool);

/* The log so far. */
struct str product_log(struct product *p);

/* Waits for the clock's next millisecond: ids made in one come in any order. */
void product_tick(void);

/* Begins a sheet: the path of its link, "/c/…"; empty when that failed. */
struct str product_begin(struct product *p);
/* A path and what is added to it, as it is asked for or posted by our own pages. */
struct response product_get(struct product *p, struct str base, const char *page);
struct response product_post(struct product *p, struct str base, const char *page,
			     const char *form);
/* Answers one question of the sheet at `base`. */
struct response product_answer(struct product *p, struct str base, const char *question,
			       const char *value);
/* Opens a shared link of the sheet at `base`: its path, "/s/…"; empty when the result shows none. */
struct str product_share(struct product *p, struct str base);

/* ---- signed in ---- */

/* An account with a session, and as a rule an organisation it belongs to. */
struct member {
	int64_t account_id, org_id;
	struct str email;    /* "person1@example.org": each another */
	struct str cookie;   /* "session=…" */
	struct str org;      /* "/o/…"; empty without an organisation */
	const char *headers; /* its cookie, and that our own page sends it: for site_request() */
};

/* A new account without password, signed in; with `org_name`, in a new organisation as `role`. */
struct member product_member(struct product *p, const char *org_name, enum role role);
/* The same in an organisation that is there. */
struct member product_colleague(struct product *p, int64_t org_id, enum role role);
/* The same as administrator of the installation, in no organisation. */
struct member product_admin(struct product *p);

/* A page of the member's organisation ("/members"). */
struct response member_get(struct product *p, const struct member *m, const char *page);
struct response member_post(struct product *p, const struct member *m, const char *page,
			    const char *form);
/* Any path, with the member's session. */
struct response member_visit(struct product *p, const struct member *m, const char *path);
struct response member_send(struct product *p, const struct member *m, const char *path,
			    const char *form);

#endif
