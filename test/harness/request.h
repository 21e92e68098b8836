/*
 * Requests without sockets: built in memory, taken through the dispatcher's steps as the server does,
 * and given back as an answer to look at. Writes go through the pool's writer, so an answer means that
 * its commit is done.
 *
 *     struct site *site = site_make(a, &config);
 *     struct response got = site_get(site, "/scorecard");
 *     assert_int_equal(got.status, 200);
 */
#ifndef JALON_TEST_HARNESS_REQUEST_H
#define JALON_TEST_HARNESS_REQUEST_H

#include "http/header.h"
#include "http/server.h"

struct site;

struct response {
	int status;
	struct headers headers;
	struct str body;
	struct str id; /* the request's, which is also a fault's incident number */
};

/* A site of `config`, which must outlive it; an empty base_url is "http://test.local". All lives in
 * `a`. A mistake in the configuration fails the test. */
struct site *site_make(struct arena *a, const struct server_config *config);

/*
 * One request. `headers` is lines "Name: value\n", or NULL; Host is added when missing, and the length
 * and type of a body too ("application/x-www-form-urlencoded"). No browser is imitated otherwise: a
 * POST needs "Sec-Fetch-Site: same-origin\n" or a token.
 */
struct response site_request(struct site *site, const char *method, const char *target,
			     const char *headers, struct str body);
/*
 * From now on nothing that a request writes is kept: look() sees what would have been stored, in the
 * transaction of the write, and then it is undone. NULL ends that. So many requests can be tried on one and the
 * same database.
 */
void site_look(struct site *site, void (*look)(struct db *db, void *arg), void *arg);
/* Who asks from now on: "192.0.2.7"; 127.0.0.1 until then. */
void site_peer(struct site *site, const char *address);
struct response site_get(struct site *site, const char *target);
/* A form as our own pages send it: same-origin. */
struct response site_post(struct site *site, const char *target, const char *form);

/*
 * Events: the answer to a request for them, and in *ret what was asked for. The site has no thread that
 * spreads news, so nothing has to be waited for: what is published is there at once.
 */
struct subscription;
struct response site_subscribe(struct site *site, const char *target, const char *headers,
			       struct subscription **ret);
enum { SUBSCRIPTION_QUIET = -1, SUBSCRIPTION_ENDED = -2 };
/* The version that the page is told next; SUBSCRIPTION_QUIET; SUBSCRIPTION_ENDED, also when the request
 * was refused. */
int64_t subscription_next(struct subscription *sub);
/* The page is closed. Done by itself when the site goes. */
void subscription_end(struct subscription *sub);

/* The header `name` of an answer; empty when absent. */
struct str answer_header(const struct response *answer, const char *name);
/* What stands in a text after the first `before`, up to `end`; empty when it does not. */
struct str between(struct str text, const char *before, char end);

#endif
