/* The listening socket: see listen.h. */
#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/num.h"

enum { BACKLOG = 1024, PORT_MAX = 65535 };

/* "host:port" into its parts, brackets of an IPv6 address taken off. 0 or 1. */
static int split_address(struct arena *a, struct str s, const char **ret_host,
			 const char **ret_port)
{
	size_t colon = s.len;
	struct str host, port;
	int64_t number;

	while (colon > 0 && s.data[colon - 1] != ':')
		colon--;
	if (colon <= 1)
		return 1;
	host = str_slice(s, 0, colon - 1);
	port = str_slice(s, colon, s.len);
	if (host.data[0] == '[' && str_ends(host, S("]")))
		host = str_slice(host, 1, host.len - 1);
	else if (str_contains(host, S(":")))
		return 1;
	if (host.len == 0 || num_parse(port, 0, PORT_MAX, &number) != NUM_OK)
		return 1;
	*ret_host = str_c(a, host);
	*ret_port = str_c(a, port);
	return 0;
}

/* A bound, listening, non-blocking socket, or -1. */
static int open_one(const struct addrinfo *ai)
{
	int fd = socket(ai->ai_family, ai->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC,
			ai->ai_protocol);
	int on = 1, saved;

	if (fd < 0)
		return -1;
	/* Without this a restarted server waits a minute for its own old connections. */
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
	    bind(fd, ai->ai_addr, ai->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	saved = errno;
	(void)close(fd);
	errno = saved;
	return -1;
}

static struct str bound_url(struct arena *a, int fd)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} address = { .any = { .sa_family = AF_UNSPEC } };
	socklen_t len = sizeof address;
	char text[INET6_ADDRSTRLEN] = "";

	(void)getsockname(fd, &address.any, &len);
	if (address.any.sa_family == AF_INET6) {
		(void)inet_ntop(AF_INET6, &address.v6.sin6_addr, text, sizeof text);
		return str_fmt(a, "http://[%s]:%u", text, (unsigned)ntohs(address.v6.sin6_port));
	}
	(void)inet_ntop(AF_INET, &address.v4.sin_addr, text, sizeof text);
	return str_fmt(a, "http://%s:%u", text, (unsigned)ntohs(address.v4.sin_port));
}

int listen_open(struct arena *a, struct str address, int *ret_fd, struct str *ret_url,
		struct err *err)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
				  .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
	struct addrinfo *found = NULL;
	const char *host, *port;
	int fd = -1, r;

	if (split_address(a, address, &host, &port) != 0)
		return err_set(err, FAULT_INPUT, "listen address \"%.*s\": expected ADDRESS:PORT",
			       STR_ARG(address));
	r = getaddrinfo(host, port, &hints, &found);
	if (r != 0)
		return err_set(err, FAULT_INPUT, "listen address \"%.*s\": %s", STR_ARG(address),
			       gai_strerror(r));
	for (const struct addrinfo *ai = found; ai && fd < 0; ai = ai->ai_next)
		fd = open_one(ai);
	r = errno;
	freeaddrinfo(found);
	if (fd < 0 && r == EADDRINUSE)
		return LISTEN_TAKEN;
	if (fd < 0)
		return err_set(err, FAULT_SYSTEM, "cannot listen on %.*s: %s", STR_ARG(address),
			       strerror(r));
	*ret_fd = fd;
	*ret_url = bound_url(a, fd);
	return 0;
}

bool listen_parses(struct arena *a, struct str address)
{
	const char *host, *port;

	return split_address(a, address, &host, &port) == 0;
}
