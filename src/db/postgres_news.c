/*
 * News over PostgreSQL (news.h). One thread has the connection: it sends what waits and hears what
 * comes, so telling never waits for the network. A payload is "<topic> <version>".
 */
#include "db/news.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/num.h"
#include "db/postgres_priv.h"

enum {
	ARENA_SIZE = 16 * 1024,
	WAITING_MAX = 64, /* topics; in a full list the oldest gives way */
	AGAIN_MS = 1000,  /* from a lost connection to the next attempt */
	PAYLOAD_MAX = DB_TOPIC_BYTES_MAX + 32,
};

struct told {
	char topic[DB_TOPIC_BYTES_MAX];
	size_t topic_len;
	int64_t version;
};

struct db_news {
	struct arena arena; /* this struct lives in it */
	struct db_news_ear ear;
	struct db *db; /* the thread's; NULL until it connects again */
	struct db_pool *pool;
	int wake; /* an eventfd */
	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows */
	struct told waiting[WAITING_MAX];
	size_t n_waiting;
	bool is_ending;
};

static PGconn *connection(const struct db_news *n)
{
	return ((struct postgres_db *)n->db)->conn;
}

/* ---- the thread ---- */

static int start_listening(struct db_news *n, struct err *err)
{
	int r = db_pool_connect(n->pool, &n->db, err);

	return r == 0 ? postgres_script((struct postgres_db *)n->db, "LISTEN jalon", "listening",
					err)
		      : r;
}

static void hang_up(struct db_news *n)
{
	if (n->db)
		n->db->driver->close(n->db);
	n->db = NULL;
}

static bool take(struct db_news *n, struct told *ret)
{
	bool is_there;

	(void)pthread_mutex_lock(&n->lock);
	is_there = n->n_waiting > 0;
	if (is_there) {
		*ret = n->waiting[0];
		n->n_waiting--;
		memmove(n->waiting, n->waiting + 1, n->n_waiting * sizeof *n->waiting);
	}
	(void)pthread_mutex_unlock(&n->lock);
	return is_there;
}

/* False when the connection is lost. */
static bool send_waiting(struct db_news *n)
{
	char payload[PAYLOAD_MAX];
	const char *const values[] = { payload };
	struct told t;

	while (take(n, &t)) {
		PGresult *result;
		bool is_sent;

		(void)snprintf(payload, sizeof payload, "%.*s %lld", (int)t.topic_len, t.topic,
			       (long long)t.version);
		result = PQexecParams(connection(n), "SELECT pg_notify('jalon', $1)", 1, NULL,
				      values, NULL, NULL, 0);
		is_sent = PQresultStatus(result) == PGRES_TUPLES_OK;
		PQclear(result);
		if (!is_sent)
			return false;
	}
	return true;
}

/* Others may notify in the same database: what is not of our form is passed over. */
static void hear(struct db_news *n, struct str payload)
{
	size_t space = payload.len;
	int64_t version;

	while (space > 0 && payload.data[space - 1] != ' ')
		space--;
	if (space < 2 || space - 1 > DB_TOPIC_BYTES_MAX ||
	    num_parse(str_slice(payload, space, payload.len), 0, INT64_MAX, &version) != 0)
		return;
	n->ear.hear(n->ear.arg, str_slice(payload, 0, space - 1), version);
}

/* False when the connection is lost. */
static bool hear_all(struct db_news *n)
{
	PGconn *conn = connection(n);
	PGnotify *news;

	if (!PQconsumeInput(conn))
		return false;
	while ((news = PQnotifies(conn))) {
		if (news->be_pid != PQbackendPID(conn))
			hear(n, str_from(news->extra));
		PQfreemem(news);
	}
	return true;
}

/* Until the database or db_news_tell() has something, or for `ms`. */
static void wait_for_news(struct db_news *n, int ms)
{
	struct pollfd on[] = {
		{ .fd = n->wake, .events = POLLIN },
		{ .fd = n->db ? PQsocket(connection(n)) : -1, .events = POLLIN },
	};
	uint64_t count;

	(void)poll(on, 2, ms);
	if (on[0].revents)
		(void)!read(n->wake, &count, sizeof count);
}

static bool is_ending(struct db_news *n)
{
	bool is;

	(void)pthread_mutex_lock(&n->lock);
	is = n->is_ending;
	(void)pthread_mutex_unlock(&n->lock);
	return is;
}

static void *run(void *arg)
{
	struct db_news *n = arg;
	struct err err;

	while (!is_ending(n)) {
		if (n->db && send_waiting(n) && hear_all(n)) {
			wait_for_news(n, -1);
			continue;
		}
		hang_up(n);
		wait_for_news(n, AGAIN_MS);
		if (!is_ending(n) && start_listening(n, &err) != 0)
			hang_up(n);
	}
	return NULL;
}

/* ---- from other threads ---- */

static void wake(struct db_news *n)
{
	const uint64_t one = 1;

	(void)!write(n->wake, &one, sizeof one);
}

/* Under the lock: the place of this topic, or a new one at the end. */
static struct told *place_of(struct db_news *n, struct str topic)
{
	for (size_t i = 0; i < n->n_waiting; i++)
		if (str_eq(str_make(n->waiting[i].topic, n->waiting[i].topic_len), topic))
			return &n->waiting[i];
	if (n->n_waiting == WAITING_MAX)
		memmove(n->waiting, n->waiting + 1, --n->n_waiting * sizeof *n->waiting);
	return &n->waiting[n->n_waiting++];
}

void db_news_tell(struct db_news *n, struct str topic, int64_t version)
{
	struct told *t;

	if (!n)
		return;
	(void)pthread_mutex_lock(&n->lock);
	t = place_of(n, topic);
	t->topic_len = topic.len;
	t->version = version;
	memcpy(t->topic, topic.data, topic.len);
	(void)pthread_mutex_unlock(&n->lock);
	wake(n);
}

static int start_thread(struct db_news *n, struct err *err)
{
	int code = pthread_create(&n->thread, NULL, run, n);

	return code ? err_set(err, FAULT_SYSTEM, "cannot start the thread of news: %s",
			      strerror(code))
		    : 0;
}

static void release(struct db_news *n)
{
	struct arena arena = n->arena;

	hang_up(n);
	(void)close(n->wake);
	(void)pthread_mutex_destroy(&n->lock);
	arena_release(&arena);
}

int db_news_open(struct db_pool *pool, const struct db_news_ear *ear, struct db_news **ret,
		 struct err *err)
{
	struct arena arena;
	struct db_news *n;
	int r;

	*ret = NULL;
	if (db_pool_engine(pool) != DB_POSTGRES)
		return 0;
	arena_init(&arena, ARENA_SIZE);
	n = arena_new(&arena, struct db_news, 1);
	n->arena = arena;
	n->ear = *ear;
	n->pool = pool;
	n->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	(void)pthread_mutex_init(&n->lock, NULL);
	r = n->wake < 0 ? err_set(err, FAULT_SYSTEM, "cannot make an eventfd: %s", strerror(errno))
			: start_listening(n, err);
	if (r == 0)
		r = start_thread(n, err);
	if (r != 0) {
		release(n);
		return r;
	}
	*ret = n;
	return 0;
}

void db_news_close(struct db_news *n)
{
	if (!n)
		return;
	(void)pthread_mutex_lock(&n->lock);
	n->is_ending = true;
	(void)pthread_mutex_unlock(&n->lock);
	wake(n);
	(void)pthread_join(n->thread, NULL);
	release(n);
}
