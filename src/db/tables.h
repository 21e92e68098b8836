/*
 * The tables that hold organisations' rows, read from the migrated schema when the program is built
 * (tools/tables.py): every table with an org_id, and org itself. What goes through this list (export, import,
 * erasing) forgets no table, whatever later migrations add.
 */
#ifndef JALON_DB_TABLES_H
#define JALON_DB_TABLES_H

#include "db/db.h"

enum { DB_TABLE_PAGE = 500 /* rows of `first` and `next`, at most */ };

struct db_table_column {
	const char *name;
	enum db_type type;
	bool is_nullable;
	bool is_id;      /* a row's id: too long for what other programs take for a number */
	bool is_account; /* an account's, which is the installation's and not the organisation's */
};

/* In the queries, parameter 0 is the organisation unless said otherwise. */
struct db_table {
	const char *name;
	int n_columns;
	const struct db_table_column *columns;
	int org_column; /* index of the organisation's id */
	int n_within;   /* columns that tell its rows apart, and their indexes */
	const int *within;
	const struct db_query *first; /* its rows by `within`, the first page: every column */
	const struct db_query
		*next; /* those after the row whose `within` follow as parameters; NULL: one row */
	const struct db_query *add;   /* every column is a parameter */
	const struct db_query *erase; /* all its rows */
};

/* Parents before their children; ends with NULL. */
extern const struct db_table *const db_tables[];

#endif
