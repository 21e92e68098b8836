/* A whole report, opened by the programs people read PDF with. */
#include "report.h"

static void states_its_properties(void **state)
{
	struct document d = report(*state);
	struct str info = ask(*state, write_pdf(*state, &d), "pdfinfo -isodates", "");

	assert_has(info, "Title:           Carte de performance\n");
	assert_has(info, "Author:          Claire Renoux\n");
	assert_has(info, "CreationDate:    2026-03-12T07:20:00Z\n");
	assert_has(info, "Tagged:          yes\n");
	assert_has(info, "Pages:           4\n");
	assert_has(info, "(A4)\n");
}

static void says_its_language_and_shows_its_title(void **state)
{
	struct document d = report(*state);
	struct str objects = objects_of(*state, write_pdf(*state, &d));

	assert_has(objects, "/Lang (fr)");
	assert_has(objects, "/DisplayDocTitle true");
	assert_has(objects, "/Marked true");
}

static void embeds_its_fonts_only(void **state)
{
	struct document d = report(*state);
	struct str fonts = ask(*state, write_pdf(*state, &d), "pdffonts", "| tail -n +3");
	struct str rest = fonts;

	assert_true(count(fonts, "\n") >= 3);
	while (rest.len) {
		struct str line = str_cut(&rest, '\n');

		assert_has(line, "+Overpass-");
		assert_has(line,
			   "yes yes yes"); /* embedded, a subset, with its way back to Unicode */
	}
}

static void its_text_can_be_copied_whole(void **state)
{
	struct document d = report(*state);
	struct str text = text_of(*state, write_pdf(*state, &d));

	/* poppler writes every space as U+0020. */
	assert_has(text, "Efforts difficiles, affiches, fluides, offices ; l’œuvre « à 59 % ».");
	assert_has(text, "Environ 50 %");
	assert_has(text, "Maturité estimée");
	assert_has(text, "La pratique a démarré :");
	assert_has(text, "20 points"); /* inside the figure */
	assert_has(text, "Points par catégorie");
	assert_has(text, "Nommer un responsable");
	assert_has(text, "• Il est qualitatif.");
	assert_has(text, "Une heure avec le comité suffit.");
	assert_has(text, "page 4 sur 4");
}

static void is_tagged(void **state)
{
	struct document d = report(*state);
	struct str pdf = write_pdf(*state, &d);
	struct str tree = ask(*state, pdf, "pdfinfo -struct-text", "");
	struct str objects = objects_of(*state, pdf);

	assert_true(str_starts(tree, S("Document")));
	assert_int_equal(count(tree, "\n  H1 (block)"), 3);
	assert_has(tree, "\n  H2 (block)\n    \"Par catégorie\"");
	assert_has(tree, "\n  H3 (block)\n    \"Détail\"");
	assert_has(tree, "\n  Table");
	assert_int_equal(count(tree, "/Scope /Column"), 2);
	assert_int_equal(count(tree, "/Scope /Row"), 1);
	assert_has(tree, "LBody");
	assert_has(tree, "TOCI");
	assert_has_not(tree, "NonStruct");
	/* Words on both sides of a broken line stay apart. */
	assert_has(tree, "services demandeurs");
	/* Footers and rules are artifacts, outside the tree. */
	assert_has_not(tree, "page 4 sur 4");
	assert_has(objects, "/Artifact BMC");
	assert_has_not(objects, "NonStruct");
	assert_int_equal(count(objects, "/Alt (20 points sur 34 : bande du milieu)"), 1);
}

static void has_an_outline(void **state)
{
	struct document d = report(*state);
	struct str outlines =
		ask(*state, write_pdf(*state, &d), "qpdf --json --json-key=outlines", "");

	assert_has(outlines, "\"title\": \"Votre résultat\"");
	assert_has(outlines, "\"title\": \"Par catégorie\"");
	assert_has(outlines, "\"destpageposfrom1\": 3");
	assert_has(outlines, "\"destpageposfrom1\": 4");
}

static void is_valid_for_qpdf(void **state)
{
	struct document d = report(*state);

	assert_has(ask(*state, write_pdf(*state, &d), "qpdf --check", ""),
		   "No syntax or stream encoding errors");
}

/* Darker pixels on a page of `pgm`, which is moved past it. */
static size_t ink(struct str *pgm)
{
	struct str head = str_slice(*pgm, 0, 32);
	int width, height, at, dark = 0;
	struct str line;

	assert_int_equal(sscanf(head.data, "P5 %d %d 255%n", &width, &height, &at), 2);
	line = str_slice(*pgm, (size_t)at + 1, (size_t)at + 1 + (size_t)(width * height));
	for (size_t i = 0; i < line.len; i++)
		dark += (unsigned char)line.data[i] < 128;
	*pgm = str_slice(*pgm, (size_t)at + 1 + line.len, pgm->len);
	return (size_t)dark;
}

static void every_page_has_ink(void **state)
{
	struct document d = report(*state);
	struct str pages = ask(*state, write_pdf(*state, &d), "pdftoppm -gray -r 40", "");
	int n = 0;

	for (; pages.len; n++)
		assert_true(ink(&pages) > 50);
	assert_int_equal(n, 4);
}

static void same_input_gives_same_bytes(void **state)
{
	struct document d = report(*state);
	struct str one = write_pdf(*state, &d), two = write_pdf(*state, &d);

	assert_true(str_eq(one, two));
	d.created_ms += 1000;
	assert_false(str_eq(one, write_pdf(*state, &d)));
}

TEST_MAIN(unit_test(states_its_properties), unit_test(says_its_language_and_shows_its_title),
	  unit_test(embeds_its_fonts_only), unit_test(its_text_can_be_copied_whole),
	  unit_test(is_tagged), unit_test(has_an_outline), unit_test(is_valid_for_qpdf),
	  unit_test(every_page_has_ink), unit_test(same_input_gives_same_bytes))
