/* What stands on which page. */
#include "check.h"
#include "report.h"

#define LONG_TEXT                                                                                    \
	"Les données suivies de bout en bout se corrigent à la source, et chaque service sait à " \
	"qui "                                                                                       \
	"s’adresser lorsque deux chiffres ne disent pas la même chose. "

static void empty_document_is_a_cover(void **state)
{
	struct document d = a_document();
	struct str pdf = write_pdf(*state, &d);

	assert_int_equal(pages_of(*state, pdf), 1);
	assert_has(text_of(*state, pdf), "Carte de performance");
	assert_has_not(text_of(*state, pdf), "page 1");
}

static struct str with_logo(struct arena *a, struct str type, struct str bytes)
{
	struct document d = a_document();

	d.logo = document_logo(a, type, bytes);
	return write_pdf(a, &d);
}

/* Of whose it is; a picture that cannot be read costs nobody the document. */
static void a_logo_stands_on_the_cover(void **state)
{
	struct str picture = str_make(a_picture, sizeof a_picture - 1);
	struct str type = S("image/png"), drawn = S("/Subtype /Image");

	assert_true(str_contains(with_logo(*state, type, picture), drawn));
	assert_false(str_contains(with_logo(*state, type, S("")), drawn));
	assert_false(str_contains(with_logo(*state, type, str_slice(picture, 0, 40)), drawn));
	assert_false(str_contains(with_logo(*state, S("image/jpeg"), S("no picture")), drawn));
	assert_int_equal(document_logo(*state, S("image/webp"), picture).len, 0);
}

static struct str row_name(struct arena *a, size_t i)
{
	return str_fmt(a, "Ligne-%03zu", i);
}

static void long_table_repeats_its_header(void **state)
{
	enum { ROWS = 301 };
	struct document d = a_document();
	struct table_cell *cells = arena_new(*state, struct table_cell, ROWS * 3);
	struct block *b = document_block(*state, &d, BLOCK_TABLE);
	struct str pdf, text;
	size_t pages;

	for (size_t i = 0; i < ROWS; i++) {
		cells[i * 3].text = i ? row_name(*state, i) : S("Intitulé-du-poste");
		/* Every seventh row has several lines. */
		cells[i * 3 + 1].text = i % 7 ? S("court") : S(LONG_TEXT LONG_TEXT);
		cells[i * 3 + 2] = (struct table_cell){ str_fmt(*state, "%zu", i), true };
	}
	b->cells = cells;
	b->n_rows = ROWS;
	b->n_columns = 3;
	pdf = write_pdf(*state, &d);
	text = text_of(*state, pdf);
	pages = pages_of(*state, pdf) - 1;
	assert_true(pages > 10);
	assert_int_equal(count(text, "Intitulé-du-poste"), pages);
	for (size_t i = 1; i < ROWS; i++)
		assert_int_equal(count(text, row_name(*state, i).data), 1);
	/* Repeated headers are for the eye: the structure has one. */
	assert_int_equal(count(ask(*state, pdf, "pdfinfo -struct-text", ""), "Intitulé-du-poste"),
			 1);
}

static void heading_stays_with_what_follows(void **state)
{
	for (int lines = 22; lines < 34; lines++) {
		struct document d = a_document();
		struct str text;

		for (int i = 0; i < lines; i++)
			document_paragraph(*state, &d, S("Une ligne."));
		document_heading(*state, &d, 2, S("Titre-de-partie"));
		document_heading(*state, &d, 3, S("Titre-de-section"));
		document_paragraph(*state, &d, S("Suite-du-texte"));
		text = text_of(*state, write_pdf(*state, &d));
		while (text.len) {
			struct str page = str_cut(&text, '\f');

			assert_int_equal(count(page, "Titre-de-partie"),
					 count(page, "Suite-du-texte"));
			assert_int_equal(count(page, "Titre-de-section"),
					 count(page, "Suite-du-texte"));
		}
	}
}

/* A heading, a note, boxes and a line to write on, wherever they fall. */
static void what_is_kept_together_is_on_one_page(void **state)
{
	enum { BOXES = 6, LINES = 14, EACH = 4, DOCUMENTS = 9 * EACH * EACH };

	/* Blocks of three heights: hardly a point lies between one beginning and another. */
	for (int k = 0; k < DOCUMENTS; k++) {
		struct document d = a_document();
		struct list_item *items;
		struct str text;
		size_t from;

		for (int i = 0; i < LINES + k / EACH / EACH; i++)
			document_paragraph(*state, &d, S("Une ligne."));
		for (int i = 0; i < k / EACH % EACH; i++)
			document_lead(*state, &d, S("Une ligne."));
		for (int i = 0; i < k % EACH; i++)
			document_list(*state, &d, 1, false)->detail = S("Une ligne.");
		from = d.blocks.n;
		document_heading(*state, &d, 2, S("Question-posée"));
		document_note(*state, &d, S(LONG_TEXT));
		items = document_boxes(*state, &d, BOXES);
		for (int i = 0; i < BOXES; i++)
			items[i].detail = S("Une réponse à cocher");
		document_paragraph(*state, &d, S("Remarque-libre"));
		document_keep(&d, from);
		document_paragraph(*state, &d, S("Une ligne."));
		text = text_of(*state, write_pdf(*state, &d));
		while (text.len) {
			struct str page = str_cut(&text, '\f');
			size_t here = count(page, "Question-posée");

			assert_int_equal(count(page, "Une réponse à cocher"), here * BOXES);
			assert_int_equal(count(page, "Remarque-libre"), here);
		}
	}
}

/* What is higher than a page parts where it must. */
static void too_much_to_keep_together_goes_on(void **state)
{
	enum { BOXES = 80 };
	struct document d = a_document();
	struct list_item *items;
	struct str pdf;

	document_heading(*state, &d, 2, S("Question-posée"));
	items = document_boxes(*state, &d, BOXES);
	for (int i = 0; i < BOXES; i++)
		items[i].detail = S("Une réponse à cocher");
	document_paragraph(*state, &d, S("Remarque-libre"));
	document_keep(&d, 0);
	pdf = write_pdf(*state, &d);
	assert_int_equal(pages_of(*state, pdf), 4);
	assert_int_equal(count(text_of(*state, pdf), "Une réponse à cocher"), BOXES);
}

/* Neither the last row of a table nor the last item of a list begins a page by itself. */
static void the_last_of_many_is_not_alone(void **state)
{
	enum { ROWS = 6 };

	for (int lines = 20; lines < 50; lines++)
		for (int is_list = 0; is_list < 2; is_list++) {
			struct document d = a_document();
			struct table_cell *cells;
			struct list_item *items;
			struct str text;
			size_t last = 0;

			for (int i = 0; i < lines; i++)
				document_paragraph(*state, &d, S("Une ligne."));
			if (is_list) {
				items = document_list(*state, &d, ROWS, true);
				for (int i = 0; i < ROWS; i++)
					items[i] = (struct list_item){ .title = S("À-compter"),
								       .detail = S(LONG_TEXT) };
			} else {
				cells = document_table(*state, &d, S("Tableau"), 1, ROWS + 1);
				cells[0] = table_text(S("En-tête"));
				for (int i = 1; i <= ROWS; i++)
					cells[i] = table_text(S("À-compter " LONG_TEXT));
			}
			text = text_of(*state, write_pdf(*state, &d));
			while (text.len) {
				size_t here = count(str_cut(&text, '\f'), "À-compter");

				last = here ? here : last;
			}
			assert_int_not_equal(last, 1);
		}
}

/* A table that goes on on the next page has three rows before its end, and the section of small tables that is kept
 * together stands on one. */
static void tables_begin_with_more_than_a_row(void **state)
{
	enum { ROWS = 20, FIRST = 3 };

	for (int lines = 10; lines < 46; lines++)
		for (int is_kept = 0; is_kept < 2; is_kept++) {
			struct document d = a_document();
			struct table_cell *cells;
			struct str text;
			size_t n = is_kept ? FIRST : ROWS, first = 0, from;

			for (int i = 0; i < lines; i++)
				document_paragraph(*state, &d, S("Une ligne."));
			from = d.blocks.n;
			for (int k = 0; k <= is_kept; k++) {
				cells = document_table(*state, &d, S("Tableau"), 1, n + 1);
				cells[0] = table_text(S("En-tête"));
				for (size_t i = 1; i <= n; i++)
					cells[i] = table_text(S("À-compter"));
			}
			if (is_kept)
				document_keep(&d, from);
			text = text_of(*state, write_pdf(*state, &d));
			while (text.len && !first)
				first = count(str_cut(&text, '\f'), "À-compter");
			assert_true(is_kept ? first == 2 * n : first >= FIRST);
		}
}

static void long_paragraph_leaves_no_line_alone(void **state)
{
	for (int lines = 22; lines < 34; lines++) {
		struct document d = a_document();
		struct str text, page;
		size_t pages = 0;

		for (int i = 0; i < lines; i++)
			document_paragraph(*state, &d, S("Une ligne."));
		document_paragraph(*state, &d, S(LONG_TEXT LONG_TEXT LONG_TEXT LONG_TEXT));
		text = text_of(*state, write_pdf(*state, &d));
		for (; text.len; pages++) {
			size_t n = 0;

			for (page = str_cut(&text, '\f'); page.len;) {
				struct str line = str_trim(str_cut(&page, '\n'));

				n += line.len && !str_is(line, "Une ligne.") &&
				     !str_starts(line, S("Carte"));
			}
			if (pages)
				assert_int_not_equal(n, 1);
		}
	}
}

/* A chapter goes on where a short one ended, and begins a page once less than a quarter of one is left. */
static void chapters_begin_pages(void **state)
{
	struct document d = a_document();
	struct str text, page;

	d.contents_title = S("Sommaire");
	document_heading(*state, &d, 1, S("Premier"));
	document_paragraph(*state, &d, S("a"));
	document_heading(*state, &d, 1, S("Second"));
	for (int i = 0; i < 24; i++)
		document_paragraph(*state, &d, S("b"));
	document_heading(*state, &d, 1, S("Dernier"));
	text = text_of(*state, write_pdf(*state, &d));
	assert_int_equal(count(text, "\f"), 4);
	assert_has(text, "page 4 sur 4");
	(void)str_cut(&text, '\f');
	/* The contents tell where they stand. */
	assert_has(str_cut(&text, '\f'), " 4\n");
	page = str_cut(&text, '\f');
	assert_true(str_starts(str_trim(page), S("Premier")));
	assert_has(page, "Second");
	assert_true(str_starts(str_trim(str_cut(&text, '\f')), S("Dernier")));
}

static void long_list_item_goes_on(void **state)
{
	struct document d = a_document();
	struct buf detail = buf_make(*state, 1 << 20);
	struct list_item item = { STR("Titre"), STR(""), STR("Marque") };
	struct block *b = document_block(*state, &d, BLOCK_LIST);
	struct str pdf;

	for (int i = 0; i < 120; i++)
		buf_puts(&detail, LONG_TEXT);
	buf_puts(&detail, "Fin-du-texte");
	item.detail = buf_str(&detail);
	b->items = &item;
	b->n_items = 1;
	b->numbered = true;
	pdf = write_pdf(*state, &d);
	assert_true(pages_of(*state, pdf) > 4);
	assert_int_equal(count(text_of(*state, pdf), "Fin-du-texte"), 1);
	assert_int_equal(count(text_of(*state, pdf), "Marque"), 1);
}

TEST_MAIN(unit_test(empty_document_is_a_cover), unit_test(a_logo_stands_on_the_cover),
	  unit_test(long_table_repeats_its_header), unit_test(heading_stays_with_what_follows),
	  unit_test(what_is_kept_together_is_on_one_page),
	  unit_test(too_much_to_keep_together_goes_on), unit_test(the_last_of_many_is_not_alone),
	  unit_test(tables_begin_with_more_than_a_row),
	  unit_test(long_paragraph_leaves_no_line_alone), unit_test(chapters_begin_pages),
	  unit_test(long_list_item_goes_on))
