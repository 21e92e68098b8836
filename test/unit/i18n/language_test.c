#include "i18n/i18n.h"

#include "../test.h"

static void negotiates(void **state)
{
	static const struct {
		const char *header;
		enum language want;
	} cases[] = {
		{ "", LANG_FR },
		{ "fr", LANG_FR },
		{ "en", LANG_EN },
		{ "EN-gb", LANG_EN },
		{ "de", LANG_FR },
		{ "de, en;q=0.5", LANG_EN },
		{ "fr-CA, fr;q=0.8, en;q=0.9", LANG_FR },
		{ "fr;q=0.8, en;q=0.9", LANG_EN },
		{ "en, fr", LANG_EN },
		{ "fr, en", LANG_FR },
		{ "en, fr, en", LANG_EN },
		{ "*", LANG_FR },
		{ "fr;q=0.2, *;q=0.7", LANG_EN },
		{ "en;q=0.2, *;q=0.7", LANG_FR },
		{ "fr;q=0, *", LANG_EN },
		{ "en;q=0", LANG_FR },
		{ "fr;q=0, en;q=0", LANG_FR },
		{ " fr ; q=0.1 ,\ten ; q=0.2 ", LANG_EN },
		{ "en;q=0.001, fr;q=0.002", LANG_FR },
		{ "en;q=1.000, fr;q=0.999", LANG_EN },
		/* malformed elements are passed over */
		{ "en;q=1.001, fr;q=0.1", LANG_FR },
		{ "en;q=, fr;q=0.1", LANG_FR },
		{ "en;q=0.1234, fr;q=0.1", LANG_FR },
		{ "en;level=1, fr;q=0.1", LANG_FR },
		{ "english, fr;q=0.1", LANG_FR },
		{ ",,,en", LANG_EN },
		/* the 33rd range is not looked at */
		{ "de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,en",
		  LANG_EN },
		{ "de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,de,en",
		  LANG_FR },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (language_negotiate(str_from(cases[i].header)) != cases[i].want)
			fail_msg("'%s' gives the other language", cases[i].header);
}

static void parses_codes(void **state)
{
	static const char *const bad[] = { "",    "f",     "fra",
					   "de",  "fr_FR", "fr-\n",
					   "fr;", "*",     "fr-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
	enum language l;

	(void)state;
	assert_int_equal(language_parse(S("fr"), &l), 0);
	assert_int_equal(l, LANG_FR);
	assert_int_equal(language_parse(S("En-US"), &l), 0);
	assert_int_equal(l, LANG_EN);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (language_parse(str_from(bad[i]), &l) != 1)
			fail_msg("'%s' is taken", bad[i]);
	for (l = 0; l < LANG_N; l++) {
		enum language back;

		assert_int_equal(language_parse(language_code(l), &back), 0);
		assert_int_equal(back, l);
	}
}

TEST_MAIN(unit_test(negotiates), unit_test(parses_codes))
