/* Requests without sockets: see request.h. */
#include "harness/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/num.h"
#include "base/vec.h"
#include "http/exchange.h"

struct site {
	struct arena *arena;
	struct http_core core;
	struct exchange exchange;
	struct address peer;
	void (*look)(struct db *db, void *arg); /* or NULL */
	void *look_arg;
};

struct subscription {
	struct stream *stream;
};

struct header_list VEC(struct header);

static _Noreturn void die(const struct err *err)
{
	fprintf(stderr, "harness: %s\n", err->text);
	abort();
}

static void release(void *site)
{
	exchange_release(&((struct site *)site)->exchange);
}

struct site *site_make(struct arena *a, const struct server_config *config)
{
	struct site *site = arena_new(a, struct site, 1);
	struct err err;

	digest_init();
	site->arena = a;
	if (core_make(a, config, S("http://test.local"), &site->core, &err) != 0)
		die(&err);
	site_peer(site, "127.0.0.1");
	arena_defer(a, release, site);
	return site;
}

static void add_missing(struct arena *a, struct header_list *list, const char *name,
			struct str value)
{
	struct headers h = { list->items, list->n };

	if (header_count(&h, name) == 0)
		*vec_push(a, list) = (struct header){ str_from(name), value };
}

static struct headers parse_headers(struct site *site, const char *text, struct str body)
{
	struct arena *a = site->arena;
	struct header_list list = { 0 };
	struct str rest = str_from(text);

	while (rest.data && rest.len) {
		struct str value = str_cut(&rest, '\n');
		struct str name = str_cut(&value, ':');

		*vec_push(a, &list) = (struct header){ name, str_trim(value) };
	}
	add_missing(a, &list, "Host", site->core.base_host);
	if (body.len) {
		add_missing(a, &list, "Content-Length", str_fmt(a, "%zu", body.len));
		add_missing(a, &list, "Content-Type", S("application/x-www-form-urlencoded"));
	}
	return (struct headers){ list.items, list.n };
}

void site_look(struct site *site, void (*look)(struct db *db, void *arg), void *arg)
{
	site->look = look;
	site->look_arg = arg;
}

static int run_write(struct db *db, void *arg, struct err *err)
{
	struct site *site = arg;
	bool is_kept = exchange_run(&site->exchange, db);

	(void)err;
	/* What is not kept by itself is as it was before: there is nothing to look at. */
	if (site->look && is_kept)
		site->look(db, site->look_arg);
	return is_kept && !site->look ? 0 : DB_JOB_UNDO;
}

static void run_read(struct exchange *ex, struct db_pool *pool)
{
	struct db *db;
	struct err err;

	if (db_read_begin(pool, &db, &err) != 0) {
		exchange_fail(ex, &err);
		return;
	}
	(void)exchange_run(ex, db);
	db_read_end(pool, db);
}

/* False when that made the answer. */
static bool run_prepare(struct exchange *ex, struct db_pool *pool)
{
	struct db *db;
	struct err err;
	bool goes_on;

	if (db_read_begin(pool, &db, &err) != 0) {
		exchange_fail(ex, &err);
		return false;
	}
	goes_on = exchange_prepare(ex, db);
	db_read_end(pool, db);
	return goes_on;
}

static void run(struct site *site)
{
	struct exchange *ex = &site->exchange;
	struct db_pool *pool = ex->core->config->pool;
	struct err err;

	if (pool && ex->rq.route->prepare && !run_prepare(ex, pool))
		return;
	if (!pool || ex->rq.route->no_db)
		(void)exchange_run(ex, NULL);
	else if (ex->rq.route->class != ROUTE_WRITE)
		run_read(ex, pool);
	else if (db_write(pool, run_write, site, &err) < 0 && !exchange_has_failed(ex))
		exchange_fail(ex, &err);
	if (ex->reply->status < 400)
		exchange_publish(ex);
}

static struct response take_answer(struct arena *a, const struct exchange *ex)
{
	const struct reply *r = ex->reply;
	struct response answer = { .status = r->status, .id = str_dup(a, ex->rq.id) };

	answer.body = ex->rq.is_head ? (struct str){ "", 0 } : str_dup(a, r->body);
	answer.headers.n = r->headers.n;
	answer.headers.items = arena_new(a, struct header, r->headers.n);
	for (size_t i = 0; i < r->headers.n; i++) {
		answer.headers.items[i].name = str_dup(a, str_from(r->headers.items[i].name));
		answer.headers.items[i].value = str_dup(a, str_from(r->headers.items[i].value));
	}
	return answer;
}

/* *ret_stream: that of a reply with events; NULL ends it. */
static struct response ask(struct site *site, const char *method, const char *target,
			   const char *headers, struct str body, struct stream **ret_stream)
{
	struct exchange *ex = &site->exchange;
	struct response answer;

	exchange_open(ex, &site->core);
	ex->method = str_from(method);
	ex->peer = site->peer;
	ex->target = str_from(target);
	ex->headers = parse_headers(site, headers, body);
	exchange_head(ex);
	if (!ex->reply)
		exchange_body(ex, body);
	if (!ex->reply)
		run(site);
	exchange_close(ex);
	answer = take_answer(site->arena, ex);
	if (ret_stream) {
		*ret_stream = ex->stream;
		ex->stream = NULL;
	}
	exchange_reset(ex);
	return answer;
}

struct response site_request(struct site *site, const char *method, const char *target,
			     const char *headers, struct str body)
{
	return ask(site, method, target, headers, body, NULL);
}

static void leave(void *subscription)
{
	subscription_end(subscription);
}

struct response site_subscribe(struct site *site, const char *target, const char *headers,
			       struct subscription **ret)
{
	struct subscription *sub = arena_new(site->arena, struct subscription, 1);
	struct response answer =
		ask(site, "GET", target, headers, (struct str){ "", 0 }, &sub->stream);

	arena_defer(site->arena, leave, sub);
	*ret = sub;
	return answer;
}

/* The number after "id: ". */
static int64_t id_of(struct str text)
{
	int64_t id = -1;

	while (text.data) {
		struct str line = str_cut(&text, '\n');

		if (str_starts(line, S("id: ")) &&
		    num_parse(str_slice(line, strlen("id: "), line.len), 0, INT64_MAX, &id) !=
			    NUM_OK)
			break;
	}
	return id;
}

int64_t subscription_next(struct subscription *sub)
{
	char text[STREAM_TEXT_MAX];
	int n;

	do {
		n = sub->stream ? stream_next(sub->stream, text) : STREAM_ENDED;
	} while (n > 0 && text[0] == ':');
	return n > 0    ? id_of(str_make(text, (size_t)n))
	       : n == 0 ? SUBSCRIPTION_QUIET
			: SUBSCRIPTION_ENDED;
}

void subscription_end(struct subscription *sub)
{
	if (sub->stream)
		stream_leave(sub->stream);
	sub->stream = NULL;
}

void site_peer(struct site *site, const char *address)
{
	if (address_parse(str_from(address), &site->peer) != 0)
		abort();
}

struct response site_get(struct site *site, const char *target)
{
	return site_request(site, "GET", target, NULL, (struct str){ "", 0 });
}

struct response site_post(struct site *site, const char *target, const char *form)
{
	return site_request(site, "POST", target, "Sec-Fetch-Site: same-origin\n", str_from(form));
}

struct str answer_header(const struct response *answer, const char *name)
{
	return header_get(&answer->headers, name);
}

struct str between(struct str text, const char *before, char end)
{
	const char *at = memmem(text.data, text.len, before, strlen(before));
	struct str rest;

	if (!at)
		return (struct str){ "", 0 };
	rest = str_slice(text, (size_t)(at - text.data) + strlen(before), text.len);
	return str_cut(&rest, end);
}
