/*
 * The router: const tables of routes made into patterns at start. A pattern is a path's shape; its
 * segments are literals or {names}. Where two patterns fit, the one whose first differing segment is a
 * literal wins, whatever the method; a path has no trailing slash (it would be a second address: 404).
 */
#ifndef JALON_HTTP_ROUTER_H
#define JALON_HTTP_ROUTER_H

#include "base/err.h"
#include "http/http.h"

enum { SEGMENTS_MAX = 8 };

struct router;

/* What a path matched. values[i] belongs to {names[i]}. */
struct route_match {
	const struct route *route;               /* NULL when no route takes this method */
	const struct route *by_method[METHOD_N]; /* of the pattern */
	struct str names[SEGMENTS_MAX], values[SEGMENTS_MAX];
	size_t n;
};

/* Checks all tables; `tables` ends with NULL, its routes outlive the router. *ret lives in `a`. A fault names the route
 * that is wrong. */
MUST_CHECK int router_make(struct arena *a, const struct route *const *tables, struct router **ret,
			   struct err *err);

/* Finds the route of a decoded path; *ret borrows from it. 0; 404; 405, then ret->by_method tells what is allowed. `method` METHOD_N: one we do not know. */
MUST_CHECK int router_find(const struct router *r, enum method method, struct str path,
			   struct route_match *ret);

/* "GET, HEAD, POST" for the Allow header, in `a`. */
struct str router_allow(struct arena *a, const struct route_match *m);

#endif
