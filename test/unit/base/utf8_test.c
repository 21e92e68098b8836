/* UTF-8 as RFC 3629 has it, at the edges of each of its ranges. */
#include "base/utf8.h"

#include "../test.h"

enum { BAD = 0xFFFD };

static void decodes_edges(void **state)
{
	static const struct {
		struct str bytes;
		uint32_t first;
		size_t taken;
		bool valid;
	} cases[] = {
		{ STR("A"), 'A', 1, true },
		{ STR("\x7f"), 0x7F, 1, true },
		{ STR("\xC2\x80"), 0x80, 2, true },
		{ STR("\xDF\xBF"), 0x7FF, 2, true },
		{ STR("\xE0\xA0\x80"), 0x800, 3, true },
		{ STR("\xED\x9F\xBF"), 0xD7FF, 3, true },
		{ STR("\xEE\x80\x80"), 0xE000, 3, true },
		{ STR("\xEF\xBF\xBD"), 0xFFFD, 3, true },
		{ STR("\xEF\xBF\xBF"), 0xFFFF, 3, true },
		{ STR("\xF0\x90\x80\x80"), 0x10000, 4, true },
		{ STR("\xF4\x8F\xBF\xBF"), 0x10FFFF, 4, true },
		/* NUL is a code point, but no text of ours holds one */
		{ STR("\0"), 0, 1, false },
		/* alone or cut short */
		{ STR("\x80"), BAD, 1, false },
		{ STR("\xBF"), BAD, 1, false },
		{ STR("\xC3"), BAD, 1, false },
		{ STR("\xE2\x82"), BAD, 1, false },
		{ STR("\xF0\x9F\x98"), BAD, 1, false },
		{ STR("\xC3("), BAD, 1, false },
		{ STR("\xE2\x82("), BAD, 1, false },
		{ STR("\xF0\x9F\x98("), BAD, 1, false },
		/* overlong */
		{ STR("\xC0\x80"), BAD, 1, false },
		{ STR("\xC1\xBF"), BAD, 1, false },
		{ STR("\xE0\x9F\xBF"), BAD, 1, false },
		{ STR("\xF0\x8F\xBF\xBF"), BAD, 1, false },
		/* surrogates, and above U+10FFFF */
		{ STR("\xED\xA0\x80"), BAD, 1, false },
		{ STR("\xED\xBF\xBF"), BAD, 1, false },
		{ STR("\xF4\x90\x80\x80"), BAD, 1, false },
		{ STR("\xF5\x80\x80\x80"), BAD, 1, false },
		{ STR("\xFE"), BAD, 1, false },
		{ STR("\xFF"), BAD, 1, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str rest = cases[i].bytes;

		assert_int_equal(utf8_valid(rest), cases[i].valid);
		assert_int_equal(utf8_next(&rest), cases[i].first);
		assert_int_equal(cases[i].bytes.len - rest.len, cases[i].taken);
	}
	assert_true(utf8_valid(S("")));
}

static void counts_and_cuts_whole_characters(void **state)
{
	struct str s = S("aé€😀z");

	(void)state;
	assert_int_equal(utf8_count(s), 5);
	assert_int_equal(utf8_count(S("")), 0);
	assert_str(utf8_prefix(s, 0), "");
	assert_str(utf8_prefix(s, 2), "aé");
	assert_str(utf8_prefix(s, 4), "aé€😀");
	assert_str(utf8_prefix(s, 99), "aé€😀z");
}

static void finds_control_characters(void **state)
{
	(void)state;
	assert_false(utf8_has_control(S("a\tb\r\né\xC2\xA0")));
	assert_true(utf8_has_control(S("a\x1f")));
	assert_true(utf8_has_control(S("\0")));
	assert_true(utf8_has_control(S("\x7f")));
	assert_true(utf8_has_control(S("\xC2\x80")));
	assert_true(utf8_has_control(S("\xC2\x9f")));
	assert_false(utf8_has_control(S("")));
}

TEST_MAIN(unit_test(decodes_edges), unit_test(counts_and_cuts_whole_characters),
	  unit_test(finds_control_characters))
