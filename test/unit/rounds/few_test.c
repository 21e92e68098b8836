/* What few answered: when it is so, and that nothing computed afterwards depends on it. */
#include "rounds/few.h"

#include "domain/resample.h"

#include "../test.h"

enum { OPTIONS = 3 };

/* Two questions of three answers. */
static const struct scorecard *card(void)
{
	static struct option options[OPTIONS] = { { STR("no"), 0 },
						  { STR("some"), 1 },
						  { STR("yes"), 2 } };
	static struct question questions[] = {
		{ .id = STR("lineage"), .options = options, .n_options = OPTIONS, .max = 2 },
		{ .id = STR("etl"), .options = options, .n_options = OPTIONS, .max = 2 },
	};
	static struct band bands[] = { { STR("low"), 0, 1, 25 }, { STR("high"), 2, 4, 75 } };
	static const struct scorecard sc = {
		.questions = questions, .n_questions = 2, .bands = bands, .n_bands = 2, .max = 4
	};

	return &sc;
}

static struct tally tally_of(struct arena *a, uint32_t yes, uint32_t unknown, uint32_t not_asked,
			     uint32_t blank)
{
	struct tally t = tallies_make(a, card()).questions[1];

	t.values[2] = yes;
	t.unknown = unknown;
	t.not_asked = not_asked;
	t.unanswered = blank;
	return t;
}

static void under_three_are_few(void **state)
{
	static const struct {
		enum round_mode mode;
		uint32_t yes, unknown, not_asked, blank;
		bool is_few;
	} cases[] = {
		{ ROUND_ANONYMOUS, 1, 0, 5, 0, true },
		{ ROUND_ANONYMOUS, 2, 0, 0, 9, true },
		{ ROUND_ANONYMOUS, 1, 1, 9, 9, true },
		{ ROUND_ANONYMOUS, 2, 1, 0, 9, false },
		{ ROUND_ANONYMOUS, 0, 3, 0, 0, false },
		/* Whether nobody answered is told no more than whether one or two did. */
		{ ROUND_ANONYMOUS, 0, 0, 9, 0, true },
		{ ROUND_ANONYMOUS, 0, 0, 0, 9, true },
		/* Nobody was there. */
		{ ROUND_ANONYMOUS, 0, 0, 0, 0, false },
		{ ROUND_NOMINATIVE, 1, 0, 5, 0, false },
		{ ROUND_NOMINATIVE, 0, 0, 0, 9, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct tally t = tally_of(*state, cases[i].yes, cases[i].unknown,
					  cases[i].not_asked, cases[i].blank);

		assert_int_equal(few_answered(cases[i].mode, &t), cases[i].is_few);
	}
}

static void what_is_cleared_is_blank(void **state)
{
	struct tally t = tally_of(*state, 1, 1, 4, 3);

	few_clear(&t);
	assert_int_equal(t.unanswered, 9);
	assert_int_equal(tally_given(&t) + t.not_asked, 0);
	/* It is known again, and clearing it once more changes nothing. */
	assert_true(few_answered(ROUND_ANONYMOUS, &t));
	few_clear(&t);
	assert_int_equal(t.unanswered, 9);
}

/* Seven people of whom `n` answered the second question, with `x` and `y`; the others left it blank, or were not
 * asked. OPTIONS: "unknown". */
static struct tallies seven(struct arena *a, uint32_t n, size_t x, size_t y, bool others_were_asked)
{
	enum { PEOPLE = 7 };
	struct tallies t = tallies_make(a, card());
	const size_t given[] = { x, y };

	t.respondents = PEOPLE;
	t.questions[0].values[1] = 4;
	t.questions[0].values[2] = 3;
	for (uint32_t i = 0; i < n; i++)
		if (given[i] == OPTIONS)
			t.questions[1].unknown++;
		else
			t.questions[1].values[given[i]]++;
	if (others_were_asked)
		t.questions[1].unanswered = PEOPLE - n;
	else
		t.questions[1].not_asked = PEOPLE - n;
	return t;
}

/* Whatever up to two people answered, score, band, order and range are those of a question left blank. */
static void nothing_computed_depends_on_it(void **state)
{
	struct arena *a = *state;
	struct tallies blank = seven(a, 0, 0, 0, true);
	struct consolidation want = consolidate(a, card(), &blank);
	struct score_range range = score_range(a, card(), &blank);
	int cleared = 0, raw = 0;

	for (size_t i = 0; i < 2 * 2 * (OPTIONS + 1) * (OPTIONS + 1); i++) {
		size_t x = i / 4 % (OPTIONS + 1), y = i / 4 / (OPTIONS + 1);
		struct tallies t = seven(a, i % 2 ? 2 : 1, x, y, i / 2 % 2);
		struct consolidation c = consolidate(a, card(), &t);
		struct score_range r;

		raw += c.score != want.score;
		few_clear(&t.questions[1]);
		c = consolidate(a, card(), &t);
		r = score_range(a, card(), &t);
		assert_int_equal(c.score, want.score);
		assert_memory_equal(c.disagreement, want.disagreement, 2 * sizeof(size_t));
		assert_memory_equal(&c.questions[1], &want.questions[1], sizeof *c.questions);
		assert_int_equal(r.low, range.low);
		assert_int_equal(r.high, range.high);
		assert_memory_equal(r.chances, range.chances, r.n_chances * sizeof(int));
		cleared++;
	}
	assert_int_equal(cleared, 64);
	/* As it came, it shows. */
	assert_true(raw > 10);
}

TEST_MAIN(unit_test(under_three_are_few), unit_test(what_is_cleared_is_blank),
	  unit_test(nothing_computed_depends_on_it))
