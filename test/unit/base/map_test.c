/* Maps from strings to pointers. */
#include "base/map.h"

#include "../test.h"
#include "base/buf.h"

static void finds_nothing_when_empty(void **state)
{
	struct map m = map_make(*state);

	assert_null(map_get(&m, S("x")));
	assert_null(map_get(&m, S("")));
}

static void keeps_the_first_value(void **state)
{
	struct map m = map_make(*state);
	int one, two;

	assert_null(map_add(&m, S("x"), &one));
	assert_ptr_equal(map_add(&m, S("x"), &two), &one);
	assert_ptr_equal(map_get(&m, S("x")), &one);
	assert_null(map_add(&m, S(""), &two));
	assert_ptr_equal(map_get(&m, S("")), &two);
	assert_int_equal(m.n, 2);
}

static void tells_near_keys_apart(void **state)
{
	static const struct str keys[] = { STR("a"),    STR("A"),  STR("a\0"),
					   STR("a\0b"), STR("ab"), STR("") };
	struct map m = map_make(*state);
	int values[6];

	for (size_t i = 0; i < 6; i++)
		assert_null(map_add(&m, keys[i], &values[i]));
	for (size_t i = 0; i < 6; i++)
		assert_ptr_equal(map_get(&m, keys[i]), &values[i]);
}

static void grows(void **state)
{
	struct arena *a = *state;
	struct map m = map_make(a);
	int *values = arena_new(a, int, 10000);

	for (int i = 0; i < 10000; i++)
		assert_null(map_add(&m, str_fmt(a, "key%d", i), &values[i]));
	for (int i = 0; i < 10000; i++)
		assert_ptr_equal(map_get(&m, str_fmt(a, "key%d", i)), &values[i]);
	assert_null(map_get(&m, S("key10000")));
	assert_int_equal(m.n, 10000);
}

TEST_MAIN(unit_test(finds_nothing_when_empty), unit_test(keeps_the_first_value),
	  unit_test(tells_near_keys_apart), unit_test(grows))
