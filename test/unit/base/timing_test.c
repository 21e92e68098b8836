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

static void days_are_parsed_as_they_are_written(void **state)
{
	static const struct {
		int64_t day;
		const char *text;
	} cases[] = {
		{ 0, "1970-01-01" },     { -1, "1969-12-31" },      { 11016, "2000-02-29" },
		{ 20524, "2026-03-12" }, { DAY_MIN, "0001-01-01" }, { DAY_MAX, "9999-12-31" },
	};
	int64_t day;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = buf_make(*state, 32);

		day_put(&b, cases[i].day);
		assert_str(buf_str(&b), cases[i].text);
		assert_int_equal(day_parse(str_from(cases[i].text), &day), 0);
		assert_int_equal(day, cases[i].day);
	}
}

static void what_is_no_day_is_refused(void **state)
{
	static const char *const bad[] = { "",           "2026-02-29", "2026-2-03",  "26-02-03",
					   "2026-13-01", "2026-00-10", "0000-01-01", "2026-03-12T",
					   "2026/03/12", "+026-03-12", "2026-03-1x" };
	int64_t day = 7;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(day_parse(str_from(bad[i]), &day), 1);
	assert_int_equal(day, 7);
}

static void clocks_go_forward(void **state)
{
	int64_t mono = time_mono_ms(), now = time_now_ms();

	(void)state;
	assert_true(time_mono_ms() >= mono);
	/* Later than the day this was written; a machine without a clock would be in 1970. */
	assert_true(now > 1767225600000);
}

TEST_MAIN(unit_test(writes_dates), unit_test(days_are_parsed_as_they_are_written),
	  unit_test(what_is_no_day_is_refused), unit_test(clocks_go_forward))
