/* The route: stones passed, the pole where one is, stones ahead. */
#include "check.h"

static struct chart_route route(size_t n, size_t here)
{
	return (struct chart_route){
		.words = { "route", STR("Le chemin"), STR("Deux jalons franchis sur sept") },
		.n_stones = n,
		.here = here,
		.here_label = STR("Vous êtes ici"),
	};
}

static void draws_each_state(void **state)
{
	struct chart_route c = route(7, 2);
	struct str svg = chart_route_svg(*state, &c);

	assert_well_formed(*state, svg);
	assert_int_equal(count(svg, "class=\"tick\""), 2);
	assert_int_equal(count(svg, "class=\"ring dash\""), 4);
	assert_int_equal(count(svg, "class=\"ph\""), 1);
	assert_int_equal(count(svg, "class=\"way\""), 1);
	assert_int_equal(count(svg, "class=\"way todo\""), 1);
	assert_has(svg, ">Vous êtes ici</text>");
	assert_has(svg, ">7</text>");
}

static void both_ends(void **state)
{
	struct chart_route c = route(7, 0);
	struct str svg = chart_route_svg(*state, &c);

	assert_has_not(svg, "class=\"tick\"");
	assert_has_not(svg, "class=\"way\"");
	c.here = 6;
	svg = chart_route_svg(*state, &c);
	assert_int_equal(count(svg, "class=\"tick\""), 6);
	assert_has_not(svg, "class=\"way todo\"");
}

static void takes_anything(void **state)
{
	struct chart_route c = route(1000, 3);

	c.here_label = S(HOSTILE);
	assert_well_formed(*state, chart_route_svg(*state, &c));
	assert_has_not(chart_route_svg(*state, &c), ">8</text>");
	c.here = 999; /* nowhere: the land alone */
	assert_has_not(chart_route_svg(*state, &c), "<circle");
	c = route(0, 0);
	assert_well_formed(*state, chart_route_svg(*state, &c));
}

TEST_MAIN(unit_test(draws_each_state), unit_test(both_ends), unit_test(takes_anything))
