#include "http/hub.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "../test.h"
#include "base/timing.h"

enum { PATIENCE_MS = 5000 };

static struct stream *subscribe(struct hub *h, const char *topic, int64_t version, int64_t seen)
{
	const struct hub_ask ask = { str_from(topic), version, seen };
	struct stream *s;

	assert_int_equal(hub_subscribe(h, &ask, &s), 0);
	return s;
}

static bool is_refused(struct hub *h, const char *topic)
{
	const struct hub_ask ask = { str_from(topic), 0, 0 };
	struct stream *s;

	return hub_subscribe(h, &ask, &s) == 1;
}

/* The version told next, past heartbeats; 0: none; -1: ended. */
static long long told(struct stream *s)
{
	char text[STREAM_TEXT_MAX];
	int n;
	long long id = 0, data = 0;

	do
		n = stream_next(s, text);
	while (n > 0 && text[0] == ':');
	if (n <= 0)
		return n;
	assert_int_equal(sscanf(text, "event: changed\nid: %lld\ndata: %lld\n\n", &id, &data), 2);
	assert_int_equal(n, strlen(text));
	assert_int_equal(id, data);
	return id;
}

static void tells_what_is_newer(void **state)
{
	struct hub *h = hub_make(*state, &(struct hub_config){ 0 });
	struct stream *current = subscribe(h, "a", 5, 5), *late = subscribe(h, "a", 5, 3);
	struct stream *other = subscribe(h, "b", 5, 5);

	assert_int_equal(told(current), 0);
	assert_int_equal(told(late), 5);
	assert_int_equal(told(late), 0);
	hub_publish(h, S("a"), 6);
	assert_int_equal(told(current), 6);
	assert_int_equal(told(late), 6);
	assert_int_equal(told(other), 0);
	assert_int_equal(hub_count(h), 3);
}

static void tells_the_last_alone(void **state)
{
	struct hub *h = hub_make(*state, &(struct hub_config){ 0 });
	struct stream *s = subscribe(h, "a", 0, 0);

	for (int version = 1; version <= 100; version++)
		hub_publish(h, S("a"), version);
	hub_publish(h, S("a"), 99); /* late, from another thread */
	assert_int_equal(told(s), 100);
	assert_int_equal(told(s), 0);
}

/* What is published after a reader looked and before it subscribed. */
static void loses_nothing_in_between(void **state)
{
	struct hub *h = hub_make(*state, &(struct hub_config){ 0 });

	hub_publish(h, S("a"), 8);
	assert_int_equal(told(subscribe(h, "a", 7, 7)), 8);
}

/* A version read from the database that nobody published here: another process did. */
static void tells_all_what_one_has_read(void **state)
{
	struct hub *h = hub_make(*state, &(struct hub_config){ 0 });
	struct stream *first = subscribe(h, "a", 1, 1);

	assert_int_equal(told(subscribe(h, "a", 2, 2)), 0);
	assert_int_equal(told(first), 2);
}

static void begins_with_a_sign_of_life(void **state)
{
	struct hub *h = hub_make(*state, &(struct hub_config){ 0 });
	struct stream *s = subscribe(h, "a", 0, 0);
	char text[STREAM_TEXT_MAX];

	assert_int_equal(stream_next(s, text), 3);
	assert_memory_equal(text, ":\n\n", 3);
	assert_int_equal(stream_next(s, text), 0);
}

static void is_bounded(void **state)
{
	struct hub *h =
		hub_make(*state, &(struct hub_config){ .streams_max = 3, .per_topic_max = 2 });
	struct stream *first = subscribe(h, "a", 0, 0), *second = subscribe(h, "a", 0, 0);

	assert_true(is_refused(h, "a"));
	(void)subscribe(h, "b", 0, 0);
	assert_true(is_refused(h, "c"));
	stream_leave(first);
	assert_true(hub_count(h) == 2);
	(void)subscribe(h, "a", 0, 0);
	stream_leave(second);
	assert_true(hub_count(h) == 2);
}

/* Far more topics than are remembered, some with news that nobody took. */
static void forgets_topics_without_streams(void **state)
{
	struct hub *h = hub_make(*state, &(struct hub_config){ .streams_max = 2 });
	struct stream *kept = subscribe(h, "kept", 1, 1);
	char name[16];

	for (int i = 0; i < 1000; i++) {
		struct stream *s;

		(void)snprintf(name, sizeof name, "topic:%d", i);
		s = subscribe(h, name, 0, 0);
		hub_publish(h, str_from(name), 1);
		stream_leave(s);
	}
	hub_publish(h, S("kept"), 2);
	assert_int_equal(told(kept), 2);
}

static void ends_all_when_closed(void **state)
{
	struct hub *h = hub_make(*state, &(struct hub_config){ 0 });
	struct stream *s = subscribe(h, "a", 0, 0);

	hub_publish(h, S("a"), 1);
	hub_close(h, 0);
	assert_int_equal(told(s), STREAM_ENDED);
	assert_true(is_refused(h, "a"));
	stream_leave(s);
	assert_int_equal(hub_count(h), 0);
}

/* ---- with the thread ---- */

struct reader {
	struct stream *stream;
	_Atomic int n_slept, n_woken;
	_Atomic bool is_gone;
};

static void sleeps(void *arg)
{
	atomic_fetch_add(&((struct reader *)arg)->n_slept, 1);
}

static void wakes(void *arg)
{
	atomic_fetch_add(&((struct reader *)arg)->n_woken, 1);
}

static bool has_gone(void *arg)
{
	return atomic_load(&((struct reader *)arg)->is_gone);
}

static const struct stream_carrier carrier = { sleeps, wakes, has_gone };

static void attach(struct reader *r, struct hub *h, const char *topic)
{
	*r = (struct reader){ .stream = subscribe(h, topic, 0, 0) };
	stream_carry(r->stream, &carrier, r);
}

/* Waits until the reader was woken once more than `before`. */
static void wait_for_waking(struct reader *r, int before)
{
	int64_t until = time_mono_ms() + PATIENCE_MS;

	while (atomic_load(&r->n_woken) == before && time_mono_ms() < until)
		sched_yield();
	assert_int_equal(atomic_load(&r->n_woken), before + 1);
}

static struct hub *start(void **state, struct hub_config config)
{
	struct hub *h = hub_make(*state, &config);

	assert_int_equal(hub_start(h, NULL), 0);
	return h;
}

static void stop(struct hub *h)
{
	hub_close(h, 0);
	hub_stop(h);
}

static void wakes_who_sleeps(void **state)
{
	struct hub *h = start(state, (struct hub_config){ 0 });
	struct reader r, awake;

	attach(&r, h, "a");
	attach(&awake, h, "a");
	assert_int_equal(told(r.stream), 0);
	assert_int_equal(atomic_load(&r.n_slept), 1);
	hub_publish(h, S("a"), 1);
	wait_for_waking(&r, 0);
	assert_int_equal(told(r.stream), 1);
	assert_int_equal(told(r.stream), 0);
	hub_publish(h, S("a"), 2);
	wait_for_waking(&r, 1);
	assert_int_equal(told(r.stream), 2);
	assert_int_equal(atomic_load(&awake.n_woken), 0);
	stop(h);
}

static void beats(void **state)
{
	struct hub *h = start(state, (struct hub_config){ .heartbeat_ms = 20 });
	char text[STREAM_TEXT_MAX];
	struct reader r;

	attach(&r, h, "a");
	for (int i = 0; i < 3; i++) {
		assert_int_equal(told(r.stream), 0);
		wait_for_waking(&r, i);
		assert_int_equal(stream_next(r.stream, text), 3);
	}
	stop(h);
}

static void notices_who_has_gone(void **state)
{
	struct hub *h = start(state, (struct hub_config){ .heartbeat_ms = 20 });
	struct reader r;

	attach(&r, h, "a");
	atomic_store(&r.is_gone, true);
	assert_int_equal(told(r.stream), 0);
	wait_for_waking(&r, 0);
	assert_int_equal(told(r.stream), STREAM_ENDED);
	stop(h);
}

static void ends_what_is_old(void **state)
{
	struct hub *h = start(state, (struct hub_config){ .life_ms = 400 });
	int64_t begun = time_mono_ms();
	struct reader r;

	attach(&r, h, "a");
	assert_int_equal(told(r.stream), 0);
	wait_for_waking(&r, 0);
	assert_int_equal(told(r.stream), STREAM_ENDED);
	assert_true(time_mono_ms() - begun >= 300);
	stop(h);
}

struct crowd {
	struct hub *hub;
	_Atomic bool is_over;
	_Atomic int64_t version;
};

static void *publish_much(void *arg)
{
	struct crowd *c = arg;

	for (int i = 0; i < 2000; i++)
		hub_publish(c->hub, S("a"), atomic_fetch_add(&c->version, 1) + 1);
	return NULL;
}

static void *come_and_go(void *arg)
{
	struct crowd *c = arg;

	while (!atomic_load(&c->is_over)) {
		struct reader r;

		attach(&r, c->hub, "a");
		while (told(r.stream) > 0)
			;
		stream_leave(r.stream);
	}
	return NULL;
}

/* Two publish, two come and go, one stays and reads: in the end it knows the last version. */
static void stands_a_crowd(void **state)
{
	struct crowd c = { .hub = start(state, (struct hub_config){ .heartbeat_ms = 5 }) };
	pthread_t threads[4];
	struct reader stays;
	long long last = 0, got;
	int64_t until = time_mono_ms() + PATIENCE_MS;

	attach(&stays, c.hub, "a");
	for (int i = 0; i < 4; i++)
		assert_int_equal(
			pthread_create(&threads[i], NULL, i < 2 ? publish_much : come_and_go, &c),
			0);
	while (last < 4000 && time_mono_ms() < until) {
		got = told(stays.stream);
		assert_true(got == 0 || got > last);
		last = got ? got : last;
	}
	atomic_store(&c.is_over, true);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(last, 4000);
	assert_int_equal(hub_count(c.hub), 1);
	stop(c.hub);
}

TEST_MAIN(unit_test(tells_what_is_newer), unit_test(tells_the_last_alone),
	  unit_test(loses_nothing_in_between), unit_test(tells_all_what_one_has_read),
	  unit_test(begins_with_a_sign_of_life), unit_test(is_bounded),
	  unit_test(forgets_topics_without_streams), unit_test(ends_all_when_closed),
	  unit_test(wakes_who_sleeps), unit_test(beats), unit_test(notices_who_has_gone),
	  unit_test(ends_what_is_old), unit_test(stands_a_crowd))
