/* The domain tests' scorecard: see fixture.h. */
#include "fixture.h"

#include <stdio.h>

#include "unit/test.h"
#include "base/buf.h"
#include "base/num.h"

enum { FILE_MAX = 1 << 20 };

/* Category, id, options with points in the order shown. A scale is written as its steps. */
static const struct {
	size_t category;
	const char *id, *options;
} QUESTIONS[] = {
	{ 0, "lineage", "no 0 some 1 yes 2" },
	{ 0, "etl", "no 0 scripts 1 yes 2" },
	{ 0, "bi-practice", "no 0 tools 1 yes 2" },
	{ 0, "warehouse", "no 0 partial 1 yes 2" },
	{ 0, "bi-success", "0-1 0 2-3 1 4-6 2 7-8 3 9-10 4" },
	{ 0, "ai-seniority", "none 0 lt1 1 1to2 2 3to5 3 gt5 4" },
	{ 0, "governance", "no 0 partial 1 yes 2" },
	{ 1, "poc", "none 0 one 1 several 2" },
	{ 1, "bought-ai", "no 0 trial 1 yes 2" },
	{ 1, "ai-projects", "none 0 few 1 several 2" },
	{ 1, "analyst", "no 0 part 1 yes 2" },
	{ 2, "data-driven", "no 0 partial 1 yes 2" },
	{ 2, "executive-support", "no 0 unsure 1 yes 2" },
	{ 2, "it-support", "no 0 partial 1 yes 2" },
	{ 2, "departments", "none 0 one 1 several 2" },
};
enum { N = sizeof QUESTIONS / sizeof *QUESTIONS, BI_PRACTICE = 2, BI_SUCCESS = 4 };

static const size_t LEVERAGE[N] = { 12, 6, 2, 10, 3, 1, 0, 9, 7, 8, 13, 14, 11, 4, 5 };

static int number(struct str text)
{
	int64_t n;

	assert_int_equal(num_parse(text, 0, 1000, &n), NUM_OK);
	return (int)n;
}

static void add_option(struct arena *a, struct question *q, struct str id, int points)
{
	struct str to = id, from = str_cut(&to, '-');

	if (q->kind == QUESTION_OPTIONS) {
		if (!q->options)
			q->options = arena_new(a, struct option, SCORECARD_OPTIONS_MAX);
		q->options[q->n_options++] = (struct option){ id, points };
	} else {
		if (!q->steps)
			q->steps = arena_new(a, struct scale_step, SCORECARD_LEVELS_MAX);
		q->steps[q->n_steps++] = (struct scale_step){ number(from), number(to), points };
		q->scale_max = number(to);
	}
	q->max = points > q->max ? points : q->max;
}

static struct condition bi_exists(struct arena *a)
{
	struct condition c = { .n = 0 };
	struct term term = { .question = BI_PRACTICE,
			     .answers = arena_new(a, struct answer, 2),
			     .n = 2 };
	struct terms all = { .n = 0 };

	term.answers[0] = (struct answer){ ANSWER_OPTION, 1 };
	term.answers[1] = (struct answer){ ANSWER_OPTION, 2 };
	*vec_push(a, &all) = term;
	*vec_push(a, &c) = all;
	return c;
}

struct scorecard fixture_scorecard(struct arena *a)
{
	static const char *const CATEGORIES[] = { "data", "data-science", "business-culture" };
	struct scorecard sc = { .n_categories = 3, .n_questions = N, .n_bands = 3 };

	sc.categories = arena_new(a, struct category, sc.n_categories);
	sc.questions = arena_new(a, struct question, N);
	sc.bands = arena_new(a, struct band, sc.n_bands);
	sc.leverage = arena_new(a, size_t, N);
	for (size_t i = 0; i < sc.n_categories; i++)
		sc.categories[i].id = str_from(CATEGORIES[i]);
	for (size_t i = 0; i < N; i++) {
		struct question *q = &sc.questions[i];
		struct str rest = str_from(QUESTIONS[i].options);

		q->id = str_from(QUESTIONS[i].id);
		q->category = QUESTIONS[i].category;
		q->kind = i == BI_SUCCESS ? QUESTION_SCALE : QUESTION_OPTIONS;
		while (rest.data) {
			struct str id = str_cut(&rest, ' ');

			add_option(a, q, id, number(str_cut(&rest, ' ')));
		}
		sc.categories[q->category].max += q->max;
		sc.max += q->max;
		sc.leverage[i] = LEVERAGE[i];
	}
	sc.questions[BI_SUCCESS].asked_when = bi_exists(a);
	sc.bands[0] = (struct band){ S("foundation"), 0, 14, 25 };
	sc.bands[1] = (struct band){ S("growth"), 15, 25, 50 };
	sc.bands[2] = (struct band){ S("advanced"), 26, 34, 75 };
	return sc;
}

struct answer *fixture_answers(struct arena *a, const struct scorecard *sc, struct str text)
{
	struct answer *answers = arena_new(a, struct answer, sc->n_questions);

	while (text.data && text.len) {
		struct str value = str_cut(&text, ' ');
		struct str id = str_cut(&value, '=');
		int i = scorecard_find(sc, id);

		assert_true(i >= 0);
		assert_int_equal(answer_parse(&sc->questions[i], value, &answers[i]), 0);
	}
	return answers;
}

struct consolidation fixture_medians(struct arena *a, const struct scorecard *sc, struct str text)
{
	struct consolidation c = { .questions =
					   arena_new(a, struct question_spread, sc->n_questions) };

	while (text.data && text.len) {
		struct str value = str_cut(&text, ' ');
		int q = scorecard_find(sc, str_cut(&value, '='));
		int64_t tenths;

		assert_true(q >= 0);
		assert_int_equal(num_parse_fixed(value, 1, 0, 1000, &tenths), NUM_OK);
		c.questions[q].median = (int)tenths / 5;
		c.score += (int)tenths / 5;
	}
	c.points = (c.score + 1) / 2;
	c.band = scorecard_band(sc, c.points);
	return c;
}

struct str fixture_ids(struct arena *a, const struct scorecard *sc, const size_t *questions,
		       size_t n)
{
	struct buf b = buf_make(a, 4096);

	for (size_t i = 0; i < n; i++) {
		buf_puts(&b, i ? " " : "");
		buf_put(&b, sc->questions[questions[i]].id);
	}
	return n ? buf_str(&b) : S("-");
}

struct str fixture_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *data = arena_new(a, char, FILE_MAX);
	size_t n;

	assert_non_null(f);
	n = fread(data, 1, FILE_MAX, f);
	assert_true(feof(f));
	(void)fclose(f);
	return str_make(data, n);
}

unsigned fixture_random(unsigned *state, unsigned n)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state % n;
}
