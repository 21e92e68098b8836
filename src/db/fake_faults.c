/* A connection in which a chosen call fails: see fake.h. */
#include <stdlib.h>

#include "db/db_priv.h"
#include "db/fake.h"

struct faulty_db {
	struct db base;
	struct db *inner;
	struct fake_faults *faults;
};

static const struct db_driver faulty_sqlite, faulty_postgres;

static struct faulty_db *faulty_of(struct db *db)
{
	return (struct faulty_db *)db;
}

/* Whether this is the call that fails. */
static bool is_due(struct faulty_db *f)
{
	return atomic_fetch_add(&f->faults->calls, 1) + 1 == atomic_load(&f->faults->fail_at);
}

static const struct db_query *seen(struct faulty_db *f, const struct db_query *q)
{
	return f->faults->see ? f->faults->see(f->faults->arg, q) : q;
}

static int fail(struct faulty_db *f, struct err *err)
{
	int fault = f->faults->fault == FAULT_DB_UNSURE ? FAULT_DB_GONE : f->faults->fault;
	struct err unused;

	if (fault == FAULT_DB_GONE)
		(void)f->inner->driver->control(f->inner, DB_ROLLBACK, &unused);
	return err_set(err, fault, "a fault on purpose");
}

/* The connection within, which works for whom this one does. */
static struct db *inner_of(struct faulty_db *f)
{
	f->inner->org_id = f->base.org_id;
	f->inner->in_snapshot = f->base.in_snapshot;
	return f->inner;
}

/* `r`; whether the transaction is to be tried again is looked up here. */
static int passed_on(struct faulty_db *f, int r)
{
	f->base.wants_retry |= f->inner->wants_retry;
	f->inner->wants_retry = false;
	return r;
}

static int open_on(const struct db_driver *driver, const struct db_driver *inner,
		   const struct db_open *how, struct db **ret, struct err *err)
{
	struct faulty_db *f = calloc(1, sizeof *f);
	int r;

	if (!f)
		abort();
	r = inner->open(how, &f->inner, err);
	if (r) {
		free(f);
		return r;
	}
	f->base.driver = driver;
	f->base.is_writer = how->is_writer;
	f->faults = how->arg;
	*ret = &f->base;
	return 0;
}

static int open_sqlite(const struct db_open *how, struct db **ret, struct err *err)
{
	return open_on(&faulty_sqlite, &db_sqlite_driver, how, ret, err);
}

static int open_postgres(const struct db_open *how, struct db **ret, struct err *err)
{
	return open_on(&faulty_postgres, &db_postgres_driver, how, ret, err);
}

static void faulty_close(struct db *db)
{
	struct faulty_db *f = faulty_of(db);

	f->inner->driver->close(f->inner);
	free(f);
}

static int faulty_prepare(struct db *db, const struct db_query *q, struct err *err)
{
	struct faulty_db *f = faulty_of(db);

	return is_due(f) ? fail(f, err) : f->inner->driver->prepare(f->inner, q, err);
}

static int faulty_run(struct db *db, const struct db_query *q, const struct db_value *params,
		      struct db_rows **ret, struct err *err)
{
	struct faulty_db *f = faulty_of(db);
	int r;

	q = seen(f, q);
	r = is_due(f) ? fail(f, err)
		      : passed_on(f, f->inner->driver->run(inner_of(f), q, params, ret, err));
	if (r == 0)
		(*ret)->db = db; /* so that its rows come through here too */
	return r;
}

static int faulty_next(struct db_rows *rows, struct db_value *columns, struct err *err)
{
	struct db *db = rows->db;
	struct faulty_db *f = faulty_of(db);
	int r;

	if (is_due(f))
		return fail(f, err);
	rows->db = f->inner;
	r = f->inner->driver->next(rows, columns, err);
	rows->db = db;
	return r;
}

static void faulty_finish(struct db_rows *rows)
{
	struct faulty_db *f = faulty_of(rows->db);

	rows->db = f->inner;
	f->inner->driver->finish(rows);
}

static int faulty_exec(struct db *db, const struct db_query *q, const struct db_value *params,
		       int64_t *ret_changed, struct err *err)
{
	struct faulty_db *f = faulty_of(db);

	q = seen(f, q);
	return is_due(f) ? fail(f, err)
			 : passed_on(f, f->inner->driver->exec(inner_of(f), q, params, ret_changed,
							       err));
}

static int faulty_control(struct db *db, enum db_control what, struct err *err)
{
	struct faulty_db *f = faulty_of(db);
	int r;

	if (!is_due(f))
		return passed_on(f, f->inner->driver->control(f->inner, what, err));
	if (what != DB_COMMIT || f->faults->fault != FAULT_DB_UNSURE)
		return fail(f, err);
	r = f->inner->driver->control(f->inner, what, err);
	return r ? r : err_set(err, FAULT_DB_UNSURE, "a fault on purpose");
}

static bool faulty_in_transaction(struct db *db)
{
	struct faulty_db *f = faulty_of(db);

	return f->inner->driver->in_transaction(f->inner);
}

static int faulty_schema(struct db *db, struct db_schema *ret, struct err *err)
{
	struct faulty_db *f = faulty_of(db);

	return is_due(f) ? fail(f, err) : f->inner->driver->schema(f->inner, ret, err);
}

static int faulty_lock_schema(struct db *db, struct err *err)
{
	struct faulty_db *f = faulty_of(db);

	return f->inner->driver->lock_schema(f->inner, err);
}

static int faulty_script(struct db *db, const struct db_migration *m, struct err *err)
{
	struct faulty_db *f = faulty_of(db);

	return is_due(f) ? fail(f, err) : f->inner->driver->script(f->inner, m, err);
}

static int faulty_record(struct db *db, int version, struct err *err)
{
	struct faulty_db *f = faulty_of(db);

	return is_due(f) ? fail(f, err) : f->inner->driver->record(f->inner, version, err);
}

static int faulty_backup(struct db *db, struct arena *a, int version, struct str *ret,
			 struct err *err)
{
	struct faulty_db *f = faulty_of(db);

	return is_due(f) ? fail(f, err) : f->inner->driver->backup(f->inner, a, version, ret, err);
}

/* What both engines have. */
#define FAULTY_CALLS                                                                              \
	.close = faulty_close, .prepare = faulty_prepare, .run = faulty_run, .next = faulty_next, \
	.finish = faulty_finish, .exec = faulty_exec, .control = faulty_control,                  \
	.in_transaction = faulty_in_transaction, .schema = faulty_schema,                         \
	.lock_schema = faulty_lock_schema, .script = faulty_script, .record = faulty_record

static const struct db_driver faulty_sqlite = {
	FAULTY_CALLS,
	.engine = DB_SQLITE,
	.open = open_sqlite,
	.backup = faulty_backup,
};

static const struct db_driver faulty_postgres = {
	FAULTY_CALLS,
	.engine = DB_POSTGRES,
	.open = open_postgres,
};

int fake_pool_open(const struct db_config *config, struct fake_faults *faults, struct db_pool **ret,
		   struct err *err)
{
	struct db_config rest = *config;

	if (str_starts(config->url, S("postgresql://")))
		return db_pool_open_on(&faulty_postgres, &rest, faults, ret, err);
	if (!str_starts(config->url, S("sqlite:")))
		return err_set(err, FAULT_INPUT, "faults are made in SQLite and PostgreSQL only");
	rest.url = str_slice(config->url, S("sqlite:").len, config->url.len);
	return db_pool_open_on(&faulty_sqlite, &rest, faults, ret, err);
}
