/*
 * Writes what office_test.py opens with other programs: samples FOLDER. Beside each document, NAME.json
 * holds every text that must be found in it, in order.
 */
#include "report.h"

#include "base/utf8.h"

#define LONG_BYTES (1024 * 1024)

/* Escapes of XML and Word, and characters that XML cannot hold; ends of lines and tabs. */
#define HOSTILE                                                                         \
	"<b>gras</b> &amp; &#0; ]]> <!-- <![CDATA[ \"'/> _x000D_ _x0041_ {{language}} " \
	"{page} %n %s \x01\x08\x0B\x1F\x7F \xEF\xBF\xBE\xEF\xBF\xBF\xEF\xB7\x90 "       \
	"\xE2\x80\xAE"                                                                  \
	"abc\xE2\x81\xA6 \xF0\x9F\x98\x80 \xD9\x85\xD8\xB1 \xE4\xB8\xAD "               \
	"\xCC\x81\xCC\x81\xCC\x81 ligne\nsuivante\r\ntroisième\tcolonne"

static void save(struct arena *a, const char *folder, const char *name, struct str bytes)
{
	FILE *file = fopen(str_fmt(a, "%s/%s", folder, name).data, "w");

	if (!file || fwrite(bytes.data, 1, bytes.len, file) != bytes.len || fclose(file)) {
		perror(name);
		exit(1);
	}
}

static void put_text(struct buf *b, struct str s)
{
	if (!s.len)
		return;
	buf_puts(b, b->len > 1 ? ",\n" : "");
	buf_quoted(b, s);
}

static void put_block(struct buf *b, const struct block *block)
{
	put_text(b, block->caption);
	put_text(b, block->text);
	for (size_t i = 0; i < block->n_items; i++) {
		put_text(b, block->items[i].title);
		put_text(b, utf8_prefix(block->items[i].tag, 24));
		put_text(b, block->items[i].detail);
	}
	for (size_t i = 0; i < block->n_rows * block->n_columns; i++)
		put_text(b, block->cells[i].text);
}

static void save_docx(struct arena *a, const char *folder, const char *name,
		      const struct document *d)
{
	struct buf texts = buf_make(a, 64 << 20);
	struct err err;
	struct str bytes;

	if (document_docx(a, d, &bytes, &err)) {
		(void)fprintf(stderr, "%s: %s\n", name, err.text);
		exit(1);
	}
	save(a, folder, str_fmt(a, "%s.docx", name).data, bytes);
	buf_putc(&texts, '[');
	put_text(&texts, d->title);
	put_text(&texts, d->subtitle);
	put_text(&texts, d->author);
	put_text(&texts, d->date);
	for (size_t i = 0; i < d->blocks.n; i++)
		put_block(&texts, &d->blocks.items[i]);
	buf_putc(&texts, ']');
	save(a, folder, str_fmt(a, "%s.json", name).data, buf_str(&texts));
}

/* A second list that counts from 1 again, rows over several pages, a figure of half the width. */
static struct document long_report(struct arena *a)
{
	enum { ROWS = 120 };
	struct document d = report(a);
	struct table_cell *cells = arena_new(a, struct table_cell, ROWS * 2);
	struct block *b;

	add_lists(a, &d);
	b = add(a, &d, BLOCK_TABLE, S("Un tableau sur plusieurs pages"));
	for (size_t i = 0; i < ROWS; i++) {
		cells[i * 2].text = i ? str_fmt(a, "Ligne-%03zu", i) : S("Intitulé-de-colonne");
		cells[i * 2 + 1] = (struct table_cell){ str_fmt(a, "%zu", i * 7), i > 0 };
	}
	b->cells = cells;
	b->n_rows = ROWS;
	b->n_columns = 2;
	add_figure(a, &d);
	d.blocks.items[d.blocks.n - 1].width = .5;
	return d;
}

static struct document megabyte(struct arena *a)
{
	struct document d = a_document();
	struct buf text = buf_make(a, 2 * LONG_BYTES);

	while (text.len < LONG_BYTES)
		buf_fmt(&text, "mot%zu & ", text.len);
	document_paragraph(a, &d, buf_str(&text));
	document_paragraph(a, &d, S("Après-le-long"));
	return d;
}

int main(int argc, char **argv)
{
	struct document d;
	struct arena a;

	if (argc != 2)
		return 2;
	arena_init(&a, (size_t)1 << 30);
	d = long_report(&a);
	save_docx(&a, argv[1], "report", &d);
	d = full_of(&a, S(HOSTILE));
	save_docx(&a, argv[1], "hostile", &d);
	d = megabyte(&a);
	save_docx(&a, argv[1], "long", &d);
	arena_release(&a);
	return 0;
}
