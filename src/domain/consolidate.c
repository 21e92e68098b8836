/* Several respondents: see consolidate.h. */
#include "domain/consolidate_priv.h"

#include <assert.h>
#include <string.h>

#include "base/num.h"

/* ---- counts ---- */

struct tallies tallies_make(struct arena *a, const struct scorecard *sc)
{
	struct tallies t = { .questions = arena_new(a, struct tally, sc->n_questions) };

	for (size_t i = 0; i < sc->n_questions; i++) {
		const struct question *q = &sc->questions[i];
		struct tally *tally = &t.questions[i];

		tally->n_values = q->kind == QUESTION_OPTIONS
					  ? q->n_options
					  : (size_t)(q->scale_max - q->scale_min + 1);
		tally->values = arena_new(a, uint32_t, tally->n_values);
	}
	return t;
}

int tallies_add(const struct scorecard *sc, struct tallies *t, size_t i, enum tally_kind kind,
		int value, uint32_t n)
{
	const struct question *q = &sc->questions[i];
	struct tally *tally = &t->questions[i];
	int at = q->kind == QUESTION_OPTIONS ? value : value - q->scale_min;

	switch (kind) {
	case TALLY_UNANSWERED:
		tally->unanswered += n;
		return 0;
	case TALLY_NOT_ASKED:
		tally->not_asked += n;
		return 0;
	case TALLY_UNKNOWN:
		tally->unknown += n;
		return 0;
	case TALLY_VALUE:
		if (at < 0 || (size_t)at >= tally->n_values)
			return 1;
		tally->values[at] += n;
		return 0;
	}
	return 1;
}

uint32_t tally_given(const struct tally *t)
{
	uint32_t n = t->unknown;

	for (size_t i = 0; i < t->n_values; i++)
		n += t->values[i];
	return n;
}

int64_t tally_given_of(enum tally_kind kind, int64_t n)
{
	return kind == TALLY_UNKNOWN || kind == TALLY_VALUE ? n : 0;
}

bool given_by_few(int64_t given)
{
	return given < GROUP_THRESHOLD_MIN;
}

static enum tally_kind kind_of(bool asked, struct answer answer)
{
	if (!asked)
		return TALLY_NOT_ASKED;
	switch (answer.kind) {
	case ANSWER_MISSING:
		return TALLY_UNANSWERED;
	case ANSWER_UNKNOWN:
		return TALLY_UNKNOWN;
	case ANSWER_OPTION:
	case ANSWER_LEVEL:
		return TALLY_VALUE;
	}
	return TALLY_UNANSWERED;
}

void tallies_count(const struct scorecard *sc, struct tallies *t, const struct answer *answers)
{
	struct answer settled[SCORECARD_QUESTIONS_MAX];

	assert(sc->n_questions <= SCORECARD_QUESTIONS_MAX);
	answers_asked(sc, answers, settled);
	for (size_t i = 0; i < sc->n_questions; i++) {
		bool asked = condition_holds(&sc->questions[i].asked_when, settled);
		int r = tallies_add(sc, t, i, kind_of(asked, settled[i]), settled[i].value, 1);

		assert(r == 0);
	}
	t->respondents++;
}

void tallies_merge(const struct scorecard *sc, struct tallies *t, const struct tallies *other)
{
	t->respondents += other->respondents;
	for (size_t i = 0; i < sc->n_questions; i++) {
		struct tally *to = &t->questions[i];
		const struct tally *from = &other->questions[i];

		to->unanswered += from->unanswered;
		to->not_asked += from->not_asked;
		to->unknown += from->unknown;
		assert(to->n_values == from->n_values);
		for (size_t k = 0; k < to->n_values; k++)
			to->values[k] += from->values[k];
	}
}

/* ---- one question ---- */

static void histogram_add(struct histogram *h, int points, uint32_t n)
{
	size_t at = h->n_bars;

	if (n == 0)
		return;
	h->total += n;
	while (at > 0 && h->bars[at - 1].points > points)
		at--;
	if (at > 0 && h->bars[at - 1].points == points) {
		h->bars[at - 1].n += n;
		return;
	}
	assert(h->n_bars < sizeof h->bars / sizeof *h->bars);
	memmove(&h->bars[at + 1], &h->bars[at], (h->n_bars - at) * sizeof *h->bars);
	h->bars[at] = (struct bar){ points, n };
	h->n_bars++;
}

/* The answer that counts in `values` at `at`. */
static struct answer value_answer(const struct question *q, size_t at)
{
	if (q->kind == QUESTION_OPTIONS)
		return (struct answer){ ANSWER_OPTION, (int)at };
	return (struct answer){ ANSWER_LEVEL, q->scale_min + (int)at };
}

struct histogram points_histogram(const struct question *q, const struct tally *t)
{
	struct histogram h = { .n_bars = 0 };

	histogram_add(&h, 0, t->not_asked + t->unknown);
	for (size_t i = 0; i < t->n_values; i++)
		histogram_add(&h, question_points(q, value_answer(q, i)), t->values[i]);
	return h;
}

/* The points of respondent `rank` (from 0) in ascending order. */
static int points_at(const struct histogram *h, uint32_t rank)
{
	size_t i = 0;

	while (rank >= h->bars[i].n)
		rank -= h->bars[i++].n;
	return h->bars[i].points;
}

/* The median, in half points; 0 when nobody counts. */
static int histogram_median(const struct histogram *h)
{
	if (h->total == 0)
		return 0;
	return points_at(h, (h->total - 1) / 2) + points_at(h, h->total / 2);
}

/* Quartile `k` (1 to 3) in quarter points: with ranks from 0, it lies at rank k (n - 1) / 4. */
static int quartile_of(const struct histogram *h, uint32_t k)
{
	uint64_t at = (uint64_t)k * (h->total - 1);
	int low = points_at(h, (uint32_t)(at / 4));
	int part = (int)(at % 4);

	if (part == 0)
		return 4 * low;
	return 4 * low + part * (points_at(h, (uint32_t)(at / 4) + 1) - low);
}

static int iqr_of(const struct histogram *h)
{
	return h->total == 0 ? 0 : quartile_of(h, 3) - quartile_of(h, 1);
}

/* One more answer, given `n` times; the first of those given most often is the mode. */
static void add_mode(struct question_spread *s, struct answer answer, uint32_t n)
{
	s->given += n;
	if (n > s->mode_count) {
		s->mode_count = n;
		s->mode = answer;
		s->also = (struct answer){ .kind = ANSWER_MISSING };
		s->n_modes = 1;
	} else if (n > 0 && n == s->mode_count) {
		if (s->n_modes++ == 1)
			s->also = answer;
	}
}

static void spread_mode(const struct question *q, const struct tally *t, struct question_spread *s)
{
	for (size_t i = 0; i < t->n_values; i++)
		add_mode(s, value_answer(q, i), t->values[i]);
	add_mode(s, (struct answer){ .kind = ANSWER_UNKNOWN }, t->unknown);
	if (s->given > 0)
		s->mode_share = (int)num_div_round((int64_t)s->mode_count * SHARE_WHOLE, s->given);
}

static struct question_spread question_spread(const struct question *q, const struct tally *t)
{
	struct histogram h = points_histogram(q, t);
	struct question_spread s = {
		.median = histogram_median(&h),
		.iqr = iqr_of(&h),
		.unknown = t->unknown,
	};

	spread_mode(q, t, &s);
	return s;
}

/* ---- the result ---- */

/* Whether `x` is more disputed than `y`. */
static bool is_more_disputed(const struct question_spread *x, const struct question_spread *y)
{
	uint64_t a = (uint64_t)x->mode_count * y->given, b = (uint64_t)y->mode_count * x->given;

	if (x->given == 0 || y->given == 0)
		return x->given > y->given;
	return a != b ? a < b : x->iqr > y->iqr;
}

/* By insertion, which leaves equals in the pack's order. */
static void rank_disagreement(struct consolidation *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t at = i;

		for (; at > 0 &&
		       is_more_disputed(&c->questions[i], &c->questions[c->disagreement[at - 1]]);
		     at--)
			c->disagreement[at] = c->disagreement[at - 1];
		c->disagreement[at] = i;
	}
}

struct consolidation consolidate(struct arena *a, const struct scorecard *sc,
				 const struct tallies *t)
{
	struct consolidation c = {
		.respondents = t->respondents,
		.questions = arena_new(a, struct question_spread, sc->n_questions),
		.disagreement = arena_new(a, size_t, sc->n_questions),
	};

	for (size_t i = 0; i < sc->n_questions; i++) {
		c.questions[i] = question_spread(&sc->questions[i], &t->questions[i]);
		c.score += c.questions[i].median;
	}
	c.points = (int)num_div_round(c.score, 2);
	c.band = scorecard_band(sc, c.points);
	rank_disagreement(&c, sc->n_questions);
	return c;
}
