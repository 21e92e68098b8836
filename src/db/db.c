/* Statements as every engine sees them: checks before and after the driver. Knows no engine. */
#include "db/db_priv.h"

#include <assert.h>

#include "base/utf8.h"

static const char *const type_names[] = {
	[DB_NULL] = "NULL",
	[DB_I64] = "i64",
	[DB_TEXT] = "text",
	[DB_BLOB] = "blob",
};

/* Remembers that the running job cannot go on. */
static int note_result(struct db *db, int r)
{
	if (db->is_writer && !db->broken && (r < 0 || r == DB_CONFLICT))
		db->broken = r;
	return r;
}

/* SQLite would store what PostgreSQL refuses; here both refuse. */
static int check_params(const struct db_query *q, const struct db_value *params, struct err *err)
{
	assert(q->n_params <= DB_PARAMS_MAX && q->n_columns <= DB_COLUMNS_MAX);
	for (int i = 0; i < q->n_params; i++) {
		if (params[i].type != DB_NULL && params[i].type != q->params[i])
			return err_set(err, FAULT_INTERNAL, "%s: parameter %d is %s, not %s",
				       q->name, i + 1, type_names[params[i].type],
				       type_names[q->params[i]]);
		if (params[i].type == DB_TEXT && !utf8_valid(params[i].bytes))
			return err_set(err, FAULT_INTERNAL, "%s: parameter %d is not valid UTF-8",
				       q->name, i + 1);
	}
	return 0;
}

int64_t db_scope(struct db *db, int64_t org_id)
{
	int64_t before = db->org_id;

	db->org_id = org_id;
	return before;
}

int db_bypasses_isolation(struct db *db, bool *ret, struct err *err)
{
	*ret = false;
	return db->driver->bypasses_isolation ? db->driver->bypasses_isolation(db, ret, err) : 0;
}

/* What asks for an organisation that it was not let into is a mistake of ours, whatever it would find. */
static int check_scope(const struct db *db, const struct db_query *q, const struct db_value *params,
		       struct err *err)
{
	if (q->reach != DB_REACH_ORG || q->org_param < 0 || db->org_id == DB_ORG_NONE ||
	    db->org_id == DB_ORG_ALL || params[q->org_param].i64 == db->org_id)
		return 0;
	return err_set(err, FAULT_INTERNAL, "%s: asks for another organisation than the request's",
		       q->name);
}

static int check_start(struct db *db, const struct db_query *q, const struct db_value *params,
		       struct err *err)
{
	int r;

	if (db->broken)
		return err_set(err, FAULT_INTERNAL,
			       "%s: run after a conflict or a fault in the same job", q->name);
	r = check_params(q, params, err);
	return r ? r : check_scope(db, q, params, err);
}

int db_run(struct db *db, const struct db_query *q, const struct db_value *params,
	   struct db_rows **ret, struct err *err)
{
	int r = check_start(db, q, params, err);

	if (r == 0)
		r = db->driver->run(db, q, params, ret, err);
	return note_result(db, r);
}

static int check_columns(const struct db_query *q, const struct db_value *columns, struct err *err)
{
	for (int i = 0; i < q->n_columns; i++) {
		if (columns[i].type == q->columns[i] ||
		    (columns[i].type == DB_NULL && q->nullable[i]))
			continue;
		return err_set(err, FAULT_DB, "%s: column %d is %s, not %s", q->name, i + 1,
			       type_names[columns[i].type], type_names[q->columns[i]]);
	}
	return DB_ROW;
}

int db_next(struct db_rows *rows, struct db_value *columns, struct err *err)
{
	int r = rows->db->driver->next(rows, columns, err);

	if (r == DB_ROW)
		r = check_columns(rows->query, columns, err);
	return r < 0 ? note_result(rows->db, r) : r;
}

void db_finish(struct db_rows *rows)
{
	if (rows)
		rows->db->driver->finish(rows);
}

int db_exec(struct db *db, const struct db_query *q, const struct db_value *params,
	    int64_t *ret_changed, struct err *err)
{
	int64_t changed = 0;
	int r = check_start(db, q, params, err);

	if (r == 0)
		r = db->driver->exec(db, q, params, &changed, err);
	if (r == 0 && ret_changed)
		*ret_changed = changed;
	return note_result(db, r);
}

int db_snapshot_begin(struct db *db, struct err *err)
{
	int r;

	/* Some engines' readers see one moment anyway. */
	if (db->driver->read_begin && db->driver->in_transaction(db))
		return 0;
	r = db->driver->control(db, DB_SNAPSHOT, err);
	db->in_snapshot = r == 0;
	return r;
}

void db_snapshot_end(struct db *db)
{
	struct err unused;

	if (!db->in_snapshot)
		return;
	db->in_snapshot = false;
	(void)db->driver->control(db, DB_ROLLBACK, &unused);
}

int db_prepare(struct db *db, const struct db_query *q, struct err *err)
{
	return db->driver->prepare(db, q, err);
}
