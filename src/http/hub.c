/* Topics and their streams: see hub.h. */
#include "http/hub.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/timing.h"
#include "base/token.h"

enum {
	HEARTBEAT_MS = 15 * 1000,
	LIFE_MS = 60 * 1000,
	LIFE_PARTS = 4, /* the last of them is spread at random */
	TICK_MS = 250,
	TICKS_PER_HEARTBEAT = 4,
	/* News of one topic are spread at most this often: a hundred votes at once are one event. */
	SPACING_MS = 40,
	/* Topics that nobody listens to are remembered too, so that what is published between a reader's
	 * look at the database and its subscription is not lost. */
	IDLE_TOPICS = 64,
	BUCKETS = 256,
};

struct topic {
	struct topic *next_in_bucket, *next_news;
	struct stream *first;
	int n;            /* streams */
	bool has_news;    /* in the list of news */
	int64_t quiet_ms; /* monotonic; no news are spread before */
	int64_t used;     /* when it was last touched, as a count; 0: never */
	int64_t version;
	size_t name_len;
	char name[TOPIC_BYTES_MAX + 1];
};

struct stream {
	struct stream *next, *prev; /* of the topic, or of the free list */
	struct hub *hub;
	struct topic *topic; /* NULL: free */
	const struct stream_carrier *carrier;
	void *arg;
	int64_t told;
	int64_t beat_ms, end_ms; /* monotonic */
	bool is_asleep, is_ended, has_beat;
};

struct hub {
	pthread_mutex_t lock;
	pthread_cond_t
		changed; /* for the thread: news, or the end; for hub_close(): a stream left */
	struct hub_config config;
	struct stream *streams, *free_streams;
	struct topic *topics;
	struct topic *buckets[BUCKETS];
	struct topic *news;
	int n_topics_max;
	int n; /* streams */
	int64_t uses;
	bool is_closed, is_stopped;
	pthread_t thread;
};

static int or_default(int value, int otherwise)
{
	return value > 0 ? value : otherwise;
}

struct hub *hub_make(struct arena *a, const struct hub_config *config)
{
	struct hub *h = arena_new(a, struct hub, 1);
	pthread_condattr_t attr;

	h->config.streams_max = or_default(config->streams_max, HUB_STREAMS_DEFAULT);
	h->config.per_topic_max =
		or_default(config->per_topic_max, (h->config.streams_max + 1) / 2);
	h->config.heartbeat_ms = or_default(config->heartbeat_ms, HEARTBEAT_MS);
	h->config.life_ms = or_default(config->life_ms, LIFE_MS);
	h->streams = arena_new(a, struct stream, (size_t)h->config.streams_max);
	for (int i = 0; i < h->config.streams_max; i++) {
		h->streams[i].hub = h;
		h->streams[i].next = h->free_streams;
		h->free_streams = &h->streams[i];
	}
	/* Each stream has one topic, so one without streams is always among them. */
	h->n_topics_max = h->config.streams_max + IDLE_TOPICS;
	h->topics = arena_new(a, struct topic, (size_t)h->n_topics_max);
	pthread_mutex_init(&h->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&h->changed, &attr);
	pthread_condattr_destroy(&attr);
	return h;
}

/* ---- topics; all under the lock ---- */

static struct topic **bucket_of(struct hub *h, struct str name)
{
	return &h->buckets[str_hash(name) % BUCKETS];
}

static void forget_topic(struct hub *h, struct topic *t)
{
	struct topic **at = bucket_of(h, str_make(t->name, t->name_len));

	while (*at != t)
		at = &(*at)->next_in_bucket;
	*at = t->next_in_bucket;
}

/* The topic without streams that was used least lately, made new. */
static struct topic *claim_topic(struct hub *h, struct str name)
{
	struct topic **bucket = bucket_of(h, name);
	struct topic *best = NULL;

	for (struct topic *t = h->topics; t < h->topics + h->n_topics_max; t++)
		if (t->n == 0 && (!best || t->used < best->used))
			best = t;
	if (best->used)
		forget_topic(h, best);
	*best = (struct topic){ .next_in_bucket = *bucket, .name_len = name.len };
	memcpy(best->name, name.data, name.len);
	*bucket = best;
	return best;
}

static void drop_news(struct hub *h, struct topic *t)
{
	struct topic **at = &h->news;

	if (!t->has_news)
		return;
	while (*at != t)
		at = &(*at)->next_news;
	*at = t->next_news;
	t->has_news = false;
}

static struct topic *topic_of(struct hub *h, struct str name)
{
	struct topic *t = *bucket_of(h, name);

	while (t && !str_eq(str_make(t->name, t->name_len), name))
		t = t->next_in_bucket;
	if (!t)
		t = claim_topic(h, name);
	t->used = ++h->uses;
	return t;
}

static void raise_version(struct hub *h, struct topic *t, int64_t version)
{
	if (version <= t->version)
		return;
	t->version = version;
	if (t->n == 0 || t->has_news)
		return;
	t->has_news = true;
	t->next_news = h->news;
	h->news = t;
	pthread_cond_broadcast(&h->changed);
}

void hub_publish(struct hub *h, struct str topic, int64_t version)
{
	pthread_mutex_lock(&h->lock);
	raise_version(h, topic_of(h, topic), version);
	pthread_mutex_unlock(&h->lock);
}

/* ---- streams ---- */

/* Up to a quarter less than the whole life, so that those who came together do not all come back
 * together. */
static int64_t life_of(const struct hub *h)
{
	uint32_t number;

	random_bytes(&number, sizeof number);
	return h->config.life_ms -
	       (int64_t)(number % (unsigned)(h->config.life_ms / LIFE_PARTS + 1));
}

static struct stream *take_stream(struct hub *h, struct topic *t, int64_t told)
{
	struct stream *s = h->free_streams;
	int64_t now = time_mono_ms();

	h->free_streams = s->next;
	h->n++;
	*s = (struct stream){
		.hub = h,
		.topic = t,
		.next = t->first,
		.told = told,
		.beat_ms = now + h->config.heartbeat_ms,
		.end_ms = now + life_of(h),
		/* Something is sent at once, so that proxies pass the head on. */
		.has_beat = true,
	};
	if (t->first)
		t->first->prev = s;
	t->first = s;
	t->n++;
	return s;
}

int hub_subscribe(struct hub *h, const struct hub_ask *ask, struct stream **ret)
{
	struct topic *t;
	int r = 1;

	pthread_mutex_lock(&h->lock);
	if (!h->is_closed && h->n < h->config.streams_max) {
		t = topic_of(h, ask->topic);
		if (t->n < h->config.per_topic_max) {
			raise_version(h, t, ask->version);
			*ret = take_stream(h, t, ask->seen);
			r = 0;
		}
	}
	pthread_mutex_unlock(&h->lock);
	return r;
}

void stream_carry(struct stream *s, const struct stream_carrier *carrier, void *arg)
{
	pthread_mutex_lock(&s->hub->lock);
	s->carrier = carrier;
	s->arg = arg;
	pthread_mutex_unlock(&s->hub->lock);
}

void stream_leave(struct stream *s)
{
	struct hub *h = s->hub;

	pthread_mutex_lock(&h->lock);
	if (s->prev)
		s->prev->next = s->next;
	else
		s->topic->first = s->next;
	if (s->next)
		s->next->prev = s->prev;
	if (--s->topic->n == 0)
		drop_news(h, s->topic);
	s->topic = NULL;
	s->next = h->free_streams;
	h->free_streams = s;
	h->n--;
	if (h->is_closed)
		pthread_cond_broadcast(&h->changed);
	pthread_mutex_unlock(&h->lock);
}

int hub_count(struct hub *h)
{
	int n;

	pthread_mutex_lock(&h->lock);
	n = h->n;
	pthread_mutex_unlock(&h->lock);
	return n;
}

static int say_version(struct stream *s, char *out)
{
	s->told = s->topic->version;
	return snprintf(out, STREAM_TEXT_MAX, "event: changed\nid: %lld\ndata: %lld\n\n",
			(long long)s->told, (long long)s->told);
}

int stream_next(struct stream *s, char out[STREAM_TEXT_MAX])
{
	int n = 0;

	pthread_mutex_lock(&s->hub->lock);
	if (s->is_ended) {
		n = STREAM_ENDED;
	} else if (s->told != s->topic->version) {
		n = say_version(s, out);
	} else if (s->has_beat) {
		n = snprintf(out, STREAM_TEXT_MAX, ":\n\n");
	} else if (s->carrier) {
		s->is_asleep = true;
		s->carrier->sleep(s->arg);
	}
	if (n > 0)
		s->has_beat = false;
	pthread_mutex_unlock(&s->hub->lock);
	return n;
}

static void wake(struct stream *s)
{
	if (!s->is_asleep)
		return;
	s->is_asleep = false;
	s->carrier->wake(s->arg);
}

/* ---- the thread ---- */

static void spread(struct topic *t, int64_t now)
{
	t->quiet_ms = now + SPACING_MS;
	for (struct stream *s = t->first; s; s = s->next)
		if (s->told != t->version)
			wake(s);
}

/* Spreads the news that may be. Returns when the next one may. */
static int64_t spread_news(struct hub *h, int64_t now)
{
	struct topic **at = &h->news;
	int64_t next = INT64_MAX;

	while (*at) {
		struct topic *t = *at;

		if (t->quiet_ms > now) {
			if (t->quiet_ms < next)
				next = t->quiet_ms;
			at = &t->next_news;
			continue;
		}
		*at = t->next_news;
		t->has_news = false;
		spread(t, now);
	}
	return next;
}

/* A stream that is awake is still sending: its connection's deadline watches over it. */
static void look_after(struct stream *s, int64_t now)
{
	if (now >= s->end_ms)
		s->is_ended = true;
	if (!s->is_asleep || (now < s->beat_ms && !s->is_ended))
		return;
	if (!s->is_ended)
		s->is_ended = s->carrier->is_gone(s->arg);
	s->has_beat = true;
	s->beat_ms = now + s->hub->config.heartbeat_ms;
	wake(s);
}

static void look_after_all(struct hub *h, int64_t now)
{
	for (int i = 0; i < h->config.streams_max; i++)
		if (h->streams[i].topic)
			look_after(&h->streams[i], now);
}

static int wait_until(struct hub *h, int64_t ms)
{
	struct timespec until = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	return pthread_cond_timedwait(&h->changed, &h->lock, &until);
}

static int tick_ms(const struct hub *h)
{
	int ms = h->config.heartbeat_ms / TICKS_PER_HEARTBEAT;

	return ms > 0 && ms < TICK_MS ? ms : TICK_MS;
}

static void *hub_main(void *hub)
{
	struct hub *h = hub;
	int64_t tick = 0;

	pthread_mutex_lock(&h->lock);
	while (!h->is_stopped) {
		int64_t now = time_mono_ms();
		int64_t next = spread_news(h, now);

		if (now >= tick) {
			look_after_all(h, now);
			tick = now + tick_ms(h);
		}
		(void)wait_until(h, next < tick ? next : tick);
	}
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

int hub_start(struct hub *h, struct err *err)
{
	int r = pthread_create(&h->thread, NULL, hub_main, h);

	if (r != 0)
		return err_set(err, FAULT_SYSTEM, "cannot start a thread: %s", strerror(r));
	return 0;
}

void hub_close(struct hub *h, int ms)
{
	int64_t until = time_mono_ms() + ms;

	pthread_mutex_lock(&h->lock);
	h->is_closed = true;
	for (int i = 0; i < h->config.streams_max; i++) {
		if (!h->streams[i].topic)
			continue;
		h->streams[i].is_ended = true;
		wake(&h->streams[i]);
	}
	while (h->n > 0 && wait_until(h, until) != ETIMEDOUT)
		;
	pthread_mutex_unlock(&h->lock);
}

void hub_stop(struct hub *h)
{
	pthread_mutex_lock(&h->lock);
	h->is_stopped = true;
	pthread_cond_broadcast(&h->changed);
	pthread_mutex_unlock(&h->lock);
	pthread_join(h->thread, NULL);
}
