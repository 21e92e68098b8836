/* An organisation among others: a table by hand, and what holds for any number of them. */
#include "domain/benchmark.h"

#include "unit/test.h"
#include "base/buf.h"
#include "base/num.h"
#include "fixture.h"

enum { MANY = 200 };

static int number(struct str text)
{
	int64_t n;

	assert_int_equal(num_parse(text, 0, 1000, &n), NUM_OK);
	return (int)n;
}

static struct str place_text(struct arena *a, struct benchmark b)
{
	switch (b.kind) {
	case BENCHMARK_TOO_FEW:
		return S("too few");
	case BENCHMARK_QUARTER:
		return str_fmt(a, "quarter %d", b.quarter);
	case BENCHMARK_POSITION:
		return str_fmt(a, "quarter %d, %d by %d", b.quarter, b.percentile, b.step);
	}
	return S("");
}

static void every_line_of_the_table_holds(void **state)
{
	struct arena *a = *state;
	struct str rest = fixture_file(a, JALON_TEST_DATA "/benchmark.tsv");
	size_t lines = 0;

	while (rest.data) {
		struct str line = str_cut(&rest, '\n'), words, want, got;
		int own, scores[MANY];
		size_t n = 0;

		if (line.len == 0 || line.data[0] == '#')
			continue;
		own = number(str_cut(&line, '\t'));
		words = str_cut(&line, '\t');
		want = str_cut(&line, '\t');
		while (words.data)
			scores[n++] = number(str_cut(&words, ' '));
		got = place_text(a, benchmark(own, scores, n));
		if (!str_eq(got, want))
			fail_msg("%.*s: got %.*s", STR_ARG(line), STR_ARG(got));
		lines++;
	}
	assert_true(lines >= 11);
}

static void a_higher_score_never_stands_lower(void **state)
{
	unsigned seed = 5;

	(void)state;
	for (int run = 0; run < 3000; run++) {
		size_t n = 5 + fixture_random(&seed, MANY - 5);
		int scores[MANY];
		struct benchmark x, y;

		for (size_t i = 0; i < n; i++)
			scores[i] = (int)fixture_random(&seed, 69);
		x = benchmark(scores[0], scores, n);
		y = benchmark(scores[1], scores, n);
		if (scores[0] > scores[1]) {
			assert_true(x.quarter >= y.quarter);
			assert_true(x.percentile >= y.percentile);
		}
		assert_in_range(x.quarter, 1, 4);
		assert_int_equal(x.kind, n < 10 ? BENCHMARK_QUARTER : BENCHMARK_POSITION);
		if (x.kind == BENCHMARK_POSITION) {
			assert_int_equal(x.step, n < 50 ? 10 : 5);
			assert_int_equal(x.percentile % x.step, 0);
			assert_in_range(x.percentile, x.step, 100 - x.step);
		}
	}
}

/* Two hundred organisations, one at each score. */
static void places_are_those_of_the_definition(void **state)
{
	int scores[MANY];

	(void)state;
	for (int i = 0; i < MANY; i++)
		scores[i] = i;
	for (int i = 0; i < MANY; i++) {
		struct benchmark b = benchmark(i, scores, MANY);

		/* 100 (i + 0.5) / 200 is i / 2 + 0.25. */
		assert_int_equal(b.quarter, 1 + i / 50);
		if (i >= 10 && i < 190)
			assert_in_range(4 * b.percentile, 2 * i + 1 - 10, 2 * i + 1 + 10);
	}
}

TEST_MAIN(unit_test(every_line_of_the_table_holds), unit_test(a_higher_score_never_stands_lower),
	  unit_test(places_are_those_of_the_definition))
