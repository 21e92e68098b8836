/*
 * The server: sockets, threads, queues and the dispatcher. See "The life of a request" in
 * ARCHITECTURE.md.
 */
#ifndef JALON_HTTP_SERVER_H
#define JALON_HTTP_SERVER_H

#include "base/log.h"
#include "db/db.h"
#include "http/http.h"
#include "http/hub.h"
#include "http/network.h"

/* A file compiled into the program (tools/embed.py). */
struct asset {
	struct str path;  /* "/assets/jalon-3f2a9c1b.css": the name carries the content's hash */
	const char *name; /* "jalon.css": what pages ask for */
	const char *type;
	struct str bytes;
	struct str gzip; /* empty when it would not be smaller */
	struct str etag; /* quoted, the content's hash */
};

struct server_config {
	struct str listen;   /* "127.0.0.1:8080", "[::1]:0" (0: a free port) */
	struct str base_url; /* empty: http:// and the address listened on */
	bool is_demo, has_mail;
	int loop_threads;      /* 0: the number of cores */
	int job_threads;       /* 0: 2 */
	int connections_max;   /* 0: 4096 */
	int header_timeout_ms; /* whole request head; 0: 10 s */
	int body_timeout_ms;   /* whole body; 0: 60 s */
	int idle_timeout_ms;   /* keep-alive; 0: 30 s */
	struct networks trusted_proxies;
	bool is_unlimited;     /* no route's limit counts: for benches */
	struct hub_config hub; /* streams_max 0: half of connections_max */
	const struct logger *log;
	struct db_pool *pool;         /* NULL: no database, requests see rq->db == NULL */
	uint8_t secret[SHA256_BYTES]; /* of the installation: keys what the server signs */
	const struct route *const
		*routes;            /* tables, each ending with a NULL handler; ends with NULL */
	const struct asset *assets; /* ends with an empty path */
	const void *app;
	/* The page for an error status, in the site's look. `incident` is empty but for faults. */
	struct str (*error_page)(struct req *rq, int status, struct str incident);
};

struct server;

enum server_outcome {
	SERVER_ADDRESS_TAKEN = 1, /* another program listens there */
};

/* Whether `listen` and `base_url` are written as server_start() takes them; `a` is for scratch. */
bool server_takes_listen(struct arena *a, struct str listen);
bool server_takes_base_url(struct arena *a, struct str base_url);
/* Checks the routes, binds, starts all threads: 0, an enum server_outcome, or a fault. FAULT_INPUT: `listen` or `base_url` is not as it
 * should be. A route without permission, two routes that overlap, a {name} without an argument are faults too.
 * `config` is copied; what it points at outlives the server. */
MUST_CHECK int server_start(const struct server_config *config, struct server **ret,
			    struct err *err);
/* "http://127.0.0.1:8080", the address really bound. Lives as long as the server. */
struct str server_url(const struct server *s);
/* Stops accepting, answers what is under way for at most `grace_ms`, stops all threads, frees. */
void server_stop(struct server *s, int grace_ms);

/* The path of the asset called `name` with the base path before it; ends the process when there is
 * none, a test renders every page. */
struct str asset_url(struct req *rq, const char *name);

/* The route table as text, one line per route, for the golden test and `jalon routes`. In `a`. */
struct str routes_print(struct arena *a, const struct route *const *routes);

#endif
