/* The blocks of a document but lists and tables. See pdf_priv.h. */
#include "document/pdf_priv.h"

#include <cairo-pdf.h>

enum {
	KEPT_BLOCKS = 5
}; /* headings in a row, and short words before a figure, kept with what follows */

/* A section begins a page of its own when less than this is left. */
#define SECTION_ROOM (TEXT_HEIGHT / 4)
#define FIGURE_AFTER 4.0

/* Between a figure and its caption; bars have air of their own above. */
#define CAPTION_GAP 0.0

#define NOTE_PAD 10.0
#define NOTE_EDGE 3.0
#define NOTE_AFTER 5.0
#define NOTE_WIDTH (TEXT_WIDTH - 2 * NOTE_PAD - NOTE_EDGE)

/* How headings look, by level. */
struct heading_shape {
	const char *tag;
	enum look look;
	double after; /* space below */
};

static const struct heading_shape shapes[] = {
	[1] = { "H1", LOOK_H1, 8 },
	[2] = { "H2", LOOK_H2, 3 },
	[3] = { "H3", LOOK_H3, 0 },
};

/* Space above block `i`: a heading holds what follows close, and figures in a row are one drawing. */
static double space_before(const struct document *d, size_t i)
{
	const struct block *b = &d->blocks.items[i];
	bool is_headed = i && d->blocks.items[i - 1].kind == BLOCK_HEADING;
	bool follows_figure = i && d->blocks.items[i - 1].kind == BLOCK_FIGURE;

	switch (b->kind) {
	case BLOCK_HEADING:
		return b->level <= 1 ? 40 : b->level == 2 && !is_headed ? 20 : 14;
	case BLOCK_FIGURE:
		return is_headed ? 4 : follows_figure ? 5 : 12;
	case BLOCK_TABLE:
	case BLOCK_NOTE:
		return is_headed ? 4 : 12;
	case BLOCK_FACT:
	case BLOCK_PARAGRAPH:
	case BLOCK_LEAD:
	case BLOCK_LIST:
		return is_headed ? 3 : 7;
	}
	return 0;
}

static void add_outline(struct pdf *p, const struct block *b)
{
	int level = block_level(b);
	struct str place = str_fmt(p->a, "page=%d pos=[0 %d]", p->page, (int)p->y - 8);
	int id;

	id = cairo_pdf_surface_add_outline(p->surface, p->outline[level - 1],
					   pdf_c_text(p, b->text), place.data,
					   level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
	/* A level without one above it hangs from the nearest there is. */
	for (int i = level; i < 4; i++)
		p->outline[i] = id;
}

static void heading(struct pdf *p, const struct block *b)
{
	int level = block_level(b);

	if (p->drawing)
		add_outline(p, b);
	else
		*vec_push(p->a, &p->places) = (struct heading_place){ p->page, (int)p->y };
	pdf_flow_text(p, shapes[level].tag, shapes[level].look, b->text, MARGIN_X, TEXT_WIDTH);
	p->y += shapes[level].after;
}

static void fact(struct pdf *p, const struct block *b)
{
	pdf_need(p, pdf_block_start(p, (size_t)(b - p->doc->blocks.items)));
	pdf_flow_text(p, "P", LOOK_CAPTION, b->caption, MARGIN_X, TEXT_WIDTH);
	p->y += 3;
	/* Large letters have more air of their own at the left. */
	pdf_flow_text(p, "P", LOOK_FACT, b->text, MARGIN_X - 2, TEXT_WIDTH);
	p->y += 2;
}

static double note_height(struct pdf *p, const struct block *b)
{
	return pdf_text_height(p, LOOK_NOTE, b->text, NOTE_WIDTH) + 2 * NOTE_PAD - 4;
}

static void note(struct pdf *p, const struct block *b)
{
	double height = note_height(p, b);

	if (height > TEXT_HEIGHT) {
		pdf_flow_text(p, "P", LOOK_NOTE, b->text, MARGIN_X, TEXT_WIDTH);
		return;
	}
	pdf_need(p, height);
	pdf_ornament(p);
	pdf_rect(p, COLOUR_SUNK, MARGIN_X, p->y, TEXT_WIDTH, height);
	pdf_rect(p, COLOUR_EDGE, MARGIN_X, p->y, NOTE_EDGE, height);
	pdf_ornament_end(p);
	(void)pdf_text_at(p, "P", LOOK_NOTE, b->text, MARGIN_X + NOTE_EDGE + NOTE_PAD,
			  p->y + NOTE_PAD - 2, NOTE_WIDTH);
	p->y += height + NOTE_AFTER;
}

static void draw_figure(struct pdf *p, RsvgHandle *svg, const struct block *b, double width,
			double height)
{
	RsvgRectangle place = { MARGIN_X, p->y, width, height };
	GError *error = NULL;

	*vec_push(p->a, &p->alternatives) = b->text;
	pdf_tag(p, "Figure");
	if (!rsvg_handle_render_document(svg, p->cr, &place, &error)) {
		pdf_fail(p, err_set(p->err, FAULT_INTERNAL, "figure: %s", error->message));
		g_error_free(error);
	}
	pdf_tag_end(p, "Figure");
}

static double figure_caption_height(struct pdf *p, const struct block *b)
{
	return b->caption.len ? pdf_text_height(p, LOOK_BODY, b->caption, TEXT_WIDTH) + CAPTION_GAP
			      : 0;
}

static void figure(struct pdf *p, const struct block *b)
{
	RsvgHandle *svg;
	double shape, width, height;
	int r = figure_open(b->svg, &svg, &shape, p->err);

	if (r) {
		pdf_fail(p, r);
		return;
	}
	figure_size(b, shape, &width, &height);
	pdf_need(p, height + figure_caption_height(p, b));
	if (b->caption.len) {
		pdf_flow_text(p, "P", LOOK_BODY, b->caption, MARGIN_X, TEXT_WIDTH);
		p->y += CAPTION_GAP;
	}
	if (p->drawing)
		draw_figure(p, svg, b, width, height);
	p->y += height + FIGURE_AFTER;
	g_object_unref(svg);
}

static double figure_start(const struct block *b)
{
	RsvgHandle *svg;
	double shape, width, height;

	/* A figure that cannot be read stops the document when its turn comes. */
	if (figure_open(b->svg, &svg, &shape, NULL))
		return 0;
	g_object_unref(svg);
	figure_size(b, shape, &width, &height);
	return height;
}

/* Height of the first lines of a text, as many as stay together. */
static double text_start(struct pdf *p, enum look look, struct str s, double width)
{
	double height = pdf_text_height(p, look, s, width), line = pdf_line_height(look);

	return height < 4 * line ? height : 2 * line;
}

/* Whether paragraph `i`, under a heading, says what the figure after it shows: the three stay together. */
static bool leads_to_figure(struct pdf *p, size_t i)
{
	const struct block *b = p->doc->blocks.items;
	size_t n = p->doc->blocks.n;
	double most = 4 * pdf_line_height(LOOK_BODY);

	while (i < n && b[i].kind == BLOCK_PARAGRAPH &&
	       pdf_text_height(p, LOOK_BODY, b[i].text, TEXT_WIDTH) < most)
		i++;
	return i < n && b[i].kind == BLOCK_FIGURE;
}

double pdf_block_start(struct pdf *p, size_t index)
{
	double height = 0;

	for (size_t i = index; i < p->doc->blocks.n && i < index + KEPT_BLOCKS; i++) {
		const struct block *b = &p->doc->blocks.items[i];

		if (i > index)
			height += space_before(p->doc, i);
		switch (b->kind) {
		case BLOCK_HEADING:
			height += pdf_text_height(p, shapes[block_level(b)].look, b->text,
						  TEXT_WIDTH) +
				  6;
			continue; /* and what it heads */
		case BLOCK_PARAGRAPH:
			height += text_start(p, LOOK_BODY, b->text, TEXT_WIDTH);
			if (i > index && leads_to_figure(p, i))
				continue;
			return height;
		case BLOCK_LEAD:
			return height + text_start(p, LOOK_LEAD, b->text, TEXT_WIDTH);
		case BLOCK_FACT:
			return height + pdf_line_height(LOOK_CAPTION) + 3 +
			       text_start(p, LOOK_FACT, b->text, TEXT_WIDTH);
		case BLOCK_LIST:
			return height + pdf_list_start(p, b);
		case BLOCK_TABLE:
			return height + pdf_table_start(p, b);
		case BLOCK_FIGURE:
			return height + figure_caption_height(p, b) + figure_start(b);
		case BLOCK_NOTE:
			return height + pdf_text_height(p, LOOK_NOTE, b->text, NOTE_WIDTH) +
			       2 * NOTE_PAD;
		}
	}
	return height;
}

/* All of block `i`; of the kinds that are not kept together, their beginning. */
static double block_height(struct pdf *p, size_t i)
{
	const struct block *b = &p->doc->blocks.items[i];

	switch (b->kind) {
	case BLOCK_HEADING:
		return pdf_text_height(p, shapes[block_level(b)].look, b->text, TEXT_WIDTH) +
		       shapes[block_level(b)].after;
	case BLOCK_PARAGRAPH:
		return pdf_text_height(p, LOOK_BODY, b->text, TEXT_WIDTH);
	case BLOCK_LEAD:
		return pdf_text_height(p, LOOK_LEAD, b->text, TEXT_WIDTH);
	case BLOCK_LIST:
		return pdf_list_height(p, b);
	case BLOCK_NOTE:
		return note_height(p, b) + NOTE_AFTER;
	case BLOCK_FIGURE:
		return pdf_block_start(p, i) + FIGURE_AFTER;
	case BLOCK_FACT:
	case BLOCK_TABLE:
		break;
	}
	return pdf_block_start(p, i);
}

/* Begins a page where block `first` and those it keeps would not fit on this one but do on the next. */
static void keep_together(struct pdf *p, size_t first)
{
	const struct blocks *blocks = &p->doc->blocks;
	double height = block_height(p, first);

	for (size_t i = first; blocks->items[i].keeps_next && i + 1 < blocks->n; i++)
		height += space_before(p->doc, i + 1) + block_height(p, i + 1);
	if (height <= TEXT_HEIGHT)
		pdf_need(p, height);
}

void pdf_block(struct pdf *p, const struct block *b, size_t index)
{
	if (b->kind == BLOCK_HEADING && b->level <= 1)
		pdf_need(p, SECTION_ROOM);
	pdf_space(p, space_before(p->doc, index));
	if (b->keeps_next && (index == 0 || !p->doc->blocks.items[index - 1].keeps_next))
		keep_together(p, index);
	switch (b->kind) {
	case BLOCK_HEADING:
		pdf_need(p, pdf_block_start(p, index));
		heading(p, b);
		break;
	case BLOCK_PARAGRAPH:
		pdf_flow_text(p, "P", LOOK_BODY, b->text, MARGIN_X, TEXT_WIDTH);
		break;
	case BLOCK_LEAD:
		pdf_flow_text(p, "P", LOOK_LEAD, b->text, MARGIN_X, TEXT_WIDTH);
		break;
	case BLOCK_FACT:
		fact(p, b);
		break;
	case BLOCK_LIST:
		pdf_list(p, b);
		break;
	case BLOCK_TABLE:
		pdf_table(p, b);
		break;
	case BLOCK_FIGURE:
		figure(p, b);
		break;
	case BLOCK_NOTE:
		note(p, b);
		break;
	}
}
