/* Any bytes as the value of a header: every reader of values ends, and gives only what it promises. */
#include "http/header.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_make((const char *)data, size), cookie = { NULL, 0 }, name;
	struct media_type type;
	struct arena a;

	arena_init(&a, (size_t)4 << 20);
	if (cookie_get(s, S("a"), &cookie) == 0)
		for (size_t i = 0; i < cookie.len; i++)
			assert(cookie.data[i] > 0x20 && cookie.data[i] < 0x7F &&
			       !strchr("\",;\\", cookie.data[i]));
	if (media_type_parse(s, &type) == 0)
		assert(str_contains(type.essence, S("/")) && !str_contains(type.boundary, S("\"")));
	(void)accepts_gzip(s);
	assert(!etag_matches(s, S("\"none\"")) || str_contains(s, S("*")) ||
	       str_contains(s, S("\"none\"")));
	/* A file's name comes from texts, which are valid; what is written never leaves its header. */
	name = content_disposition(&a, utf8_valid(s) ? s : (struct str){ "", 0 });
	for (size_t i = 0; i < name.len; i++)
		assert(name.data[i] >= 0x20 && name.data[i] < 0x7F);
	arena_release(&a);
	return 0;
}
