/* db/fake.c, and through it the checks that db.c and fetch.c make for every engine. */
#include "unit/test.h"

#include <string.h>

#include "db/fake.h"

static const enum db_type param_types[] = { DB_I64, DB_TEXT };
static const enum db_type column_types[] = { DB_I64, DB_TEXT };
static const bool nullable[] = { false, true };
static const struct db_query query = {
	.name = "test.pair",
	.n_params = 2,
	.params = param_types,
	.n_columns = 2,
	.columns = column_types,
	.nullable = nullable,
};
static const struct db_query change = { .name = "test.change", .writes = true };
static const struct db_value params[] = { { .type = DB_I64, .i64 = 4 },
					  { .type = DB_TEXT, .bytes = STR("four") } };

struct pair {
	int64_t number;
	struct str text;
};

static void pair_read(struct arena *a, const struct db_value *columns, void *ret_row)
{
	struct pair *pair = ret_row;

	pair->number = columns[0].i64;
	pair->text = str_dup(a, columns[1].bytes);
}

static const struct db_fetch fetch = { &query, sizeof(struct pair), 2, pair_read };

static void gives_scripted_rows(void **state)
{
	struct arena *a = *state;
	const struct db_value cells[] = { { .type = DB_I64, .i64 = 1 },
					  { .type = DB_NULL },
					  { .type = DB_I64, .i64 = 2 },
					  { .type = DB_TEXT, .bytes = STR("b") } };
	const struct fake_step steps[] = { { .query = "test.pair", .n_rows = 2, .cells = cells } };
	struct db *db = fake_make(a, steps, 1);
	struct err err;
	struct pair *pairs;
	void *rows;
	size_t n;

	assert_int_equal(fake_left(db), 1);
	assert_int_equal(db_fetch_many(db, a, &fetch, params, &rows, &n, &err), DB_OK);
	assert_int_equal(fake_left(db), 0);
	assert_ptr_equal(fake_params(db), params);
	pairs = rows;
	assert_int_equal(n, 2);
	assert_int_equal(pairs[0].number, 1);
	assert_int_equal(pairs[0].text.len, 0);
	assert_str(pairs[1].text, "b");
}

static void refuses_what_the_script_does_not_expect(void **state)
{
	struct arena *a = *state;
	const struct fake_step steps[] = { { .query = "test.pair" } };
	struct err err;
	struct pair pair;

	assert_int_equal(db_exec(fake_make(a, steps, 1), &change, NULL, NULL, &err),
			 FAULT_INTERNAL);
	assert_non_null(strstr(err.text, "test.pair"));
	assert_int_equal(db_fetch_one(fake_make(a, steps, 0), a, &fetch, params, &pair, &err),
			 FAULT_INTERNAL);
}

static void tells_outcomes_and_faults(void **state)
{
	struct arena *a = *state;
	const struct fake_step steps[] = { { .query = "test.change", .changed = 3 },
					   { .query = "test.pair" },
					   { .query = "test.change", .result = DB_CONFLICT },
					   { .query = "test.change", .result = DB_OK } };
	const struct fake_step gone[] = { { .query = "test.change", .result = FAULT_DB_GONE } };
	struct db *db = fake_make(a, steps, 4);
	struct pair pair = { .number = 9 };
	int64_t changed = 0;
	struct err err;

	assert_int_equal(db_exec(db, &change, NULL, &changed, &err), DB_OK);
	assert_int_equal(changed, 3);
	assert_int_equal(db_fetch_one(db, a, &fetch, params, &pair, &err), DB_NOT_FOUND);
	assert_int_equal(pair.number, 9);
	assert_int_equal(db_exec(db, &change, NULL, &changed, &err), DB_CONFLICT);
	/* A conflict ends the job: what follows does not reach the engine. */
	assert_int_equal(db_exec(db, &change, NULL, &changed, &err), FAULT_INTERNAL);
	assert_int_equal(fake_left(db), 1);
	assert_int_equal(db_exec(fake_make(a, gone, 1), &change, NULL, NULL, &err), FAULT_DB_GONE);
}

static void refuses_values_of_other_types(void **state)
{
	struct arena *a = *state;
	const struct db_value cells[] = { { .type = DB_NULL }, { .type = DB_NULL } };
	const struct fake_step steps[] = { { .query = "test.pair", .n_rows = 1, .cells = cells } };
	const struct db_value swapped[] = { params[1], params[0] };
	struct err err;
	struct pair pair;

	assert_int_equal(db_fetch_one(fake_make(a, steps, 1), a, &fetch, swapped, &pair, &err),
			 FAULT_INTERNAL);
	assert_int_equal(db_fetch_one(fake_make(a, steps, 1), a, &fetch, params, &pair, &err),
			 FAULT_DB);
	assert_non_null(strstr(err.text, "column 1 is NULL"));
}

TEST_MAIN(unit_test(gives_scripted_rows), unit_test(refuses_what_the_script_does_not_expect),
	  unit_test(tells_outcomes_and_faults), unit_test(refuses_values_of_other_types))
