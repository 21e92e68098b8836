/* Small pieces of XML: see xml_priv.h. */
#include "document/xml_priv.h"

#include <string.h>

enum { PART_MAX = 1024 * 1024 /* bytes of a part that xml_fill() makes */ };

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
