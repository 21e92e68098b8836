#include "i18n/i18n.h"

#include "../test.h"

static void writes_whole_numbers(void **state)
{
	static const struct {
		int64_t n;
		const char *fr, *en;
	} cases[] = {
		{ 0, "0", "0" },
		{ 7, "7", "7" },
		{ -7, "-7", "-7" },
		{ 999, "999", "999" },
		{ 1000, "1\u202f000", "1,000" },
		{ 1234, "1\u202f234", "1,234" },
		{ -1234567, "-1\u202f234\u202f567", "-1,234,567" },
		{ INT64_MAX, "9\u202f223\u202f372\u202f036\u202f854\u202f775\u202f807",
		  "9,223,372,036,854,775,807" },
		{ INT64_MIN, "-9\u202f223\u202f372\u202f036\u202f854\u202f775\u202f808",
		  "-9,223,372,036,854,775,808" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_str(fmt_int(*state, LANG_FR, cases[i].n), cases[i].fr);
		assert_str(fmt_int(*state, LANG_EN, cases[i].n), cases[i].en);
	}
}

static void writes_decimals(void **state)
{
	static const struct {
		int64_t n;
		int decimals;
		bool trim;
		const char *fr, *en;
	} cases[] = {
		{ 125, 1, false, "12,5", "12.5" },
		{ 120, 1, false, "12,0", "12.0" },
		{ 120, 1, true, "12", "12" },
		{ 0, 3, true, "0", "0" },
		{ 0, 2, false, "0,00", "0.00" },
		{ -5, 2, false, "-0,05", "-0.05" },
		{ 12050, 3, true, "12,05", "12.05" },
		{ 1234567, 2, true, "12\u202f345,67", "12,345.67" },
		{ 42, 0, false, "42", "42" },
		{ INT64_MIN, 18, false, "-9,223372036854775808", "-9.223372036854775808" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_str(fmt_fixed(*state, LANG_FR, cases[i].n, cases[i].decimals, cases[i].trim),
			   cases[i].fr);
		assert_str(fmt_fixed(*state, LANG_EN, cases[i].n, cases[i].decimals, cases[i].trim),
			   cases[i].en);
	}
}

static void writes_shares_half_up(void **state)
{
	assert_str(fmt_percent(*state, LANG_FR, 5882), "59\u202f%");
	assert_str(fmt_percent(*state, LANG_EN, 5882), "59%");
	assert_str(fmt_percent(*state, LANG_EN, 6250), "63%");
	assert_str(fmt_percent(*state, LANG_EN, 6249), "62%");
	assert_str(fmt_percent(*state, LANG_EN, 0), "0%");
	assert_str(fmt_percent(*state, LANG_FR, 10000), "100\u202f%");
}

static void writes_dates(void **state)
{
	static const struct {
		int64_t ms;
		const char *fr, *en;
	} cases[] = {
		{ 1795424700000, "23\u00a0novembre 2026", "23\u00a0November 2026" },
		{ 1772323199999, "28\u00a0février 2026", "28\u00a0February 2026" },
		{ 1772323200000, "1er\u00a0mars 2026", "1\u00a0March 2026" },
		{ -1, "31\u00a0décembre 1969", "31\u00a0December 1969" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_str(fmt_date(*state, LANG_FR, cases[i].ms), cases[i].fr);
		assert_str(fmt_date(*state, LANG_EN, cases[i].ms), cases[i].en);
	}
}

static void writes_lists(void **state)
{
	const struct str items[] = { STR("a"), STR("b"), STR("c") };

	assert_str(fmt_list(*state, LANG_FR, items, 0), "");
	assert_str(fmt_list(*state, LANG_FR, items, 1), "a");
	assert_str(fmt_list(*state, LANG_FR, items, 2), "a et b");
	assert_str(fmt_list(*state, LANG_FR, items, 3), "a, b et c");
	assert_str(fmt_list(*state, LANG_EN, items, 3), "a, b and c");
}

static void quotes_what_was_written(void **state)
{
	assert_str(fmt_quoted(*state, LANG_FR, S("oui")), "«\u00a0oui\u00a0»");
	assert_str(fmt_quoted(*state, LANG_EN, S("yes")), "\"yes\"");
	assert_str(fmt_quoted(*state, LANG_EN, S("")), "\"\"");
}

static void begins_a_sentence(void **state)
{
	assert_str(fmt_sentence(*state, S("environ 50\u202f%")), "Environ 50\u202f%");
	assert_str(fmt_sentence(*state, S("z")), "Z");
	assert_str(fmt_sentence(*state, S("12 points")), "12 points");
	assert_str(fmt_sentence(*state, S("à peine")), "à peine");
	assert_str(fmt_sentence(*state, S("")), "");
}

TEST_MAIN(unit_test(writes_whole_numbers), unit_test(writes_decimals),
	  unit_test(writes_shares_half_up), unit_test(writes_dates), unit_test(writes_lists),
	  unit_test(quotes_what_was_written), unit_test(begins_a_sentence))
