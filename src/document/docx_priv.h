/*
 * The inside of the DOCX writer. docx.c makes the package; docx_body.c writes blocks, docx_table.c
 * tables, docx_picture.c figures, docx_front.c cover, contents, header and footer. What does not depend on the
 * document (styles, package) is in docx/, embedded.
 *
 * What returns int gives 0 or a fault; strings live in x->a. Measures in the file: twentieths of a point ("twips") for text, EMU (12,700 to the point) for drawings.
 */
#ifndef JALON_DOCUMENT_DOCX_PRIV_H
#define JALON_DOCUMENT_DOCX_PRIV_H

#include "document/document_priv.h"
#include "document/xml_priv.h"
#include "document/zip.h"

extern const struct str docx_app;
extern const struct str docx_content_types;
extern const struct str docx_cover;
extern const struct str docx_numbering;
extern const struct str docx_package_rels;
extern const struct str docx_settings;
extern const struct str docx_styles;

#define DOCX_NAMESPACES                                                                    \
	" xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""        \
	" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"" \
	" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
#define DOCX_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

enum {
	TWIPS = 20,        /* to the point */
	EMU = 12700,       /* to the point */
	TEXT_TWIPS = 9306, /* TEXT_WIDTH */
};

struct docx {
	const struct document *doc;
	struct arena *a;      /* gone when the file is written */
	struct buf body;      /* of word/document.xml */
	struct buf relations; /* of the pictures */
	struct buf numbers;   /* instances of the numbered list, each counting from 1 */
	struct zip_files media;
	int n_pictures, n_headings, n_lists;
	bool keeps; /* the paragraphs being written are not parted from the next */
	struct err *err;
};

/* docx_body.c */
/* `s` as runs with the properties `properties` (XML of our own, may be empty): line feeds become line
 * breaks, tabs tabs. Nothing for an empty text. */
void docx_run(struct buf *b, const char *properties, struct str s);
/* A paragraph in `style`; nothing for an empty text. */
void docx_paragraph(struct docx *x, const char *style, struct str s);
/* Opens a paragraph in `style`, with more properties (in the schema's order after pStyle). */
void docx_open(struct buf *b, const char *style, const char *properties);
void docx_close(struct buf *b);
MUST_CHECK int docx_blocks(struct docx *x);

/* docx_table.c */
void docx_table(struct docx *x, const struct block *t);

/* docx_picture.c: a figure in a paragraph of its own; the pole and the mark, anchored on the cover. */
MUST_CHECK int docx_figure(struct docx *x, const struct block *b);
MUST_CHECK int docx_cover_picture(struct docx *x);
/* The logo under the mark, where there is one. */
MUST_CHECK int docx_logo(struct docx *x);

/* docx_front.c */
MUST_CHECK int docx_cover_page(struct docx *x);
void docx_contents(struct docx *x);
/* The page of everything after the cover. */
void docx_section(struct docx *x);
struct str docx_header(struct docx *x);
struct str docx_footer(struct docx *x);
/* The name of the bookmark of heading `n` (from 1) of the contents' levels. */
struct str docx_bookmark(struct docx *x, int n);

#endif
