/* How often each band comes out: one bar without gaps, a line of words to a band. */
#include "check.h"

static void fills_the_bar(void **state)
{
	static const struct chart_chance bands[] = { { STR("25 % : bas"), 2500, false },
						     { STR("75 % : milieu"), 7500, true },
						     { STR("0 % : haut"), 0, false } };
	struct chart_chances c = { { "ch", STR("Bandes"), STR("Milieu : 75 %") }, bands, 3 };
	struct str svg = chart_chances_svg(*state, &c);

	assert_well_formed(*state, svg);
	assert_true(str_starts(svg, S("<svg class=\"wideonly\" viewBox=\"0 0 720 112\"")));
	assert_has(svg, "<rect class=\"f1 bar\" x=\"1\" y=\"1\" width=\"179.5\" height=\"22\"/>");
	assert_has(svg,
		   "<rect class=\"f2 bar\" x=\"180.5\" y=\"1\" width=\"538.5\" height=\"22\"/>");
	/* No part of the bar for what never comes out, but its line. */
	assert_int_equal(count(svg, "class=\"f3 bar\""), 2);
	assert_has(svg, "<text class=\"s\" x=\"24\"");
	assert_has(svg, ">0 % : haut</text>");
}

static void stays_inside(void **state)
{
	struct chart_chance bands[20] = { { S(HOSTILE), 9000, true },
					  { S(HOSTILE), 9000, false },
					  { S(HOSTILE), -5, false } };
	struct chart_chances c = { { "ch", S(HOSTILE), S(HOSTILE) }, bands, 20 };
	struct str svg = chart_chances_svg(*state, &c);

	assert_well_formed(*state, svg);
	assert_has_not(svg, "<script>");
	assert_has_not(svg, "width=\"-");
	assert_has(svg,
		   "<rect class=\"f2 bar\" x=\"647.2\" y=\"1\" width=\"71.8\" height=\"22\"/>");
	assert_int_equal(count(svg, "<text"), 2 * 12);
	c.n_bands = 0;
	assert_well_formed(*state, chart_chances_svg(*state, &c));
}

TEST_MAIN(unit_test(fills_the_bar), unit_test(stays_inside))
