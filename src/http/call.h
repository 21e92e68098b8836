/* One request on a socket: an exchange, and where it is between libmicrohttpd's callbacks. */
#ifndef JALON_HTTP_CALL_H
#define JALON_HTTP_CALL_H

#include "http/exchange.h"
#include "http/server_priv.h"

enum call_state {
	CALL_HEAD,     /* the head is not whole yet */
	CALL_BODY,     /* collecting the body */
	CALL_REFUSED,  /* the reply is made; a small rest of body is read and forgotten */
	CALL_AT_WORK,  /* suspended: a job thread or the writer has it */
	CALL_WRITTEN,  /* the writer made the reply, which lacks its headers */
	CALL_REPLYING, /* the reply is made or sent */
};

struct call {
	struct exchange ex;
	struct server *server;
	struct MHD_Connection *connection;
	struct conn *conn;
	void **context; /* where libmicrohttpd keeps the call */
	enum call_state state;
	char *body;
	size_t body_len;
	bool is_held;  /* counted in server.n_held */
	bool is_large; /* counted in server.n_large */
	struct job job;
	struct db_job db_job;
	struct err err;    /* of a commit */
	struct call *next; /* free list */
};

/* Does what the route asks for, here or on the thread of its class; in the end the call is
 * CALL_REPLYING. True when that was done at once. */
bool call_work(struct call *c);

/* Sends the reply's head, and then the events of the exchange's stream, which the connection now has. The call is over.
 * Returns what libmicrohttpd said. */
enum MHD_Result call_stream(struct call *c);
/* The call is over: its memory goes to the next request. */
void call_give(struct server *s, struct call *c);
/* Adds the reply's headers. */
void call_add_headers(struct call *c, struct MHD_Response *response);

#endif
