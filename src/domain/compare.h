/*
 * One round against an earlier one, question by question. Works on what both rounds show, never on
 * anyone's answers: nothing follows from it that was not shown before.
 */
#ifndef JALON_DOMAIN_COMPARE_H
#define JALON_DOMAIN_COMPARE_H

#include "domain/consolidate.h"

/* A round: its scorecard, which may be another version of the pack, and its result. */
struct round_result {
	const struct scorecard *sc;
	const struct consolidation *c;
};

/* A question that is in both rounds. */
struct question_change {
	size_t now, before;            /* indexes in each round's scorecard */
	int median_now, median_before; /* in half points */
	/* Whether both give points alike (the same answers, the same points), so that the medians
	 * compare; otherwise the question is listed and its change means nothing. */
	bool is_comparable;
	int change; /* in half points; 0 unless comparable */
};

struct round_change {
	struct question_change *questions; /* in the order of the later round */
	size_t n_questions;
	size_t *added; /* in the later round only */
	size_t n_added;
	size_t *removed; /* in the earlier round only: indexes there */
	size_t n_removed;
	/* Over the comparable questions, in half points, and the most they can give, in points. */
	int now, before, change, max;
	/* Whether the rounds compare as wholes: the same questions, all comparable, and the same bands.
	 * Then `now` and `before` are the scores. */
	bool is_whole;
	int band_change; /* bands up, or down when negative; 0 unless is_whole */
};

/* What changed from `before` to `now`, in `a`. Questions match by id. */
struct round_change round_compare(struct arena *a, struct round_result now,
				  struct round_result before);

#endif
