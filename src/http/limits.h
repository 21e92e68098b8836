/*
 * How often something may be done: token buckets. A bucket holds `burst` takings and fills again at
 * `per_minute`; who finds it empty is told how long to wait, and nobody is ever locked out.
 *
 * Memory is bounded: a table of LIMITS_ENTRIES buckets, in small sets chosen by a keyed hash. In a full
 * set the bucket that will be full soonest gives way, which costs least: somebody is limited less than
 * they should be, never more. The clock is monotonic.
 */
#ifndef JALON_HTTP_LIMITS_H
#define JALON_HTTP_LIMITS_H

#include "base/arena.h"
#include "base/str.h"
#include "http/http.h"

enum { LIMITS_ENTRIES = 16384 };

struct limits;

/* A table with nothing taken yet, in `a`. */
struct limits *limits_make(struct arena *a);
/* Takes one at `now_us` for `key` (any bytes). 0, or the microseconds to wait before there is one: then
 * none was taken. From any thread. */
int64_t limits_take(struct limits *l, const struct limit *limit, struct str key, int64_t now_us);
/* The same answer, with nothing taken. */
int64_t limits_wait(struct limits *l, const struct limit *limit, struct str key, int64_t now_us);

#endif
