/* What the files of the SQLite engine share: sqlite.c (statements), sqlite_file.c (the file) and sqlite_copy.c (copies
 * of it). Functions return 0 or a fault unless said otherwise. */
#ifndef JALON_DB_SQLITE_PRIV_H
#define JALON_DB_SQLITE_PRIV_H

#include <sqlite3.h>
#include <sys/types.h>

#include "db/db_priv.h"

enum { SQLITE_CONTROLS = DB_SNAPSHOT + 1 };

/* A file of the database, and what its path named when it was first looked at. */
struct sqlite_place {
	const char *path;
	dev_t device;
	ino_t inode; /* 0: not looked at yet */
};

enum {
	SQLITE_PLACES = 3
}; /* the log and its index exist as long as anybody has the database open */

struct sqlite_db {
	struct db base;
	struct arena arena; /* this struct and the statement table live in it */
	const char *path;
	sqlite3 *handle;
	struct sqlite_place places[SQLITE_PLACES];
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
/* In a transaction that has written: do the paths still name the files that are open? If not, what is committed
 * would be gone when they are closed: FAULT_DB_GONE. */
MUST_CHECK int sqlite_file_stays(struct sqlite_db *s, struct err *err);
/* These are the driver's: see struct db_driver. */
MUST_CHECK int sqlite_schema(struct db *db, struct db_schema *ret, struct err *err);
MUST_CHECK int sqlite_record(struct db *db, int version, struct err *err);
MUST_CHECK int sqlite_check(struct db *db, struct arena *a, bool is_thorough, struct str *ret,
			    struct err *err);
/* Makes an empty file that its owner alone can read, if there is none. */
MUST_CHECK int sqlite_make_private(const char *path, struct err *err);
/* What the header and the table of contents of any SQLite file say. */
MUST_CHECK int sqlite_read_schema(sqlite3 *handle, struct db_schema *ret, struct err *err);

/* ---- sqlite_copy.c ---- */

/* As db_copy(). */
MUST_CHECK int sqlite_copy(struct db *db, const char *to, struct err *err);
/* Copies the database beside itself before a migration from `version`; the copy's path into *ret, in `a`. */
MUST_CHECK int sqlite_backup(struct db *db, struct arena *a, int version, struct str *ret,
			     struct err *err);
/* As db_restore(), for a program whose last migration is `last`. */
MUST_CHECK int sqlite_restore(const char *path, const char *from, int last, struct arena *a,
			      struct db_restoration *ret, struct err *err);

#endif
