/* How far opinions lie apart: where one level ends and the next begins, and its words. */
#include "rounds/opinions.h"

#include "../test.h"

static enum opinions with_share(int share)
{
	return opinions_of(&(struct question_spread){ .given = 4, .mode_share = share });
}

static void the_share_of_the_mode_decides(void **state)
{
	(void)state;
	assert_int_equal(opinions_of(&(struct question_spread){ .given = 0 }), OPINIONS_NONE);
	assert_int_equal(with_share(2500), OPINIONS_APART);
	assert_int_equal(with_share(4999), OPINIONS_APART);
	assert_int_equal(with_share(5000), OPINIONS_NUANCED);
	assert_int_equal(with_share(7499), OPINIONS_NUANCED);
	assert_int_equal(with_share(7500), OPINIONS_ALIKE);
	assert_int_equal(with_share(10000), OPINIONS_ALIKE);
}

static void each_has_its_words(void **state)
{
	(void)state;
	assert_str(opinions_words(LANG_EN, OPINIONS_NONE), "No answer");
	assert_str(opinions_words(LANG_FR, OPINIONS_FEW), "Trop peu de réponses");
	assert_str(opinions_words(LANG_EN, OPINIONS_APART), "To discuss");
	assert_str(opinions_words(LANG_FR, OPINIONS_APART), "À discuter");
	assert_str(opinions_words(LANG_FR, OPINIONS_NUANCED), "Avis nuancés");
	assert_str(opinions_words(LANG_FR, OPINIONS_ALIKE), "Avis convergents");
	assert_str(opinions_words(LANG_FR, OPINIONS_AGREED), "Convenu");
}

TEST_MAIN(unit_test(the_share_of_the_mode_decides), unit_test(each_has_its_words))
