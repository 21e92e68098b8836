/* What is wrong with a pack: see faults_priv.h. */
#include "pack/faults_priv.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { PART_CHARACTERS = 60 };

void fault_add(const struct reporter *r, int line, int column, struct str path, const char *id,
	       const struct tr_arg *values)
{
	struct str message;

	if (r->faults->n == PACK_FAULTS_MAX)
		return;
	message = tr_with(r->a, r->language, id, values);
	if (path.len)
		message = str_fmt(r->a, "%.*s: %.*s", STR_ARG(path), STR_ARG(message));
	*vec_push(r->a, r->faults) = (struct pack_fault){ line, column, message };
}

struct str fault_part(struct str s)
{
	return utf8_prefix(s, PART_CHARACTERS);
}

struct str fault_quoted(const struct reporter *r, struct str s)
{
	return fmt_quoted(r->a, r->language, fault_part(s));
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
