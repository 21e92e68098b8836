/* Any bytes as a request target: a path that is accepted stays where it seems to be. */
#include "http/path.h"

#include <assert.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct target t;
	struct str path, query;
	struct arena a;

	arena_init(&a, (size_t)4 << 20);
	if (target_split(str_make((const char *)data, size), &t) == 0) {
		assert(t.path.len > 0 && t.path.data[0] == '/');
		if (path_decode(&a, t.path, &path) == 0) {
			struct str whole = str_fmt(&a, "%.*s/", STR_ARG(path));

			assert(utf8_valid(path) && !utf8_has_control(path));
			assert(!str_contains(whole, S("/../")) && !str_contains(whole, S("/./")));
			assert(!str_contains(path, S("//")) && !str_contains(path, S("\\")));
		}
		if (percent_decode(&a, t.query, true, &query) == 0)
			assert(utf8_valid(query) && query.len <= t.query.len);
	}
	arena_release(&a);
	return 0;
}
