/* String maps by open addressing: see map.h. */
#include "base/map.h"

enum { FIRST_CAP = 16 };

struct map map_make(struct arena *a)
{
	return (struct map){ .arena = a };
}

/* The slot of `key`, or the empty slot where it belongs. */
static struct map_slot *slot_of(const struct map *m, struct str key)
{
	size_t i = (size_t)str_hash(key) & (m->cap - 1);

	while (m->slots[i].value && !str_eq(m->slots[i].key, key))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

static void grow(struct map *m)
{
	struct map old = *m;

	m->cap = old.cap ? old.cap * 2 : FIRST_CAP;
	m->slots = arena_new(m->arena, struct map_slot, m->cap);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].value)
			*slot_of(m, old.slots[i].key) = old.slots[i];
}

void *map_get(const struct map *m, struct str key)
{
	return m->cap ? slot_of(m, key)->value : NULL;
}

void *map_add(struct map *m, struct str key, void *value)
{
	struct map_slot *slot;

	if (m->n * 4 >= m->cap * 3)
		grow(m);
	slot = slot_of(m, key);
	if (slot->value)
		return slot->value;
	*slot = (struct map_slot){ key, value };
	m->n++;
	return NULL;
}
