/*
 * libmicrohttpd and nothing else: every request is answered with the bytes of FILE and the headers given, by as
 * many threads and with as much memory for a connection as src/http/server.c has. What it reaches is what the
 * library allows a page. Ends with SIGTERM.
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/num.h"

enum { FILE_MAX = 1024 * 1024, CONNECTION_MEMORY = 32 * 1024, PORT_MAX = 65535 };

struct page {
	char bytes[FILE_MAX];
	size_t n;
	char **headers; /* name, value, …, NULL */
};

/* As a reply of ours: made for each request, its body read where it lies. */
static enum MHD_Result answer(void *cls, struct MHD_Connection *connection, const char *target,
			      const char *method, const char *version, const char *upload,
			      size_t *n, void **state)
{
	static char seen;
	struct page *page = cls;
	struct MHD_Response *response;
	enum MHD_Result done;

	(void)target, (void)method, (void)version, (void)upload, (void)n;
	if (!*state) {
		*state = &seen; /* the head; the request is whole at the next call */
		return MHD_YES;
	}
	response = MHD_create_response_from_buffer(page->n, page->bytes, MHD_RESPMEM_PERSISTENT);
	for (char **h = page->headers; *h; h += 2)
		(void)MHD_add_response_header(response, h[0], h[1]);
	done = MHD_queue_response(connection, MHD_HTTP_OK, response);
	MHD_destroy_response(response);
	return done;
}

static struct page *page_read(const char *path, char **headers)
{
	struct page *page = calloc(1, sizeof *page);
	FILE *f = fopen(path, "rb");

	if (!page || !f)
		abort();
	page->n = fread(page->bytes, 1, sizeof page->bytes, f);
	page->headers = headers;
	(void)fclose(f);
	return page;
}

int main(int argc, char **argv)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int64_t port;

	if (argc < 3 || argc % 2 == 0 ||
	    num_parse(str_from(argv[1]), 1, PORT_MAX, &port) != NUM_OK) {
		fputs("usage: plain_server PORT FILE [NAME VALUE]...\n", stderr);
		return 2;
	}
	address.sin_port = htons((uint16_t)port);
	if (!MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer,
			      page_read(argv[2], argv + 3), MHD_OPTION_SOCK_ADDR, &address,
			      MHD_OPTION_THREAD_POOL_SIZE, (unsigned)sysconf(_SC_NPROCESSORS_ONLN),
			      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
			      MHD_OPTION_END))
		return 1;
	(void)pause();
	return 0;
}
