/* Out: see transfer.h. */
#include <string.h>

#include "base/timing.h"
#include "base/token.h"
#include "transfer/apart.h"
#include "transfer/queries.h"
#include "transfer/transfer_priv.h"

struct exporting {
	struct db *db;
	struct arena *a;
	struct arena page; /* for one page of rows at a time */
	int64_t org_id;
	size_t max; /* bytes of all files together */
	struct VEC(int64_t) accounts;
	struct zip_files files;
	struct transfer_counts counts;
	struct apart *apart; /* NULL: everything goes along */
	struct err *err;
};

int transfer_schema(void)
{
	int last = 0;

	for (const struct db_migration *m = db_migrations; m->number; m++)
		last = m->number;
	return last;
}

const char *table_file(struct arena *a, const struct db_table *table)
{
	return str_fmt(a, "tables/%s.jsonl", table->name).data;
}

static void note_account(struct exporting *x, int64_t id)
{
	for (size_t i = 0; i < x->accounts.n; i++)
		if (x->accounts.items[i] == id)
			return;
	*vec_push(x->a, &x->accounts) = id;
}

/* The last row of a page, as parameters of the next. */
static void keep_place(struct exporting *x, const struct db_table *table,
		       const struct db_value *row, struct db_value *params)
{
	for (int i = 0; i < table->n_within; i++) {
		params[i + 1] = row[table->within[i]];
		params[i + 1].bytes = str_dup(x->a, params[i + 1].bytes);
	}
}

static void put_row(struct exporting *x, const struct db_table *table, struct db_value *row,
		    struct buf *b, int64_t *n_put)
{
	if (x->apart && !apart_take(x->apart, table, row))
		return;
	row_write(b, &x->page, table, row);
	++*n_put;
	for (int i = 0; i < table->n_columns; i++)
		if (table->columns[i].is_account && row[i].type == DB_I64)
			note_account(x, row[i].i64);
}

/* One page. *ret_n: its rows; *n_put grows by those that went along. */
static int put_page(struct exporting *x, const struct db_table *table, const struct db_query *query,
		    struct db_value *params, struct buf *b, int *ret_n, int64_t *n_put)
{
	struct db_value row[DB_COLUMNS_MAX];
	struct db_value place[DB_PARAMS_MAX] = { params[0] };
	struct db_rows *rows;
	int r = db_run(x->db, query, params, &rows, x->err);

	if (r)
		return r;
	*ret_n = 0;
	while ((r = db_next(rows, row, x->err)) == DB_ROW) {
		if (++*ret_n == DB_TABLE_PAGE)
			keep_place(x, table, row, place);
		put_row(x, table, row, b, n_put);
	}
	db_finish(rows);
	memcpy(params, place, sizeof place);
	arena_reset(&x->page);
	return r;
}

static int put_table(struct exporting *x, const struct db_table *table, int64_t *ret_n)
{
	struct db_value params[DB_PARAMS_MAX] = { { .type = DB_I64, .i64 = x->org_id } };
	struct buf b = buf_make(x->a, x->max);
	const struct db_query *query = table->first;
	int r, n;

	*ret_n = 0;
	do {
		r = put_page(x, table, query, params, &b, &n, ret_n);
		query = table->next;
	} while (r == 0 && n == DB_TABLE_PAGE && query);
	if (r == 0 && b.full)
		return TRANSFER_TOO_LARGE;
	x->max -= b.len;
	*vec_push(x->a, &x->files) =
		(struct zip_file){ str_from(table_file(x->a, table)), buf_str(&b) };
	return r;
}

static int put_tables(struct exporting *x)
{
	int r = 0;

	for (int t = 0; r == 0 && db_tables[t]; t++) {
		x->counts.items[t].table = db_tables[t]->name;
		r = put_table(x, db_tables[t], &x->counts.items[t].n);
	}
	return r;
}

static int put_accounts(struct exporting *x)
{
	struct buf b = buf_make(x->a, TRANSFER_UNPACKED_MAX);
	int r = 0;

	for (size_t i = 0; r == 0 && i < x->accounts.n; i++) {
		struct transfer_account_get_row row;

		r = transfer_account_get(x->db, x->a, x->accounts.items[i], &row, x->err);
		if (r == 0)
			account_write(&b, x->a,
				      &(struct transfer_account){ x->accounts.items[i], row.email,
								  row.name, row.language,
								  row.time_zone });
		r = r == DB_NOT_FOUND ? 0 : r;
	}
	*vec_push(x->a, &x->files) = (struct zip_file){ S(ACCOUNTS_NAME), buf_str(&b) };
	return r;
}

static void put_manifest(struct exporting *x, struct str name, int64_t now_ms)
{
	struct buf b = buf_make(x->a, 64 * 1024);

	buf_fmt(&b, "{\n \"format\": \"%s\",\n \"version\": %d,\n \"schema\": %d,\n \"exported\": ",
		TRANSFER_FORMAT, TRANSFER_VERSION, transfer_schema());
	buf_quoted(&b, time_iso(x->a, now_ms));
	buf_puts(&b, ",\n \"organisation\": {\"id\": ");
	buf_quoted(&b, id_text(x->a, x->org_id));
	buf_puts(&b, ", \"name\": ");
	buf_quoted(&b, name);
	buf_puts(&b, "},\n \"rows\": {");
	for (int t = 0; db_tables[t]; t++) {
		buf_puts(&b, t ? ", " : "");
		buf_quoted(&b, str_from(x->counts.items[t].table));
		buf_puts(&b, ": ");
		buf_i64(&b, x->counts.items[t].n);
	}
	buf_puts(&b, "}\n}\n");
	*vec_push(x->a, &x->files) = (struct zip_file){ S(MANIFEST_NAME), buf_str(&b) };
}

static int collect(struct exporting *x, enum transfer_extent extent, int64_t now_ms)
{
	struct transfer_org_name_row org;
	int r = transfer_org_name(x->db, x->a, x->org_id, &org, x->err);

	if (r == DB_NOT_FOUND)
		return TRANSFER_NOT_FOUND;
	if (r == 0 && extent == TRANSFER_AS_SHOWN)
		r = apart_load(x->a, x->db, x->org_id, now_ms, &x->apart, x->err);
	if (r == 0)
		r = put_tables(x);
	if (r == 0 && x->apart)
		r = apart_end(x->apart, x->err);
	if (r == 0)
		r = put_accounts(x);
	if (r == 0)
		put_manifest(x, org.name, now_ms);
	return r;
}

/* A buffer that grows beside others is copied as it grows: all that is written takes up to three times its size. */
/* JSON takes a twentieth of itself; what takes more than an eighth is pictures, which are small. */
enum { UNPACKED_TIMES = 8 };
enum { WORK_BYTES = 3u * (TRANSFER_UNPACKED_MAX / 1024), PAGE_BYTES = 64 * 1024 * 1024 };

static int pack(struct arena *a, const struct zip_files *files, size_t max, struct str *ret,
		struct err *err)
{
	int r = zip_write(a, files, max, ret, err);

	return r == ZIP_TOO_LARGE ? TRANSFER_TOO_LARGE : r;
}

int transfer_export(struct db *db, struct arena *a, int64_t org_id, enum transfer_extent extent,
		    int64_t now_ms, size_t max, struct str *ret, struct err *err)
{
	struct arena work;
	struct exporting x = { .db = db, .a = &work, .org_id = org_id, .err = err };
	int r;

	x.max = max < TRANSFER_UNPACKED_MAX / UNPACKED_TIMES ? max * UNPACKED_TIMES
							     : TRANSFER_UNPACKED_MAX;
	arena_init(&work, (size_t)WORK_BYTES * 1024);
	arena_init(&x.page, PAGE_BYTES);
	db_scope(db, org_id);
	r = db_snapshot_begin(db, err);
	if (r == 0) {
		r = collect(&x, extent, now_ms);
		db_snapshot_end(db);
	}
	if (r == 0)
		r = pack(a, &x.files, max, ret, err);
	arena_release(&x.page);
	arena_release(&work);
	return r;
}
