/* Where a handler runs: on the loop thread, on a job thread, or on the database's writer. */
#include "http/call.h"

/* The reply is made; the loop thread takes the call back and sends it. Called on other threads. */
static void give_back(struct call *c, enum call_state state)
{
	struct server *s = c->server;

	c->state = state;
	MHD_resume_connection(c->connection);
	/* From here on the call may be over and used again. */
	pthread_mutex_lock(&s->lock);
	s->n_suspended--;
	pthread_cond_broadcast(&s->quiet);
	pthread_mutex_unlock(&s->lock);
}

/* Compressing a large page takes long: better here than on the loop thread. */
static void hand_back(struct call *c)
{
	exchange_close(&c->ex);
	give_back(c, CALL_REPLYING);
}

static void run_and_tell(struct call *c, struct db *db)
{
	if (exchange_run(&c->ex, db))
		exchange_publish(&c->ex);
}

static void run_with_reader(struct call *c)
{
	struct db_pool *pool = c->server->config.pool;
	struct db *db = NULL;
	struct err err;

	if (!pool || c->ex.rq.route->no_db) {
		run_and_tell(c, NULL);
	} else if (db_read_begin(pool, &db, &err) != 0) {
		exchange_fail(&c->ex, &err);
	} else {
		run_and_tell(c, db);
		db_read_end(pool, db);
	}
}

static void job_run(void *arg)
{
	struct call *c = arg;

	run_with_reader(c);
	hand_back(c);
}

static void job_drop(void *arg)
{
	struct call *c = arg;

	exchange_refuse(&c->ex, 503);
	hand_back(c);
}

static int write_work(struct db *db, void *arg, struct err *err)
{
	struct call *c = arg;

	(void)err;
	return exchange_run(&c->ex, db) ? 0 : DB_JOB_UNDO;
}

/* A fault of the commit or of the undoing: nothing was stored, whatever the handler answered. One that
 * it met itself was logged and answered already. */
static void write_done(void *arg, int result, const struct err *err)
{
	struct call *c = arg;

	if (result < 0 && !exchange_has_failed(&c->ex))
		exchange_fail(&c->ex, err);
	if (result == 0)
		exchange_publish(&c->ex);
	/* There is one writer and what is left is short, but for the line in the log. */
	give_back(c, CALL_WRITTEN);
}

/* Queues the write. The call is suspended already. 0, or 1 when the writer takes no more. */
static int submit_write(struct call *c)
{
	c->db_job = (struct db_job){ .work = write_work, .done = write_done, .arg = c };
	return db_submit(c->server->config.pool, &c->db_job);
}

/* prepare() on its thread; then the write, unless it answered. */
static void prepare_run(void *arg)
{
	struct call *c = arg;
	struct db_pool *pool = c->server->config.pool;
	struct db *db = NULL;
	bool goes_on = false;
	struct err err;

	if (db_read_begin(pool, &db, &err) != 0) {
		exchange_fail(&c->ex, &err);
	} else {
		goes_on = exchange_prepare(&c->ex, db);
		db_read_end(pool, db);
	}
	if (!goes_on)
		hand_back(c);
	else if (submit_write(c) != 0)
		job_drop(c);
}

/* False when the server is stopping and takes no more. */
static bool suspend(struct call *c)
{
	struct server *s = c->server;
	bool may;

	pthread_mutex_lock(&s->lock);
	may = !s->is_closing;
	s->n_suspended += may;
	pthread_mutex_unlock(&s->lock);
	if (!may)
		return false;
	c->state = CALL_AT_WORK;
	MHD_suspend_connection(c->connection);
	return true;
}

/* PostgreSQL answers over a socket: a loop thread must not wait for it. */
static bool reads_here(const struct call *c)
{
	const struct route *route = c->ex.rq.route;
	struct db_pool *pool = c->server->config.pool;

	if (route->class != ROUTE_READ && route->class != ROUTE_EVENTS)
		return false;
	return !pool || route->no_db || db_pool_engine(pool) != DB_POSTGRES;
}

static int submit(struct call *c)
{
	struct server *s = c->server;

	if (c->ex.rq.route->prepare && s->config.pool) {
		c->job = (struct job){ .run = prepare_run, .drop = job_drop, .arg = c };
		return jobs_add(&s->preparers, &c->job);
	}
	if (c->ex.rq.route->class == ROUTE_WRITE && s->config.pool)
		return submit_write(c);
	c->job = (struct job){ .run = job_run, .drop = job_drop, .arg = c };
	return jobs_add(&s->jobs, &c->job);
}

bool call_work(struct call *c)
{
	if (reads_here(c)) {
		run_with_reader(c);
	} else if (suspend(c)) {
		if (submit(c) != 0)
			job_drop(c);
		return false;
	} else {
		exchange_refuse(&c->ex, 503);
	}
	exchange_close(&c->ex);
	c->state = CALL_REPLYING;
	return true;
}
