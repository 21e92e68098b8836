/* A chart with its own print-safe looks, for documents: see chart.h. */
#include "chart/svg.h"

#include <assert.h>

/*
 * The light theme's values (assets/css/tokens.css), which print well: levels are ordered by lightness
 * alone, so they stay apart in grey, and every filled shape that could melt into paper has an outline.
 * Selectors are single classes: what librsvg, and word processors, are sure to understand.
 */
static const char style[] =
	"<style>"
	"text{font-family:Overpass,Arial,sans-serif;font-size:15px;font-weight:400;fill:#10242b}"
	".m{fill:#41545b}.s{font-weight:600}.e{text-anchor:end}.mid{text-anchor:middle}"
	".ax{stroke:#6f8085;stroke-width:1.5;fill:none}.gr{stroke:#d3dcda;stroke-width:1;fill:none}"
	".f0{fill:#e9eeed;stroke:#6f8085;stroke-width:.75}"
	".f1{fill:#e6eed6}.f2{fill:#b4d6bf}.f3{fill:#6fb3ae}.f4{fill:#2b7988}.f5{fill:#0d4858}"
	".k1{fill:#0b6a86}.k2{fill:#a96000}.k3{fill:#863a78}.k4{fill:#2f5f3a}.k5{fill:#56626a}"
	".k6{fill:#2f74b5}"
	".fh{fill:#c82a18}.fw{fill:#fff}.fi{fill:#10242b}.fg{fill:#57696f}"
	".ph{stroke:#10242b;stroke-width:1;fill:none}"
	".hollow{fill:#fff;stroke:#41545b;stroke-width:1.5}.bar{stroke:#6f8085;stroke-width:.75}"
	".blank{fill:#fff;stroke:#41545b;stroke-width:1.5;stroke-dasharray:3 3}"
	".no{fill:none;stroke:#41545b;stroke-width:1.5}"
	".ring{stroke:#10242b;stroke-width:2;fill:none}"
	"</style>";

struct str chart_standalone(struct arena *a, struct str svg)
{
	static const struct str opening = STR("<svg "), closing = STR("</svg>");
	struct buf b = svg_make(a);
	const char *end;

	/* A chart may be two drawings, of which the first is the one for wide places. Text is escaped,
	 * so the first closing tag is a tag. */
	end = memmem(svg.data, svg.len, closing.data, closing.len);
	assert(end && str_starts(svg, opening));
	buf_puts(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" ");
	svg = str_make(svg.data + opening.len, (size_t)(end - svg.data) - opening.len);
	/* The title stays the first child: the style follows the description. */
	end = memmem(svg.data, svg.len, "</desc>", strlen("</desc>"));
	assert(end);
	end += strlen("</desc>");
	buf_put(&b, str_make(svg.data, (size_t)(end - svg.data)));
	buf_puts(&b, style);
	buf_put(&b, str_make(end, (size_t)(svg.data + svg.len - end)));
	buf_put(&b, closing);
	assert(!b.full);
	return buf_str(&b);
}
