/* What the files on several respondents share. */
#ifndef JALON_DOMAIN_CONSOLIDATE_PRIV_H
#define JALON_DOMAIN_CONSOLIDATE_PRIV_H

#include "domain/consolidate.h"

/* How many respondents have so many points; ascending, each number of points once. */
struct bar {
	int points;
	uint32_t n;
};
struct histogram {
	struct bar bars[SCORECARD_LEVELS_MAX + 1];
	size_t n_bars;
	uint32_t total;
};

/* The points of all who count in the median of `q`. */
struct histogram points_histogram(const struct question *q, const struct tally *t);

/* Rules 2 and 3 of groups_hide(): `is_visible` says which groups may be shown for themselves. */
size_t groups_cover(struct group *groups, size_t n, uint32_t without_group, uint32_t threshold);

#endif
