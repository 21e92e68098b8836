/* The scorecard's arithmetic: see scorecard.h. */
#include "domain/scorecard.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "domain/scorecard_priv.h"

static const struct str unknown_text = STR("unknown");

/* ---- conditions ---- */

static bool term_holds(const struct term *t, const struct answer *answers)
{
	for (size_t i = 0; i < t->n; i++)
		if (answer_eq(t->answers[i], answers[t->question]))
			return true;
	return false;
}

static bool terms_hold(const struct terms *terms, const struct answer *answers)
{
	for (size_t i = 0; i < terms->n; i++)
		if (!term_holds(&terms->items[i], answers))
			return false;
	return true;
}

bool condition_holds(const struct condition *c, const struct answer *answers)
{
	for (size_t i = 0; i < c->n; i++)
		if (terms_hold(&c->items[i], answers))
			return true;
	return c->n == 0;
}

/* ---- the definition ---- */

int scorecard_find(const struct scorecard *sc, struct str id)
{
	for (size_t i = 0; i < sc->n_questions; i++)
		if (str_eq(sc->questions[i].id, id))
			return (int)i;
	return -1;
}

static int level_points(const struct question *q, int level)
{
	for (size_t i = 0; i < q->n_steps; i++)
		if (level >= q->steps[i].from && level <= q->steps[i].to)
			return q->steps[i].points;
	return 0;
}

int question_points(const struct question *q, struct answer answer)
{
	switch (answer.kind) {
	case ANSWER_MISSING:
	case ANSWER_UNKNOWN:
		return 0;
	case ANSWER_OPTION:
		assert(answer.value >= 0 && (size_t)answer.value < q->n_options);
		return q->options[answer.value].points;
	case ANSWER_LEVEL:
		return level_points(q, answer.value);
	}
	return 0;
}

void answers_asked(const struct scorecard *sc, const struct answer *answers, struct answer *ret)
{
	/* Conditions look at earlier questions only, so one pass in order settles all of them. */
	memmove(ret, answers, sc->n_questions * sizeof *ret);
	for (size_t i = 0; i < sc->n_questions; i++)
		if (!condition_holds(&sc->questions[i].asked_when, ret))
			ret[i] = (struct answer){ .kind = ANSWER_MISSING };
}

/* Apart from question_asked(), which most questions leave before they need so much of the stack. */
static bool asked_by_condition(const struct scorecard *sc, size_t i, const struct answer *answers)
{
	struct answer asked[SCORECARD_QUESTIONS_MAX];

	answers_asked(sc, answers, asked);
	return condition_holds(&sc->questions[i].asked_when, asked);
}

bool question_asked(const struct scorecard *sc, size_t i, const struct answer *answers)
{
	assert(sc->n_questions <= SCORECARD_QUESTIONS_MAX && i < sc->n_questions);
	return sc->questions[i].asked_when.n == 0 || asked_by_condition(sc, i, answers);
}

size_t scorecard_band(const struct scorecard *sc, int points)
{
	size_t band = 0;

	while (band + 1 < sc->n_bands && points >= sc->bands[band + 1].min)
		band++;
	return band;
}

/* ---- answers ---- */

bool answer_eq(struct answer a, struct answer b)
{
	bool has_value = a.kind == ANSWER_OPTION || a.kind == ANSWER_LEVEL;

	return a.kind == b.kind && (!has_value || a.value == b.value);
}

static int option_parse(const struct question *q, struct str text, struct answer *ret)
{
	for (size_t i = 0; i < q->n_options; i++) {
		if (str_eq(q->options[i].id, text)) {
			*ret = (struct answer){ .kind = ANSWER_OPTION, .value = (int)i };
			return 0;
		}
	}
	return 1;
}

static int level_parse(const struct question *q, struct str text, struct answer *ret)
{
	int64_t level;

	if (num_parse(text, q->scale_min, q->scale_max, &level) != NUM_OK)
		return 1;
	*ret = (struct answer){ .kind = ANSWER_LEVEL, .value = (int)level };
	return 0;
}

int answer_parse(const struct question *q, struct str text, struct answer *ret)
{
	if (str_eq(text, unknown_text)) {
		*ret = (struct answer){ .kind = ANSWER_UNKNOWN };
		return 0;
	}
	return q->kind == QUESTION_OPTIONS ? option_parse(q, text, ret) : level_parse(q, text, ret);
}

struct str answer_text(struct arena *a, const struct question *q, struct answer answer)
{
	switch (answer.kind) {
	case ANSWER_MISSING:
		return S("");
	case ANSWER_UNKNOWN:
		return unknown_text;
	case ANSWER_OPTION:
		assert(answer.value >= 0 && (size_t)answer.value < q->n_options);
		return q->options[answer.value].id;
	case ANSWER_LEVEL:
		return str_i64(a, answer.value);
	}
	return S("");
}

/* ---- one step up ---- */

/* Takes `candidate` when it gives more than `from` and less than the best so far. */
static void step_offer(int from, int points, struct answer candidate, int *gain, struct answer *ret)
{
	if (points > from && (*gain == 0 || points - from < *gain)) {
		*gain = points - from;
		*ret = candidate;
	}
}

int question_step(const struct question *q, struct answer from, struct answer *ret)
{
	int points = question_points(q, from);
	int gain = 0;

	*ret = (struct answer){ .kind = ANSWER_MISSING };
	for (size_t i = 0; i < q->n_options; i++)
		step_offer(points, q->options[i].points,
			   (struct answer){ .kind = ANSWER_OPTION, .value = (int)i }, &gain, ret);
	for (size_t i = 0; i < q->n_steps; i++)
		step_offer(points, q->steps[i].points,
			   (struct answer){ .kind = ANSWER_LEVEL, .value = q->steps[i].from },
			   &gain, ret);
	return gain;
}

/* ---- one response ---- */

static int share_of(int points, int max)
{
	return max > 0 ? (int)num_div_round((int64_t)points * SHARE_WHOLE, max) : 0;
}

static struct question_score score_question(const struct scorecard *sc, size_t i,
					    const struct answer *asked)
{
	const struct question *q = &sc->questions[i];
	struct question_score s = {
		.asked = condition_holds(&q->asked_when, asked),
		.answer = asked[i],
		.points = question_points(q, asked[i]),
		.max = q->max,
	};

	if (s.asked)
		s.gain = question_step(q, s.answer, &s.next);
	return s;
}

static void score_questions(struct arena *a, const struct scorecard *sc, const struct answer *asked,
			    struct score *s)
{
	size_t n = sc->n_questions;

	s->questions = arena_new(a, struct question_score, n);
	s->categories = arena_new(a, struct category_score, sc->n_categories);
	s->missing = arena_new(a, size_t, n);
	s->unknown = arena_new(a, size_t, n);
	for (size_t i = 0; i < n; i++) {
		struct question_score q = score_question(sc, i, asked);

		s->questions[i] = q;
		s->points += q.points;
		s->categories[sc->questions[i].category].points += q.points;
		if (q.asked && q.answer.kind == ANSWER_MISSING)
			s->missing[s->n_missing++] = i;
		if (q.answer.kind == ANSWER_UNKNOWN)
			s->unknown[s->n_unknown++] = i;
	}
	for (size_t i = 0; i < sc->n_categories; i++) {
		s->categories[i].max = sc->categories[i].max;
		s->categories[i].share = share_of(s->categories[i].points, s->categories[i].max);
	}
}

/* Whether `x` is the better result of the two: by share of its maximum, then by points at stake. */
static bool is_better(const struct question_score *x, const struct question_score *y)
{
	int a = x->points * y->max, b = y->points * x->max;

	return a != b ? a > b : x->points > y->points;
}

static bool is_worse(const struct question_score *x, const struct question_score *y)
{
	int a = x->points * y->max, b = y->points * x->max;

	return a != b ? a < b : x->max - x->points > y->max - y->points;
}

/* Puts question `i` in its place among the `n` of `list`, behind those it does not beat. */
static void list_insert(const struct score *s, size_t *list, size_t n, size_t i,
			bool (*beats)(const struct question_score *, const struct question_score *))
{
	while (n > 0 && beats(&s->questions[i], &s->questions[list[n - 1]])) {
		list[n] = list[n - 1];
		n--;
	}
	list[n] = i;
}

/* Going through the questions by leverage leaves equals in that order. */
static void score_findings(struct arena *a, const struct scorecard *sc, struct score *s)
{
	s->strengths = arena_new(a, size_t, sc->n_questions);
	s->weaknesses = arena_new(a, size_t, sc->n_questions);
	for (size_t k = 0; k < sc->n_questions; k++) {
		size_t i = sc->leverage[k];
		const struct question_score *q = &s->questions[i];
		bool answered = q->answer.kind == ANSWER_OPTION || q->answer.kind == ANSWER_LEVEL;

		if (!answered || q->max == 0)
			continue;
		if (q->points * 4 >= q->max * 3)
			list_insert(s, s->strengths, s->n_strengths++, i, is_better);
		else if (q->points * 2 <= q->max)
			list_insert(s, s->weaknesses, s->n_weaknesses++, i, is_worse);
	}
}

struct score score_compute(struct arena *a, const struct scorecard *sc,
			   const struct answer *answers)
{
	struct score s = { .max = sc->max };
	struct answer asked[SCORECARD_QUESTIONS_MAX];

	assert(sc->n_questions <= SCORECARD_QUESTIONS_MAX);
	answers_asked(sc, answers, asked);
	score_questions(a, sc, asked, &s);
	score_findings(a, sc, &s);
	s.share = share_of(s.points, s.max);
	s.complete = s.n_missing == 0;
	s.band = scorecard_band(sc, s.points);
	s.has_next = s.band + 1 < sc->n_bands;
	if (s.has_next) {
		s.points_needed = sc->bands[s.band + 1].min - s.points;
		s.steps = shortest_way(a, sc, asked, s.points_needed);
	}
	return s;
}
