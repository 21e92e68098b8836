/*
 * Writes what office_test.py opens with other programs: samples FOLDER. Beside each document, NAME.json
 * holds every text that must be found in it, in order.
 */
#include "report.h"

#include "base/utf8.h"
#include "document/calendar.h"
#include "document/workbook.h"

#define LONG_BYTES (1024 * 1024)

/* Escapes of XML and Word, and characters that XML cannot hold; ends of lines and tabs. */
#define HOSTILE                                                                         \
	"<b>gras</b> &amp; &#0; ]]> <!-- <![CDATA[ \"'/> _x000D_ _x0041_ {{language}} " \
	"{page} %n %s \x01\x08\x0B\x1F\x7F \xEF\xBF\xBE\xEF\xBF\xBF\xEF\xB7\x90 "       \
	"\xE2\x80\xAE"                                                                  \
	"abc\xE2\x81\xA6 \xF0\x9F\x98\x80 \xD9\x85\xD8\xB1 \xE4\xB8\xAD "               \
	"\xCC\x81\xCC\x81\xCC\x81 ligne\nsuivante\r\ntroisième\tcolonne"

static void save(struct arena *a, const char *folder, const char *name, struct str bytes)
{
	FILE *file = fopen(str_fmt(a, "%s/%s", folder, name).data, "w");

	if (!file || fwrite(bytes.data, 1, bytes.len, file) != bytes.len || fclose(file)) {
		perror(name);
		exit(1);
	}
}

static void put_text(struct buf *b, struct str s)
{
	if (!s.len)
		return;
	buf_puts(b, b->len > 1 ? ",\n" : "");
	buf_quoted(b, s);
}

static void put_block(struct buf *b, const struct block *block)
{
	put_text(b, block->caption);
	put_text(b, block->text);
	for (size_t i = 0; i < block->n_items; i++) {
		put_text(b, block->items[i].title);
		put_text(b, utf8_prefix(block->items[i].tag, 24));
		put_text(b, block->items[i].detail);
	}
	for (size_t i = 0; i < block->n_rows * block->n_columns; i++)
		put_text(b, block->cells[i].text);
}

static void save_docx(struct arena *a, const char *folder, const char *name,
		      const struct document *d)
{
	struct buf texts = buf_make(a, 64 << 20);
	struct err err;
	struct str bytes;

	if (document_docx(a, d, &bytes, &err)) {
		(void)fprintf(stderr, "%s: %s\n", name, err.text);
		exit(1);
	}
	save(a, folder, str_fmt(a, "%s.docx", name).data, bytes);
	buf_putc(&texts, '[');
	put_text(&texts, d->title);
	put_text(&texts, d->subtitle);
	put_text(&texts, d->author);
	put_text(&texts, d->date);
	for (size_t i = 0; i < d->blocks.n; i++)
		put_block(&texts, &d->blocks.items[i]);
	buf_putc(&texts, ']');
	save(a, folder, str_fmt(a, "%s.json", name).data, buf_str(&texts));
}

/* A second list that counts from 1 again, rows over several pages, a figure of half the width. */
static struct document long_report(struct arena *a)
{
	enum { ROWS = 120 };
	struct document d = report(a);
	struct table_cell *cells = arena_new(a, struct table_cell, ROWS * 2);
	struct block *b;

	add_lists(a, &d);
	b = add(a, &d, BLOCK_TABLE, S("Un tableau sur plusieurs pages"));
	for (size_t i = 0; i < ROWS; i++) {
		cells[i * 2].text = i ? str_fmt(a, "Ligne-%03zu", i) : S("Intitulé-de-colonne");
		cells[i * 2 + 1] = (struct table_cell){ str_fmt(a, "%zu", i * 7), i > 0 };
	}
	b->cells = cells;
	b->n_rows = ROWS;
	b->n_columns = 2;
	add_figure(a, &d);
	d.blocks.items[d.blocks.n - 1].width = .5;
	return d;
}

static struct document megabyte(struct arena *a)
{
	struct document d = a_document();
	struct buf text = buf_make(a, 2 * LONG_BYTES);

	while (text.len < LONG_BYTES)
		buf_fmt(&text, "mot%zu & ", text.len);
	document_paragraph(a, &d, buf_str(&text));
	document_paragraph(a, &d, S("Après-le-long"));
	return d;
}

/* ---- workbooks ---- */

/* What a person might type, and what must come out of a cell as it went in. */
static const char *const typed[] = {
	"=1+1",
	"+33 6 12 34",
	"-5",
	"@SUM(A1)",
	"\t=1",
	"=cmd|' /C calc'!A0",
	"{=1+1}",
	"<r><t>riche</t></r>",
	"https://jalon.example/?a=1&b=2",
	"mailto:x@y.example",
	"01234",
	"1E5",
	"TRUE",
	"#N/A",
	"12/03",
	" espaces ",
	"_x000D_ et _x0041_",
	"a\nb",
	"a;b,c\"d\"",
	"]]>&amp;<x/>",
	"œuvre à 59\u202F%",
	"\U0001F600",
	"'apostrophe",
};
enum { TYPED = sizeof typed / sizeof *typed };

static struct worksheet typed_sheet(struct arena *a, struct str name)
{
	static const struct worksheet_column column[] = { { STR("Texte"), COLUMN_TEXT, 0 } };
	struct worksheet_cell *cells = arena_new(a, struct worksheet_cell, TYPED + 3);
	char *longest = arena_new(a, char, 40000);

	for (size_t i = 0; i < TYPED; i++)
		cells[i] = cell_text(str_from(typed[i]));
	/* Characters that XML cannot hold, ends of lines, and too long a text. */
	cells[TYPED] = cell_text(S("\x01\x0B\x1F\xEF\xBF\xBF"));
	cells[TYPED + 1] = cell_text(S("a\r\nb\rc"));
	memset(longest, 'm', 40000);
	cells[TYPED + 2] = cell_text(str_make(longest, 40000));
	return (struct worksheet){ name, column, 1, TYPED + 3, cells };
}

static struct worksheet figures(struct arena *a, struct str name)
{
	static const struct worksheet_column columns[] = {
		{ STR("Service"), COLUMN_TEXT, 0 },    { STR("Réponses"), COLUMN_INTEGER, 0 },
		{ STR("Moyenne"), COLUMN_DECIMAL, 2 }, { STR("Part"), COLUMN_PERCENT, 0 },
		{ STR("Échéance"), COLUMN_DATE, 0 },
	};
	const struct worksheet_cell cells[] = {
		cell_text(S("Finance")),
		cell_number(1234),
		cell_number(-2250),
		cell_number(5882),
		cell_number(20524),
		cell_text(S("Achats")),
		cell_text(S("masqué pour protéger les répondants")),
		{ .is_number = false },
		cell_text(S("masqué")),
		cell_number(0),
	};
	struct worksheet_cell *copy = arena_new(a, struct worksheet_cell, 10);

	memcpy(copy, cells, sizeof cells);
	return (struct worksheet){ name, columns, 5, 2, copy };
}

static void save_workbook(struct arena *a, const char *folder)
{
	static const char *const names[] = {
		"Résultats",
		"a[b]:c*d?e/f\\g",
		"",
		"RÉSULTATS",
		"'quoted'",
		"history",
		"Un nom de feuille bien trop long pour Excel",
		"Un nom de feuille bien trop long pour tous",
		"\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600"
		"\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600",
	};
	enum { SHEETS = sizeof names / sizeof *names };
	struct worksheet sheets[SHEETS];
	struct workbook w = { STR("Campagne & <résultats>"),
			      STR("Claire Renoux"),
			      1773300000000,
			      STR(" [coupé]"),
			      sheets,
			      SHEETS };
	struct buf texts = buf_make(a, 1 << 20);
	struct err err;
	struct str bytes;

	sheets[0] = figures(a, str_from(names[0]));
	for (size_t i = 1; i < SHEETS; i++)
		sheets[i] = typed_sheet(a, str_from(names[i]));
	if (workbook_xlsx(a, &w, &bytes, &err)) {
		(void)fprintf(stderr, "workbook: %s\n", err.text);
		exit(1);
	}
	save(a, folder, "workbook.xlsx", bytes);
	buf_putc(&texts, '[');
	for (size_t i = 0; i < TYPED; i++)
		put_text(&texts, str_from(typed[i]));
	buf_putc(&texts, ']');
	save(a, folder, "typed.json", buf_str(&texts));
	for (int form = CSV_FRENCH; form <= CSV_RAW; form++) {
		if (worksheet_csv(a, &sheets[1], (enum csv_form)form, &bytes))
			exit(1);
		save(a, folder, str_fmt(a, "typed%d.csv", form).data, bytes);
	}
}

static void save_calendar(struct arena *a, const char *folder)
{
	struct calendar_event events[TYPED + 1];
	struct calendar c = { STR("Plan; d’actions"), STR("fr"), events, TYPED + 1 };
	struct buf longest = buf_make(a, 1 << 20);
	struct str bytes;

	for (size_t i = 0; i < TYPED; i++)
		events[i] = (struct calendar_event){
			.uid = str_fmt(a, "action-%zu@jalon.example", i),
			.summary = str_from(typed[i]),
			.description = str_from(typed[TYPED - 1 - i]),
			.url = S("https://jalon.example/o/1"),
			.first_day = 20524 + (int64_t)i,
			.last_day = 20524 + 2 * (int64_t)i,
			.sequence = (int)i,
			.changed_ms = 1773300000000,
		};
	while (longest.len < 200 * 1000)
		buf_puts(&longest, "Élève à 59\u202F% ; ");
	events[TYPED] = events[0];
	events[TYPED].uid = S("longest@jalon.example");
	events[TYPED].summary = buf_str(&longest);
	if (calendar_ics(a, &c, &bytes))
		exit(1);
	save(a, folder, "plan.ics", bytes);
}

int main(int argc, char **argv)
{
	struct document d;
	struct arena a;

	if (argc != 2)
		return 2;
	arena_init(&a, (size_t)1 << 30);
	d = long_report(&a);
	save_docx(&a, argv[1], "report", &d);
	d = full_of(&a, S(HOSTILE));
	save_docx(&a, argv[1], "hostile", &d);
	d = megabyte(&a);
	save_docx(&a, argv[1], "long", &d);
	save_workbook(&a, argv[1]);
	save_calendar(&a, argv[1]);
	arena_release(&a);
	return 0;
}
