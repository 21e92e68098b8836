/* Token buckets: see rate.h. */
#include "http/rate.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/buf.h"

void rates_init(struct arena *a, struct rates *ret)
{
	*ret = (struct rates){ .buckets = arena_new(a, struct rate_bucket, RATE_BUCKETS) };
	pthread_mutex_init(&ret->lock, NULL);
}

/* The bucket of `key`, or the one to give up for it: free, or full again the soonest. */
static struct rate_bucket *find(struct rates *rates, uint64_t key)
{
	struct rate_bucket *set = &rates->buckets[key % (RATE_BUCKETS / RATE_WAYS) * RATE_WAYS];
	struct rate_bucket *least = &set[0];

	for (int i = 0; i < RATE_WAYS; i++) {
		if (set[i].key == key)
			return &set[i];
		if (set[i].full_ms < least->full_ms)
			least = &set[i];
	}
	*least = (struct rate_bucket){ .key = key };
	return least;
}

int64_t rate_take(struct rates *rates, uint64_t key, int burst, int64_t every_ms, int64_t now_ms)
{
	struct rate_bucket *b;
	int64_t full_ms, wait;

	pthread_mutex_lock(&rates->lock);
	b = find(rates, key);
	/* Tokens that are missing are time until it is full. */
	full_ms = (b->full_ms > now_ms ? b->full_ms : now_ms) + every_ms;
	wait = full_ms - now_ms - burst * every_ms;
	if (wait <= 0)
		b->full_ms = full_ms;
	pthread_mutex_unlock(&rates->lock);
	return wait > 0 ? wait : 0;
}

struct str rate_network(struct arena *a, struct str peer)
{
	static const uint8_t mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };
	const char *text = str_c(a, peer);
	struct buf b = buf_make(a, 64);
	uint8_t v6[16], v4[4];
	bool is_v6 = inet_pton(AF_INET6, text, v6) == 1;
	bool is_mapped = is_v6 && memcmp(v6, mapped, sizeof mapped) == 0;

	if (is_mapped)
		memcpy(v4, v6 + sizeof mapped, sizeof v4);
	else if (!is_v6 && inet_pton(AF_INET, text, v4) != 1)
		return peer;
	for (size_t i = 0; i < (is_v6 && !is_mapped ? 8u : 3u); i++)
		buf_fmt(&b, "%02x", is_v6 && !is_mapped ? v6[i] : v4[i]);
	return buf_str(&b);
}
