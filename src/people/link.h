/* Links that work once: the first administrator's, and a new password's. What takes `err` returns 0 or a fault. */
#ifndef JALON_PEOPLE_LINK_H
#define JALON_PEOPLE_LINK_H

#include "db/db.h"
#include "http/http.h"

enum {
	SETUP_LINK_MS = 30 * 60 * 1000,
	RESET_LINK_MS = 24 * 60 * 60 * 1000,
	MAILED_LINK_MS = 60 * 60 * 1000, /* since it was last sent */
};

/* A new link, in a write; those of its kind for the same account are closed. `account_id` 0: a setup link. */
MUST_CHECK int link_make(struct db *db, struct arena *a, int64_t account_id, int64_t now_ms,
			 struct token *ret, struct err *err);
/* The same with a write of its own, as text in `a`: for the command line. */
MUST_CHECK int reset_link_make(struct db_pool *pool, struct arena *a, int64_t account_id,
			       struct str *ret_text, struct err *err);
/* A setup link's token as text in `a`, or empty when somebody can administer already. */
MUST_CHECK int setup_link_make(struct db_pool *pool, struct arena *a, struct str *ret_text,
			       struct err *err);

#endif
