/*
 * The PostgreSQL engine: statements and transactions, prepared once per connection, values in
 * binary. The session (connecting, settings, the schema's version) is in postgres_session.c.
 *
 * A reader's statement is a transaction of its own, so after a lost connection it is simply run
 * again. The writer connects again at the next BEGIN only: what was in the lost transaction is not
 * repeated.
 */
#include "db/postgres_priv.h"

#include <endian.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"

enum { ARENA_SIZE = 16 << 20 /* address space, touched as statements come */ };

/* Object ids of the types we know, fixed for ever in PostgreSQL's catalogue (pg_type.dat). */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25 };

static const Oid param_oids[] = {
	[DB_I64] = OID_INT8,
	[DB_TEXT] = OID_TEXT,
	[DB_BLOB] = OID_BYTEA,
};

/* A prepared statement and, while it runs, its rows. */
struct postgres_rows {
	struct db_rows base;
	const char *name;
	unsigned session; /* it is prepared in; 0: none */
	PGresult *result;
	int row; /* the next one */
};

static struct postgres_db *postgres_of(struct db *db)
{
	return (struct postgres_db *)db;
}

/* ---- faults ---- */

static bool is_lost(const struct postgres_db *p)
{
	return PQstatus(p->conn) != CONNECTION_OK;
}

int postgres_fault(struct postgres_db *p, const PGresult *result, const char *what, struct err *err)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *text = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

	if (!state)
		state = "-----";
	if (is_lost(p))
		return err_set(err, FAULT_DB_GONE, "%s: the connection is lost: %s", what,
			       text ? text : PQerrorMessage(p->conn));
	if (strcmp(state, "23505") == 0 || strcmp(state, "23503") == 0)
		return DB_CONFLICT; /* unique, foreign key */
	if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0)
		p->base.wants_retry = true; /* serialization, deadlock */
	return err_set(err, strcmp(state, "53100") == 0 ? FAULT_DB_FULL : FAULT_DB,
		       "%s: PostgreSQL %s: %s", what, state, text ? text : PQerrorMessage(p->conn));
}

int postgres_script(struct postgres_db *p, const char *sql, const char *what, struct err *err)
{
	PGresult *result = PQexec(p->conn, sql);
	ExecStatusType status = PQresultStatus(result);
	int r = 0;

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		r = postgres_fault(p, result, what, err);
	PQclear(result);
	return r > 0 ? err_set(err, FAULT_DB, "%s: a constraint forbids it", what) : r;
}

/* ---- connections ---- */

static void postgres_close(struct db *db)
{
	struct postgres_db *p = postgres_of(db);
	struct arena arena = p->arena;

	PQfinish(p->conn);
	arena_release(&arena);
}

static int postgres_open(const struct db_open *how, struct db **ret, struct err *err)
{
	struct arena arena;
	struct postgres_db *p;
	const char *url;
	int r;

	arena_init(&arena, ARENA_SIZE);
	p = arena_new(&arena, struct postgres_db, 1);
	p->base.driver = &db_postgres_driver;
	p->base.is_writer = how->is_writer;
	url = str_c(&arena, how->url);
	p->arena = arena; /* from here on, only p->arena is used */
	p->statements.arena = &p->arena;
	r = postgres_connect(p, url, err);
	if (r) {
		postgres_close(&p->base);
		return r;
	}
	*ret = &p->base;
	return 0;
}

/* ---- statements ---- */

static struct postgres_rows *statement_of(struct postgres_db *p, const struct db_query *q)
{
	struct postgres_rows *rows = db_statements_get(&p->statements, q);

	if (rows)
		return rows;
	rows = arena_new(&p->arena, struct postgres_rows, 1);
	rows->base.db = &p->base;
	rows->base.query = q;
	rows->name = str_fmt(&p->arena, "q%zu", p->statements.n).data;
	db_statements_add(&p->statements, q, rows);
	return rows;
}

/* Prepares the statement in this session unless it is. */
static int prepare(struct postgres_db *p, struct postgres_rows *rows, struct err *err)
{
	const struct db_query *q = rows->base.query;
	Oid types[DB_PARAMS_MAX];
	PGresult *result;
	int r = 0;

	if (rows->session == p->session)
		return 0;
	for (int i = 0; i < q->n_params; i++)
		types[i] = param_oids[q->params[i]];
	result = PQprepare(p->conn, rows->name, q->postgres, q->n_params, types);
	if (PQresultStatus(result) == PGRES_COMMAND_OK)
		rows->session = p->session;
	else
		r = postgres_fault(p, result, q->name, err);
	PQclear(result);
	return r;
}

/* What a column of that type is to us; DB_NULL when it is nothing we know. */
static enum db_type type_of(Oid oid)
{
	switch (oid) {
	case OID_BOOL:
	case OID_INT2:
	case OID_INT4:
	case OID_INT8:
		return DB_I64;
	case OID_TEXT:
		return DB_TEXT;
	case OID_BYTEA:
		return DB_BLOB;
	}
	return DB_NULL;
}

static int check_shape(const struct db_query *q, const PGresult *result, struct err *err)
{
	if (PQnparams(result) != q->n_params || PQnfields(result) != q->n_columns)
		return err_set(err, FAULT_INTERNAL, "%s: not the parameters or columns it declares",
			       q->name);
	for (int i = 0; i < q->n_columns; i++) {
		if (type_of(PQftype(result, i)) != q->columns[i])
			return err_set(err, FAULT_INTERNAL,
				       "%s: column %d has PostgreSQL's type %u", q->name, i + 1,
				       PQftype(result, i));
	}
	return 0;
}

static int postgres_prepare(struct db *db, const struct db_query *q, struct err *err)
{
	struct postgres_db *p = postgres_of(db);
	struct postgres_rows *rows = statement_of(p, q);
	PGresult *result;
	int r = prepare(p, rows, err);

	if (r)
		return r;
	result = PQdescribePrepared(p->conn, rows->name);
	if (PQresultStatus(result) == PGRES_COMMAND_OK)
		r = check_shape(q, result, err);
	else
		r = postgres_fault(p, result, q->name, err);
	PQclear(result);
	return r;
}

/* Parameters in the form libpq wants. Numbers are sent in network order. */
struct wire {
	uint64_t numbers[DB_PARAMS_MAX];
	const char *values[DB_PARAMS_MAX];
	int lengths[DB_PARAMS_MAX];
	int formats[DB_PARAMS_MAX];
};

static int to_wire(const struct db_query *q, const struct db_value *params, struct wire *ret,
		   struct err *err)
{
	for (int i = 0; i < q->n_params; i++) {
		const struct db_value *v = &params[i];

		if (v->bytes.len > INT32_MAX)
			return err_set(err, FAULT_INTERNAL, "%s: parameter %d is too long", q->name,
				       i + 1);
		ret->formats[i] = 1;
		switch (v->type) {
		case DB_NULL:
			ret->values[i] = NULL;
			ret->lengths[i] = 0;
			break;
		case DB_I64:
			ret->numbers[i] = htobe64((uint64_t)v->i64);
			ret->values[i] = (const char *)&ret->numbers[i];
			ret->lengths[i] = sizeof ret->numbers[i];
			break;
		case DB_TEXT:
		case DB_BLOB:
			/* NULL as a pointer would be NULL: an empty value must point somewhere. */
			ret->values[i] = v->bytes.len > 0 ? v->bytes.data : "";
			ret->lengths[i] = (int)v->bytes.len;
			break;
		}
	}
	return 0;
}

static int run_once(struct postgres_db *p, struct postgres_rows *rows, const struct wire *wire,
		    PGresult **ret, struct err *err)
{
	const struct db_query *q = rows->base.query;
	PGresult *result;
	ExecStatusType status;
	int r = prepare(p, rows, err);

	if (r == 0)
		r = postgres_show(p, q, err);
	if (r)
		return r;
	result = PQexecPrepared(p->conn, rows->name, q->n_params, wire->values, wire->lengths,
				wire->formats, 1);
	status = PQresultStatus(result);
	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
		*ret = result;
		return 0;
	}
	r = postgres_fault(p, result, q->name, err);
	PQclear(result);
	return r;
}

/* Runs the query to its end; the caller clears *ret. */
static int run_whole(struct db *db, const struct db_query *q, const struct db_value *params,
		     struct postgres_rows **ret_rows, PGresult **ret, struct err *err)
{
	struct postgres_db *p = postgres_of(db);
	struct postgres_rows *rows = statement_of(p, q);
	struct wire wire;
	int r;

	if (rows->base.is_running)
		return err_set(err, FAULT_INTERNAL, "%s: already running on this connection",
			       q->name);
	r = to_wire(q, params, &wire, err);
	if (r)
		return r;
	r = run_once(p, rows, &wire, ret, err);
	if (r == FAULT_DB_GONE && !db->is_writer && !db->in_snapshot) {
		r = postgres_reconnect(p, err);
		if (r == 0)
			r = run_once(p, rows, &wire, ret, err);
	}
	*ret_rows = rows;
	return r;
}

static int postgres_run(struct db *db, const struct db_query *q, const struct db_value *params,
			struct db_rows **ret, struct err *err)
{
	struct postgres_rows *rows;
	PGresult *result;
	int r = run_whole(db, q, params, &rows, &result, err);

	if (r)
		return r;
	if (PQnfields(result) != q->n_columns) {
		PQclear(result);
		return err_set(err, FAULT_INTERNAL, "%s: not the columns it declares", q->name);
	}
	rows->result = result;
	rows->row = 0;
	rows->base.is_running = true;
	*ret = &rows->base;
	return DB_OK;
}

/* A whole number of 1, 2, 4 or 8 bytes in network order. */
static int64_t from_wire(const char *bytes, int len)
{
	/* The sign of the first byte fills the bytes that are not sent. */
	uint64_t n = len < 8 && (bytes[0] & 0x80) ? UINT64_MAX : 0;

	for (int i = 0; i < len; i++)
		n = n << 8 | (unsigned char)bytes[i];
	return (int64_t)n;
}

static int column(const struct postgres_rows *rows, int at, struct db_value *ret, struct err *err)
{
	const char *bytes = PQgetvalue(rows->result, rows->row, at);
	int len = PQgetlength(rows->result, rows->row, at);
	enum db_type type = type_of(PQftype(rows->result, at));

	if (type == DB_NULL)
		return err_set(err, FAULT_DB, "%s: column %d has PostgreSQL's type %u",
			       rows->base.query->name, at + 1, PQftype(rows->result, at));
	if (PQgetisnull(rows->result, rows->row, at))
		*ret = (struct db_value){ .type = DB_NULL };
	else if (type == DB_I64)
		*ret = (struct db_value){ .type = DB_I64, .i64 = from_wire(bytes, len) };
	else
		*ret = (struct db_value){ .type = type, .bytes = str_make(bytes, (size_t)len) };
	return 0;
}

static int postgres_next(struct db_rows *base, struct db_value *columns, struct err *err)
{
	struct postgres_rows *rows = (struct postgres_rows *)base;

	if (rows->row == PQntuples(rows->result))
		return DB_OK;
	for (int i = 0; i < base->query->n_columns; i++) {
		int r = column(rows, i, &columns[i], err);

		if (r)
			return r;
	}
	rows->row++;
	return DB_ROW;
}

static void postgres_finish(struct db_rows *base)
{
	struct postgres_rows *rows = (struct postgres_rows *)base;

	PQclear(rows->result);
	rows->result = NULL;
	base->is_running = false;
}

static int postgres_exec(struct db *db, const struct db_query *q, const struct db_value *params,
			 int64_t *ret_changed, struct err *err)
{
	struct postgres_rows *rows;
	PGresult *result;
	int r = run_whole(db, q, params, &rows, &result, err);

	if (r)
		return r;
	/* Empty for what changes nothing: then 0 stands. */
	if (num_parse(str_from(PQcmdTuples(result)), 0, INT64_MAX, ret_changed))
		*ret_changed = 0;
	PQclear(result);
	return DB_OK;
}

/* ---- transactions ---- */

static bool postgres_in_transaction(struct db *db)
{
	PGTransactionStatusType status = PQtransactionStatus(postgres_of(db)->conn);

	return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

static int begin(struct postgres_db *p, struct err *err)
{
	int r = is_lost(p) ? FAULT_DB_GONE : postgres_script(p, "BEGIN", "BEGIN", err);

	if (r != FAULT_DB_GONE)
		return r;
	r = postgres_reconnect(p, err);
	return r ? r : postgres_script(p, "BEGIN", "BEGIN", err);
}

static int commit(struct postgres_db *p, struct err *err)
{
	PGresult *result;
	int r = 0;

	if (is_lost(p))
		return err_set(err, FAULT_DB_GONE, "COMMIT: the connection was lost before");
	result = PQexec(p->conn, "COMMIT");
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		r = postgres_fault(p, result, "COMMIT", err);
	else if (strcmp(PQcmdStatus(result), "COMMIT") != 0)
		r = err_set(err, FAULT_DB, "COMMIT: PostgreSQL answered %s", PQcmdStatus(result));
	PQclear(result);
	/* The order may have arrived although the answer did not. */
	if (r == FAULT_DB_GONE)
		r = err_set(err, FAULT_DB_UNSURE, "the connection was lost during COMMIT");
	return r > 0 ? err_set(err, FAULT_DB, "COMMIT: a constraint forbids it") : r;
}

static int postgres_control(struct db *db, enum db_control what, struct err *err)
{
	struct postgres_db *p = postgres_of(db);

	switch (what) {
	case DB_BEGIN:
		p->shown = DB_ORG_NONE;
		return begin(p, err);
	case DB_COMMIT:
		return commit(p, err);
	case DB_SNAPSHOT:
		return postgres_script(p, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
				       "BEGIN", err);
	case DB_ROLLBACK:
		p->shown = POSTGRES_UNSURE;
		if (!postgres_in_transaction(db))
			return 0;
		return postgres_script(p, "ROLLBACK", "ROLLBACK", err);
	case DB_SAVEPOINT:
		return postgres_script(p, "SAVEPOINT job", "SAVEPOINT", err);
	case DB_KEEP:
		return postgres_script(p, "RELEASE SAVEPOINT job", "RELEASE", err);
	case DB_UNDO:
		p->shown = POSTGRES_UNSURE;
		return postgres_script(p, "ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job",
				       "ROLLBACK TO", err);
	}
	return err_set(err, FAULT_INTERNAL, "an unknown control");
}

const struct db_driver db_postgres_driver = {
	.engine = DB_POSTGRES,
	.open = postgres_open,
	.close = postgres_close,
	.prepare = postgres_prepare,
	.run = postgres_run,
	.next = postgres_next,
	.finish = postgres_finish,
	.exec = postgres_exec,
	.control = postgres_control,
	.in_transaction = postgres_in_transaction,
	.schema = postgres_schema,
	.lock_schema = postgres_lock_schema,
	.script = postgres_run_script,
	.record = postgres_record,
	.bypasses_isolation = postgres_bypasses_isolation,
	.backup = NULL, /* PostgreSQL's own tools; schema() never says has_data */
};
