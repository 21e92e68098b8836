/* The thread that looks after the database: see keeper.h. */
#include "cli/keeper.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/timing.h"
#include "phases/scorecard/scorecard.h"

enum { EVERY_S = 60 * 60, HOURS_BETWEEN_LOOKS = 24, ARENA_BYTES = 1024 * 1024 };

struct keeper {
	struct db_pool *pool;
	struct memo *kept;
	const struct logger *log;
	struct arena arena; /* of one thing to do */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t over;
	bool is_over;
};

/* Waits an hour, or until it is over: whether it is. */
static bool rest(struct keeper *k)
{
	struct timespec until;
	bool is_over;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += EVERY_S;
	pthread_mutex_lock(&k->lock);
	while (!k->is_over && pthread_cond_timedwait(&k->over, &k->lock, &until) == 0)
		;
	is_over = k->is_over;
	pthread_mutex_unlock(&k->lock);
	return is_over;
}

static bool is_over(struct keeper *k)
{
	bool ret;

	pthread_mutex_lock(&k->lock);
	ret = k->is_over;
	pthread_mutex_unlock(&k->lock);
	return ret;
}

/* A look is a read: the writer is not woken for nothing. */
static int is_due(struct keeper *k, int64_t now_ms, bool *ret, struct err *err)
{
	struct db *db;
	int r = db_read_begin(k->pool, &db, err);

	if (r != 0)
		return r;
	db_scope(db, DB_ORG_ALL);
	r = keep_is_due(db, &k->arena, now_ms, ret, err);
	db_read_end(k->pool, db);
	return r;
}

/* One campaign, or none is due. 0 or a fault. */
static int keep_one(struct keeper *k, bool *ret_again, struct err *err)
{
	struct keep_turn turn = { .arena = &k->arena, .now_ms = time_now_ms() };
	int r;

	arena_reset(&k->arena);
	*ret_again = false;
	r = is_due(k, turn.now_ms, ret_again, err);
	if (r != 0 || !*ret_again)
		return r;
	r = db_write(k->pool, scorecard_keep, &turn, err);
	*ret_again = r == 0 && !turn.is_idle;
	return r;
}

/* Erases what is due. */
static void keep_all(struct keeper *k)
{
	struct err err;
	int64_t n = 0;
	bool again;

	/* What cannot be done now is tried again in an hour. */
	do {
		if (keep_one(k, &again, &err) < 0)
			log_warning(k->log, "answers were not erased",
				    LOG_STR("text", str_from(err.text)));
		n += again;
	} while (again && !is_over(k));
	if (n)
		log_info(k->log, "answers erased, as promised", LOG_NUM("campaigns", n));
}

static void look_through(struct keeper *k)
{
	struct str damage;
	struct err err;

	arena_reset(&k->arena);
	if (db_watch(k->pool, &k->arena, &damage, &err) != 0)
		log_warning(k->log, "the database was not looked through",
			    LOG_STR("text", str_from(err.text)));
	else if (damage.len)
		log_error(k->log, "the database is damaged: stop, restore a copy",
			  LOG_STR("text", damage));
}

static void *keeper_main(void *arg)
{
	struct keeper *k = arg;

	for (int hour = 0; hour == 0 || !rest(k); hour++) {
		memo_clear(k->kept);
		keep_all(k);
		if (hour % HOURS_BETWEEN_LOOKS == 0)
			look_through(k);
	}
	return NULL;
}

int keeper_start(struct arena *a, struct db_pool *pool, struct memo *kept, const struct logger *log,
		 struct keeper **ret, struct err *err)
{
	struct keeper *k = arena_new(a, struct keeper, 1);
	pthread_condattr_t clock;
	int code;

	k->pool = pool;
	k->kept = kept;
	k->log = log;
	arena_init(&k->arena, ARENA_BYTES);
	(void)pthread_mutex_init(&k->lock, NULL);
	(void)pthread_condattr_init(&clock);
	(void)pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&k->over, &clock);
	(void)pthread_condattr_destroy(&clock);
	code = pthread_create(&k->thread, NULL, keeper_main, k);
	if (code != 0) {
		arena_release(&k->arena);
		return err_set(err, FAULT_SYSTEM, "cannot start a thread: %s", strerror(code));
	}
	*ret = k;
	return 0;
}

void keeper_stop(struct keeper *k)
{
	if (!k)
		return;
	pthread_mutex_lock(&k->lock);
	k->is_over = true;
	pthread_cond_broadcast(&k->over);
	pthread_mutex_unlock(&k->lock);
	(void)pthread_join(k->thread, NULL);
	(void)pthread_cond_destroy(&k->over);
	(void)pthread_mutex_destroy(&k->lock);
	arena_release(&k->arena);
}
