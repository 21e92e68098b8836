/* What the two files of the PostgreSQL engine share: postgres.c (statements) and
 * postgres_session.c. */
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
};

/* The fault (or DB_CONFLICT) that `result` stands for; NULL stands for a lost connection. Sets
 * wants_retry. The text holds no row's values: PostgreSQL puts those in the detail, left out
 * here. */
MUST_CHECK int postgres_fault(struct postgres_db *p, const PGresult *result, const char *what,
			      struct err *err);
/* Runs statements that return nothing; a conflict is a fault here. */
MUST_CHECK int postgres_script(struct postgres_db *p, const char *sql, const char *what,
			       struct err *err);

/* ---- postgres_session.c ---- */

MUST_CHECK int postgres_connect(struct postgres_db *p, const char *url, struct err *err);
/* After a lost connection. */
MUST_CHECK int postgres_reconnect(struct postgres_db *p, struct err *err);
MUST_CHECK int postgres_schema(struct db *db, struct db_schema *ret, struct err *err);
MUST_CHECK int postgres_lock_schema(struct db *db, struct err *err);
MUST_CHECK int postgres_record(struct db *db, int version, struct err *err);

#endif
