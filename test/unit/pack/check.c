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
