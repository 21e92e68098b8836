/*
 * Value and feasibility of projects, and where that places them. Levels go from 1 to 5 and, being
 * medians, come in halves: they are held in half levels, 2 to 10. Indexes and coordinates go from 0 to
 * 100 and are held in hundredths, rounded half up; what decides (which half of an axis, which rank)
 * is compared exactly, before rounding.
 */
#ifndef JALON_DOMAIN_QUADRANT_H
#define JALON_DOMAIN_QUADRANT_H

#include "base/str.h"

#include <stdbool.h>

enum {
	CRITERIA_MAX = 8,
	CRITERION_WEIGHT_MAX = 1000,
	HALF_LEVEL_MIN = 2,
	HALF_LEVEL_MAX = 10,
	PLACING_RELATIVE_MIN = 4, /* under so many projects relative placing says nothing */
};

/* One thing that is rated, with its weight in the index (1 to CRITERION_WEIGHT_MAX). */
struct criterion {
	struct str id;
	int weight;
};

/* What an axis is made of. */
struct axis {
	const struct criterion *criteria;
	size_t n;
};

struct project {
	struct str name;
	int value[CRITERIA_MAX];       /* half levels, parallel to the axis of value */
	int feasibility[CRITERIA_MAX]; /* and to the axis of feasibility */
};

enum placing { PLACING_RELATIVE, PLACING_ABSOLUTE };
/* Ordered by how far the process is from being suited. */
enum filter { FILTER_SUITED, FILTER_WATCH, FILTER_SET_ASIDE };
enum quadrant { QUADRANT_PRIORITY, QUADRANT_PREPARE, QUADRANT_OPPORTUNITY, QUADRANT_LATER };
enum horizon { HORIZON_SHORT, HORIZON_MEDIUM, HORIZON_LONG };

struct placement {
	int value, feasibility; /* indexes, in hundredths */
	int x, y;               /* coordinates, in hundredths: feasibility across, value up */
	enum filter filter;
	enum quadrant quadrant;
	enum horizon horizon;
	bool fallbacks[CRITERIA_MAX]; /* criteria of feasibility under 3 */
	size_t rank;                  /* inside the horizon, from 1 */
};

struct placements {
	enum placing placing;    /* the one used */
	bool too_few;            /* relative was asked for, absolute was used */
	bool x_equal, y_equal;   /* all projects (two at least) have the same index on that axis */
	struct placement *items; /* parallel to the projects */
};

/*
 * Places `n` projects, in `a`. All are placed and none is dropped, whatever its filter.
 *
 * Index: 100 (weighted mean - 1) / 4. Relative coordinate: the mid-rank percentile of the index among
 * the projects, 100 (number below + half the number equal, itself included) / n. Absolute: the index.
 * 50 and over is high. Filter: a level of value under 2 sets aside, under 3 is watched. High value and
 * feasibility: priority, short; high value only: prepare, medium; high feasibility only: opportunity,
 * medium; neither: later, long. Rank inside a horizon: by value + feasibility (the indexes), then
 * value, then name (byte order), then as given.
 */
struct placements projects_place(struct arena *a, const struct axis *value,
				 const struct axis *feasibility, const struct project *projects,
				 size_t n, enum placing asked);

#endif
