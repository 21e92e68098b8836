/* Token buckets: see limits.h. */
#include "http/limits.h"

#include <pthread.h>
#include <string.h>

#include "base/token.h"

enum {
	WAYS = 8, /* buckets of a set */
	SETS = LIMITS_ENTRIES / WAYS,
	MINUTE_US = 60 * 1000 * 1000,
};

/*
 * A bucket as one number: the time at which it will be full. Each taking puts it off by what one costs;
 * it is empty when that is `burst` costs away. (The "virtual scheduling" form of a leaky bucket, ITU-T
 * I.371.)
 */
struct bucket {
	uint64_t key;
	int64_t full_us;
};

struct limits {
	pthread_mutex_t lock;
	struct bucket buckets[SETS][WAYS];
	struct hmac_key secret; /* nobody can choose keys that fall into one set */
};

struct limits *limits_make(struct arena *a)
{
	struct limits *l = arena_new(a, struct limits, 1);
	uint8_t secret[SHA256_BYTES];

	pthread_mutex_init(&l->lock, NULL);
	random_bytes(secret, sizeof secret);
	l->secret = hmac_key(secret);
	return l;
}

/* 64 bits of limit and key. */
static uint64_t hash(const struct limits *l, const struct limit *limit, struct str key)
{
	struct sha256 name = hmac_sha256(&l->secret, str_from(limit->name));
	struct hmac_key named = hmac_key(name.bytes);
	struct sha256 both = hmac_sha256(&named, key);
	uint64_t h;

	memcpy(&h, both.bytes, sizeof h);
	return h;
}

static struct bucket *find(struct bucket set[WAYS], uint64_t key)
{
	struct bucket *soonest = &set[0];

	for (struct bucket *b = set; b < set + WAYS; b++) {
		if (b->key == key)
			return b;
		if (b->full_us < soonest->full_us)
			soonest = b;
	}
	*soonest = (struct bucket){ .key = key };
	return soonest;
}

static int64_t look(struct limits *l, const struct limit *limit, struct str key, int64_t now_us,
		    bool takes)
{
	int64_t cost = MINUTE_US / limit->per_minute, most = cost * limit->burst, full;
	uint64_t h = hash(l, limit, key);
	struct bucket *b;

	pthread_mutex_lock(&l->lock);
	b = find(l->buckets[h % SETS], h);
	full = (b->full_us > now_us ? b->full_us : now_us) + cost;
	if (takes && full - now_us <= most)
		b->full_us = full;
	pthread_mutex_unlock(&l->lock);
	return full - now_us <= most ? 0 : full - now_us - most;
}

int64_t limits_take(struct limits *l, const struct limit *limit, struct str key, int64_t now_us)
{
	return look(l, limit, key, now_us, true);
}

int64_t limits_wait(struct limits *l, const struct limit *limit, struct str key, int64_t now_us)
{
	return look(l, limit, key, now_us, false);
}
