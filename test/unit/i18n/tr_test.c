/* Reads sample.po, not the texts of the pages (meson.build). */
#include "i18n/i18n.h"

#include "../test.h"

static void speaks_both_languages(void **state)
{
	(void)state;
	assert_str(tr(LANG_FR, "Opening"), "Ouverture");
	assert_str(tr(LANG_EN, "Opening"), "Opening");
	assert_str(tr(LANG_FR, "not in the catalogue"), "not in the catalogue");
	assert_str(tr(LANG_FR, ""), "");
	assert_str(tr(LANG_FR, "Open"), "Ouvrir");
	assert_str(trc(LANG_FR, "state", "Open"), "Ouvert");
	assert_str(trc(LANG_EN, "state", "Open"), "Open");
	assert_str(trc(LANG_FR, "no such context", "Opening"), "Opening");
}

static void chooses_the_plural(void **state)
{
	static const struct {
		int64_t n;
		const char *fr, *en;
	} cases[] = {
		{ 0, "{n} fiche", "{n} sheets" },        { 1, "{n} fiche", "{n} sheet" },
		{ -1, "{n} fiche", "{n} sheet" },        { 2, "{n} fiches", "{n} sheets" },
		{ 1000000, "{n} fiches", "{n} sheets" }, { INT64_MIN, "{n} fiches", "{n} sheets" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_str(trn(LANG_FR, "{n} sheet", "{n} sheets", cases[i].n), cases[i].fr);
		assert_str(trn(LANG_EN, "{n} sheet", "{n} sheets", cases[i].n), cases[i].en);
	}
	/* Not in the catalogue: English, with its own rule. */
	assert_str(trn(LANG_FR, "one", "others", 0), "others");
	assert_str(trn(LANG_FR, "one", "others", 1), "one");
}

static void fills_placeholders(void **state)
{
	const struct tr_arg args[] = { { "n", STR("3") },
				       { "name", STR("{n}") },
				       { "none", STR("") } };
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

static void translates_and_fills_at_once(void **state)
{
	const struct tr_arg *values = VALUES({ "file", S("a") }, { "line", S("3") });

	assert_str(tr_with(*state, LANG_EN, "line {line} of {file}", values), "line 3 of a");
	assert_str(tr_with(*state, LANG_FR, "line {line} of {file}", values), "{a, ligne 3}");
	assert_str(tr_with(*state, LANG_FR, "Open", NULL), "Ouvrir");
}

TEST_MAIN(unit_test(speaks_both_languages), unit_test(chooses_the_plural),
	  unit_test(fills_placeholders), unit_test(translates_and_fills_at_once))
