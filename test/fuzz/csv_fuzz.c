/* Any text as a cell of CSV: it is read back as it was, stays one cell, and begins no formula. */
#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "document/workbook.h"
#include "fuzz.h"

#define MARK "\xEF\xBB\xBF"

/* The next cell of `*text`, unquoted (RFC 4180), and what ended it: `separator` or CR. */
static struct str next_cell(struct arena *a, struct str *text, char separator, char *ret_end)
{
	struct buf b = buf_make(a, text->len);
	bool quoted = text->data[0] == '"';
	size_t i = quoted;

	for (;; i++) {
		assert(i < text->len);
		if (quoted && text->data[i] == '"') {
			if (text->data[i + 1] != '"')
				break;
			i++;
		} else if (!quoted) {
			if (text->data[i] == separator || text->data[i] == '\r')
				break;
			assert(text->data[i] != '"' && text->data[i] != '\n');
		}
		buf_putc(&b, text->data[i]);
	}
	i += quoted;
	*ret_end = text->data[i];
	assert(*ret_end == separator || (*ret_end == '\r' && text->data[i + 1] == '\n'));
	*text = str_slice(*text, i + (*ret_end == '\r' ? 2 : 1), text->len);
	return buf_str(&b);
}

static void check(struct arena *a, const struct worksheet *s, enum csv_form form, struct str wanted)
{
	char separator = form == CSV_FRENCH ? ';' : ',', end;
	struct str text, cell;

	assert(worksheet_csv(a, s, form, &text) == 0);
	if (form != CSV_RAW) {
		assert(str_starts(text, S(MARK)));
		text = str_slice(text, strlen(MARK), text.len);
	}
	for (int i = 0; i < 4; i++) {
		cell = next_cell(a, &text, separator, &end);
		assert(end == (i % 2 ? '\r' : separator));
		if (form != CSV_RAW && cell.len) {
			assert(!memchr("=+-@\t\r\n", cell.data[0], 7));
			if (cell.data[0] == '\'' && cell.len > wanted.len)
				cell = str_slice(cell, 1, cell.len);
		}
		assert(str_eq(cell, wanted));
	}
	assert(text.len == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_make((const char *)data, size);
	const struct worksheet_column columns[] = { { s, COLUMN_TEXT, 0 },
						    { s, COLUMN_INTEGER, 0 } };
	const struct worksheet_cell cells[] = { cell_text(s), cell_text(s) };
	struct worksheet sheet = { s, columns, 2, 1, cells };
	struct arena a;

	if (size > 65536 || !utf8_valid(s))
		return 0;
	arena_init(&a, (size_t)64 << 20);
	check(&a, &sheet, CSV_FRENCH, s);
	check(&a, &sheet, CSV_ENGLISH, s);
	check(&a, &sheet, CSV_RAW, s);
	arena_release(&a);
	return 0;
}
