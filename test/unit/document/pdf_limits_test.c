/* Hostile texts, limits, faults, threads. */
#include "report.h"

#include <pthread.h>

#define HOSTILE "<b>gras</b> & \"'>/NonStruct << /MCID 0 >> BDC\n) Tj ET \x01\x7F"
#define ARABIC "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7"
#define CHINESE "\xE4\xB8\xAD\xE6\x96\x87"
#define EMOJI "\xF0\x9F\x98\x80\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"
#define NONCHARACTERS "\xEF\xBF\xBF\xEF\xB7\x90\xF4\x8F\xBF\xBE"
#define EVERYTHING                                                                 \
	HOSTILE " " ARABIC " " CHINESE " " EMOJI " " NONCHARACTERS " \xE2\x80\xAE" \
		"abc"

static struct str long_word(struct arena *a, size_t n)
{
	char *word = arena_new(a, char, n + 1);

	memset(word, 'm', n);
	return str_make(word, n);
}

static void takes_any_text(void **state)
{
	struct document d = full_of(*state, S(EVERYTHING));
	struct str pdf = write_pdf(*state, &d);

	assert_has(ask(*state, pdf, "qpdf --check", ""), "No syntax or stream encoding errors");
	assert_has(text_of(*state, pdf), "<b>gras</b> & \"'>");
	assert_has(ask(*state, pdf, "pdfinfo -struct-text", ""), "/NonStruct << /MCID 0 >> BDC");
}

static void takes_empty_texts(void **state)
{
	struct document d = full_of(*state, S(""));

	assert_has(ask(*state, write_pdf(*state, &d), "qpdf --check", ""), "No syntax");
}

static void breaks_long_words(void **state)
{
	struct document d = full_of(*state, long_word(*state, 10000));
	struct str pdf = write_pdf(*state, &d);
	struct str text = text_of(*state, pdf);

	assert_has(ask(*state, pdf, "qpdf --check", ""), "No syntax");
	/* The paragraph, the lead, the fact, the note, the item: all of each is there. */
	assert_true(count(text, "m") > 5 * 10000);
}

static void refuses_what_is_too_long(void **state)
{
	struct document d = a_document();
	struct str pdf;
	struct err err;
	struct block *b;

	document_paragraph(*state, &d, long_word(*state, DOCUMENT_TEXT_MAX));
	assert_int_equal(document_pdf(*state, &d, &pdf, &err), DOCUMENT_TOO_LONG);

	d = a_document();
	for (int i = 0; i <= DOCUMENT_BLOCKS_MAX; i++)
		document_paragraph(*state, &d, S("a"));
	assert_int_equal(document_pdf(*state, &d, &pdf, &err), DOCUMENT_TOO_LONG);

	d = a_document();
	/* Each chapter fills more than half of its page. */
	for (int i = 0; i < DOCUMENT_PAGES_MAX; i++) {
		document_heading(*state, &d, 1, S("a"));
		document_paragraph(*state, &d, long_word(*state, 3000));
	}
	assert_int_equal(document_pdf(*state, &d, &pdf, &err), DOCUMENT_TOO_LONG);

	d = a_document();
	b = document_block(*state, &d, BLOCK_TABLE);
	b->n_columns = DOCUMENT_COLUMNS_MAX + 1;
	b->n_rows = 1;
	b->cells = arena_new(*state, struct table_cell, b->n_columns);
	assert_int_equal(document_pdf(*state, &d, &pdf, &err), DOCUMENT_TOO_LONG);
}

static void refuses_figures_that_are_not_svg(void **state)
{
	static const char *const bad[] = {
		"",
		"<svg",
		"plain text",
		"<html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
		"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 0 0\"/>",
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct document d = a_document();
		struct err err = { .code = 0 };
		struct str pdf;

		document_block(*state, &d, BLOCK_FIGURE)->svg = str_from(bad[i]);
		assert_int_equal(document_pdf(*state, &d, &pdf, &err), FAULT_INTERNAL);
		assert_int_equal(err.code, FAULT_INTERNAL);
	}
}

static void reads_no_file_for_a_figure(void **state)
{
	struct document d = a_document();
	struct block *b = document_block(*state, &d, BLOCK_FIGURE);

	b->svg = S("<svg xmlns=\"http://www.w3.org/2000/svg\" "
		   "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
		   "viewBox=\"0 0 9 9\"><image width=\"9\" height=\"9\" "
		   "xlink:href=\"file:///etc/hostname\"/>"
		   "<text>&x;</text></svg>");
	b->width = 1;
	/* An entity that is not defined is an error; one that names a file cannot be defined either. */
	assert_int_equal(
		document_pdf(*state, &d, &(struct str){ NULL, 0 }, &(struct err){ .code = 0 }),
		FAULT_INTERNAL);
}

struct job {
	struct arena a;
	struct str pdf;
};

static void *work(void *arg)
{
	struct job *j = arg;
	struct document d;

	arena_init(&j->a, 64 << 20);
	d = full_of(&j->a, S("Une phrase."));
	return document_pdf(&j->a, &d, &j->pdf, NULL) ? NULL : j;
}

static void threads_wait_for_each_other(void **state)
{
	enum { THREADS = 4 };
	struct job jobs[THREADS];
	pthread_t threads[THREADS];
	void *done;

	(void)state;
	for (size_t i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, work, &jobs[i]), 0);
	for (size_t i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], &done), 0);
		assert_non_null(done);
		assert_true(str_eq(jobs[i].pdf, jobs[0].pdf));
	}
	for (size_t i = 0; i < THREADS; i++)
		arena_release(&jobs[i].a);
}

TEST_MAIN(unit_test(takes_any_text), unit_test(takes_empty_texts), unit_test(breaks_long_words),
	  unit_test(refuses_what_is_too_long), unit_test(refuses_figures_that_are_not_svg),
	  unit_test(reads_no_file_for_a_figure), unit_test(threads_wait_for_each_other))
