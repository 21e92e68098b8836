/* Building documents: see document.h. */
#include "document/document_priv.h"

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

static size_t block_bytes(const struct block *b)
{
	size_t n = b->text.len + b->caption.len + b->svg.len;

	for (size_t i = 0; i < b->n_items; i++)
		n += b->items[i].title.len + b->items[i].detail.len + b->items[i].tag.len;
	for (size_t i = 0; i < b->n_rows * b->n_columns; i++)
		n += b->cells[i].text.len;
	return n;
}

bool document_is_too_long(const struct document *d)
{
	size_t n = d->title.len + d->subtitle.len + d->author.len;

	if (d->blocks.n > DOCUMENT_BLOCKS_MAX)
		return true;
	for (size_t i = 0; i < d->blocks.n && n <= DOCUMENT_TEXT_MAX; i++) {
		if (d->blocks.items[i].n_columns > DOCUMENT_COLUMNS_MAX)
			return true;
		n += block_bytes(&d->blocks.items[i]);
	}
	return n > DOCUMENT_TEXT_MAX;
}

int block_level(const struct block *b)
{
	return b->level < 1 ? 1 : b->level > 3 ? 3 : b->level;
}
