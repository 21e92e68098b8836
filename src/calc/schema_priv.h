/* The schemas' texts, made by tools/embed.py. */
#ifndef JALON_CALC_SCHEMA_PRIV_H
#define JALON_CALC_SCHEMA_PRIV_H

#include "base/str.h"

extern const struct str schema_answers;
extern const struct str schema_consolidate_in;
extern const struct str schema_consolidate_out;
extern const struct str schema_quadrant_in;
extern const struct str schema_quadrant_out;
extern const struct str schema_rank_in;
extern const struct str schema_rank_out;
extern const struct str schema_score_in;
extern const struct str schema_score_out;

#endif
