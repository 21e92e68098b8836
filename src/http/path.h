/*
 * Request targets and percent-encoding, as pure functions. What is ambiguous is refused, never
 * repaired: checks return 0 or the HTTP status to answer with.
 */
#ifndef JALON_HTTP_PATH_H
#define JALON_HTTP_PATH_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

enum { TARGET_MAX = 8192 }; /* bytes of a request target; over it 414 */

struct target {
	struct str authority; /* of an absolute-form target ("http://host/path"); else empty */
	struct str path;      /* still encoded; begins with '/' */
	struct str query;     /* still encoded, without '?' */
};

/* Splits a request target in origin or absolute form. 0, 400 or 414. Borrows. */
MUST_CHECK int target_split(struct str raw, struct target *ret);

/*
 * Decodes a path once, in `a`. 0; 400 for a bad escape, NUL, a control, a byte that should have been encoded
 * or malformed UTF-8; 404 for what could name another place than it seems to: empty and dot segments,
 * encoded slashes, backslashes.
 */
MUST_CHECK int path_decode(struct arena *a, struct str raw, struct str *ret);

/* Decodes %XX (and '+' as a space when `plus`) into valid UTF-8 without NUL. 0 or 400. Borrows when
 * there is nothing to decode, else in `a`. */
MUST_CHECK int percent_decode(struct arena *a, struct str raw, bool plus, struct str *ret);

#endif
