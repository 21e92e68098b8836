/* What the calculators share. */
#ifndef JALON_CALC_CALC_PRIV_H
#define JALON_CALC_CALC_PRIV_H

#include "calc/emit.h"
#include "calc/read.h"
#include "pack/pack.h"

/* One run of a calculator. */
struct calc {
	struct reader reader;
	struct emitter out;
	struct arena *scratch; /* gone when the run ends */
};

/*
 * Each reads `document`, and, when that left no error, writes the result. Texts may be borrowed from
 * the document until the run ends.
 */
void calc_score(struct calc *c, json_t *document);
void calc_consolidate(struct calc *c, json_t *document);
void calc_quadrant(struct calc *c, json_t *document);
void calc_rank(struct calc *c, json_t *document);

/* The pack that member "pack" of `document` names, which lives for ever; NULL, with an error, when there is none. */
const struct pack *reader_pack(struct reader *r, json_t *document);

/* The answers of object `v`, one per question, into `ret`. An error for each unknown question, each
 * value that is no answer, and each answer to a question that is not asked. */
void reader_answers(struct reader *r, const struct path *path, json_t *v,
		    const struct scorecard *sc, struct answer *ret);
/* An answer as the documents write it: null, "unknown", an option's id, a level. */
void emit_answer(struct emitter *e, const struct question *q, struct answer answer);

#endif
