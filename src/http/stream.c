/* A stream of events on a connection: what libmicrohttpd asks of it, and how it sleeps. */
#include <assert.h>
#include <poll.h>
#include <string.h>

#include "http/call.h"

enum {
	BLOCK = 1024,
	SEND_MS = 30 * 1000, /* a reader that takes nothing for so long is cut */
};

static_assert((int)BLOCK >= (int)STREAM_TEXT_MAX, "one event fits a block");

/*
 * While it is suspended a connection has no deadline, and libmicrohttpd does not look at it. The hub's
 * lock is held from finding that there is nothing to send until it is suspended, so that no waking is
 * lost in between.
 */
static void stream_sleep(void *arg)
{
	struct conn *conn = arg;

	conn_allow(conn, 0);
	MHD_suspend_connection(conn->connection);
}

static void stream_wake(void *arg)
{
	struct conn *conn = arg;

	conn_allow(conn, SEND_MS);
	MHD_resume_connection(conn->connection);
}

static bool stream_is_gone(void *arg)
{
	const struct conn *conn = arg;
	struct pollfd p = { .fd = conn->fd, .events = POLLRDHUP };

	return poll(&p, 1, 0) > 0 && (p.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

static const struct stream_carrier by_connection = { stream_sleep, stream_wake, stream_is_gone };

static ssize_t read_events(void *cls, uint64_t position, char *out, size_t room)
{
	struct conn *conn = cls;
	char text[STREAM_TEXT_MAX];
	int n;

	(void)position;
	if (room < sizeof text)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	n = stream_next(conn->stream, text);
	if (n == STREAM_ENDED)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (n > 0) {
		/* What was sent before has left. */
		conn_allow(conn, SEND_MS);
		memcpy(out, text, (size_t)n);
	}
	return n;
}

/* The reply is over, or its connection is. */
static void end_events(void *cls)
{
	struct conn *conn = cls;

	stream_leave(conn->stream);
	conn->stream = NULL;
}

enum MHD_Result call_stream(struct call *c)
{
	struct conn *conn = c->conn;
	struct MHD_Response *response = MHD_create_response_from_callback(
		MHD_SIZE_UNKNOWN, BLOCK, read_events, conn, end_events);
	enum MHD_Result done;

	if (!response)
		abort();
	conn->stream = c->ex.stream;
	c->ex.stream = NULL;
	call_add_headers(c, response);
	conn_allow(conn, SEND_MS);
	stream_carry(conn->stream, &by_connection, conn);
	done = MHD_queue_response(c->connection, (unsigned)c->ex.reply->status, response);
	MHD_destroy_response(response);
	/* A stream is long and needs little: neither the request nor its memory. */
	*c->context = NULL;
	call_give(c->server, c);
	return done;
}
