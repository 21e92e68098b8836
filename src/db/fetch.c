/* Rows into the structs of generated code. Knows no engine. */
#include "db/db.h"

#include <string.h>

#include "base/vec.h"

int db_fetch_one(struct db *db, struct arena *a, const struct db_fetch *fetch,
		 const struct db_value *params, void *ret_row, struct err *err)
{
	void *row;
	size_t n;
	int r = db_fetch_many(db, a, fetch, params, &row, &n, err);

	if (r)
		return r;
	if (n == 0)
		return DB_NOT_FOUND;
	memcpy(ret_row, row, fetch->row_size);
	return DB_OK;
}

static int read_rows(struct db_rows *rows, struct arena *a, const struct db_fetch *fetch,
		     void **ret_rows, size_t *ret_n, struct err *err)
{
	struct db_value columns[DB_COLUMNS_MAX];
	void *items = NULL;
	size_t n = 0, cap = 0;
	int r;

	while ((r = db_next(rows, columns, err)) == DB_ROW) {
		if (n == fetch->max)
			return err_set(err, FAULT_DB, "%s: more than %zu rows", fetch->query->name,
				       fetch->max);
		if (n == cap)
			items = vec_grow(a, items, &cap, fetch->row_size);
		fetch->read(a, columns, (char *)items + n * fetch->row_size);
		n++;
	}
	if (r < 0)
		return r;
	*ret_rows = items;
	*ret_n = n;
	return DB_OK;
}

int db_fetch_many(struct db *db, struct arena *a, const struct db_fetch *fetch,
		  const struct db_value *params, void **ret_rows, size_t *ret_n, struct err *err)
{
	struct db_rows *rows;
	int r = db_run(db, fetch->query, params, &rows, err);

	if (r)
		return r;
	r = read_rows(rows, a, fetch, ret_rows, ret_n, err);
	db_finish(rows);
	return r;
}
