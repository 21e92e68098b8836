/* PostgreSQL only: connections that are lost, and deadlocks, in which the server gives up one of
 * two transactions and the jobs in ours run again. */
#include "store/store.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <unistd.h>

#include "queries.h"

struct put {
	struct store *store;
	struct str name, value;
};

/* ---- a lost PostgreSQL connection ---- */

static void terminate_all(struct store *s)
{
	(void)store_sql(s, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
			   "WHERE application_name = 'jalon'");
	/* Signalled, not yet gone. */
	while (store_sql(s,
			 "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'jalon'") >
	       0)
		(void)usleep(1000);
}

static int lose_midway(struct db *db, void *arg, struct err *err)
{
	struct put *put = arg;
	int r = store_secret_put(db, put->name, put->value, err);

	if (r)
		return r;
	terminate_all(put->store);
	return store_secret_put(db, S("later"), S("1"), err);
}

static int lose_before_commit(struct db *db, void *arg, struct err *err)
{
	struct put *put = arg;
	int r = store_secret_put(db, put->name, put->value, err);

	if (r == 0)
		terminate_all(put->store);
	return r;
}

static void connects_again_and_stores_nothing_half(void **state)
{
	struct store *s = *state;
	struct put job = { .store = s, .name = S("a"), .value = S("1") };
	struct store_secret_count_row count;
	struct err err;
	struct db *db;

	assert_ok(store_put(s, S("kept"), S("1"), &err), &err);
	assert_fault(db_write(s->pool, lose_midway, &job, &err), FAULT_DB_GONE, &err);
	assert_fault(db_write(s->pool, lose_before_commit, &job, &err), FAULT_DB_GONE, &err);
	terminate_all(s);
	assert_ok(store_put(s, S("after"), S("1"), &err), &err);
	for (int i = 0; i < s->config.readers; i++) {
		assert_ok(db_read_begin(s->pool, &db, &err), &err);
		assert_ok(store_secret_count(db, &s->arena, &count, &err), &err);
		assert_int_equal(count.n, 2);
		/* A session made again is read-only again. */
		assert_fault(store_secret_put(db, S("b"), S("1"), &err), FAULT_DB, &err);
		db_read_end(s->pool, db);
	}
	assert_str(store_rows(s, "SELECT name FROM instance ORDER BY name"), "after\nkept\n");
}

static int put_job(struct db *db, void *arg, struct err *err)
{
	const struct put *job = arg;

	return store_secret_put(db, job->name, job->value, err);
}

/* A trigger that ends its own session while COMMIT runs. */
static const char die_sql[] =
	"CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS "
	"'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'; "
	"CREATE CONSTRAINT TRIGGER die AFTER INSERT ON instance DEFERRABLE INITIALLY DEFERRED "
	"FOR EACH ROW EXECUTE FUNCTION die()";

static void says_so_when_nobody_knows(void **state)
{
	struct store *s = *state;
	struct put job = { .store = s, .name = S("a"), .value = S("1") };
	struct err err;

	(void)store_sql(s, die_sql);
	assert_fault(db_write(s->pool, put_job, &job, &err), FAULT_DB_UNSURE, &err);
	(void)store_sql(s, "DROP TRIGGER die ON instance; DROP FUNCTION die()");
	assert_ok(db_write(s->pool, put_job, &job, &err), &err);
}

/* ---- deadlocks ---- */

/* Meeting points of the two sessions, and what the jobs were told. */
struct scene {
	struct store *store;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int step; /* 1: the other session holds x; 2: our job holds y; 3: the other is done */
	int runs; /* of the repeatable job */
	int n_done;
	int repeatable_result, single_result;
};

static void scene_reach(struct scene *scene, int step)
{
	(void)pthread_mutex_lock(&scene->lock);
	if (scene->step < step)
		scene->step = step;
	(void)pthread_cond_broadcast(&scene->changed);
	(void)pthread_mutex_unlock(&scene->lock);
}

static void scene_wait(struct scene *scene, int step)
{
	(void)pthread_mutex_lock(&scene->lock);
	while (scene->step < step)
		(void)pthread_cond_wait(&scene->changed, &scene->lock);
	(void)pthread_mutex_unlock(&scene->lock);
}

static void run(PGconn *conn, const char *sql)
{
	PGresult *result = PQexec(conn, sql);

	assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
	PQclear(result);
}

static void *other_session(void *arg)
{
	struct scene *scene = arg;
	PGconn *conn = PQconnectdb(str_c(&scene->store->arena, scene->store->config.url));

	run(conn, "BEGIN; UPDATE instance SET value = '' WHERE name = 'x'");
	scene_reach(scene, 1);
	scene_wait(scene, 2);
	run(conn, "UPDATE instance SET value = '' WHERE name = 'y'");
	run(conn, "COMMIT");
	scene_reach(scene, 3);
	PQfinish(conn);
	return NULL;
}

static int take(struct db *db, struct str name, struct err *err)
{
	struct arena a;
	struct store_secret_take_row row;
	int r;

	arena_init(&a, 1 << 20);
	r = store_secret_take(db, &a, name, &row, err);
	arena_release(&a);
	return r;
}

static int single_work(struct db *db, void *arg, struct err *err)
{
	struct scene *scene = arg;

	scene_wait(scene, 1);
	return store_secret_put(db, S("single"), S("1"), err);
}

static int repeatable_work(struct db *db, void *arg, struct err *err)
{
	struct scene *scene = arg;
	int r;

	/* The second time it lets the other finish, or they could meet again. */
	if (scene->runs++ > 0)
		scene_wait(scene, 3);
	r = take(db, S("y"), err);
	if (r)
		return r;
	if (scene->runs == 1) {
		scene_reach(scene, 2);
		/* The other session waits first and looks for a deadlock in vain (after 100 ms,
		 * as the harness sets), so that it is our session that finds one. */
		(void)usleep(300000);
	}
	return take(db, S("x"), err);
}

static void note_done(struct scene *scene, int *where, int result)
{
	(void)pthread_mutex_lock(&scene->lock);
	*where = result;
	scene->n_done++;
	(void)pthread_cond_broadcast(&scene->changed);
	(void)pthread_mutex_unlock(&scene->lock);
}

static void single_done(void *arg, int result, const struct err *err)
{
	struct scene *scene = arg;

	(void)err;
	note_done(scene, &scene->single_result, result);
}

static void repeatable_done(void *arg, int result, const struct err *err)
{
	struct scene *scene = arg;

	(void)err;
	note_done(scene, &scene->repeatable_result, result);
}

static void runs_repeatable_jobs_again(void **state)
{
	struct store *s = *state;
	struct scene scene = { .store = s };
	struct db_job single = { .work = single_work, .done = single_done, .arg = &scene };
	struct db_job repeatable = { .work = repeatable_work,
				     .done = repeatable_done,
				     .arg = &scene,
				     .is_repeatable = true };
	pthread_t other;

	(void)pthread_mutex_init(&scene.lock, NULL);
	(void)pthread_cond_init(&scene.changed, NULL);
	(void)store_sql(s, "INSERT INTO instance VALUES ('x', ''), ('y', '')");
	/* `single` waits in the transaction until both jobs are in it. */
	assert_int_equal(db_submit(s->pool, &single), 0);
	assert_int_equal(db_submit(s->pool, &repeatable), 0);
	assert_int_equal(pthread_create(&other, NULL, other_session, &scene), 0);
	(void)pthread_join(other, NULL);
	(void)pthread_mutex_lock(&scene.lock);
	while (scene.n_done < 2)
		(void)pthread_cond_wait(&scene.changed, &scene.lock);
	(void)pthread_mutex_unlock(&scene.lock);
	assert_int_equal(scene.runs, 2);
	assert_int_equal(scene.repeatable_result, 0);
	assert_int_equal(scene.single_result, FAULT_DB);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM instance"), 0);
}

TEST_MAIN(store_test(connects_again_and_stores_nothing_half), store_test(says_so_when_nobody_knows),
	  store_test(runs_repeatable_jobs_again))
