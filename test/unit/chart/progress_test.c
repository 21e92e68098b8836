/* Progress: one mark per segment, the pole on the current one, nothing outside the drawing. */
#include "check.h"

enum { MANY = 1000 };

static struct chart_progress progress(const enum segment *segments, const size_t *groups, size_t n,
				      int here)
{
	return (struct chart_progress){
		.words = { "pb", STR("Avancement"), STR("3 sur 6") },
		.segments = segments,
		.groups = groups,
		.n_groups = n,
		.here = here,
	};
}

static void draws_each_state(void **state)
{
	static const enum segment segments[] = { SEGMENT_ANSWERED, SEGMENT_UNKNOWN, SEGMENT_SKIPPED,
						 SEGMENT_ANSWERED, SEGMENT_AHEAD,   SEGMENT_AHEAD };
	static const size_t groups[] = { 4, 2 };
	struct chart_progress c = progress(segments, groups, 2, 4);
	struct str svg = chart_progress_svg(*state, &c);

	assert_well_formed(*state, svg);
	assert_int_equal(count(svg, "class=\"fi\""), 2);
	assert_int_equal(count(svg, "class=\"hollow\""), 1);
	assert_int_equal(count(svg, "class=\"fg\""), 1);
	assert_int_equal(count(svg, "class=\"f0\""), 1);
	assert_int_equal(count(svg, "class=\"ph\""), 1);
	assert_int_equal(count(svg, "class=\"fh\""), 2);
	/* 640 − 5 gaps of 4 − 20 more between the groups = 600 for six segments. */
	assert_has(svg, "<rect class=\"fi\" x=\"0\" y=\"3\" width=\"100\" height=\"10\"/>");
	assert_has(svg, "<rect class=\"f0\" x=\"540\" y=\"3\" width=\"100\" height=\"10\"/>");
	assert_has(svg, "<rect class=\"ph\" x=\"436\" y=\"0\" width=\"100\" height=\"16\"/>");
}

static void nothing_is_here(void **state)
{
	static const enum segment segments[] = { SEGMENT_ANSWERED, SEGMENT_AHEAD };
	static const size_t groups[] = { 2 };
	struct chart_progress c = progress(segments, groups, 1, -1);

	assert_has_not(chart_progress_svg(*state, &c), "class=\"ph\"");
	c.n_groups = 0;
	assert_has_not(chart_progress_svg(*state, &c), "<rect");
}

static void crowds_stay_inside(void **state)
{
	enum segment *segments = arena_new(*state, enum segment, MANY);
	size_t *groups = arena_new(*state, size_t, MANY);
	struct chart_progress c = progress(segments, groups, MANY, MANY - 1);
	struct str svg;

	for (size_t i = 0; i < MANY; i++)
		groups[i] = 1;
	svg = chart_progress_svg(*state, &c);
	assert_int_equal(count(svg, "<rect"), 400);
	assert_has_not(svg, "width=\"-");
	assert_has_not(svg, "width=\"0\"");
}

TEST_MAIN(unit_test(draws_each_state), unit_test(nothing_is_here), unit_test(crowds_stay_inside))
