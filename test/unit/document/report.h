/* Documents that the tests of several writers share: a report with every kind of block, and one full of a
 * single text. */
#ifndef JALON_TEST_UNIT_DOCUMENT_REPORT_H
#define JALON_TEST_UNIT_DOCUMENT_REPORT_H

#include "check.h"

#include "chart/chart.h"

#define NNBSP "\xE2\x80\xAF"

static inline struct block *add(struct arena *a, struct document *d, enum block_kind kind,
				struct str text)
{
	struct block *b = document_block(a, d, kind);

	b->text = text;
	return b;
}

static inline void add_figure(struct arena *a, struct document *d)
{
	static const struct chart_band bands[] = {
		{ 0, 14, STR("environ 25" NNBSP "%"), false },
		{ 15, 34, STR("environ 50" NNBSP "%"), true },
	};
	struct chart_scale c = {
		.words = { "sc", STR("Le score"), STR("20 points sur 34") },
		.max = 34,
		.score = 20,
		.score_label = STR("20 points"),
		.bands = bands,
		.n_bands = 2,
	};
	struct block *b = add(a, d, BLOCK_FIGURE, S("20 points sur 34 : bande du milieu"));

	b->svg = chart_standalone(a, chart_scale_svg(a, &c));
	b->width = 1;
	b->caption = S("Le score et ses bandes");
}

static inline void add_lists(struct arena *a, struct document *d)
{
	static const struct list_item actions[] = {
		{ STR("Nommer un responsable"), STR("Un par jeu de données."), STR("Données") },
		{ STR("Terminer l’entrepôt"), STR("Les retours n’y sont pas."), STR("") },
	};
	static const struct list_item plain[] = { { STR(""), STR("Il est qualitatif."), STR("") } };
	struct block *b = document_block(a, d, BLOCK_LIST);

	b->numbered = true;
	b->items = actions;
	b->n_items = 2;
	b = document_block(a, d, BLOCK_LIST);
	b->items = plain;
	b->n_items = 1;
}

static inline void add_table(struct arena *a, struct document *d)
{
	static const struct table_cell cells[] = {
		{ STR("Catégorie"), false },
		{ STR("Points"), false },
		{ STR("Données"), false },
		{ STR("10"), true },
	};
	struct block *b = add(a, d, BLOCK_TABLE, S("Points par catégorie"));

	b->cells = cells;
	b->n_columns = 2;
	b->n_rows = 2;
}

/* A PNG of two points. */
static const char a_picture[] =
	"\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122\000\000\000"
	"\002\000\000\000\001\010\002\000\000\000\173\100\350\335\000\000\000\015\111"
	"\104\101\124\170\234\143\370\317\000\004\377\001\007\000\001\377\342\043\236"
	"\131\000\000\000\000\111\105\116\104\256\102\140\202";

static inline struct document report(struct arena *a)
{
	struct document d = a_document();

	d.contents_title = S("Sommaire");
	d.kind = S("Bilan de maturité");
	d.logo = document_logo(a, S("image/png"), str_make(a_picture, sizeof a_picture - 1));
	document_heading(a, &d, 1, S("Votre résultat"));
	add(a, &d, BLOCK_FACT, S("Environ 50" NNBSP "%"))->caption = S("Maturité estimée");
	add(a, &d, BLOCK_LEAD,
	    S("La pratique a démarré : des essais concluants et plusieurs "
	      "services demandeurs, mais des données encore mal suivies."));
	add_figure(a, &d);
	document_heading(a, &d, 2, S("Par catégorie"));
	add_table(a, &d);
	document_heading(a, &d, 3, S("Détail"));
	document_paragraph(a, &d,
			   S("Efforts difficiles, affiches, fluides, offices" NNBSP
			     "; l’œuvre « à 59" NNBSP "% »."));
	/* So far down that the next section begins a page. */
	for (int n = 0; n < 8; n++)
		document_paragraph(a, &d, S("Et ainsi de suite."));
	document_heading(a, &d, 1, S("Actions"));
	add_lists(a, &d);
	add(a, &d, BLOCK_NOTE, S("Une heure avec le comité suffit."));
	return d;
}

/* A document in which `s` stands everywhere a text can. */
static inline struct document full_of(struct arena *a, struct str s)
{
	struct document d = { .title = s,
			      .subtitle = s,
			      .kind = s,
			      .author = s,
			      .logo = document_logo(a, S("image/png"), s),
			      .language = s,
			      .date = s,
			      .page_label = s,
			      .contents_title = s };
	struct list_item *item = arena_new(a, struct list_item, 1);
	struct table_cell *cells = arena_new(a, struct table_cell, 4);
	struct block *b;

	*item = (struct list_item){ s, s, s };
	for (size_t i = 0; i < 4; i++)
		cells[i].text = s;
	for (int kind = BLOCK_HEADING; kind <= BLOCK_NOTE; kind++) {
		b = document_block(a, &d, (enum block_kind)kind);
		b->text = b->caption = s;
		b->items = item;
		b->n_items = 1;
		b->cells = cells;
		b->n_rows = b->n_columns = 2;
		b->svg = S("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2 1\"/>");
	}
	return d;
}

#endif
