/* A hash map from strings to pointers, in an arena. Keys are borrowed and must outlive the map. */
#ifndef JALON_BASE_MAP_H
#define JALON_BASE_MAP_H

#include "base/str.h"

struct map_slot {
	struct str key;
	void *value;
};

struct map {
	struct arena *arena;
	struct map_slot *slots;
	size_t n;
	size_t cap; /* 0 or a power of two */
};

/* An empty map in `a`. Nothing is allocated until something is added. */
struct map map_make(struct arena *a);
/* The value at `key`, or NULL. */
void *map_get(const struct map *m, struct str key);
/* Puts `value` (not NULL) at `key`. Returns the value already there, which stays, or NULL. */
void *map_add(struct map *m, struct str key, void *value);

#endif
