/*
 * What an engine must offer: the driver table. Only src/db/ and its tests include this.
 *
 * Everything an engine does alike is in db.c (checks), fetch.c (rows into structs), pool.c,
 * writer.c and migrate.c; an engine is sqlite.c, postgres.c or fake.c, and its file is the only one
 * that knows its library.
 */
#ifndef JALON_DB_DB_PRIV_H
#define JALON_DB_DB_PRIV_H

#include "base/arena.h"
#include "db/db.h"

/* "Jalo": the application_id of a SQLite file of ours. */
enum { DB_APPLICATION_ID = 0x4a616c6f };

enum db_control {
	DB_BEGIN,     /* takes the write lock at once */
	DB_COMMIT,    /* FAULT_DB_UNSURE when nobody can tell whether it happened */
	DB_ROLLBACK,  /* also when there is no transaction left */
	DB_SAVEPOINT, /* begins a job */
	DB_KEEP,      /* ends a job */
	DB_UNDO,      /* undoes and ends a job */
	DB_SNAPSHOT,  /* of a reader: all that follows is of one moment, until DB_ROLLBACK */
};

/* How to open a connection. */
struct db_open {
	struct str url; /* a path for SQLite, a URL for PostgreSQL */
	bool is_writer;
	int busy_timeout_ms;
	void *arg; /* the fake's */
};

/* What a database says about its schema. */
struct db_schema {
	bool is_foreign; /* it holds something, and not Jalon's */
	bool has_data;   /* some table has a row */
	int version;     /* 0: empty */
};

/* All return 0 or a fault unless said otherwise. */
struct db_driver {
	enum db_engine engine;
	int (*open)(const struct db_open *how, struct db **ret, struct err *err);
	void (*close)(struct db *db);

	int (*prepare)(struct db *db, const struct db_query *q, struct err *err);
	/* As db_run(), db_next(), db_finish() and db_exec(); parameters and result types are
	 * checked by the caller. `rows` stays valid until finish(). */
	int (*run)(struct db *db, const struct db_query *q, const struct db_value *params,
		   struct db_rows **ret, struct err *err);
	int (*next)(struct db_rows *rows, struct db_value *columns, struct err *err);
	void (*finish)(struct db_rows *rows);
	int (*exec)(struct db *db, const struct db_query *q, const struct db_value *params,
		    int64_t *ret_changed, struct err *err);

	/* From one to the other all reads see one moment. NULL where that would cost more than it saves:
	 * each statement sees its own. */
	int (*read_begin)(struct db *db, struct err *err);
	void (*read_end)(struct db *db);

	int (*control)(struct db *db, enum db_control what, struct err *err);
	bool (*in_transaction)(struct db *db);

	int (*schema)(struct db *db, struct db_schema *ret, struct err *err);
	/* Inside a transaction: other processes that migrate wait until it ends. */
	int (*lock_schema)(struct db *db, struct err *err);
	int (*script)(struct db *db, const struct db_migration *m, struct err *err);
	/* Inside a transaction: records the application and the version. */
	int (*record)(struct db *db, int version, struct err *err);
	/* Copies the database beside itself and checks the copy; *ret is its path, or empty
	 * where the engine has its own means. */
	int (*backup)(struct db *db, struct arena *a, int version, struct str *ret,
		      struct err *err);
	/* As db_copy(); NULL where the engine has its own means. */
	int (*copy)(struct db *db, const char *to, struct err *err);
	/* As db_check(), or not as thorough and faster; NULL where the engine watches over itself. */
	int (*check)(struct db *db, struct arena *a, bool is_thorough, struct str *ret,
		     struct err *err);
	/* As db_bypasses_isolation(); NULL where the engine has no row-level security. */
	int (*bypasses_isolation)(struct db *db, bool *ret, struct err *err);
};

/* A connection; engines put it first in their own struct. */
struct db {
	const struct db_driver *driver;
	bool is_writer;
	int broken;       /* what broke the running job: DB_CONFLICT or a fault; 0 */
	bool wants_retry; /* the last fault asks for the whole transaction again */
	int64_t org_id;   /* whom it works for: db_scope() */
	bool in_snapshot; /* db_snapshot_begin() */
	struct db *next;  /* the pool's */
};

/* A running query; engines put it first in their own struct. */
struct db_rows {
	struct db *db;
	const struct db_query *query;
	bool is_running;
};

extern const struct db_driver db_sqlite_driver;
extern const struct db_driver db_postgres_driver;

/* Below, all that return int give 0 or a fault unless said otherwise. */

/* db_pool_open() on a given driver; config->url is what the driver's open() gets. */
MUST_CHECK int db_pool_open_on(const struct db_driver *driver, const struct db_config *config,
			       void *arg, struct db_pool **ret, struct err *err);
/* Opens one more connection like the pool's writer; the caller closes it through its driver. */
MUST_CHECK int db_pool_connect(const struct db_pool *pool, struct db **ret, struct err *err);
/* What db_watch() found last; false before it looked. */
void db_pool_set_damaged(struct db_pool *pool, bool is_damaged);
bool db_pool_is_damaged(struct db_pool *pool);

/* The number of the program's last migration. */
int db_last_migration(void);

/* db_migrate() with another list, for tests of upgrades. Its outcomes. */
MUST_CHECK int db_migrate_to(struct db_pool *pool, const struct db_migration *list, struct arena *a,
			     bool dry_run, struct db_migration_report *ret, struct err *err);

/* ---- the writer thread (writer.c) ---- */

struct db_writer;

/* Starts the thread, which owns `db` from now on. */
MUST_CHECK int db_writer_start(struct db *db, struct db_writer **ret, struct err *err);
/* Stops after what is queued, closes the connection, frees. NULL is allowed. */
void db_writer_stop(struct db_writer *writer);
/* As db_submit(). */
MUST_CHECK int db_writer_submit(struct db_writer *writer, struct db_job *job);

/* ---- statements by query, per connection (statements.c) ---- */

struct db_statement_slot {
	const struct db_query *query;
	void *statement;
};

/* A hash table keyed by the query's address: queries are constants. */
struct db_statements {
	struct arena *arena;
	struct db_statement_slot *slots;
	size_t n, cap;
};

/* The engine's statement for `q`, or NULL. */
void *db_statements_get(const struct db_statements *s, const struct db_query *q);
/* Adds one; `q` must not be there yet. */
void db_statements_add(struct db_statements *s, const struct db_query *q, void *statement);

#endif
