/* Writing a document as PDF: the two passes. Read pdf_priv.h first. */
#include "document/pdf_priv.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/timing.h"

static cairo_status_t put_bytes(void *closure, const unsigned char *data, unsigned int len)
{
	struct pdf *p = closure;

	buf_put(&p->out, str_make((const char *)data, len));
	return p->out.full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* Glyphs stand where the font says: paper has no pixels to round to. */
static void make_context(struct pdf *p)
{
	cairo_font_options_t *options = cairo_font_options_create();
	const char *language = str_c(p->a, p->doc->language);

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	p->context = pango_font_map_create_context(p->fonts);
	pango_cairo_context_set_font_options(p->context, options);
	pango_cairo_context_set_resolution(p->context, 72);
	pango_context_set_round_glyph_positions(p->context, FALSE);
	pango_context_set_language(p->context, pango_language_from_string(language));
	cairo_font_options_destroy(options);
}

static void set_properties(struct pdf *p)
{
	const struct document *d = p->doc;
	/* cairo takes whole seconds. */
	struct str date = str_fmt(p->a, "%.19sZ", time_iso(p->a, d->created_ms).data);

	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE,
				       pdf_c_text(p, d->title));
	if (d->author.len)
		cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_AUTHOR,
					       pdf_c_text(p, d->author));
	if (d->subtitle.len)
		cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_SUBJECT,
					       pdf_c_text(p, d->subtitle));
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "Jalon");
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, date.data);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_MOD_DATE, date.data);
}

static void lay_out(struct pdf *p)
{
	const struct blocks *blocks = &p->doc->blocks;

	p->page = 1;
	p->y = MARGIN_TOP;
	p->has_footer = false;
	pdf_tag(p, "Document");
	pdf_cover(p);
	if (p->doc->contents_title.len)
		pdf_contents(p);
	for (size_t i = 0; i < blocks->n && !p->status; i++)
		pdf_block(p, &blocks->items[i], i);
	if (p->y > MARGIN_TOP)
		pdf_page_break(p);
	pdf_tag_end(p, "Document");
	p->pages = p->page - 1;
}

static int draw(struct pdf *p, struct err *err)
{
	cairo_status_t status;

	p->surface = cairo_pdf_surface_create_for_stream(put_bytes, p, PAGE_WIDTH, PAGE_HEIGHT);
	p->cr = cairo_create(p->surface);
	p->drawing = true;
	set_properties(p);
	lay_out(p);
	status = cairo_status(p->cr);
	cairo_surface_finish(p->surface);
	if (p->status)
		return p->status;
	if (p->out.full)
		return DOCUMENT_TOO_LONG;
	if (!status)
		status = cairo_surface_status(p->surface);
	if (status)
		return err_set(err, FAULT_INTERNAL, "cairo: %s", cairo_status_to_string(status));
	return 0;
}

static void release(struct pdf *p)
{
	if (p->cr)
		cairo_destroy(p->cr);
	if (p->surface)
		cairo_surface_destroy(p->surface);
	if (p->context)
		g_object_unref(p->context);
}

static int write_document(struct arena *a, struct arena *work, const struct document *d,
			  PangoFontMap *fonts, struct str *ret, struct err *err)
{
	struct pdf p = {
		.doc = d,
		.a = work,
		.out = buf_make(work, DOCUMENT_BYTES_MAX),
		.fonts = fonts,
		.err = err,
	};
	int r;

	make_context(&p);
	lay_out(&p);
	r = p.status;
	if (!r)
		r = draw(&p, err);
	if (!r)
		r = pdf_finish(a, &p, ret, err);
	release(&p);
	return r;
}

int document_pdf(struct arena *a, const struct document *d, struct str *ret, struct err *err)
{
	return document_alone(a, d, write_document, ret, err);
}
