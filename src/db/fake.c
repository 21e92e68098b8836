/* A connection that follows a script: see fake.h. */
#include "db/fake.h"

#include <string.h>

#include "db/db_priv.h"

struct fake_db {
	struct db base;
	const struct fake_step *steps;
	size_t n, at;
	const struct db_value *params;
	struct db_rows rows;
	const struct fake_step *running;
	size_t row;
};

static struct fake_db *fake_of(struct db *db)
{
	return (struct fake_db *)db;
}

static int take_step(struct fake_db *f, const struct db_query *q, const struct db_value *params,
		     const struct fake_step **ret, struct err *err)
{
	const struct fake_step *step = f->at < f->n ? &f->steps[f->at] : NULL;

	if (!step || strcmp(step->query, q->name) != 0)
		return err_set(err, FAULT_INTERNAL, "the script expects %s, not %s",
			       step ? step->query : "its end", q->name);
	f->at++;
	f->params = params;
	*ret = step;
	return step->result < 0 ? err_set(err, step->result, "%s: as scripted", q->name)
				: step->result;
}

static int fake_run(struct db *db, const struct db_query *q, const struct db_value *params,
		    struct db_rows **ret, struct err *err)
{
	struct fake_db *f = fake_of(db);
	int r = take_step(f, q, params, &f->running, err);

	if (r)
		return r;
	f->row = 0;
	f->rows = (struct db_rows){ .db = db, .query = q, .is_running = true };
	*ret = &f->rows;
	return DB_OK;
}

static int fake_next(struct db_rows *rows, struct db_value *columns, struct err *err)
{
	struct fake_db *f = fake_of(rows->db);
	size_t width = (size_t)rows->query->n_columns;

	(void)err;
	if (f->row == f->running->n_rows)
		return DB_OK;
	memcpy(columns, f->running->cells + f->row * width, width * sizeof *columns);
	f->row++;
	return DB_ROW;
}

static void fake_finish(struct db_rows *rows)
{
	rows->is_running = false;
}

static int fake_exec(struct db *db, const struct db_query *q, const struct db_value *params,
		     int64_t *ret_changed, struct err *err)
{
	const struct fake_step *step;
	int r = take_step(fake_of(db), q, params, &step, err);

	if (r == 0)
		*ret_changed = step->changed;
	return r;
}

/* Made by fake_make() only, and used by statements only: no pool, no transaction, no schema. */
static const struct db_driver fake_driver = {
	.engine = DB_FAKE,
	.run = fake_run,
	.next = fake_next,
	.finish = fake_finish,
	.exec = fake_exec,
};

struct db *fake_make(struct arena *a, const struct fake_step *steps, size_t n)
{
	struct fake_db *f = arena_new(a, struct fake_db, 1);

	f->base.driver = &fake_driver;
	f->base.is_writer = true;
	f->steps = steps;
	f->n = n;
	return &f->base;
}

size_t fake_left(const struct db *db)
{
	const struct fake_db *f = (const struct fake_db *)db;

	return f->n - f->at;
}

const struct db_value *fake_params(const struct db *db)
{
	return ((const struct fake_db *)db)->params;
}
