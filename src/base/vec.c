/* Growing arrays: see vec.h. */
#include "base/vec.h"

#include <string.h>

void *vec_grow(struct arena *a, void *items, size_t *cap, size_t size)
{
	size_t grown = *cap ? *cap * 2 : 8;
	char *p = arena_grow(a, items, *cap * size, grown * size);

	memset(p + *cap * size, 0, (grown - *cap) * size);
	*cap = grown;
	return p;
}
