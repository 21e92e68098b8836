/*
 * Who waits for news of what: streams of server-sent events, by topic. A topic has a name and a version
 * that only rises; a stream is told the newest one, never what it is about, so each reader fetches its
 * own page under its own permission. A reader slower than the news gets the last version alone.
 *
 * Knows no socket: whoever carries a stream asks for what is to be sent (stream_next()) and is called
 * when there is something again. One lock guards all; a thread spreads news, sends heartbeats and ends
 * streams that are old or whose reader went away.
 */
#ifndef JALON_HTTP_HUB_H
#define JALON_HTTP_HUB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum {
	TOPIC_BYTES_MAX = 47,
	STREAM_TEXT_MAX = 128,      /* bytes that stream_next() writes at most */
	HUB_STREAMS_DEFAULT = 2048, /* half of the connections: the others stay for pages */
};

struct hub_config {
	int streams_max;   /* of all topics; 0: HUB_STREAMS_DEFAULT */
	int per_topic_max; /* 0: half of streams_max */
	int heartbeat_ms;  /* 0: 15 s */
	int life_ms;       /* 0: 60 s; each stream lives three to four quarters of it */
};

struct hub;
struct stream;

/* All in `a`. */
struct hub *hub_make(struct arena *a, const struct hub_config *config);
/* Starts the thread. 0 or a fault. */
MUST_CHECK int hub_start(struct hub *h, struct err *err);
/* Ends all streams, takes no more, and waits at most `ms` until all have left. */
void hub_close(struct hub *h, int ms);
/* Ends the thread; after hub_close(). */
void hub_stop(struct hub *h);

/* What a reader asks for. `seen` is the version it knows: when it is another one, it is told at once. */
struct hub_ask {
	struct str topic; /* TOPIC_BYTES_MAX at most */
	int64_t version;  /* of the topic, as the asker has just read it */
	int64_t seen;
};

/* A new stream, to be given back with stream_leave(). 0, or 1 when there are too many or the hub is
 * closed (answer 503). */
MUST_CHECK int hub_subscribe(struct hub *h, const struct hub_ask *ask, struct stream **ret);
/* From any thread, after what changed is stored. Quick: the hub's thread does the rest. */
void hub_publish(struct hub *h, struct str topic, int64_t version);
/* Streams that have not left: what tests see of the inside. */
int hub_count(struct hub *h);

/* How a stream is carried. All are called under the hub's lock: they must be quick, and call nothing
 * of the hub's. */
struct stream_carrier {
	void (*sleep)(void *arg); /* from stream_next(): nothing to send until wake() */
	void (*wake)(void *arg);
	bool (*is_gone)(void *arg); /* while asleep: has the reader hung up? */
};

/* Without a carrier a stream never sleeps: stream_next() then just says that nothing is to be sent. */
void stream_carry(struct stream *s, const struct stream_carrier *carrier, void *arg);

enum { STREAM_ENDED = -1 };
/* Writes what is to be sent next, STREAM_TEXT_MAX at most, and returns its length; 0 when there is
 * nothing now; STREAM_ENDED. */
int stream_next(struct stream *s, char out[STREAM_TEXT_MAX]);
/* `s` is not to be used any more. */
void stream_leave(struct stream *s);

#endif
