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
	if (text.len)
		document_block(a, d, BLOCK_PARAGRAPH)->text = text;
}

void document_lead(struct arena *a, struct document *d, struct str text)
{
	document_block(a, d, BLOCK_LEAD)->text = text;
}

void document_fact(struct arena *a, struct document *d, struct str text, struct str caption)
{
	struct block *b = document_block(a, d, BLOCK_FACT);

	b->text = text;
	b->caption = caption;
}

void document_note(struct arena *a, struct document *d, struct str text)
{
	if (text.len)
		document_block(a, d, BLOCK_NOTE)->text = text;
}

void document_figure(struct arena *a, struct document *d, struct str svg, struct str words,
		     struct str caption)
{
	struct block *b = document_block(a, d, BLOCK_FIGURE);

	b->svg = svg;
	b->text = words;
	b->caption = caption;
	b->width = 1.0;
}

/* A list like `kind`, with `n` empty items. */
static struct list_item *list(struct arena *a, struct document *d, size_t n, struct block kind)
{
	struct list_item *items = arena_new(a, struct list_item, n);
	struct block *b = document_block(a, d, BLOCK_LIST);

	b->numbered = kind.numbered;
	b->is_boxed = kind.is_boxed;
	b->items = items;
	b->n_items = n;
	return items;
}

struct list_item *document_list(struct arena *a, struct document *d, size_t n, bool numbered)
{
	return list(a, d, n, (struct block){ .numbered = numbered });
}

struct list_item *document_boxes(struct arena *a, struct document *d, size_t n)
{
	return list(a, d, n, (struct block){ .is_boxed = true });
}

struct table_cell *document_table(struct arena *a, struct document *d, struct str caption,
				  size_t n_columns, size_t n_rows)
{
	struct table_cell *cells = arena_new(a, struct table_cell, n_columns * n_rows);
	struct block *b = document_block(a, d, BLOCK_TABLE);

	b->text = caption;
	b->n_columns = n_columns;
	b->n_rows = n_rows;
	b->cells = cells;
	return cells;
}

void document_keep(struct document *d, size_t from)
{
	for (size_t i = from; i + 1 < d->blocks.n; i++)
		d->blocks.items[i].keeps_next = true;
}

int document_write(struct arena *a, const struct document *d, enum document_form form,
		   struct str *ret, struct err *err)
{
	int r = 0;

	switch (form) {
	case DOCUMENT_PDF:
		r = document_pdf(a, d, ret, err);
		break;
	case DOCUMENT_DOCX:
		r = document_docx(a, d, ret, err);
		break;
	}
	return r > 0 ? err_set(err, FAULT_INTERNAL, "a document outgrew its limits") : r;
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
