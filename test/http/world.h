/*
 * A world to try every address on: two organisations and the twin of one of them, with rows in every table of
 * theirs, members of every role, sessions and links that work and some that are over.
 *
 * The twin holds the same rows under the same ids, so a query that forgets to say whose rows it means finds
 * two, or changes both. Texts of each organisation hold its marker, so a page that shows another's is found out.
 */
#ifndef JALON_TEST_HTTP_WORLD_H
#define JALON_TEST_HTTP_WORLD_H

#include "store/store.h"

#include "base/buf.h"
#include "harness/product.h"

enum world_org { KESTREL, FALCON, MAGPIE /* Kestrel's twin */, PUBLIC, WORLD_ORGS };
/* Whose rows are looked after: the organisations, then what is nobody's. */
enum { OWNER_NOBODY = WORLD_ORGS, OWNERS };

/* Members that may no longer do anything. */
enum former { FORMER_DISABLED, FORMER_EXPIRED, FORMER_ENDED, FORMER_REMOVED, FORMERS };

enum { WORLD_TABLES = 32 /* at most */ };

/* Everything that is stored, by whose it is and by where it stands. */
struct world_rows {
	struct sha256 owners[OWNERS], tables[WORLD_TABLES];
};

struct world {
	struct store *store;
	struct arena *a;
	struct product *product;
	int64_t orgs[WORLD_ORGS];
	struct member members[2][ROLE_N]; /* of Kestrel and Falcon, one of each role */
	struct member shared;          /* of Kestrel and of Magpie: a consultant belongs to many */
	struct member former[FORMERS]; /* were owners of Kestrel */
	struct member admin, stranger; /* in no organisation */
	const struct db_query *all_rows; /* of everybody */
	struct world_rows before;        /* what is stored */
	struct world_rows after;         /* and what the last request would have left */
	bool was_changed[OWNERS];
};

extern const char *const world_markers[WORLD_ORGS];

/* The world on a product whose pool is open and migrated; all lives in `a`. A mistake fails the test. */
struct world *world_make(struct store *store);
/* The ids that `sql` answers with, as addresses have them; {org} in it is the organisation. */
struct strs {
	struct str *items;
	size_t n;
};
/* Who is in the room of a workshop: participants of Kestrel and of Falcon. */
enum { WORLD_ROOM = 1000 + 60 + 105, WORLD_OTHER_ROOM = 2000 + 60 + 105 };
/* When the sheets of one of Kestrel's rounds should have gone, and of no other's. */
enum { WORLD_PROMISED_MS = 5 };
/* The texts that it answers with, one a line. */
struct strs world_texts(struct world *w, const char *sql, enum world_org org);
struct strs world_ids(struct world *w, const char *sql, enum world_org org);
/* The token of a row's link, as addresses have it. `table` is "participant" for a round's sheet too; links that set
 * a password are rows of "account_link", of ORG_PUBLIC. */
struct str world_token(struct world *w, const char *table, int64_t org_id, int64_t id);

/* Its hash as it stands in the row, as a literal of the engine. */
struct str world_hash_sql(struct world *w, const char *table, int64_t org_id, int64_t id);

/* Tries a request. What it would have stored is undone, and compared: was_changed[]. */
struct response world_try(struct world *w, enum method method, const char *path,
			  const char *headers, const char *form);

/* The same for what the program does by itself (jobs.h): 200 and what it told, or 500. */
struct response world_do(struct world *w, int (*job)(struct world *w, struct db *db,
						     struct buf *told, struct err *err));

int world_setup(void **state);
int world_teardown(void **state);
#define world_test(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)

#endif
