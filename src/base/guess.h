/* "Did you mean": the nearest known word to one that is not known. */
#ifndef JALON_BASE_GUESS_H
#define JALON_BASE_GUESS_H

#include "base/str.h"

/* Start with { .word = … } and offer every known word. Words are borrowed. */
struct guess {
	struct str word;
	struct str best; /* the nearest so far; empty when none is near enough */
	size_t distance; /* of `best` */
};

/* Offers a known word. Near means at most a third of the letters are wrong (Levenshtein distance).
 * Words over 64 bytes are never near. */
void guess_offer(struct guess *g, struct str known);

#endif
