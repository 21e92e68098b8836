/* Where in a document: paths of values, and the path to a byte of text that may be broken. */
#include "unit/test.h"
#include "calc/read.h"

static void paths_are_written_in_dotted_form(void **state)
{
	const struct path responses = { .key = "responses" };
	const struct path third = { .parent = &responses, .index = 2 };
	const struct path plain = { .parent = &third, .key = "bi-success" };
	const struct path spaced = { .parent = &third, .key = "a b" };
	const struct path empty = { .parent = &third, .key = "" };

	assert_str(path_text(*state, NULL), "$");
	assert_str(path_text(*state, &third), "$.responses[2]");
	assert_str(path_text(*state, &plain), "$.responses[2].bi-success");
	assert_str(path_text(*state, &spaced), "$.responses[2]['a b']");
	assert_str(path_text(*state, &empty), "$.responses[2]['']");
}

static void strange_keys_never_reach_a_terminal_raw(void **state)
{
	const struct path escape = { .key = "\x1b[31m\n" };
	const struct path c1 = { .key = "\xc2\x9b" };
	const struct path longer = {
		.key = "0123456789012345678901234567890123456789012345678901234567890123456789"
	};

	assert_str(path_text(*state, &escape), "$['\\u001b[31m\\u000a']");
	assert_str(path_text(*state, &c1), "$['\\u009b']");
	assert_str(path_text(*state, &longer),
		   "$['0123456789012345678901234567890123456789012345678901234567890123…']");
}

/* The path at the first '#' of the text. */
static struct str path_at_mark(struct arena *a, const char *text)
{
	return path_at(a, str_from(text), (size_t)(strchr(text, '#') - text));
}

static void a_byte_has_a_path(void **state)
{
	struct arena *a = *state;

	assert_str(path_at_mark(a, "#"), "$");
	assert_str(path_at_mark(a, "{\"a\":#"), "$.a");
	assert_str(path_at_mark(a, "{\"a\":1,#"), "$");
	assert_str(path_at_mark(a, "{\"a\":{\"b\":[1,{\"c\":2},#"), "$.a.b[2]");
	assert_str(path_at_mark(a, "{\"a\":{\"b\":1},\"c\":#"), "$.c");
	assert_str(path_at_mark(a, "{\"a\\\"]}\":[#"), "$['a\\\\\"]}'][0]");
	assert_str(path_at_mark(a, "{\"key#"), "$.key");
	assert_str(path_at_mark(a, "]]]}}#"), "$");
	assert_str(path_at(a, S("{\"a\":\"\\"), 99), "$.a");
}

static void depth_counts_outside_strings_only(void **state)
{
	const char *why = NULL;

	(void)state;
	assert_int_equal(excess_at(S("[[[1]]]"), 3, 99, &why), 7);
	assert_null(why);
	assert_int_equal(excess_at(S("[[[[1]]]]"), 3, 99, &why), 3);
	assert_string_equal(why, "nested too deeply");
	assert_int_equal(excess_at(S("\"[[[[\\\"[[[\""), 3, 99, &why), 11);
	assert_int_equal(excess_at(S("[[],[],{},[[]],[]]"), 3, 99, &why), 18);
}

static void values_are_counted(void **state)
{
	const char *why = NULL;

	(void)state;
	assert_int_equal(excess_at(S("[1,2,3]"), 9, 4, &why), 7);
	assert_null(why);
	assert_int_equal(excess_at(S("[1,2,3,4]"), 9, 4, &why), 6);
	assert_string_equal(why, "too many values");
}

TEST_MAIN(unit_test(paths_are_written_in_dotted_form),
	  unit_test(strange_keys_never_reach_a_terminal_raw), unit_test(a_byte_has_a_path),
	  unit_test(depth_counts_outside_strings_only), unit_test(values_are_counted))
