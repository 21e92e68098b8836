/*
 * One organisation whole: out as a ZIP of JSON (doc/export.md), in again elsewhere, and erased.
 *
 * Which tables there are is read from the schema (db/tables.h), so that nothing of an organisation can be
 * forgotten. Accounts are the installation's: of those who belong to it, name and address go along, never a
 * password.
 */
#ifndef JALON_TRANSFER_TRANSFER_H
#define JALON_TRANSFER_TRANSFER_H

#include "base/arena.h"
#include "base/digest.h"
#include "db/db.h"
#include "i18n/i18n.h"

enum transfer_outcome {
	TRANSFER_OK = 0,
	TRANSFER_NOT_FOUND = 1, /* there is no such organisation */
	TRANSFER_EXISTS =
		2, /* the organisation, or one of its links, is here already: nothing was changed */
	TRANSFER_BAD = 3,       /* this is no export, or not a whole one; the reason is in words */
	TRANSFER_TOO_LARGE = 4, /* past the maximum that was asked for */
};

enum {
	TRANSFER_VERSION = 1,                      /* of the format */
	TRANSFER_FILE_MAX = 64 * 1024 * 1024,      /* bytes of a ZIP that is imported */
	TRANSFER_UNPACKED_MAX = 512 * 1024 * 1024, /* of what is in it */
};

/* ---- out ---- */

enum transfer_extent {
	TRANSFER_WHOLE, /* for whoever has the database anyway */
	TRANSFER_AS_SHOWN, /* for owners: of anonymous rounds no more than their pages tell (apart.h) */
};

/* The ZIP, at most `max` bytes, in `a`. Reads in one snapshot, and leaves `db` working for the organisation. Outcomes:
 * OK, NOT_FOUND, TOO_LARGE; here as below, or a fault. */
MUST_CHECK int transfer_export(struct db *db, struct arena *a, int64_t org_id,
			       enum transfer_extent extent, int64_t now_ms, size_t max,
			       struct str *ret, struct err *err);

/* ---- in ---- */

struct transfer; /* an export that was read and checked from end to end */

/* Reads a ZIP from whoever; touches no database. `file` is borrowed, the rest in `a`. Outcomes: OK, or BAD with the
 * reason, in language `l`, in *ret_why. */
MUST_CHECK int transfer_read(struct arena *a, enum language l, struct str file,
			     struct transfer **ret, struct str *ret_why, struct err *err);
/* Whose it is, and what that is called; borrowed. */
int64_t transfer_org(const struct transfer *t);
struct str transfer_name(const struct transfer *t);
/*
 * Adds all of it, or nothing, in a write. Ids stay as they are. An account of the same address is taken for the same
 * person; others are made, without a password. Links whose token comes from the installation's secret get the
 * one that this installation's `secret` gives. Outcomes: OK, EXISTS.
 */
MUST_CHECK int transfer_import(struct db *db, struct arena *a, const struct transfer *t,
			       const uint8_t secret[SHA256_BYTES], int64_t now_ms, struct err *err);

/* ---- away ---- */

/* How many rows of a table were erased. */
struct transfer_count {
	const char *table;
	int64_t n;
};
/* One for each table, in the order of db_tables[]; ends with a NULL table. */
enum { TRANSFER_TABLES_MAX = 64 };
struct transfer_counts {
	struct transfer_count items[TRANSFER_TABLES_MAX];
};

/* Erases every row, in a write; leaves `db` working for the organisation. Outcomes: OK, NOT_FOUND. */
MUST_CHECK int transfer_erase(struct db *db, int64_t org_id, struct transfer_counts *ret,
			      struct err *err);

#endif
