/* What the PDF tests share: a document to begin with, and real programs that read what was written. */
#ifndef JALON_TEST_UNIT_DOCUMENT_CHECK_H
#define JALON_TEST_UNIT_DOCUMENT_CHECK_H

#include "../test.h"

#include <unistd.h>

#include "base/buf.h"
#include "document/document.h"

enum { OUTPUT_MAX = 64 * 1024 * 1024 };

#define assert_has(s, part) assert_true(str_contains((s), S(part)))
#define assert_has_not(s, part) assert_false(str_contains((s), S(part)))

static inline struct document a_document(void)
{
	return (struct document){
		.title = STR("Carte de performance"),
		.subtitle = STR("Maison Belloy"),
		.author = STR("Claire Renoux"),
		.language = STR("fr"),
		.date = STR("12 mars 2026"),
		.page_label = STR("page {page} sur {pages}"),
		.created_ms = 1773300000000,
	};
}

static inline struct str write_pdf(struct arena *a, const struct document *d)
{
	struct err err = { .code = 0 };
	struct str pdf = { NULL, 0 };

	if (document_pdf(a, d, &pdf, &err))
		fail_msg("%s", err.text);
	return pdf;
}

/* What `command` prints of `pdf`; the file's name takes the place of %s. Fails when it fails. */
static inline struct str ask(struct arena *a, struct str pdf, const char *before, const char *after)
{
	struct buf out = buf_make(a, OUTPUT_MAX);
	char path[] = "/tmp/jalon-pdf-XXXXXX", chunk[4096];
	int fd = mkstemp(path);
	FILE *pipe;
	size_t n;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, pdf.data, pdf.len), (ssize_t)pdf.len);
	close(fd);
	pipe = popen(str_fmt(a, "%s %s %s", before, path, after).data, "r");
	assert_non_null(pipe);
	while ((n = fread(chunk, 1, sizeof chunk, pipe)) > 0)
		buf_put(&out, str_make(chunk, n));
	assert_int_equal(pclose(pipe), 0);
	unlink(path);
	return buf_str(&out);
}

/* The document's text as a reader copies it, form feeds between pages. */
static inline struct str text_of(struct arena *a, struct str pdf)
{
	return ask(a, pdf, "pdftotext -layout", "-");
}

/* The file's objects as plain text. */
static inline struct str objects_of(struct arena *a, struct str pdf)
{
	return ask(a, pdf, "qpdf --qdf --object-streams=disable", "-");
}

static inline size_t count(struct str s, const char *part)
{
	size_t n = 0;

	for (const char *p = s.data;
	     s.len && (p = memmem(p, (size_t)(s.data + s.len - p), part, strlen(part))); p++)
		n++;
	return n;
}

static inline size_t pages_of(struct arena *a, struct str pdf)
{
	return count(text_of(a, pdf), "\f");
}

#endif
