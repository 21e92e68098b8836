/* "Did you mean": what is near, and what is not. */
#include "base/guess.h"

#include "../test.h"

static struct str nearest(const char *word)
{
	static const char *const known[] = { "serve",  "migrate", "calc", "pack",
					     "routes", "version", "" };
	struct guess g = { .word = str_from(word) };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		guess_offer(&g, str_from(known[i]));
	return g.best;
}

static void finds_the_nearest_word(void **state)
{
	static const struct {
		const char *word, *best;
	} cases[] = {
		{ "serv", "serve" },
		{ "serves", "serve" },
		{ "srve", "serve" },
		{ "sevre", "" },
		{ "migarte", "migrate" },
		{ "rutes", "routes" },
		{ "verzion", "version" },
		{ "pack", "pack" },
		{ "xyz", "" },
		{ "c", "" },
		{ "", "" },
		{ "packaging", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_str(nearest(cases[i].word), cases[i].best);
}

static void keeps_the_first_of_two_as_near(void **state)
{
	struct guess g = { .word = S("cart") };

	(void)state;
	guess_offer(&g, S("care"));
	guess_offer(&g, S("card"));
	assert_str(g.best, "care");
	guess_offer(&g, S("cart"));
	assert_str(g.best, "cart");
}

static void leaves_long_words_alone(void **state)
{
	char word[66];
	struct guess g = { .word = { word, 65 } };

	(void)state;
	memset(word, 'a', sizeof word);
	guess_offer(&g, str_make(word, 65));
	assert_int_equal(g.best.len, 0);
	g.word.len = 64;
	guess_offer(&g, str_make(word, 63));
	assert_int_equal(g.best.len, 63);
}

TEST_MAIN(unit_test(finds_the_nearest_word), unit_test(keeps_the_first_of_two_as_near),
	  unit_test(leaves_long_words_alone))
