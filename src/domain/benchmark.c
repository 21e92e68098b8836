/* An organisation among others: see benchmark.h. */
#include "domain/benchmark.h"

#include <assert.h>
#include <stdint.h>

#include "base/num.h"

static int percentile_of(int64_t part, int64_t whole, int step)
{
	int rounded = step * (int)num_div_round(100 * part, whole * step);

	if (rounded < step)
		return step;
	return rounded > 100 - step ? 100 - step : rounded;
}

struct benchmark benchmark(int own, const int *scores, size_t n)
{
	struct benchmark b = { .kind = BENCHMARK_TOO_FEW };
	int64_t below = 0, equal = 0, part, whole = 2 * (int64_t)n;

	if (n < BENCHMARK_MIN)
		return b;
	for (size_t i = 0; i < n; i++) {
		below += scores[i] < own;
		equal += scores[i] == own;
	}
	assert(equal > 0);
	part = 2 * below + equal;
	b.quarter = 1 + (int)(4 * part / whole);
	b.kind = BENCHMARK_QUARTER;
	if (n < BENCHMARK_PERCENTILE)
		return b;
	b.kind = BENCHMARK_POSITION;
	b.step = n < BENCHMARK_FINE ? 10 : 5;
	b.percentile = percentile_of(part, whole, b.step);
	return b;
}
