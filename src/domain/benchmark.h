/*
 * Where an organisation stands among those of the instance that agreed to be compared, said so coarsely
 * that nobody's score can be read out of it.
 */
#ifndef JALON_DOMAIN_BENCHMARK_H
#define JALON_DOMAIN_BENCHMARK_H

#include <stddef.h>

enum {
	BENCHMARK_MIN = 5,         /* organisations; fewer and nothing is said */
	BENCHMARK_PERCENTILE = 10, /* from so many on, a percentile in steps of ten */
	BENCHMARK_FINE = 50,       /* from so many on, in steps of five */
};

enum benchmark_kind {
	BENCHMARK_TOO_FEW,
	BENCHMARK_QUARTER,  /* `quarter` only */
	BENCHMARK_POSITION, /* `quarter` and `percentile` */
};

struct benchmark {
	enum benchmark_kind kind;
	int quarter;    /* 1 (lowest) to 4 */
	int percentile; /* rounded to `step`, at least one step from both ends */
	int step;       /* 10 or 5 */
};

/*
 * The place of `own` among `n` scores, its own being one of them (comparing takes being compared, and
 * the placing is phase 4's: the organisation counts itself). Scores are in any unit, the same for all.
 *
 * Mid-rank percentile: 100 (number below + half the number equal, itself included) / n. The quarter is
 * taken before rounding; 25, 50 and 75 belong to the upper one. A percentile is rounded half up to ten,
 * or to five from BENCHMARK_FINE on, and is never nearer than that to 0 or 100, so that being the very
 * first or last is not said. When all are equal they stand at 50, like everyone in the middle: saying that
 * they are equal would give all scores away.
 */
struct benchmark benchmark(int own, const int *scores, size_t n);

#endif
