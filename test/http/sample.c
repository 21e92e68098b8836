/* Routes for the http suite: see sample.h. */
#include "http/sample.h"

#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

struct echo_args {
	struct str name;
	int64_t count;
	bool flag;
	struct token token;
	int64_t id;
	struct arg_pairs rest;
	int64_t topic;
	int64_t since;
};

static const struct args_spec form_args = {
	sizeof(struct echo_args),
	(const struct arg_spec[]){
		{ "name", ARG_FORM, ARG_TEXT, true, 2, 10, offsetof(struct echo_args, name) },
		{ "count", ARG_FORM, ARG_INT, false, 1, 9, offsetof(struct echo_args, count) },
		{ "flag", ARG_FORM, ARG_FLAG, .offset = offsetof(struct echo_args, flag) },
		{ .name = NULL },
	},
};

static const struct args_spec query_args = {
	sizeof(struct echo_args),
	(const struct arg_spec[]){
		{ "count", ARG_QUERY, ARG_INT, false, -5, 5, offsetof(struct echo_args, count) },
		{ .name = NULL },
	},
};

static const struct args_spec token_args = {
	sizeof(struct echo_args),
	(const struct arg_spec[]){
		{ "token", ARG_PATH, ARG_TOKEN, .offset = offsetof(struct echo_args, token) },
		{ .name = NULL },
	},
};

static const struct args_spec rest_args = {
	sizeof(struct echo_args),
	(const struct arg_spec[]){
		{ "name", ARG_FORM, ARG_TEXT, .max = 10,
		  .offset = offsetof(struct echo_args, name) },
		{ "*", ARG_FORM, ARG_REST, .max = 5, .offset = offsetof(struct echo_args, rest) },
		{ .name = NULL },
	},
};

static const struct args_spec news_args = {
	sizeof(struct echo_args),
	(const struct arg_spec[]){
		{ "topic", ARG_PATH, ARG_INT, .max = SAMPLE_TOPICS - 1,
		  .offset = offsetof(struct echo_args, topic) },
		{ "since", ARG_QUERY, ARG_INT, .max = INT32_MAX,
		  .offset = offsetof(struct echo_args, since) },
		{ .name = NULL },
	},
};

static const struct args_spec publish_args = {
	sizeof(struct echo_args),
	(const struct arg_spec[]){
		{ "topic", ARG_PATH, ARG_INT, .max = SAMPLE_TOPICS - 1,
		  .offset = offsetof(struct echo_args, topic) },
		{ "flag", ARG_FORM, ARG_FLAG, .offset = offsetof(struct echo_args, flag) },
		{ .name = NULL },
	},
};

/* What a database would hold. */
static _Atomic int64_t versions[SAMPLE_TOPICS];

static struct str topic_name(struct req *rq, int64_t topic)
{
	return str_fmt(rq->arena, "sample:%lld", (long long)topic);
}

static struct reply *news(struct req *rq)
{
	const struct echo_args *args = rq->args;

	return reply_events(rq, topic_name(rq, args->topic), atomic_load(&versions[args->topic]),
			    args->since);
}

/* With the flag it is refused, so that nothing must be told. */
static struct reply *publish(struct req *rq)
{
	const struct echo_args *args = rq->args;
	int64_t version = atomic_load(&versions[args->topic]) + 1;

	req_publish(rq, topic_name(rq, args->topic), version);
	if (args->flag)
		return reply_status(rq, 422);
	atomic_store(&versions[args->topic], version);
	return reply_page(rq, 200, str_fmt(rq->arena, "%lld", (long long)version));
}

static struct reply *home(struct req *rq)
{
	const struct echo_args *args = rq->args;

	return reply_page(rq, 200,
			  str_fmt(rq->arena, "<p>%s %s %lld</p>", rq->is_partial ? "part" : "whole",
				  language_code(rq->language).data, (long long)args->count));
}

static struct reply *form(struct req *rq)
{
	return reply_page(rq, 200, csrf_token(rq));
}

static struct reply *save(struct req *rq)
{
	const struct echo_args *args = rq->args;

	if (rq->n_arg_errors)
		return reply_page(rq, 422,
				  str_fmt(rq->arena, "%s %d \"%.*s\"", rq->arg_errors[0].name,
					  (int)rq->arg_errors[0].fault,
					  STR_ARG(rq->arg_errors[0].value)));
	return reply_page(rq, 200,
			  str_fmt(rq->arena, "%.*s|%lld|%d", STR_ARG(args->name),
				  (long long)args->count, args->flag));
}

static struct reply *rest(struct req *rq)
{
	const struct echo_args *args = rq->args;
	struct buf b = buf_make(rq->arena, 4096);

	for (size_t i = 0; i < args->rest.n; i++)
		buf_fmt(&b, "%.*s=%.*s;", STR_ARG(args->rest.items[i].name),
			STR_ARG(args->rest.items[i].value));
	return reply_page(rq, 200, buf_str(&b));
}

static struct reply *big(struct req *rq)
{
	char *bytes = arena_new(rq->arena, char, SAMPLE_BIG);

	for (size_t i = 0; i < SAMPLE_BIG; i++)
		bytes[i] = 'x';
	return reply_download(rq, S("Été & \"hiver\".bin"), str_make(bytes, SAMPLE_BIG));
}

static struct reply *text(struct req *rq)
{
	static const struct str line =
		STR("Une ligne de texte, comme une page en a beaucoup : elle se répète.\n");
	struct buf b = buf_make(rq->arena, SAMPLE_TEXT);

	while (!b.full)
		buf_put(&b, line);
	return reply_page(rq, 200, buf_str(&b));
}

static struct reply *slow(struct req *rq)
{
	usleep(300 * 1000);
	return reply_page(rq, 200, S("slow"));
}

static struct reply *move(struct req *rq)
{
	return reply_redirect(rq, url(rq, "/form"));
}

static struct reply *move_away(struct req *rq)
{
	return reply_redirect(rq, S("//elsewhere.example"));
}

static struct reply *api(struct req *rq)
{
	if (rq->body.len == 0)
		return reply_problem(rq, 422, S("Nothing sent"), S("the body is \"empty\""),
				     S("\"line\":1"));
	return reply_json(rq, 200, rq->body);
}

static struct reply *token(struct req *rq)
{
	return reply_page(rq, 200, S("token"));
}

static int permit_gone(struct req *rq, struct actor *ret, struct err *err)
{
	(void)rq;
	(void)ret;
	(void)err;
	return PERMIT_GONE;
}

static int permit_broken(struct req *rq, struct actor *ret, struct err *err)
{
	(void)rq;
	(void)ret;
	return err_set(err, FAULT_DB, "the secret cause");
}

static const struct permission gone = { .name = "gone", .check = permit_gone },
			       broken = { .name = "broken", .check = permit_broken };

static const struct limit often = { "often", .burst = 1000, .per_minute = 60000 };
static const struct limit twice = { "twice", .burst = 2, .per_minute = 60 };

static struct reply *limited(struct req *rq)
{
	int wait = limit_take(rq, &twice, S("a key"));

	return wait ? reply_wait(rq, wait) : reply_empty(rq);
}

static const struct route routes[] = {
	{ METHOD_GET, "/", home, &permission_public, .args = &query_args, .title = "home" },
	{ METHOD_GET, "/form", form, &permission_public, .title = "a form" },
	{ METHOD_POST, "/form", save, &permission_public, .class = ROUTE_WRITE, .body = BODY_FORM,
	  .args = &form_args, .show_errors = true, .title = "save it" },
	{ METHOD_POST, "/strict", save, &permission_public, .class = ROUTE_WRITE, .body = BODY_FORM,
	  .body_limit = 100, .args = &form_args, .title = "save it or refuse" },
	{ METHOD_POST, "/rest", rest, &permission_public, .body = BODY_FORM, .args = &rest_args,
	  .title = "other fields" },
	{ METHOD_GET, "/big", big, &permission_public, .title = "a big file" },
	{ METHOD_GET, "/text", text, &permission_public, .title = "a page worth compressing" },
	{ METHOD_GET, "/slow", slow, &permission_public, .class = ROUTE_SLOW, .limit = &often,
	  .title = "slow" },
	{ METHOD_POST, "/move", move, &permission_public, .body = BODY_FORM, .title = "redirect" },
	{ METHOD_GET, "/move-away", move_away, &permission_public,
	  .title = "a redirect that is refused" },
	{ METHOD_POST, "/api/echo", api, &permission_public, .body = BODY_JSON, .is_api = true,
	  .title = "JSON back" },
	{ METHOD_GET, "/t/{token}", token, &permission_public, .args = &token_args,
	  .title = "by token" },
	{ METHOD_GET, "/gone", home, &gone, .args = &query_args, .title = "410" },
	{ METHOD_GET, "/broken", home, &broken, .args = &query_args, .title = "500" },
	{ METHOD_GET, "/news/{topic}", news, &permission_public, .class = ROUTE_EVENTS,
	  .args = &news_args, .title = "events" },
	{ METHOD_POST, "/news/{topic}", publish, &permission_public, .class = ROUTE_WRITE,
	  .body = BODY_FORM, .args = &publish_args, .title = "another version" },
	{ METHOD_GET, "/twice", home, &permission_public, .args = &query_args, .limit = &twice,
	  .title = "twice, then once a second" },
	{ METHOD_POST, "/api/twice", api, &permission_public, .body = BODY_JSON, .is_api = true,
	  .limit = &twice, .title = "the same bucket" },
	{ METHOD_GET, "/limited", limited, &permission_public, .title = "a key of its own" },
	{ METHOD_GET, "/closed", news, &gone, .class = ROUTE_EVENTS,
	  .title = "events that are over" },
	{ .handler = NULL },
};

const struct route *const sample_routes[] = { routes, NULL };

const struct asset sample_assets[] = {
	{ STR("/assets/a-123.css"), "a.css", "text/css; charset=utf-8", STR("p { color: red }"),
	  STR("GZIP"), STR("\"123\"") },
	{ .path = { NULL, 0 } },
};
