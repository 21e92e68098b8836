#include "http/limits.h"

#include <stdio.h>

#include "../test.h"

enum { SECOND = 1000 * 1000 };

static const struct limit slow = { "slow", .burst = 3, .per_minute = 60 };
static const struct limit other = { "other", .burst = 1, .per_minute = 1 };

static int64_t take(struct limits *l, const char *key, int64_t now_us)
{
	return limits_take(l, &slow, str_from(key), now_us);
}

static void lets_a_burst_pass_and_then_the_rate(void **state)
{
	struct limits *l = limits_make(*state);
	int64_t now = 50 * SECOND;

	for (int i = 0; i < 3; i++)
		assert_int_equal(take(l, "a", now), 0);
	assert_int_equal(take(l, "a", now), SECOND);
	assert_int_equal(take(l, "a", now + SECOND / 4), SECOND * 3 / 4);
	assert_int_equal(take(l, "a", now + SECOND), 0);
	assert_int_equal(take(l, "a", now + SECOND), SECOND);
}

/* Trying too early costs nothing, so nobody is kept out by their own impatience. */
static void never_locks_out(void **state)
{
	struct limits *l = limits_make(*state);
	int64_t now = SECOND;

	for (int i = 0; i < 1000; i++)
		(void)take(l, "a", now);
	assert_int_equal(take(l, "a", now + SECOND), 0);
}

static void fills_up_to_the_burst_only(void **state)
{
	struct limits *l = limits_make(*state);
	int64_t now = SECOND;

	assert_int_equal(take(l, "a", now), 0);
	now += 3600LL * SECOND;
	for (int i = 0; i < 3; i++)
		assert_int_equal(take(l, "a", now), 0);
	assert_int_equal(take(l, "a", now), SECOND);
}

static void keeps_keys_and_limits_apart(void **state)
{
	struct limits *l = limits_make(*state);

	for (int i = 0; i < 3; i++)
		assert_int_equal(take(l, "a", SECOND), 0);
	assert_int_equal(take(l, "b", SECOND), 0);
	assert_int_equal(limits_take(l, &other, S("a"), SECOND), 0);
	assert_int_equal(limits_take(l, &other, S("a"), SECOND), 60LL * SECOND);
}

/* Four times as many keys as there is room for: those that took least give way, so that one who took all
 * is remembered. */
static void forgets_who_took_least(void **state)
{
	struct limits *l = limits_make(*state);
	char key[32];

	for (int i = 0; i < 3; i++)
		assert_int_equal(take(l, "greedy", SECOND), 0);
	for (int i = 0; i < 4 * LIMITS_ENTRIES; i++) {
		(void)snprintf(key, sizeof key, "key %d", i);
		assert_int_equal(take(l, key, SECOND), 0);
	}
	assert_true(take(l, "greedy", SECOND) > 0);
}

/* Asking what would be answered takes nothing, whatever it answers. */
static void looks_without_taking(void **state)
{
	struct limits *l = limits_make(*state);

	for (int i = 0; i < 10; i++)
		assert_int_equal(limits_wait(l, &other, S("a"), SECOND), 0);
	assert_int_equal(limits_take(l, &other, S("a"), SECOND), 0);
	for (int i = 0; i < 10; i++)
		assert_int_equal(limits_wait(l, &other, S("a"), SECOND), 60LL * SECOND);
	assert_int_equal(limits_wait(l, &other, S("b"), SECOND), 0);
	assert_int_equal(limits_take(l, &other, S("a"), 61LL * SECOND), 0);
}

TEST_MAIN(unit_test(looks_without_taking), unit_test(lets_a_burst_pass_and_then_the_rate),
	  unit_test(never_locks_out), unit_test(fills_up_to_the_burst_only),
	  unit_test(keeps_keys_and_limits_apart), unit_test(forgets_who_took_least))
