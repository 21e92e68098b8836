/*
 * Migrations: from whatever version the schema has to the one this program was built with. Each
 * runs in one transaction together with the record of its number, on a connection of its own, so
 * that several processes may start at once: the first does the work, the others wait and find it
 * done.
 */
#include "db/db_priv.h"

static int last_number(const struct db_migration *list)
{
	int last = 0;

	for (; list->number; list++)
		last = list->number;
	return last;
}

/* DB_MIGRATE_OK, DB_MIGRATE_NEWER, DB_MIGRATE_FOREIGN, or a fault. */
static int inspect(struct db *db, int last, struct db_schema *ret, struct err *err)
{
	int r = db->driver->schema(db, ret, err);

	if (r)
		return r;
	if (ret->is_foreign)
		return DB_MIGRATE_FOREIGN;
	return ret->version > last ? DB_MIGRATE_NEWER : DB_MIGRATE_OK;
}

struct run {
	struct db *db;
	const struct db_migration *list;
	struct arena *a;
	bool is_new; /* we began from nothing: what the tables hold, migrations put there */
	struct db_migration_report report;
};

/* Inside the transaction: applies the first migration that is still to be done. */
static int apply_next(struct run *run, bool *ret_more, struct err *err)
{
	const struct db_driver *driver = run->db->driver;
	const struct db_migration *m = run->list;
	struct db_schema schema;
	int r = driver->lock_schema(run->db, err);

	/* Read again, now that nobody else can change it. */
	if (r == 0)
		r = inspect(run->db, last_number(run->list), &schema, err);
	if (r)
		return r;
	while (m->number && m->number <= schema.version)
		m++;
	*ret_more = m->number != 0;
	if (!*ret_more)
		return 0;
	run->is_new |= schema.version == 0;
	if (schema.has_data && !run->is_new && run->report.backup.len == 0)
		r = driver->backup(run->db, run->a, schema.version, &run->report.backup, err);
	if (r == 0)
		r = driver->script(run->db, m, err);
	if (r == 0)
		r = driver->record(run->db, m->number, err);
	return r;
}

static int run_all(struct run *run, struct err *err)
{
	const struct db_driver *driver = run->db->driver;
	struct err unused;
	bool more = true;
	int r = 0;

	while (r == 0 && more) {
		r = driver->control(run->db, DB_BEGIN, err);
		if (r == 0)
			r = apply_next(run, &more, err);
		if (r == 0)
			r = driver->control(run->db, DB_COMMIT, err);
		if (r)
			(void)driver->control(run->db, DB_ROLLBACK, &unused);
	}
	return r;
}

int db_migrate_to(struct db_pool *pool, const struct db_migration *list, struct arena *a,
		  bool dry_run, struct db_migration_report *ret, struct err *err)
{
	struct run run = { .list = list, .a = a };
	struct db_schema schema;
	int r = db_pool_connect(pool, &run.db, err);

	if (r)
		return r;
	r = inspect(run.db, last_number(list), &schema, err);
	if (r >= 0)
		run.report = (struct db_migration_report){ .from = schema.version,
							   .to = last_number(list) };
	if (r == 0 && !dry_run)
		r = run_all(&run, err);
	if (r >= 0)
		*ret = run.report;
	run.db->driver->close(run.db);
	return r;
}

int db_migrate(struct db_pool *pool, struct arena *a, bool dry_run, struct db_migration_report *ret,
	       struct err *err)
{
	return db_migrate_to(pool, db_migrations, a, dry_run, ret, err);
}

/* Writes the version that is there already; the job is undone. */
static int try_write(struct db *db, void *arg, struct err *err)
{
	struct db_schema schema;
	int last = last_number(db_migrations);
	int r = inspect(db, last, &schema, err);

	(void)arg;
	if (r < 0)
		return r;
	if (r > 0 || schema.version != last)
		return err_set(err, FAULT_DB_SCHEMA,
			       "the schema is version %d%s, this program's is %d", schema.version,
			       r == DB_MIGRATE_FOREIGN ? " of something else" : "", last);
	r = db->driver->record(db, last, err);
	return r ? r : DB_JOB_UNDO;
}

int db_last_migration(void)
{
	return last_number(db_migrations);
}

int db_ready(struct db_pool *pool, struct err *err)
{
	int r;

	if (db_pool_is_damaged(pool))
		return err_set(err, FAULT_DB, "the database is damaged");
	r = db_write(pool, try_write, NULL, err);
	return r == DB_JOB_UNDO ? 0 : r;
}
