/*
 * Group commit: the thread that runs every write.
 *
 * Telling the disk to keep something costs milliseconds, whatever its size. So jobs that wait
 * meanwhile share the next transaction, each in a savepoint of its own, and are told after the one
 * commit.
 */
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db_priv.h"

enum {
	BATCH_MAX = 256,
	TRIES_MAX = 3,    /* of a transaction that PostgreSQL asks for again */
	PAUSE_US = 20000, /* before each: the other side needs a moment to get what it waits for */
};

/* A job of the running batch and what became of it. */
struct entry {
	struct db_job *job;
	int result;
	struct err err;
};

struct db_writer {
	struct db *db;
	pthread_t thread;
	struct entry batch[BATCH_MAX]; /* the thread's own */
	int n_batch;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t some;
	struct db_job *first, *last;
	int n_queued;
	bool is_stopping;
};

/* ---- the queue ---- */

int db_writer_submit(struct db_writer *w, struct db_job *job)
{
	int r = 1;

	job->next = NULL;
	(void)pthread_mutex_lock(&w->lock);
	if (w->n_queued < DB_QUEUE_MAX && !w->is_stopping) {
		if (w->last)
			w->last->next = job;
		else
			w->first = job;
		w->last = job;
		w->n_queued++;
		(void)pthread_cond_signal(&w->some);
		r = 0;
	}
	(void)pthread_mutex_unlock(&w->lock);
	return r;
}

/* Takes the next job into the batch. With `wait`, waits for one; false means there will be none. */
static bool take(struct db_writer *w, bool wait)
{
	struct db_job *job;

	if (w->n_batch == BATCH_MAX)
		return false;
	(void)pthread_mutex_lock(&w->lock);
	while (wait && !w->first && !w->is_stopping)
		(void)pthread_cond_wait(&w->some, &w->lock);
	job = w->first;
	if (job) {
		w->first = job->next;
		if (!w->first)
			w->last = NULL;
		w->n_queued--;
	}
	(void)pthread_mutex_unlock(&w->lock);
	if (job)
		w->batch[w->n_batch++] = (struct entry){ .job = job };
	return job != NULL;
}

/* ---- one transaction ---- */

/* What done() will be told, once the job has run and said `r`. */
static int job_result(const struct db *db, int r, struct err *err)
{
	if (db->broken < 0 && r >= 0)
		return err_set(err, db->broken, "a job went on after a fault");
	if (db->broken == DB_CONFLICT && r == 0)
		return err_set(err, FAULT_INTERNAL, "a job took no notice of a conflict");
	return r;
}

/* Runs one job in its savepoint. 0, or the fault that lost the whole transaction. */
static int run_job(struct db_writer *w, struct entry *e, struct err *err)
{
	struct db *db = w->db;
	bool keep;
	int r = db->driver->control(db, DB_SAVEPOINT, err);

	if (r)
		return r;
	db->broken = 0;
	db->wants_retry = false;
	db_scope(db, DB_ORG_NONE);
	e->err = (struct err){ .code = 0 };
	r = e->job->work(db, e->job->arg, &e->err);
	e->result = job_result(db, r, &e->err);
	keep = e->result >= 0 && e->result != DB_JOB_UNDO && !db->broken;
	db->broken = 0;
	if (db->wants_retry || !db->driver->in_transaction(db)) {
		*err = e->err;
		return e->result < 0 ? e->result
				     : err_set(err, FAULT_DB, "the transaction was lost");
	}
	return db->driver->control(db, keep ? DB_KEEP : DB_UNDO, err);
}

/*
 * One more job, also when it is only about to be queued: on a loaded machine the threads that queue them
 * wait for a processor, and a commit costs as much for one job as for many. On an idle one, yielding
 * returns at once.
 */
static bool take_more(struct db_writer *w)
{
	if (take(w, false))
		return true;
	(void)sched_yield();
	return take(w, false);
}

/* Runs the jobs already in the batch, then those that are queued meanwhile. */
static int run_jobs(struct db_writer *w, struct err *err)
{
	int r = 0;

	for (int i = 0; r == 0 && (i < w->n_batch || take_more(w)); i++)
		r = run_job(w, &w->batch[i], err);
	return r;
}

static int run_transaction(struct db_writer *w, struct err *err)
{
	struct db *db = w->db;
	struct err unused;
	int r = db->driver->control(db, DB_BEGIN, err);

	if (r) {
		/* Those that wait would fail alike, one timeout after another: fail them
		 * together. */
		while (take(w, false))
			continue;
		return r;
	}
	r = run_jobs(w, err);
	if (r == 0)
		r = db->driver->control(db, DB_COMMIT, err);
	if (r)
		(void)db->driver->control(db, DB_ROLLBACK, &unused);
	return r;
}

/* ---- batches ---- */

/* The fault that lost the transaction is this job's too. */
static void fail(struct entry *e, int r, const struct err *err)
{
	e->result = r;
	e->err = *err;
}

/* Tells the jobs that cannot run again, and leaves the others in the batch. */
static void drop_unrepeatable(struct db_writer *w, int r, const struct err *err)
{
	int kept = 0;

	for (int i = 0; i < w->n_batch; i++) {
		struct entry *e = &w->batch[i];

		if (e->job->is_repeatable) {
			w->batch[kept++] = (struct entry){ .job = e->job };
		} else {
			fail(e, r, err);
			e->job->done(e->job->arg, e->result, &e->err);
		}
	}
	w->n_batch = kept;
}

static void run_batch(struct db_writer *w)
{
	struct err err = { .code = 0 };
	int r = FAULT_DB;

	for (int try = 1; try <= TRIES_MAX; try++) {
		w->db->wants_retry = false;
		r = run_transaction(w, &err);
		if (r == 0 || !w->db->wants_retry || try == TRIES_MAX)
			break;
		drop_unrepeatable(w, r, &err);
		if (w->n_batch == 0)
			return;
		(void)usleep(PAUSE_US * (useconds_t)try);
	}
	for (int i = 0; i < w->n_batch; i++) {
		struct entry *e = &w->batch[i];

		if (r)
			fail(e, r, &err);
		e->job->done(e->job->arg, e->result, &e->err);
	}
}

static void *writer_main(void *arg)
{
	struct db_writer *w = arg;

	for (;;) {
		w->n_batch = 0;
		if (!take(w, true))
			return NULL;
		run_batch(w);
	}
}

/* ---- life ---- */

int db_writer_start(struct db *db, struct db_writer **ret, struct err *err)
{
	struct db_writer *w = calloc(1, sizeof *w);
	int code;

	if (!w)
		abort(); /* out of memory ends the process, as everywhere */
	w->db = db;
	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_cond_init(&w->some, NULL);
	code = pthread_create(&w->thread, NULL, writer_main, w);
	if (code) {
		free(w);
		return err_set(err, FAULT_SYSTEM, "cannot start the writer: %s", strerror(code));
	}
	*ret = w;
	return 0;
}

void db_writer_stop(struct db_writer *w)
{
	if (!w)
		return;
	(void)pthread_mutex_lock(&w->lock);
	w->is_stopping = true;
	(void)pthread_cond_signal(&w->some);
	(void)pthread_mutex_unlock(&w->lock);
	(void)pthread_join(w->thread, NULL);
	w->db->driver->close(w->db);
	(void)pthread_cond_destroy(&w->some);
	(void)pthread_mutex_destroy(&w->lock);
	free(w);
}

/* ---- db_write() ---- */

struct wait {
	int (*work)(struct db *db, void *arg, struct err *err);
	void *arg;
	struct err *err;
	int result;
	bool is_done;
	pthread_mutex_t lock;
	pthread_cond_t woken;
};

static int wait_work(struct db *db, void *arg, struct err *err)
{
	struct wait *wait = arg;

	return wait->work(db, wait->arg, err);
}

static void wait_done(void *arg, int result, const struct err *err)
{
	struct wait *wait = arg;

	(void)pthread_mutex_lock(&wait->lock);
	wait->result = result;
	if (result < 0 && wait->err)
		*wait->err = *err;
	wait->is_done = true;
	(void)pthread_cond_signal(&wait->woken);
	(void)pthread_mutex_unlock(&wait->lock);
}

int db_write(struct db_pool *pool, int (*work)(struct db *, void *, struct err *), void *arg,
	     struct err *err)
{
	struct wait wait = { .work = work, .arg = arg, .err = err };
	struct db_job job = { .work = wait_work, .done = wait_done, .arg = &wait };

	(void)pthread_mutex_init(&wait.lock, NULL);
	(void)pthread_cond_init(&wait.woken, NULL);
	if (db_submit(pool, &job)) {
		wait.result = err_set(err, FAULT_DB, "the queue of writes is full");
		wait.is_done = true;
	}
	(void)pthread_mutex_lock(&wait.lock);
	while (!wait.is_done)
		(void)pthread_cond_wait(&wait.woken, &wait.lock);
	(void)pthread_mutex_unlock(&wait.lock);
	(void)pthread_cond_destroy(&wait.woken);
	(void)pthread_mutex_destroy(&wait.lock);
	return wait.result;
}
