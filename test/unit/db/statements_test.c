/* db/statements.c: the table of prepared statements. */
#include "unit/test.h"

#include "db/db_priv.h"

enum { MANY = 1000 };

static void finds_each_of_many(void **state)
{
	struct arena *a = *state;
	struct db_query *queries = arena_new(a, struct db_query, MANY);
	int *statements = arena_new(a, int, MANY);
	struct db_statements table = { .arena = a };

	assert_null(db_statements_get(&table, &queries[0]));
	for (int i = 0; i < MANY; i += 2)
		db_statements_add(&table, &queries[i], &statements[i]);
	for (int i = 0; i < MANY; i++)
		assert_ptr_equal(db_statements_get(&table, &queries[i]),
				 i % 2 == 0 ? &statements[i] : NULL);
}

TEST_MAIN(unit_test(finds_each_of_many))
