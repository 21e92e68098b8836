/* The strict YAML below packs: what it reads, and what it refuses at which line and column. */
#include "pack/yaml.h"
#include "pack/faults_priv.h"

#include <string.h>

#include "../test.h"
#include "base/buf.h"
#include "check.h"

enum { TEXT_MAX = 16 * 1024 * 1024 };

static struct pack_faults read_in(struct arena *a, enum language l, struct str text)
{
	struct pack_faults faults = { 0 };
	const struct reporter report = { a, l, &faults };
	const struct yaml_node *root = NULL;
	int r = yaml_parse(&report, text, &root);

	assert_int_equal(r, faults.n ? YAML_INVALID : YAML_OK);
	assert_true(r == YAML_INVALID || root);
	return faults;
}

static struct str faults_of(struct arena *a, struct str text)
{
	struct pack_faults faults = read_in(a, LANG_EN, text);

	return faults_text(a, &faults);
}

static void says_in_both(struct arena *a, struct str text, const char *english)
{
	struct pack_faults en = read_in(a, LANG_EN, text), fr = read_in(a, LANG_FR, text);

	assert_str(faults_text(a, &en), english);
	assert_french(&fr, &en);
}

static void refuses_at_line_and_column(void **state)
{
	static const struct {
		struct str text;
		const char *faults;
	} cases[] = {
		{ STR(""), "1:1: empty\n" },
		{ STR("# nothing\n"), "1:1: empty\n" },
		/* characters */
		{ STR("a: 1\n\tb: 2\n"), "2:1: a tab; indent and separate with spaces (U+0009)\n" },
		{ STR("a:\t1\nb:\t2\t3\n"),
		  "1:3: a tab; indent and separate with spaces (U+0009)\n"
		  "2:3: a tab; indent and separate with spaces (U+0009)\n" },
		{ STR("é: \xff\n"), "1:4: not valid UTF-8 (U+FFFD)\n" },
		{ STR("a: \xc0\x80\n"), "1:4: not valid UTF-8 (U+FFFD)\n" },
		{ STR("a: \xed\xa0\x80\n"), "1:4: not valid UTF-8 (U+FFFD)\n" },
		{ STR("\xEF\xBB\xBF"
		      "a: 1\n"),
		  "1:1: a byte order mark; save the file as UTF-8 without one\n" },
		{ STR("\xFF\xFE"
		      "a\0:\0"),
		  "1:1: not UTF-8 but UTF-16 or UTF-32; save the file as UTF-8\n" },
		{ STR("\0a\0:"), "1:1: not UTF-8 but UTF-16 or UTF-32; save the file as UTF-8\n" },
		{ STR("a: b\xEF\xBB\xBF\n"), "1:5: a character that cannot be seen (U+FEFF)\n" },
		{ STR("a: \x01\n"), "1:4: a character that cannot be seen (U+0001)\n" },
		{ STR("abc\0d"), "1:4: a character that cannot be seen (U+0000)\n" },
		{ STR("a: b\xC2\x85"
		      "c: d"),
		  "1:5: a character that cannot be seen (U+0085)\n" },
		{ STR("a: b\xE2\x80\xA8"), "1:5: a character that cannot be seen (U+2028)\n" },
		{ STR("a: b\rc: d\n"), "1:5: a character that cannot be seen (U+000D)\n" },
		{ STR("a: \"x\\0y\"\n"), "1:4: an escape that gives U+0000\n" },
		{ STR("a: \"x\\ty\"\n"), "1:4: an escape that gives U+0009\n" },
		{ STR("a: \"\\u2029\"\n"), "1:4: an escape that gives U+2029\n" },
		/* what YAML has and packs have not */
		{ STR("a: &x 1\n"), "1:4: an anchor; they are not allowed\n" },
		{ STR("a: &x [1]\nb: &y {c: 1}\n"), "1:4: an anchor; they are not allowed\n"
						    "2:4: an anchor; they are not allowed\n" },
		{ STR("a: *x\n"), "1:4: an alias; write the value out instead\n" },
		{ STR("*x : 1\n"), "1:1: an alias; write the value out instead\n" },
		{ STR("a: !!str 1\n"), "1:4: a tag; they are not allowed\n" },
		{ STR("a: ! 1\n"), "1:4: a tag; they are not allowed\n" },
		{ STR("--- 1\n--- 2\n"), "2:1: a second document; a pack is one document\n" },
		{ STR("? [a]\n: 1\n"), "1:3: a key must be text, not a mapping or a list\n" },
		{ STR("{a: 1}: 1\n"), "1:1: a key must be text, not a mapping or a list\n" },
		{ STR("a: 1\nb: 2\na: 3\n"),
		  "3:1: the key \"a\" is given twice, first on line 1\n" },
		{ STR("x: {é: 1, b: 2, \"é\": 3}\n"),
		  "1:17: the key \"é\" is given twice, first on line 1\n" },
		/* what is not YAML */
		{ STR("a: [1\nb: 2\n"),
		  "2:2: a comma or “]” is missing, in what begins on line 1\n" },
		{ STR("a: 1\n  b: 2\n"),
		  "2:4: no key can stand here: look at the indentation, or put the text into "
		  "quotation marks\n" },
		{ STR("a: 1\nb\n"),
		  "3:1: a colon is missing after the key, in what begins on line 2\n" },
		{ STR("a: \"x\n"),
		  "2:1: the file ends before the quotation marks are closed, in what begins on "
		  "line 1\n" },
		{ STR("- a\nb: 1\n"),
		  "2:1: an element of the list, after “-”, should begin here, in what begins on "
		  "line 1\n" },
		{ STR("a: @x\n"),
		  "1:4: no value begins with this character: put it into quotation marks\n" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		says_in_both(*state, cases[i].text, cases[i].faults);
}

static void keeps_places_and_order(void **state)
{
	const struct yaml_node *root, *list;
	struct pack_faults faults = { 0 };
	const struct reporter report = { *state, LANG_EN, &faults };

	assert_int_equal(
		yaml_parse(&report, S("é: x\nlist:\n  - no\n  - {k: 1.10}\r\n  - ''\n"), &root),
		YAML_OK);
	assert_int_equal(root->kind, YAML_MAP);
	assert_int_equal(root->n, 2);
	assert_int_equal(yaml_get(root, S("é"))->column, 4);
	list = yaml_get(root, S("list"));
	assert_int_equal(list->kind, YAML_LIST);
	assert_int_equal(list->key_line, 2);
	assert_int_equal(list->key_column, 1);
	assert_int_equal(list->n, 3);
	assert_str(list->first->text, "no");
	assert_int_equal(list->first->line, 3);
	assert_str(yaml_get(list->first->next, S("k"))->text, "1.10");
	assert_int_equal(list->last->index, 2);
	assert_int_equal(list->last->text.len, 0);
	assert_null(yaml_get(root, S("absent")));
	assert_null(yaml_get(list, S("k")));
}

static void has_a_depth_limit(void **state)
{
	struct arena *a = *state;
	char text[2 * YAML_DEPTH_MAX + 3];

	memset(text, '[', YAML_DEPTH_MAX + 1);
	memset(text + YAML_DEPTH_MAX + 1, ']', YAML_DEPTH_MAX + 1);
	assert_str(faults_of(a, str_make(text + 1, 2 * YAML_DEPTH_MAX)), "");
	assert_str(faults_of(a, str_make(text, 2 * YAML_DEPTH_MAX + 2)),
		   "1:17: nested more than 16 deep\n");
	memset(text, '[', sizeof text);
	assert_str(faults_of(a, str_make(text, sizeof text)), "1:17: nested more than 16 deep\n");
}

static void has_a_size_limit(void **state)
{
	struct arena *a = *state;
	char *text = arena_new(a, char, PACK_BYTES_MAX + 1);

	memset(text, 'x', PACK_BYTES_MAX + 1);
	assert_str(faults_of(a, str_make(text, PACK_BYTES_MAX)), "");
	assert_str(faults_of(a, str_make(text, PACK_BYTES_MAX + 1)),
		   "0:0: larger than 2,097,152 bytes\n");
}

static void has_a_node_limit(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_make(a, TEXT_MAX);

	for (int i = 0; i < YAML_NODES_MAX - 1; i++)
		buf_puts(&b, "- x\n");
	assert_str(faults_of(a, buf_str(&b)), "");
	buf_puts(&b, "- x\n");
	assert_str(faults_of(a, buf_str(&b)), "50000:3: more than 50000 values\n");
}

static void says_syntax_in_french(void **state)
{
	struct pack_faults faults = read_in(*state, LANG_FR, S("a: [1\nb: 2\n"));

	assert_str(faults_text(*state, &faults),
		   "2:2: il manque une virgule ou «\u00a0]\u00a0», dans ce qui commence ligne 1\n");
}

TEST_MAIN(unit_test(says_syntax_in_french), unit_test(refuses_at_line_and_column),
	  unit_test(keeps_places_and_order), unit_test(has_a_depth_limit),
	  unit_test(has_a_size_limit), unit_test(has_a_node_limit))
