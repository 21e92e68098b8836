/*
 * Workbooks: named tables of typed columns, written as XLSX for people, and each table as CSV for people's
 * programs or for machines. What a person typed is always written as a text: it can never become a formula.
 */
#ifndef JALON_DOCUMENT_WORKBOOK_H
#define JALON_DOCUMENT_WORKBOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "document/document.h"

enum column_kind {
	COLUMN_TEXT,
	COLUMN_INTEGER, /* whole numbers */
	COLUMN_DECIMAL, /* whole numbers of 10^-decimals */
	COLUMN_FIGURE,  /* the same, but a workbook shows decimals only where there are some */
	COLUMN_PERCENT, /* ten-thousandths: 5882 is 58.82 %, shown with `decimals` */
	COLUMN_DATE,    /* days since 1970-01-01 (base/timing.h) */
};

struct worksheet_column {
	struct str title;
	enum column_kind kind;
	int decimals; /* 0..6 */
};

/* A number as its column says, or a text: also in a column of numbers, where it says why there is
 * none ("hidden to protect the respondents"). All zero: an empty cell. */
struct worksheet_cell {
	struct str text;
	int64_t number;
	bool is_number;
};

static inline struct worksheet_cell cell_text(struct str s)
{
	return (struct worksheet_cell){ .text = s };
}

static inline struct worksheet_cell cell_number(int64_t n)
{
	return (struct worksheet_cell){ .number = n, .is_number = true };
}

struct worksheet {
	struct str name; /* made fit for Excel: 31 characters, none of []:*?/\, no two alike */
	const struct worksheet_column *columns;
	size_t n_columns, n_rows;           /* the columns' titles are no row */
	const struct worksheet_cell *cells; /* n_rows × n_columns */
};

struct workbook {
	struct str title, author; /* in the file's properties */
	int64_t created_ms;       /* the same input gives the same bytes */
	struct str cut_note;      /* ends a text longer than a cell holds: " [coupé]" */
	const struct worksheet *sheets;
	size_t n_sheets;
};

enum {
	WORKBOOK_SHEETS_MAX = 60,
	WORKBOOK_COLUMNS_MAX = 256,
	WORKBOOK_CELLS_MAX = 1000 * 1000,     /* of all sheets */
	WORKBOOK_TEXT_MAX = 32 * 1024 * 1024, /* bytes, of all sheets */
	WORKBOOK_CUT_NOTE_MAX = 100,          /* code points */
	CELL_TEXT_MAX = 32767,                /* UTF-16 units: Excel's limit */
};

/*
 * An XLSX: the header row frozen, filtered and repeated on each printed page, widths from the texts. The
 * bytes live in `a`. Returns an enum document_outcome; FAULT_SYSTEM when memory files or temporary files
 * (libxlsxwriter's, in TMPDIR or /tmp, without a name) are refused. For job threads.
 */
MUST_CHECK int workbook_xlsx(struct arena *a, const struct workbook *w, struct str *ret,
			     struct err *err);

enum csv_form {
	CSV_FRENCH, /* for a spreadsheet set to French: semicolons, decimal commas, a byte order mark */
	CSV_ENGLISH, /* the same with commas and decimal points */
	CSV_RAW,     /* for machines: RFC 4180, texts as they are, shares as 0.5882 */
};

/*
 * One table as CSV, CRLF at the end of lines, dates as 2026-03-12. In the first two forms a text that a
 * spreadsheet would take for a formula gets an apostrophe before it. The bytes live in `a`. Returns an enum
 * document_outcome.
 */
MUST_CHECK int worksheet_csv(struct arena *a, const struct worksheet *s, enum csv_form form,
			     struct str *ret);

#endif
