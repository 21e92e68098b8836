/*
 * Open connections and how long each may take for what it is doing. libmicrohttpd starts its timer
 * again at every byte, so a client that sends one byte now and then is never cut by it; here the whole
 * of a head, a body or a reply has a deadline. A thread looks at all of them a few times a second and
 * shuts down the sockets of those that are late.
 */
#ifndef JALON_HTTP_CONNS_H
#define JALON_HTTP_CONNS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct MHD_Connection;
struct stream;

struct conn {
	struct conn *next, *prev;
	int fd;
	bool is_reused; /* a request was answered on it; the loop thread's */
	struct MHD_Connection *connection;
	struct stream *stream;       /* of events, while one is sent */
	_Atomic int64_t deadline_ms; /* monotonic; 0: none, we are at work */
};

struct conns {
	pthread_mutex_t lock;
	pthread_cond_t stopping;
	struct conn *first;
	bool is_stopped;
	int period_ms;
	pthread_t sweeper;
};

/* Starts the thread, which looks every `period_ms`. 0 or a fault. */
MUST_CHECK int conns_start(struct conns *c, int period_ms, struct err *err);
/* Ends it; connections that are still open are no longer watched. */
void conns_stop(struct conns *c);
/* A connection on socket `fd` that has `ms` from now on; lives until conns_remove(). Ends the process when out of
 * memory. */
struct conn *conns_add(struct conns *c, int fd, int ms);
/* To be called before the socket is closed. */
void conns_remove(struct conns *c, struct conn *conn);
/* What comes next has `ms` from now on; 0: no deadline. */
void conn_allow(struct conn *conn, int64_t ms);

#endif
