/* The spread of a score against every draw there is, against draws made at random, and against itself
 * for crowds. */
#include "domain/resample.h"

#include <math.h>

#include "unit/test.h"
#include "base/buf.h"
#include "base/num.h"
#include "fixture.h"

enum { FEW = 5, WAYS = 3125 /* FEW to the power of FEW */, LINEAGE = 0, ETL = 1, SUCCESS = 4 };

/* Everyone answers `q` as counted, from nobody on; the other questions stay blank. */
static void put(const struct scorecard *sc, struct tallies *t, size_t q, const uint32_t *counts,
		size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_int_equal(tallies_add(sc, t, q, TALLY_VALUE, (int)i, counts[i]), 0);
}

static void assert_sums(const struct scorecard *sc, const struct score_range *r)
{
	int64_t chances = 0;
	int shares = 0, percents = 0;

	for (size_t i = 0; i < r->n_chances; i++) {
		assert_true(r->chances[i] >= 0);
		chances += r->chances[i];
	}
	for (size_t i = 0; i < sc->n_bands; i++) {
		shares += r->bands[i].share;
		percents += r->bands[i].percent;
	}
	assert_int_equal(chances, RESAMPLE_WHOLE);
	assert_int_equal(shares, SHARE_WHOLE);
	assert_int_equal(percents, 100);
}

/* ---- a table worked by hand ---- */

static struct str range_text(struct arena *a, const struct scorecard *sc,
			     const struct score_range *r)
{
	if (!r->is_known)
		return S("too few");
	assert_int_equal(sc->n_bands, 3);
	return str_fmt(a, "%d.%d\t%d.%d\t%d %d %d", r->low / 2, r->low % 2 * 5, r->high / 2,
		       r->high % 2 * 5, r->bands[0].percent, r->bands[1].percent,
		       r->bands[2].percent);
}

/* "lineage:0,2,3 etl:1,1,1": counts by option, the same everywhere for "all". */
static void count_words(const struct scorecard *sc, struct tallies *t, struct str words)
{
	while (words.data) {
		struct str counts = str_cut(&words, ' ');
		struct str id = str_cut(&counts, ':');

		for (int value = 0; counts.data; value++) {
			int64_t n;

			assert_int_equal(num_parse(str_cut(&counts, ','), 0, 1000000, &n), NUM_OK);
			for (size_t q = 0; q < sc->n_questions; q++)
				if (str_is(id, "all") || str_eq(id, sc->questions[q].id))
					assert_int_equal(tallies_add(sc, t, q, TALLY_VALUE, value,
								     (uint32_t)n),
							 0);
		}
	}
}

static void every_line_of_the_table_holds(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	struct str rest = fixture_file(a, JALON_TEST_DATA "/resample.tsv");
	size_t lines = 0;

	while (rest.data) {
		struct str line = str_cut(&rest, '\n'), got, words, want;
		struct tallies t = tallies_make(a, &sc);
		struct score_range r;
		int64_t respondents;

		if (line.len == 0 || line.data[0] == '#')
			continue;
		assert_int_equal(num_parse(str_cut(&line, '\t'), 0, 1000000, &respondents), NUM_OK);
		words = str_cut(&line, '\t');
		want = line;
		t.respondents = (uint32_t)respondents;
		count_words(&sc, &t, words);
		r = score_range(a, &sc, &t);
		got = range_text(a, &sc, &r);
		if (!str_eq(got, want))
			fail_msg("%.*s: got %.*s", STR_ARG(words), STR_ARG(got));
		lines++;
	}
	assert_true(lines >= 8);
}

/* ---- against every draw ---- */

static int int_cmp(const void *x, const void *y)
{
	return *(const int *)x - *(const int *)y;
}

/* The median in half points of `m` draws whose indexes are the digits of `way` in base m. */
static int way_median(const int *points, int m, int way)
{
	int drawn[FEW];

	for (int i = 0; i < m; i++, way /= m)
		drawn[i] = points[way % m];
	qsort(drawn, (size_t)m, sizeof *drawn, int_cmp);
	return drawn[(m - 1) / 2] + drawn[m / 2];
}

/* Two questions of `m` answers each, every draw of the one with every draw of the other. */
static void the_chances_are_those_of_all_draws(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	unsigned seed = 17;

	for (int run = 0; run < 60; run++) {
		struct tallies t = tallies_make(a, &sc);
		int m = run % 2 ? 4 : 5, ways = m == 4 ? 256 : WAYS;
		double one[2][5] = { { 0 } }, both[9] = { 0 };
		struct score_range r;

		t.respondents = FEW;
		for (size_t q = 0; q < 2; q++) {
			int points[FEW];

			for (int i = 0; i < m; i++) {
				points[i] = (int)fixture_random(&seed, 3);
				assert_int_equal(tallies_add(&sc, &t, q, TALLY_VALUE, points[i], 1),
						 0);
			}
			for (int way = 0; way < ways; way++)
				one[q][way_median(points, m, way)] += 1.0 / ways;
		}
		for (int i = 0; i < 5; i++)
			for (int j = 0; j < 5; j++)
				both[i + j] += one[LINEAGE][i] * one[ETL][j];
		r = score_range(a, &sc, &t);
		assert_sums(&sc, &r);
		for (int i = 0; i < 9; i++)
			assert_true(fabs(both[i] * RESAMPLE_WHOLE - r.chances[i]) < 3);
	}
}

/* ---- against random draws ---- */

enum { DRAWS = 20000 };

static void random_draws_come_close(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	unsigned seed = 4;

	for (int run = 0; run < 12; run++) {
		struct tallies t = tallies_make(a, &sc);
		int m = 20 + (int)fixture_random(&seed, 30), points[50];
		int seen[2 * 4 + 1] = { 0 };
		struct score_range r;

		t.respondents = (uint32_t)m;
		for (int i = 0; i < m; i++) {
			int level = (int)fixture_random(&seed, 11);

			points[i] = question_points(&sc.questions[SUCCESS],
						    (struct answer){ ANSWER_LEVEL, level });
			assert_int_equal(tallies_add(&sc, &t, SUCCESS, TALLY_VALUE, level, 1), 0);
		}
		for (int k = 0; k < DRAWS; k++) {
			int drawn[50];

			for (int i = 0; i < m; i++)
				drawn[i] = points[fixture_random(&seed, (unsigned)m)];
			qsort(drawn, (size_t)m, sizeof *drawn, int_cmp);
			seen[drawn[(m - 1) / 2] + drawn[m / 2]]++;
		}
		r = score_range(a, &sc, &t);
		for (int i = 0; i <= 8; i++)
			assert_true(fabs((double)seen[i] / DRAWS -
					 (double)r.chances[i] / RESAMPLE_WHOLE) < 0.02);
	}
}

/* ---- properties ---- */

static void crowds_give_what_the_normal_curve_gives(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);

	/* One in a thousandth of a standard deviation less than half says no: the median is 0 when
	 * half the draws or more say no. */
	for (uint32_t n = 1001; n < 2000000; n = n * 4 + 1) {
		struct tallies t = tallies_make(a, &sc);
		uint32_t no = n / 2 - (uint32_t)(sqrt(n) / 2);
		const uint32_t counts[] = { no, 0, n - no };
		double z = (n / 2.0 - no) / (sqrt(n) / 2);
		struct score_range r;

		t.respondents = n;
		put(&sc, &t, LINEAGE, counts, 3);
		r = score_range(a, &sc, &t);
		assert_sums(&sc, &r);
		assert_true(fabs(erfc(z / sqrt(2)) / 2 - (double)r.chances[0] / RESAMPLE_WHOLE) <
			    0.002);
		assert_int_equal(r.chances[1] + r.chances[3], 0);
	}
}

static void random_counts_hold_together(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	unsigned seed = 1234;

	for (int run = 0; run < 400; run++) {
		struct tallies t = tallies_make(a, &sc);
		unsigned size = 1 + fixture_random(&seed, run % 7 ? 9 : 100000);
		struct score_range r, again;
		int score;

		t.respondents = 5 + fixture_random(&seed, 10);
		for (size_t q = 0; q < sc.n_questions; q++) {
			for (int v = 0; v < 3; v++)
				assert_int_equal(tallies_add(&sc, &t, q, TALLY_VALUE, v,
							     fixture_random(&seed, size)),
						 0);
			assert_int_equal(
				tallies_add(&sc, &t, q, TALLY_UNKNOWN, 0, fixture_random(&seed, 3)),
				0);
		}
		r = score_range(a, &sc, &t);
		again = score_range(a, &sc, &t);
		score = consolidate(a, &sc, &t).score;
		assert_sums(&sc, &r);
		assert_true(r.low <= score && score <= r.high);
		assert_memory_equal(r.chances, again.chances, r.n_chances * sizeof *r.chances);
	}
}

static void wholes_are_shared_out_to_the_last_unit(void **state)
{
	const int64_t thirds[] = { 1, 1, 1 }, mixed[] = { 0, 995, 5 }, one[] = { 7 };
	int got[3];

	(void)state;
	share_out(thirds, 3, 100, got);
	assert_int_equal(got[0], 34);
	assert_int_equal(got[1], 33);
	assert_int_equal(got[2], 33);
	share_out(mixed, 3, 100, got);
	assert_int_equal(got[0], 0);
	assert_int_equal(got[1], 100); /* 99.5 and 0.5: the first of the equal remainders */
	assert_int_equal(got[2], 0);
	share_out(one, 1, 100, got);
	assert_int_equal(got[0], 100);
}

TEST_MAIN(unit_test(every_line_of_the_table_holds), unit_test(the_chances_are_those_of_all_draws),
	  unit_test(random_draws_come_close), unit_test(crowds_give_what_the_normal_curve_gives),
	  unit_test(random_counts_hold_together), unit_test(wholes_are_shared_out_to_the_last_unit))
