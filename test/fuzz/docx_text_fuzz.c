/* Any text in a DOCX's body and in an attribute: well-formed XML comes out, and the text in it is what went in
 * but for what XML cannot hold. */
#include <assert.h>
#include <glib.h>
#include <string.h>

#include "base/utf8.h"
#include "document/docx_priv.h"
#include "fuzz.h"

static void take_text(GMarkupParseContext *context, const char *text, gsize n, void *to, GError **e)
{
	(void)context;
	(void)e;
	buf_put(to, str_make(text, n));
}

static void take_start(GMarkupParseContext *context, const char *name, const char **names,
		       const char **values, void *to, GError **e)
{
	(void)context;
	(void)e;
	if (!strcmp(name, "w:tab"))
		buf_putc(to, '\t');
	if (!strcmp(name, "w:br"))
		buf_putc(to, '\n');
	if (!strcmp(name, "all")) {
		assert(!strcmp(names[0], "text") && !names[1]);
		buf_puts(to, values[0]);
		buf_putc(to, '|');
	}
}

/* `s` with what XML cannot hold as U+FFFD; ends of lines are one character in the body. */
static void expect(struct buf *b, struct str s, bool in_body)
{
	while (s.len) {
		struct str from = s;
		uint32_t c = utf8_next(&s);

		if (in_body && c == '\r') {
			if (!s.len || s.data[0] != '\n')
				buf_putc(b, '\n');
		} else if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE ||
			   c == 0xFFFF) {
			buf_puts(b, "\xEF\xBF\xBD");
		} else {
			buf_put(b, str_slice(from, 0, from.len - s.len));
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const GMarkupParser parser = { .start_element = take_start, .text = take_text };
	struct str s = str_make((const char *)data, size);
	struct buf xml, read, wanted;
	GMarkupParseContext *context;
	struct arena a;

	if (size > 65536 || !utf8_valid(s))
		return 0;
	arena_init(&a, (size_t)16 << 20);
	xml = buf_make(&a, 4 << 20);
	read = buf_make(&a, 1 << 20);
	wanted = buf_make(&a, 1 << 20);
	buf_puts(&xml, "<all");
	xml_attribute(&xml, "text", s);
	buf_puts(&xml, ">");
	docx_run(&xml, "", s);
	buf_puts(&xml, "</all>");
	expect(&wanted, s, false);
	buf_putc(&wanted, '|');
	expect(&wanted, s, true);
	context = g_markup_parse_context_new(&parser, 0, &read, NULL);
	assert(g_markup_parse_context_parse(context, xml.data, (gssize)xml.len, NULL));
	assert(g_markup_parse_context_end_parse(context, NULL));
	g_markup_parse_context_free(context);
	assert(!xml.full && str_eq(buf_str(&read), buf_str(&wanted)));
	arena_release(&a);
	return 0;
}
