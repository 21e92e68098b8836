/* Statements: what goes in comes out, alike on both engines; outcomes and refusals. */
#include "store/store.h"

#include "queries.h"

static const char awkward[] = "\0\1\xff'\"\\\n\0end";
#define AWKWARD str_make(awkward, sizeof awkward - 1)

/* A job made of one statement, so that tests read as a list of statements. */
struct put {
	struct str name, value;
	int64_t changed;
};

static int put_quietly_work(struct db *db, void *arg, struct err *err)
{
	struct put *put = arg;

	return store_secret_put_quietly(db, put->name, put->value, &put->changed, err);
}

static void put(struct store *s, struct str name, struct str value)
{
	struct err err;

	assert_ok(store_put(s, name, value, &err), &err);
}

static struct db *reader(struct store *s)
{
	struct db *db;
	struct err err;

	assert_ok(db_read_begin(s->pool, &db, &err), &err);
	db_scope(db, DB_ORG_ALL);
	return db;
}

/* A reader that sees what was written meanwhile. */
static struct db *reader_again(struct store *s, struct db *db)
{
	db_read_end(s->pool, db);
	return reader(s);
}

static void keeps_awkward_blobs_and_texts(void **state)
{
	struct store *s = *state;
	struct str name = S("\xf0\x9f\xaa\x84 clé ' \" \\ %s $1 ?1");
	struct store_secret_row row;
	struct err err;
	struct db *db;

	put(s, name, AWKWARD);
	put(s, S(""), S(""));
	db = reader(s);
	assert_ok(store_secret(db, &s->arena, name, &row, &err), &err);
	assert_int_equal(row.value.len, AWKWARD.len);
	assert_memory_equal(row.value.data, awkward, AWKWARD.len);
	assert_ok(store_secret(db, &s->arena, S(""), &row, &err), &err);
	assert_int_equal(row.value.len, 0);
	db_read_end(s->pool, db);
}

static void orders_texts_by_bytes(void **state)
{
	struct store *s = *state;
	struct store_secret_names_rows names;
	struct err err;
	struct db *db;

	put(s, S("b"), S("1"));
	put(s, S("é"), S("1"));
	put(s, S("Z"), S("1"));
	put(s, S("a"), S("1"));
	db = reader(s);
	assert_ok(store_secret_names(db, &s->arena, &names, &err), &err);
	db_read_end(s->pool, db);
	assert_int_equal(names.n, 4);
	assert_str(names.items[0].name, "Z");
	assert_str(names.items[1].name, "a");
	assert_str(names.items[2].name, "b");
	assert_str(names.items[3].name, "é");
}

static int null_work(struct db *db, void *arg, struct err *err)
{
	struct store_sheet_put_params sheet = { 1, 7, S("hash-of-seven"), INT64_MAX, false, 0 };
	struct store_answer_put_params answer = { 1, 7, S("q1"), true, S("v"), false, S(""), 5 };
	int r;

	(void)arg;
	db_scope(db, DB_ORG_ALL);
	r = store_sheet_put(db, &sheet, err);
	if (r == 0)
		r = store_answer_put(db, &answer, err);
	answer = (struct store_answer_put_params){ 1, 7, S("q2"), false, S(""), true, S(""), 5 };
	if (r == 0)
		r = store_answer_put(db, &answer, err);
	return r;
}

static void tells_null_from_empty_and_keeps_large_numbers(void **state)
{
	struct store *s = *state;
	struct store_answers_rows answers;
	struct store_sheet_row sheet;
	struct err err;
	struct db *db;

	assert_ok(db_write(s->pool, null_work, NULL, &err), &err);
	db = reader(s);
	assert_ok(store_sheet(db, &s->arena, 1, 7, &sheet, &err), &err);
	assert_false(sheet.has_finished_ms);
	assert_true(sheet.updated_ms == INT64_MAX);
	assert_ok(store_answers(db, &s->arena, 1, 7, &answers, &err), &err);
	assert_int_equal(answers.n, 2);
	assert_true(answers.items[0].has_value);
	assert_false(answers.items[0].has_comment);
	assert_false(answers.items[1].has_value);
	assert_true(answers.items[1].has_comment);
	assert_int_equal(answers.items[1].comment.len, 0);
	db_read_end(s->pool, db);
}

static void gives_outcomes(void **state)
{
	struct store *s = *state;
	struct put twice = { .name = S("a"), .value = S("1") };
	struct store_sheet_row sheet;
	struct store_secret_count_row count;
	struct err err;
	struct db *db = reader(s);

	assert_ok(store_secret_count(db, &s->arena, &count, &err), &err);
	assert_true(count.is_empty);
	assert_int_equal(store_sheet(db, &s->arena, 1, 404, &sheet, &err), DB_NOT_FOUND);
	put(s, S("a"), S("1"));
	assert_int_equal(store_put(s, S("a"), S("1"), &err), DB_CONFLICT);
	assert_ok(db_write(s->pool, put_quietly_work, &twice, &err), &err);
	assert_int_equal(twice.changed, 0);
	twice.name = S("b");
	assert_ok(db_write(s->pool, put_quietly_work, &twice, &err), &err);
	assert_int_equal(twice.changed, 1);
	db = reader_again(s, db);
	assert_ok(store_secret_count(db, &s->arena, &count, &err), &err);
	assert_int_equal(count.n, 2);
	assert_false(count.is_empty);
	db_read_end(s->pool, db);
}

static int orphan_work(struct db *db, void *arg, struct err *err)
{
	struct store_answer_put_params answer = { 1, 404, S("q"), true, S("v"), false, S(""), 5 };

	(void)arg;
	db_scope(db, DB_ORG_ALL);
	return store_answer_put(db, &answer, err);
}

static int blank_work(struct db *db, void *arg, struct err *err)
{
	struct store_answer_put_params answer = { 1, 7, S("q"), false, S(""), false, S(""), 5 };
	int r = null_work(db, arg, err);

	return r ? r : store_answer_put(db, &answer, err);
}

static int cascade_work(struct db *db, void *arg, struct err *err)
{
	int64_t changed = 0;
	int r = null_work(db, arg, err);

	if (r == 0)
		r = store_org_move(db, 1, 2, &changed, err);
	return r;
}

static int delete_work(struct db *db, void *arg, struct err *err)
{
	db_scope(db, DB_ORG_ALL);
	return store_sheet_delete(db, 2, 7, arg, err);
}

static void keeps_keys_and_checks(void **state)
{
	struct store *s = *state;
	struct store_answers_rows answers;
	int64_t changed = 0;
	struct err err;
	struct db *db;

	assert_int_equal(db_write(s->pool, orphan_work, NULL, &err), DB_CONFLICT);
	assert_fault(db_write(s->pool, blank_work, NULL, &err), FAULT_DB, &err);
	assert_ok(db_write(s->pool, cascade_work, NULL, &err), &err);
	db = reader(s);
	assert_ok(store_answers(db, &s->arena, 1, 7, &answers, &err), &err);
	assert_int_equal(answers.n, 0);
	assert_ok(store_answers(db, &s->arena, 2, 7, &answers, &err), &err);
	assert_int_equal(answers.n, 2);
	assert_ok(db_write(s->pool, delete_work, &changed, &err), &err);
	assert_int_equal(changed, 1);
	db = reader_again(s, db);
	assert_ok(store_answers(db, &s->arena, 2, 7, &answers, &err), &err);
	assert_int_equal(answers.n, 0);
	db_read_end(s->pool, db);
}

static int take_work(struct db *db, void *arg, struct err *err)
{
	struct store *s = arg;
	struct store_secret_take_row row;
	int r = store_secret_take(db, &s->arena, S("a"), &row, err);

	if (r == 0)
		assert_str(row.value, "1");
	return r;
}

static void returns_rows_of_writes(void **state)
{
	struct store *s = *state;
	struct err err;

	put(s, S("a"), S("1"));
	assert_ok(db_write(s->pool, take_work, s, &err), &err);
	assert_int_equal(db_write(s->pool, take_work, s, &err), DB_NOT_FOUND);
}

static void refuses_more_rows_than_promised(void **state)
{
	struct store *s = *state;
	struct store_few_names_rows names;
	struct store_some_secret_row row;
	struct err err;
	struct db *db;

	put(s, S("a"), S("1"));
	put(s, S("b"), S("1"));
	db = reader(s);
	assert_ok(store_few_names(db, &s->arena, &names, &err), &err);
	assert_fault(store_some_secret(db, &s->arena, &row, &err), FAULT_DB, &err);
	put(s, S("c"), S("1"));
	db = reader_again(s, db);
	assert_fault(store_few_names(db, &s->arena, &names, &err), FAULT_DB, &err);
	db_read_end(s->pool, db);
}

static void refuses_texts_that_are_not_texts(void **state)
{
	struct store *s = *state;
	struct err err;

	assert_fault(store_put(s, S("a\0b"), S("1"), &err), FAULT_INTERNAL, &err);
	assert_fault(store_put(s, S("\xff"), S("1"), &err), FAULT_INTERNAL, &err);
}

static void a_read_sees_one_moment(void **state)
{
	struct store *s = *state;
	bool is_one_moment = db_pool_engine(s->pool) == DB_SQLITE;
	struct store_secret_count_row count;
	struct err err;
	struct db *db = reader(s);

	assert_ok(store_secret_count(db, &s->arena, &count, &err), &err);
	assert_int_equal(count.n, 0);
	put(s, S("a"), S("1"));
	assert_ok(store_secret_count(db, &s->arena, &count, &err), &err);
	assert_int_equal(count.n, is_one_moment ? 0 : 1);
	db = reader_again(s, db);
	assert_ok(store_secret_count(db, &s->arena, &count, &err), &err);
	assert_int_equal(count.n, 1);
	db_read_end(s->pool, db);
}

static void readers_cannot_write(void **state)
{
	struct store *s = *state;
	int64_t changed;
	struct err err;
	struct db *db;

	put(s, S("a"), S("1"));
	db = reader(s);
	assert_fault(store_secret_put(db, S("b"), S("1"), &err), FAULT_DB, &err);
	assert_fault(store_secrets_forget(db, &changed, &err), FAULT_DB, &err);
	db_read_end(s->pool, db);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM instance"), 1);
}

static void every_query_prepares(void **state)
{
	struct store *s = *state;
	struct err err;
	struct db *db = reader(s);

	for (size_t i = 0; store_queries[i]; i++)
		assert_ok(db_prepare(db, store_queries[i], &err), &err);
	db_read_end(s->pool, db);
}

TEST_MAIN(store_test(keeps_awkward_blobs_and_texts), store_test(orders_texts_by_bytes),
	  store_test(tells_null_from_empty_and_keeps_large_numbers), store_test(gives_outcomes),
	  store_test(keeps_keys_and_checks), store_test(returns_rows_of_writes),
	  store_test(refuses_more_rows_than_promised), store_test(refuses_texts_that_are_not_texts),
	  store_test(a_read_sees_one_moment), store_test(readers_cannot_write),
	  store_test(every_query_prepares))
