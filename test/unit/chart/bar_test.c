/* Bars: length, bounds, words. */
#include "check.h"

static struct chart_bar bar(int value, int max, int look)
{
	return (struct chart_bar){
		.words = { "cb1", STR("Données"), STR("10 points sur 18") },
		.value = value,
		.max = max,
		.look = look,
	};
}

static void draws_share_of_length(void **state)
{
	struct chart_bar c = bar(10, 18, 1);
	struct str svg = chart_bar_svg(*state, &c);

	assert_str(svg,
		   "<svg class=\"wideonly\" viewBox=\"0 0 700 20\" role=\"img\" "
		   "aria-labelledby=\"cb1-t cb1-d\">"
		   "<title id=\"cb1-t\">Données</title><desc id=\"cb1-d\">10 points sur 18</desc>"
		   "<rect class=\"f0\" x=\"0\" y=\"4\" width=\"700\" height=\"12\"/>"
		   "<rect class=\"k1\" x=\"0\" y=\"4\" width=\"388.9\" height=\"12\"/></svg>"
		   "<svg class=\"slimonly\" viewBox=\"0 0 320 20\" role=\"img\" "
		   "aria-labelledby=\"cb1-ts cb1-ds\">"
		   "<title id=\"cb1-ts\">Données</title><desc id=\"cb1-ds\">10 points sur 18</desc>"
		   "<rect class=\"f0\" x=\"0\" y=\"4\" width=\"320\" height=\"12\"/>"
		   "<rect class=\"k1\" x=\"0\" y=\"4\" width=\"177.8\" height=\"12\"/></svg>");
}

static void stays_inside(void **state)
{
	struct chart_bar none = bar(0, 8, 2), below = bar(-5, 8, 2), above = bar(99, 8, 2);
	struct chart_bar no_max = bar(0, 0, 99);

	assert_has_not(chart_bar_svg(*state, &none), "class=\"k2\"");
	assert_has_not(chart_bar_svg(*state, &below), "class=\"k2\"");
	assert_has(chart_bar_svg(*state, &above),
		   "<rect class=\"k2\" x=\"0\" y=\"4\" width=\"700\"");
	assert_has_not(chart_bar_svg(*state, &no_max), "class=\"k");
}

static void escapes_words(void **state)
{
	struct chart_bar c = bar(3, 8, 3);

	c.words.title = S(HOSTILE);
	c.words.finding = S(HOSTILE);
	assert_well_formed(*state, chart_bar_svg(*state, &c));
	assert_has_not(chart_bar_svg(*state, &c), "<script>");
	assert_has_not(chart_bar_svg(*state, &c), "\x01");
}

TEST_MAIN(unit_test(draws_share_of_length), unit_test(stays_inside), unit_test(escapes_words))
