/* The cover and the contents. See pdf_priv.h. */
#include "document/pdf_priv.h"

#define POLE_X 74.0
#define COVER_X 116.0
#define COVER_Y 250.0
#define LOGO_Y 150.0

/* The mark: assets/logo.svg, drawn at (x, y) with a side of `size`. */
static void draw_mark(struct pdf *p, double x, double y, double size)
{
	cairo_t *cr = p->cr;

	if (!p->drawing)
		return;
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_scale(cr, size / 32, size / 32);
	pdf_rect(p, COLOUR_HERE, 17, 2, 7, 6);
	pdf_rect(p, COLOUR_HERE, 17, 13.5, 7, 5.7);
	pdf_colour(p, COLOUR_INK);
	cairo_move_to(cr, 20.5, 19);
	cairo_line_to(cr, 20.5, 21.5);
	cairo_curve_to(cr, 20.5, 25.3, 17.9, 27.25, 14.25, 27.25);
	cairo_curve_to(cr, 10.75, 27.25, 8.35, 25.75, 7, 22.75);
	cairo_set_line_width(cr, 7);
	cairo_stroke(cr);
	cairo_restore(cr);
}

/* The ruler that runs under the heads of pages on screen. */
static void draw_ruler(struct pdf *p, double y)
{
	for (int i = 0; COVER_X + i * 10 <= MARGIN_X + TEXT_WIDTH; i++)
		pdf_rect(p, i % 5 ? COLOUR_LINE : COLOUR_EDGE, COVER_X + i * 10, i % 5 ? y + 4 : y,
			 .75, i % 5 ? 5 : 9);
}

/* `s` on the cover, of `lines` lines at most. Returns its height. */
static double cover_text(struct pdf *p, enum look look, struct str s, double y, int lines)
{
	PangoLayout *l;
	double height;

	if (!s.len)
		return 0;
	l = pdf_layout(p, look, s, PAGE_WIDTH - COVER_X - MARGIN_X);
	pango_layout_set_single_paragraph_mode(l, TRUE);
	pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	pango_layout_set_height(l, -lines);
	height = pdf_layout_height(l, look);
	pdf_tag(p, "P");
	pdf_draw_lines(p, l, look, COVER_X, y, 0, pango_layout_get_line_count(l));
	pdf_tag_end(p, "P");
	g_object_unref(l);
	return height;
}

/* Whose document it is: an ornament, since the name stands below. */
static void draw_logo(struct pdf *p)
{
	RsvgRectangle place = { COVER_X, LOGO_Y, LOGO_WIDTH, LOGO_HEIGHT };
	GError *error = NULL;
	RsvgHandle *svg;
	double shape;
	int r;

	if (!p->drawing || !p->doc->logo.len)
		return;
	r = figure_open(p->doc->logo, &svg, &shape, p->err);
	if (r) {
		pdf_fail(p, r);
		return;
	}
	if (!rsvg_handle_render_document(svg, p->cr, &place, &error)) {
		pdf_fail(p, err_set(p->err, FAULT_INTERNAL, "logo: %s", error->message));
		g_error_free(error);
	}
	g_object_unref(svg);
}

void pdf_cover(struct pdf *p)
{
	const struct document *d = p->doc;
	double y = COVER_Y;

	pdf_ornament(p);
	pdf_pole(p, POLE_X, COVER_Y, 14, PAGE_HEIGHT - COVER_Y + 20, 10);
	draw_mark(p, POLE_X - 12, 62, 32);
	draw_logo(p);
	pdf_ornament_end(p);
	(void)pdf_text_at(p, "P", LOOK_BRAND, S("Jalon"), COVER_X - 16, 69, 0);

	y += cover_text(p, LOOK_TITLE, d->title, y - 6, 5) + 6;
	y += cover_text(p, LOOK_SUBTITLE, d->subtitle, y, 4) + 18;
	pdf_ornament(p);
	draw_ruler(p, y);
	pdf_ornament_end(p);
	y += 24;
	y += cover_text(p, LOOK_BODY, d->kind, y, 1);
	y += cover_text(p, LOOK_BODY, d->author, y, 3);
	(void)cover_text(p, LOOK_CAPTION, d->date, y, 2);
	pdf_page_break(p);
}

/* One line of the contents: title, page, and a link to it. */
static void draw_entry(struct pdf *p, const struct block *b, struct heading_place at)
{
	enum look look = b->level == 1 ? LOOK_CHAPTER : LOOK_ENTRY;
	double indent = b->level == 1 ? 0 : 16, top;
	PangoLayout *l = pdf_layout(p, look, b->text, TEXT_WIDTH - indent - 48);
	struct str number = str_fmt(p->a, " %d", at.page), link;

	pango_layout_set_single_paragraph_mode(l, TRUE);
	pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	pdf_space(p, b->level == 1 ? 9 : 2);
	pdf_need(p, pdf_line_height(look));
	top = p->y;
	link = str_fmt(p->a, "page=%d pos=[%d %d]", at.page, (int)MARGIN_X, at.y);
	pdf_tag(p, "TOCI");
	pdf_tag_with(p, "Link", link.data);
	pdf_draw_lines(p, l, look, MARGIN_X + indent, top, 0, 1);
	g_object_unref(l);
	l = pdf_layout(p, look, number, 0);
	pdf_draw_lines(p, l, look, MARGIN_X + TEXT_WIDTH - pdf_layout_width(l), top, 0, 1);
	g_object_unref(l);
	pdf_tag_end(p, "Link");
	pdf_tag_end(p, "TOCI");
	p->y += pdf_line_height(look);
}

void pdf_contents(struct pdf *p)
{
	const struct blocks *blocks = &p->doc->blocks;
	size_t n = 0;

	pdf_flow_text(p, "H1", LOOK_H1, p->doc->contents_title, MARGIN_X, TEXT_WIDTH);
	pdf_space(p, 12);
	pdf_tag(p, "TOC");
	for (size_t i = 0; i < blocks->n && !p->status; i++) {
		const struct block *b = &blocks->items[i];
		struct heading_place at = { 1, 0 };

		if (b->kind != BLOCK_HEADING)
			continue;
		if (p->drawing)
			at = p->places.items[n];
		n++;
		if (b->level <= CONTENTS_LEVELS)
			draw_entry(p, b, at);
	}
	pdf_tag_end(p, "TOC");
	pdf_page_break(p);
}
