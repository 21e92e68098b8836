/* Clean heads: see head.h. */
#include "http/head.h"

enum { LINE_END = 2 }; /* CRLF */

static const char *end_of(struct str s)
{
	return s.data + s.len;
}

bool head_is_clean(const struct raw_head *h)
{
	const char *at = end_of(h->version) + LINE_END;

	if (h->target.data != end_of(h->method) + 1 || h->version.data != end_of(h->target) + 1)
		return false;
	for (size_t i = 0; i < h->headers.n; i++) {
		const struct header *f = &h->headers.items[i];

		/* After the colon any number of blanks was skipped. */
		if (f->name.data != at || f->value.data <= end_of(f->name))
			return false;
		at = end_of(f->value) + LINE_END;
	}
	return at + LINE_END == h->method.data + h->size;
}
