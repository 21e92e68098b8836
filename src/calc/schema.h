/* The published JSON Schemas (2020-12) of the calculators' documents: src/calc/schemas, embedded. */
#ifndef JALON_CALC_SCHEMA_H
#define JALON_CALC_SCHEMA_H

#include "base/err.h"
#include "base/str.h"

/* The schema of that file name ("score-in.json", "score-out.json", … "answers.json"): 0, or 1 when
 * there is none. Its text lives for ever. */
MUST_CHECK int schema_find(struct str name, struct str *ret);

#endif
