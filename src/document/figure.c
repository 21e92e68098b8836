/* Figures: opening and sizing SVG. See document_priv.h. */
#include "document/document_priv.h"

#include "base/buf.h"

static int figure_shape(RsvgHandle *svg, double *ret, struct err *err)
{
	gboolean has_width, has_height, has_box;
	RsvgLength width, height;
	RsvgRectangle box;

	rsvg_handle_get_intrinsic_dimensions(svg, &has_width, &width, &has_height, &height,
					     &has_box, &box);
	if (!has_box || !(box.width > 0) || !(box.height > 0))
		return err_set(err, FAULT_INTERNAL, "figure without a viewBox");
	*ret = box.height / box.width;
	return 0;
}

int figure_open(struct str svg, RsvgHandle **ret, double *ret_shape, struct err *err)
{
	GError *error = NULL;
	RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)svg.data, svg.len, &error);
	int r;

	if (!handle) {
		r = err_set(err, FAULT_INTERNAL, "figure: %s", error->message);
		g_error_free(error);
		return r;
	}
	r = figure_shape(handle, ret_shape, err);
	if (r)
		g_object_unref(handle);
	else
		*ret = handle;
	return r;
}

void figure_size(const struct block *b, double shape, double *ret_width, double *ret_height)
{
	double share = b->width > 0 && b->width <= 1 ? b->width : 1;
	double width = TEXT_WIDTH * share;

	if (width * shape > TEXT_HEIGHT)
		width = TEXT_HEIGHT / shape;
	*ret_width = width;
	*ret_height = width * shape;
}

struct str document_logo(struct arena *a, struct str type, struct str bytes)
{
	enum { AROUND = 1024 };
	struct buf b = buf_make(a, bytes.len * 2 + AROUND);
	gchar *text;

	if (bytes.len == 0 || !(str_is(type, "image/png") || str_is(type, "image/jpeg")))
		return S("");
	text = g_base64_encode((const guchar *)bytes.data, bytes.len);
	buf_fmt(&b,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"><image width=\"%d\" "
		"height=\"%d\" preserveAspectRatio=\"xMinYMid meet\" href=\"data:%.*s;base64,",
		LOGO_WIDTH, LOGO_HEIGHT, LOGO_WIDTH, LOGO_HEIGHT, STR_ARG(type));
	buf_puts(&b, text);
	buf_puts(&b, "\"/></svg>");
	g_free(text);
	return buf_str(&b);
}
