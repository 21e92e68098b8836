/*
 * What the store tests share: a migrated database per test, on the engine that the environment
 * names. TEST_DB_URL empty: SQLite in a temporary folder. Otherwise a PostgreSQL database that the
 * tests may empty (test/harness/with_postgres.py makes one).
 */
#ifndef JALON_TEST_STORE_STORE_H
#define JALON_TEST_STORE_STORE_H

#include "unit/test.h"

#include "db/db.h"

struct store {
	struct arena arena;
	struct db_config config;
	struct db_pool *pool;
	const char *folder; /* temporary, removed afterwards */
	const char *path;   /* of the SQLite file */
	bool is_postgres;
};

/* An empty database and a pool on it, not migrated. */
int store_setup_empty(void **state);
/* The same, migrated. */
int store_setup(void **state);
int store_teardown(void **state);

#define store_test(f) cmocka_unit_test_setup_teardown(f, store_setup, store_teardown)
#define store_test_empty(f) cmocka_unit_test_setup_teardown(f, store_setup_empty, store_teardown)

/* Closes the pool, for what a test does behind its back, and opens it again. */
void store_close(struct store *s);
void store_open(struct store *s);
/* Runs SQL on a connection of its own, past Jalon; the one number it answers with, or -1. */
int64_t store_sql(struct store *s, const char *sql);
/* The rows of a query, past Jalon: columns joined by '|', rows by line feeds. */
struct str store_rows(struct store *s, const char *sql);

/* Stores a value under a name that must be new, in a write of its own. */
MUST_CHECK int store_put(struct store *s, struct str name, struct str value, struct err *err);

/* Fails the test with the fault's text unless r is 0. */
void assert_ok(int r, const struct err *err);
/* Fails the test unless `r` is that fault. */
void assert_fault(int r, int fault, const struct err *err);

#endif
