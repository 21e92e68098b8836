/*
 * What the writers of this room share: the page, the limits, figures, the embedded fonts, and how the
 * columns of a table share its width. Lengths are points (1/72 inch).
 */
#ifndef JALON_DOCUMENT_DOCUMENT_PRIV_H
#define JALON_DOCUMENT_DOCUMENT_PRIV_H

#include <librsvg/rsvg.h>
#include <pango/pango.h>

#include "document/document.h"

/* A4 and its margins. */
#define PAGE_WIDTH 595.276
#define PAGE_HEIGHT 841.89
#define MARGIN_X 65.0 /* 23 mm */
#define MARGIN_TOP 65.0
#define MARGIN_BOTTOM 71.0
#define TEXT_WIDTH (PAGE_WIDTH - 2 * MARGIN_X)
#define TEXT_BOTTOM (PAGE_HEIGHT - MARGIN_BOTTOM)
#define TEXT_HEIGHT (TEXT_BOTTOM - MARGIN_TOP)

enum {
	CONTENTS_LEVELS = 2,
	FOOTER_MAX = 200,          /* code points of each text in the footer */
	TAG_MAX = 24,              /* code points of an item's marker: it is short by nature */
	TABLE_CAPTION_MAX = 300,   /* code points */
	MEASURED_ROWS = 200,       /* the widths of columns are taken from these */
	MEASURED_CHARACTERS = 300, /* and from that much of each cell */
	LOGO_WIDTH = 200,          /* points: a logo stands at the left of such a box */
	LOGO_HEIGHT = 60,
};

/* document.c */
/* Past DOCUMENT_BLOCKS_MAX, DOCUMENT_TEXT_MAX or DOCUMENT_COLUMNS_MAX. */
bool document_is_too_long(const struct document *d);
/* 1..3 whatever the block says. */
int block_level(const struct block *b);

/* Writes a document into `a`; `work` holds what is needed meanwhile. 0, DOCUMENT_TOO_LONG or a fault. */
typedef int document_writer(struct arena *a, struct arena *work, const struct document *d,
			    PangoFontMap *fonts, struct str *ret, struct err *err);
/* fonts.c: runs it with a font map that knows the embedded fonts only, which is also librsvg's; one at a time per
 * process. Returns what `write` returns, DOCUMENT_TOO_LONG, or a fault when the fonts cannot be had. */
MUST_CHECK int document_alone(struct arena *a, const struct document *d, document_writer *write,
			      struct str *ret, struct err *err);

/* figure.c */
/* A figure's drawing and its shape (height for a width of 1). g_object_unref() it. 0, or FAULT_INTERNAL when it is no
 * valid SVG. */
MUST_CHECK int figure_open(struct str svg, RsvgHandle **ret, double *ret_shape, struct err *err);
/* Width and height of a figure on paper, never higher than a page. */
void figure_size(const struct block *b, double shape, double *ret_width, double *ret_height);

/* columns.c: every column its natural width when all fit, and the rest to the texts; else the widest
 * share what the others leave. `width` holds the natural widths and becomes the ones to use. */
void columns_fit(double *width, const bool *is_number, size_t n, double available);

#endif
