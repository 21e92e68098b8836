/* Any valid text, everywhere a document takes one: a PDF comes out, or the limit says no. */
#include <assert.h>

#include "base/utf8.h"
#include "document/document.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_make((const char *)data, size), pdf;
	struct document d = { .title = s,
			      .subtitle = s,
			      .kind = s,
			      .author = s,
			      .language = s,
			      .date = s,
			      .page_label = s,
			      .contents_title = s };
	struct list_item item = { s, s, s };
	struct table_cell cells[] = { { s, false }, { s, true }, { s, true }, { s, false } };
	struct arena a;

	if (size > 4096 || !utf8_valid(s))
		return 0;
	arena_init(&a, (size_t)64 << 20);
	d.logo = document_logo(&a, S("image/png"), s);
	for (int kind = BLOCK_HEADING; kind <= BLOCK_NOTE; kind++) {
		struct block *b = document_block(&a, &d, (enum block_kind)kind);

		b->text = b->caption = s;
		b->items = &item;
		b->n_items = 1;
		b->cells = cells;
		b->n_rows = b->n_columns = 2;
		b->svg = S("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2 1\"/>");
	}
	assert(document_pdf(&a, &d, &pdf, NULL) == 0);
	assert(str_starts(pdf, S("%PDF-")));
	arena_release(&a);
	return 0;
}
