/* The scale: positions, labels that never touch, hostile words. */
#include "check.h"

#include <stdio.h>

#include "chart/svg.h"

enum { LABELS_MAX = 64 };

static struct chart_scale scale(struct arena *a, int score)
{
	struct chart_band *bands = arena_new(a, struct chart_band, 3);

	bands[0] = (struct chart_band){ 0, 14, STR("environ 25 %"), score < 15 };
	bands[1] = (struct chart_band){ 15, 25, STR("environ 50 %"), score >= 15 && score < 26 };
	bands[2] = (struct chart_band){ 26, 34, STR("75 % et plus"), score >= 26 };
	return (struct chart_scale){
		.words = { "sc", STR("Le score sur l’échelle"), STR("20 points sur 34.") },
		.max = 34,
		.score = score,
		.score_label = str_fmt(a, "%d points", score),
		.bands = bands,
		.n_bands = 3,
	};
}

static void draws_bands_thresholds_and_pole(void **state)
{
	struct chart_scale c = scale(*state, 20);
	struct str svg = chart_scale_svg(*state, &c);

	assert_well_formed(*state, svg);
	assert_true(
		str_starts(svg, S("<svg class=\"wideonly\" viewBox=\"0 0 720 157\" role=\"img\" "
				  "aria-labelledby=\"sc-t sc-d\"><title id=\"sc-t\">Le score")));
	assert_has(svg, "<rect class=\"f1\" x=\"10\" y=\"70\" width=\"308.8\" height=\"22\"/>");
	assert_has(svg, "<rect class=\"f2\" x=\"318.8\" y=\"70\" width=\"226.5\" height=\"22\"/>");
	assert_has(svg, "<rect class=\"f3\" x=\"545.3\" y=\"70\" width=\"164.7\" height=\"22\"/>");
	assert_has(svg, "M10 92H710M318.8 60V102M545.3 60V102");
	assert_has(svg, "<rect class=\"ph\" x=\"416.8\" y=\"30\" width=\"10\" height=\"64\"/>");
	assert_has(svg, "<text class=\"s mid\" x=\"421.8\" y=\"20\">20 points</text>");
	assert_has(svg, "<text class=\"m mid\" x=\"318.8\" y=\"122\">15</text>");
	assert_has(svg, "<text class=\"s mid\" x=\"432\" y=\"150\">environ 50 %</text>");
	assert_has(svg, "<text class=\"m e\" x=\"710\" y=\"122\">34</text>");
	assert_has(svg, "<svg class=\"slimonly\"");
}

/* A label read back from a drawing. */
struct label {
	double from, to, y;
};

static struct label read_label(const char *p, int font)
{
	char class[8], text[128];
	struct label l;
	double x, width;

	assert_int_equal(sscanf(p, "<text class=\"%7[^\"]\" x=\"%lf\" y=\"%lf\">%127[^<]", class,
				&x, &l.y, text),
			 4);
	width = svg_width(str_from(text), font) / (double)UNIT;
	l.from = strstr(class, "mid") ? x - width / 2 : strchr(class, 'e') ? x - width : x;
	l.to = l.from + width;
	return l;
}

static void assert_labels_apart(struct str drawing, double width, int font)
{
	struct label labels[LABELS_MAX];
	size_t n = 0;

	for (const char *p = drawing.data;
	     (p = memmem(p, (size_t)(drawing.data + drawing.len - p), "<text", 5)); p++)
		labels[n++] = read_label(p, font);
	assert_true(n >= 5);
	for (size_t i = 0; i < n; i++) {
		assert_true(labels[i].from >= 9.9 && labels[i].to <= width - 9.9);
		for (size_t j = 0; j < i; j++)
			if ((int)labels[i].y == (int)labels[j].y)
				assert_true(labels[i].from > labels[j].to ||
					    labels[j].from > labels[i].to);
	}
}

static void labels_never_touch(void **state)
{
	for (int score = 0; score <= 34; score++) {
		struct chart_scale c = scale(*state, score);
		struct str svg = chart_scale_svg(*state, &c);
		size_t slim = (size_t)((char *)memmem(svg.data, svg.len, "<svg class=\"slim", 15) -
				       svg.data);

		assert_labels_apart(str_slice(svg, 0, slim), 720, 15);
		assert_labels_apart(str_slice(svg, slim, svg.len), 360, 18);
	}
}

static void crowded_thresholds_leave_numbers_out(void **state)
{
	struct chart_scale c = scale(*state, 3);
	struct chart_band bands[] = {
		{ 0, 0, STR("un"), false },
		{ 1, 3, STR("deux"), false },
		{ 4, 32, STR("trois"), true },
		{ 33, 34, STR("quatre"), false },
	};
	struct str svg;

	c.bands = bands;
	c.n_bands = 4;
	svg = chart_scale_svg(*state, &c);
	assert_has(svg, ">0</text>");
	assert_has_not(svg, ">1</text>");
	assert_has(svg, ">4</text>");
	assert_has_not(svg, ">33</text>");
	assert_has(svg, ">34</text>");
}

static void scores_outside_stay_on_the_scale(void **state)
{
	struct chart_scale low = scale(*state, -7), high = scale(*state, 4000),
			   none = scale(*state, 0);

	none.max = 0;
	none.n_bands = 0;
	assert_has(chart_scale_svg(*state, &low), "<rect class=\"ph\" x=\"5\"");
	assert_has(chart_scale_svg(*state, &high), "<rect class=\"ph\" x=\"705\"");
	assert_well_formed(*state, chart_scale_svg(*state, &none));
}

static void draws_half_points_and_the_range(void **state)
{
	struct chart_scale c = scale(*state, 0);
	struct str svg;

	c.is_halved = true;
	c.score = 41;
	c.has_range = true;
	c.low = 34;
	c.high = 51;
	c.low_label = S("17");
	c.high_label = S("25,5");
	svg = chart_scale_svg(*state, &c);
	assert_well_formed(*state, svg);
	assert_has(svg, "<rect class=\"ph\" x=\"427.1\" y=\"30\"");
	assert_has(svg, "<path class=\"ring\" d=\"M360 50H535M360 44V56M535 44V56\"/>");
	assert_has(svg, "<text class=\"m e\" x=\"352.5\" y=\"55\">17</text>");
	assert_has(svg, "<text class=\"m\" x=\"542.5\" y=\"55\">25,5</text>");
	/* Ends without room are left to the description. */
	c.low = 0;
	c.high = 68;
	svg = chart_scale_svg(*state, &c);
	assert_has(svg, "d=\"M10 50H710");
	assert_has_not(svg, ">17</text>");
	assert_has_not(svg, ">25,5</text>");
}

static void escapes_words(void **state)
{
	struct chart_scale c = scale(*state, 20);
	struct chart_band band = { 0, 34, STR(HOSTILE), true };

	c.bands = &band;
	c.n_bands = 1;
	c.words.title = S(HOSTILE);
	c.words.finding = S(HOSTILE);
	c.score_label = S(HOSTILE);
	c.has_range = true;
	c.low = c.high = 17;
	c.low_label = c.high_label = S(HOSTILE);
	assert_well_formed(*state, chart_scale_svg(*state, &c));
	assert_has_not(chart_scale_svg(*state, &c), "<script>");
	assert_has(chart_scale_svg(*state, &c), "a&lt;b&gt;&amp;&quot;' \uFFFD]]&gt;");
}

TEST_MAIN(unit_test(draws_bands_thresholds_and_pole), unit_test(labels_never_touch),
	  unit_test(crowded_thresholds_leave_numbers_out),
	  unit_test(scores_outside_stay_on_the_scale), unit_test(draws_half_points_and_the_range),
	  unit_test(escapes_words))
