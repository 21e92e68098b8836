/* Jobs: savepoints, group commit, the queue, and what is told when a transaction is lost. */
#include "store/store.h"

#include <pthread.h>
#include <unistd.h>

#include "base/buf.h"
#include "queries.h"

enum { THREADS = 8, JOBS_EACH = 150 };

/* One job that stores a name, and what done() was told. */
struct task {
	struct db_job job;
	struct store *store;
	struct str name;
	int ending; /* what work() returns once it has stored */
	int runs, calls, result;
	int64_t seen_at_done; /* rows another connection sees then; -1: do not look */
	struct tally *tally;
};

struct tally {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int done;
};

static int task_work(struct db *db, void *arg, struct err *err)
{
	struct task *task = arg;
	int r = store_secret_put(db, task->name, S("1"), err);

	task->runs++;
	if (r == 0 && task->ending < 0)
		return err_set(err, task->ending, "the job gives up");
	return r ? r : task->ending;
}

static void task_done(void *arg, int result, const struct err *err)
{
	struct task *task = arg;
	struct tally *tally = task->tally;

	(void)err;
	(void)pthread_mutex_lock(&tally->lock);
	task->result = result;
	task->calls++;
	if (task->seen_at_done >= 0)
		task->seen_at_done = store_sql(task->store, "SELECT count(*) FROM instance");
	tally->done++;
	(void)pthread_cond_signal(&tally->changed);
	(void)pthread_mutex_unlock(&tally->lock);
}

static void task_init(struct task *task, struct store *s, struct tally *tally, struct str name)
{
	*task = (struct task){ .store = s, .name = name, .tally = tally, .seen_at_done = -1 };
	task->job = (struct db_job){ .work = task_work, .done = task_done, .arg = task };
}

static void tally_init(struct tally *tally)
{
	(void)pthread_mutex_init(&tally->lock, NULL);
	(void)pthread_cond_init(&tally->changed, NULL);
	tally->done = 0;
}

static void tally_wait(struct tally *tally, int n)
{
	(void)pthread_mutex_lock(&tally->lock);
	while (tally->done < n)
		(void)pthread_cond_wait(&tally->changed, &tally->lock);
	(void)pthread_mutex_unlock(&tally->lock);
}

/* ---- a gate: keeps the writer busy so that the queue fills ---- */

struct gate {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool is_entered, is_open;
	struct tally *tally;
	struct db_job job;
};

static int gate_work(struct db *db, void *arg, struct err *err)
{
	struct gate *gate = arg;

	(void)db;
	(void)err;
	(void)pthread_mutex_lock(&gate->lock);
	gate->is_entered = true;
	(void)pthread_cond_broadcast(&gate->changed);
	while (!gate->is_open)
		(void)pthread_cond_wait(&gate->changed, &gate->lock);
	(void)pthread_mutex_unlock(&gate->lock);
	return 0;
}

static void gate_done(void *arg, int result, const struct err *err)
{
	struct gate *gate = arg;

	(void)result;
	(void)err;
	(void)pthread_mutex_lock(&gate->tally->lock);
	gate->tally->done++;
	(void)pthread_cond_signal(&gate->tally->changed);
	(void)pthread_mutex_unlock(&gate->tally->lock);
}

static void gate_close(struct gate *gate, struct store *s, struct tally *tally)
{
	*gate = (struct gate){ .tally = tally };
	gate->job = (struct db_job){ .work = gate_work, .done = gate_done, .arg = gate };
	(void)pthread_mutex_init(&gate->lock, NULL);
	(void)pthread_cond_init(&gate->changed, NULL);
	assert_int_equal(db_submit(s->pool, &gate->job), 0);
	(void)pthread_mutex_lock(&gate->lock);
	while (!gate->is_entered)
		(void)pthread_cond_wait(&gate->changed, &gate->lock);
	(void)pthread_mutex_unlock(&gate->lock);
}

static void gate_open(struct gate *gate)
{
	(void)pthread_mutex_lock(&gate->lock);
	gate->is_open = true;
	(void)pthread_cond_broadcast(&gate->changed);
	(void)pthread_mutex_unlock(&gate->lock);
}

/* ---- tests ---- */

static void undoes_one_job_of_a_transaction(void **state)
{
	struct store *s = *state;
	struct tally tally;
	struct gate gate;
	struct task tasks[5];
	const int endings[5] = { 0, DB_JOB_UNDO, FAULT_INTERNAL, 7, 0 };

	tally_init(&tally);
	gate_close(&gate, s, &tally);
	for (int i = 0; i < 5; i++) {
		task_init(&tasks[i], s, &tally, str_fmt(&s->arena, "%d", i));
		tasks[i].ending = endings[i];
		assert_int_equal(db_submit(s->pool, &tasks[i].job), 0);
	}
	gate_open(&gate);
	tally_wait(&tally, 6);
	for (int i = 0; i < 5; i++)
		assert_int_equal(tasks[i].result, endings[i]);
	assert_str(store_rows(s, "SELECT name FROM instance ORDER BY name"), "0\n3\n4\n");
}

static void tells_done_after_the_one_commit(void **state)
{
	struct store *s = *state;
	struct tally tally;
	struct gate gate;
	struct task tasks[3];

	tally_init(&tally);
	gate_close(&gate, s, &tally);
	for (int i = 0; i < 3; i++) {
		task_init(&tasks[i], s, &tally, str_fmt(&s->arena, "%d", i));
		tasks[i].seen_at_done = 0;
		assert_int_equal(db_submit(s->pool, &tasks[i].job), 0);
	}
	gate_open(&gate);
	tally_wait(&tally, 4);
	/* Even the first of the batch is told when all three can be seen. */
	for (int i = 0; i < 3; i++)
		assert_int_equal(tasks[i].seen_at_done, 3);
}

static int conflict_then_more(struct db *db, void *arg, struct err *err)
{
	int *step = arg;
	int r = store_secret_put(db, S("b"), S("1"), err);

	if (r == 0)
		r = store_secret_put(db, S("a"), S("2"), err);
	*step = r;
	/* Whatever it does now, the job is undone. */
	return r == DB_CONFLICT ? store_secret_put(db, S("c"), S("1"), err) : r;
}

static int conflict_unnoticed(struct db *db, void *arg, struct err *err)
{
	int r = conflict_then_more(db, arg, err);

	return r ? 0 : r;
}

static int conflict_passed_up(struct db *db, void *arg, struct err *err)
{
	int r = store_secret_put(db, S("b"), S("1"), err);

	(void)arg;
	return r ? r : store_secret_put(db, S("a"), S("2"), err);
}

static void a_conflict_ends_its_job(void **state)
{
	struct store *s = *state;
	struct err err;
	int step = 0;

	(void)store_sql(s, s->is_postgres ? "INSERT INTO instance VALUES ('a', '')"
					  : "INSERT INTO instance VALUES ('a', x'')");
	assert_fault(db_write(s->pool, conflict_then_more, &step, &err), FAULT_INTERNAL, &err);
	assert_int_equal(step, DB_CONFLICT);
	assert_fault(db_write(s->pool, conflict_unnoticed, &step, &err), FAULT_INTERNAL, &err);
	assert_int_equal(db_write(s->pool, conflict_passed_up, NULL, &err), DB_CONFLICT);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM instance"), 1);
}

struct crowd {
	struct store *store;
	struct tally *tally;
	struct task tasks[JOBS_EACH];
	int number;
};

static void *crowd_main(void *arg)
{
	struct crowd *crowd = arg;

	for (int i = 0; i < JOBS_EACH; i++) {
		struct task *task = &crowd->tasks[i];

		task->ending = i % 10 == 9 ? DB_JOB_UNDO : 0;
		while (db_submit(crowd->store->pool, &task->job))
			(void)usleep(1000);
	}
	return NULL;
}

static void commits_for_a_crowd(void **state)
{
	struct store *s = *state;
	struct crowd *crowds = arena_new(&s->arena, struct crowd, THREADS);
	pthread_t threads[THREADS];
	struct tally tally;

	tally_init(&tally);
	for (int t = 0; t < THREADS; t++) {
		crowds[t] = (struct crowd){ .store = s, .tally = &tally, .number = t };
		for (int i = 0; i < JOBS_EACH; i++)
			task_init(&crowds[t].tasks[i], s, &tally,
				  str_fmt(&s->arena, "%d-%d", t, i));
		assert_int_equal(pthread_create(&threads[t], NULL, crowd_main, &crowds[t]), 0);
	}
	for (int t = 0; t < THREADS; t++)
		(void)pthread_join(threads[t], NULL);
	tally_wait(&tally, THREADS * JOBS_EACH);
	for (int t = 0; t < THREADS; t++) {
		for (int i = 0; i < JOBS_EACH; i++) {
			assert_int_equal(crowds[t].tasks[i].calls, 1);
			assert_int_equal(crowds[t].tasks[i].result, i % 10 == 9 ? DB_JOB_UNDO : 0);
		}
	}
	assert_int_equal(store_sql(s, "SELECT count(*) FROM instance"),
			 THREADS * JOBS_EACH * 9 / 10);
}

static void refuses_jobs_when_full_and_finishes_those_it_took(void **state)
{
	struct store *s = *state;
	struct task *tasks = arena_new(&s->arena, struct task, DB_QUEUE_MAX + 1);
	struct tally tally;
	struct gate gate;

	tally_init(&tally);
	gate_close(&gate, s, &tally);
	for (int i = 0; i <= DB_QUEUE_MAX; i++) {
		task_init(&tasks[i], s, &tally, str_fmt(&s->arena, "%d", i));
		assert_int_equal(db_submit(s->pool, &tasks[i].job), i == DB_QUEUE_MAX);
	}
	gate_open(&gate);
	/* Closing waits for all that were taken. */
	store_close(s);
	assert_int_equal(tally.done, DB_QUEUE_MAX + 1);
	assert_int_equal(tasks[DB_QUEUE_MAX].calls, 0);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM instance"), DB_QUEUE_MAX);
}

static void is_ready_and_leaves_no_trace(void **state)
{
	struct store *s = *state;
	struct err err;

	assert_ok(db_ready(s->pool, &err), &err);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM instance"), 0);
}

TEST_MAIN(store_test(undoes_one_job_of_a_transaction), store_test(tells_done_after_the_one_commit),
	  store_test(a_conflict_ends_its_job), store_test(commits_for_a_crowd),
	  store_test(refuses_jobs_when_full_and_finishes_those_it_took),
	  store_test(is_ready_and_leaves_no_trace))
