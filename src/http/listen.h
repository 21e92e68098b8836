/* The listening socket. */
#ifndef JALON_HTTP_LISTEN_H
#define JALON_HTTP_LISTEN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

/*
 * Binds and listens at "127.0.0.1:8080", "[::1]:8080" or "localhost:8080"; port 0 is any free one.
 * *ret_url is "http://" and the address really bound, in `a`. Close *ret_fd. LISTEN_TAKEN: another program
 * listens there. FAULT_INPUT: not written like that, or no such host; FAULT_SYSTEM: the system refuses.
 */
enum listen_outcome { LISTEN_TAKEN = 1 };
MUST_CHECK int listen_open(struct arena *a, struct str address, int *ret_fd, struct str *ret_url,
			   struct err *err);
/* Whether `address` is written as one. `a` is for scratch. */
bool listen_parses(struct arena *a, struct str address);

#endif
