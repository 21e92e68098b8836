/* Strict numbers and the one rounding rule. */
#include "base/num.h"

#include "../test.h"

enum { UNTOUCHED = -77 };

static void parses_whole_numbers(void **state)
{
	static const struct {
		const char *text;
		int64_t min, max;
		int outcome;
		int64_t value;
	} cases[] = {
		{ "0", 0, 9, NUM_OK, 0 },
		{ "7", 0, 9, NUM_OK, 7 },
		{ "-7", -9, 9, NUM_OK, -7 },
		{ "9223372036854775807", INT64_MIN, INT64_MAX, NUM_OK, INT64_MAX },
		{ "-9223372036854775808", INT64_MIN, INT64_MAX, NUM_OK, INT64_MIN },
		{ "9223372036854775808", INT64_MIN, INT64_MAX, NUM_RANGE, UNTOUCHED },
		{ "-9223372036854775809", INT64_MIN, INT64_MAX, NUM_RANGE, UNTOUCHED },
		{ "99999999999999999999999", INT64_MIN, INT64_MAX, NUM_RANGE, UNTOUCHED },
		{ "10", 0, 9, NUM_RANGE, UNTOUCHED },
		{ "-1", 0, 9, NUM_RANGE, UNTOUCHED },
		{ "", 0, 9, NUM_SYNTAX, UNTOUCHED },
		{ "-", 0, 9, NUM_SYNTAX, UNTOUCHED },
		{ "+1", 0, 9, NUM_SYNTAX, UNTOUCHED },
		{ " 1", 0, 9, NUM_SYNTAX, UNTOUCHED },
		{ "1 ", 0, 9, NUM_SYNTAX, UNTOUCHED },
		{ "01", 0, 9, NUM_SYNTAX, UNTOUCHED },
		{ "-0", -9, 9, NUM_SYNTAX, UNTOUCHED },
		{ "--1", -9, 9, NUM_SYNTAX, UNTOUCHED },
		{ "1e3", 0, 9999, NUM_SYNTAX, UNTOUCHED },
		{ "0x1", 0, 9, NUM_SYNTAX, UNTOUCHED },
		{ "1.", 0, 9, NUM_SYNTAX, UNTOUCHED },
		{ "1.0", 0, 9, NUM_SYNTAX, UNTOUCHED },
		{ "99999999999999999999.x", 0, 9, NUM_SYNTAX, UNTOUCHED },
		{ "١", 0, 9, NUM_SYNTAX, UNTOUCHED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t value = UNTOUCHED;

		assert_int_equal(
			num_parse(str_from(cases[i].text), cases[i].min, cases[i].max, &value),
			cases[i].outcome);
		assert_true(value == cases[i].value);
	}
}

static void parses_decimals(void **state)
{
	static const struct {
		const char *text;
		int decimals;
		int outcome;
		int64_t value;
	} cases[] = {
		{ "3.5", 3, NUM_OK, 3500 },
		{ "3", 3, NUM_OK, 3000 },
		{ "3.125", 3, NUM_OK, 3125 },
		{ "0.001", 3, NUM_OK, 1 },
		{ "-0.001", 3, NUM_OK, -1 },
		{ "-2.5", 1, NUM_OK, -25 },
		{ "3.1250", 3, NUM_SYNTAX, UNTOUCHED },
		{ "3.", 3, NUM_SYNTAX, UNTOUCHED },
		{ ".5", 3, NUM_SYNTAX, UNTOUCHED },
		{ "-.5", 3, NUM_SYNTAX, UNTOUCHED },
		{ "00.5", 3, NUM_SYNTAX, UNTOUCHED },
		{ "1.2.3", 3, NUM_SYNTAX, UNTOUCHED },
		{ "1,5", 3, NUM_SYNTAX, UNTOUCHED },
		{ "1.-5", 3, NUM_SYNTAX, UNTOUCHED },
		{ "-0.0", 3, NUM_SYNTAX, UNTOUCHED },
		{ "9223372036854775807", 1, NUM_RANGE, UNTOUCHED },
		{ "10.1", 1, NUM_RANGE, UNTOUCHED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t value = UNTOUCHED;
		int64_t limit = cases[i].decimals == 1 ? 100 : 100000;

		assert_int_equal(num_parse_fixed(str_from(cases[i].text), cases[i].decimals, -limit,
						 limit, &value),
				 cases[i].outcome);
		assert_true(value == cases[i].value);
	}
}

static void rounds_half_up(void **state)
{
	static const struct {
		int64_t a, b, q;
	} cases[] = {
		{ 0, 5, 0 },
		{ 5, 2, 3 },
		{ 4, 3, 1 },
		{ 5, 3, 2 },
		{ -5, 2, -2 },
		{ -4, 3, -1 },
		{ -5, 3, -2 },
		{ 1, 2, 1 },
		{ -1, 2, 0 },
		{ -3, 2, -1 },
		{ 7, 1, 7 },
		{ 20 * 10000, 34, 5882 },
		{ INT64_MAX, 1, INT64_MAX },
		{ INT64_MIN, 1, INT64_MIN },
		{ INT64_MAX, 2, INT64_MAX / 2 + 1 },
		{ INT64_MIN, INT64_MAX, -1 },
		{ INT64_MAX, INT64_MAX, 1 },
		{ INT64_MAX / 2, INT64_MAX, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_true(num_div_round(cases[i].a, cases[i].b) == cases[i].q);
}

TEST_MAIN(unit_test(parses_whole_numbers), unit_test(parses_decimals), unit_test(rounds_half_up))
