/* libmicrohttpd's callbacks: see call.h. All run on the connection's loop thread. */
#include "http/call.h"

#include <string.h>

#include "http/head.h"
#include "http/path.h"

enum {
	/* A refused body up to here is read and forgotten, so that the reply arrives and the connection
	 * stays; beyond it the reply is sent at once and the connection closed. */
	DISCARD_MAX = 64 * 1024,
	SEND_BASE_MS = 30 * 1000,
	SEND_BYTES_PER_MS = 8, /* a reader slower than 8 kB/s is cut */
	FREE_CALLS_MAX = 256,
	HELD_CALLS_MAX = 64, /* of all loops */
	HELD_BYTES_MAX = 16 * 1024,
	/* Bodies larger than any form's, read or computed at one time: together they cost as much memory. */
	LARGE_BODIES_MAX = 16,
};

static struct call *call_take(struct server *s)
{
	struct call *c;

	pthread_mutex_lock(&s->lock);
	c = s->free_calls;
	if (c) {
		s->free_calls = c->next;
		s->n_free--;
	}
	s->n_calls++;
	pthread_mutex_unlock(&s->lock);
	if (!c)
		c = calloc(1, sizeof *c);
	if (!c)
		abort();
	return c;
}

void call_give(struct server *s, struct call *c)
{
	bool keep;

	exchange_reset(&c->ex);
	if (c->is_held)
		atomic_fetch_sub(&s->n_held, 1);
	pthread_mutex_lock(&s->lock);
	s->n_large -= c->is_large;
	keep = s->n_free < FREE_CALLS_MAX;
	if (keep) {
		c->next = s->free_calls;
		s->free_calls = c;
		s->n_free++;
	}
	s->n_calls--;
	pthread_cond_broadcast(&s->quiet);
	pthread_mutex_unlock(&s->lock);
	if (keep)
		return;
	exchange_release(&c->ex);
	free(c);
}

void calls_release(struct server *s)
{
	while (s->free_calls) {
		struct call *c = s->free_calls;

		s->free_calls = c->next;
		exchange_release(&c->ex);
		free(c);
	}
}

void call_on_connection(void *cls, struct MHD_Connection *connection, void **context,
			enum MHD_ConnectionNotificationCode what)
{
	struct server *s = cls;
	const union MHD_ConnectionInfo *info;
	struct conn *conn;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		conns_remove(&s->conns, *context);
		return;
	}
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	conn = conns_add(&s->conns, info->connect_fd, s->config.header_timeout_ms);
	conn->connection = connection;
	*context = conn;
}

void *call_on_target(void *cls, const char *target, struct MHD_Connection *connection)
{
	struct server *s = cls;
	struct call *c = call_take(s);
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	c->server = s;
	c->connection = connection;
	c->conn = info->socket_context;
	c->state = CALL_HEAD;
	c->body = NULL;
	c->body_len = 0;
	c->is_large = false;
	c->is_held = false;
	/* The first request's head has its deadline since the connection was made. */
	if (c->conn->is_reused)
		conn_allow(c->conn, s->config.header_timeout_ms);
	exchange_open(&c->ex, &s->core);
	c->ex.target = str_dup(&c->ex.arena, str_from(target));
	return c;
}

void call_on_completed(void *cls, struct MHD_Connection *connection, void **state,
		       enum MHD_RequestTerminationCode why)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct conn *conn = info->socket_context;
	struct server *s = cls;

	(void)why;
	conn->is_reused = true;
	conn_allow(conn, s->config.idle_timeout_ms);
	if (*state)
		call_give(s, *state);
	*state = NULL;
}

/* ---- the reply ---- */

void call_add_headers(struct call *c, struct MHD_Response *response)
{
	const struct reply *r = c->ex.reply;

	for (size_t i = 0; i < r->headers.n; i++)
		(void)MHD_add_response_header(response, r->headers.items[i].name,
					      r->headers.items[i].value);
	if (c->ex.must_close || atomic_load(&c->server->is_draining))
		(void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
}

static struct MHD_Response *make_response(struct call *c, const struct reply *r)
{
	struct MHD_Response *response;

	/* The body stays in the arena until the completed callback; the library only reads it. */
	union {
		const char *in;
		void *out;
	} body = { .in = r->body.data };

	response = MHD_create_response_from_buffer(r->body.len, body.out, MHD_RESPMEM_PERSISTENT);
	if (!response)
		abort();
	call_add_headers(c, response);
	return response;
}

static enum MHD_Result send_reply(struct call *c)
{
	const struct reply *r = c->ex.reply;
	struct MHD_Response *response;
	enum MHD_Result done;

	if (c->ex.stream)
		return call_stream(c);
	response = make_response(c, r);
	c->state = CALL_REPLYING;
	conn_allow(c->conn, SEND_BASE_MS + (int64_t)(r->body.len / SEND_BYTES_PER_MS));
	done = MHD_queue_response(c->connection, (unsigned)r->status, response);
	MHD_destroy_response(response);
	return done;
}

/* ---- the head ---- */

struct collector {
	struct headers *headers;
	size_t room;
};

static enum MHD_Result collect(void *cls, enum MHD_ValueKind kind, const char *name,
			       size_t name_len, const char *value, size_t value_len)
{
	struct collector *k = cls;

	(void)kind;
	if (k->headers->n == k->room)
		return MHD_NO;
	k->headers->items[k->headers->n++] =
		(struct header){ str_make(name, name_len),
				 str_make(value ? value : "", value_len) };
	return MHD_YES;
}

static struct headers collect_headers(struct call *c)
{
	struct headers h = { NULL, 0 };
	int n = MHD_get_connection_values_n(c->connection, MHD_HEADER_KIND, NULL, NULL);
	/* One more than is allowed, so that too many are seen to be too many. */
	struct collector k = { &h, n > HEADERS_MAX ? HEADERS_MAX + 1 : (size_t)n };

	h.items = arena_new(&c->ex.arena, struct header, k.room);
	(void)MHD_get_connection_values_n(c->connection, MHD_HEADER_KIND, collect, &k);
	return h;
}

/* Fills the exchange's head. False when it is not clean. */
static bool read_head(struct call *c, const char *target, const char *method, const char *version)
{
	struct exchange *ex = &c->ex;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(c->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	struct raw_head raw = {
		.method = str_from(method),
		.target = str_make(target, ex->target.len),
		.version = str_from(version),
		.headers = collect_headers(c),
		.size = info ? info->header_size : 0,
	};

	ex->method = raw.method;
	ex->is_http_1_0 = str_is(raw.version, "HTTP/1.0");
	ex->headers = raw.headers;
	info = MHD_get_connection_info(c->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	ex->peer = address_of(info ? info->client_addr : NULL);
	if (raw.headers.n <= HEADERS_MAX && !head_is_clean(&raw))
		return false;
	for (size_t i = 0; i < ex->headers.n; i++)
		ex->headers.items[i].value = str_trim(ex->headers.items[i].value);
	return true;
}

/* A reply made before the body came: wait for a small body to pass, or send at once. */
static enum MHD_Result refuse_early(struct call *c)
{
	struct exchange *ex = &c->ex;
	bool waits = header_count(&ex->headers, "expect") > 0;

	exchange_close(ex);
	c->state = CALL_REFUSED;
	if (!ex->must_close && (ex->length == 0 || (ex->length <= DISCARD_MAX && !waits)))
		return MHD_YES;
	ex->must_close = true;
	return send_reply(c);
}

/* Whether there is room for the body. Strangers may send large ones, and slowly. */
static bool admit_body(struct call *c)
{
	struct server *s = c->server;

	if (c->ex.length <= BODY_LIMIT_DEFAULT)
		return true;
	pthread_mutex_lock(&s->lock);
	c->is_large = s->n_large < LARGE_BODIES_MAX;
	s->n_large += c->is_large;
	pthread_mutex_unlock(&s->lock);
	return c->is_large;
}

static enum MHD_Result on_head(struct call *c, const char *target, const char *method,
			       const char *version)
{
	struct exchange *ex = &c->ex;
	bool is_clean = read_head(c, target, method, version);

	conn_allow(c->conn, c->server->config.body_timeout_ms);
	if (is_clean)
		exchange_head(ex);
	else
		exchange_misread(ex);
	if (!ex->reply && !admit_body(c))
		exchange_refuse(ex, 503);
	if (ex->reply)
		return refuse_early(c);
	c->state = CALL_BODY;
	c->body = arena_new(&ex->arena, char, ex->length + 1);
	return MHD_YES;
}

/* ---- the body, and the end of the request ---- */

static void on_body(struct call *c, const char *upload, size_t n)
{
	if (c->state != CALL_BODY || n > c->ex.length - c->body_len)
		return;
	memcpy(c->body + c->body_len, upload, n);
	c->body_len += n;
}

/*
 * Whether the reply is kept until the loop has made those of the other connections that asked meanwhile: the
 * library calls again on its next round. Sent one after the other they wake a reader of several, such as a
 * proxy, once and not each time. Large ones are worth their own time, and more of them would not stay in
 * the cache.
 */
static bool may_hold(struct call *c)
{
	struct server *s = c->server;

	if (c->ex.stream || c->ex.reply->body.len > HELD_BYTES_MAX)
		return false;
	c->is_held = atomic_fetch_add(&s->n_held, 1) < HELD_CALLS_MAX;
	if (!c->is_held)
		atomic_fetch_sub(&s->n_held, 1);
	return c->is_held;
}

static enum MHD_Result on_whole(struct call *c)
{
	conn_allow(c->conn, 0);
	exchange_body(&c->ex, str_make(c->body, c->body_len));
	if (c->ex.reply) {
		exchange_close(&c->ex);
		return send_reply(c);
	}
	if (!call_work(c))
		return MHD_YES;
	return may_hold(c) ? MHD_YES : send_reply(c);
}

static enum MHD_Result next_step(struct call *c, const char *target, const char *method,
				 const char *version)
{
	switch (c->state) {
	case CALL_HEAD:
		return on_head(c, target, method, version);
	case CALL_BODY:
		return on_whole(c);
	case CALL_WRITTEN:
		exchange_close(&c->ex);
		return send_reply(c);
	case CALL_REFUSED:
	case CALL_REPLYING:
		return send_reply(c);
	case CALL_AT_WORK:
		break;
	}
	return MHD_YES;
}

enum MHD_Result call_on_request(void *cls, struct MHD_Connection *connection, const char *target,
				const char *method, const char *version, const char *upload,
				size_t *n, void **state)
{
	struct call *c = *state;

	(void)cls;
	(void)connection;
	if (*n > 0) {
		on_body(c, upload, *n);
		*n = 0;
		return MHD_YES;
	}
	c->context = state;
	return next_step(c, target, method, version);
}
