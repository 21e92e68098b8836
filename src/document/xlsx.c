/* XLSX by libxlsxwriter: see workbook.h. */
#include "document/workbook_priv.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/utf8.h"

enum {
	EPOCH_SERIAL = 25569, /* 1970-01-01 as Excel counts days */
	SHORT_DATE = 14,      /* the built-in format that follows the reader's settings */
	MEASURED_ROWS = 200,
	WIDTH_MIN = 9,
	WIDTH_MAX = 59,  /* characters; longer texts are wrapped */
	TEXT_INDENT = 1, /* between a number at the right and the text of the next column */
	LINE_POINTS = 15,
	LINES_MAX = 27, /* Excel has no higher row */
};

struct formats {
	lxw_format *header, *number_header, *text, *date;
	lxw_format *decimal[7], *percent[7]; /* by decimals, made when needed */
};

struct xlsx {
	struct arena *a;
	const struct workbook *w;
	lxw_workbook *book;
	struct formats formats;
	lxw_error error; /* the first that is not "none" stays */
};

static void keep(struct xlsx *x, lxw_error error)
{
	if (!x->error)
		x->error = error;
}

static lxw_format *header_format(struct xlsx *x, uint8_t align)
{
	lxw_format *f = workbook_add_format(x->book);

	if (align == LXW_ALIGN_LEFT)
		format_set_indent(f, TEXT_INDENT);
	format_set_bold(f);
	format_set_text_wrap(f);
	format_set_align(f, align);
	format_set_align(f, LXW_ALIGN_VERTICAL_BOTTOM);
	format_set_bg_color(f, 0xEEF2F1);
	format_set_font_color(f, 0x10242B);
	format_set_bottom(f, LXW_BORDER_THIN);
	format_set_bottom_color(f, 0x6F8085);
	return f;
}

static void make_formats(struct xlsx *x)
{
	struct formats *f = &x->formats;

	f->header = header_format(x, LXW_ALIGN_LEFT);
	f->number_header = header_format(x, LXW_ALIGN_RIGHT);
	f->text = workbook_add_format(x->book);
	format_set_text_wrap(f->text);
	format_set_align(f->text, LXW_ALIGN_LEFT);
	format_set_indent(f->text, TEXT_INDENT);
	format_set_align(f->text, LXW_ALIGN_VERTICAL_TOP);
	f->date = workbook_add_format(x->book);
	format_set_num_format_index(f->date, SHORT_DATE);
	format_set_align(f->date, LXW_ALIGN_VERTICAL_TOP);
}

/* "0.00", "0.00%" */
static lxw_format *number_format(struct xlsx *x, lxw_format **made, int decimals, const char *end)
{
	if (!made[decimals]) {
		struct str code = str_fmt(x->a, "#,##0%s%.*s%s", decimals ? "." : "", decimals,
					  "000000", end);

		made[decimals] = workbook_add_format(x->book);
		format_set_num_format(made[decimals], code.data);
		format_set_align(made[decimals], LXW_ALIGN_VERTICAL_TOP);
	}
	return made[decimals];
}

static double scaled(int64_t n, int decimals)
{
	double unit = 1;

	for (int i = 0; i < decimals; i++)
		unit *= 10;
	return (double)n / unit;
}

static bool is_whole(int64_t n, int decimals)
{
	while (decimals-- > 0 && n % 10 == 0)
		n /= 10;
	return decimals < 0;
}

static void put_number(struct xlsx *x, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
		       const struct worksheet_column *column, int64_t n)
{
	int decimals = column_decimals(column);
	lxw_format *format = NULL;
	double value = (double)n;

	switch (column->kind) {
	case COLUMN_TEXT:
	case COLUMN_INTEGER:
		format = number_format(x, x->formats.decimal, 0, "");
		break;
	case COLUMN_DECIMAL:
		format = number_format(x, x->formats.decimal, decimals, "");
		value = scaled(n, decimals);
		break;
	case COLUMN_FIGURE:
		value = scaled(n, decimals);
		format = number_format(x, x->formats.decimal, is_whole(n, decimals) ? 0 : decimals,
				       "");
		break;
	case COLUMN_PERCENT:
		format = number_format(x, x->formats.percent, decimals, "%");
		value = scaled(n, SHARE_DECIMALS);
		break;
	case COLUMN_DATE:
		format = x->formats.date;
		value = (double)(n + EPOCH_SERIAL);
		break;
	}
	keep(x, worksheet_write_number(sheet, row, col, value, format));
}

static void put_text(struct xlsx *x, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
		     struct str s, lxw_format *format)
{
	if (!s.len)
		return;
	s = cell_string(x->a, s, x->w->cut_note);
	keep(x, worksheet_write_string(sheet, row, col, str_c(x->a, s), format));
}

static size_t longest_line(struct str s)
{
	size_t longest = 0;

	while (s.len) {
		size_t n = utf8_count(utf8_prefix(str_cut(&s, '\n'), WIDTH_MAX));

		longest = n > longest ? n : longest;
	}
	return longest;
}

static size_t column_width(const struct worksheet *s, size_t column)
{
	/* The header leaves room for the filter's button. */
	size_t width = longest_line(s->columns[column].title) + 3;

	width = width < WIDTH_MIN ? WIDTH_MIN : width;
	for (size_t row = 0; row < s->n_rows && row < MEASURED_ROWS; row++) {
		size_t n = longest_line(s->cells[row * s->n_columns + column].text);

		width = n > width ? n : width;
	}
	return width > WIDTH_MAX ? WIDTH_MAX : width;
}

/* Lines of a text in a column; not every program measures rows when it opens a file. */
static size_t lines_of(struct str s, size_t width)
{
	size_t lines = 0;

	while (s.len && lines < LINES_MAX) {
		size_t n = utf8_count(utf8_prefix(str_cut(&s, '\n'), LINES_MAX * WIDTH_MAX));

		lines += n > width ? (n + width - 1) / width : 1;
	}
	return lines < LINES_MAX ? lines : LINES_MAX;
}

/* Prints across one page, header and page number on each. */
static void set_printing(lxw_worksheet *sheet)
{
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, 9); /* A4 */
	worksheet_fit_to_pages(sheet, 1, 0);
	(void)worksheet_repeat_rows(sheet, 0, 0);
	(void)worksheet_set_footer(sheet, "&L&A&R&P / &N");
}

static void put_columns(struct xlsx *x, lxw_worksheet *sheet, const struct worksheet *s,
			size_t *width)
{
	for (size_t i = 0; i < s->n_columns; i++) {
		lxw_col_t col = (lxw_col_t)i;
		bool is_text = s->columns[i].kind == COLUMN_TEXT;

		width[i] = column_width(s, i);
		keep(x, worksheet_set_column(sheet, col, col, (double)width[i] + 1 + TEXT_INDENT,
					     NULL));
		put_text(x, sheet, 0, col, s->columns[i].title,
			 is_text ? x->formats.header : x->formats.number_header);
	}
}

static void put_row(struct xlsx *x, lxw_worksheet *sheet, const struct worksheet *s, size_t row,
		    const size_t *width)
{
	lxw_row_t at = (lxw_row_t)row + 1; /* below the header */
	size_t lines = 1;

	for (size_t i = 0; i < s->n_columns; i++) {
		const struct worksheet_cell *cell = &s->cells[row * s->n_columns + i];
		size_t n = lines_of(cell->text, width[i]);

		lines = n > lines ? n : lines;
		if (cell->is_number)
			put_number(x, sheet, at, (lxw_col_t)i, &s->columns[i], cell->number);
		else
			put_text(x, sheet, at, (lxw_col_t)i, cell->text, x->formats.text);
	}
	if (lines > 1)
		keep(x, worksheet_set_row(sheet, at, (double)lines * LINE_POINTS, NULL));
}

static void put_sheet(struct xlsx *x, const struct worksheet *s, struct str name)
{
	lxw_worksheet *sheet = workbook_add_worksheet(x->book, str_c(x->a, name));
	size_t width[WORKBOOK_COLUMNS_MAX];

	if (!sheet) {
		keep(x, LXW_ERROR_PARAMETER_VALIDATION);
		return;
	}
	worksheet_freeze_panes(sheet, 1, 0);
	set_printing(sheet);
	put_columns(x, sheet, s, width);
	for (size_t row = 0; row < s->n_rows && !x->error; row++)
		put_row(x, sheet, s, row, width);
	if (s->n_rows && s->n_columns)
		keep(x, worksheet_autofilter(sheet, 0, 0, (lxw_row_t)s->n_rows,
					     (lxw_col_t)(s->n_columns - 1)));
}

/* libxlsxwriter copies them, and takes 0 for "now". */
static void set_properties(struct xlsx *x)
{
	struct str title = cell_string(x->a, utf8_prefix(x->w->title, 255), S(""));
	struct str author = cell_string(x->a, utf8_prefix(x->w->author, 255), S(""));
	char *texts[] = { arena_new(x->a, char, title.len + 1),
			  arena_new(x->a, char, author.len + 1) };
	int64_t created = x->w->created_ms / 1000;
	lxw_doc_properties properties = { .title = texts[0],
					  .author = texts[1],
					  .created = (time_t)(created ? created : 1) };

	memcpy(texts[0], title.data ? title.data : "", title.len);
	memcpy(texts[1], author.data ? author.data : "", author.len);
	keep(x, workbook_set_properties(x->book, &properties));
}

/* All of a memory file. */
static int read_back(struct arena *a, int fd, struct str *ret, struct err *err)
{
	struct buf b = buf_make(a, DOCUMENT_BYTES_MAX);
	off_t size = lseek(fd, 0, SEEK_END);
	char *to;

	if (size < 0)
		return err_set(err, FAULT_SYSTEM, "workbook in memory: %s", strerror(errno));
	to = buf_reserve(&b, (size_t)size);
	if (!to)
		return DOCUMENT_TOO_LONG;
	for (off_t at = 0; at < size;) {
		ssize_t n = pread(fd, to + at, (size_t)(size - at), at);

		if (n <= 0)
			return err_set(err, FAULT_SYSTEM, "workbook in memory: %s",
				       strerror(errno));
		at += n;
	}
	buf_advance(&b, (size_t)size);
	*ret = buf_str(&b);
	return 0;
}

static int write_book(struct xlsx *x, const char *path, struct err *err)
{
	struct str names[WORKBOOK_SHEETS_MAX];
	lxw_error closed;

	x->book = workbook_new(path);
	if (!x->book)
		return err_set(err, FAULT_SYSTEM, "libxlsxwriter has no memory");
	set_properties(x);
	make_formats(x);
	for (size_t i = 0; i < x->w->n_sheets; i++) {
		names[i] = sheet_name(x->a, x->w->sheets[i].name, names, i);
		put_sheet(x, &x->w->sheets[i], names[i]);
	}
	/* Also frees. */
	closed = workbook_close(x->book);
	keep(x, closed);
	if (x->error)
		return err_set(err, closed ? FAULT_SYSTEM : FAULT_INTERNAL, "libxlsxwriter: %s",
			       lxw_strerror(x->error));
	return 0;
}

/* Address space for texts on their way: each is escaped and copied once. */
enum { WORKING_BYTES = 1024 * 1024 * 1024 };

int workbook_xlsx(struct arena *a, const struct workbook *w, struct str *ret, struct err *err)
{
	struct arena work;
	struct xlsx x = { .a = &work, .w = w };
	char path[64];
	int fd, r;

	if (worksheets_are_too_long(w->sheets, w->n_sheets))
		return DOCUMENT_TOO_LONG;
	/* libxlsxwriter takes files only: one that lives in memory and has no name. */
	fd = memfd_create("workbook", MFD_CLOEXEC);
	if (fd < 0)
		return err_set(err, FAULT_SYSTEM, "workbook in memory: %s", strerror(errno));
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	arena_init(&work, WORKING_BYTES);
	r = write_book(&x, path, err);
	arena_release(&work);
	if (!r)
		r = read_back(a, fd, ret, err);
	close(fd);
	return r;
}
