/* Inside the room: rows as lines of JSON, and what is read from an archive. */
#ifndef JALON_TRANSFER_TRANSFER_PRIV_H
#define JALON_TRANSFER_TRANSFER_PRIV_H

#include "base/buf.h"
#include "base/vec.h"
#include "db/tables.h"
#include "document/zip.h"
#include "transfer/transfer.h"

#define TRANSFER_FORMAT "jalon-organisation"
#define MANIFEST_NAME "manifest.json"
#define ACCOUNTS_NAME "accounts.jsonl"

enum {
	LINE_MAX = 2 * 1024 * 1024, /* bytes of a row: a logo, a long comment */
	LINES_MAX = 5 * 1000 * 1000,
};

/* Somebody who belongs to the organisation, or did something in it. */
struct transfer_account {
	int64_t id;
	struct str email, name, language, time_zone;
};

struct transfer {
	int64_t org_id;
	struct str name;
	struct transfer_accounts VEC(struct transfer_account) accounts;
	struct str rows[TRANSFER_TABLES_MAX]; /* lines, in the order of db_tables[] */
};

/* The number of the last migration: an export fits only its own. */
int transfer_schema(void);
/* "tables/sheet.jsonl", in `a`. */
const char *table_file(struct arena *a, const struct db_table *table);

/* Why an export is refused, for whoever brought it. */
struct refusal {
	struct arena *a;
	enum language language;
	struct str why;
};

/* Sets the reason, an N_() text with its VALUES(…) or NULL. Returns TRANSFER_BAD. */
int refuse(struct refusal *r, const char *id, const struct tr_arg *values);

/* ---- rows (row.c) ---- */

/* Appends a row as one line. */
void row_write(struct buf *b, struct arena *scratch, const struct db_table *table,
	       const struct db_value *values);
/* The line as values[table->n_columns], in `a`. 0, or TRANSFER_BAD. */
MUST_CHECK int row_read(struct arena *a, const struct db_table *table, struct str line,
			struct db_value *values, struct refusal *refusal);
/* The same of accounts. */
void account_write(struct buf *b, struct arena *scratch, const struct transfer_account *account);
MUST_CHECK int account_read(struct arena *a, struct str line, struct transfer_account *ret,
			    struct refusal *refusal);
/* The next line of *rest, without its end; false when there is none. */
bool line_next(struct str *rest, struct str *ret);

/* ---- archives (archive.c) ---- */

/* The files of a ZIP from whoever, whose names are all known to is_known() and each there once. In `a`. TRANSFER_BAD
 * with the reason otherwise; 0 or a fault. */
MUST_CHECK int archive_read_files(struct arena *a, struct str zip,
				  bool (*is_known)(struct str name), struct zip_files *ret,
				  struct refusal *refusal, struct err *err);

#endif
