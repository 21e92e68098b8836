/*
 * The inside of the PDF writer. pdf.c drives; pdf_flow.c holds pages, drawing and tags; pdf_text.c lays
 * out text; pdf_blocks.c, pdf_list.c, pdf_table.c and pdf_cover.c draw; pdf_finish.c adds to the file
 * what cairo cannot write.
 *
 * A document is laid out twice by the same code: first with `drawing` false, to learn the number of
 * pages and where headings stand, then for good. Lengths are points (1/72 inch), y grows downwards.
 */
#ifndef JALON_DOCUMENT_PDF_PRIV_H
#define JALON_DOCUMENT_PDF_PRIV_H

#include <cairo.h>
#include <pango/pango.h>

#include "base/buf.h"
#include "document/document_priv.h"

/* The identity's colours, as on screen in the light theme. */
enum colour {
	COLOUR_INK,
	COLOUR_INK_2,
	COLOUR_EDGE,
	COLOUR_LINE,
	COLOUR_SUNK,
	COLOUR_HERE,
	COLOUR_PAPER
};

/* How a text looks. */
enum look {
	LOOK_BODY,
	LOOK_LEAD,
	LOOK_H1,
	LOOK_H2,
	LOOK_H3,
	LOOK_FACT,
	LOOK_CAPTION,
	LOOK_ITEM,
	LOOK_DETAIL,
	LOOK_TAG,
	LOOK_NOTE,
	LOOK_CELL,
	LOOK_HEADER,
	LOOK_FOOTER,
	LOOK_MARK,
	LOOK_TITLE,
	LOOK_SUBTITLE,
	LOOK_BRAND,
	LOOK_ENTRY,
	LOOK_CHAPTER,
};

/* Where a heading stands: learnt in the first pass, used by the contents of the second. */
struct heading_place {
	int page;
	int y;
};

struct strs VEC(struct str);
struct places VEC(struct heading_place);
struct scopes VEC(bool);

struct pdf {
	const struct document *doc;
	struct arena *a; /* gone when the document is written */
	struct buf out;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoFontMap *fonts;
	PangoContext *context;
	bool drawing;
	bool has_footer; /* the page being filled is not the cover */
	int page, pages; /* from 1; `pages` is known in the second pass */
	double y;        /* top of what comes next */
	struct places places;
	int outline[4];           /* the last entry of each level; [0] is the root */
	struct strs alternatives; /* of the figures, in order */
	struct scopes scopes;     /* of the header cells, in order: true for a column's */
	int status; /* first outcome or fault; drawing goes on being harmless after it */
	struct err *err;
};

/* pdf_text.c */
/* A text for cairo itself: titles, entries of the outline. */
const char *pdf_c_text(struct pdf *p, struct str s);
/* `s` laid out in `width` points, or on one line when width is 0. g_object_unref() it. */
PangoLayout *pdf_layout(struct pdf *p, enum look look, struct str s, double width);
double pdf_line_height(enum look look);
double pdf_layout_height(PangoLayout *l, enum look look);
double pdf_layout_width(PangoLayout *l);
/* Height of `s` in `width`. */
double pdf_text_height(struct pdf *p, enum look look, struct str s, double width);
double pdf_text_width(struct pdf *p, enum look look, struct str s);
/* Draws lines [from, to) of `l` with the first one's top at `y`. */
void pdf_draw_lines(struct pdf *p, PangoLayout *l, enum look look, double x, double y, int from,
		    int to);
/* `s` tagged `tag` at (x, y) in `width`, without regard to the page's end. Returns its height. */
double pdf_text_at(struct pdf *p, const char *tag, enum look look, struct str s, double x, double y,
		   double width);
/* `s` at the current place, over pages if need be, at least two lines on each side of a break. */
void pdf_flow_text(struct pdf *p, const char *tag, enum look look, struct str s, double x,
		   double width);

/* pdf_flow.c */
/* The first status that is not 0 stays. */
void pdf_fail(struct pdf *p, int status);
void pdf_colour(struct pdf *p, enum colour c);
void pdf_rect(struct pdf *p, enum colour c, double x, double y, double width, double height);
/* The red-and-white pole, `n` stripes down. */
void pdf_pole(struct pdf *p, double x, double y, double width, double height, int n);
/* Tags: nothing in the first pass. What carries no meaning is drawn between the last two. */
void pdf_tag(struct pdf *p, const char *tag);
void pdf_tag_with(struct pdf *p, const char *tag, const char *attributes);
void pdf_tag_end(struct pdf *p, const char *tag);
void pdf_ornament(struct pdf *p);
void pdf_ornament_end(struct pdf *p);
double pdf_room(const struct pdf *p);
/* Ends the page, with its footer. */
void pdf_page_break(struct pdf *p);
/* A new page when less than `height` is left (and something stands on this one). */
void pdf_need(struct pdf *p, double height);
/* Space before a block: none at the top of a page. */
void pdf_space(struct pdf *p, double height);

/* pdf_blocks.c: draws one; the height that must fit for a heading to stand before it. */
void pdf_block(struct pdf *p, const struct block *b, size_t next);
double pdf_block_start(struct pdf *p, size_t index);
/* pdf_list.c, pdf_table.c: the same for these. */
void pdf_list(struct pdf *p, const struct block *b);
double pdf_list_start(struct pdf *p, const struct block *b);
double pdf_list_height(struct pdf *p, const struct block *b);
void pdf_table(struct pdf *p, const struct block *b);
double pdf_table_start(struct pdf *p, const struct block *b);
/* pdf_cover.c */
void pdf_cover(struct pdf *p);
void pdf_contents(struct pdf *p);

/* pdf_finish.c: the file with language, alternative texts, header scopes and artifacts. Bytes in `a`. 0 or
 * a fault. */
MUST_CHECK int pdf_finish(struct arena *a, struct pdf *p, struct str *ret, struct err *err);

#endif
