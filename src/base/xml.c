/* Escaping: see xml.h. */
#include "base/xml.h"

#include "base/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* What stands for `c`, or NULL when it stands for itself. */
static const char *escape_of(uint32_t c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\t':
		return "&#9;";
	case '\n':
		return "&#10;";
	case '\r':
		return "&#13;";
	case 0xFFFD: /* also what a malformed byte becomes */
	case 0xFFFE:
	case 0xFFFF:
		return REPLACEMENT;
	}
	/* XML 1.0, production 2 */
	return c < 0x20 ? REPLACEMENT : NULL;
}

/* Where ASCII that stands for itself ends, which is most of most texts. */
static const char *plain_end(const char *at, const char *end)
{
	while (at < end && *at >= ' ' && *at < 0x7F && *at != '&' && *at != '<' && *at != '>' &&
	       *at != '"')
		at++;
	return at;
}

void xml_text(struct buf *b, struct str s)
{
	const char *at = s.data, *end = s.data + s.len;
	const char *plain = at; /* begins with what is not written yet */

	while ((at = plain_end(at, end)) < end) {
		struct str rest = str_make(at, (size_t)(end - at));
		const char *escape = escape_of(utf8_next(&rest));

		if (escape) {
			buf_put(b, str_make(plain, (size_t)(at - plain)));
			buf_puts(b, escape);
			plain = rest.data;
		}
		at = rest.data;
	}
	buf_put(b, str_make(plain, (size_t)(end - plain)));
}
