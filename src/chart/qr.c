/* QR codes: see qr.h. libqrencode makes the matrix; the drawing is ours. */
#include "chart/qr.h"

#include <assert.h>
#include <qrencode.h>

#include "chart/svg.h"

enum {
	SCREEN_PX = 240,
	PROJECTION_PX = 640,
	PRINT_MM = 36,
};

/* Colours are attributes: the code must stay dark on light where no stylesheet of ours is read, and in
 * the dark theme. */
#define LIGHT "#fff"
#define DARK "#000"

/* The version (size) grows with the correction, and a larger code has smaller modules: correction beyond
 * the one wanted is taken only where it costs nothing. */
static QRcode *encode(const char *address, QRecLevel level)
{
	QRcode *code = QRcode_encodeString(address, 0, level, QR_MODE_8, 1);

	assert(code); /* QR_ADDRESS_MAX fits in every level, and memory ends the process */
	while (level < QR_ECLEVEL_H) {
		QRcode *stronger =
			QRcode_encodeString(address, code->version, ++level, QR_MODE_8, 1);

		assert(stronger);
		if (stronger->version > code->version) {
			QRcode_free(stronger);
			break;
		}
		QRcode_free(code);
		code = stronger;
	}
	return code;
}

static void put_number(struct buf *b, const char *before, int n, const char *after)
{
	buf_puts(b, before);
	buf_i64(b, n);
	buf_puts(b, after);
}

/* Width and height: whole pixels for each module on a screen, so that no edge is blurred. */
static void put_size(struct buf *b, enum qr_use use, int modules)
{
	int size = PRINT_MM;
	const char *unit = "mm\"";

	if (use != QR_PRINT) {
		int wanted = use == QR_PROJECTION ? PROJECTION_PX : SCREEN_PX;

		size = (wanted + modules - 1) / modules * modules;
		unit = "\"";
	}
	put_number(b, " width=\"", size, unit);
	put_number(b, " height=\"", size, unit);
}

static bool is_dark(const QRcode *code, int x, int y)
{
	return code->data[y * code->width + x] & 1;
}

/* One path, a rectangle for each run of dark modules in a row: neighbours must not show a seam. */
static void put_modules(struct buf *b, const QRcode *code)
{
	buf_puts(b, "<path fill=\"" DARK "\" d=\"");
	for (int y = 0; y < code->width; y++) {
		for (int x = 0, n; x < code->width; x += n) {
			bool dark = is_dark(code, x, y);

			for (n = 1; x + n < code->width && is_dark(code, x + n, y) == dark;)
				n++;
			if (!dark)
				continue;
			put_number(b, "M", x + QR_QUIET, "");
			put_number(b, " ", y + QR_QUIET, "");
			put_number(b, "h", n, "v1");
			put_number(b, "h", -n, "z");
		}
	}
	buf_puts(b, "\"/>");
}

struct str chart_qr_svg(struct arena *a, const struct chart_qr *c)
{
	struct svg_words words = svg_words(a, &c->words);
	struct buf b = svg_make(a), attributes = buf_make(a, 256);
	QRcode *code;
	int modules;

	if (!c->address.len || c->address.len > QR_ADDRESS_MAX ||
	    memchr(c->address.data, '\0', c->address.len))
		return S("");
	code = encode(str_c(a, c->address), c->use == QR_PRINT ? QR_ECLEVEL_Q : QR_ECLEVEL_M);
	modules = code->width + 2 * QR_QUIET;
	buf_puts(&attributes, "class=\"qr\"");
	put_size(&attributes, c->use, modules);
	put_number(&attributes, " viewBox=\"0 0 ", modules, "");
	put_number(&attributes, " ", modules, "\" shape-rendering=\"crispEdges\"");
	svg_open(&b, buf_str(&attributes).data, &words, "");
	put_number(&b, "<rect fill=\"" LIGHT "\" width=\"", modules, "\"");
	put_number(&b, " height=\"", modules, "\"/>");
	put_modules(&b, code);
	QRcode_free(code);
	svg_close(&b);
	return buf_str(&b);
}
