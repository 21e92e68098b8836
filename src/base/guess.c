/* Nearest words: see guess.h. */
#include "base/guess.h"

enum { WORD_MAX = 64 };

static size_t least(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

/* Levenshtein's distance, one row at a time. */
static size_t distance(struct str a, struct str b)
{
	size_t row[WORD_MAX + 1];

	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t above = row[j];

			row[j] = least(above + 1, row[j - 1] + 1,
				       diagonal + (a.data[i - 1] != b.data[j - 1]));
			diagonal = above;
		}
	}
	return row[b.len];
}

void guess_offer(struct guess *g, struct str known)
{
	size_t longest = g->word.len > known.len ? g->word.len : known.len;
	size_t d;

	if (longest > WORD_MAX)
		return;
	d = distance(g->word, known);
	if (3 * d > longest || (g->best.len && d >= g->distance))
		return;
	g->best = known;
	g->distance = d;
}
