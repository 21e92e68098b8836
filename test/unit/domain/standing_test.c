/* Standings against a table of cases, and the way to the next band against every set of steps. */
#include "domain/standing.h"

#include "unit/test.h"
#include "base/buf.h"
#include "base/num.h"
#include "fixture.h"

/* ---- the table ---- */

static bool *read_served(struct arena *a, const struct scorecard *sc, struct str text)
{
	bool *served = arena_new(a, bool, sc->n_questions);

	while (text.data && text.len) {
		int q = scorecard_find(sc, str_cut(&text, ' '));

		assert_true(q >= 0);
		served[q] = true;
	}
	return served;
}

static struct str standing_text(struct arena *a, const struct scorecard *sc,
				const struct standing *s)
{
	return str_fmt(a, "%d.%d %.*s", s->score / 2, s->score % 2 * 5,
		       STR_ARG(sc->bands[s->band].id));
}

static struct str way_text(struct arena *a, const struct scorecard *sc, const struct median_way *w)
{
	struct buf b = buf_make(a, 4096);

	for (size_t i = 0; i < w->steps.n; i++) {
		const struct median_step *s = &w->steps.items[i];
		struct str id = sc->questions[s->question].id;

		assert_int_equal(2 * question_points(&sc->questions[s->question], s->answer),
				 s->to);
		buf_fmt(&b, "%s%.*s:%d.%d>%d.%d", i ? " " : "", STR_ARG(id), s->from / 2,
			s->from % 2 * 5, s->to / 2, s->to % 2 * 5);
	}
	return b.len ? buf_str(&b) : S("-");
}

/* What a line of the table names, from what the lines before it gave. */
struct table_case {
	struct str title;
	struct consolidation medians;
	struct standing agreed, provisional;
};

static bool read_line(struct arena *a, const struct scorecard *sc, struct table_case *c,
		      struct str name, struct str value)
{
	if (str_is(name, "case"))
		c->title = value;
	else if (str_is(name, "medians"))
		c->medians = fixture_medians(a, sc, value);
	else if (str_is(name, "agreed-on"))
		c->agreed = standing_agreed(a, sc, &c->medians, fixture_answers(a, sc, value));
	else if (str_is(name, "served"))
		c->provisional = standing_provisional(a, sc, &c->agreed, read_served(a, sc, value));
	else
		return false;
	return true;
}

static struct str member_text(struct arena *a, const struct scorecard *sc,
			      const struct table_case *c, struct str name)
{
	struct standing raw = standing_raw(a, sc, &c->medians);
	struct median_way way;

	if (str_is(name, "raw"))
		return standing_text(a, sc, &raw);
	if (str_is(name, "agreed"))
		return standing_text(a, sc, &c->agreed);
	if (str_is(name, "provisional"))
		return standing_text(a, sc, &c->provisional);
	assert_true(str_is(name, "way"));
	way = median_way(a, sc, &c->agreed);
	return way_text(a, sc, &way);
}

static void every_case_of_the_table_holds(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	struct str rest = fixture_file(a, JALON_TEST_DATA "/standing.tsv");
	struct table_case c = { .title = STR("") };
	size_t checks = 0;

	while (rest.data) {
		struct str want = str_cut(&rest, '\n');
		struct str name = str_cut(&want, '\t'), got;

		if (name.len == 0 || name.data[0] == '#' || read_line(a, &sc, &c, name, want))
			continue;
		got = member_text(a, &sc, &c, name);
		if (!str_eq(got, want))
			fail_msg("%.*s: %.*s is %.*s", STR_ARG(c.title), STR_ARG(name),
				 STR_ARG(got));
		checks++;
	}
	assert_true(checks >= 33);
}

/* ---- properties ---- */

static struct standing random_standing(struct arena *a, const struct scorecard *sc, unsigned *seed)
{
	struct consolidation c = { .questions =
					   arena_new(a, struct question_spread, sc->n_questions) };

	for (size_t i = 0; i < sc->n_questions; i++)
		c.questions[i].median =
			(int)fixture_random(seed, 2 * (unsigned)sc->questions[i].max + 1);
	return standing_raw(a, sc, &c);
}

/* One step of each question from `s`, in half points; 0 where there is none. On BI's success only where
 * there is BI. */
static int step_gain(const struct scorecard *sc, const struct standing *s, size_t q)
{
	int now = s->questions[q], to = now / 2 * 2 + 2;

	if (q == 4 && s->questions[2] < 2)
		return 0;
	return to <= 2 * sc->questions[q].max ? to - now : 0;
}

/* The fewest steps, one per question, that gain `needed`; 0 when all are not enough. */
static size_t fewest_steps(const struct scorecard *sc, const struct standing *s, int needed)
{
	int gains[15];
	size_t best = 0;

	for (size_t q = 0; q < 15; q++)
		gains[q] = step_gain(sc, s, q);
	for (unsigned set = 1; set < 1U << 15; set++) {
		size_t n = (size_t)__builtin_popcount(set);
		int gain = 0;

		if (best && n >= best)
			continue;
		for (size_t q = 0; q < 15; q++)
			if (set >> q & 1)
				gain += gains[q];
		if (gain >= needed)
			best = n;
	}
	return best;
}

static void the_way_is_short_and_arrives(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	unsigned seed = 8, in_one_round = 0;

	for (int run = 0; run < 300; run++) {
		struct standing s = random_standing(a, &sc, &seed);
		struct median_way way = median_way(a, &sc, &s);
		int score = s.score;
		size_t fewest;

		assert_int_equal(way.has_next, s.band + 1 < sc.n_bands);
		for (size_t i = 0; i < way.steps.n; i++) {
			const struct median_step *step = &way.steps.items[i];

			assert_int_equal(step->from, s.questions[step->question]);
			s.questions[step->question] = step->to;
			score += step->to - step->from;
		}
		if (way.has_next) {
			assert_true(score - s.score >= way.needed);
			assert_true(scorecard_band(&sc, (score + 1) / 2) > s.band);
			assert_int_equal(scorecard_band(&sc, (s.score + way.needed) / 2), s.band);
		}
		for (size_t i = way.steps.n; i-- > 0;)
			s.questions[way.steps.items[i].question] = way.steps.items[i].from;
		fewest = way.has_next ? fewest_steps(&sc, &s, way.needed) : 0;
		if (fewest) {
			assert_int_equal(way.steps.n, fewest);
			in_one_round++;
		}
	}
	assert_true(in_one_round > 100);
}

/* One respondent's way, told from their answers and from their medians. */
static void one_respondent_goes_the_same_way(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	unsigned seed = 3;

	for (int run = 0; run < 1000; run++) {
		struct answer *answers = arena_new(a, struct answer, sc.n_questions);
		struct tallies t = tallies_make(a, &sc);
		struct consolidation c;
		struct standing raw;
		struct median_way way;
		struct score score;

		for (size_t q = 0; q < sc.n_questions; q++)
			answers[q] = (struct answer){ q == 4 ? ANSWER_LEVEL : ANSWER_OPTION,
						      (int)fixture_random(&seed, 3) };
		tallies_count(&sc, &t, answers);
		c = consolidate(a, &sc, &t);
		raw = standing_raw(a, &sc, &c);
		way = median_way(a, &sc, &raw);
		score = score_compute(a, &sc, answers);
		assert_int_equal(raw.score, c.score);
		assert_int_equal(raw.band, c.band);
		assert_int_equal(way.steps.n, score.steps.n);
		for (size_t i = 0; i < way.steps.n; i++) {
			assert_int_equal(way.steps.items[i].question,
					 score.steps.items[i].question);
			assert_true(answer_eq(way.steps.items[i].answer, score.steps.items[i].to));
		}
	}
}

static void doing_more_never_lowers(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	unsigned seed = 77;

	for (int run = 0; run < 2000; run++) {
		struct standing s = random_standing(a, &sc, &seed), less, more;
		bool some[15], all[15];

		for (size_t q = 0; q < 15; q++) {
			some[q] = fixture_random(&seed, 3) == 0;
			all[q] = true;
		}
		less = standing_provisional(a, &sc, &s, some);
		more = standing_provisional(a, &sc, &s, all);
		for (size_t q = 0; q < 15; q++) {
			int rise = less.questions[q] - s.questions[q];

			assert_true(rise >= 0 && rise <= 2);
			assert_true(some[q] || rise == 0);
			assert_true(more.questions[q] >= less.questions[q]);
			assert_true(more.questions[q] <= 2 * sc.questions[q].max);
		}
	}
}

TEST_MAIN(unit_test(every_case_of_the_table_holds), unit_test(the_way_is_short_and_arrives),
	  unit_test(one_respondent_goes_the_same_way), unit_test(doing_more_never_lowers))
