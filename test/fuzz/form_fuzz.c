/* Any bytes as a form: what is accepted is text with names, within the limits. */
#include "http/form.h"

#include <assert.h>

#include "base/utf8.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arg_pairs pairs = { NULL, 0 };
	struct arena a;
	int r;

	arena_init(&a, (size_t)4 << 20);
	r = form_parse(&a, str_make((const char *)data, size), QUERY_PAIRS_MAX, &pairs);
	assert(r == 0 || r == 400 || r == 413);
	assert(pairs.n <= QUERY_PAIRS_MAX);
	for (size_t i = 0; i < pairs.n; i++) {
		assert(pairs.items[i].name.len > 0 && pairs.items[i].name.len <= FIELD_NAME_MAX);
		assert(utf8_valid(pairs.items[i].name) && utf8_valid(pairs.items[i].value));
	}
	arena_release(&a);
	return 0;
}
