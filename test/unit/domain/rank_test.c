/* Ranking by pairs: known answers, odd tables, and the conditions a maximum must meet. */
#include "domain/rank.h"

#include <math.h>

#include "unit/test.h"
#include "fixture.h"

static struct ranking rank(struct arena *a, size_t n, const struct comparison *c, size_t n_c)
{
	struct arena scratch;
	struct ranking r;

	arena_init(&scratch, (size_t)256 << 20);
	r = items_rank(a, scratch, n, c, n_c);
	arena_release(&scratch);
	return r;
}

static void two_items_have_the_answer_of_the_closed_form(void **state)
{
	/* 7 to 3 without a prior would be 0.7; the prior draws it a little towards one half. */
	const struct comparison c[] = { { 0, 1, 7 }, { 1, 0, 3 } };
	struct ranking r = rank(*state, 2, c, 2);

	assert_int_equal(r.items[0].item, 0);
	assert_in_range(r.items[0].strength, 680000, 700000);
	assert_in_range(r.items[0].strength + r.items[1].strength, 999999, 1000001);
	/* sqrt(p q / 10) for ten answers is 0.145; a little less with the prior. */
	assert_in_range(r.items[0].standard_error, 125000, 145500);
	assert_int_equal(r.n_suggest, 1);
}

static void strengths_meet_the_condition_of_a_maximum(void **state)
{
	/* At the maximum, each item's wins equal what the model expects of it, prior included:
	 * sum over j of n_ij s_i / (s_i + s_j), and the prior's part vanishes at strength 1. Summed
	 * over all items it says that the theta's logistic values have mean one half. */
	unsigned seed = 11;

	for (int run = 0; run < 50; run++) {
		size_t n = 3 + fixture_random(&seed, 6), n_c = 0;
		struct comparison c[64];
		double expected[8] = { 0 }, won[8] = { 0 }, s[8];
		struct ranking r;

		for (size_t i = 0; i < n; i++) {
			for (size_t j = 0; j < n; j++) {
				if (i == j)
					continue;
				c[n_c++] =
					(struct comparison){ i, j, 20 + fixture_random(&seed, 30) };
			}
		}
		r = rank(*state, n, c, n_c);
		for (size_t k = 0; k < n; k++)
			s[r.items[k].item] = r.items[k].strength;
		for (size_t k = 0; k < n_c; k++) {
			double p = s[c[k].winner] / (s[c[k].winner] + s[c[k].loser]);

			won[c[k].winner] += (double)c[k].count;
			expected[c[k].winner] += (double)c[k].count * p;
			expected[c[k].loser] += (double)c[k].count * (1 - p);
		}
		for (size_t i = 0; i < n; i++)
			assert_true(fabs(won[i] - expected[i]) <
				    0.26); /* the prior pulls by 1/4 at most */
	}
}

static void who_never_lost_still_has_a_finite_strength(void **state)
{
	const struct comparison c[] = { { 0, 1, 5 }, { 1, 2, 5 } };
	struct ranking r = rank(*state, 4, c, 2);

	assert_int_equal(r.items[0].item, 0);
	assert_true(r.items[0].strength < RANK_WHOLE);
	assert_true(r.items[0].standard_error > 0);
	/* Item 3 was never compared: it lies between the extremes, and is what to ask about. */
	assert_true(r.items[3].item == 2 && r.items[3].strength > 0);
	assert_true(r.suggest[0].second == 3);
	assert_int_equal(r.n_suggest, RANK_SUGGEST_MAX);
}

static void without_answers_all_are_equal(void **state)
{
	struct ranking r = rank(*state, 4, NULL, 0);

	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(r.items[i].item, i);
		assert_int_equal(r.items[i].strength, 250000);
		assert_int_equal(r.items[i].rank, 1);
	}
	assert_int_equal(r.suggest[0].first, 0);
	assert_int_equal(r.suggest[0].second, 1);
	assert_int_equal(r.suggest[4].first, 1);
	assert_int_equal(r.suggest[4].second, 3);
}

static void equals_share_a_rank(void **state)
{
	const struct comparison c[] = { { 0, 2, 4 }, { 1, 2, 4 }, { 2, 3, 4 } };
	struct ranking r = rank(*state, 4, c, 3);

	assert_int_equal(r.items[0].rank, 1);
	assert_int_equal(r.items[1].rank, 1);
	assert_int_equal(r.items[2].rank, 3);
	assert_int_equal(r.items[3].rank, 4);
}

static void extremes_stay_finite(void **state)
{
	const struct comparison c[] = { { 0, 1, RANK_COUNT_MAX }, { 1, 2, RANK_COUNT_MAX } };
	struct ranking r = rank(*state, 3, c, 2);
	int64_t sum = 0;

	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(r.items[i].item, i);
		assert_int_equal(r.items[i].rank, i + 1);
		sum += r.items[i].strength;
	}
	assert_in_range(sum, 999998, 1000002);
	assert_int_equal(rank(*state, 1, NULL, 0).items[0].strength, RANK_WHOLE);
}

static void the_same_answers_in_another_order_rank_the_same(void **state)
{
	const struct comparison c[] = { { 0, 1, 7 }, { 1, 0, 3 }, { 0, 2, 8 }, { 2, 1, 4 } };
	const struct comparison d[] = {
		{ 2, 1, 4 }, { 0, 2, 5 }, { 1, 0, 3 }, { 0, 1, 7 }, { 0, 2, 3 }
	};
	struct ranking x = rank(*state, 3, c, 4), y = rank(*state, 3, d, 5);

	assert_memory_equal(x.items, y.items, 3 * sizeof *x.items);
}

TEST_MAIN(unit_test(two_items_have_the_answer_of_the_closed_form),
	  unit_test(strengths_meet_the_condition_of_a_maximum),
	  unit_test(who_never_lost_still_has_a_finite_strength),
	  unit_test(without_answers_all_are_equal), unit_test(equals_share_a_rank),
	  unit_test(extremes_stay_finite),
	  unit_test(the_same_answers_in_another_order_rank_the_same))
