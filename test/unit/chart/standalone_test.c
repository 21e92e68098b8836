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

/* Every class that a drawing uses, whatever it stands beside. */
static void assert_defined(struct arena *a, struct str svg)
{
	struct str rest = chart_standalone(a, svg), all = rest;

	while ((rest.data = memmem(rest.data, rest.len, " class=\"", 8))) {
		struct str names;

		rest = str_slice(str_make(rest.data, (size_t)(all.data + all.len - rest.data)), 8,
				 all.len);
		names = str_cut(&rest, '"');
		while (names.data) {
			struct str name = str_cut(&names, ' ');

			if (name.len && !str_is(name, "wideonly") &&
			    !str_contains(all, str_fmt(a, ".%.*s{", STR_ARG(name))))
				fail_msg("%.*s", STR_ARG(name));
		}
	}
}

static void charts_of_rounds_have_their_looks(void **state)
{
	static const struct chart_answer answers[] = { { STR("non"), STR("3"), 3, 1, true },
						       { STR("?"), STR("1"), 1, 0, false } };
	static const struct chart_band bands[] = { { 0, 9, STR("bas"), true },
						   { 10, 20, STR("haut"), false } };
	static const struct chart_chance chances[] = { { STR("bas"), 10000, true } };
	struct chart_words words = { "x", STR("t"), STR("d") };
	struct chart_distribution d = { .words = words, .answers = answers, .n_answers = 2 };
	struct chart_chances c = { words, chances, 1 };
	struct chart_scale s = { .words = words,
				 .max = 20,
				 .score = 5,
				 .has_range = true,
				 .bands = bands,
				 .n_bands = 2 };

	assert_defined(*state, chart_distribution_svg(*state, &d));
	assert_defined(*state, chart_chances_svg(*state, &c));
	assert_defined(*state, chart_scale_svg(*state, &s));
}

TEST_MAIN(unit_test(keeps_the_wide_drawing_and_defines_its_looks), unit_test(defines_every_class),
	  unit_test(charts_of_rounds_have_their_looks))
