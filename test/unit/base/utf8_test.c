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

static void reads_files(void **state)
{
	static const struct {
		struct str bytes, text;
	} cases[] = {
		{ STR(""), STR("") },
		{ STR("Zoé;12\r\n"), STR("Zoé;12\r\n") },
		{ STR("\xEF\xBB\xBFZoé"), STR("Zoé") },
		{ STR("Zo\xE9 \x80 \x9C\x81\xFF"), STR("Zoé € œ\uFFFDÿ") },
		{ STR("na\xEFve\x92s"), STR("naïve’s") },
	};
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_str(utf8_from_file(&a, cases[i].bytes), cases[i].text.data);
	/* What is no text is told by its control characters. */
	assert_true(utf8_has_control(utf8_from_file(&a, S("\xFF\xFEZ\0"))));
	arena_release(&a);
}

static void keeps_what_is_seen(void **state)
{
	static const struct {
		struct str typed, line, visible;
	} cases[] = {
		{ STR(""), STR(""), STR("") },
		{ STR("Qualité"), STR("Qualité"), STR("Qualité") },
		{ STR("  Qualité \t"), STR("Qualité"), STR("Qualité") },
		{ STR("Jean Le Goff"), STR("Jean Le Goff"), STR("Jean Le Goff") },
		/* nothing to see */
		{ STR("\u200B"), STR(""), STR("") },
		{ STR(" \u200B\u2060\uFEFF\u00AD\u3164 "), STR(""), STR("") },
		{ STR("\u00A0\u202F\u2003\u3000\u2800"), STR(""), STR("") },
		{ STR("\u200D\u200C"), STR(""), STR("") },
		{ STR("\uFE0F"), STR(""), STR("") },
		{ STR("\U000E0001\U000E0041"), STR(""), STR("") },
		/* at the ends */
		{ STR("Qualité\u200B"), STR("Qualité"), STR("Qualité") },
		{ STR("\uFEFFQualité\u00A0"), STR("Qualité"), STR("Qualité") },
		{ STR("\uFE0FQualité"), STR("Qualité"), STR("Qualité") },
		/* inside: it has its use, but makes no other name */
		{ STR("Qua\u200Blité"), STR("Qua\u200Blité"), STR("Qualité") },
		{ STR("co\u00ADopération"), STR("co\u00ADopération"), STR("coopération") },
		{ STR("می\u200Cخواهم"), STR("می\u200Cخواهم"), STR("میخواهم") },
		{ STR("👩\u200D💻"), STR("👩\u200D💻"), STR("👩💻") },
		/* what says how the last character is drawn stays with it */
		{ STR("❤\uFE0F"), STR("❤\uFE0F"), STR("❤") },
		{ STR("❤\uFE0F \u200B"), STR("❤\uFE0F"), STR("❤") },
		{ STR("❤ \uFE0F"), STR("❤"), STR("❤") },
		{ STR("🏴\U000E0067\U000E0062\U000E007F"),
		  STR("🏴\U000E0067\U000E0062\U000E007F"), STR("🏴") },
		/* the direction of text */
		{ STR("\u202Eelbatpmoc"), STR("elbatpmoc"), STR("elbatpmoc") },
		{ STR("A\u202AB\u202BC\u202CD\u202DE\u202EF"), STR("ABCDEF"), STR("ABCDEF") },
		{ STR("A\u2066B\u2067C\u2068D\u2069E"), STR("ABCDE"), STR("ABCDE") },
		{ STR("A\u200EB\u200FC\u061CD"), STR("ABCD"), STR("ABCD") },
		{ STR("\u202E"), STR(""), STR("") },
		{ STR("שלום"), STR("שלום"), STR("שלום") },
	};
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str line = utf8_line(&a, cases[i].typed);

		assert_str(line, cases[i].line.data);
		assert_str(utf8_visible(&a, line), cases[i].visible.data);
	}
	arena_release(&a);
}

static void knows_what_may_turn(void **state)
{
	static const struct str turning[] = { STR("שלום"),       STR("abc سلام"),  STR("\u202Eabc"),
					      STR("a\u2067b"),   STR("a\u200F"),   STR("\u061C"),
					      STR("\u07FF"),     STR("\uFB1D"),    STR("\uFEFC"),
					      STR("\U0001E900"), STR("\U00010800") };
	static const struct str steady[] = { STR(""),       STR("Élan « 12 % »\u202F!"),
					     STR("\u058F"), STR("\u0900"),
					     STR("\uFEFF"), STR("日本 👩\u200D💻") };
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof turning / sizeof *turning; i++)
		assert_true(utf8_may_turn(turning[i]));
	for (size_t i = 0; i < sizeof steady / sizeof *steady; i++)
		assert_false(utf8_may_turn(steady[i]));
	/* At each place of a longer text, behind letters of one byte and of two. */
	for (size_t at = 0; at + 2 <= sizeof text; at++) {
		memset(text, 'a', sizeof text);
		for (size_t i = 0; i + 2 <= at; i += 2)
			memcpy(text + i, "é", 2);
		assert_false(utf8_may_turn(str_make(text, sizeof text)));
		memcpy(text + at, "ש", 2);
		assert_true(utf8_may_turn(str_make(text, sizeof text)));
	}
}

TEST_MAIN(unit_test(decodes_edges), unit_test(counts_and_cuts_whole_characters),
	  unit_test(finds_control_characters), unit_test(reads_files),
	  unit_test(keeps_what_is_seen), unit_test(knows_what_may_turn))
