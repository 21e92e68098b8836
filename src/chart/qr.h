/*
 * QR codes of addresses, as accessible SVG that stands by itself in a page, a document or a file: always
 * dark on light whatever the theme, with the quiet zone that readers need, and whole pixels per module.
 * The address stands beside the code as text too: that is the caller's business.
 */
#ifndef JALON_CHART_QR_H
#define JALON_CHART_QR_H

#include "chart/chart.h"

enum {
	QR_ADDRESS_MAX = 512, /* bytes; a denser code is hard to read from a seat */
	QR_QUIET = 4,         /* modules of light on each side: ISO/IEC 18004 asks for four */
};

/* Where it is read: how large it is when the stylesheet does not say otherwise. */
enum qr_use {
	QR_SCREEN,     /* at least 240 px, for the phone held before the screen */
	QR_PROJECTION, /* at least 640 px, for the back of the room; grown by the stylesheet */
	QR_PRINT,      /* 36 mm, with stronger correction: paper is folded and stained */
};

struct chart_qr {
	struct chart_words words; /* title: what scanning does; finding: the address, or its host */
	struct str address;
	enum qr_use use;
};

/* The code as one `svg.qr`, in `a`. The empty string when the address is empty, longer than QR_ADDRESS_MAX or
 * holds a NUL. */
struct str chart_qr_svg(struct arena *a, const struct chart_qr *c);

#endif
