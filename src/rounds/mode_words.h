/*
 * The answer given most often, in words. Of several given equally often none is the most frequent: two are both
 * named, of more it is said that none stands out. Whoever shows the mode marks it only where it stands alone.
 */
#ifndef JALON_ROUNDS_MODE_WORDS_H
#define JALON_ROUNDS_MODE_WORDS_H

#include "i18n/i18n.h"

enum { MODES_NAMED = 2 };

/* The answers given most often. */
struct modes {
	struct str labels[MODES_NAMED]; /* the first of them */
	size_t n;                       /* how many they are; 0: nobody answered */
	struct str share;               /* of each: "40 %" */
};

/* In `a`. For a cell: "Some"; "tied: Yes, Some"; "no answer stands out". */
struct str mode_short(struct arena *a, enum language l, const struct modes *m);
/* In `a`. Inside a sentence: "most frequent: “Some” (57 %)"; "tied: “Yes” and “Some” (40 % each)"; "no answer stands
 * out". Empty when nobody answered. */
struct str mode_words(struct arena *a, enum language l, const struct modes *m);

#endif
