/*
 * Was a request head written as it should be? libmicrohttpd 0.9.75 takes a bare LF for a line end,
 * joins folded lines (onto the NAME of the header), lets a NUL cut a value short and skips spaces in the
 * request line. None of that is told to us, but it hands out pointers into the one buffer the head was
 * read into: in a clean head, each piece begins exactly where the piece before it ends.
 */
#ifndef JALON_HTTP_HEAD_H
#define JALON_HTTP_HEAD_H

#include "http/header.h"

/* A head as the library hands it out. Only the addresses of these are compared, nothing is read. */
struct raw_head {
	struct str method, target, version;
	struct headers headers; /* as they came, not trimmed */
	size_t size;            /* bytes from the method to past the empty line */
};

/* Whether `h` holds nothing between its parts but what the protocol puts there. */
bool head_is_clean(const struct raw_head *h);

#endif
