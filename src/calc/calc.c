/* The calculators' one entrance: see calc.h. */
#include "calc/calc.h"

#include <assert.h>

#include "calc/calc_priv.h"

/* Every output is smaller than this: at most 2,000 elements of some 250 bytes and a name. */
enum { OUTPUT_BYTES_MAX = 8 * 1024 * 1024 };

static const struct {
	const char *name;
	void (*run)(struct calc *c, json_t *document);
} calculators[CALC_N] = {
	[CALC_SCORE] = { "score", calc_score },
	[CALC_CONSOLIDATE] = { "consolidate", calc_consolidate },
	[CALC_QUADRANT] = { "quadrant", calc_quadrant },
	[CALC_RANK] = { "rank", calc_rank },
};

int calc_find(struct str name, enum calculator *ret)
{
	for (size_t i = 0; i < CALC_N; i++) {
		if (str_is(name, calculators[i].name)) {
			*ret = (enum calculator)i;
			return 0;
		}
	}
	return 1;
}

int calc_run(struct arena *a, struct arena scratch, enum language l, enum calculator c,
	     struct str json, struct str *ret_json, struct calc_errors *ret_errors)
{
	struct calc_errors errors = { .n = 0 };
	struct calc calc = {
		.reader = { .a = a, .language = l, .errors = &errors },
		.out = emitter_make(a, OUTPUT_BYTES_MAX),
		.scratch = &scratch,
	};
	json_t *document;
	int r;

	assert(c < CALC_N);
	r = reader_document(&calc.reader, json, &document);
	if (r == CALC_OK) {
		calculators[c].run(&calc, document);
		json_decref(document);
		r = errors.n > 0 ? CALC_INVALID : CALC_OK;
	}
	if (r != CALC_OK) {
		*ret_errors = errors;
		return r;
	}
	assert(!calc.out.buf.full);
	*ret_json = buf_str(&calc.out.buf);
	return CALC_OK;
}
