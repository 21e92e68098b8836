/* Clocks and dates. */
#include "base/timing.h"

#include "../test.h"

static void writes_dates(void **state)
{
	static const struct {
		int64_t ms;
		const char *iso;
	} cases[] = {
		{ 0, "1970-01-01T00:00:00.000Z" },
		{ -1, "1969-12-31T23:59:59.999Z" },
		{ -1000, "1969-12-31T23:59:59.000Z" },
		{ 784111777000, "1994-11-06T08:49:37.000Z" },
		{ 951782400123, "2000-02-29T00:00:00.123Z" },
		{ 4102444799999, "2099-12-31T23:59:59.999Z" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_str(time_iso(*state, cases[i].ms), cases[i].iso);
}

static void clocks_go_forward(void **state)
{
	int64_t mono = time_mono_ms(), now = time_now_ms();

	(void)state;
	assert_true(time_mono_ms() >= mono);
	/* Later than the day this was written; a machine without a clock would be in 1970. */
	assert_true(now > 1767225600000);
}

TEST_MAIN(unit_test(writes_dates), unit_test(clocks_go_forward))
