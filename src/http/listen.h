/* The listening socket. */
#ifndef JALON_HTTP_LISTEN_H
#define JALON_HTTP_LISTEN_H

#include "base/err.h"
#include "base/str.h"

/*
 * Binds and listens at "127.0.0.1:8080", "[::1]:8080" or "localhost:8080"; port 0 is any free one.
 * *ret_url is "http://" and the address really bound, in `a`. Close *ret_fd.
 */
MUST_CHECK int listen_open(struct arena *a, struct str address, int *ret_fd, struct str *ret_url,
			   struct err *err);

#endif
