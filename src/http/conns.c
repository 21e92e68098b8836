/* The sweep of slow connections: see conns.h. */
#include "http/conns.h"

#include <errno.h>
#include <sys/socket.h>

#include "base/timing.h"

struct conn *conns_add(struct conns *c, int fd, int ms)
{
	struct conn *conn = calloc(1, sizeof *conn);

	if (!conn)
		abort();
	conn->fd = fd;
	conn_allow(conn, ms);
	pthread_mutex_lock(&c->lock);
	conn->next = c->first;
	if (c->first)
		c->first->prev = conn;
	c->first = conn;
	pthread_mutex_unlock(&c->lock);
	return conn;
}

void conns_remove(struct conns *c, struct conn *conn)
{
	pthread_mutex_lock(&c->lock);
	if (conn->prev)
		conn->prev->next = conn->next;
	else
		c->first = conn->next;
	if (conn->next)
		conn->next->prev = conn->prev;
	pthread_mutex_unlock(&c->lock);
	free(conn);
}

void conn_allow(struct conn *conn, int64_t ms)
{
	atomic_store_explicit(&conn->deadline_ms, ms ? time_mono_ms() + ms : 0,
			      memory_order_relaxed);
}

/* The socket is shut down, not closed: its loop thread then sees the end and cleans up. */
static void sweep(struct conns *c)
{
	int64_t now = time_mono_ms();

	for (struct conn *conn = c->first; conn; conn = conn->next) {
		int64_t deadline = atomic_load_explicit(&conn->deadline_ms, memory_order_relaxed);

		if (deadline && now > deadline)
			(void)shutdown(conn->fd, SHUT_RDWR);
	}
}

static void wait_period(struct conns *c)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (long)(c->period_ms % 1000) * 1000000;
	until.tv_sec += c->period_ms / 1000 + until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	while (!c->is_stopped &&
	       pthread_cond_timedwait(&c->stopping, &c->lock, &until) != ETIMEDOUT)
		;
}

static void *sweeper_main(void *arg)
{
	struct conns *c = arg;

	pthread_mutex_lock(&c->lock);
	while (!c->is_stopped) {
		sweep(c);
		wait_period(c);
	}
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

int conns_start(struct conns *c, int period_ms, struct err *err)
{
	pthread_condattr_t attr;
	int r;

	*c = (struct conns){ .period_ms = period_ms };
	pthread_mutex_init(&c->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&c->stopping, &attr);
	pthread_condattr_destroy(&attr);
	r = pthread_create(&c->sweeper, NULL, sweeper_main, c);
	if (r != 0)
		return err_set(err, FAULT_SYSTEM, "cannot start a thread: %s", strerror(r));
	return 0;
}

void conns_stop(struct conns *c)
{
	pthread_mutex_lock(&c->lock);
	c->is_stopped = true;
	pthread_cond_signal(&c->stopping);
	pthread_mutex_unlock(&c->lock);
	pthread_join(c->sweeper, NULL);
	pthread_cond_destroy(&c->stopping);
	pthread_mutex_destroy(&c->lock);
}
