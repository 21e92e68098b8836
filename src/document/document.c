/* Building documents: see document.h. */
#include "document/document.h"

struct block *document_block(struct arena *a, struct document *d, enum block_kind kind)
{
	struct block *b = vec_push(a, &d->blocks);

	b->kind = kind;
	return b;
}

void document_heading(struct arena *a, struct document *d, int level, struct str text)
{
	struct block *b = document_block(a, d, BLOCK_HEADING);

	b->level = level;
	b->text = text;
}

void document_paragraph(struct arena *a, struct document *d, struct str text)
{
	document_block(a, d, BLOCK_PARAGRAPH)->text = text;
}
