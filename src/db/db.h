/*
 * The database: one interface over SQLite, PostgreSQL and a scripted fake for tests. Knows no
 * domain.
 *
 * SQL is written in queries.sql beside the room that uses it and compiled by tools/queries.py into
 * `const struct db_query` objects and typed C functions; nothing else makes a db_query, so no SQL
 * is ever built from strings at run time. (doc/queries.md)
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

/* Whose rows a query reaches, as the query compiler found out. */
enum db_reach {
	DB_REACH_NONE, /* it uses no table of organisations */
	DB_REACH_ORG,  /* one organisation's, given as a parameter */
	DB_REACH_ALL,  /* it says `-- tenant:` and why */
};

/* A named, prepared-once statement. Made by tools/queries.py only. */
struct db_query {
	const char *name;     /* "scorecard.sheet_by_token" */
	const char *sqlite;   /* text with ?1, ?2 … */
	const char *postgres; /* usually the same text, with $1, $2 … */
	int n_params;
	const enum db_type *params;
	int n_columns;
	const enum db_type *columns; /* the type of each */
	const bool *nullable;        /* or NULL, where declared so */
	bool writes;
	enum db_reach reach;
	int org_param; /* DB_REACH_ORG: which parameter the organisation is, from 0; -1: several are */
};

enum { DB_PARAMS_MAX = 64, DB_COLUMNS_MAX = 64 };

struct db;

enum db_outcome {
	DB_OK = 0,
	DB_ROW = 1,       /* db_next(): a row was read */
	DB_NOT_FOUND = 2, /* a :one query matched nothing */
	DB_CONFLICT = 3,  /* a unique or foreign key forbids it */
};

/* ---- whose rows ---- */

enum {
	DB_ORG_NONE = 0, /* no organisation: on PostgreSQL no row of any is seen */
	DB_ORG_ALL =
		-1, /* every organisation: to export, import, claim, and for the command line */
};

/*
 * From now on `db` works for one organisation, until the next call or the end of its use: a connection
 * begins each use with DB_ORG_NONE. A DB_REACH_ORG query that asks for another is a fault, on every
 * engine; on PostgreSQL row-level security shows and takes no other organisation's rows, whatever the
 * query says. DB_REACH_ALL queries are not touched by it. Returns for whom it worked before.
 */
int64_t db_scope(struct db *db, int64_t org_id);

/* Whether the database ignores row-level security for us (a superuser, or BYPASSRLS): then queries are the
 * only wall. Never on SQLite, which has none to ignore. 0 or a fault. */
MUST_CHECK int db_bypasses_isolation(struct db *db, bool *ret, struct err *err);

/* ---- statements (called by generated code) ---- */

struct db_rows; /* rows of a running query */

/*
 * Runs `q`. The rows and all they point at live until db_finish(), and so must the parameters. A
 * query cannot run twice at once on one connection. Outcomes: DB_OK, DB_CONFLICT.
 *
 * Inside a job, a conflict or a fault breaks the job: its changes will be undone whatever it
 * returns, and it can run nothing more (SQLite could go on, PostgreSQL cannot; so neither does). To
 * try and go on, write `ON CONFLICT DO NOTHING` and look at the number of rows changed.
 */
MUST_CHECK int db_run(struct db *db, const struct db_query *q, const struct db_value *params,
		      struct db_rows **ret, struct err *err);
/* The next row into columns[q->n_columns]; borrowed until the next call. DB_ROW, or DB_OK at the
 * end, or a fault. */
MUST_CHECK int db_next(struct db_rows *rows, struct db_value *columns, struct err *err);
/* Ends the query; NULL is allowed. */
void db_finish(struct db_rows *rows);
/* For statements that return no rows: runs to the end. *ret_changed (NULL allowed): rows
 * changed. Outcomes as of db_run(). */
MUST_CHECK int db_exec(struct db *db, const struct db_query *q, const struct db_value *params,
		       int64_t *ret_changed, struct err *err);

/* How generated code reads rows into structs. */
struct db_fetch {
	const struct db_query *query;
	size_t row_size;
	size_t max; /* rows, at most */
	void (*read)(struct arena *a, const struct db_value *columns, void *ret_row);
};

/* The one row of a query into *ret_row, its texts and blobs in `a`. A second row is a fault.
 * Outcomes: DB_OK, DB_NOT_FOUND, DB_CONFLICT. */
MUST_CHECK int db_fetch_one(struct db *db, struct arena *a, const struct db_fetch *fetch,
			    const struct db_value *params, void *ret_row, struct err *err);
/* All rows, in `a`; more than fetch->max are a fault. Outcomes: DB_OK, DB_CONFLICT. */
MUST_CHECK int db_fetch_many(struct db *db, struct arena *a, const struct db_fetch *fetch,
			     const struct db_value *params, void **ret_rows, size_t *ret_n,
			     struct err *err);

/* What a reader reads from here to db_snapshot_end() is of one moment, however long that takes. 0 or a fault. */
MUST_CHECK int db_snapshot_begin(struct db *db, struct err *err);
void db_snapshot_end(struct db *db);

/* Prepares `q` and compares the number (on PostgreSQL also the types) of its parameters and columns
 * with what it declares, without running it. For tests of every room's queries on both
 * engines. 0 or a fault. */
MUST_CHECK int db_prepare(struct db *db, const struct db_query *q, struct err *err);

/* ---- the pool ---- */

struct db_config {
	struct str url;      /* "sqlite:/path/jalon.db", "postgresql://…" */
	int readers;         /* read-only connections, 1 to 256; 0: twice the cores, 4 at least */
	int busy_timeout_ms; /* SQLite: wait for another process's lock; 0: 5000 */
};

struct db_pool;

/* Opens the pool: one writer and `readers` readers. Does not migrate. FAULT_DB_SCHEMA when the
 * file is not a SQLite database or another application's; FAULT_INPUT when the URL is of no
 * known kind. */
MUST_CHECK int db_pool_open(const struct db_config *config, struct db_pool **ret, struct err *err);
/* Stops the writer after what is queued, closes all; every reader has been given back. NULL is
 * allowed. */
void db_pool_close(struct db_pool *pool);
enum db_engine db_pool_engine(const struct db_pool *pool);

/* A read-only connection, first come first served; blocks until one is free. Writing through it
 * is refused by the engine itself. On SQLite all statements see what is committed when the first one
 * starts, on PostgreSQL each what is committed when it starts itself. Give it back with db_read_end(). 0 or a
 * fault. */
MUST_CHECK int db_read_begin(struct db_pool *pool, struct db **ret, struct err *err);
void db_read_end(struct db_pool *pool, struct db *db);

/*
 * Group commit. Jobs queued from any thread run one after another on the writer thread, each inside
 * a savepoint of a shared transaction; the transaction commits when the queue is empty or 256 jobs
 * have run; only then is done() called for each of them, on the writer thread, with what work()
 * returned (or with the commit's fault: then nothing of it was stored).
 *
 *   work() >= 0 keeps the job's changes, unless it returns DB_JOB_UNDO;
 *   work() <  0, or DB_JOB_UNDO, undoes that job's changes only.
 *
 * A job broken by DB_CONFLICT (see db_run) is undone and done() gets what work() returned, a fault
 * if that was 0. When the transaction itself is lost (disk full, connection gone), every job in it
 * gets that fault. FAULT_DB_UNSURE: the connection broke during COMMIT; stored or not, nobody
 * knows.
 *
 * PostgreSQL may ask for a transaction again (deadlock, serialization). Jobs that say
 * `is_repeatable` then have work() called again, at most 3 times in all; the others get FAULT_DB.
 */
enum { DB_JOB_UNDO = 1000 };
enum { DB_QUEUE_MAX = 4096 };

struct db_job {
	int (*work)(struct db *db, void *arg, struct err *err);
	void (*done)(void *arg, int result, const struct err *err);
	void *arg;
	bool is_repeatable;  /* work() may be called again: it sets anew all that it sets */
	struct db_job *next; /* the queue's */
};

/* Queues `job`, which must live until done() is called. 0, or 1 when the queue is full or the
 * pool is closing (answer 503). */
MUST_CHECK int db_submit(struct db_pool *pool, struct db_job *job);

/* Queues work() and waits for its commit: for the command line and tests, never in a job.
 * Returns its result; FAULT_DB when the queue is full. */
MUST_CHECK int db_write(struct db_pool *pool, int (*work)(struct db *, void *, struct err *),
			void *arg, struct err *err);

/* ---- migrations ---- */

struct db_migration {
	int number;
	const char *name;
	const char *sqlite; /* scripts, run whole in one transaction with the version's update */
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

/* Brings the schema up to date, on a connection of its own; `dry_run` only reports. Texts of the
 * report live in `a`. Call it before the pool's work begins. Several processes may call it at
 * once. Returns enum db_migrate_outcome, each with a report, or a fault: the migrations before
 * the one that failed stay done. */
MUST_CHECK int db_migrate(struct db_pool *pool, struct arena *a, bool dry_run,
			  struct db_migration_report *ret, struct err *err);

/* ---- copies, of SQLite; PostgreSQL has its own means ---- */

enum db_copy_outcome {
	DB_COPY_OK = 0,
	DB_COPY_THERE = 1,     /* something has that name: it was not touched */
	DB_COPY_OWN_MEANS = 2, /* PostgreSQL */
};

/* Copies what is committed into a new file `to`, which only its owner can read, while others go on writing. The copy is
 * checked and on the disk before it has its name. An outcome or a fault, which leaves nothing behind. */
MUST_CHECK int db_copy(struct db_pool *pool, const char *to, struct err *err);

struct db_restoration {
	int version;       /* of the schema that was put back */
	struct str former; /* where the former database is now; empty: there was none */
};

enum db_restore_outcome {
	DB_RESTORE_OK = 0,
	DB_RESTORE_IN_USE = 1,  /* another program has the database open */
	DB_RESTORE_FOREIGN = 2, /* `from` is not a Jalon's */
	DB_RESTORE_NEWER = 3,   /* `from` is of a newer Jalon */
};

/*
 * Puts the copy `from`, which stays, in the place of the database file `path`. All is judged before `path` is touched,
 * and whatever happens there is a whole database at it: the former one or the restored one. The former stays beside
 * it. Texts of *ret in `a`. An outcome or a fault; only DB_RESTORE_OK changed anything.
 */
MUST_CHECK int db_restore(const char *path, const char *from, struct arena *a,
			  struct db_restoration *ret, struct err *err);

/* Reads the whole file: what is wrong with it in the engine's words, in `a`; empty when nothing is, and on
 * PostgreSQL, which watches over itself. Slow. 0 or a fault. */
MUST_CHECK int db_check(struct db *db, struct arena *a, struct str *ret, struct err *err);

/* The same beside work that goes on, faster and not as thorough; what was found stays known to db_ready() until the next
 * look. */
MUST_CHECK int db_watch(struct db_pool *pool, struct arena *a, struct str *ret, struct err *err);

/* Readiness: the schema is current, a write works (rolled back), and the last look found no damage. 0 or a fault. */
MUST_CHECK int db_ready(struct db_pool *pool, struct err *err);

#endif
