/*
 * A scorecard for the domain's tests, written by hand so that they need no pack: the fifteen questions
 * of the framework's first phase, in its order, with an order of leverage of its own.
 */
#ifndef JALON_TEST_UNIT_DOMAIN_FIXTURE_H
#define JALON_TEST_UNIT_DOMAIN_FIXTURE_H

#include "domain/consolidate.h"

/* Everything lives in `a`. */
struct scorecard fixture_scorecard(struct arena *a);

/* Answers written as "lineage=some bi-success=7 …"; the rest missing. Fails the test on a bad one. */
struct answer *fixture_answers(struct arena *a, const struct scorecard *sc, struct str text);

/* Medians written as "lineage=1 etl=0.5", in points, the rest 0, as a consolidation holds them, with
 * their sum and its band. Fails the test on a bad one. */
struct consolidation fixture_medians(struct arena *a, const struct scorecard *sc, struct str text);

/* Ids of `n` questions, joined by spaces; "-" when there are none. */
struct str fixture_ids(struct arena *a, const struct scorecard *sc, const size_t *questions,
		       size_t n);

/* The whole of a test's data file, in `a`. Test programs know their folder as JALON_TEST_DATA. */
struct str fixture_file(struct arena *a, const char *path);

/* A small generator of reproducible numbers below `n`; `state` starts at any value but 0. */
unsigned fixture_random(unsigned *state, unsigned n);

#endif
