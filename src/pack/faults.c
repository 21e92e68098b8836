/* What is wrong with a pack: see faults_priv.h. */
#include "pack/faults_priv.h"

#include <stdarg.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { MESSAGE_MAX = 4096, PART_CHARACTERS = 60 };

void fault_add(struct arena *a, struct pack_faults *faults, int line, int column,
	       const char *format, ...)
{
	struct buf b = buf_make(a, MESSAGE_MAX);
	va_list ap;

	if (faults->n == PACK_FAULTS_MAX)
		return;
	va_start(ap, format);
	buf_vfmt(&b, format, ap);
	va_end(ap);
	*vec_push(a, faults) = (struct pack_fault){ line, column, buf_str(&b) };
}

struct str fault_part(struct str s)
{
	return utf8_prefix(s, PART_CHARACTERS);
}

static bool comes_after(const struct pack_fault *x, const struct pack_fault *y)
{
	return x->line != y->line ? x->line > y->line : x->column > y->column;
}

void faults_sort(struct pack_faults *faults)
{
	for (size_t i = 1; i < faults->n; i++) {
		struct pack_fault moved = faults->items[i];
		size_t j = i;

		for (; j > 0 && comes_after(&faults->items[j - 1], &moved); j--)
			faults->items[j] = faults->items[j - 1];
		faults->items[j] = moved;
	}
}
