/*
 * The SQLite engine: statements and transactions. The file itself (opening, pragmas, version) is in
 * sqlite_file.c, copies of it in sqlite_copy.c.
 */
#include "db/sqlite_priv.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"

enum { ARENA_SIZE = 16 << 20 /* address space, touched as statements come */ };

/* A prepared statement and, while it runs, its rows. */
struct sqlite_rows {
	struct db_rows base;
	sqlite3_stmt *statement;
	bool has_row; /* db_run() has read a row that db_next() has not given yet */
};

static struct sqlite_db *sqlite_of(struct db *db)
{
	return (struct sqlite_db *)db;
}

/* ---- faults ---- */

static bool is_conflict(int code)
{
	return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
	       code == SQLITE_CONSTRAINT_FOREIGNKEY;
}

/* What the operating system last said about the write-ahead log, where a commit writes.
 * sqlite3_system_errno() does not say it when it is COMMIT that failed. */
static int log_errno(sqlite3 *handle)
{
	sqlite3_file *log = NULL;
	int code = 0;

	(void)sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	if (log && log->pMethods)
		(void)log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &code);
	return code;
}

/* SQLite says FULL for ENOSPC only; a quota and a limit on file sizes are the same to us. */
static bool is_full(sqlite3 *handle, int code)
{
	int system = log_errno(handle);

	if ((code & 0xff) == SQLITE_FULL)
		return true;
	return (code & 0xff) == SQLITE_IOERR &&
	       (system == ENOSPC || system == EDQUOT || system == EFBIG);
}

int sqlite_fault(sqlite3 *handle, int code, const char *what, struct err *err)
{
	int extended = handle ? sqlite3_extended_errcode(handle) : code;
	const char *text = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);

	if (is_conflict(extended))
		return DB_CONFLICT;
	if ((code & 0xff) == SQLITE_NOMEM)
		abort(); /* out of memory ends the process, as everywhere */
	if (handle && is_full(handle, extended))
		return err_set(err, FAULT_DB_FULL, "%s: no room for the database: %s", what, text);
	return err_set(err, FAULT_DB, "%s: SQLite %d: %s", what, extended, text);
}

int sqlite_script(sqlite3 *handle, const char *sql, struct err *err)
{
	int code = sqlite3_exec(handle, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? 0 : sqlite_fault(handle, code, sql, err);
}

int sqlite_number(sqlite3 *handle, const char *sql, int64_t *ret, struct err *err)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);
	int r = 0;

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*ret = sqlite3_column_int64(statement, 0);
	else
		r = sqlite_fault(handle, code, sql, err);
	sqlite3_finalize(statement);
	return r;
}

/* ---- connections ---- */

static void sqlite_close(struct db *db)
{
	struct sqlite_db *s = sqlite_of(db);
	struct arena arena = s->arena;

	for (size_t i = 0; i < s->statements.cap; i++) {
		struct sqlite_rows *rows = s->statements.slots[i].statement;

		if (rows)
			sqlite3_finalize(rows->statement);
	}
	for (size_t i = 0; i < SQLITE_CONTROLS; i++)
		sqlite3_finalize(s->controls[i]);
	sqlite3_close(s->handle);
	arena_release(&arena);
}

static int sqlite_open(const struct db_open *how, struct db **ret, struct err *err)
{
	static const char *const endings[SQLITE_PLACES] = { "", "-wal", "-shm" };
	struct arena arena;
	struct sqlite_db *s;
	int r;

	arena_init(&arena, ARENA_SIZE);
	s = arena_new(&arena, struct sqlite_db, 1);
	s->base.driver = &db_sqlite_driver;
	s->base.is_writer = how->is_writer;
	s->path = str_c(&arena, how->url);
	r = sqlite_file_open(s->path, how, &s->handle, err);
	s->arena = arena; /* a copy of the position: nothing was taken from it since */
	for (size_t i = 0; i < SQLITE_PLACES; i++)
		s->places[i].path = str_fmt(&s->arena, "%s%s", s->path, endings[i]).data;
	s->statements.arena = &s->arena;
	if (r) {
		sqlite_close(&s->base);
		return r;
	}
	*ret = &s->base;
	return 0;
}

/* ---- statements ---- */

static int check_shape(const struct db_query *q, sqlite3_stmt *statement, struct err *err)
{
	if (!statement || sqlite3_bind_parameter_count(statement) != q->n_params ||
	    sqlite3_column_count(statement) != q->n_columns)
		return err_set(err, FAULT_INTERNAL, "%s: not the parameters or columns it declares",
			       q->name);
	if ((bool)sqlite3_stmt_readonly(statement) == q->writes)
		return err_set(err, FAULT_INTERNAL, "%s: declares wrongly whether it writes",
			       q->name);
	return 0;
}

/* The statement of `q`, prepared when first asked for. */
static int statement_of(struct sqlite_db *s, const struct db_query *q, struct sqlite_rows **ret,
			struct err *err)
{
	struct sqlite_rows *rows = db_statements_get(&s->statements, q);
	sqlite3_stmt *statement = NULL;
	int code, r;

	if (rows) {
		*ret = rows;
		return 0;
	}
	code = sqlite3_prepare_v3(s->handle, q->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &statement,
				  NULL);
	if (code != SQLITE_OK)
		return sqlite_fault(s->handle, code, q->name, err);
	r = check_shape(q, statement, err);
	if (r) {
		sqlite3_finalize(statement);
		return r;
	}
	rows = arena_new(&s->arena, struct sqlite_rows, 1);
	rows->base.db = &s->base;
	rows->base.query = q;
	rows->statement = statement;
	db_statements_add(&s->statements, q, rows);
	*ret = rows;
	return 0;
}

static int sqlite_prepare(struct db *db, const struct db_query *q, struct err *err)
{
	struct sqlite_rows *rows;

	return statement_of(sqlite_of(db), q, &rows, err);
}

/* NULL as a pointer would bind NULL: an empty value must point somewhere. */
static const char *not_null(struct str s)
{
	return s.len > 0 ? s.data : "";
}

/* Values are not copied: they live until db_finish(). */
static int bind(sqlite3_stmt *statement, int at, const struct db_value *v)
{
	switch (v->type) {
	case DB_NULL:
		return sqlite3_bind_null(statement, at);
	case DB_I64:
		return sqlite3_bind_int64(statement, at, v->i64);
	case DB_TEXT:
		return sqlite3_bind_text64(statement, at, not_null(v->bytes), v->bytes.len,
					   SQLITE_STATIC, SQLITE_UTF8);
	case DB_BLOB:
		return sqlite3_bind_blob64(statement, at, not_null(v->bytes), v->bytes.len,
					   SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

static void sqlite_finish(struct db_rows *base)
{
	struct sqlite_rows *rows = (struct sqlite_rows *)base;

	(void)sqlite3_reset(rows->statement); /* repeats the error that step already gave */
	(void)sqlite3_clear_bindings(rows->statement);
	base->is_running = false;
}

static int sqlite_run(struct db *db, const struct db_query *q, const struct db_value *params,
		      struct db_rows **ret, struct err *err)
{
	struct sqlite_db *s = sqlite_of(db);
	struct sqlite_rows *rows;
	int code = SQLITE_OK;
	int r = statement_of(s, q, &rows, err);

	if (r)
		return r;
	if (rows->base.is_running)
		return err_set(err, FAULT_INTERNAL, "%s: already running on this connection",
			       q->name);
	rows->base.is_running = true;
	for (int i = 0; i < q->n_params && code == SQLITE_OK; i++)
		code = bind(rows->statement, i + 1, &params[i]);
	if (code == SQLITE_OK)
		code = sqlite3_step(rows->statement);
	if (code != SQLITE_ROW && code != SQLITE_DONE) {
		r = sqlite_fault(s->handle, code, q->name, err);
		sqlite_finish(&rows->base);
		return r;
	}
	rows->has_row = code == SQLITE_ROW;
	*ret = &rows->base;
	return DB_OK;
}

static struct str bytes_of(sqlite3_value *v)
{
	const void *data = sqlite3_value_blob(v);

	return str_make(data ? data : "", (size_t)sqlite3_value_bytes(v));
}

/* Once for its value, and not once for each thing asked of it. Only one thread works with a connection, so the
 * value needs no protection. */
static int column(sqlite3_stmt *statement, int at, struct db_value *ret, const char *name,
		  struct err *err)
{
	sqlite3_value *v = sqlite3_column_value(statement, at);

	switch (sqlite3_value_type(v)) {
	case SQLITE_NULL:
		*ret = (struct db_value){ .type = DB_NULL };
		return 0;
	case SQLITE_INTEGER:
		*ret = (struct db_value){ .type = DB_I64, .i64 = sqlite3_value_int64(v) };
		return 0;
	case SQLITE_TEXT:
		*ret = (struct db_value){ .type = DB_TEXT, .bytes = bytes_of(v) };
		return 0;
	case SQLITE_BLOB:
		*ret = (struct db_value){ .type = DB_BLOB, .bytes = bytes_of(v) };
		return 0;
	}
	return err_set(err, FAULT_DB, "%s: column %d is a floating point number", name, at + 1);
}

static int sqlite_next(struct db_rows *base, struct db_value *columns, struct err *err)
{
	struct sqlite_rows *rows = (struct sqlite_rows *)base;
	const struct db_query *q = base->query;
	int code = rows->has_row ? SQLITE_ROW : SQLITE_DONE;
	int r = 0;

	/* The row that run() stepped onto is given first; once past the end, stepping would
	 * restart. */
	if (rows->has_row == false && sqlite3_stmt_busy(rows->statement))
		code = sqlite3_step(rows->statement);
	rows->has_row = false;
	if (code == SQLITE_DONE)
		return DB_OK;
	if (code != SQLITE_ROW)
		return sqlite_fault(sqlite_of(base->db)->handle, code, q->name, err);
	for (int i = 0; i < q->n_columns && r == 0; i++)
		r = column(rows->statement, i, &columns[i], q->name, err);
	return r ? r : DB_ROW;
}

static int sqlite_exec(struct db *db, const struct db_query *q, const struct db_value *params,
		       int64_t *ret_changed, struct err *err)
{
	struct db_rows *rows;
	int r = sqlite_run(db, q, params, &rows, err);

	if (r)
		return r;
	*ret_changed = q->writes ? sqlite3_changes64(sqlite_of(db)->handle) : 0;
	sqlite_finish(rows);
	return DB_OK;
}

/* ---- transactions ---- */

static const char *const control_sql[SQLITE_CONTROLS] = {
	[DB_BEGIN] = "BEGIN IMMEDIATE",   [DB_COMMIT] = "COMMIT",    [DB_ROLLBACK] = "ROLLBACK",
	[DB_SAVEPOINT] = "SAVEPOINT job", [DB_KEEP] = "RELEASE job", [DB_UNDO] = "ROLLBACK TO job",
	[DB_SNAPSHOT] = "BEGIN",
};

static int control_step(struct sqlite_db *s, size_t what, struct err *err)
{
	sqlite3_stmt **statement = &s->controls[what];
	int code = SQLITE_OK;
	int r = 0;

	if (!*statement)
		code = sqlite3_prepare_v3(s->handle, control_sql[what], -1,
					  SQLITE_PREPARE_PERSISTENT, statement, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(*statement);
	if (code != SQLITE_DONE)
		r = sqlite_fault(s->handle, code, control_sql[what], err);
	(void)sqlite3_reset(*statement);
	return r > 0 ? err_set(err, FAULT_DB, "%s: a constraint forbids it", control_sql[what]) : r;
}

static bool sqlite_in_transaction(struct db *db)
{
	return !sqlite3_get_autocommit(sqlite_of(db)->handle);
}

static int sqlite_control(struct db *db, enum db_control what, struct err *err)
{
	struct sqlite_db *s = sqlite_of(db);
	int r;

	/* A full disk or an I/O error ends the transaction by itself. */
	if (what == DB_ROLLBACK && !sqlite_in_transaction(db))
		return 0;
	r = what == DB_COMMIT ? sqlite_file_stays(s, err) : 0;
	if (r == 0)
		r = control_step(s, what, err);
	/* ROLLBACK TO leaves the savepoint open. */
	if (r == 0 && what == DB_UNDO)
		r = control_step(s, DB_KEEP, err);
	return r;
}

/* A read takes and gives back the file's locks once, whatever the number of its statements. */
static int sqlite_read_begin(struct db *db, struct err *err)
{
	return control_step(sqlite_of(db), DB_SNAPSHOT, err);
}

static void sqlite_read_end(struct db *db)
{
	struct err err;

	/* A fault may have ended it. Nothing was written: there is nothing to lose. */
	if (sqlite_in_transaction(db))
		(void)!control_step(sqlite_of(db), DB_COMMIT, &err);
}

static int sqlite_lock_schema(struct db *db, struct err *err)
{
	(void)err;
	assert(sqlite_in_transaction(db)); /* BEGIN IMMEDIATE holds the only write lock */
	return 0;
}

static int sqlite_run_script(struct db *db, const struct db_migration *m, struct err *err)
{
	int r = sqlite_script(sqlite_of(db)->handle, m->sqlite, err);

	return r > 0 ? err_set(err, FAULT_DB, "migration %d: a constraint forbids it", m->number)
		     : r;
}

const struct db_driver db_sqlite_driver = {
	.engine = DB_SQLITE,
	.open = sqlite_open,
	.close = sqlite_close,
	.prepare = sqlite_prepare,
	.run = sqlite_run,
	.next = sqlite_next,
	.finish = sqlite_finish,
	.exec = sqlite_exec,
	.read_begin = sqlite_read_begin,
	.read_end = sqlite_read_end,
	.control = sqlite_control,
	.in_transaction = sqlite_in_transaction,
	.schema = sqlite_schema,
	.lock_schema = sqlite_lock_schema,
	.script = sqlite_run_script,
	.record = sqlite_record,
	.backup = sqlite_backup,
	.copy = sqlite_copy,
	.check = sqlite_check,
};
