/* Any bytes as multipart/form-data with boundary "b": names are clean, values text without the delimiter. */
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
	r = multipart_parse(&a, S("b"), str_make((const char *)data, size), &pairs);
	assert(r == 0 || r == 400 || r == 413 || r == 415);
	assert(pairs.n <= FORM_FIELDS_MAX);
	for (size_t i = 0; i < pairs.n; i++) {
		assert(pairs.items[i].name.len > 0 && pairs.items[i].name.len <= FIELD_NAME_MAX);
		assert(utf8_valid(pairs.items[i].name) && !utf8_has_control(pairs.items[i].name));
		assert(utf8_valid(pairs.items[i].value) &&
		       !str_contains(pairs.items[i].value, S("\r\n--b")));
	}
	arena_release(&a);
	return 0;
}
