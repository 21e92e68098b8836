/* Workbooks: CSV to the byte, names, limits. What Excel's readers make of the XLSX is in office_test.py. */
#include "check.h"

#include "document/workbook.h"

#define BOM "\xEF\xBB\xBF"
#define COLUMNS 5

static const struct worksheet_column columns[COLUMNS] = {
	{ STR("Nom"), COLUMN_TEXT, 0 },        { STR("Réponses"), COLUMN_INTEGER, 0 },
	{ STR("Moyenne"), COLUMN_DECIMAL, 2 }, { STR("Part"), COLUMN_PERCENT, 1 },
	{ STR("Échéance"), COLUMN_DATE, 0 },
};

static struct worksheet one_row(const struct worksheet_cell *cells)
{
	return (struct worksheet){
		.name = STR("Actions"),
		.columns = columns,
		.n_columns = COLUMNS,
		.n_rows = 1,
		.cells = cells,
	};
}

static struct str csv(struct arena *a, const struct worksheet *s, enum csv_form form)
{
	struct str text = { NULL, 0 };

	assert_int_equal(worksheet_csv(a, s, form, &text), 0);
	return text;
}

static void csv_speaks_its_readers_language(void **state)
{
	const struct worksheet_cell cells[COLUMNS] = { cell_text(S("Données; \"et\", IA")),
						       cell_number(1234), cell_number(-2250),
						       cell_number(5885), cell_number(20524) };
	struct worksheet s = one_row(cells);

	assert_str(csv(*state, &s, CSV_FRENCH),
		   BOM "Nom;Réponses;Moyenne;Part;Échéance\r\n"
		       "\"Données; \"\"et\"\", IA\";1234;-22,50;58,9%;2026-03-12\r\n");
	assert_str(csv(*state, &s, CSV_ENGLISH),
		   BOM "Nom,Réponses,Moyenne,Part,Échéance\r\n"
		       "\"Données; \"\"et\"\", IA\",1234,-22.50,58.9%,2026-03-12\r\n");
	assert_str(csv(*state, &s, CSV_RAW),
		   "Nom,Réponses,Moyenne,Part,Échéance\r\n"
		   "\"Données; \"\"et\"\", IA\",1234,-22.50,0.5885,2026-03-12\r\n");
}

static void csv_texts_are_no_formulas(void **state)
{
	static const struct {
		const char *text, *french, *raw;
	} cases[] = {
		{ "=1+1", "\"'=1+1\"", "=1+1" },
		{ "+33 6 12", "\"'+33 6 12\"", "+33 6 12" },
		{ "-5", "\"'-5\"", "-5" },
		{ "@SUM(A1)", "\"'@SUM(A1)\"", "@SUM(A1)" },
		{ "\t=1", "\"'\t=1\"", "\t=1" },
		{ "\r=1", "\"'\r=1\"", "\"\r=1\"" },
		{ "\n=1", "\"'\n=1\"", "\"\n=1\"" },
		{ "\xEF\xBC\x9D"
		  "1",
		  "\"'\xEF\xBC\x9D"
		  "1\"",
		  "\xEF\xBC\x9D"
		  "1" },
		{ "=HYPERLINK(\"x\";\"y\")", "\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\"",
		  "\"=HYPERLINK(\"\"x\"\";\"\"y\"\")\"" },
		{ "a=1", "a=1", "a=1" },
		{ " a ", "\" a \"", "\" a \"" },
		{ "", "", "" },
		{ "'=1", "'=1", "'=1" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct worksheet_column column = { str_from(cases[i].text), COLUMN_TEXT, 0 };
		const struct worksheet_cell cell = cell_text(str_from(cases[i].text));
		struct worksheet s = {
			.columns = &column, .cells = &cell, .n_columns = 1, .n_rows = 1
		};

		/* The columns' titles are texts of people's too. */
		assert_str(
			csv(*state, &s, CSV_FRENCH),
			str_fmt(*state, BOM "%s\r\n%s\r\n", cases[i].french, cases[i].french).data);
		assert_str(csv(*state, &s, CSV_RAW),
			   str_fmt(*state, "%s\r\n%s\r\n", cases[i].raw, cases[i].raw).data);
	}
}

static void numbers_keep_their_digits(void **state)
{
	static const struct {
		struct worksheet_column column;
		int64_t n;
		const char *raw, *french;
	} cases[] = {
		{ { STR(""), COLUMN_DECIMAL, 3 }, 5, "0.005", "0,005" },
		{ { STR(""), COLUMN_DECIMAL, 3 }, -5, "-0.005", "-0,005" },
		{ { STR(""), COLUMN_DECIMAL, 0 }, 7, "7", "7" },
		{ { STR(""), COLUMN_DECIMAL, 6 },
		  INT64_MIN,
		  "-9223372036854.775808",
		  "-9223372036854,775808" },
		{ { STR(""), COLUMN_INTEGER, 0 },
		  INT64_MAX,
		  "9223372036854775807",
		  "9223372036854775807" },
		{ { STR(""), COLUMN_PERCENT, 0 }, 6250, "0.6250", "63%" },
		{ { STR(""), COLUMN_PERCENT, 2 }, 6255, "0.6255", "62,55%" },
		{ { STR(""), COLUMN_PERCENT, 4 }, 6255, "0.6255", "62,55%" },
		{ { STR(""), COLUMN_PERCENT, 0 }, -150, "-0.0150", "-1%" },
		{ { STR(""), COLUMN_DATE, 0 }, 0, "1970-01-01", "1970-01-01" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct worksheet_cell cell = cell_number(cases[i].n);
		struct worksheet s = {
			.columns = &cases[i].column, .cells = &cell, .n_columns = 1, .n_rows = 1
		};

		assert_str(csv(*state, &s, CSV_RAW),
			   str_fmt(*state, "\r\n%s\r\n", cases[i].raw).data);
		assert_str(csv(*state, &s, CSV_FRENCH),
			   str_fmt(*state, BOM "\r\n%s\r\n", cases[i].french).data);
	}
}

static void says_why_there_is_no_number(void **state)
{
	const struct worksheet_cell cells[COLUMNS] = { cell_text(S("Finance")),
						       cell_text(S("masqué")),
						       { .is_number = false } };
	struct worksheet s = one_row(cells);

	assert_true(str_ends(csv(*state, &s, CSV_FRENCH), S("\r\nFinance;masqué;;;\r\n")));
}

static void same_input_gives_same_bytes(void **state)
{
	const struct worksheet_cell cells[COLUMNS] = { cell_text(S("a")), cell_number(1) };
	struct worksheet s = one_row(cells);
	struct workbook w = {
		.title = STR("Titre"), .created_ms = 1773300000000, .sheets = &s, .n_sheets = 1
	};
	struct str one, two;

	assert_int_equal(workbook_xlsx(*state, &w, &one, NULL), 0);
	assert_int_equal(setenv("TZ", "Pacific/Auckland", 1), 0);
	tzset();
	sleep(1);
	assert_int_equal(workbook_xlsx(*state, &w, &two, NULL), 0);
	assert_int_equal(unsetenv("TZ"), 0);
	tzset();
	assert_true(one.len > 1000 && str_eq(one, two));
	w.created_ms += 1000;
	assert_int_equal(workbook_xlsx(*state, &w, &two, NULL), 0);
	assert_false(str_eq(one, two));
}

static void refuses_what_is_too_large(void **state)
{
	struct worksheet *sheets = arena_new(*state, struct worksheet, WORKBOOK_SHEETS_MAX + 1);
	struct worksheet_column *many =
		arena_new(*state, struct worksheet_column, WORKBOOK_COLUMNS_MAX + 1);
	char *text = arena_new(*state, char, WORKBOOK_TEXT_MAX + 1);
	struct worksheet wide = { .columns = many, .n_columns = WORKBOOK_COLUMNS_MAX + 1 };
	struct worksheet high = { .columns = many, .n_columns = 1, .n_rows = WORKBOOK_CELLS_MAX };
	struct worksheet_cell cell = cell_text(str_make(text, WORKBOOK_TEXT_MAX + 1));
	struct worksheet heavy = { .columns = many, .cells = &cell, .n_columns = 1, .n_rows = 1 };
	struct workbook w = { .sheets = sheets, .n_sheets = WORKBOOK_SHEETS_MAX + 1 };
	struct str out;

	memset(text, 'a', WORKBOOK_TEXT_MAX + 1);
	assert_int_equal(workbook_xlsx(*state, &w, &out, NULL), DOCUMENT_TOO_LONG);
	assert_int_equal(worksheet_csv(*state, &wide, CSV_RAW, &out), DOCUMENT_TOO_LONG);
	assert_int_equal(worksheet_csv(*state, &high, CSV_RAW, &out), DOCUMENT_TOO_LONG);
	assert_int_equal(worksheet_csv(*state, &heavy, CSV_RAW, &out), DOCUMENT_TOO_LONG);
	w = (struct workbook){ .sheets = &heavy, .n_sheets = 1 };
	assert_int_equal(workbook_xlsx(*state, &w, &out, NULL), DOCUMENT_TOO_LONG);
}

TEST_MAIN(unit_test(csv_speaks_its_readers_language), unit_test(csv_texts_are_no_formulas),
	  unit_test(numbers_keep_their_digits), unit_test(says_why_there_is_no_number),
	  unit_test(same_input_gives_same_bytes), unit_test(refuses_what_is_too_large))
