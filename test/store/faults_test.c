/* SQLite only: every call to the database fails once: nothing is stored by half, and what is
 * told is what happened. */
#include "store/store.h"

#include "db/fake.h"
#include "queries.h"

enum { CALLS_MAX = 100 };

static const int faults_tried[] = { FAULT_DB, FAULT_DB_FULL, FAULT_DB_GONE, FAULT_DB_UNSURE };

static int sheet_work(struct db *db, void *arg, struct err *err)
{
	struct store_sheet_put_params sheet = { 1, 7, S("hash"), 1, false, 0 };
	struct store_answer_put_params answer = { 1, 7, S("q1"), true, S("v"), false, S(""), 1 };
	struct store_secret_take_row row;
	int r = store_sheet_put(db, &sheet, err);

	if (r == 0)
		r = store_answer_put(db, &answer, err);
	if (r == 0)
		r = store_secret_take(db, arg, S("ticket"), &row, err);
	return r;
}

/* The state in the file: 0 nothing of the job, 1 all of it, -1 a part. */
static int stored(struct store *s)
{
	int64_t sheets = store_sql(s, "SELECT count(*) FROM sheet");
	int64_t answers = store_sql(s, "SELECT count(*) FROM answer");
	int64_t tickets = store_sql(s, "SELECT count(*) FROM instance");

	if (sheets == 0 && answers == 0 && tickets == 1)
		return 0;
	return sheets == 1 && answers == 1 && tickets == 0 ? 1 : -1;
}

static void reset(struct store *s)
{
	(void)store_sql(s, "PRAGMA foreign_keys = ON; DELETE FROM answer; DELETE FROM sheet; "
			   "DELETE FROM instance; INSERT INTO instance VALUES ('ticket', x'00')");
}

/* Runs the job with its `at`-th call failing. False when it needs fewer calls than that. */
static bool fails_well(struct store *s, struct db_pool *pool, struct fake_faults *faults, int at)
{
	struct err err = { .code = 0 };
	int r;

	reset(s);
	atomic_store(&faults->calls, 0);
	atomic_store(&faults->fail_at, at);
	r = db_write(pool, sheet_work, &s->arena, &err);
	atomic_store(&faults->fail_at, 0);
	if (r == 0) {
		assert_int_equal(stored(s), 1);
		return false;
	}
	if (r == FAULT_DB_UNSURE) {
		assert_int_equal(stored(s), 1);
		return true;
	}
	assert_int_equal(r, faults->fault == FAULT_DB_UNSURE ? FAULT_DB_GONE : faults->fault);
	assert_int_equal(stored(s), 0);
	/* And the next one works. */
	r = db_write(pool, sheet_work, &s->arena, &err);
	assert_ok(r, &err);
	assert_int_equal(stored(s), 1);
	return true;
}

static void every_call_may_fail(void **state)
{
	struct store *s = *state;

	store_close(s);
	for (size_t i = 0; i < sizeof faults_tried / sizeof *faults_tried; i++) {
		struct fake_faults faults = { .fault = faults_tried[i] };
		struct db_pool *pool;
		struct err err;
		int at = 1;

		assert_ok(fake_pool_open(&s->config, &faults, &pool, &err), &err);
		while (at < CALLS_MAX && fails_well(s, pool, &faults, at))
			at++;
		/* BEGIN, SAVEPOINT, three statements, a row and its end, RELEASE, COMMIT: nine. */
		assert_int_equal(at, 10);
		db_pool_close(pool);
	}
}

static void every_call_of_a_migration_may_fail(void **state)
{
	struct store *s = *state;
	struct fake_faults faults = { .fault = FAULT_DB };
	struct db_migration_report report;
	struct db_pool *pool;
	struct err err;
	int at = 1;

	store_close(s);
	assert_ok(fake_pool_open(&s->config, &faults, &pool, &err), &err);
	for (;; at++) {
		atomic_store(&faults.calls, 0);
		atomic_store(&faults.fail_at, at);
		if (db_migrate(pool, &s->arena, false, &report, &err) == 0)
			break;
		assert_int_equal(err.code, FAULT_DB);
		/* Looking, BEGIN, looking again, script, record, COMMIT; then BEGIN, looking,
		 * COMMIT. */
		assert_int_equal(
			store_sql(s, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"),
			at > 6 ? 5 : 0);
		if (at > 6)
			break;
	}
	assert_true(at > 6);
	db_pool_close(pool);
}

TEST_MAIN(store_test(every_call_may_fail), store_test_empty(every_call_of_a_migration_may_fail))
