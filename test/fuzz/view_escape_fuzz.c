/* Any valid text through the escapers: nothing that could end its place comes out. */
#include "base/utf8.h"
#include "view/view.h"

#include <assert.h>

#include "fuzz.h"

static bool has_any(struct str s, const char *set)
{
	for (; *set; set++)
		if (s.len && memchr(s.data, *set, s.len))
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_make((const char *)data, size);
	struct arena a;
	struct req rq = { .arena = &a };
	struct view text, url, part;

	if (size > VIEW_PAGE_MAX / 8 || !utf8_valid(s))
		return 0;
	arena_init(&a, (size_t)64 << 20);
	text = view_make(&rq);
	url = view_make(&rq);
	part = view_make(&rq);
	view_text(&text, s);
	view_url(&url, s);
	view_percent(&part, s);
	assert(!has_any(buf_str(&text.out), "<>\"'"));
	assert(!has_any(buf_str(&url.out), "<>\"' \t\r\n\\"));
	assert(!has_any(buf_str(&part.out), "<>\"' \t\r\n\\&/?#:"));
	arena_release(&a);
	return 0;
}
