/* Escaping and small pieces of XML: see xml_priv.h. */
#include "document/xml_priv.h"

#include <string.h>

#include "base/utf8.h"

enum { PART_MAX = 1024 * 1024 /* bytes of a part that xml_fill() makes */ };

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
		return "\xEF\xBF\xBD";
	}
	return c < 0x20 ? "\xEF\xBF\xBD" : NULL;
}

void xml_text(struct buf *b, struct str s)
{
	struct str plain = s; /* begins with what is not written yet */

	while (s.len) {
		struct str before = s;
		const char *escape = escape_of(utf8_next(&s));

		if (!escape)
			continue;
		buf_put(b, str_slice(plain, 0, plain.len - before.len));
		buf_puts(b, escape);
		plain = s;
	}
	buf_put(b, plain);
}

void xml_attribute(struct buf *b, const char *name, struct str value)
{
	buf_putc(b, ' ');
	buf_puts(b, name);
	buf_puts(b, "=\"");
	xml_text(b, value);
	buf_putc(b, '"');
}

void xml_element(struct buf *b, const char *element, struct str text)
{
	buf_fmt(b, "<%s>", element);
	xml_text(b, text);
	buf_fmt(b, "</%s>", element);
}

struct str xml_fill(struct arena *a, struct str part, const char *name, struct str value)
{
	struct str mark = str_fmt(a, "{{%s}}", name);
	struct buf b = buf_make(a, PART_MAX);
	const char *at;

	while ((at = memmem(part.data, part.len, mark.data, mark.len))) {
		size_t before = (size_t)(at - part.data);

		buf_put(&b, str_slice(part, 0, before));
		xml_text(&b, value);
		part = str_slice(part, before + mark.len, part.len);
	}
	buf_put(&b, part);
	return buf_str(&b);
}
