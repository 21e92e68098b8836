/* Tables of a document: whole rows, the header again on each page. See pdf_priv.h. */
#include "document/pdf_priv.h"

#include <math.h>

#include "base/utf8.h"

#define CELL_PAD 5.0 /* above and below a cell's text */
#define COLUMN_GAP 14.0
#define COLUMN_MIN 36.0
#define ROW_MAX (TEXT_HEIGHT / 2)   /* so that a row stands under its header */
#define WHOLE_MAX (TEXT_HEIGHT / 4) /* a table no higher is not cut by the end of a page */

enum {
	FIRST_ROWS = 3
}; /* a table that is cut has as many before the cut, where they are not too high */

struct table {
	const struct block *b;
	double x[DOCUMENT_COLUMNS_MAX], width[DOCUMENT_COLUMNS_MAX];
	bool is_number[DOCUMENT_COLUMNS_MAX];
};

static const struct table_cell *cell(const struct table *t, size_t row, size_t column)
{
	return &t->b->cells[row * t->b->n_columns + column];
}

static double natural_width(struct pdf *p, const struct table *t, size_t column)
{
	double width = COLUMN_MIN;

	for (size_t row = 0; row < t->b->n_rows && row < MEASURED_ROWS; row++) {
		/* Beyond a page's width nothing changes: a few hundred characters tell enough. */
		struct str s = utf8_prefix(cell(t, row, column)->text, MEASURED_CHARACTERS);

		width = fmax(width, pdf_text_width(p, row ? LOOK_CELL : LOOK_HEADER, s) + 1);
	}
	return width;
}

static struct table lay_out(struct pdf *p, const struct block *b)
{
	struct table t = { .b = b };
	double x = MARGIN_X;

	for (size_t i = 0; i < b->n_columns; i++) {
		t.width[i] = natural_width(p, &t, i);
		t.is_number[i] = b->n_rows > 1 && cell(&t, 1, i)->is_number;
	}
	columns_fit(t.width, t.is_number, b->n_columns,
		    TEXT_WIDTH - COLUMN_GAP * (double)(b->n_columns - 1));
	for (size_t i = 0; i < b->n_columns; i++) {
		t.x[i] = x;
		x += t.width[i] + COLUMN_GAP;
	}
	return t;
}

static PangoLayout *cell_layout(struct pdf *p, const struct table *t, size_t row, size_t column)
{
	PangoLayout *l = pdf_layout(p, row ? LOOK_CELL : LOOK_HEADER, cell(t, row, column)->text,
				    t->width[column]);

	/* A header stands over its column's figures. */
	if (row ? cell(t, row, column)->is_number : t->is_number[column])
		pango_layout_set_alignment(l, PANGO_ALIGN_RIGHT);
	pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	pango_layout_set_height(l, (int)(ROW_MAX * PANGO_SCALE));
	return l;
}

static double row_height(struct pdf *p, const struct table *t, size_t row)
{
	enum look look = row ? LOOK_CELL : LOOK_HEADER;
	double height = pdf_line_height(look);

	for (size_t i = 0; i < t->b->n_columns; i++) {
		PangoLayout *l = cell_layout(p, t, row, i);

		height = fmax(height, pdf_layout_height(l, look));
		g_object_unref(l);
	}
	return height + 2 * CELL_PAD;
}

/* One cell, tagged unless `tag` is NULL. */
static void draw_cell(struct pdf *p, const struct table *t, size_t row, size_t column,
		      const char *tag)
{
	PangoLayout *l = cell_layout(p, t, row, column);

	if (tag)
		pdf_tag(p, tag);
	pdf_draw_lines(p, l, row ? LOOK_CELL : LOOK_HEADER, t->x[column], p->y + CELL_PAD, 0,
		       pango_layout_get_line_count(l));
	if (tag)
		pdf_tag_end(p, tag);
	g_object_unref(l);
}

/* The header row: once as such, again on the following pages for the eye only. */
static void draw_header(struct pdf *p, const struct table *t, bool again)
{
	double height = row_height(p, t, 0);

	if (again)
		pdf_ornament(p);
	else
		pdf_tag(p, "TR");
	for (size_t i = 0; i < t->b->n_columns; i++) {
		if (!again && p->drawing)
			*vec_push(p->a, &p->scopes) = true;
		draw_cell(p, t, 0, i, again ? NULL : "TH");
	}
	pdf_tag_end(p, again ? "NonStruct" : "TR");
	p->y += height;
	pdf_ornament(p);
	pdf_rect(p, COLOUR_EDGE, MARGIN_X, p->y - 1, TEXT_WIDTH, 1);
	pdf_ornament_end(p);
}

static void draw_row(struct pdf *p, const struct table *t, size_t row)
{
	double height = row_height(p, t, row), needed = height;

	/* The last row is not left alone on a page. */
	if (row > 1 && row + 2 == t->b->n_rows)
		needed += row_height(p, t, row + 1);
	if (needed > pdf_room(p)) {
		pdf_page_break(p);
		draw_header(p, t, true);
	}
	pdf_tag(p, "TR");
	for (size_t i = 0; i < t->b->n_columns; i++) {
		bool heads = i == 0 && !cell(t, row, 0)->is_number;

		if (heads && p->drawing)
			*vec_push(p->a, &p->scopes) = false;
		draw_cell(p, t, row, i, heads ? "TH" : "TD");
	}
	pdf_tag_end(p, "TR");
	p->y += height;
	pdf_ornament(p);
	pdf_rect(p, COLOUR_LINE, MARGIN_X, p->y - .75, TEXT_WIDTH, .75);
	pdf_ornament_end(p);
}

void pdf_table(struct pdf *p, const struct block *b)
{
	struct table t;

	if (!b->n_columns || !b->n_rows)
		return;
	t = lay_out(p, b);
	pdf_need(p, pdf_table_start(p, b));
	pdf_tag(p, "Table");
	if (b->text.len) {
		p->y += pdf_text_at(p, "Caption", LOOK_ITEM,
				    utf8_prefix(b->text, TABLE_CAPTION_MAX), MARGIN_X, p->y,
				    TEXT_WIDTH);
		p->y += 2;
	}
	draw_header(p, &t, false);
	for (size_t row = 1; row < b->n_rows && !p->status; row++)
		draw_row(p, &t, row);
	pdf_tag_end(p, "Table");
	p->y += 6;
}

double pdf_table_start(struct pdf *p, const struct block *b)
{
	struct table t;
	double start, whole;

	if (!b->n_columns || !b->n_rows)
		return 0;
	t = lay_out(p, b);
	start = pdf_text_height(p, LOOK_ITEM, utf8_prefix(b->text, TABLE_CAPTION_MAX), TEXT_WIDTH) +
		row_height(p, &t, 0);
	if (b->n_rows > 1)
		start += row_height(p, &t, 1);
	whole = start;
	for (size_t row = 2; row < b->n_rows && whole <= WHOLE_MAX; row++) {
		whole += row_height(p, &t, row);
		if (row <= FIRST_ROWS && whole <= WHOLE_MAX)
			start = whole;
	}
	return whole <= WHOLE_MAX ? whole : start;
}
