/* Pages, drawing and tags of the PDF writer. See pdf_priv.h. */
#include "document/pdf_priv.h"

#include <string.h>

#include "base/utf8.h"

void pdf_fail(struct pdf *p, int status)
{
	if (!p->status)
		p->status = status;
}

void pdf_colour(struct pdf *p, enum colour c)
{
	static const unsigned rgb[] = {
		[COLOUR_INK] = 0x10242b,   [COLOUR_INK_2] = 0x41545b, [COLOUR_EDGE] = 0x6f8085,
		[COLOUR_LINE] = 0xd3dcda,  [COLOUR_SUNK] = 0xeef2f1,  [COLOUR_HERE] = 0xc82a18,
		[COLOUR_PAPER] = 0xffffff,
	};

	cairo_set_source_rgb(p->cr, (rgb[c] >> 16) / 255., (rgb[c] >> 8 & 0xff) / 255.,
			     (rgb[c] & 0xff) / 255.);
}

void pdf_rect(struct pdf *p, enum colour c, double x, double y, double width, double height)
{
	if (!p->drawing)
		return;
	pdf_colour(p, c);
	cairo_rectangle(p->cr, x, y, width, height);
	cairo_fill(p->cr);
}

void pdf_pole(struct pdf *p, double x, double y, double width, double height, int n)
{
	if (!p->drawing)
		return;
	for (int i = 0; i < n; i++)
		pdf_rect(p, i % 2 ? COLOUR_PAPER : COLOUR_HERE, x, y + height * i / n, width,
			 height / n);
	/* The outline keeps the white stripes on paper, and the pole in grey. */
	pdf_colour(p, COLOUR_INK);
	cairo_set_line_width(p->cr, .75);
	cairo_rectangle(p->cr, x, y, width, height);
	cairo_stroke(p->cr);
}

void pdf_tag_with(struct pdf *p, const char *tag, const char *attributes)
{
	if (p->drawing)
		cairo_tag_begin(p->cr, tag, attributes);
}

void pdf_tag(struct pdf *p, const char *tag)
{
	pdf_tag_with(p, tag, NULL);
}

void pdf_tag_end(struct pdf *p, const char *tag)
{
	if (p->drawing)
		cairo_tag_end(p->cr, tag);
}

/* cairo 1.16 has no artifacts; pdf_finish() turns these tags, used for nothing else, into some. */
void pdf_ornament(struct pdf *p)
{
	pdf_tag(p, "NonStruct");
}

void pdf_ornament_end(struct pdf *p)
{
	pdf_tag_end(p, "NonStruct");
}

double pdf_room(const struct pdf *p)
{
	return TEXT_BOTTOM - p->y;
}

static void put_number(struct buf *b, struct str label, int page, int pages)
{
	while (label.len) {
		if (str_starts(label, S("{page}"))) {
			buf_i64(b, page);
			label = str_slice(label, strlen("{page}"), label.len);
		} else if (str_starts(label, S("{pages}"))) {
			buf_i64(b, pages);
			label = str_slice(label, strlen("{pages}"), label.len);
		} else {
			buf_putc(b, label.data[0]);
			label = str_slice(label, 1, label.len);
		}
	}
}

/* The document's title and the page's number, under a rule. */
static void draw_footer(struct pdf *p)
{
	struct buf label = buf_make(p->a, 4096);
	double y = PAGE_HEIGHT - 44, width;
	PangoLayout *title;

	put_number(&label, utf8_prefix(p->doc->page_label, FOOTER_MAX), p->page, p->pages);
	width = pdf_text_width(p, LOOK_FOOTER, buf_str(&label));
	title = pdf_layout(p, LOOK_FOOTER, utf8_prefix(p->doc->title, FOOTER_MAX),
			   TEXT_WIDTH - width - 24);
	pango_layout_set_single_paragraph_mode(title, TRUE);
	pango_layout_set_ellipsize(title, PANGO_ELLIPSIZE_END);

	pdf_ornament(p);
	pdf_rect(p, COLOUR_LINE, MARGIN_X, y - 8, TEXT_WIDTH, .75);
	pdf_draw_lines(p, title, LOOK_FOOTER, MARGIN_X, y, 0, 1);
	g_object_unref(title);
	title = pdf_layout(p, LOOK_FOOTER, buf_str(&label), 0);
	pdf_draw_lines(p, title, LOOK_FOOTER, MARGIN_X + TEXT_WIDTH - width, y, 0, 1);
	g_object_unref(title);
	pdf_ornament_end(p);
}

void pdf_page_break(struct pdf *p)
{
	if (p->drawing) {
		if (p->has_footer)
			draw_footer(p);
		cairo_show_page(p->cr);
	}
	if (p->page == DOCUMENT_PAGES_MAX)
		pdf_fail(p, DOCUMENT_TOO_LONG);
	p->page++;
	p->has_footer = true;
	p->y = MARGIN_TOP;
}

void pdf_need(struct pdf *p, double height)
{
	if (height > pdf_room(p) && p->y > MARGIN_TOP)
		pdf_page_break(p);
}

void pdf_space(struct pdf *p, double height)
{
	if (p->y > MARGIN_TOP)
		p->y += height;
}
