/* Tables of a DOCX: the first row is repeated on every page, no row is cut. See docx_priv.h. */
#include "document/docx_priv.h"

#include "base/utf8.h"

/* Points for a mean character, on the safe side, and for both sides of a cell. */
#define CHARACTER 5.2
#define HEADER_CHARACTER 5.8
#define CELL_PADS 13.0
#define COLUMN_MIN 42.0

enum { WHOLE_ROWS = 8 }; /* a table of no more is not cut by the end of a page */

static const struct table_cell *cell(const struct block *t, size_t row, size_t column)
{
	return &t->cells[row * t->n_columns + column];
}

static double natural_width(const struct block *t, size_t column)
{
	double width = COLUMN_MIN;

	for (size_t row = 0; row < t->n_rows && row < MEASURED_ROWS; row++) {
		struct str s = utf8_prefix(cell(t, row, column)->text, MEASURED_CHARACTERS);
		double wanted =
			(double)utf8_count(s) * (row ? CHARACTER : HEADER_CHARACTER) + CELL_PADS;

		width = wanted > width ? wanted : width;
	}
	return width;
}

/* As the file takes whole twips, the last column takes what rounding left. */
static void column_widths(const struct block *t, int *ret)
{
	double width[DOCUMENT_COLUMNS_MAX];
	bool is_number[DOCUMENT_COLUMNS_MAX];
	int left = TEXT_TWIPS;

	for (size_t i = 0; i < t->n_columns; i++) {
		width[i] = natural_width(t, i);
		is_number[i] = t->n_rows > 1 && cell(t, 1, i)->is_number;
	}
	columns_fit(width, is_number, t->n_columns, TEXT_WIDTH);
	for (size_t i = 0; i < t->n_columns; i++) {
		ret[i] = i + 1 < t->n_columns ? (int)(width[i] * TWIPS) : left;
		left -= ret[i];
	}
}

static void put_properties(struct docx *x, const struct block *t)
{
	struct buf *b = &x->body;

	buf_fmt(b,
		"<w:tbl><w:tblPr><w:tblStyle w:val=\"JalonTable\"/>"
		"<w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>"
		"<w:tblLook w:val=\"00A0\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\" "
		"w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>",
		TEXT_TWIPS);
	/* Also what a screen reader says of the table. */
	if (t->text.len) {
		buf_puts(b, "<w:tblCaption");
		xml_attribute(b, "w:val", utf8_prefix(t->text, TABLE_CAPTION_MAX));
		buf_puts(b, "/>");
	}
	buf_puts(b, "</w:tblPr>");
}

static const char *cell_properties(bool keeps, bool is_number)
{
	if (is_number)
		return keeps ? "<w:keepNext/><w:jc w:val=\"right\"/>" : "<w:jc w:val=\"right\"/>";
	return keeps ? "<w:keepNext/>" : "";
}

static void put_cell(struct docx *x, const struct block *t, size_t row, size_t column, int width)
{
	/* A header stands over its column's figures. */
	size_t like = row == 0 && t->n_rows > 1 ? 1 : row;
	bool is_number = cell(t, like, column)->is_number;

	buf_fmt(&x->body, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", width);
	docx_open(&x->body, row ? "TableText" : "TableHeader",
		  cell_properties(x->keeps, is_number));
	docx_run(&x->body, "", cell(t, row, column)->text);
	docx_close(&x->body);
	buf_puts(&x->body, "</w:tc>");
}

void docx_table(struct docx *x, const struct block *t)
{
	struct buf *b = &x->body;
	int width[DOCUMENT_COLUMNS_MAX];

	if (!t->n_columns || !t->n_rows)
		return;
	docx_paragraph(x, "Caption", utf8_prefix(t->text, TABLE_CAPTION_MAX));
	column_widths(t, width);
	put_properties(x, t);
	buf_puts(b, "<w:tblGrid>");
	for (size_t i = 0; i < t->n_columns; i++)
		buf_fmt(b, "<w:gridCol w:w=\"%d\"/>", width[i]);
	buf_puts(b, "</w:tblGrid>\n");
	for (size_t row = 0; row < t->n_rows && !b->full; row++) {
		x->keeps = t->keeps_next || (t->n_rows <= WHOLE_ROWS && row + 1 < t->n_rows);
		buf_fmt(b, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>", row ? "" : "<w:tblHeader/>");
		for (size_t i = 0; i < t->n_columns; i++)
			put_cell(x, t, row, i, width[i]);
		buf_puts(b, "</w:tr>\n");
	}
	buf_puts(b, "</w:tbl>\n");
	/* Two tables in a row would become one. */
	x->keeps = t->keeps_next;
	buf_fmt(b,
		"<w:p><w:pPr>%s<w:spacing w:before=\"0\" w:after=\"60\" w:line=\"120\" "
		"w:lineRule=\"exact\"/></w:pPr></w:p>\n",
		x->keeps ? "<w:keepNext/>" : "");
}
