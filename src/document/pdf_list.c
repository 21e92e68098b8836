/* Lists of a document: bulleted when items are plain texts, ruled when they have titles. See
 * pdf_priv.h. */
#include "document/pdf_priv.h"

#include <math.h>

#include "base/utf8.h"

#define GUTTER_NUMBER 28.0
#define GUTTER_BULLET 14.0
#define GUTTER_BOX 20.0
#define BOX 9.5
#define RING 9.0 /* radius of a number's ring */
#define TAG_PAD 6.0
#define ITEM_PAD 7.0 /* above and below a ruled item */

/* What the items of one list share. */
struct list_shape {
	bool ruled;
	double gutter, tag; /* widths at the left and at the right */
};

static struct str item_tag(const struct list_item *item)
{
	return utf8_prefix(item->tag, TAG_MAX);
}

static struct list_shape shape(struct pdf *p, const struct block *b)
{
	struct list_shape s = { .gutter = b->numbered ? GUTTER_NUMBER : 0 };

	for (size_t i = 0; i < b->n_items; i++) {
		struct str tag = item_tag(&b->items[i]);

		if (b->items[i].title.len || tag.len)
			s.ruled = true;
		if (tag.len)
			s.tag = fmax(s.tag, pdf_text_width(p, LOOK_TAG, tag) + 2 * TAG_PAD + 12);
	}
	if (!s.ruled && !b->numbered)
		s.gutter = b->is_boxed ? GUTTER_BOX : GUTTER_BULLET;
	return s;
}

static enum look detail_look(const struct list_item *item)
{
	return item->title.len ? LOOK_DETAIL : LOOK_BODY;
}

/* An item without a tag has its place too. */
static double item_width(const struct list_shape *s, const struct list_item *item)
{
	return TEXT_WIDTH - s->gutter - (item->tag.len ? s->tag : 0);
}

static double item_height(struct pdf *p, const struct list_shape *s, const struct list_item *item)
{
	double width = item_width(s, item);

	return pdf_text_height(p, LOOK_ITEM, item->title, width) +
	       pdf_text_height(p, detail_look(item), item->detail, width) +
	       (s->ruled ? 2 * ITEM_PAD : 3);
}

static void draw_ring(struct pdf *p, double x, double y)
{
	if (!p->drawing)
		return;
	pdf_colour(p, COLOUR_EDGE);
	cairo_set_line_width(p->cr, 1);
	cairo_new_path(p->cr);
	cairo_arc(p->cr, x, y, RING, 0, 2 * M_PI);
	cairo_stroke(p->cr);
}

static void draw_box(struct pdf *p, double x, double y)
{
	pdf_ornament(p);
	if (p->drawing) {
		pdf_colour(p, COLOUR_EDGE);
		cairo_set_line_width(p->cr, 1);
		cairo_new_path(p->cr);
		cairo_rectangle(p->cr, x, y, BOX, BOX);
		cairo_stroke(p->cr);
	}
	pdf_ornament_end(p);
}

static void draw_label(struct pdf *p, const struct block *b, size_t i)
{
	struct str number;
	double middle = MARGIN_X + RING, top = p->y;

	if (b->numbered) {
		number = str_fmt(p->a, "%zu", i + 1);
		pdf_ornament(p);
		draw_ring(p, middle, top + 7.5);
		pdf_ornament_end(p);
		(void)pdf_text_at(p, "Lbl", LOOK_MARK, number,
				  middle - pdf_text_width(p, LOOK_MARK, number) / 2, top + 2.2, 0);
	} else if (b->is_boxed) {
		draw_box(p, MARGIN_X + 2, top + 2.5);
	} else {
		(void)pdf_text_at(p, "Lbl", LOOK_BODY, S("•"), MARGIN_X + 2, top, 0);
	}
}

/* The short marker at the right, on its own ground. Its text follows the item's in the reading order. */
static void draw_marker(struct pdf *p, struct str tag, double y)
{
	double width = pdf_text_width(p, LOOK_TAG, tag);
	double x = MARGIN_X + TEXT_WIDTH - width - TAG_PAD;

	pdf_ornament(p);
	pdf_rect(p, COLOUR_SUNK, x - TAG_PAD, y - 1, width + 2 * TAG_PAD,
		 pdf_line_height(LOOK_TAG) + 4);
	pdf_ornament_end(p);
	(void)pdf_text_at(p, "Span", LOOK_TAG, tag, x, y + 1.5, 0);
}

/* What item `i` needs of a page: the last one is not left alone on the next. */
static double room_for(struct pdf *p, const struct list_shape *s, const struct block *b, size_t i)
{
	double height = item_height(p, s, &b->items[i]), both = height;

	if (i > 0 && i + 2 == b->n_items)
		both += item_height(p, s, &b->items[i + 1]);
	return fmin(both <= TEXT_HEIGHT ? both : height, TEXT_HEIGHT);
}

static void draw_item(struct pdf *p, const struct list_shape *s, const struct block *b, size_t i)
{
	const struct list_item *item = &b->items[i];
	double x = MARGIN_X + s->gutter, width = item_width(s, item), top;
	int page;

	pdf_need(p, room_for(p, s, b, i));
	if (s->ruled && i) {
		pdf_ornament(p);
		pdf_rect(p, COLOUR_LINE, MARGIN_X, p->y, TEXT_WIDTH, .75);
		pdf_ornament_end(p);
	}
	p->y += s->ruled ? ITEM_PAD : 0;
	top = p->y;
	page = p->page;
	pdf_tag(p, "LI");
	if (b->numbered || !s->ruled)
		draw_label(p, b, i);
	pdf_tag(p, "LBody");
	pdf_flow_text(p, "P", LOOK_ITEM, item->title, x, width);
	pdf_flow_text(p, "P", detail_look(item), item->detail, x, width);
	if (item->tag.len)
		draw_marker(p, item_tag(item), page == p->page ? top : MARGIN_TOP);
	pdf_tag_end(p, "LBody");
	pdf_tag_end(p, "LI");
	/* A marker may be higher than what it marks. */
	p->y = fmax(p->y, (page == p->page ? top : MARGIN_TOP) + pdf_line_height(LOOK_ITEM));
	p->y += s->ruled ? ITEM_PAD : 3;
}

void pdf_list(struct pdf *p, const struct block *b)
{
	struct list_shape s = shape(p, b);

	pdf_tag(p, "L");
	for (size_t i = 0; i < b->n_items && !p->status; i++)
		draw_item(p, &s, b, i);
	pdf_tag_end(p, "L");
}

double pdf_list_start(struct pdf *p, const struct block *b)
{
	struct list_shape s = shape(p, b);

	return b->n_items ? fmin(item_height(p, &s, &b->items[0]), TEXT_HEIGHT / 2) : 0;
}

double pdf_list_height(struct pdf *p, const struct block *b)
{
	struct list_shape s = shape(p, b);
	double height = 0;

	for (size_t i = 0; i < b->n_items; i++)
		height += item_height(p, &s, &b->items[i]);
	return height;
}
