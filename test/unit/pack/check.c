#include "check.h"

#include <stdio.h>

#include "../test.h"
#include "base/buf.h"

enum { FILE_MAX = 4 * 1024 * 1024, TEXT_MAX = 1024 * 1024 };

struct str read_file(struct arena *a, const char *path)
{
	char *bytes = arena_new(a, char, FILE_MAX);
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		fail_msg("cannot open %s", path);
	n = fread(bytes, 1, FILE_MAX, f);
	assert_true(n < FILE_MAX && !ferror(f));
	fclose(f);
	return str_make(bytes, n);
}

struct str faults_text(struct arena *a, const struct pack_faults *faults)
{
	struct buf b = buf_make(a, TEXT_MAX);

	for (size_t i = 0; i < faults->n; i++) {
		const struct pack_fault *f = &faults->items[i];

		buf_fmt(&b, "%d:%d: %.*s\n", f->line, f->column, STR_ARG(f->message));
	}
	assert_false(b.full);
	return buf_str(&b);
}

/* The sentence of a fault, without the path before it, which is the same in every language. */
static struct str sentence_of(const struct pack_fault *f, const struct pack_fault *fellow)
{
	size_t same = 0, path = 0;

	while (same < f->message.len && same < fellow->message.len &&
	       f->message.data[same] == fellow->message.data[same])
		same++;
	for (size_t i = 2; i <= same; i++)
		if (f->message.data[i - 2] == ':' && f->message.data[i - 1] == ' ')
			path = i;
	return str_slice(f->message, path, f->message.len);
}

void assert_french(const struct pack_faults *fr, const struct pack_faults *en)
{
	static const char *const wrong[] = { "\"", "'", "{", " ;", " :", " ?", " !", "« ", " »" };

	assert_int_equal(fr->n, en->n);
	for (size_t i = 0; i < fr->n; i++) {
		struct str sentence = sentence_of(&fr->items[i], &en->items[i]);

		assert_int_equal(fr->items[i].line, en->items[i].line);
		assert_int_equal(fr->items[i].column, en->items[i].column);
		if (str_eq(fr->items[i].message, en->items[i].message))
			fail_msg("not French: %.*s", STR_ARG(fr->items[i].message));
		for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++)
			if (str_contains(sentence, str_from(wrong[w])))
				fail_msg("\"%s\" in: %.*s", wrong[w], STR_ARG(sentence));
	}
}
