/* What the files of the PostgreSQL engine share: postgres.c (statements), postgres_session.c and postgres_scope.c.
 * Functions return 0 or a fault unless said otherwise. */
#ifndef JALON_DB_POSTGRES_PRIV_H
#define JALON_DB_POSTGRES_PRIV_H

#include <libpq-fe.h>

#include "db/db_priv.h"

struct postgres_db {
	struct db base;
	struct arena arena; /* this struct and the statement table live in it */
	PGconn *conn;
	struct db_statements statements;
	unsigned session; /* grows with each reconnection: statements of an older one are gone */
	int64_t shown;    /* whose rows the session sees now, or POSTGRES_UNSURE */
};

/* No organisation's: after a savepoint was undone, what the session sees is not known. */
#define POSTGRES_UNSURE INT64_MIN

/* The fault (or DB_CONFLICT) that `result` stands for; NULL stands for a lost connection. Sets
 * wants_retry. The text holds no row's values: PostgreSQL puts those in the detail, left out
 * here. */
MUST_CHECK int postgres_fault(struct postgres_db *p, const PGresult *result, const char *what,
			      struct err *err);
/* Runs statements that return nothing; a conflict is a fault here. */
MUST_CHECK int postgres_script(struct postgres_db *p, const char *sql, const char *what,
			       struct err *err);

/* ---- postgres_session.c ---- */

/* Connects, in UTF-8, and prepares the session: read-only but for the writer. p->conn is to be finished also after a
 * fault. */
MUST_CHECK int postgres_connect(struct postgres_db *p, const char *url, struct err *err);
/* The same again after a lost connection. */
MUST_CHECK int postgres_reconnect(struct postgres_db *p, struct err *err);
/* These are the driver's: see struct db_driver. */
MUST_CHECK int postgres_schema(struct db *db, struct db_schema *ret, struct err *err);
MUST_CHECK int postgres_lock_schema(struct db *db, struct err *err);
MUST_CHECK int postgres_record(struct db *db, int version, struct err *err);
MUST_CHECK int postgres_run_script(struct db *db, const struct db_migration *m, struct err *err);

/* ---- postgres_scope.c: row-level security ---- */

/* Lets the session see the rows that `q` may reach, and no others. */
MUST_CHECK int postgres_show(struct postgres_db *p, const struct db_query *q, struct err *err);
/* Puts a policy on every table of organisations that has none yet. Inside a transaction. */
MUST_CHECK int postgres_isolate(struct postgres_db *p, struct err *err);
/* The driver's. */
MUST_CHECK int postgres_bypasses_isolation(struct db *db, bool *ret, struct err *err);

#endif
