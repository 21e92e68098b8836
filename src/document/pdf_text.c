/* Text of the PDF writer: looks, layout, lines. See pdf_priv.h. */
#include "document/pdf_priv.h"

#include <hb.h>
#include <limits.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "base/utf8.h"

enum { WORD_MAX = 200 }; /* bytes */
#define ZERO_WIDTH_SPACE "\xE2\x80\x8B"
#define REPLACEMENT "\xEF\xBF\xBD"

struct type {
	double size, line; /* points */
	PangoWeight weight;
	enum colour colour;
	double tracking; /* points between letters */
	bool balanced;   /* figures of one width */
};

static const struct type types[] = {
	[LOOK_BODY] = { 10.5, 15.5, PANGO_WEIGHT_NORMAL, COLOUR_INK },
	[LOOK_LEAD] = { 14, 20, PANGO_WEIGHT_NORMAL, COLOUR_INK_2 },
	[LOOK_H1] = { 25, 30, PANGO_WEIGHT_SEMIBOLD, COLOUR_INK, -.3 },
	[LOOK_H2] = { 16, 21, PANGO_WEIGHT_SEMIBOLD, COLOUR_INK, -.15 },
	[LOOK_H3] = { 12.5, 17, PANGO_WEIGHT_SEMIBOLD, COLOUR_INK },
	[LOOK_FACT] = { 50, 54, PANGO_WEIGHT_SEMIBOLD, COLOUR_INK, -1.6 },
	[LOOK_CAPTION] = { 10.5, 15.5, PANGO_WEIGHT_NORMAL, COLOUR_INK_2 },
	[LOOK_ITEM] = { 11, 15.5, PANGO_WEIGHT_SEMIBOLD, COLOUR_INK },
	[LOOK_DETAIL] = { 10, 14.5, PANGO_WEIGHT_NORMAL, COLOUR_INK_2 },
	[LOOK_TAG] = { 9.5, 13, PANGO_WEIGHT_SEMIBOLD, COLOUR_INK, 0, true },
	[LOOK_NOTE] = { 10.5, 15.5, PANGO_WEIGHT_NORMAL, COLOUR_INK },
	[LOOK_CELL] = { 10, 14, PANGO_WEIGHT_NORMAL, COLOUR_INK, 0, true },
	[LOOK_HEADER] = { 9.5, 14, PANGO_WEIGHT_SEMIBOLD, COLOUR_INK_2 },
	[LOOK_FOOTER] = { 8.5, 12, PANGO_WEIGHT_NORMAL, COLOUR_INK_2, 0, true },
	[LOOK_MARK] = { 9.5, 12, PANGO_WEIGHT_SEMIBOLD, COLOUR_INK_2, 0, true },
	[LOOK_TITLE] = { 38, 44, PANGO_WEIGHT_SEMIBOLD, COLOUR_INK, -.9 },
	[LOOK_SUBTITLE] = { 16, 23, PANGO_WEIGHT_NORMAL, COLOUR_INK_2 },
	[LOOK_BRAND] = { 17, 22, PANGO_WEIGHT_BOLD, COLOUR_INK, -.3 },
	[LOOK_CHAPTER] = { 11.5, 17, PANGO_WEIGHT_SEMIBOLD, COLOUR_INK, 0, true },
	[LOOK_ENTRY] = { 10.5, 16, PANGO_WEIGHT_NORMAL, COLOUR_INK, 0, true },
};

static int units(double points)
{
	return (int)(points * PANGO_SCALE);
}

static PangoAttrList *attributes(const struct type *t)
{
	PangoAttrList *list = pango_attr_list_new();

	pango_attr_list_insert(list, pango_attr_line_height_new_absolute(units(t->line)));
	pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
	/* Ligatures stay apart, so that a word can be found and copied whole. */
	pango_attr_list_insert(
		list, pango_attr_font_features_new(t->balanced ? "liga=0,clig=0,dlig=0,tnum=1"
							       : "liga=0,clig=0,dlig=0"));
	if (t->tracking != 0)
		pango_attr_list_insert(list, pango_attr_letter_spacing_new(units(t->tracking)));
	return list;
}

/* pango takes quadratic time to break a word of which no end is in sight: beyond WORD_MAX bytes without
 * a space, invisible places to break are put in. Real text comes back as it is. */
static struct str tame(struct arena *a, struct str s)
{
	struct buf b = buf_make(a, s.len + s.len / WORD_MAX * strlen(ZERO_WIDTH_SPACE) + 1);
	size_t run = 0, done = 0;

	for (size_t i = 0; i < s.len; i++) {
		bool starts = ((unsigned char)s.data[i] & 0xC0) != 0x80;

		if (s.data[i] == ' ' || s.data[i] == '\n') {
			run = 0;
		} else if (++run > WORD_MAX && starts) {
			buf_put(&b, str_slice(s, done, i));
			buf_puts(&b, ZERO_WIDTH_SPACE);
			done = i;
			run = 0;
		}
	}
	if (!done)
		return s;
	buf_put(&b, str_slice(s, done, s.len));
	return buf_str(&b);
}

/* cairo refuses the whole document for one of the code points that Unicode keeps from being characters:
 * each is shown as the replacement character. Real text comes back as it is. */
static struct str characters(struct arena *a, struct str s)
{
	struct buf b = buf_make(a, s.len);
	struct str rest = s, stretch = s;

	while (rest.len) {
		struct str from = rest;
		uint32_t c = utf8_next(&rest);

		if ((c & 0xFFFE) != 0xFFFE && (c < 0xFDD0 || c > 0xFDEF))
			continue;
		buf_put(&b, str_slice(stretch, 0, stretch.len - from.len));
		buf_puts(&b, REPLACEMENT);
		stretch = rest;
	}
	if (stretch.len == s.len)
		return s;
	buf_put(&b, stretch);
	return buf_str(&b);
}

const char *pdf_c_text(struct pdf *p, struct str s)
{
	return str_c(p->a, characters(p->a, s));
}

PangoLayout *pdf_layout(struct pdf *p, enum look look, struct str s, double width)
{
	const struct type *t = &types[look];
	PangoLayout *l = pango_layout_new(p->context);
	PangoFontDescription *font = pango_font_description_new();
	PangoAttrList *list = attributes(t);

	pango_font_description_set_family_static(font, "Overpass");
	pango_font_description_set_weight(font, t->weight);
	pango_font_description_set_absolute_size(font, t->size * PANGO_SCALE);
	pango_layout_set_font_description(l, font);
	pango_layout_set_attributes(l, list);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_width(l, width > 0 ? units(width) : -1);
	s = tame(p->a, characters(p->a, s));
	pango_layout_set_text(l, s.len ? s.data : "", s.len < INT_MAX ? (int)s.len : INT_MAX);
	pango_attr_list_unref(list);
	pango_font_description_free(font);
	return l;
}

double pdf_line_height(enum look look)
{
	return types[look].line;
}

double pdf_layout_height(PangoLayout *l, enum look look)
{
	return pango_layout_get_line_count(l) * types[look].line;
}

double pdf_layout_width(PangoLayout *l)
{
	int width;

	pango_layout_get_size(l, &width, NULL);
	return (double)width / PANGO_SCALE;
}

double pdf_text_height(struct pdf *p, enum look look, struct str s, double width)
{
	PangoLayout *l;
	double height;

	if (!s.len)
		return 0;
	l = pdf_layout(p, look, s, width);
	height = pdf_layout_height(l, look);
	g_object_unref(l);
	return height;
}

double pdf_text_width(struct pdf *p, enum look look, struct str s)
{
	PangoLayout *l = pdf_layout(p, look, s, 0);
	double width = pdf_layout_width(l);

	g_object_unref(l);
	return width;
}

/* Where a line is broken pango leaves the space out; readers of the tags would glue the words. It comes
 * back as a glyph without width. */
static void keep_spaces(PangoLayout *l, PangoLayoutLine *line)
{
	const char *text = pango_layout_get_text(l);

	for (GSList *i = line->runs; i; i = i->next) {
		PangoLayoutRun *run = i->data;
		PangoGlyphString *glyphs = run->glyphs;
		hb_codepoint_t space;

		if (!hb_font_get_nominal_glyph(pango_font_get_hb_font(run->item->analysis.font),
					       ' ', &space))
			continue;
		for (int g = 0; g < glyphs->num_glyphs; g++)
			if (glyphs->glyphs[g].glyph == PANGO_GLYPH_EMPTY &&
			    text[run->item->offset + glyphs->log_clusters[g]] == ' ')
				glyphs->glyphs[g].glyph = space;
	}
}

void pdf_draw_lines(struct pdf *p, PangoLayout *l, enum look look, double x, double y, int from,
		    int to)
{
	PangoLayoutIter *i;
	int n = 0;

	if (!p->drawing)
		return;
	pdf_colour(p, types[look].colour);
	i = pango_layout_get_iter(l);
	do {
		PangoRectangle line;
		double top = y + (n - from) * types[look].line, baseline;

		if (n < from)
			continue;
		/* Extents count from the layout's top: bring them back to this line's. */
		pango_layout_iter_get_line_extents(i, NULL, &line);
		baseline = (double)(pango_layout_iter_get_baseline(i) - line.y) / PANGO_SCALE;
		cairo_move_to(p->cr, x + (double)line.x / PANGO_SCALE, top + baseline);
		keep_spaces(l, pango_layout_iter_get_line(i));
		pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(i));
	} while (++n < to && pango_layout_iter_next_line(i));
	pango_layout_iter_free(i);
}

double pdf_text_at(struct pdf *p, const char *tag, enum look look, struct str s, double x, double y,
		   double width)
{
	PangoLayout *l;
	double height;

	if (!s.len)
		return 0;
	l = pdf_layout(p, look, s, width);
	height = pdf_layout_height(l, look);
	pdf_tag(p, tag);
	pdf_draw_lines(p, l, look, x, y, 0, pango_layout_get_line_count(l));
	pdf_tag_end(p, tag);
	g_object_unref(l);
	return height;
}

/* How many of the `n` lines left go on this page: no first or last line alone. */
static int lines_here(const struct pdf *p, double line, int n)
{
	int fit = (int)(pdf_room(p) / line + 1e-6);

	if (fit >= n)
		return n;
	if (fit > n - 2)
		fit = n - 2;
	return fit < 2 ? 0 : fit;
}

/* A page's part of a text. A tag of cairo's that holds text cannot go on over a page's end, so a text on
 * several pages is a group of spans. */
static void flow_over_pages(struct pdf *p, PangoLayout *l, enum look look, double x, int n)
{
	int from = 0;

	while (from < n && !p->status) {
		int some = lines_here(p, types[look].line, n - from);

		/* On a fresh page even a short end must move on. */
		if (!some && p->y > MARGIN_TOP) {
			pdf_page_break(p);
			continue;
		}
		if (!some)
			some = n - from;
		pdf_tag(p, "Span");
		pdf_draw_lines(p, l, look, x, p->y, from, from + some);
		pdf_tag_end(p, "Span");
		p->y += some * types[look].line;
		from += some;
	}
}

void pdf_flow_text(struct pdf *p, const char *tag, enum look look, struct str s, double x,
		   double width)
{
	PangoLayout *l;
	int n;

	if (!s.len)
		return;
	l = pdf_layout(p, look, s, width);
	n = pango_layout_get_line_count(l);
	if (n < 4 && n * types[look].line > pdf_room(p))
		pdf_page_break(p);
	pdf_tag(p, tag);
	if (lines_here(p, types[look].line, n) == n) {
		pdf_draw_lines(p, l, look, x, p->y, 0, n);
		p->y += n * types[look].line;
	} else {
		flow_over_pages(p, l, look, x, n);
	}
	pdf_tag_end(p, tag);
	g_object_unref(l);
}
