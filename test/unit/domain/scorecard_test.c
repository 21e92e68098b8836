/* score_compute() against a table of cases, and its shortest way against every set there is. */
#include "domain/scorecard.h"

#include "unit/test.h"
#include "base/buf.h"
#include "base/num.h"
#include "fixture.h"

static struct str way_text(struct arena *a, const struct scorecard *sc, const struct steps *steps)
{
	struct buf b = buf_make(a, 4096);

	for (size_t i = 0; i < steps->n; i++) {
		const struct step *s = &steps->items[i];
		const struct question *q = &sc->questions[s->question];

		buf_puts(&b, i ? " " : "");
		buf_put(&b, q->id);
		buf_putc(&b, ':');
		buf_put(&b, answer_text(a, q, s->from));
		buf_putc(&b, '>');
		buf_put(&b, answer_text(a, q, s->to));
	}
	return steps->n ? buf_str(&b) : S("-");
}

static struct str category_text(struct arena *a, const struct scorecard *sc, const struct score *s,
				struct str id)
{
	for (size_t i = 0; i < sc->n_categories; i++)
		if (str_eq(sc->categories[i].id, id))
			return str_fmt(a, "%d/%d", s->categories[i].points, s->categories[i].max);
	return S("no such member");
}

/* The member of the score that a line of the table names, as the table writes it. */
static struct str member_text(struct arena *a, const struct scorecard *sc, const struct score *s,
			      struct str name)
{
	if (str_is(name, "points"))
		return str_fmt(a, "%d", s->points);
	if (str_is(name, "share"))
		return str_fmt(a, "%d", s->share);
	if (str_is(name, "band"))
		return sc->bands[s->band].id;
	if (str_is(name, "needed"))
		return str_fmt(a, "%d", s->points_needed);
	if (str_is(name, "missing"))
		return fixture_ids(a, sc, s->missing, s->n_missing);
	if (str_is(name, "unknown"))
		return fixture_ids(a, sc, s->unknown, s->n_unknown);
	if (str_is(name, "strengths"))
		return fixture_ids(a, sc, s->strengths, s->n_strengths);
	if (str_is(name, "weaknesses"))
		return fixture_ids(a, sc, s->weaknesses, s->n_weaknesses);
	if (str_is(name, "way"))
		return way_text(a, sc, &s->steps);
	return category_text(a, sc, s, name);
}

static void every_case_of_the_table_holds(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	struct str rest = fixture_file(a, JALON_TEST_DATA "/score.tsv");
	struct score s = { .points = -1 };
	struct str title = S("");
	size_t checks = 0;

	while (rest.data) {
		struct str want = str_cut(&rest, '\n');
		struct str name = str_cut(&want, '\t');

		if (name.len == 0 || name.data[0] == '#')
			continue;
		if (str_is(name, "case")) {
			title = want;
		} else if (str_is(name, "answers")) {
			s = score_compute(a, &sc, fixture_answers(a, &sc, want));
			assert_int_equal(s.complete, s.n_missing == 0);
		} else {
			struct str got = member_text(a, &sc, &s, name);

			if (!str_eq(got, want))
				fail_msg("%.*s: %.*s is\n  %.*s, want\n  %.*s", STR_ARG(title),
					 STR_ARG(name), STR_ARG(got), STR_ARG(want));
			checks++;
		}
	}
	assert_true(checks >= 60);
}

/* ---- properties ---- */

enum { SMALL = 7 };

/* A scorecard of SMALL questions with gains of their own; one band to reach. */
static struct scorecard small_scorecard(struct arena *a, unsigned *seed)
{
	struct scorecard sc = { .n_categories = 1, .n_questions = SMALL, .n_bands = 2 };

	sc.categories = arena_new(a, struct category, 1);
	sc.questions = arena_new(a, struct question, SMALL);
	sc.bands = arena_new(a, struct band, 2);
	sc.leverage = arena_new(a, size_t, SMALL);
	for (size_t i = 0; i < SMALL; i++) {
		struct question *q = &sc.questions[i];
		size_t swap = fixture_random(seed, (unsigned)i + 1);

		q->id = str_fmt(a, "q%zu", i);
		q->n_options = 3;
		q->options = arena_new(a, struct option, 3);
		for (size_t k = 1; k < 3; k++) {
			q->options[k].id = str_fmt(a, "o%zu", k);
			q->options[k].points =
				q->options[k - 1].points + 1 + (int)fixture_random(seed, 4);
		}
		q->max = q->options[2].points;
		sc.max += q->max;
		sc.leverage[i] = sc.leverage[swap];
		sc.leverage[swap] = i;
	}
	sc.categories[0].max = sc.max;
	sc.bands[0].max = sc.max / 2;
	sc.bands[1] = (struct band){ S("top"), sc.max / 2 + 1, sc.max, 75 };
	return sc;
}

/* The best set of questions as a bit mask with the first question in leverage as the highest bit:
 * fewest bits, then the greatest number. 0 when no set is enough. */
static unsigned best_set(const struct scorecard *sc, const struct score *s)
{
	unsigned best = 0;

	for (unsigned set = 1; set < 1U << SMALL; set++) {
		int gain = 0;

		for (size_t k = 0; k < SMALL; k++)
			if (set & (1U << (SMALL - 1 - k)))
				gain += s->questions[sc->leverage[k]].gain;
		if (gain < s->points_needed)
			continue;
		if (!best || __builtin_popcount(set) < __builtin_popcount(best) ||
		    (__builtin_popcount(set) == __builtin_popcount(best) && set > best))
			best = set;
	}
	return best;
}

static unsigned steps_set(const struct scorecard *sc, const struct score *s)
{
	unsigned set = 0;

	for (size_t i = 0; i < s->steps.n; i++)
		for (size_t k = 0; k < SMALL; k++)
			if (sc->leverage[k] == s->steps.items[i].question)
				set |= 1U << (SMALL - 1 - k);
	return set;
}

static void the_shortest_way_is_the_best_of_all_sets(void **state)
{
	struct arena *a = *state;
	unsigned seed = 20261123, in_one_round = 0;

	for (int run = 0; run < 3000; run++) {
		struct scorecard sc = small_scorecard(a, &seed);
		struct answer answers[SMALL];
		struct score s;
		unsigned best;

		for (size_t i = 0; i < SMALL; i++)
			answers[i] = (struct answer){ fixture_random(&seed, 2) ? ANSWER_OPTION
									       : ANSWER_UNKNOWN,
						      0 };
		for (size_t i = 0; i < SMALL; i++)
			if (answers[i].kind == ANSWER_OPTION)
				answers[i].value = (int)fixture_random(&seed, 3);
		s = score_compute(a, &sc, answers);
		best = s.has_next ? best_set(&sc, &s) : 0;
		if (best) {
			assert_int_equal(s.steps.n, __builtin_popcount(best));
			assert_int_equal(steps_set(&sc, &s), best);
			in_one_round++;
		}
		arena_reset(a);
	}
	assert_true(in_one_round > 1000);
}

/* Taking the steps as listed leads into the next band, whatever the answers were. */
static void the_shortest_way_arrives(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	unsigned seed = 7;

	for (int run = 0; run < 3000; run++) {
		struct answer *answers = arena_new(a, struct answer, sc.n_questions);
		struct score s;
		int points = 0;

		for (size_t i = 0; i < sc.n_questions; i++) {
			const struct question *q = &sc.questions[i];
			unsigned pick = fixture_random(&seed, 5);

			if (pick == 1)
				answers[i].kind = ANSWER_UNKNOWN;
			else if (pick > 1 && q->kind == QUESTION_SCALE)
				answers[i] = (struct answer){ ANSWER_LEVEL,
							      (int)fixture_random(&seed, 11) };
			else if (pick > 1)
				answers[i] = (struct answer){ ANSWER_OPTION,
							      (int)fixture_random(&seed, 3) };
		}
		s = score_compute(a, &sc, answers);
		for (size_t i = 0; i < s.steps.n; i++) {
			const struct step *step = &s.steps.items[i];

			if (question_asked(&sc, step->question, answers))
				assert_true(answer_eq(step->from, answers[step->question]));
			answers[step->question] = step->to;
			points += step->points;
		}
		assert_true(points >= s.points_needed);
		if (s.has_next)
			assert_true(score_compute(a, &sc, answers).band > s.band);
	}
}

static void answers_read_back_as_written(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	const struct question *lineage = &sc.questions[0], *success = &sc.questions[4];
	static const char *const BAD_LEVELS[] = { "", "11", "-1", "07", "7.5", "+7", " 7", "yes" };
	static const char *const BAD_OPTIONS[] = { "", "SOME", "some ", "1", "maybe" };
	struct answer answer;

	assert_int_equal(answer_parse(success, S("10"), &answer), 0);
	assert_int_equal(answer.kind, ANSWER_LEVEL);
	assert_str(answer_text(a, success, answer), "10");
	assert_int_equal(answer_parse(lineage, S("some"), &answer), 0);
	assert_str(answer_text(a, lineage, answer), "some");
	assert_int_equal(answer_parse(lineage, S("unknown"), &answer), 0);
	assert_str(answer_text(a, lineage, answer), "unknown");
	assert_str(answer_text(a, lineage, (struct answer){ ANSWER_MISSING, 0 }), "");
	for (size_t i = 0; i < sizeof BAD_LEVELS / sizeof *BAD_LEVELS; i++)
		assert_int_equal(answer_parse(success, str_from(BAD_LEVELS[i]), &answer), 1);
	for (size_t i = 0; i < sizeof BAD_OPTIONS / sizeof *BAD_OPTIONS; i++)
		assert_int_equal(answer_parse(lineage, str_from(BAD_OPTIONS[i]), &answer), 1);
}

static void bands_hold_their_ends(void **state)
{
	struct scorecard sc = fixture_scorecard(*state);

	assert_int_equal(scorecard_band(&sc, 0), 0);
	assert_int_equal(scorecard_band(&sc, 14), 0);
	assert_int_equal(scorecard_band(&sc, 15), 1);
	assert_int_equal(scorecard_band(&sc, 25), 1);
	assert_int_equal(scorecard_band(&sc, 26), 2);
	assert_int_equal(scorecard_band(&sc, 34), 2);
}

static void conditions_are_alternatives_of_conjunctions(void **state)
{
	struct arena *a = *state;
	struct answer yes = { ANSWER_OPTION, 1 }, blank = { ANSWER_MISSING, 9 };
	struct term first = { 0, &yes, 1 }, second = { 1, &blank, 1 };
	struct terms both = { .n = 0 }, one = { .n = 0 };
	struct condition c = { .n = 0 };
	struct answer answers[2] = { { ANSWER_UNKNOWN, 0 }, { ANSWER_MISSING, 0 } };

	assert_true(condition_holds(&c, answers));
	*vec_push(a, &both) = first;
	*vec_push(a, &both) = second;
	*vec_push(a, &c) = both;
	assert_false(condition_holds(&c, answers));
	answers[0] = yes;
	assert_true(condition_holds(&c, answers)); /* a missing answer has no value to compare */
	answers[1] = yes;
	assert_false(condition_holds(&c, answers));
	*vec_push(a, &one) = first;
	*vec_push(a, &c) = one;
	assert_true(condition_holds(&c, answers));
}

TEST_MAIN(unit_test(every_case_of_the_table_holds),
	  unit_test(the_shortest_way_is_the_best_of_all_sets), unit_test(the_shortest_way_arrives),
	  unit_test(answers_read_back_as_written), unit_test(bands_hold_their_ends),
	  unit_test(conditions_are_alternatives_of_conjunctions))
