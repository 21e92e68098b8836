/*
 * A visit to the real product: a migrated database (the engine that TEST_DB_URL names), every route, a
 * sheet with a few answers and a comment, and a shared link to its result.
 */
#ifndef JALON_TEST_HTTP_VISIT_H
#define JALON_TEST_HTTP_VISIT_H

#include "store/store.h"

#include "harness/product.h"

/* What the visit's sheet says; another test's comment would be its own. */
#define VISIT_COMMENT "Seen-only-by-whoever-holds-the-link"

struct visit {
	struct store *store;
	struct arena *a;
	struct product *product;
	struct str sheet; /* "/c/…" */
	struct str share; /* "/s/…" */
	struct member owner, admin;
	struct str setup, reset, invitation; /* tokens of links that work once */
	struct str department;               /* of the owner's organisation */
	struct str round, person;    /* an open campaign of hers, and somebody invited: ids */
	struct str public, personal; /* tokens of its links */
	struct str action, kept;     /* of her plan; a sheet she has claimed: ids */
	struct str sent;             /* a sheet sent to her campaign: its id */
	struct str code;             /* of the workshop held on it */
};

int visit_setup(void **state);
int visit_teardown(void **state);
#define visit_test(f) cmocka_unit_test_setup_teardown(f, visit_setup, visit_teardown)

/* Adds an action of the plan, a sheet answered alone that was claimed, and one sent to the campaign, once: what few
 * tests want. */
void visit_fill(struct visit *v);

/* Fails unless the counts of every round are what a recount finds. */
void visit_assert_exact(struct visit *v);

/* Every row that requests can write, as text. */
struct str visit_rows(struct visit *v);
/* The path of `route` with this visit's links and known names in it. */
const char *visit_path(struct visit *v, const struct route *route);
/* The headers of whoever may ask for `route`, for site_request(); a link is enough for some. */
const char *visit_headers(struct visit *v, const struct route *route);
/* Calls each(v, route) for every route of the program. */
void visit_each_route(struct visit *v, void (*each)(struct visit *v, const struct route *route));

/* Departments of the owner's organisation, with ids from `first` on. */
void visit_departments(struct visit *v, const struct member *owner, int64_t first,
		       const char *const names[], int n);

/* `before`, then `n` times `c`, then `after`: a form with a field that is too long. */
const char *visit_many(struct visit *v, const char *before, const char *c, int n,
		       const char *after);
/* A form sent to a page of the sheet, which is refused with `status` and changes nothing that is stored. */
struct response visit_refused(struct visit *v, const char *page, const char *form, int status);

/* A page without the tokens of its forms, which are others each time. */
void visit_put_page(struct buf *b, struct str page);
/* Text in a page as a reader sees it: the entities that the templates write, undone. */
struct str visit_unescape(struct arena *a, struct str html);

/* Fails with the page's beginning unless the status is that one. */
void assert_status(const struct response *got, int status);

#endif
