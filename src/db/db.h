/*
 * The database: one interface over SQLite, PostgreSQL and a scripted fake for tests. Knows no domain.
 *
 * SQL is written in queries.sql beside the room that uses it and compiled by tools/queries.py into
 * `const struct db_query` objects and typed C functions; nothing else makes a db_query, so no SQL is
 * ever built from strings at run time. (doc/queries.md)
 *
 * A `struct db` is one connection, used by one thread at a time.
 */
#ifndef JALON_DB_DB_H
#define JALON_DB_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum db_engine { DB_SQLITE, DB_POSTGRES, DB_FAKE };

enum db_type { DB_NULL, DB_I64, DB_TEXT, DB_BLOB };

struct db_value {
	enum db_type type;
	int64_t i64;
	struct str bytes; /* text or blob; borrowed */
};

/* A named, prepared-once statement. Made by tools/queries.py only. */
struct db_query {
	const char *name;     /* "scorecard.sheet_by_token" */
	const char *sqlite;   /* text with $1, $2 … */
	const char *postgres; /* usually the same text */
	int n_params;
	const enum db_type *params;
	int n_columns;
	const enum db_type *columns; /* expected type of each; any may also be NULL if declared so */
	const bool *nullable;
	bool writes;
};

struct db;

enum db_outcome {
	DB_OK = 0,
	DB_ROW = 1,       /* db_next(): a row was read */
	DB_NOT_FOUND = 2, /* a :one query matched nothing */
	DB_CONFLICT = 3,  /* a unique or foreign key forbids it */
};

/* ---- statements (called by generated code) ---- */

struct db_rows; /* rows of a running query */

/* Runs `q`. The rows and all they point at live until db_finish(). Outcomes: DB_OK, DB_CONFLICT. */
MUST_CHECK int db_run(struct db *db, const struct db_query *q, const struct db_value *params,
		      struct db_rows **ret, struct err *err);
/* The next row into columns[q->n_columns]; borrowed until the next call. DB_ROW, or DB_OK at the end. */
MUST_CHECK int db_next(struct db_rows *rows, struct db_value *columns, struct err *err);
/* Ends the query; NULL is allowed. */
void db_finish(struct db_rows *rows);
/* For statements that return no rows: runs to the end. *ret_changed (NULL allowed): rows changed. */
MUST_CHECK int db_exec(struct db *db, const struct db_query *q, const struct db_value *params,
		       int64_t *ret_changed, struct err *err);

enum db_engine db_engine_of(const struct db *db);

/* ---- the pool ---- */

struct db_config {
	struct str url;      /* "sqlite:/path/jalon.db", "postgresql://…" */
	int readers;         /* read-only connections; 0: twice the cores */
	int busy_timeout_ms; /* SQLite: wait for another process's lock; 0: 5000 */
};

struct db_pool;

/* Opens the pool: one writer and `readers` readers. Does not migrate. */
MUST_CHECK int db_pool_open(const struct db_config *config, struct db_pool **ret, struct err *err);
/* Stops the writer after what is queued, closes all. NULL is allowed. */
void db_pool_close(struct db_pool *pool);
enum db_engine db_pool_engine(const struct db_pool *pool);

/* A read-only connection, first come first served; blocks until one is free. Writing through it is
 * refused by the engine itself. Give it back with db_read_end(). */
MUST_CHECK int db_read_begin(struct db_pool *pool, struct db **ret, struct err *err);
void db_read_end(struct db_pool *pool, struct db *db);

/*
 * Group commit. Jobs queued from any thread run one after another on the writer thread, each inside a
 * savepoint of a shared transaction; the transaction commits when the queue is empty or 256 jobs have
 * run; only then is done() called for each of them, on the writer thread, with what work() returned
 * (or with the commit's fault: then nothing of it was stored).
 *
 *   work() >= 0 keeps the job's changes, unless it returns DB_JOB_UNDO;
 *   work() <  0, or DB_JOB_UNDO, undoes that job's changes only.
 */
enum { DB_JOB_UNDO = 1000 };
enum { DB_QUEUE_MAX = 4096 };

struct db_job {
	int (*work)(struct db *db, void *arg, struct err *err);
	void (*done)(void *arg, int result, const struct err *err);
	void *arg;
	struct db_job *next; /* the queue's */
};

/* Queues `job`, which must live until done() returns. 0, or 1 when the queue is full (answer 503). */
MUST_CHECK int db_submit(struct db_pool *pool, struct db_job *job);

/* Queues work() and waits for its commit: for the command line and tests. Returns its result. */
MUST_CHECK int db_write(struct db_pool *pool, int (*work)(struct db *, void *, struct err *), void *arg,
			struct err *err);

/* ---- migrations ---- */

struct db_migration {
	int number;
	const char *name;
	const char *sqlite;   /* scripts, run whole in one transaction with the version's update */
	const char *postgres;
};

struct db_migration_report {
	int from, to;
	struct str backup; /* path of the copy made first (SQLite with data only), or empty */
};

enum db_migrate_outcome {
	DB_MIGRATE_OK = 0,
	DB_MIGRATE_NEWER = 1,   /* the schema is newer than this program: nothing was touched */
	DB_MIGRATE_FOREIGN = 2, /* the database holds something that is not Jalon's */
};

/* The migrations compiled into the program, ascending; ends with number 0. */
extern const struct db_migration db_migrations[];

/* Brings the schema up to date; `dry_run` only reports. Texts of the report live in `a`. */
MUST_CHECK int db_migrate(struct db_pool *pool, struct arena *a, bool dry_run,
			  struct db_migration_report *ret, struct err *err);

/* Readiness: the schema is current and a write works (rolled back). 0 or a fault. */
MUST_CHECK int db_ready(struct db_pool *pool, struct err *err);

#endif
