/*
 * Token buckets: how many times something may be tried, then how often. They slow down and lock nobody
 * out: a bucket fills again whatever is tried meanwhile. The table has a fixed size; when many are in
 * use at once, the bucket that has most left is given up.
 */
#ifndef JALON_HTTP_RATE_H
#define JALON_HTTP_RATE_H

#include <pthread.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum { RATE_BUCKETS = 8192, RATE_WAYS = 8 /* places a key may be at */ };

struct rate_bucket {
	uint64_t key;    /* 0: free */
	int64_t full_ms; /* when it will be full again, on a clock that never goes back */
};

struct rates {
	pthread_mutex_t lock;
	struct rate_bucket *buckets;
};

/* An empty table in `a`, which lives as long as the table is used. */
void rates_init(struct arena *a, struct rates *ret);
/* Takes one of `burst` tokens, of which one comes back every `every_ms`. 0, or the milliseconds to wait
 * until there is one again. `key` is not 0, and spread as a hash is. */
int64_t rate_take(struct rates *rates, uint64_t key, int burst, int64_t every_ms, int64_t now_ms);

/* What stands for the network of the address `peer`: the first three bytes of an IPv4 address (also one
 * mapped into IPv6), the first eight of an IPv6 one, as text in `a`. Anything else stands for itself. */
struct str rate_network(struct arena *a, struct str peer);

#endif
