/* The first byte chooses a calculator, the rest is its document: it computes or says why not. */
#include "calc/calc.h"

#include <assert.h>
#include <stdint.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct calc_errors errors = { .n = 0 };
	struct arena a, scratch;
	struct str result;
	int r;

	if (size == 0)
		return 0;
	arena_init(&a, CALC_ARENA_BYTES);
	arena_init(&scratch, CALC_SCRATCH_BYTES);
	r = calc_run(&a, scratch, LANG_EN, (enum calculator)(data[0] % CALC_N),
		     str_make((const char *)data + 1, size - 1), &result, &errors);
	assert((r == CALC_OK) == (errors.n == 0));
	assert(r != CALC_OK || result.len > 0);
	arena_release(&scratch);
	arena_release(&a);
	return 0;
}
