/*
 * A page that is told by events, in the product's own shell with its own scripts and headers, for
 * events_test.mjs: writes its address, ends with its input.
 *
 *     events_server [ADDRESS:PORT]
 */
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "http/server.h"
#include "phases/site/site.h"
#include "view/layout.h"

static _Atomic int64_t version = 1;
static _Atomic int64_t n_streams;

static struct str count(struct req *rq)
{
	return str_fmt(rq->arena, "%lld", (long long)atomic_load(&version));
}

static struct reply *page(struct req *rq)
{
	struct layout l = { .title = STR("Events"), .has_events = true };

	l.body.markup = str_fmt(
		rq->arena,
		"<div id=\"news\" hx-sse:connect=\"/events?since=%lld\" hx-swap=\"none\"></div>\n"
		"<p id=\"part\" hx-get=\"/part\" hx-trigger=\"changed from:#news\">%.*s</p>",
		(long long)atomic_load(&version), STR_ARG(count(rq)));
	return layout_reply(rq, 200, &l);
}

static struct reply *part(struct req *rq)
{
	return reply_page(rq, 200, count(rq));
}

struct since_args {
	int64_t since;
};

static const struct args_spec since_args = {
	sizeof(struct since_args),
	(const struct arg_spec[]){
		{ "since", ARG_QUERY, ARG_INT, .max = INT32_MAX,
		  .offset = offsetof(struct since_args, since) },
		{ .name = NULL },
	},
};

static struct reply *events(struct req *rq)
{
	const struct since_args *args = rq->args;

	atomic_fetch_add(&n_streams, 1);
	return reply_events(rq, S("page"), atomic_load(&version), args->since);
}

static struct reply *streams(struct req *rq)
{
	return reply_page(rq, 200, str_fmt(rq->arena, "%lld", (long long)atomic_load(&n_streams)));
}

static struct reply *raise_it(struct req *rq)
{
	req_publish(rq, S("page"), atomic_fetch_add(&version, 1) + 1);
	return reply_empty(rq);
}

static const struct route routes[] = {
	{ METHOD_GET, "/", page, &permission_public, .title = "the page" },
	{ METHOD_GET, "/part", part, &permission_public, .title = "its part" },
	{ METHOD_GET, "/events", events, &permission_public, .class = ROUTE_EVENTS,
	  .args = &since_args, .title = "its events" },
	{ METHOD_GET, "/streams", streams, &permission_public, .title = "streams so far" },
	{ METHOD_POST, "/raise", raise_it, &permission_public, .class = ROUTE_WRITE,
	  .body = BODY_FORM, .title = "another version" },
	{ .handler = NULL },
};

int main(int argc, char **argv)
{
	const struct route *const tables[] = { routes, NULL };
	const struct logger log = { STDERR_FILENO, LOG_WARNING, LOG_JSON };
	struct server_config config = {
		.listen = str_from(argc > 1 ? argv[1] : "127.0.0.1:0"),
		.hub = { .life_ms = 2000 },
		.log = &log,
		.routes = tables,
		.assets = site_assets,
		.error_page = view_error_page,
	};
	struct server *server;
	struct err err;
	char c;

	if (server_start(&config, &server, &err) != 0) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	printf("%.*s\n", STR_ARG(server_url(server)));
	fflush(stdout);
	while (read(STDIN_FILENO, &c, 1) > 0)
		;
	server_stop(server, 1000);
	return 0;
}
