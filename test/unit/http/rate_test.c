#include "http/rate.h"

#include "../test.h"

static void slows_down_and_fills_again(void **state)
{
	struct rates rates;

	rates_init(*state, &rates);
	for (int i = 0; i < 3; i++)
		assert_int_equal(rate_take(&rates, 7, 3, 1000, 50), 0);
	assert_int_equal(rate_take(&rates, 7, 3, 1000, 50), 1000);
	assert_int_equal(rate_take(&rates, 7, 3, 1000, 850), 200);
	/* Asking meanwhile costs nothing. */
	assert_int_equal(rate_take(&rates, 7, 3, 1000, 1050), 0);
	assert_int_equal(rate_take(&rates, 7, 3, 1000, 1050), 1000);
	/* Never more than full. */
	for (int i = 0; i < 3; i++)
		assert_int_equal(rate_take(&rates, 7, 3, 1000, 900000), 0);
	assert_true(rate_take(&rates, 7, 3, 1000, 900000) > 0);
}

static void tells_keys_apart(void **state)
{
	struct rates rates;

	rates_init(*state, &rates);
	assert_int_equal(rate_take(&rates, 7, 1, 1000, 0), 0);
	assert_int_equal(rate_take(&rates, 9, 1, 1000, 0), 0);
	assert_true(rate_take(&rates, 7, 1, 1000, 0) > 0);
}

/* Whoever fills the table gets no further than its size: memory does not grow, and the bucket that has
 * least left is the last to be forgotten. */
static void keeps_the_emptiest(void **state)
{
	enum { SETS = RATE_BUCKETS / RATE_WAYS };
	struct rates rates;

	rates_init(*state, &rates);
	for (int i = 0; i < 5; i++)
		assert_int_equal(rate_take(&rates, SETS, 5, 1000, 0), 0);
	for (uint64_t k = 2; k < 100; k++)
		assert_int_equal(rate_take(&rates, k * SETS, 5, 1000, 0), 0);
	assert_true(rate_take(&rates, SETS, 5, 1000, 0) > 0);
}

static void groups_addresses_by_network(void **state)
{
	static const char *const same[][2] = {
		{ "192.0.2.1", "192.0.2.254" },
		{ "::ffff:192.0.2.1", "192.0.2.9" },
		{ "2001:db8:1:2::1", "2001:db8:1:2:ffff::9" },
	};
	struct arena *a = *state;

	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		assert_true(str_eq(rate_network(a, str_from(same[i][0])),
				   rate_network(a, str_from(same[i][1]))));
	assert_false(str_eq(rate_network(a, S("192.0.2.1")), rate_network(a, S("192.0.3.1"))));
	assert_false(str_eq(rate_network(a, S("2001:db8:1:2::1")),
			    rate_network(a, S("2001:db8:1:3::1"))));
	assert_str(rate_network(a, S("unknown")), "unknown");
}

TEST_MAIN(unit_test(slows_down_and_fills_again), unit_test(tells_keys_apart),
	  unit_test(keeps_the_emptiest), unit_test(groups_addresses_by_network))
