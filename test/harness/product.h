/*
 * The whole product without sockets: every route of the program on a given database, with its log kept
 * to look at.
 *
 *     struct product *p = product_make(a, pool);
 *     struct str sheet = product_begin(p);              // "/c/…"
 *     struct response got = product_get(p, sheet, "/review");
 */
#ifndef JALON_TEST_HARNESS_PRODUCT_H
#define JALON_TEST_HARNESS_PRODUCT_H

#include "harness/request.h"
#include "phases/app.h"

struct product {
	struct arena *arena;
	struct db_pool *pool;
	struct app app;
	struct logger log; /* of all levels, into a file in memory */
	struct server_config config;
	struct site *site;
};

/* The product on `pool`, which is migrated and outlives it. Lives in `a`; a fault ends the process. */
struct product *product_make(struct arena *a, struct db_pool *pool);

/* The log so far. */
struct str product_log(struct product *p);

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

#endif
