/*
 * Databases for tests: one that follows a script, and a real one in which a chosen call fails.
 */
#ifndef JALON_DB_FAKE_H
#define JALON_DB_FAKE_H

#include <stdatomic.h>

#include "base/arena.h"
#include "db/db.h"

/* ---- a script ---- */

/* A query that is expected next, and what it answers. */
struct fake_step {
	const char *query;            /* its name, "scorecard.sheet_by_token" */
	int result;                   /* DB_OK, DB_CONFLICT or a fault */
	int64_t changed;              /* for db_exec() */
	size_t n_rows;                /* for db_run() */
	const struct db_value *cells; /* n_rows times the query's columns */
};

/* A connection in `a` that expects `n` steps in order; any other query is FAULT_INTERNAL and
 * says what was expected. */
struct db *fake_make(struct arena *a, const struct fake_step *steps, size_t n);
/* The steps that were not taken. */
size_t fake_left(const struct db *db);
/* The parameters the last query was given; its texts are borrowed from the caller. */
const struct db_value *fake_params(const struct db *db);

/* ---- faults, and other queries, in a real database ---- */

/*
 * Shared by all connections of a pool; calls are counted from 1: statements, rows, BEGIN, COMMIT,
 * savepoints. With FAULT_DB_GONE the transaction is rolled back, as a server does; with
 * FAULT_DB_UNSURE a COMMIT is carried out and then reported lost (any other call gets
 * FAULT_DB_GONE).
 */
struct fake_faults {
	atomic_int calls;   /* made so far */
	atomic_int fail_at; /* the call that fails; 0: none */
	int fault;
	/* Or NULL: sees each query before it is run, and says which is run in its stead; one with the same
	 * parameters and columns, that lives as long as the pool. */
	const struct db_query *(*see)(void *arg, const struct db_query *q);
	void *arg;
};

/* A pool on the database of config->url ("sqlite:…", "postgresql://…") whose calls fail as `faults` says;
 * `faults` must outlive the pool. */
MUST_CHECK int fake_pool_open(const struct db_config *config, struct fake_faults *faults,
			      struct db_pool **ret, struct err *err);

#endif
