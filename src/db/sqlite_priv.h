/* What the two files of the SQLite engine share: sqlite.c (statements) and sqlite_file.c (the
 * file). Functions return 0 or a fault unless said otherwise. */
#ifndef JALON_DB_SQLITE_PRIV_H
#define JALON_DB_SQLITE_PRIV_H

#include <sqlite3.h>

#include "db/db_priv.h"

enum { SQLITE_CONTROLS = DB_SNAPSHOT + 1 };

struct sqlite_db {
	struct db base;
	struct arena arena; /* this struct and the statement table live in it */
	const char *path;
	sqlite3 *handle;
	sqlite3_stmt *controls[SQLITE_CONTROLS]; /* prepared when first used */
	struct db_statements statements;
};

/* The fault (or DB_CONFLICT) that SQLite's `code` stands for; `what` says what was tried. */
MUST_CHECK int sqlite_fault(sqlite3 *handle, int code, const char *what, struct err *err);
/* Runs statements that return nothing. */
MUST_CHECK int sqlite_script(sqlite3 *handle, const char *sql, struct err *err);
/* The number a statement answers with. */
MUST_CHECK int sqlite_number(sqlite3 *handle, const char *sql, int64_t *ret, struct err *err);

/* ---- sqlite_file.c ---- */

/* Opens the file, making it for its owner alone when missing; what is not ours is FAULT_DB_SCHEMA. Close *ret. */
MUST_CHECK int sqlite_file_open(const char *path, const struct db_open *how, sqlite3 **ret,
				struct err *err);
/* These are the driver's: see struct db_driver. */
MUST_CHECK int sqlite_schema(struct db *db, struct db_schema *ret, struct err *err);
MUST_CHECK int sqlite_record(struct db *db, int version, struct err *err);
MUST_CHECK int sqlite_check(struct db *db, struct arena *a, struct str *ret, struct err *err);
MUST_CHECK int sqlite_backup(struct db *db, struct arena *a, int version, struct str *ret,
			     struct err *err);

#endif
