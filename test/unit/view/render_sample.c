/* Renders sample.html with the text of standard input in every place; for roundtrip_test.py. */
#include <assert.h>

#include "base/utf8.h"
#include "request.h"
#include "sample.h"
#include "sample_tpl.h"

enum { TEXT_MAX = 65536 };

int main(void)
{
	static char text[TEXT_MAX + 1];
	size_t len = fread(text, 1, TEXT_MAX, stdin);
	struct str s = str_make(text, len);
	struct sample_item items[] = { { s }, { s } };
	struct sample sample = { .text = s, .c_text = text, .items = items, .n_items = 2 };
	struct arena a;
	struct req rq;
	struct view v;
	struct str page;

	assert(utf8_valid(s));
	arena_init(&a, (size_t)64 << 20);
	rq = request_make(&a, LANG_EN);
	v = view_make(&rq);
	sample_page(&v, &sample);
	page = view_html(&v).markup;
	fwrite(page.data, 1, page.len, stdout);
	arena_release(&a);
	return 0;
}
