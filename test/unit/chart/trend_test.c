/* The score over rounds: places, ranges, gaps, words that never touch. */
#include "check.h"

static const struct chart_band BANDS[] = { { 0, 14, STR(""), false },
					   { 15, 25, STR(""), true },
					   { 26, 34, STR(""), false } };

static struct chart_trend trend(const struct chart_moment *moments, size_t n)
{
	return (struct chart_trend){
		.words = { "tr", STR("Le score"), STR("De 12,5 à 20,5") },
		.max = 34,
		.bands = BANDS,
		.n_bands = 3,
		.moments = moments,
		.n_moments = n,
	};
}

static void draws_line_ranges_and_thresholds(void **state)
{
	static const struct chart_moment moments[] = {
		{ STR("2024"), STR("0"), 0, false, 0, 0, false },
		{ STR("2025"), STR("17"), 34, true, 17, 68, false },
		{ STR("2026"), STR("34"), 68, false, 0, 0, false },
	};
	struct chart_trend c = trend(moments, 3);
	struct str svg = chart_trend_svg(*state, &c);

	assert_well_formed(*state, svg);
	assert_has(svg, "<path class=\"trend\" d=\"M100 214L380 119L660 24\"/>");
	assert_has(svg, "<circle class=\"fi\" cx=\"380\" cy=\"119\" r=\"6\"/>");
	/* From 8.5 to 34 points, with its caps. */
	assert_has(svg, "<path class=\"ring\" d=\"M380 166.5V24M375 166.5H385M375 24H385\"/>");
	assert_has(svg, "<text class=\"s over mid\" x=\"660\" y=\"240\">2026</text>");
	assert_has(svg, ">15</text>");
	assert_has(svg, ">26</text>");
	assert_int_equal(count(svg, "class=\"gr\""), 2 * 3);
	assert_int_equal(count(svg, "class=\"ax\""), 2);
}

static void what_does_not_compare_is_not_joined(void **state)
{
	static const struct chart_moment moments[] = {
		{ STR("2024"), STR("1"), 2, false, 0, 0, false },
		{ STR("2026"), STR("2"), 4, false, 0, 0, true },
	};
	struct chart_trend c = trend(moments, 2);

	assert_has(chart_trend_svg(*state, &c), "d=\"M100 208.4M660 202.8\"");
}

static void crowds_leave_words_out_but_not_the_last(void **state)
{
	struct chart_moment *moments = arena_new(*state, struct chart_moment, 100);
	struct chart_trend c = trend(moments, 100);
	struct str svg;

	for (int i = 0; i < 100; i++)
		moments[i] = (struct chart_moment){
			str_fmt(*state, "Printemps %d", i), S("20,5"), 41, true, 30, 50, false
		};
	svg = chart_trend_svg(*state, &c);
	assert_well_formed(*state, svg);
	assert_int_equal(count(svg, "<circle"), 2 * 24);
	assert_has(svg, ">Printemps 99</text>");
	assert_has_not(svg, ">Printemps 98</text>");
	assert_int_equal(count(svg, ">Printemps "), 5 + 2); /* wide and slim */
}

static void takes_anything(void **state)
{
	struct chart_moment moment = { S(HOSTILE), S(HOSTILE), -999, true, 9999, -9999, true };
	struct chart_trend c = trend(&moment, 1);

	c.words.title = c.words.finding = S(HOSTILE);
	assert_well_formed(*state, chart_trend_svg(*state, &c));
	assert_has_not(chart_trend_svg(*state, &c), "<script>");
	assert_has(chart_trend_svg(*state, &c), "cx=\"380\" cy=\"214\"");
	c.n_moments = 0;
	c.n_bands = 0;
	c.max = 0;
	assert_well_formed(*state, chart_trend_svg(*state, &c));
}

TEST_MAIN(unit_test(draws_line_ranges_and_thresholds),
	  unit_test(what_does_not_compare_is_not_joined),
	  unit_test(crowds_leave_words_out_but_not_the_last), unit_test(takes_anything))
