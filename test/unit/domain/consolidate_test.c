/* Consolidation against tables worked by hand, against a sort of all answers, and the groups' rules
 * against what an onlooker could compute. */
#include "domain/consolidate.h"

#include "unit/test.h"
#include "base/buf.h"
#include "base/num.h"
#include "fixture.h"

/* The next line of a table that is not a comment; false at the end. */
static bool next_line(struct str *rest, struct str *ret)
{
	while (rest->data) {
		*ret = str_cut(rest, '\n');
		if (ret->len > 0 && ret->data[0] != '#')
			return true;
	}
	return false;
}

/* ---- one question ---- */

static void count_word(const struct scorecard *sc, struct tallies *t, size_t q, struct str word)
{
	struct answer answer = { ANSWER_MISSING, 0 };
	enum tally_kind kind = TALLY_VALUE;

	if (str_is(word, "."))
		kind = TALLY_UNANSWERED;
	else if (str_is(word, "x"))
		kind = TALLY_NOT_ASKED;
	else
		assert_int_equal(answer_parse(&sc->questions[q], word, &answer), 0);
	if (answer.kind == ANSWER_UNKNOWN)
		kind = TALLY_UNKNOWN;
	assert_int_equal(tallies_add(sc, t, q, kind, answer.value, 1), 0);
}

static struct str spread_text(struct arena *a, const struct question *q,
			      const struct question_spread *s)
{
	struct str mode = answer_text(a, q, s->mode);

	return str_fmt(a, "%d.%d\t%d.%02d\t%.*s\t%d\t%u", s->median / 2, s->median % 2 * 5,
		       s->iqr / 4, s->iqr % 4 * 25, STR_ARG(mode.len ? mode : S("-")),
		       s->mode_share, s->unknown);
}

static void every_question_of_the_table_holds(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	struct str rest = fixture_file(a, JALON_TEST_DATA "/consolidate.tsv"), line;
	size_t lines = 0;

	while (next_line(&rest, &line)) {
		struct tallies t = tallies_make(a, &sc);
		int q = scorecard_find(&sc, str_cut(&line, '\t'));
		struct str words = str_cut(&line, '\t'), all = words;
		struct consolidation c;
		struct str got;

		assert_true(q >= 0);
		while (words.data)
			count_word(&sc, &t, (size_t)q, str_cut(&words, ' '));
		c = consolidate(a, &sc, &t);
		got = spread_text(a, &sc.questions[q], &c.questions[q]);
		if (!str_eq(got, line))
			fail_msg("%.*s: got %.*s", STR_ARG(all), STR_ARG(got));
		lines++;
	}
	assert_true(lines >= 12);
}

/* `answers` to the question "lineage", consolidated. */
static struct question_spread spread_of(struct arena *a, const char *answers)
{
	struct scorecard sc = fixture_scorecard(a);
	struct tallies t = tallies_make(a, &sc);
	int q = scorecard_find(&sc, S("lineage"));
	struct str words = str_from(answers);

	assert_true(q >= 0);
	while (words.data)
		count_word(&sc, &t, (size_t)q, str_cut(&words, ' '));
	return consolidate(a, &sc, &t).questions[q];
}

static void a_tie_is_told_from_a_mode(void **state)
{
	struct question_spread s = spread_of(*state, "yes yes no no unknown");

	assert_int_equal(s.n_modes, 2);
	assert_true(answer_eq(s.mode, (struct answer){ ANSWER_OPTION, 0 }));
	assert_false(answer_eq(s.also, s.mode));
	assert_int_equal(s.also.kind, ANSWER_OPTION);
	s = spread_of(*state, "unknown yes . x");
	assert_int_equal(s.n_modes, 2);
	assert_int_equal(s.also.kind, ANSWER_UNKNOWN);
	s = spread_of(*state, "no some yes");
	assert_int_equal(s.n_modes, 3);
	/* A tie among the first is over once another has more. */
	s = spread_of(*state, "no yes yes unknown unknown unknown");
	assert_int_equal(s.n_modes, 1);
	assert_int_equal(s.mode.kind, ANSWER_UNKNOWN);
	assert_int_equal(s.also.kind, ANSWER_MISSING);
	s = spread_of(*state, "no some unknown unknown");
	assert_int_equal(s.n_modes, 1);
	assert_int_equal(s.also.kind, ANSWER_MISSING);
	assert_int_equal(spread_of(*state, ". x").n_modes, 0);
}

/* ---- against a sort of everything ---- */

enum { CROWD = 60 };

static void random_sheet(const struct scorecard *sc, unsigned *seed, struct answer *ret)
{
	for (size_t i = 0; i < sc->n_questions; i++) {
		const struct question *q = &sc->questions[i];
		unsigned pick = fixture_random(seed, 8);

		ret[i] = (struct answer){ ANSWER_MISSING, 0 };
		if (pick == 0)
			ret[i].kind = ANSWER_UNKNOWN;
		else if (pick > 1 && q->kind == QUESTION_SCALE)
			ret[i] = (struct answer){ ANSWER_LEVEL, (int)fixture_random(seed, 11) };
		else if (pick > 1)
			ret[i] = (struct answer){
				ANSWER_OPTION, (int)fixture_random(seed, (unsigned)q->n_options)
			};
	}
	answers_asked(sc, ret, ret);
}

static int int_cmp(const void *x, const void *y)
{
	int a = *(const int *)x, b = *(const int *)y;

	return (a > b) - (a < b);
}

/* Quartile `k` in quarter points of the `n` sorted `points`, from the definition. */
static int naive_quartile(const int *points, int n, int k)
{
	int low = k * (n - 1) / 4, part = k * (n - 1) % 4;
	int high = part ? low + 1 : low;

	return points[low] * (4 - part) + points[high] * part;
}

static void assert_question_like_naive(const struct scorecard *sc, struct answer sheets[][15],
				       int n, size_t q, const struct question_spread *s)
{
	int points[CROWD], counted = 0;

	for (int k = 0; k < n; k++)
		if (sheets[k][q].kind != ANSWER_MISSING || !question_asked(sc, q, sheets[k]))
			points[counted++] = question_points(&sc->questions[q], sheets[k][q]);
	qsort(points, (size_t)counted, sizeof *points, int_cmp);
	assert_int_equal(s->median, counted ? points[(counted - 1) / 2] + points[counted / 2] : 0);
	assert_int_equal(s->iqr, counted ? naive_quartile(points, counted, 3) -
						   naive_quartile(points, counted, 1)
					 : 0);
}

static void counts_give_what_sorting_gives(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	unsigned seed = 99;

	for (int run = 0; run < 500; run++) {
		int n = 1 + (int)fixture_random(&seed, CROWD), sum = 0;
		struct answer sheets[CROWD][15];
		struct tallies t = tallies_make(a, &sc);
		struct consolidation c;

		for (int k = 0; k < n; k++) {
			random_sheet(&sc, &seed, sheets[k]);
			tallies_count(&sc, &t, sheets[k]);
		}
		c = consolidate(a, &sc, &t);
		assert_int_equal(c.respondents, n);
		for (size_t q = 0; q < sc.n_questions; q++) {
			assert_question_like_naive(&sc, sheets, n, q, &c.questions[q]);
			sum += c.questions[q].median;
		}
		assert_int_equal(c.score, sum);
		assert_int_equal(c.points, (sum + 1) / 2);
		assert_int_equal(c.band, scorecard_band(&sc, (sum + 1) / 2));
	}
}

static void one_respondent_scores_alike_alone_and_consolidated(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	unsigned seed = 5;

	for (int run = 0; run < 300; run++) {
		struct answer sheet[15];
		struct tallies t = tallies_make(a, &sc);

		random_sheet(&sc, &seed, sheet);
		tallies_count(&sc, &t, sheet);
		assert_int_equal(consolidate(a, &sc, &t).points,
				 score_compute(a, &sc, sheet).points);
	}
}

static void disagreement_puts_the_most_disputed_first(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	struct tallies t = tallies_make(a, &sc);
	struct consolidation c;
	static const char *const SHEETS[] = {
		/* etl: a third each. poc and warehouse: two to one, poc wider. lineage: agreed. */
		"lineage=yes etl=no warehouse=yes poc=none",
		"lineage=yes etl=scripts warehouse=yes poc=none",
		"lineage=yes etl=yes warehouse=partial poc=several",
	};

	for (size_t i = 0; i < sizeof SHEETS / sizeof *SHEETS; i++)
		tallies_count(&sc, &t, fixture_answers(a, &sc, str_from(SHEETS[i])));
	c = consolidate(a, &sc, &t);
	assert_str(fixture_ids(a, &sc, c.disagreement, 4), "etl poc warehouse lineage");
	assert_str(fixture_ids(a, &sc, c.disagreement + 4, 1), "bi-practice"); /* nobody answered */
}

static void counts_refuse_values_that_are_not_there(void **state)
{
	struct scorecard sc = fixture_scorecard(*state);
	struct tallies t = tallies_make(*state, &sc);

	assert_int_equal(tallies_add(&sc, &t, 0, TALLY_VALUE, 2, 1), 0);
	assert_int_equal(tallies_add(&sc, &t, 0, TALLY_VALUE, 3, 1), 1);
	assert_int_equal(tallies_add(&sc, &t, 0, TALLY_VALUE, -1, 1), 1);
	assert_int_equal(tallies_add(&sc, &t, 4, TALLY_VALUE, 10, 1), 0);
	assert_int_equal(tallies_add(&sc, &t, 4, TALLY_VALUE, 11, 1), 1);
}

/* ---- groups ---- */

enum { GROUPS_MAX = 8 };

static size_t parse_groups(struct str text, struct group *ret)
{
	size_t n = 0;

	while (text.data) {
		struct str size = str_cut(&text, ' ');
		struct str name = str_cut(&size, ':');
		int64_t respondents;

		assert_int_equal(num_parse(size, 0, 1000, &respondents), NUM_OK);
		assert_true(n < GROUPS_MAX);
		ret[n++] = (struct group){ name, (uint32_t)respondents, false };
	}
	return n;
}

static struct str hidden_text(struct arena *a, const struct group *groups, size_t n)
{
	struct buf b = buf_make(a, 1024);

	for (size_t i = 0; i < n; i++) {
		if (groups[i].is_visible || groups[i].respondents == 0)
			continue;
		buf_puts(&b, b.len ? " " : "");
		buf_put(&b, groups[i].name);
	}
	return b.len ? buf_str(&b) : S("-");
}

static void every_line_of_groups_holds(void **state)
{
	struct arena *a = *state;
	struct str rest = fixture_file(a, JALON_TEST_DATA "/groups.tsv"), line;
	size_t lines = 0;

	while (next_line(&rest, &line)) {
		struct group groups[GROUPS_MAX];
		int64_t threshold, without;
		struct str want, got;
		size_t n;

		assert_int_equal(num_parse(str_cut(&line, '\t'), 3, 100, &threshold), NUM_OK);
		assert_int_equal(num_parse(str_cut(&line, '\t'), 0, 100, &without), NUM_OK);
		n = parse_groups(str_cut(&line, '\t'), groups);
		want = str_cut(&line, '\t');
		(void)groups_hide(groups, n, (uint32_t)without, (uint32_t)threshold);
		got = hidden_text(a, groups, n);
		if (!str_eq(got, want))
			fail_msg("%.*s: hides %.*s", STR_ARG(line), STR_ARG(got));
		lines++;
	}
	assert_true(lines >= 15);
}

/* What an onlooker has: the whole and the visible groups. The rest must be nobody, or at least three
 * people who are not exactly one group under the threshold. */
static void assert_nothing_follows(const struct group *groups, size_t n, uint32_t without,
				   uint32_t threshold, size_t hidden)
{
	size_t kinds = without > 0, small = without > 0 && without < threshold, visible = 0,
	       named = 0;
	uint32_t rest = without;

	for (size_t i = 0; i < n; i++) {
		if (groups[i].is_visible) {
			assert_true(groups[i].respondents >= threshold);
			visible++;
		} else if (groups[i].respondents > 0) {
			rest += groups[i].respondents;
			small += groups[i].respondents < threshold;
			kinds++;
			named++;
		}
	}
	assert_int_equal(hidden, named);
	if (visible == 0 || rest == 0)
		return;
	assert_true(rest >= 3);
	assert_false(small > 0 && kinds == 1);
}

static void nothing_about_a_hidden_group_follows(void **state)
{
	unsigned seed = 20267;

	(void)state;
	for (int run = 0; run < 50000; run++) {
		struct group groups[GROUPS_MAX];
		size_t n = fixture_random(&seed, GROUPS_MAX + 1), large = 0, hidden;
		uint32_t without = fixture_random(&seed, 3) ? 0 : fixture_random(&seed, 9);
		uint32_t threshold = 3 + fixture_random(&seed, 4);

		for (size_t i = 0; i < n; i++) {
			groups[i] = (struct group){ S("g"), fixture_random(&seed, 12), true };
			large += groups[i].respondents >= threshold;
		}
		hidden = groups_hide(groups, n, without, threshold);
		assert_nothing_follows(groups, n, without, threshold, hidden);
		for (size_t i = 0; i < n; i++)
			large -= groups[i].is_visible;
		assert_true(large <= 1); /* and not more is hidden than that takes */
	}
}

TEST_MAIN(unit_test(every_question_of_the_table_holds), unit_test(counts_give_what_sorting_gives),
	  unit_test(a_tie_is_told_from_a_mode), unit_test(counts_give_what_sorting_gives),
	  unit_test(one_respondent_scores_alike_alone_and_consolidated),
	  unit_test(disagreement_puts_the_most_disputed_first),
	  unit_test(counts_refuse_values_that_are_not_there), unit_test(every_line_of_groups_holds),
	  unit_test(nothing_about_a_hidden_group_follows))
