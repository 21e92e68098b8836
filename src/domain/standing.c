/* From a consolidated score onwards: see standing.h. */
#include "domain/standing.h"

#include <assert.h>
#include <string.h>

#include "base/num.h"
#include "domain/scorecard_priv.h"

/* ---- standings ---- */

static struct standing standing_sum(const struct scorecard *sc, int *questions)
{
	struct standing s = { .questions = questions };

	for (size_t i = 0; i < sc->n_questions; i++)
		s.score += questions[i];
	s.points = (int)num_div_round(s.score, 2);
	s.band = scorecard_band(sc, s.points);
	return s;
}

struct standing standing_raw(struct arena *a, const struct scorecard *sc,
			     const struct consolidation *c)
{
	int *questions = arena_new(a, int, sc->n_questions);

	for (size_t i = 0; i < sc->n_questions; i++)
		questions[i] = c->questions[i].median;
	return standing_sum(sc, questions);
}

/* Whether all that `c` looks at is known, so that it can be told. */
static bool can_tell(const struct condition *c, const bool *known)
{
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->items[i].n; k++)
			if (!known[c->items[i].items[k].question])
				return false;
	return true;
}

struct standing standing_agreed(struct arena *a, const struct scorecard *sc,
				const struct consolidation *c, const struct answer *agreed)
{
	int *questions = arena_new(a, int, sc->n_questions);
	struct answer settled[SCORECARD_QUESTIONS_MAX];
	bool known[SCORECARD_QUESTIONS_MAX]; /* agreed on, or not asked for what was */

	assert(sc->n_questions <= SCORECARD_QUESTIONS_MAX);
	memcpy(settled, agreed, sc->n_questions * sizeof *settled);
	/* Conditions look at earlier questions only. */
	for (size_t i = 0; i < sc->n_questions; i++) {
		const struct question *q = &sc->questions[i];
		bool is_asked = !can_tell(&q->asked_when, known) ||
				condition_holds(&q->asked_when, settled);

		known[i] = !is_asked || agreed[i].kind != ANSWER_MISSING;
		if (!is_asked)
			settled[i] = (struct answer){ .kind = ANSWER_MISSING };
		else if (agreed[i].kind == ANSWER_MISSING)
			questions[i] = c->questions[i].median;
		else
			questions[i] = 2 * question_points(q, agreed[i]);
	}
	return standing_sum(sc, questions);
}

/* ---- steps ---- */

/* The best answer to `q` that is not worth more than `half_points`; missing when there is none. */
static struct answer answer_at(const struct question *q, int half_points)
{
	struct answer best = { .kind = ANSWER_MISSING };
	int most = -1;

	for (size_t i = 0; i < q->n_options; i++)
		if (2 * q->options[i].points <= half_points && q->options[i].points > most) {
			most = q->options[i].points;
			best = (struct answer){ ANSWER_OPTION, (int)i };
		}
	for (size_t i = 0; i < q->n_steps; i++)
		if (2 * q->steps[i].points <= half_points && q->steps[i].points > most) {
			most = q->steps[i].points;
			best = (struct answer){ ANSWER_LEVEL, q->steps[i].from };
		}
	return best;
}

static void answers_at(const struct scorecard *sc, const int *questions, struct answer *ret)
{
	for (size_t i = 0; i < sc->n_questions; i++)
		ret[i] = answer_at(&sc->questions[i], questions[i]);
	answers_asked(sc, ret, ret);
}

void standing_answers(const struct scorecard *sc, const struct standing *from, struct answer *ret)
{
	answers_at(sc, from->questions, ret);
}

/* Every step that a standing leaves open, in the order of leverage. */
static size_t choices_list(const struct scorecard *sc, const int *questions, struct choice *ret)
{
	struct answer answers[SCORECARD_QUESTIONS_MAX];
	size_t n = 0;

	assert(sc->n_questions <= SCORECARD_QUESTIONS_MAX);
	answers_at(sc, questions, answers);
	for (size_t k = 0; k < sc->n_questions; k++) {
		size_t i = sc->leverage[k];
		const struct question *q = &sc->questions[i];
		struct choice choice = { .question = i };

		if (!condition_holds(&q->asked_when, answers) ||
		    question_step(q, answers[i], &choice.to) == 0)
			continue;
		choice.gain = 2 * question_points(q, choice.to) - questions[i];
		ret[n++] = choice;
	}
	return n;
}

struct standing standing_provisional(struct arena *a, const struct scorecard *sc,
				     const struct standing *from, const bool *served)
{
	struct choice choices[SCORECARD_QUESTIONS_MAX];
	int *questions = arena_new(a, int, sc->n_questions);
	bool risen[SCORECARD_QUESTIONS_MAX] = { 0 };
	bool again = true;

	memcpy(questions, from->questions, sc->n_questions * sizeof *questions);
	/* Again, since one that rises may cause another to be asked. */
	while (again) {
		size_t n = choices_list(sc, questions, choices);

		again = false;
		for (size_t i = 0; i < n; i++) {
			size_t question = choices[i].question;

			if (!served[question] || risen[question])
				continue;
			questions[question] += choices[i].gain;
			risen[question] = again = true;
		}
	}
	return standing_sum(sc, questions);
}

struct median_way median_way(struct arena *a, const struct scorecard *sc,
			     const struct standing *from)
{
	struct choice choices[SCORECARD_QUESTIONS_MAX];
	int now[SCORECARD_QUESTIONS_MAX];
	struct median_way way = { .has_next = from->band + 1 < sc->n_bands };
	int needed;
	size_t n;

	if (!way.has_next)
		return way;
	assert(sc->n_questions <= SCORECARD_QUESTIONS_MAX);
	memcpy(now, from->questions, sc->n_questions * sizeof *now);
	way.needed = needed = 2 * sc->bands[from->band + 1].min - 1 - from->score;
	while (needed > 0 && (n = choices_list(sc, now, choices)) > 0) {
		needed -= choices_take(choices, n, needed);
		for (size_t i = 0; i < n; i++) {
			size_t question = choices[i].question;
			int to = now[question] + choices[i].gain;

			if (!choices[i].taken)
				continue;
			*vec_push(a, &way.steps) =
				(struct median_step){ question, now[question], to, choices[i].to };
			now[question] = to;
		}
	}
	return way;
}
