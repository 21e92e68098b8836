/* DOCX: what office programs need not be asked for. What they make of the files is in office_test.py. */
#include "report.h"

static struct str write_docx(struct arena *a, const struct document *d)
{
	struct err err = { .code = 0 };
	struct str docx = { NULL, 0 };

	if (document_docx(a, d, &docx, &err))
		fail_msg("%s", err.text);
	return docx;
}

static void same_input_gives_same_bytes(void **state)
{
	struct document d = report(*state);
	struct str one = write_docx(*state, &d), two;

	/* Nor does the machine's time zone show. */
	assert_int_equal(setenv("TZ", "Pacific/Auckland", 1), 0);
	tzset();
	two = write_docx(*state, &d);
	assert_int_equal(unsetenv("TZ"), 0);
	tzset();
	assert_true(str_eq(one, two));
	d.created_ms += 1000;
	assert_false(str_eq(one, write_docx(*state, &d)));
}

static void begins_with_its_types(void **state)
{
	struct document d = report(*state);
	struct str docx = write_docx(*state, &d);

	assert_true(str_starts(docx, S("PK\x03\x04")));
	assert_true(str_starts(str_slice(docx, 30, docx.len), S("[Content_Types].xml")));
}

static void takes_empty_texts(void **state)
{
	struct document d = full_of(*state, S(""));

	assert_true(write_docx(*state, &d).len > 0);
}

static void refuses_what_is_too_long(void **state)
{
	struct document d = a_document();
	char *text = arena_new(*state, char, DOCUMENT_TEXT_MAX + 1);
	struct str docx;
	struct block *b;

	memset(text, 'm', DOCUMENT_TEXT_MAX);
	document_paragraph(*state, &d, str_make(text, DOCUMENT_TEXT_MAX));
	assert_int_equal(document_docx(*state, &d, &docx, NULL), DOCUMENT_TOO_LONG);

	d = a_document();
	for (int i = 0; i <= DOCUMENT_BLOCKS_MAX; i++)
		document_paragraph(*state, &d, S("a"));
	assert_int_equal(document_docx(*state, &d, &docx, NULL), DOCUMENT_TOO_LONG);

	d = a_document();
	b = document_block(*state, &d, BLOCK_TABLE);
	b->n_columns = DOCUMENT_COLUMNS_MAX + 1;
	b->n_rows = 1;
	b->cells = arena_new(*state, struct table_cell, b->n_columns);
	assert_int_equal(document_docx(*state, &d, &docx, NULL), DOCUMENT_TOO_LONG);

	/* Cells without a text count too: their markup is what grows. */
	d = a_document();
	b = document_block(*state, &d, BLOCK_TABLE);
	b->n_columns = 1;
	b->n_rows = 1000 * 1000;
	b->cells = arena_new(*state, struct table_cell, b->n_rows);
	assert_int_equal(document_docx(*state, &d, &docx, NULL), DOCUMENT_TOO_LONG);
}

static void refuses_figures_that_are_not_svg(void **state)
{
	static const char *const bad[] = {
		"",
		"<svg",
		"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">&x;</svg>",
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct document d = a_document();
		struct err err = { .code = 0 };
		struct str docx;

		document_block(*state, &d, BLOCK_FIGURE)->svg = str_from(bad[i]);
		assert_int_equal(document_docx(*state, &d, &docx, &err), FAULT_INTERNAL);
		assert_int_equal(err.code, FAULT_INTERNAL);
	}
}

TEST_MAIN(unit_test(same_input_gives_same_bytes), unit_test(begins_with_its_types),
	  unit_test(takes_empty_texts), unit_test(refuses_what_is_too_long),
	  unit_test(refuses_figures_that_are_not_svg))
