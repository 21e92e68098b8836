/* Pictures of a DOCX: each as SVG, for programs of today, and as PNG, for all others. See docx_priv.h. */
#include "document/docx_priv.h"

#include <cairo.h>

/* 200 dots per inch. */
#define DOTS_PER_POINT (200. / 72)

/* The cover's drawing: 1 unit of its viewBox is 1 point. */
#define COVER_AT 62.0
#define COVER_WIDTH 32.0
#define COVER_HEIGHT 780.0

#define DRAWING_NAMESPACE " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
#define PICTURE_NAMESPACE "http://schemas.openxmlformats.org/drawingml/2006/picture"
#define PICTURE_RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"

static cairo_status_t put_bytes(void *closure, const unsigned char *data, unsigned int len)
{
	struct buf *out = closure;

	buf_put(out, str_make((const char *)data, len));
	return out->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* Draws `svg` of width × height points into `out`. */
static int draw(struct buf *out, RsvgHandle *svg, double width, double height, struct err *err)
{
	RsvgRectangle place = { 0, 0, width * DOTS_PER_POINT, height * DOTS_PER_POINT };
	cairo_surface_t *surface = cairo_image_surface_create(
		CAIRO_FORMAT_ARGB32, (int)(place.width + .5), (int)(place.height + .5));
	cairo_t *cr = cairo_create(surface);
	GError *error = NULL;
	cairo_status_t status;
	int r = 0;

	if (!rsvg_handle_render_document(svg, cr, &place, &error)) {
		r = err_set(err, FAULT_INTERNAL, "figure: %s", error->message);
		g_error_free(error);
	} else {
		status = cairo_surface_write_to_png_stream(surface, put_bytes, out);
		if (status && !out->full)
			r = err_set(err, FAULT_INTERNAL, "cairo: %s",
				    cairo_status_to_string(status));
	}
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
	return r;
}

static void add_medium(struct docx *x, const char *type, struct str bytes)
{
	struct str name = str_fmt(x->a, "word/media/image%d.%s", x->n_pictures, type);

	*vec_push(x->a, &x->media) = (struct zip_file){ name, bytes };
	buf_fmt(&x->relations,
		"<Relationship Id=\"%s%d\" Type=\"" PICTURE_RELATION
		"\" Target=\"media/image%d.%s\"/>\n",
		type, x->n_pictures, x->n_pictures, type);
}

/* The drawing as PNG, and unless `source` is empty as SVG, become parts; x->n_pictures is their number. */
static int add_media(struct docx *x, struct str source, RsvgHandle *svg, double width,
		     double height)
{
	struct buf png = buf_make(x->a, DOCUMENT_BYTES_MAX);
	int r = draw(&png, svg, width, height, x->err);

	if (r)
		return r;
	x->n_pictures++;
	add_medium(x, "png", buf_str(&png));
	if (source.len)
		add_medium(x, "svg", source);
	return 0;
}

/* Where the SVG of picture `n` is, for programs that draw it instead of the PNG. */
static void put_svg(struct docx *x, int n)
{
	buf_fmt(&x->body,
		"<a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\"><asvg:svgBlip "
		"xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" "
		"r:embed=\"svg%d\"/></a:ext></a:extLst>",
		n);
}

/* The picture itself, inside an inline or anchored drawing. */
static void put_picture(struct docx *x, bool has_svg, int width, int height)
{
	int n = x->n_pictures;

	buf_fmt(&x->body,
		"<a:graphic" DRAWING_NAMESPACE "><a:graphicData uri=\"" PICTURE_NAMESPACE "\">"
		"<pic:pic xmlns:pic=\"" PICTURE_NAMESPACE "\"><pic:nvPicPr>"
		"<pic:cNvPr id=\"%d\" name=\"image%d\"/><pic:cNvPicPr/></pic:nvPicPr>"
		"<pic:blipFill><a:blip r:embed=\"png%d\">",
		n, n, n);
	if (has_svg)
		put_svg(x, n);
	buf_fmt(&x->body,
		"</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
		"<a:off x=\"0\" y=\"0\"/><a:ext cx=\"%d\" cy=\"%d\"/></a:xfrm>"
		"<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
		"</a:graphicData></a:graphic>",
		width, height);
}

/* A picture in the line, of width × height points; `words` stand for it where it is not seen. */
static void put_inline(struct docx *x, bool has_svg, double width, double height, struct str words)
{
	buf_fmt(&x->body,
		"<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
		"<wp:extent cx=\"%d\" cy=\"%d\"/><wp:docPr id=\"%d\" name=\"Figure %d\"",
		(int)(width * EMU), (int)(height * EMU), x->n_pictures, x->n_pictures);
	xml_attribute(&x->body, "descr", words);
	buf_puts(&x->body, "/>");
	put_picture(x, has_svg, (int)(width * EMU), (int)(height * EMU));
	buf_puts(&x->body, "</wp:inline></w:drawing></w:r>");
}

int docx_figure(struct docx *x, const struct block *b)
{
	RsvgHandle *svg;
	double shape, width, height;
	int r = figure_open(b->svg, &svg, &shape, x->err);

	if (r)
		return r;
	figure_size(b, shape, &width, &height);
	r = add_media(x, b->svg, svg, width, height);
	g_object_unref(svg);
	if (r)
		return r;
	docx_open(&x->body, "Figure", x->keeps ? "<w:keepNext/>" : "");
	put_inline(x, true, width, height, b->text);
	docx_close(&x->body);
	return 0;
}

int docx_logo(struct docx *x)
{
	RsvgHandle *svg;
	double shape;
	int r;

	if (!x->doc->logo.len)
		return 0;
	r = figure_open(x->doc->logo, &svg, &shape, x->err);
	if (r)
		return r;
	r = add_media(x, S(""), svg, LOGO_WIDTH, LOGO_HEIGHT);
	g_object_unref(svg);
	if (r)
		return r;
	docx_open(&x->body, "CoverLogo", "");
	put_inline(x, false, LOGO_WIDTH, LOGO_HEIGHT, x->doc->author);
	docx_close(&x->body);
	return 0;
}

/* Behind the text, at its place on the page, and no more than an ornament to a screen reader. */
static void anchor_cover(struct docx *x)
{
	int width = (int)(COVER_WIDTH * EMU), height = (int)(COVER_HEIGHT * EMU);
	int at = (int)(COVER_AT * EMU);

	buf_fmt(&x->body,
		"<w:r><w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" "
		"simplePos=\"0\" relativeHeight=\"1\" behindDoc=\"1\" locked=\"0\" "
		"layoutInCell=\"1\" allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/>"
		"<wp:positionH relativeFrom=\"page\"><wp:posOffset>%d</wp:posOffset></wp:positionH>"
		"<wp:positionV relativeFrom=\"page\"><wp:posOffset>%d</wp:posOffset></wp:positionV>"
		"<wp:extent cx=\"%d\" cy=\"%d\"/><wp:wrapNone/>"
		"<wp:docPr id=\"%d\" name=\"Jalon\" descr=\"\"><a:extLst" DRAWING_NAMESPACE ">"
		"<a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\"><adec:decorative "
		"xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" "
		"val=\"1\"/></a:ext></a:extLst></wp:docPr>",
		at, at, width, height, x->n_pictures);
	put_picture(x, true, width, height);
	buf_puts(&x->body, "</wp:anchor></w:drawing></w:r>");
}

int docx_cover_picture(struct docx *x)
{
	RsvgHandle *svg;
	double shape;
	int r = figure_open(docx_cover, &svg, &shape, x->err);

	if (r)
		return r;
	r = add_media(x, docx_cover, svg, COVER_WIDTH, COVER_HEIGHT);
	g_object_unref(svg);
	if (!r)
		anchor_cover(x);
	return r;
}
