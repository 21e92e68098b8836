/*
 * A growing array in an arena. Declare the type once beside its element:
 *
 *     struct answers VEC(struct answer);         // struct answers { struct answer *items; size_t n, cap; }
 *     *vec_push(a, &answers) = (struct answer){ … };
 *     for (size_t i = 0; i < answers.n; i++) use(&answers.items[i]);
 *
 * vec_push() may move the items: pointers to elements do not survive it.
 */
#ifndef JALON_BASE_VEC_H
#define JALON_BASE_VEC_H

#include <stddef.h>

#include "base/arena.h"

#define VEC(T)              \
	{                   \
		T *items;   \
		size_t n;   \
		size_t cap; \
	}

/* A pointer to a new zeroed last element of `v`. */
#define vec_push(a, v)                                                                     \
	((v)->n == (v)->cap                                                                \
		 ? ((v)->items = vec_grow((a), (v)->items, &(v)->cap, sizeof *(v)->items), \
		    (v)->items + (v)->n++)                                                 \
		 : (v)->items + (v)->n++)

/* Doubles the room of an array of `*cap` elements of `size` bytes; used by vec_push(). */
void *vec_grow(struct arena *a, void *items, size_t *cap, size_t size);

#endif
