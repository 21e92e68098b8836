/*
 * What every unit test includes: cmocka behind its required headers, assertions on strings, and an
 * arena per test.
 *
 *     static void cuts_at_first_separator(void **state)
 *     {
 *             struct arena *a = *state;
 *             …
 *     }
 *     TEST_MAIN(unit_test(cuts_at_first_separator), unit_test(…))
 */
#ifndef JALON_TEST_UNIT_TEST_H
#define JALON_TEST_UNIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"

/* Compares a struct str with a literal and shows both when they differ. */
static inline void assert_str(struct str got, const char *want)
{
	struct arena a;

	arena_init(&a, got.len + 65536);
	assert_string_equal(str_c(&a, got), want);
	arena_release(&a);
}

static inline int test_setup(void **state)
{
	struct arena *a = malloc(sizeof *a);

	if (!a)
		return -1;
	arena_init(a, (size_t)256 << 20);
	*state = a;
	return 0;
}

static inline int test_teardown(void **state)
{
	arena_release(*state);
	free(*state);
	return 0;
}

/* cmocka has an old macro of that name. */
#undef unit_test
#define unit_test(f) cmocka_unit_test_setup_teardown(f, test_setup, test_teardown)

#define TEST_MAIN(...)                                             \
	int main(void)                                             \
	{                                                          \
		const struct CMUnitTest tests[] = { __VA_ARGS__ }; \
		return cmocka_run_group_tests(tests, NULL, NULL);  \
	}

#endif
