/* Which groups may be shown: see groups_hide() in consolidate.h. */
#include "domain/consolidate_priv.h"

#include <assert.h>

/* What is not shown, apart from the empty groups. */
struct shadow {
	size_t groups;        /* that have a name */
	uint64_t respondents; /* in them, and without a group */
};

static struct shadow shadow_of(const struct group *groups, size_t n, uint32_t without_group)
{
	struct shadow s = { .respondents = without_group };

	for (size_t i = 0; i < n; i++) {
		if (groups[i].respondents > 0 && !groups[i].is_visible) {
			s.groups++;
			s.respondents += groups[i].respondents;
		}
	}
	return s;
}

/* The visible group to hide next, or NULL when none is left. */
static struct group *smallest_visible(struct group *groups, size_t n)
{
	struct group *best = NULL;

	for (size_t i = 0; i < n; i++) {
		struct group *g = &groups[i];

		if (!g->is_visible)
			continue;
		if (!best || g->respondents < best->respondents ||
		    (g->respondents == best->respondents && str_cmp(g->name, best->name) < 0))
			best = g;
	}
	return best;
}

size_t groups_cover(struct group *groups, size_t n, uint32_t without_group, uint32_t threshold)
{
	size_t unnamed = without_group > 0 && without_group < threshold;
	struct group *next;

	for (;;) {
		struct shadow s = shadow_of(groups, n, without_group);
		bool alone = s.groups + unnamed == 1;
		bool few = s.respondents > 0 && s.respondents < GROUP_THRESHOLD_MIN;

		next = alone || few ? smallest_visible(groups, n) : NULL;
		if (!next)
			return s.groups;
		next->is_visible = false;
	}
}

size_t groups_hide(struct group *groups, size_t n, uint32_t without_group, uint32_t threshold)
{
	assert(threshold >= GROUP_THRESHOLD_MIN);
	for (size_t i = 0; i < n; i++)
		groups[i].is_visible = groups[i].respondents >= threshold;
	return groups_cover(groups, n, without_group, threshold);
}
