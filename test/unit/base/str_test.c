/* Strings as pointer and length. */
#include "base/str.h"

#include "../test.h"

static const struct str none = { NULL, 0 };

static void makes(void **state)
{
	struct arena *a = *state;
	struct str original = S("abc");
	struct str copy = str_dup(a, original);

	assert_int_equal(str_from(NULL).len, 0);
	assert_str(str_from("abc"), "abc");
	assert_str(str_make("abcdef", 3), "abc");
	assert_str(copy, "abc");
	assert_ptr_not_equal(copy.data, original.data);
	assert_string_equal(str_c(a, none), "");
	assert_string_equal(str_c(a, str_make("abcdef", 2)), "ab");
}

static void compares(void **state)
{
	static const struct {
		struct str a, b;
		bool eq, eq_nocase;
		int order;
	} cases[] = {
		{ STR(""), STR(""), true, true, 0 },
		{ STR("a"), STR("a"), true, true, 0 },
		{ STR("a"), STR("A"), false, true, 1 },
		{ STR("Z"), STR("z"), false, true, -1 },
		{ STR("["), STR("{"), false, false, -1 },
		{ STR("@"), STR("`"), false, false, -1 },
		{ STR("\xC9"), STR("\xE9"), false, false, -1 },
		{ STR("a"), STR("ab"), false, false, -1 },
		{ STR("b"), STR("ab"), false, false, 1 },
		{ STR(""), STR("a"), false, false, -1 },
		{ STR("a\0b"), STR("a\0c"), false, false, -1 },
		{ STR("\x7f"), STR("\x80"), false, false, -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str a = cases[i].a, b = cases[i].b;
		int order = str_cmp(a, b);

		assert_int_equal(str_eq(a, b), cases[i].eq);
		assert_int_equal(str_eq_nocase(a, b), cases[i].eq_nocase);
		assert_int_equal((order > 0) - (order < 0), cases[i].order);
		assert_int_equal(str_hash(a) == str_hash(b), cases[i].eq);
	}
	assert_true(str_eq(none, S("")));
	assert_true(str_is(none, ""));
	assert_true(str_is(S("x"), "x"));
}

static void finds_parts(void **state)
{
	static const struct {
		struct str s, part;
		bool starts, ends, contains;
	} cases[] = {
		{ STR("abc"), STR(""), true, true, true },
		{ STR("abc"), STR("abc"), true, true, true },
		{ STR("abc"), STR("ab"), true, false, true },
		{ STR("abc"), STR("bc"), false, true, true },
		{ STR("abc"), STR("b"), false, false, true },
		{ STR("abc"), STR("abcd"), false, false, false },
		{ STR("abc"), STR("ac"), false, false, false },
		{ STR(""), STR(""), true, true, true },
		{ STR(""), STR("a"), false, false, false },
		{ STR("aab"), STR("ab"), false, true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(str_starts(cases[i].s, cases[i].part), cases[i].starts);
		assert_int_equal(str_ends(cases[i].s, cases[i].part), cases[i].ends);
		assert_int_equal(str_contains(cases[i].s, cases[i].part), cases[i].contains);
	}
}

static void slices_within_its_length(void **state)
{
	static const struct {
		size_t from, to;
		const char *slice;
	} cases[] = {
		{ 0, 3, "abc" }, { 1, 2, "b" },         { 0, 0, "" }, { 3, 3, "" },
		{ 2, 1, "" },    { 1, SIZE_MAX, "bc" }, { 9, 9, "" }, { SIZE_MAX, SIZE_MAX, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_str(str_slice(S("abc"), cases[i].from, cases[i].to), cases[i].slice);
	assert_null(str_slice(none, 0, 1).data);
}

static void trims_spaces_and_tabs(void **state)
{
	(void)state;
	assert_str(str_trim(S("  a b\t ")), "a b");
	assert_str(str_trim(S(" \t ")), "");
	assert_str(str_trim(S("\na\n")), "\na\n");
	assert_str(str_trim(none), "");
}

static void cuts_at_separators(void **state)
{
	static const struct {
		struct str s;
		const char *parts[4];
	} cases[] = {
		{ STR("a,b"), { "a", "b" } },
		{ STR("a"), { "a" } },
		{ STR(""), { "" } },
		{ STR("a,"), { "a", "" } },
		{ STR(",a"), { "", "a" } },
		{ STR(","), { "", "" } },
		{ STR("a,,b"), { "a", "", "b" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str rest = cases[i].s;
		size_t n = 0;

		for (; rest.data; n++) {
			struct str part = str_cut(&rest, ',');

			assert_non_null(cases[i].parts[n]);
			assert_str(part, cases[i].parts[n]);
		}
		assert_null(cases[i].parts[n]);
	}
}

TEST_MAIN(unit_test(makes), unit_test(compares), unit_test(finds_parts),
	  unit_test(slices_within_its_length), unit_test(trims_spaces_and_tabs),
	  unit_test(cuts_at_separators))
