/*
 * One organisation's rows from another's: what db_scope() refuses on both engines, and what PostgreSQL's
 * row-level security keeps even from a query that forgot to ask for one organisation.
 */
#include "store/store.h"

#include "base/buf.h"
#include "queries.h"

enum { OURS = 5, THEIRS = 6, SHEET = 7 };

/* What the query compiler refuses: the predicate is missing, and an insert for whoever. */
static const enum db_type i64_column[] = { DB_I64 };
static const bool not_null[] = { false };
static const struct db_query careless = {
	.name = "test.careless",
	.sqlite = "SELECT org_id FROM sheet ORDER BY org_id",
	.postgres = "SELECT org_id FROM sheet ORDER BY org_id",
	.n_columns = 1,
	.columns = i64_column,
	.nullable = not_null,
	.reach = DB_REACH_ORG,
	.org_param = -1,
};
static const struct db_query wide = {
	.name = "test.wide",
	.sqlite = "SELECT org_id FROM sheet WHERE org_id > 0 ORDER BY org_id",
	.postgres = "SELECT org_id FROM sheet WHERE org_id > 0 ORDER BY org_id",
	.n_columns = 1,
	.columns = i64_column,
	.nullable = not_null,
	.reach = DB_REACH_ALL,
	.org_param = -1,
};
static const struct db_query plant = {
	.name = "test.plant",
	.sqlite = "INSERT INTO department (org_id, id, name, position) VALUES (6, 1, 'x', 0)",
	.postgres = "INSERT INTO department (org_id, id, name, position) VALUES (6, 1, 'x', 0)",
	.writes = true,
	.reach = DB_REACH_ORG,
	.org_param = -1,
};
static const struct db_query spoil = {
	.name = "test.spoil",
	.sqlite = "UPDATE sheet SET language = 'en'",
	.postgres = "UPDATE sheet SET language = 'en'",
	.writes = true,
	.reach = DB_REACH_ORG,
	.org_param = -1,
};

/* Two organisations with a sheet of the same id each. */
static void fill(struct store *s)
{
	const char *const hex = s->is_postgres ? "'\\x" : "x'";

	(void)store_sql(
		s,
		"INSERT INTO org (id, name, created_ms) VALUES (5, 'Ours', 1), (6, 'Theirs', 1)");
	(void)store_sql(
		s,
		str_fmt(&s->arena,
			"INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, "
			"created_ms, updated_ms) VALUES (5, 7, %s05', 'p', 1, 'fr', 1, 1), "
			"(6, 7, %s06', 'p', 1, 'fr', 1, 1)",
			hex, hex)
			.data);
}

static struct db *reader(struct store *s)
{
	struct db *db;
	struct err err;

	assert_ok(db_read_begin(s->pool, &db, &err), &err);
	return db;
}

/* The organisations of the rows that `q` sees, as digits: "56". */
static struct str seen_by(struct store *s, struct db *db, const struct db_query *q)
{
	struct buf b = buf_make(&s->arena, 64);
	struct db_value column;
	struct db_rows *rows;
	struct err err;
	int r;

	assert_ok(db_run(db, q, NULL, &rows, &err), &err);
	while ((r = db_next(rows, &column, &err)) == DB_ROW)
		buf_fmt(&b, "%d", (int)column.i64);
	assert_ok(r, &err);
	db_finish(rows);
	return buf_str(&b);
}

static int find_sheet(struct store *s, struct db *db, int64_t org_id)
{
	struct store_sheet_row row;
	struct err err;

	return store_sheet(db, &s->arena, org_id, SHEET, &row, &err);
}

/* ---- on both engines ---- */

static void another_organisation_cannot_be_asked_for(void **state)
{
	struct store *s = *state;
	struct db *db;

	fill(s);
	db = reader(s);
	db_scope(db, OURS);
	assert_int_equal(find_sheet(s, db, OURS), DB_OK);
	assert_int_equal(find_sheet(s, db, THEIRS), FAULT_INTERNAL);
	db_scope(db, THEIRS);
	assert_int_equal(find_sheet(s, db, THEIRS), DB_OK);
	db_scope(db, DB_ORG_ALL);
	assert_int_equal(find_sheet(s, db, OURS), DB_OK);
	assert_str(seen_by(s, db, &wide), "56");
	db_read_end(s->pool, db);
}

static int move_between(struct db *db, void *arg, struct err *err)
{
	int64_t changed = 0;

	(void)arg;
	db_scope(db, OURS);
	return store_sheet_delete(db, THEIRS, SHEET, &changed, err);
}

static void nor_written_to(void **state)
{
	struct store *s = *state;
	struct err err;

	fill(s);
	assert_fault(db_write(s->pool, move_between, NULL, &err), FAULT_INTERNAL, &err);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM sheet"), 2);
}

/* ---- PostgreSQL's own wall; SQLite has none ---- */

static void every_table_of_organisations_has_it(void **state)
{
	struct store *s = *state;

	if (!s->is_postgres)
		return;
	assert_str(
		store_rows(
			s,
			"SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
			"WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') "
			"AND (a.attname = 'org_id' OR (c.relname = 'org' AND a.attname = 'id')) "
			"AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS "
			"(SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))"),
		"");
	/* It did look at something. */
	assert_in_range(store_sql(s, "SELECT count(*) FROM pg_policy"), 10, 1000);
}

static void a_query_that_forgot_to_ask_sees_one_organisation(void **state)
{
	struct store *s = *state;
	struct db *db;

	if (!s->is_postgres)
		return;
	fill(s);
	db = reader(s);
	assert_str(seen_by(s, db, &careless), "");
	db_scope(db, OURS);
	assert_str(seen_by(s, db, &careless), "5");
	db_scope(db, THEIRS);
	assert_str(seen_by(s, db, &careless), "6");
	/* A wide one in between widens nothing after it. */
	assert_str(seen_by(s, db, &wide), "56");
	assert_str(seen_by(s, db, &careless), "6");
	db_scope(db, DB_ORG_NONE);
	assert_str(seen_by(s, db, &careless), "");
	db_read_end(s->pool, db);
}

static void without_an_organisation_there_is_nothing(void **state)
{
	struct store *s = *state;
	struct db *db;

	if (!s->is_postgres)
		return;
	fill(s);
	db = reader(s);
	assert_int_equal(find_sheet(s, db, OURS), DB_NOT_FOUND);
	db_read_end(s->pool, db);
	/* Not on a session made again, either. */
	(void)store_sql(s, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
			   "WHERE application_name = 'jalon'");
	db = reader(s);
	assert_int_equal(find_sheet(s, db, OURS), DB_NOT_FOUND);
	db_scope(db, OURS);
	assert_int_equal(find_sheet(s, db, OURS), DB_OK);
	(void)store_sql(s, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
			   "WHERE application_name = 'jalon'");
	assert_int_equal(find_sheet(s, db, OURS), DB_OK);
	db_read_end(s->pool, db);
}

static void the_next_user_of_a_connection_begins_with_nothing(void **state)
{
	struct store *s = *state;

	if (!s->is_postgres)
		return;
	fill(s);
	/* More times than there are connections. */
	for (int i = 0; i < 8; i++) {
		struct db *db = reader(s);

		assert_str(seen_by(s, db, &careless), "");
		db_scope(db, i % 2 ? OURS : THEIRS);
		assert_str(seen_by(s, db, &careless), i % 2 ? "5" : "6");
		assert_str(seen_by(s, db, &wide), "56");
		db_read_end(s->pool, db);
	}
}

/* A job: whom it works for, what it runs, and what it saw. */
struct job {
	struct store *s;
	int64_t org_id;
	const struct db_query *write; /* or NULL */
	int outcome;
	struct str seen;
};

static int job_work(struct db *db, void *arg, struct err *err)
{
	struct job *job = arg;
	int r = 0;

	if (job->org_id)
		db_scope(db, job->org_id);
	job->seen = seen_by(job->s, db, &careless);
	if (job->write)
		r = db_exec(db, job->write, NULL, NULL, err);
	return r ? r : job->outcome;
}

static int run_job(struct store *s, int64_t org_id, const struct db_query *write, int outcome,
		   struct str *ret)
{
	struct job job = { s, org_id, write, outcome, { "", 0 } };
	struct err err;
	int r = db_write(s->pool, job_work, &job, &err);

	*ret = job.seen;
	return r;
}

static void a_job_works_for_its_own_organisation(void **state)
{
	struct store *s = *state;
	struct str seen;

	if (!s->is_postgres)
		return;
	fill(s);
	for (int outcome = 0; outcome <= DB_JOB_UNDO; outcome += DB_JOB_UNDO) {
		/* Twice: what the first left behind is not what the second sees. */
		for (int i = 0; i < 2; i++) {
			assert_int_equal(run_job(s, OURS, NULL, outcome, &seen), outcome);
			assert_str(seen, "5");
		}
		assert_int_equal(run_job(s, DB_ORG_NONE, NULL, outcome, &seen), outcome);
		assert_str(seen, "");
		assert_int_equal(run_job(s, THEIRS, NULL, outcome, &seen), outcome);
		assert_str(seen, "6");
	}
	assert_int_equal(run_job(s, OURS, &plant, 0, &seen), FAULT_DB);
	assert_int_equal(run_job(s, OURS, &spoil, 0, &seen), 0);
	assert_str(store_rows(s, "SELECT org_id, language FROM sheet ORDER BY org_id"),
		   "5|en\n6|fr\n");
}

/* Jobs that share a transaction: the others are queued while the first runs. */
enum { JOBS = 4 };
struct shared {
	struct job jobs[JOBS];
	struct db_pool *pool;
	struct db_job later[JOBS - 1];
};

static void count_done(void *arg, int result, const struct err *err)
{
	(void)arg;
	(void)result;
	(void)err;
}

static int first_of_all(struct db *db, void *arg, struct err *err)
{
	struct shared *p = arg;

	for (int i = 0; i < JOBS - 1; i++) {
		p->later[i] = (struct db_job){ .work = job_work,
					       .done = count_done,
					       .arg = &p->jobs[i + 1] };
		assert_int_equal(db_submit(p->pool, &p->later[i]), 0);
	}
	return job_work(db, &p->jobs[0], err);
}

static int nothing(struct db *db, void *arg, struct err *err)
{
	(void)db;
	(void)arg;
	(void)err;
	return 0;
}

static void jobs_of_one_transaction_do_not_share(void **state)
{
	struct store *s = *state;
	struct err err;

	if (!s->is_postgres)
		return;
	fill(s);
	for (int outcome = 0; outcome <= DB_JOB_UNDO; outcome += DB_JOB_UNDO) {
		struct shared p = { .pool = s->pool,
				    .jobs = { { s, OURS, NULL, outcome, { "", 0 } },
					      { s, OURS, NULL, outcome, { "", 0 } },
					      { s, DB_ORG_NONE, NULL, outcome, { "", 0 } },
					      { s, THEIRS, NULL, 0, { "", 0 } } } };

		assert_int_equal(db_write(s->pool, first_of_all, &p, &err), outcome);
		assert_ok(db_write(s->pool, nothing, NULL, &err), &err);
		assert_str(p.jobs[0].seen, "5");
		assert_str(p.jobs[1].seen, "5");
		assert_str(p.jobs[2].seen, "");
		assert_str(p.jobs[3].seen, "6");
	}
}

static void tells_a_role_that_walks_through(void **state)
{
	struct store *s = *state;
	struct str rest = s->config.url, before = str_cut(&rest, '@');
	bool bypasses = true;
	struct err err;
	struct db *db = reader(s);

	assert_ok(db_bypasses_isolation(db, &bypasses, &err), &err);
	assert_false(bypasses);
	db_read_end(s->pool, db);
	if (!s->is_postgres)
		return;
	assert_str(before, "postgresql://jalon");
	store_close(s);
	s->config.url = str_fmt(&s->arena, "postgresql://postgres@%.*s", STR_ARG(rest));
	store_open(s);
	db = reader(s);
	assert_ok(db_bypasses_isolation(db, &bypasses, &err), &err);
	assert_true(bypasses);
	db_read_end(s->pool, db);
}

TEST_MAIN(store_test(another_organisation_cannot_be_asked_for), store_test(nor_written_to),
	  store_test(every_table_of_organisations_has_it),
	  store_test(a_query_that_forgot_to_ask_sees_one_organisation),
	  store_test(without_an_organisation_there_is_nothing),
	  store_test(the_next_user_of_a_connection_begins_with_nothing),
	  store_test(a_job_works_for_its_own_organisation),
	  store_test(jobs_of_one_transaction_do_not_share),
	  store_test(tells_a_role_that_walks_through))
