/* db/pool.c: readers go to the thread that waits longest; URLs that cannot be opened. */
#include "unit/test.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "db/db.h"

enum { WAITERS = 6 };

struct line {
	struct db_pool *pool;
	pthread_mutex_t lock;
	int n_begun, n_served;
	int served[WAITERS];
};

struct waiter {
	struct line *line;
	int number;
};

static void *waiter_main(void *arg)
{
	struct waiter *waiter = arg;
	struct line *line = waiter->line;
	struct err err;
	struct db *db;

	(void)pthread_mutex_lock(&line->lock);
	line->n_begun++;
	(void)pthread_mutex_unlock(&line->lock);
	assert_int_equal(db_read_begin(line->pool, &db, &err), 0);
	(void)pthread_mutex_lock(&line->lock);
	line->served[line->n_served++] = waiter->number;
	(void)pthread_mutex_unlock(&line->lock);
	db_read_end(line->pool, db);
	return NULL;
}

static bool has_begun(struct line *line, int n)
{
	bool yes;

	(void)pthread_mutex_lock(&line->lock);
	yes = line->n_begun == n;
	(void)pthread_mutex_unlock(&line->lock);
	return yes;
}

static void serves_first_come_first(void **state)
{
	struct arena *a = *state;
	char folder[] = "/tmp/jalon-pool-XXXXXX";
	struct line line = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct db_config config = { .readers = 1 };
	struct waiter waiters[WAITERS];
	pthread_t threads[WAITERS];
	struct err err;
	struct db *db;

	assert_non_null(mkdtemp(folder));
	config.url = str_fmt(a, "sqlite:%s/jalon.db", folder);
	assert_int_equal(db_pool_open(&config, &line.pool, &err), 0);
	assert_int_equal(db_pool_engine(line.pool), DB_SQLITE);
	assert_int_equal(db_read_begin(line.pool, &db, &err), 0);
	for (int i = 0; i < WAITERS; i++) {
		waiters[i] = (struct waiter){ &line, i };
		assert_int_equal(pthread_create(&threads[i], NULL, waiter_main, &waiters[i]), 0);
		while (!has_begun(&line, i + 1))
			(void)usleep(1000);
		(void)usleep(20000); /* from there into the queue */
	}
	assert_int_equal(line.n_served, 0);
	db_read_end(line.pool, db);
	for (int i = 0; i < WAITERS; i++)
		(void)pthread_join(threads[i], NULL);
	for (int i = 0; i < WAITERS; i++)
		assert_int_equal(line.served[i], i);
	db_pool_close(line.pool);
	for (int i = 0; i < 3; i++)
		(void)unlink(str_fmt(a, "%s/jalon.db%s", folder,
				     (const char *[]){ "", "-wal", "-shm" }[i])
				     .data);
	assert_int_equal(rmdir(folder), 0);
}

static void refuses_urls_it_cannot_open(void **state)
{
	static const struct {
		const char *url;
		int fault;
	} cases[] = {
		{ "", FAULT_INPUT },
		{ "sqlite:", FAULT_INPUT },
		{ "mysql://localhost/jalon", FAULT_INPUT },
		{ "sqlite:/nowhere/at/all/jalon.db", FAULT_SYSTEM },
		{ "sqlite:/", FAULT_SYSTEM },
		{ "postgresql:///jalon?host=/nowhere/at/all", FAULT_DB_GONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct db_config config = { .url = str_from(cases[i].url) };
		struct db_pool *pool;
		struct err err;

		assert_int_equal(db_pool_open(&config, &pool, &err), cases[i].fault);
		assert_true(strlen(err.text) > 0);
	}
}

TEST_MAIN(unit_test(serves_first_come_first), unit_test(refuses_urls_it_cannot_open))
