/* QR codes, drawn by librsvg and read back by zbar: what a projector shows and what a phone reads. */
#include "check.h"

#include <unistd.h>

#include "chart/qr.h"

#define ADDRESS "https://jalon.maison-belloy.fr/r/Zk3vX0q7T2m9LwB1nYcAeg"

static struct chart_qr qr(struct str address, enum qr_use use)
{
	return (struct chart_qr){
		.words = { "qr", STR("Répondre au questionnaire"), STR("jalon.maison-belloy.fr") },
		.address = address,
		.use = use,
	};
}

static struct str output_of(struct arena *a, struct str command)
{
	struct buf out = buf_make(a, 1 << 20);
	char chunk[4096];
	size_t n;
	FILE *pipe = popen(command.data, "r");

	assert_non_null(pipe);
	while ((n = fread(chunk, 1, sizeof chunk, pipe)) > 0)
		buf_put(&out, str_make(chunk, n));
	if (pclose(pipe) != 0)
		fail_msg("%s", command.data);
	return buf_str(&out);
}

/* What zbar reads of `svg` drawn with `options` of rsvg-convert. */
static struct str scan(struct arena *a, struct str svg, const char *options)
{
	char folder[] = "/tmp/jalon-qr-XXXXXX";
	struct str read;
	FILE *file;

	assert_non_null(mkdtemp(folder));
	file = fopen(str_fmt(a, "%s/qr.svg", folder).data, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(svg.data, 1, svg.len, file), svg.len);
	assert_int_equal(fclose(file), 0);
	read = output_of(a, str_fmt(a,
				    "rsvg-convert %s -o %s/qr.png %s/qr.svg && "
				    "zbarimg --raw --quiet %s/qr.png",
				    options, folder, folder, folder));
	(void)output_of(a, str_fmt(a, "rm -r %s", folder));
	return str_ends(read, S("\n")) ? str_slice(read, 0, read.len - 1) : read;
}

static void is_read_by_a_real_reader(void **state)
{
	static const enum qr_use uses[] = { QR_SCREEN, QR_PROJECTION, QR_PRINT };

	for (size_t i = 0; i < 3; i++) {
		struct chart_qr c = qr(S(ADDRESS), uses[i]);
		struct str svg = chart_standalone(*state, chart_qr_svg(*state, &c));

		assert_well_formed(*state, svg);
		assert_str(scan(*state, svg, ""), ADDRESS);
	}
}

/* The quiet zone is the code's own: the page around it may be black. */
static void is_read_on_a_dark_page(void **state)
{
	struct chart_qr c = qr(S(ADDRESS), QR_SCREEN);
	struct str svg = chart_standalone(*state, chart_qr_svg(*state, &c));

	assert_str(scan(*state, svg,
			"--background-color black --page-width 600 --page-height 600 "
			"--left 120 --top 120"),
		   ADDRESS);
}

static struct str address_of(struct arena *a, size_t length)
{
	char *s = arena_new(a, char, length + 1);

	for (size_t i = 0; i < length; i++)
		s[i] = "abcXYZ019-_./"[i * 7 % 13];
	return str_make(s, length);
}

static void takes_addresses_up_to_the_limit(void **state)
{
	static const size_t lengths[] = { 1, 17, 60, 200, QR_ADDRESS_MAX };

	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		struct str address = address_of(*state, lengths[i]);
		struct chart_qr c = qr(address, QR_PRINT);
		struct str svg = chart_standalone(*state, chart_qr_svg(*state, &c));

		assert_str(scan(*state, svg, "--width 900"), str_c(*state, address));
	}
}

static void refuses_what_it_cannot_show(void **state)
{
	struct chart_qr none = qr(S(""), QR_SCREEN), nul = qr(S("http://a\0b"), QR_SCREEN);
	struct chart_qr longer = qr(address_of(*state, QR_ADDRESS_MAX + 1), QR_SCREEN);

	assert_int_equal(chart_qr_svg(*state, &none).len, 0);
	assert_int_equal(chart_qr_svg(*state, &nul).len, 0);
	assert_int_equal(chart_qr_svg(*state, &longer).len, 0);
}

/* 54 bytes need version 4 (33 modules) at level M, version 5 (37 modules) at level Q. */
static void modules_are_whole_pixels(void **state)
{
	struct chart_qr screen = qr(S(ADDRESS), QR_SCREEN), room = qr(S(ADDRESS), QR_PROJECTION);
	struct chart_qr paper = qr(S(ADDRESS), QR_PRINT);

	assert_has(chart_qr_svg(*state, &screen),
		   "width=\"246\" height=\"246\" viewBox=\"0 0 41 41\"");
	assert_has(chart_qr_svg(*state, &room),
		   "width=\"656\" height=\"656\" viewBox=\"0 0 41 41\"");
	assert_has(chart_qr_svg(*state, &paper),
		   "width=\"36mm\" height=\"36mm\" viewBox=\"0 0 45 45\"");
	assert_has(chart_qr_svg(*state, &screen), "shape-rendering=\"crispEdges\"");
}

/* Light ground first, then the modules, in colours that no theme changes. */
static void is_dark_on_light_and_says_what_it_is(void **state)
{
	struct chart_qr c = qr(S(ADDRESS), QR_SCREEN);
	struct str svg = chart_qr_svg(*state, &c);

	assert_has(svg, "role=\"img\" aria-labelledby=\"qr-t qr-d\">"
			"<title id=\"qr-t\">Répondre au questionnaire</title>"
			"<desc id=\"qr-d\">jalon.maison-belloy.fr</desc>"
			"<rect fill=\"#fff\" width=\"41\" height=\"41\"/><path fill=\"#000\"");
	assert_int_equal(count(svg, "class="), 1);
}

static void escapes_its_words(void **state)
{
	struct chart_qr c = qr(S("javascript:alert(\"<1>\")"), QR_SCREEN);
	struct str svg;

	c.words.title = c.words.finding = S(HOSTILE);
	svg = chart_qr_svg(*state, &c);
	assert_well_formed(*state, svg);
	assert_has_not(svg, "<script");
	assert_str(scan(*state, chart_standalone(*state, svg), ""), "javascript:alert(\"<1>\")");
}

TEST_MAIN(unit_test(is_read_by_a_real_reader), unit_test(is_read_on_a_dark_page),
	  unit_test(takes_addresses_up_to_the_limit), unit_test(refuses_what_it_cannot_show),
	  unit_test(modules_are_whole_pixels), unit_test(is_dark_on_light_and_says_what_it_is),
	  unit_test(escapes_its_words))
