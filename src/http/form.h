/*
 * Forms and query strings, as pure functions: bytes in, pairs out, in `a`. Every name and value is valid UTF-8
 * without NUL, but for the bytes of a file in a multipart form (is_file), which are as they came. Checks return 0 or
 * the HTTP status to answer with: 400 for what is malformed, 413 for too many or too long, 415 for a text of another
 * type or encoding than plain UTF-8.
 */
#ifndef JALON_HTTP_FORM_H
#define JALON_HTTP_FORM_H

#include "base/err.h"
#include "http/http.h"

enum {
	FORM_FIELDS_MAX = 200,
	QUERY_PAIRS_MAX = 100,
	FIELD_NAME_MAX = 100, /* bytes, decoded */
	BOUNDARY_MAX = 70,    /* RFC 2046, section 5.1.1 */
};

/* application/x-www-form-urlencoded, of a body or of a query, with at most `max` pairs. */
MUST_CHECK int form_parse(struct arena *a, struct str raw, size_t max, struct arg_pairs *ret);

/* multipart/form-data (RFC 7578) of at most FORM_FIELDS_MAX parts. Values borrow from `body`. */
MUST_CHECK int multipart_parse(struct arena *a, struct str boundary, struct str body,
			       struct arg_pairs *ret);

#endif
