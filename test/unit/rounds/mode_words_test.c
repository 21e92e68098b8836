/* The answer given most often in words, alone and tied. */
#include "rounds/mode_words.h"

#include "../test.h"

static struct modes modes_of(size_t n)
{
	return (struct modes){ .labels = { S("Yes"), S("Some") }, .n = n, .share = S("40%") };
}

static void one_is_named_alone(void **state)
{
	struct modes m = modes_of(1);

	assert_str(mode_short(*state, LANG_EN, &m), "Yes");
	assert_str(mode_words(*state, LANG_EN, &m), "most frequent: “Yes” (40%)");
}

static void two_are_tied(void **state)
{
	struct modes m = modes_of(2);

	assert_str(mode_short(*state, LANG_EN, &m), "tied: Yes, Some");
	assert_str(mode_words(*state, LANG_EN, &m), "tied: “Yes” and “Some” (40% each)");
	assert_str(mode_short(*state, LANG_FR, &m), "à égalité\u00a0: Yes, Some");
}

static void of_more_none_stands_out(void **state)
{
	struct modes m = modes_of(3);

	assert_str(mode_short(*state, LANG_EN, &m), "no answer stands out");
	assert_str(mode_words(*state, LANG_EN, &m), "no answer stands out");
}

static void nobody_answered(void **state)
{
	struct modes m = { .labels = { S("No answer") } };

	assert_str(mode_short(*state, LANG_EN, &m), "No answer");
	assert_str(mode_words(*state, LANG_EN, &m), "");
}

TEST_MAIN(unit_test(one_is_named_alone), unit_test(two_are_tied),
	  unit_test(of_more_none_stands_out), unit_test(nobody_answered))
