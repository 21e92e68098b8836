/* The inside of the server, shared by its life (server.c) and its requests (call.c). */
#ifndef JALON_HTTP_SERVER_PRIV_H
#define JALON_HTTP_SERVER_PRIV_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/conns.h"
#include "http/core.h"
#include "http/jobs.h"

struct call;

struct server {
	struct arena arena; /* as long as the server */
	struct server_config config;
	struct http_core core;
	struct str url;
	int listen_fd;
	struct MHD_Daemon *daemon;
	struct conns conns;
	struct jobs jobs;
	struct jobs preparers; /* passwords: a storm of them makes nobody else wait */
	_Atomic bool is_draining;
	_Atomic int n_held; /* replies made and not sent yet */

	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t quiet; /* a request ended */
	struct call *free_calls;
	int n_free;
	int n_calls;     /* requests under way */
	int n_large;     /* of them, with a large body */
	int n_suspended; /* of them, on another thread */
	bool is_closing; /* none may go to another thread any more */
};

/* libmicrohttpd's callbacks; `cls` is the server. */
void *call_on_target(void *cls, const char *target, struct MHD_Connection *connection);
enum MHD_Result call_on_request(void *cls, struct MHD_Connection *connection, const char *target,
				const char *method, const char *version, const char *upload,
				size_t *n, void **state);
void call_on_completed(void *cls, struct MHD_Connection *connection, void **state,
		       enum MHD_RequestTerminationCode why);
void call_on_connection(void *cls, struct MHD_Connection *connection, void **context,
			enum MHD_ConnectionNotificationCode what);

/* Gives back the memory of calls that are not under way. */
void calls_release(struct server *s);

#endif
