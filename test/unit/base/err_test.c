/* Faults: filled once, cut when long, passed up as they are. */
#include "base/err.h"

#include <string.h>

#include "../test.h"

static int fails(struct err *err)
{
	return err_set(err, FAULT_DB_FULL, "page %d of %s", 7, "x");
}

static void fills_code_text_and_place(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(fails(&err), FAULT_DB_FULL);
	assert_int_equal(err.code, FAULT_DB_FULL);
	assert_string_equal(err.text, "page 7 of x");
	assert_non_null(strstr(err.file, "err_test.c"));
	assert_true(err.line > 0);
}

static void takes_no_err(void **state)
{
	(void)state;
	assert_int_equal(fails(NULL), FAULT_DB_FULL);
}

static void cuts_long_texts(void **state)
{
	struct err err = { 0 };

	(void)state;
	(void)err_set(&err, FAULT_INTERNAL, "%400d", 1);
	assert_int_equal(strlen(err.text), sizeof err.text - 1);
}

static void ends_without_a_line_feed(void **state)
{
	struct err err = { 0 };

	(void)state;
	(void)err_set(&err, FAULT_DB_GONE, "%s", "connection refused\n\tIs it running?\n\n");
	assert_string_equal(err.text, "connection refused\n\tIs it running?");
	(void)err_set(&err, FAULT_DB, "\n");
	assert_string_equal(err.text, "");
}

TEST_MAIN(unit_test(fills_code_text_and_place), unit_test(takes_no_err), unit_test(cuts_long_texts),
	  unit_test(ends_without_a_line_feed))
