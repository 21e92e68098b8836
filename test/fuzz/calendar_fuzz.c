/* Any text in an iCalendar: lines are short and whole UTF-8, no line is added, and the text is read back. */
#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "document/calendar.h"
#include "fuzz.h"

/* The lines joined again, each ending with LF. */
static struct str unfold(struct arena *a, struct str ics)
{
	struct buf b = buf_make(a, ics.len + 1);

	while (ics.len) {
		struct str line = str_cut(&ics, '\n');
		bool goes_on = str_starts(line, S(" "));

		assert(str_ends(line, S("\r")) && line.len <= 75 + 1 && utf8_valid(line));
		line = str_slice(line, goes_on, line.len - 1);
		assert(!memchr(line.data, '\r', line.len));
		if (goes_on)
			b.len--;
		buf_put(&b, line);
		buf_putc(&b, '\n');
	}
	return buf_str(&b);
}

/* As the property's value must be once unescaped. */
static struct str expected(struct arena *a, struct str s)
{
	struct buf b = buf_make(a, 3 * s.len + 1);

	while (s.len) {
		struct str from = s;
		uint32_t c = utf8_next(&s);

		if (c == '\r' && s.len && s.data[0] == '\n')
			continue;
		if (c == '\r' || c == '\n')
			buf_putc(&b, '\n');
		else if ((c < 0x20 && c != '\t') || c == 0x7F)
			buf_puts(&b, "\xEF\xBF\xBD");
		else
			buf_put(&b, str_slice(from, 0, from.len - s.len));
	}
	return buf_str(&b);
}

static struct str unescape(struct arena *a, struct str s)
{
	struct buf b = buf_make(a, s.len + 1);

	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] != '\\') {
			assert(s.data[i] != ';' && s.data[i] != ',');
			buf_putc(&b, s.data[i]);
			continue;
		}
		i++;
		assert(i < s.len && memchr("n\\;,", s.data[i], 4));
		buf_putc(&b, s.data[i] == 'n' ? '\n' : s.data[i]);
	}
	return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_make((const char *)data, size), ics, text, line;
	struct calendar_event e = { .uid = s, .summary = s, .description = s, .url = s };
	struct calendar c = { .name = s, .language = s, .events = &e, .n_events = 1 };
	int begins = 0, read = 0;
	struct arena a;

	if (size > 65536 || !utf8_valid(s))
		return 0;
	arena_init(&a, (size_t)64 << 20);
	assert(calendar_ics(&a, &c, &ics) == 0);
	text = unfold(&a, ics);
	while (text.len) {
		line = str_cut(&text, '\n');
		begins += str_starts(line, S("BEGIN:"));
		if (!str_starts(line, S("SUMMARY:")))
			continue;
		read++;
		assert(str_eq(unescape(&a, str_slice(line, strlen("SUMMARY:"), line.len)),
			      expected(&a, s)));
	}
	assert(begins == 2 && read == (size > 0));
	arena_release(&a);
	return 0;
}
