#include "i18n/i18n.h"

#include "../test.h"

static void speaks_both_languages(void **state)
{
	(void)state;
	assert_str(tr(LANG_FR, "Skip to content"), "Aller au contenu");
	assert_str(tr(LANG_EN, "Skip to content"), "Skip to content");
	assert_str(tr(LANG_FR, "not in the catalogue"), "not in the catalogue");
	assert_str(tr(LANG_FR, ""), "");
	assert_str(trc(LANG_FR, "no such context", "Skip to content"), "Skip to content");
}

/* The rule is the same whether or not the catalogue has the message; this one it never will. */
static void chooses_the_plural(void **state)
{
	static const struct {
		int64_t n;
		const char *en;
	} cases[] = { { 0, "others" }, { 1, "one" }, { -1, "one" }, { 2, "others" }, { 1000000, "others" },
		      { INT64_MIN, "others" } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_str(trn(LANG_EN, "one", "others", cases[i].n), cases[i].en);
		assert_str(trn(LANG_FR, "one", "others", cases[i].n), cases[i].en);
	}
	assert_str(trn(LANG_FR, "{n} point", "{n} points", 0), "{n} point");
	assert_str(trn(LANG_EN, "{n} point", "{n} points", 0), "{n} points");
	assert_str(trn(LANG_FR, "{n} point", "{n} points", 2), "{n} points");
}

static void fills_placeholders(void **state)
{
	const struct tr_arg args[] = { { "n", STR("3") }, { "name", STR("{n}") }, { "none", STR("") } };
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "{n}", "3" },
		{ "{n}{n} of {n}", "33 of 3" },
		{ "a value is not filled again: {name}", "a value is not filled again: {n}" },
		{ "[{none}]", "[]" },
		{ "{unknown} {n", "{unknown} {n" },
		{ "{} {N} { n} {{n}}", "{} {N} { n} {3}" },
		{ "}{n}{", "}3{" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_str(tr_fill(*state, str_from(cases[i].text), args, 3), cases[i].want);
	assert_str(tr_fill(*state, S("{n}"), NULL, 0), "{n}");
}

TEST_MAIN(unit_test(speaks_both_languages), unit_test(chooses_the_plural),
	  unit_test(fills_placeholders))
