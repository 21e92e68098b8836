/*
 * The calculators: the framework's arithmetic as one JSON document in, one JSON document out. The
 * command line (`jalon calc score FILE`) and the API (`POST /api/v1/calc/score`) are two faces of
 * calc_run(). The documents are described by JSON Schemas, published beside the API (schema.h).
 *
 * In the documents, shares have 4 decimals, indexes 2, a consolidated score 1, strengths 6; they come
 * from fixed point, so that what is printed is exact.
 */
#ifndef JALON_CALC_CALC_H
#define JALON_CALC_CALC_H

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "i18n/i18n.h"

enum calculator { CALC_SCORE, CALC_CONSOLIDATE, CALC_QUADRANT, CALC_RANK, CALC_N };

/* What a document may hold; the schemas say the same. */
enum {
	CALC_BYTES_MAX = 8 * 1024 * 1024,
	CALC_DEPTH_MAX = 16,
	CALC_VALUES_MAX = 600000, /* of any kind: what bounds the memory that parsing takes */
	CALC_ERRORS_MAX = 100,
	CALC_NAME_MAX = 200, /* code points of a department's, project's or item's name */
	CALC_RESPONSES_MAX = 10000,
	CALC_DEPARTMENTS_MAX = 1000,
	CALC_THRESHOLD_MAX = 1000,
	CALC_PROJECTS_MAX = 2000,
	CALC_ITEMS_MAX = 200,
	CALC_COMPARISONS_MAX = 100000,
	CALC_COUNT_MAX = 1000000,
	CALC_ARENA_BYTES = 16 * 1024 * 1024,
	CALC_SCRATCH_BYTES = 16 * 1024 * 1024,
};

/* One thing wrong with a document. */
struct calc_error {
	struct str path;    /* "$.answers.lineage"; printable */
	struct str message; /* in the language that was asked for, printable */
};
struct calc_errors VEC(struct calc_error);

enum calc_outcome {
	CALC_OK = 0,
	CALC_MALFORMED = 1, /* not JSON, too large, too deep, too many values: one error, with line
			     * and column */
	CALC_INVALID = 2,   /* JSON, but not a document of this calculator: every error, at most
			     * CALC_ERRORS_MAX, in the order of the checks */
};

/*
 * Computes `json` with calculator `c`; what is said to people is in language `l`. CALC_OK fills *ret_json (no final line end); otherwise
 * *ret_errors is filled. Both in `a`; `scratch` is another arena. At their limits, documents take less
 * than CALC_ARENA_BYTES in `a` and CALC_SCRATCH_BYTES of scratch.
 */
MUST_CHECK int calc_run(struct arena *a, struct arena scratch, enum language l, enum calculator c,
			struct str json, struct str *ret_json, struct calc_errors *ret_errors);

/* The calculator called "score", "consolidate", …: 0, or 1 when there is none. */
MUST_CHECK int calc_find(struct str name, enum calculator *ret);

#endif
