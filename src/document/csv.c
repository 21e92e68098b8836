/* CSV: see workbook.h. */
#include "document/workbook_priv.h"

#include <string.h>

#include "base/num.h"
#include "base/timing.h"
#include "base/utf8.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

struct csv {
	struct buf out;
	enum csv_form form;
	char separator, point;
};

/* What spreadsheets take for the beginning of a formula, also in full width. */
static bool begins_formula(struct str s)
{
	uint32_t c = s.len ? utf8_next(&s) : 'a';

	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r' ||
	       c == '\n' || c == 0xFF1D || c == 0xFF0B || c == 0xFF0D || c == 0xFF20;
}

static bool needs_quotes(const struct csv *c, struct str s)
{
	if (!s.len)
		return false;
	if (s.data[0] == ' ' || s.data[s.len - 1] == ' ')
		return true;
	for (size_t i = 0; i < s.len; i++)
		if (s.data[i] == c->separator || s.data[i] == '"' || s.data[i] == '\n' ||
		    s.data[i] == '\r')
			return true;
	return false;
}

static void put_text(struct csv *c, struct str s)
{
	bool guarded = c->form != CSV_RAW && begins_formula(s);
	bool quoted = guarded || needs_quotes(c, s);

	if (quoted)
		buf_putc(&c->out, '"');
	if (guarded)
		buf_putc(&c->out, '\'');
	while (s.len) {
		const char *quote = memchr(s.data, '"', s.len);
		size_t n = quote ? (size_t)(quote - s.data) + 1 : s.len;

		buf_put(&c->out, str_slice(s, 0, n));
		if (quote)
			buf_putc(&c->out, '"');
		s = str_slice(s, n, s.len);
	}
	if (quoted)
		buf_putc(&c->out, '"');
}

static void put_share(struct csv *c, int64_t share, int decimals)
{
	if (c->form == CSV_RAW) {
		decimal_put(&c->out, share, SHARE_DECIMALS, '.');
		return;
	}
	/* As the screen rounds; a spreadsheet reads "58,8%" as a share. */
	share_put(&c->out, share, decimals, c->point);
	buf_putc(&c->out, '%');
}

static void put_number(struct csv *c, const struct worksheet_column *column, int64_t n)
{
	switch (column->kind) {
	case COLUMN_TEXT:
	case COLUMN_INTEGER:
		buf_i64(&c->out, n);
		break;
	case COLUMN_DECIMAL:
	case COLUMN_FIGURE:
		decimal_put(&c->out, n, column_decimals(column), c->point);
		break;
	case COLUMN_PERCENT:
		put_share(c, n, column_decimals(column));
		break;
	case COLUMN_DATE:
		day_put(&c->out, n);
		break;
	}
}

static void put_row(struct csv *c, const struct worksheet *s, size_t row)
{
	for (size_t i = 0; i < s->n_columns; i++) {
		const struct worksheet_cell *cell = &s->cells[row * s->n_columns + i];

		if (i)
			buf_putc(&c->out, c->separator);
		if (cell->is_number)
			put_number(c, &s->columns[i], cell->number);
		else
			put_text(c, cell->text);
	}
	buf_puts(&c->out, "\r\n");
}

int worksheet_csv(struct arena *a, const struct worksheet *s, enum csv_form form, struct str *ret)
{
	struct csv c = {
		.out = buf_make(a, DOCUMENT_BYTES_MAX),
		.form = form,
		.separator = form == CSV_FRENCH ? ';' : ',',
		.point = form == CSV_FRENCH ? ',' : '.',
	};

	if (worksheets_are_too_long(s, 1))
		return DOCUMENT_TOO_LONG;
	if (form != CSV_RAW)
		buf_puts(&c.out, BYTE_ORDER_MARK);
	for (size_t i = 0; i < s->n_columns; i++) {
		if (i)
			buf_putc(&c.out, c.separator);
		put_text(&c, s->columns[i].title);
	}
	buf_puts(&c.out, "\r\n");
	for (size_t row = 0; row < s->n_rows; row++)
		put_row(&c, s, row);
	if (c.out.full)
		return DOCUMENT_TOO_LONG;
	*ret = buf_str(&c.out);
	return 0;
}
