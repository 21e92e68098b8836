/* The inside of invite.c and invite_heading.c. */
#ifndef JALON_ROUNDS_INVITE_PRIV_H
#define JALON_ROUNDS_INVITE_PRIV_H

#include "rounds/invite.h"

enum { INVITE_COLUMNS_MAX = 40 };

/* What a column holds. */
enum invite_column {
	COLUMN_OTHER, /* nothing that is asked for */
	COLUMN_NAME,
	COLUMN_FIRST_NAME,
	COLUMN_LAST_NAME,
	COLUMN_EMAIL,
	COLUMN_DEPARTMENT,
	COLUMN_LANGUAGE,
};

struct invite_heading {
	enum invite_column columns[INVITE_COLUMNS_MAX];
	size_t n;
};

/* Whether `fields`, a line's, only name columns, in French or English; which ones into *ret. */
bool invite_heading_read(struct arena *a, const struct str *fields, size_t n,
			 struct invite_heading *ret);

#endif
