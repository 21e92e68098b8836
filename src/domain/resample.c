/*
 * How firm a score is: see resample.h.
 *
 * Of m draws from a histogram, the k-th smallest is at most x exactly when k of them or more are at
 * most x: a binomial tail. J. S. Maritz and R. G. Jarrett, "A Note on Estimating the Variance of the
 * Sample Median", Journal of the American Statistical Association 73 (1978), use this for the exact
 * bootstrap of a median; an even m takes the two middle draws together. Medians of different questions
 * are independent here, so the score's distribution is the convolution of theirs.
 *
 * Floating point, but only + - * / and sqrt, which IEEE 754 fixes to the last bit: every machine
 * computes the same. Chances are rounded to billionths before anything is decided on them.
 */
#include "domain/resample.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "domain/consolidate_priv.h"

static const double NOTHING = 1e-18; /* a chance that no figure will ever show */
static const double PI = 3.14159265358979323846;

enum {
	SERIES_FROM = 1000, /* from here on the series is exact to the last bit */
	LOW_TAIL = RESAMPLE_WHOLE / 20,
	HIGH_TAIL = RESAMPLE_WHOLE / 20 * 19,
};

/* ---- the middle of m draws ---- */

/* C(2k, k) / 4^k, the chance of k heads in 2k throws; Stirling's series for large k. */
static double central(uint32_t k)
{
	double product = 1, inverse = 1 / (double)(k ? k : 1);

	if (k >= SERIES_FROM)
		return (1 - inverse / 8 + inverse * inverse / 128 +
			5 * inverse * inverse * inverse / 1024) /
		       sqrt(PI * k);
	for (uint32_t i = 1; i <= k; i++)
		product *= (2.0 * i - 1) / (2.0 * i);
	return product;
}

static double power(double x, uint32_t k)
{
	double result = 1;

	for (; k && result > 0; k /= 2, x *= x)
		if (k % 2)
			result *= x;
	return result;
}

/* Respondents of one question, drawn again. Rank `k` (from 1) of the `m` draws is the lower middle. */
struct draw {
	uint32_t m, k;
	double central;                               /* for k */
	uint32_t cumulated[SCORECARD_LEVELS_MAX + 2]; /* those in the first i bars */
};

/* The chance that exactly k draws fall among `low` respondents and the others among `high` others. */
static double split_chance(const struct draw *d, uint32_t low, uint32_t high)
{
	double m = d->m, both = 4 * (low / m) * (high / m);
	double chance = d->central * power(both, d->k);

	/* An odd m has one fewer among the others: C(2k - 1, k) is half of C(2k, k). */
	if (d->m % 2 && chance > 0)
		chance /= 2 * (high / m);
	return chance;
}

/* The chance that k draws or more fall among `low` respondents: the terms of the binomial from k on,
 * away from its middle, each from the one before. */
static double at_least_k(const struct draw *d, uint32_t low)
{
	uint32_t high = d->m - low;
	double m = d->m, odds, term, sum = 0;

	if (low == 0 || high == 0)
		return low > 0;
	odds = (double)low / high;
	term = split_chance(d, low, high);
	if (low <= high) {
		for (double j = d->k; j <= m && term > NOTHING; j++) {
			sum += term;
			term *= (m - j) / (j + 1) * odds;
		}
		return sum;
	}
	for (double j = d->k; j > 0 && term > NOTHING; j--) {
		term *= j / (m - j + 1) / odds;
		sum += term;
	}
	return 1 - sum;
}

/* The chance that the two middle draws of an even m lie in bars `low` < `high`. */
static double pair_chance(const struct draw *d, size_t low, size_t high)
{
	uint32_t below = d->cumulated[low], upto = d->cumulated[low + 1];
	uint32_t from = d->m - d->cumulated[high], above = d->m - d->cumulated[high + 1];
	double chance = split_chance(d, upto, from) - split_chance(d, below, from) -
			split_chance(d, upto, above) + split_chance(d, below, above);

	return chance > 0 ? chance : 0;
}

/* Sets *ret, by half points, to the chances of the median of `h` drawn again. */
static void median_chances(const struct histogram *h, double *ret)
{
	struct draw d = { .m = h->total, .k = h->total / 2 + h->total % 2 };
	double before = 0;

	if (h->total == 0) {
		ret[0] = 1;
		return;
	}
	d.central = central(d.k);
	for (size_t i = 0; i < h->n_bars; i++)
		d.cumulated[i + 1] = d.cumulated[i] + h->bars[i].n;
	for (size_t i = 0; i < h->n_bars; i++) {
		double upto = at_least_k(&d, d.cumulated[i + 1]);
		double here = upto - before; /* that the lower middle is here */

		for (size_t j = i + 1; d.m % 2 == 0 && j < h->n_bars; j++) {
			double pair = pair_chance(&d, i, j);

			ret[h->bars[i].points + h->bars[j].points] += pair;
			here -= pair;
		}
		if (here > 0)
			ret[2 * h->bars[i].points] += here;
		before = upto;
	}
}

/* ---- their sum ---- */

/* Chances by half points, of the questions added so far. */
struct sum {
	double *chances, *before;
	size_t reached; /* the most half points they can give */
};

static void sum_add(struct sum *s, const double *question, size_t most)
{
	double *swap = s->before;

	s->before = s->chances;
	s->chances = swap;
	for (size_t i = 0; i <= s->reached + most; i++)
		s->chances[i] = 0;
	for (size_t j = 0; j <= most; j++)
		for (size_t i = 0; question[j] > NOTHING && i <= s->reached; i++)
			s->chances[i + j] += s->before[i] * question[j];
	s->reached += most;
}

static const double *score_chances(struct arena *a, const struct scorecard *sc,
				   const struct tallies *t)
{
	size_t room = 2 * (size_t)sc->max + 1;
	struct sum s = { arena_new(a, double, room), arena_new(a, double, room), 0 };
	double *question = arena_new(a, double, room);

	s.chances[0] = 1;
	for (size_t i = 0; i < sc->n_questions; i++) {
		struct histogram h = points_histogram(&sc->questions[i], &t->questions[i]);
		size_t most = 2 * (size_t)sc->questions[i].max;

		memset(question, 0, (most + 1) * sizeof *question);
		median_chances(&h, question);
		sum_add(&s, question, most);
	}
	return s.chances;
}

/* Billionths: each the difference of two rounded totals, so that together they are the whole. */
static void round_chances(const double *exact, size_t n, int *ret)
{
	double total = 0, sum = 0;
	int before = 0;

	for (size_t i = 0; i < n; i++)
		total += exact[i];
	for (size_t i = 0; i < n; i++) {
		int upto;

		sum += exact[i];
		upto = (int)(sum / total * RESAMPLE_WHOLE + 0.5);
		ret[i] = upto - before;
		before = upto;
	}
	assert(before == RESAMPLE_WHOLE);
}

/* ---- what is shown ---- */

void share_out(const int64_t *parts, size_t n, int whole, int *ret)
{
	int64_t sum = 0;
	int left = whole;

	for (size_t i = 0; i < n; i++)
		sum += parts[i];
	assert(sum > 0 && sum <= INT64_MAX / whole);
	for (size_t i = 0; i < n; i++) {
		ret[i] = (int)(parts[i] * whole / sum);
		left -= ret[i];
	}
	for (; left > 0; left--) {
		size_t best = 0;

		/* Remainders, once given, are below 0. */
		for (size_t i = 1; i < n; i++)
			if (parts[i] * whole - ret[i] * sum > parts[best] * whole - ret[best] * sum)
				best = i;
		ret[best]++;
	}
}

/* The least score that `tail` of the draws do not exceed. */
static int quantile(const struct score_range *r, int tail)
{
	size_t i = 0;

	for (int sum = r->chances[0]; sum < tail; sum += r->chances[i])
		i++;
	return (int)i;
}

static void band_chances(const struct scorecard *sc, struct score_range *r)
{
	int64_t parts[SCORECARD_BANDS_MAX] = { 0 };
	int shares[SCORECARD_BANDS_MAX], percents[SCORECARD_BANDS_MAX];

	assert(sc->n_bands <= SCORECARD_BANDS_MAX);
	for (size_t i = 0; i < r->n_chances; i++)
		parts[scorecard_band(sc, (int)num_div_round((int64_t)i, 2))] += r->chances[i];
	share_out(parts, sc->n_bands, SHARE_WHOLE, shares);
	share_out(parts, sc->n_bands, 100, percents);
	for (size_t i = 0; i < sc->n_bands; i++)
		r->bands[i] = (struct band_chance){ shares[i], percents[i] };
}

struct score_range score_range(struct arena *a, const struct scorecard *sc, const struct tallies *t)
{
	struct score_range r = { .n_chances = 2 * (size_t)sc->max + 1 };
	int score;

	if (t->respondents < RESAMPLE_RESPONDENTS_MIN)
		return (struct score_range){ .is_known = false };
	r.is_known = true;
	r.chances = arena_new(a, int, r.n_chances);
	r.bands = arena_new(a, struct band_chance, sc->n_bands);
	round_chances(score_chances(a, sc, t), r.n_chances, r.chances);
	score = consolidate(a, sc, t).score;
	r.low = quantile(&r, LOW_TAIL);
	r.high = quantile(&r, HIGH_TAIL);
	r.low = score < r.low ? score : r.low;
	r.high = score > r.high ? score : r.high;
	band_chances(sc, &r);
	return r;
}
