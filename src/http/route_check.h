/* What is checked of each route at start, so that a mistake in a table stops the program at once. */
#ifndef JALON_HTTP_ROUTE_CHECK_H
#define JALON_HTTP_ROUTE_CHECK_H

#include "base/err.h"
#include "http/http.h"

/* 0 or a fault that names the route and says what is wrong with it. */
MUST_CHECK int route_check(const struct route *route, struct err *err);

#endif
