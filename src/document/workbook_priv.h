/* What XLSX and CSV share: limits, numbers, and texts and names made fit for Excel. */
#ifndef JALON_DOCUMENT_WORKBOOK_PRIV_H
#define JALON_DOCUMENT_WORKBOOK_PRIV_H

#include "base/buf.h"
#include "document/workbook.h"

enum {
	SHARE_DECIMALS = 4, /* a share is in ten-thousandths */
	SHEET_NAME_MAX = 31 /* UTF-16 units */
};

/* Past one of workbook.h's maxima. */
bool worksheets_are_too_long(const struct worksheet *sheets, size_t n);
/* 0 to 6 whatever the column says. */
int column_decimals(const struct worksheet_column *c);
/* `n` units of 10^-decimals, all decimals written. */
void decimal_put(struct buf *b, int64_t n, int decimals, char point);
/* A share as a percentage without its sign, rounded half up as on the screen. */
void share_put(struct buf *b, int64_t share, int decimals, char point);

/*
 * `s` as the string of a cell: what XML cannot hold becomes U+FFFD, ends of lines LF, and what Excel would
 * read as an escape (_x000D_) is escaped itself. A text past CELL_TEXT_MAX is cut and ends with `note`. In `a`.
 */
struct str cell_string(struct arena *a, struct str s, struct str note);
/* A name for sheet `i`, fit for Excel and unlike names[0..i), in `a`. */
struct str sheet_name(struct arena *a, struct str wanted, const struct str *names, size_t i);

#endif
