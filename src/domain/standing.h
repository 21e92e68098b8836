/*
 * From a consolidated score onwards: with what a workshop agreed on, with actions done, and the shortest
 * way to the next band. Each stands beside the score as answered, never instead.
 *
 * A standing is what each question is worth now, in half points: the medians, or what was agreed. One
 * step up from a standing leads to the least answer that gives more points; from between two answers,
 * that is to the upper one and gains half a point or so.
 */
#ifndef JALON_DOMAIN_STANDING_H
#define JALON_DOMAIN_STANDING_H

#include "domain/consolidate.h"

struct standing {
	int *questions; /* one per question, in half points */
	int score;      /* their sum */
	int points;     /* rounded half up: the band is taken from it */
	size_t band;
};

/* The medians as they are, in `a`. */
struct standing standing_raw(struct arena *a, const struct scorecard *sc,
			     const struct consolidation *c);

/*
 * With agreed answers instead of medians where there are some, in `a`: `agreed` holds one per question,
 * ANSWER_MISSING where nothing was agreed. "Unknown" may be agreed and counts 0, as everywhere.
 *
 * A question whose condition rests on agreed answers only, and does not hold for them, counts 0, whatever
 * its median or what was agreed on it: what would not be asked gives no points. Where the condition
 * rests on a question nothing was agreed on, respondents differ, and the median stays.
 */
struct standing standing_agreed(struct arena *a, const struct scorecard *sc,
				const struct consolidation *c, const struct answer *agreed);

/*
 * Provisional: as if the actions had been done that serve the questions marked in `served`, one mark per
 * question. Each rises by one step, once however many actions serve it (they are ways to the same
 * step), not above its maximum, and only if it counts as asked (see median_way()) before or after the
 * others have risen. In `a`.
 */
struct standing standing_provisional(struct arena *a, const struct scorecard *sc,
				     const struct standing *from, const bool *served);

/* Answers that are worth such a standing: for each question the best one not worth more, missing where there is
 * none or where the question would not be asked. Into `ret`, one per question. */
void standing_answers(const struct scorecard *sc, const struct standing *from, struct answer *ret);

/* One step on the way. */
struct median_step {
	size_t question;
	int from, to;         /* in half points */
	struct answer answer; /* what it leads to: the least answer worth `to` */
};
struct median_steps VEC(struct median_step);

struct median_way {
	bool has_next; /* false in the last band: nothing else is set */
	int needed;    /* half points to the least score of the next band */
	struct median_steps steps;
};

/*
 * The shortest way from a standing to the next band, in `a`: as for one response (score_compute()), the
 * smallest set of one-step improvements, at most one per question, between equals the first by leverage;
 * when all together fall short, all of them and the rest from there. Because scores round half up, the
 * next band is reached half a point below its first point.
 *
 * Whether a question is asked is told from the standing: for each question, the best answer not worth
 * more than it.
 */
struct median_way median_way(struct arena *a, const struct scorecard *sc,
			     const struct standing *from);

#endif
