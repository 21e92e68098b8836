/*
 * The shortest way to the next band: see score_compute().
 *
 * With at most one step per question, the k largest gains are the most that k steps can bring, so
 * the smallest k whose k largest gains suffice is the size of the answer. Among sets of k, the first
 * in the order of leverage is found by going down that order and taking a step whenever the best of
 * what follows can still complete it: the lexicographically first set, without trying them all.
 */
#include <assert.h>
#include <string.h>

#include "domain/scorecard_priv.h"

/* The most that `k` of the choices from index `first` on can bring. */
static int best_gain(const struct choice *choices, size_t first, size_t n, size_t k)
{
	int top[SCORECARD_QUESTIONS_MAX]; /* the gains seen, largest first */
	size_t seen = 0;
	int sum = 0;

	for (size_t i = first; i < n; i++) {
		size_t at = seen++;

		for (; at > 0 && top[at - 1] < choices[i].gain; at--)
			top[at] = top[at - 1];
		top[at] = choices[i].gain;
	}
	for (size_t i = 0; i < seen && i < k; i++)
		sum += top[i];
	return sum;
}

int choices_take(struct choice *choices, size_t n, int needed)
{
	size_t k = 0;
	int gained = 0;

	while (k < n && best_gain(choices, 0, n, k) < needed)
		k++;
	for (size_t i = 0; i < n && k > 0; i++) {
		int gain = choices[i].gain;

		if (n - i > k && gained + gain + best_gain(choices, i + 1, n, k - 1) < needed)
			continue;
		choices[i].taken = true;
		gained += gain;
		k--;
	}
	return gained;
}

/* Every step that `answers` leaves open. */
static size_t choices_list(const struct scorecard *sc, const struct answer *answers,
			   struct choice *ret)
{
	size_t n = 0;

	for (size_t k = 0; k < sc->n_questions; k++) {
		size_t i = sc->leverage[k];
		const struct question *q = &sc->questions[i];
		struct choice choice = { .question = i };

		if (condition_holds(&q->asked_when, answers))
			choice.gain = question_step(q, answers[i], &choice.to);
		if (choice.gain > 0)
			ret[n++] = choice;
	}
	return n;
}

struct steps shortest_way(struct arena *a, const struct scorecard *sc, const struct answer *answers,
			  int needed)
{
	struct answer now[SCORECARD_QUESTIONS_MAX];
	struct choice choices[SCORECARD_QUESTIONS_MAX];
	struct steps steps = { .n = 0 };
	size_t n;

	assert(sc->n_questions <= SCORECARD_QUESTIONS_MAX);
	memcpy(now, answers, sc->n_questions * sizeof *now);
	/* One round is the rule; another follows only when all steps together fell short. Each
	 * round raises at least one answer, so the rounds end. */
	while (needed > 0 && (n = choices_list(sc, now, choices)) > 0) {
		needed -= choices_take(choices, n, needed);
		for (size_t i = 0; i < n; i++) {
			const struct choice *c = &choices[i];

			if (!c->taken)
				continue;
			*vec_push(a, &steps) = (struct step){ .question = c->question,
							      .from = now[c->question],
							      .to = c->to,
							      .points = c->gain };
			now[c->question] = c->to;
		}
	}
	return steps;
}
