/*
 * One request and its reply, without sockets: the steps that the adapter (call.c) and the tests' harness
 * take one after another. See "The life of a request" in ARCHITECTURE.md.
 *
 *     exchange_open()   a request begins: arenas, clock, id
 *     exchange_head()   method, framing, host, path, route, size, type, same-origin
 *     exchange_body()   form and arguments, once the body is whole
 *     exchange_run()    permission and handler, on the thread of the route's class
 *     exchange_publish()  tells the streams, once what was written is stored
 *     exchange_close()  headers, cookies, compression; the line in the log
 *
 * Each step may already make the reply (`ex->reply`); then those between it and the last are left out.
 */
#ifndef JALON_HTTP_EXCHANGE_H
#define JALON_HTTP_EXCHANGE_H

#include "http/core.h"
#include "http/header.h"
#include "http/reply.h"

/* How a request that changes something was found to come from our own pages. */
enum origin_check {
	ORIGIN_OURS,    /* the browser says so, or nothing is changed */
	ORIGIN_UNKNOWN, /* it says nothing: the form's token has to */
	ORIGIN_FOREIGN, /* 403 */
};

/* What changed, to be told to its streams after the commit. */
struct publication {
	struct str topic;
	int64_t version;
};

struct exchange {
	struct req rq;
	struct arena arena, scratch;
	const struct http_core *core;

	/* Given by the caller of exchange_head(). */
	struct str method;
	struct str target;
	bool is_http_1_0; /* may come without Host */
	struct headers headers;
	struct address peer; /* who is connected */

	size_t length; /* of the body, known after exchange_head() */
	struct route_match match;
	struct arg_pairs query, form;
	enum origin_check origin;

	struct str csrf_cookie; /* what the form token stands on; empty until asked for */
	bool sets_csrf_cookie;
	bool sets_language;
	bool must_close; /* where the next request begins is not certain */
	bool is_quiet;   /* no line in the log */
	int64_t begun_us;
	struct reply *reply;
	struct stream *stream; /* of a reply with events: whoever carries it takes it from here */
	struct publication_list VEC(struct publication) publications;
};

/* The steps of the list above. */

/* Makes `ex` ready for a first or another request; the arenas are reserved on first use. */
void exchange_open(struct exchange *ex, const struct http_core *core);
/* The members under "given by the caller" are set and borrowed. */
void exchange_head(struct exchange *ex);
/* Instead of exchange_head(), when the head cannot be trusted to mean what it seems to: 400. */
void exchange_misread(struct exchange *ex);
/* `body` must live until exchange_close(). */
void exchange_body(struct exchange *ex, struct str body);
/* Permission and the route's prepare() with a reader. False when it made the reply. */
bool exchange_prepare(struct exchange *ex, struct db *db);
/* Permission and handler with `db`. True when what was written is to be kept. Always makes a reply. */
bool exchange_run(struct exchange *ex, struct db *db);
/* To be called when what exchange_run() wrote is stored. */
void exchange_publish(struct exchange *ex);
/* True when the reply is a fault's, which was logged when it was made. */
bool exchange_has_failed(const struct exchange *ex);
/* Replaces the reply by a fault's: the commit failed. */
void exchange_fail(struct exchange *ex, const struct err *err);
/* Refuses with `status`. */
void exchange_refuse(struct exchange *ex, int status);
void exchange_close(struct exchange *ex);
/* Forgets the request and keeps the memory for the next one. */
void exchange_reset(struct exchange *ex);
/* Gives the memory back. */
void exchange_release(struct exchange *ex);

#endif
