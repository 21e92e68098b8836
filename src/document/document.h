/*
 * Documents: built once as a list of blocks, written as PDF or DOCX. Texts are plain UTF-8; figures are
 * SVG from chart/.
 */
#ifndef JALON_DOCUMENT_DOCUMENT_H
#define JALON_DOCUMENT_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

enum block_kind {
	BLOCK_HEADING, /* level 1..3; level 1 begins a page unless a third of one is left */
	BLOCK_PARAGRAPH,
	BLOCK_LEAD, /* a larger paragraph */
	BLOCK_FACT, /* a very large short text ("environ 50 %") with a caption above it */
	BLOCK_LIST, /* items, numbered or not */
	BLOCK_TABLE,
	BLOCK_FIGURE, /* SVG with alternative text */
	BLOCK_NOTE,   /* a set-apart paragraph */
};

struct list_item {
	struct str title; /* set bold; may be empty */
	struct str detail;
	struct str tag; /* short marker at the right, 24 code points at most; may be empty */
};

struct table_cell {
	struct str text;
	bool is_number; /* right-aligned */
};

struct block {
	enum block_kind kind;
	bool keeps_next;    /* not parted from the block after it: see document_keep() */
	int level;          /* heading */
	struct str text;    /* heading, paragraph, lead, fact, note; alternative text of a figure;
	                     * caption of a table */
	struct str caption; /* fact; figure: a line above it, which stays with it; may be empty */
	bool numbered;      /* list */
	bool is_boxed; /* list of plain items: an empty box before each, to be ticked by hand */
	const struct list_item *items;
	size_t n_items;
	size_t n_columns, n_rows;       /* table: the first row is the header, and a text in the
	                                 * first column heads its row */
	const struct table_cell *cells; /* n_rows × n_columns */
	struct str svg;                 /* figure: standalone SVG with a viewBox */
	double width;                   /* figure: share of the text width, 0 < width <= 1 */
};
struct blocks VEC(struct block);

struct document {
	struct str title;
	struct str subtitle;
	struct str kind;       /* what it is, on the cover; may be empty */
	struct str author;     /* may be empty */
	struct str logo;       /* the author's, of document_logo(); may be empty */
	struct str language;   /* "fr", "en" */
	struct str date;       /* as printed on the cover */
	int64_t created_ms;    /* in the file's properties: the same input gives the same bytes */
	struct str page_label; /* "page {page} sur {pages}", filled in by the writer */
	struct str
		contents_title; /* heading of the contents (levels 1 and 2); empty: no contents */
	struct blocks blocks;
};

/* A picture's file as a cover's logo, in `a`. PNG and JPEG; what cannot be read is left out when it is drawn.
 * Empty for other media types. */
struct str document_logo(struct arena *a, struct str type, struct str bytes);

/*
 * Add blocks, in the order of the calls, in `a`, as what they return is; texts are borrowed until the document is
 * written. An empty paragraph or note is left out.
 */
void document_heading(struct arena *a, struct document *d, int level, struct str text);
void document_paragraph(struct arena *a, struct document *d, struct str text);
void document_lead(struct arena *a, struct document *d, struct str text);
void document_fact(struct arena *a, struct document *d, struct str text, struct str caption);
void document_note(struct arena *a, struct document *d, struct str text);
/* Over the whole width. `words` stands for it where it is not seen; the caption may be empty. */
void document_figure(struct arena *a, struct document *d, struct str svg, struct str words,
		     struct str caption);
/* Returns its `n` items, empty, to be filled in. */
struct list_item *document_list(struct arena *a, struct document *d, size_t n, bool numbered);
/* The same as boxes to be ticked. */
struct list_item *document_boxes(struct arena *a, struct document *d, size_t n);
/* Returns its cells, empty, to be filled in row by row; `n_rows` counts the header. */
struct table_cell *document_table(struct arena *a, struct document *d, struct str caption,
				  size_t n_columns, size_t n_rows);
/* Keeps the blocks from index `from` on together: they begin a new page rather than part over two, unless they are
 * higher than one. For headings, paragraphs, notes, lists, figures and tables of a few rows. */
void document_keep(struct document *d, size_t from);
/* Any kind, its members to be filled in. */
struct block *document_block(struct arena *a, struct document *d, enum block_kind kind);

static inline struct table_cell table_text(struct str text)
{
	return (struct table_cell){ .text = text };
}

static inline struct table_cell table_number(struct str text)
{
	return (struct table_cell){ .text = text, .is_number = true };
}

enum document_outcome {
	DOCUMENT_OK = 0,
	DOCUMENT_TOO_LONG = 1, /* past one of the limits below */
};

enum {
	DOCUMENT_BLOCKS_MAX = 5000,
	DOCUMENT_TEXT_MAX = 4 * 1024 * 1024, /* bytes of all texts and figures */
	DOCUMENT_PAGES_MAX = 2000,
	DOCUMENT_COLUMNS_MAX = 16,             /* of a table */
	DOCUMENT_BYTES_MAX = 64 * 1024 * 1024, /* of the file */
};

/*
 * Writes an A4 PDF with a cover, page numbers, outline, tags, language and embedded fonts. The bytes
 * live in `a`. One at a time per process (pango and librsvg are not asked to share): others wait, so
 * callers are job threads. Returns an enum document_outcome; FAULT_INTERNAL when a figure is not valid
 * SVG, FAULT_SYSTEM when memory files are refused.
 *
 * Any UTF-8 is taken. Latin letters of all Europe have their glyphs; a character that the embedded font
 * lacks is drawn as a box that holds its number and is not found by a search. A table cell higher than
 * half a page is cut, with an ellipsis.
 */
MUST_CHECK int document_pdf(struct arena *a, const struct document *d, struct str *ret,
			    struct err *err);

/*
 * Writes the same document as an A4 DOCX to be worked on: real heading styles, contents, lists and tables
 * with header rows, figures as SVG and PNG with their alternative text, language and title. Waits, limits,
 * outcomes and faults are the PDF's, but for the number of pages, which only a word processor knows.
 *
 * Any UTF-8 is taken; what XML has no place for (controls, U+FFFE, U+FFFF) is shown as U+FFFD.
 */
MUST_CHECK int document_docx(struct arena *a, const struct document *d, struct str *ret,
			     struct err *err);

/* To be read, or to be worked on. */
enum document_form { DOCUMENT_PDF, DOCUMENT_DOCX };

/* Writes either. For documents of which Jalon bounds the size: one past the limits is FAULT_INTERNAL. 0
 * or a fault. */
MUST_CHECK int document_write(struct arena *a, const struct document *d, enum document_form form,
			      struct str *ret, struct err *err);

#endif
