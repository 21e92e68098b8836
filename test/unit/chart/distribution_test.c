/* Distributions: rows for options, columns for a scale, the mini form; lengths, outlines, words. */
#include "check.h"

static const struct chart_answer OPTIONS[] = {
	{ STR("Rien"), STR("8 (40 %)"), 8, 1, true },
	{ STR("En cours"), STR("4 (20 %)"), 4, 3, false },
	{ STR("Suivies"), STR("0"), 0, 5, false },
	{ STR("Je ne sais pas"), STR("8 (40 %)"), 8, 0, false },
};

static struct chart_distribution distribution(const struct chart_answer *answers, size_t n)
{
	return (struct chart_distribution){
		.words = { "d", STR("Règles"), STR("Rien : 8") },
		.answers = answers,
		.n_answers = n,
		.mode_label = STR("le plus souvent"),
	};
}

static struct str first_drawing(struct str svg)
{
	size_t end = (size_t)((char *)memmem(svg.data, svg.len, "</svg>", 6) - svg.data);

	return str_slice(svg, 0, end);
}

static void draws_a_row_to_an_option(void **state)
{
	struct chart_distribution c = distribution(OPTIONS, 4);
	struct str svg = chart_distribution_svg(*state, &c), one = first_drawing(svg);

	assert_well_formed(*state, svg);
	assert_true(str_starts(svg, S("<svg class=\"wideonly\" viewBox=\"0 0 720 ")));
	assert_int_equal(count(svg, "<svg"), 2);
	/* 720 less 2 for the axis less the longest count: 6 letters at 59, 2 spaces at 28 hundredths of
	 * 15, and 15 again, of which half stands before it; half as many, half as long. */
	assert_has(one, "<rect class=\"f1 bar\" x=\"2\" y=\"22\" width=\"641.5\" height=\"14\"/>");
	assert_has(one, "<rect class=\"ring\" x=\"2\" y=\"22\" width=\"641.5\" height=\"14\"/>");
	assert_has(one, "<rect class=\"f3 bar\" x=\"2\" y=\"68\" width=\"320.8\" height=\"14\"/>");
	assert_has_not(one, "f5"); /* none: no bar, but its row */
	assert_has(one, ">Suivies</text>");
	assert_int_equal(count(one, "class=\"hollow\""), 1);
	assert_int_equal(count(one, "class=\"ring\""), 1);
	assert_int_equal(count(one, "class=\"ax\""), 4);
	assert_has(one, "<text class=\"s\" x=\"0\" y=\"15\">Rien</text>");
	assert_has(one, ">le plus souvent</text>");
}

static void aligned_bars_of_one_share_have_one_length(void **state)
{
	static const struct chart_answer again[] = {
		{ STR("Rien"), STR("2 (40 %)"), 2, 1, false },
		{ STR("En cours"), STR("3 (60 %)"), 3, 3, true },
		{ STR("Suivies"), STR("0"), 0, 5, false },
		{ STR("Je ne sais pas"), STR("0"), 0, 0, false },
	};
	struct chart_distribution c = distribution(OPTIONS, 4), d = distribution(again, 4);
	struct str svg, other;

	chart_align((struct chart_distribution *const[]){ &c, &d }, 2);
	svg = chart_distribution_svg(*state, &c);
	other = chart_distribution_svg(*state, &d);
	/* 40 and 60 % of 641.5, whether of 20 or of 5 answers. */
	assert_has(svg, "<rect class=\"f1 bar\" x=\"2\" y=\"22\" width=\"256.6\" height=\"14\"/>");
	assert_has(other,
		   "<rect class=\"f1 bar\" x=\"2\" y=\"22\" width=\"256.6\" height=\"14\"/>");
	assert_has(other,
		   "<rect class=\"f3 bar\" x=\"2\" y=\"68\" width=\"384.9\" height=\"14\"/>");
}

static void aligned_bars_keep_the_room_of_the_longest_count(void **state)
{
	static const struct chart_answer few[] = { { STR("Rien"), STR("1"), 1, 1, true } };
	static const struct chart_answer blank[] = {
		{ STR("Rien"), STR("2"), 2, 1, true },
		{ STR("sans réponse"), STR("8 (40 %)"), 8, 0, false, APART_BLANK },
	};
	struct chart_distribution c = distribution(few, 1), d = distribution(blank, 2);

	chart_align((struct chart_distribution *const[]){ &c, &d }, 2);
	/* Four times as many left it blank as answered: 100 % is a quarter of the length in both. */
	assert_has(chart_distribution_svg(*state, &c), "x=\"2\" y=\"22\" width=\"160.4\"");
	assert_has(chart_distribution_svg(*state, &d), "x=\"2\" y=\"22\" width=\"160.4\"");
}

static struct chart_distribution levels(struct arena *a, uint32_t most)
{
	struct chart_answer *answers = arena_new(a, struct chart_answer, 12);

	for (uint32_t i = 0; i < 11; i++)
		answers[i] = (struct chart_answer){ str_fmt(a, "%u", i), S("-"),
						    i == 6 ? most : i % 3, 1 + (int)i / 3, i == 6 };
	answers[11] = (struct chart_answer){ STR("Je ne sais pas"), STR("-"), 2, 0, false };
	return distribution(answers, 12);
}

static void aligned_columns_reach_to_the_largest_share(void **state)
{
	/* 4 of 16 answers and 20 of 32: 25 and 62.5 %, two fifths as high. */
	struct chart_distribution c = levels(*state, 4), d = levels(*state, 20);

	chart_align((struct chart_distribution *const[]){ &c, &d }, 2);
	assert_has(chart_distribution_svg(*state, &d),
		   "<rect class=\"f3 bar\" x=\"340.4\" y=\"20\" width=\"40\" height=\"110\"/>");
	assert_has(chart_distribution_svg(*state, &c),
		   "<rect class=\"f3 bar\" x=\"340.4\" y=\"86\" width=\"40\" height=\"44\"/>");
}

static void nobody_answered_draws_no_bar(void **state)
{
	static const struct chart_answer none[] = { { STR("Rien"), STR("0"), 0, 1, false } };
	struct chart_distribution c = distribution(none, 1);

	chart_align((struct chart_distribution *const[]){ &c }, 1);
	assert_has_not(chart_distribution_svg(*state, &c), "<rect");
}

static void breaks_long_answers(void **state)
{
	struct chart_answer answers[] = {
		{ STR("Chacun accède aux fichiers qu’il connaît, ou demande à un collègue de l’équipe"),
		  STR("1"), 1, 1, true },
		{ STR("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"),
		  STR("1"), 1, 2, false },
	};
	struct chart_distribution c = distribution(answers, 2);
	struct str svg = chart_distribution_svg(*state, &c);

	assert_has(svg, ">Chacun accède aux fichiers qu’il</text>");
	assert_has(svg, ">connaît, ou demande à un collègue de…</text>");
	assert_has(svg, ">Donaudampfschifffahrtselektrizit…</text>");
	assert_well_formed(*state, svg);
}

static void draws_a_column_to_a_level(void **state)
{
	struct chart_distribution c = levels(*state, 4);
	struct str svg = chart_distribution_svg(*state, &c), one = first_drawing(svg);

	assert_well_formed(*state, svg);
	assert_true(str_starts(svg, S("<svg class=\"wideonly\" viewBox=\"0 0 720 174\"")));
	/* 720 less 110 apart: 610 for 11 levels; the most frequent has the whole height. */
	assert_has(one,
		   "<rect class=\"f3 bar\" x=\"340.4\" y=\"20\" width=\"40\" height=\"110\"/>");
	assert_has(one, "<rect class=\"ring\" x=\"340.4\" y=\"20\" width=\"40\" height=\"110\"/>");
	assert_has(one, "<rect class=\"hollow\" x=\"645\" y=\"75\" width=\"40\" height=\"55\"/>");
	assert_has(one, ">4</text>");
	assert_has(one, ">10</text>");
	assert_has(one, "d=\"M0 130H602M618 130H720\"");
}

static void numbers_without_room_are_left_out(void **state)
{
	struct chart_distribution c = levels(*state, 12345678);
	struct str svg = chart_distribution_svg(*state, &c);

	assert_has_not(svg, ">12345678</text>");
	assert_has(svg, ">Je ne</text>");
	assert_has(svg, ">sais pas</text>");
}

static void the_mini_form_has_no_words(void **state)
{
	struct chart_distribution c = distribution(OPTIONS, 4);
	struct str svg = chart_mini_svg(*state, &c);

	assert_well_formed(*state, svg);
	assert_true(str_starts(svg, S("<svg class=\"mini\" viewBox=\"0 0 136 49\" role=\"img\" "
				      "aria-labelledby=\"d-t d-d\"><title id=\"d-t\">")));
	assert_has_not(svg, "<text");
	assert_int_equal(count(svg, "class=\"fi\""), 1);
	assert_int_equal(count(svg, "class=\"hollow\""), 1);
	assert_has(svg, "<rect class=\"f1 bar\" x=\"0.5\" y=\"2\"");
}

static void who_gave_no_answer_is_drawn_otherwise(void **state)
{
	struct chart_answer answers[] = {
		{ STR("a"), STR("4"), 4, 1, true },
		{ STR("Je ne sais pas"), STR("2"), 2, 0, false, APART_UNKNOWN },
		{ STR("non posée"), STR("3"), 3, 0, false, APART_NOT_ASKED },
		{ STR("sans réponse"), STR("1"), 1, 0, false, APART_BLANK },
	};
	struct chart_distribution c = distribution(answers, 4);
	struct str whole = chart_distribution_svg(*state, &c);
	struct str drawings[] = { first_drawing(whole), chart_mini_svg(*state, &c) };

	assert_well_formed(*state, whole);
	assert_well_formed(*state, drawings[1]);
	for (size_t i = 0; i < sizeof drawings / sizeof *drawings; i++) {
		assert_int_equal(count(drawings[i], "class=\"hollow\""), 2);
		assert_int_equal(count(drawings[i], "class=\"no\""), 1);
		assert_int_equal(count(drawings[i], "class=\"blank\""), 1);
	}
	/* Struck through from corner to corner: the third row's bar. */
	assert_has(drawings[0], "/><path class=\"no\" d=\"M2 ");
}

static void few_are_not_drawn_as_none(void **state)
{
	struct chart_answer answers[] = { { STR("a"), STR("1"), 1, 1, false },
					  { STR("b"), STR("9999"), 9999, 2, true } };
	struct chart_distribution c = distribution(answers, 2);

	assert_has(chart_mini_svg(*state, &c), "<rect class=\"f1 bar\" x=\"0.5\" y=\"39\"");
}

static void takes_anything(void **state)
{
	struct chart_answer *answers = arena_new(*state, struct chart_answer, 500);
	struct chart_distribution c = distribution(answers, 500);

	assert_well_formed(*state, chart_mini_svg(*state, &c)); /* all apart, nobody */
	assert_has_not(chart_mini_svg(*state, &c), "<rect");
	for (size_t i = 0; i < 500; i++)
		answers[i] = (struct chart_answer){ S(HOSTILE), S(HOSTILE), UINT32_MAX, (int)i - 9,
						    true };
	c.words.title = c.words.finding = c.mode_label = S(HOSTILE);
	assert_int_equal(count(chart_distribution_svg(*state, &c), "class=\"ax\""), 2 * 120);
	assert_well_formed(*state, chart_mini_svg(*state, &c));
	c.n_answers = 30;
	assert_well_formed(*state, chart_distribution_svg(*state, &c));
	assert_has_not(chart_distribution_svg(*state, &c), "<script>");
	c.n_answers = 0;
	assert_well_formed(*state, chart_distribution_svg(*state, &c));
	assert_well_formed(*state, chart_mini_svg(*state, &c));
}

TEST_MAIN(unit_test(draws_a_row_to_an_option), unit_test(aligned_bars_of_one_share_have_one_length),
	  unit_test(aligned_bars_keep_the_room_of_the_longest_count),
	  unit_test(aligned_columns_reach_to_the_largest_share),
	  unit_test(nobody_answered_draws_no_bar), unit_test(breaks_long_answers),
	  unit_test(draws_a_column_to_a_level), unit_test(numbers_without_room_are_left_out),
	  unit_test(the_mini_form_has_no_words), unit_test(few_are_not_drawn_as_none),
	  unit_test(who_gave_no_answer_is_drawn_otherwise), unit_test(takes_anything))
