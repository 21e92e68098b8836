/* The file form of a chart: one drawing, its own looks, every class it uses defined. */
#include "check.h"

static void keeps_the_wide_drawing_and_defines_its_looks(void **state)
{
	struct chart_bar c = {
		.words = { "cb", STR("</svg></desc>"), STR("</svg></desc>") },
		.value = 6,
		.max = 8,
		.look = 2,
	};
	struct str svg = chart_standalone(*state, chart_bar_svg(*state, &c));

	assert_well_formed(*state, svg);
	assert_true(
		str_starts(svg, S("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"wideonly\"")));
	assert_int_equal(count(svg, "<svg"), 1);
	assert_int_equal(count(svg, "<style>"), 1);
	assert_has(svg, "aria-labelledby=\"cb-t cb-d\"><title id=\"cb-t\">");
	assert_has(svg, "<rect class=\"k2\" x=\"0\" y=\"4\" width=\"525\" height=\"12\"/></svg>");
}

static void defines_every_class(void **state)
{
	static const enum segment segments[] = { SEGMENT_ANSWERED, SEGMENT_UNKNOWN, SEGMENT_SKIPPED,
						 SEGMENT_AHEAD, SEGMENT_AHEAD };
	static const size_t groups[] = { 5 };
	static const char *const used[] = { "f0", "fi", "fg", "fh", "fw", "ph", "hollow" };
	struct chart_progress c = {
		.words = { "pb", STR("Avancement"), STR("…") },
		.segments = segments,
		.groups = groups,
		.n_groups = 1,
		.here = 4,
	};
	struct str svg = chart_standalone(*state, chart_progress_svg(*state, &c));

	for (size_t i = 0; i < sizeof used / sizeof *used; i++) {
		assert_true(str_contains(svg, str_fmt(*state, "class=\"%s\"", used[i])));
		assert_true(str_contains(svg, str_fmt(*state, ".%s{", used[i])));
	}
}

TEST_MAIN(unit_test(keeps_the_wide_drawing_and_defines_its_looks), unit_test(defines_every_class))
