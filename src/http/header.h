/* Values of request headers, as pure functions. */
#ifndef JALON_HTTP_HEADER_H
#define JALON_HTTP_HEADER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

struct header {
	struct str name, value;
};

struct headers {
	struct header *items;
	size_t n;
};

enum {
	HEADERS_MAX = 100,             /* over it 431 */
	HEADERS_BYTES_MAX = 16 * 1024, /* names and values together; over it 431 */
};

/* The first value of `name` (any case); empty when absent. Borrows. */
struct str header_get(const struct headers *h, const char *name);
/* How many headers are called so. */
size_t header_count(const struct headers *h, const char *name);

/*
 * Framing and syntax of a whole head: names that are tokens, no control in values, one Host at most,
 * a length said once and in one way, nothing we would have to guess. 0 or the status to answer with:
 * 400, 411, 413, 415, 417, 431. *ret_length is the length of the body that follows.
 */
MUST_CHECK int headers_check(const struct headers *h, size_t *ret_length);

/* A Content-Type. Its parameters other than charset and boundary are not looked at. */
struct media_type {
	struct str essence; /* "text/plain" */
	struct str charset, boundary;
};
/* Reads one: 0, or 400 when it is malformed. Borrows. */
MUST_CHECK int media_type_parse(struct str value, struct media_type *ret);

/* True when an Accept-Encoding allows gzip. */
bool accepts_gzip(struct str accept_encoding);

/* True when `etag` is in an If-None-Match list, by weak comparison. */
bool etag_matches(struct str if_none_match, struct str etag);

/* `attachment` with a name in any language (RFC 6266, RFC 8187), in `a`. */
struct str content_disposition(struct arena *a, struct str filename);

/*
 * The value of cookie `name` in a Cookie header. 0; 1 when absent, malformed or sent twice, which
 * could be another site's doing on the same host. Borrows.
 */
MUST_CHECK int cookie_get(struct str header, struct str name, struct str *ret);

#endif
