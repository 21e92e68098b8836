/* The steps of a request: see exchange.h. */
#include "http/exchange.h"

#include <assert.h>

#include "base/log.h"
#include "base/timing.h"
#include "base/token.h"
#include "base/utf8.h"
#include "http/args.h"
#include "http/csrf.h"
#include "http/form.h"
#include "http/path.h"

static int permit_anyone(struct req *rq, struct actor *ret, struct err *err)
{
	(void)rq;
	(void)err;
	*ret = (struct actor){ 0 };
	return PERMIT_OK;
}

const struct permission permission_public = { .name = "public", .check = permit_anyone };

void exchange_open(struct exchange *ex, const struct http_core *core)
{
	struct arena arena = ex->arena, scratch = ex->scratch;

	if (!arena.root)
		arena_init(&arena, REQUEST_ARENA_BYTES);
	if (!scratch.root)
		arena_init(&scratch, REQUEST_SCRATCH_BYTES);
	*ex = (struct exchange){ .arena = arena, .scratch = scratch, .core = core };
	ex->begun_us = time_mono_us();
	ex->rq = (struct req){
		.arena = &ex->arena,
		.scratch = scratch,
		.site = &core->site,
		.key = &core->key,
		.app = core->config->app,
		.now_ms = time_now_ms(),
		.priv = ex,
	};
	ex->rq.id = id_text(&ex->arena, id_make(ex->rq.now_ms));
}

void exchange_reset(struct exchange *ex)
{
	/* The client went away before anything was sent. */
	if (ex->stream)
		stream_leave(ex->stream);
	ex->stream = NULL;
	arena_reset(&ex->arena);
	arena_reset(&ex->scratch);
}

void exchange_release(struct exchange *ex)
{
	arena_release(&ex->arena);
	arena_release(&ex->scratch);
}

void exchange_refuse(struct exchange *ex, int status)
{
	ex->reply = reply_status(&ex->rq, status);
}

void exchange_fail(struct exchange *ex, const struct err *err)
{
	ex->reply = reply_fault(&ex->rq, err);
}

/* ?lang= before the cookie before what the browser prefers. */
static void choose_language(struct exchange *ex)
{
	struct req *rq = &ex->rq;

	for (size_t i = 0; i < ex->query.n; i++) {
		if (!str_is(ex->query.items[i].name, "lang"))
			continue;
		if (language_parse(ex->query.items[i].value, &rq->language) == 0) {
			ex->sets_language = true;
			return;
		}
	}
	if (language_parse(req_cookie(rq, "lang"), &rq->language) != 0)
		rq->language = language_negotiate(req_header(rq, "accept-language"));
}

static enum method parse_method(struct exchange *ex)
{
	ex->rq.is_head = str_is(ex->method, "HEAD");
	if (ex->rq.is_head || str_is(ex->method, "GET"))
		return METHOD_GET;
	return str_is(ex->method, "POST") ? METHOD_POST : METHOD_N;
}

static int check_host(const struct exchange *ex, struct str authority)
{
	struct str host = header_get(&ex->headers, "host");

	/* RFC 9112, 3.2.2: an absolute target says which host, whatever Host says. */
	if (authority.len)
		host = authority;
	else if (header_count(&ex->headers, "host") == 0)
		return ex->is_http_1_0 ? 0 : 400;
	if (host.len == 0 || str_contains(host, S("@")) || str_contains(host, S("/")))
		return 400;
	return core_knows_host(ex->core, host) ? 0 : 421;
}

/* Takes the site's base path off the front. */
static int strip_base(const struct exchange *ex, struct str path, struct str *ret)
{
	struct str base = ex->core->site.base_path;

	if (!str_starts(path, base))
		return 404;
	path = str_slice(path, base.len, path.len);
	if (path.len == 0 && base.len)
		path = S("/");
	if (path.data[0] != '/')
		return 404;
	*ret = path;
	return 0;
}

/* Target into path, query and language, as far as they can be read, whatever the host is. */
static int read_target(struct exchange *ex)
{
	struct target t = { .path = { "", 0 } };
	struct str path;
	int r = target_split(ex->target, &t), host = r == 0 ? check_host(ex, t.authority) : 0;

	if (r == 0)
		r = path_decode(&ex->arena, t.path, &path);
	if (r == 0)
		r = strip_base(ex, path, &ex->rq.path);
	ex->rq.query = t.query;
	if (r == 0)
		r = form_parse(&ex->arena, t.query, QUERY_PAIRS_MAX, &ex->query);
	return host ? host : r;
}

static int check_type(const struct exchange *ex, const struct route *route)
{
	struct media_type type;

	if (route->body == BODY_NONE || ex->length == 0)
		return 0;
	if (media_type_parse(header_get(&ex->headers, "content-type"), &type) != 0)
		return 415;
	if (type.charset.len && !str_eq_nocase(type.charset, S("utf-8")))
		return 415;
	if (route->body == BODY_JSON)
		return str_eq_nocase(type.essence, S("application/json")) ? 0 : 415;
	if (str_eq_nocase(type.essence, S("multipart/form-data")))
		return type.boundary.len && type.boundary.len <= BOUNDARY_MAX ? 0 : 400;
	return str_eq_nocase(type.essence, S("application/x-www-form-urlencoded")) ? 0 : 415;
}

static size_t body_limit(const struct route *route)
{
	if (route->body == BODY_NONE)
		return 0;
	return route->body_limit ? route->body_limit : BODY_LIMIT_DEFAULT;
}

/* What a route says about method, size, type and origin. */
static int check_route(struct exchange *ex, enum method method)
{
	struct req *rq = &ex->rq;
	int r = router_find(ex->core->router, method, rq->path, &ex->match);

	if (r != 0)
		return r;
	rq->route = ex->match.route;
	rq->method = method;
	if (ex->length > body_limit(rq->route))
		return 413;
	r = check_type(ex, rq->route);
	if (r != 0 || method == METHOD_GET || rq->route->is_api)
		return r;
	ex->origin = csrf_check_head(ex);
	return ex->origin == ORIGIN_FOREIGN ? 403 : 0;
}

static struct reply *check_limit(struct exchange *ex, const struct limit *limit, struct str key)
{
	int wait = limit_take(&ex->rq, limit, key);

	return wait ? reply_wait(&ex->rq, wait) : NULL;
}

/* NULL, or that one has to wait: what the route allows a network, before anything is read. Where it counts by
 * organisation, a network may ask for several of them, and for none that it belongs to. */
static struct reply *check_network(struct exchange *ex)
{
	enum { ORGS_OF_A_NETWORK = 4 };
	const struct limit *limit = ex->rq.route->limit;
	struct limit wide;

	if (!limit)
		return NULL;
	wide = *limit;
	if (limit->per_org) {
		wide.burst *= ORGS_OF_A_NETWORK;
		wide.per_minute *= ORGS_OF_A_NETWORK;
	}
	return check_limit(ex, &wide, (struct str){ "", 0 });
}

/* The same of the organisation that the permission found. */
static struct reply *check_org(struct exchange *ex)
{
	const struct limit *limit = ex->rq.route->limit;
	int64_t org = ex->rq.actor.org_id;

	return limit && limit->per_org
		       ? check_limit(ex, limit, str_make((const char *)&org, sizeof org))
		       : NULL;
}

/* A path among the assets. True when it was one. */
static bool serve_asset(struct exchange *ex, enum method method)
{
	const struct asset *f = core_asset(ex->core, ex->rq.path);

	if (!f)
		return false;
	if (method == METHOD_GET && ex->length == 0) {
		ex->reply = reply_asset(ex, f);
	} else {
		exchange_refuse(ex, method == METHOD_GET ? 413 : 405);
		if (method != METHOD_GET)
			reply_header(ex->reply, "Allow", S("GET, HEAD"));
	}
	return true;
}

void exchange_head(struct exchange *ex)
{
	enum method method = parse_method(ex);
	int r = headers_check(&ex->headers, &ex->length);

	ex->must_close = r != 0;
	/* Error pages too are in the reader's language, once there is something to choose it from. */
	if (r == 0)
		r = read_target(ex);
	choose_language(ex);
	ex->rq.is_partial = str_is(req_header(&ex->rq, "hx-request"), "true");
	/* The page that says that the host is not ours needs its looks, and assets are nobody's data. */
	if ((r == 0 || r == 421) && serve_asset(ex, method))
		return;
	if (r == 0)
		r = check_route(ex, method);
	if (r == 0) {
		ex->reply = check_network(ex);
		return;
	}
	exchange_refuse(ex, r);
	if (r == 405)
		reply_header(ex->reply, "Allow", router_allow(&ex->arena, &ex->match));
}

void exchange_misread(struct exchange *ex)
{
	ex->must_close = true;
	ex->headers.n = 0;
	choose_language(ex);
	exchange_refuse(ex, 400);
}

static int parse_form(struct exchange *ex, struct str body)
{
	struct media_type type;

	if (body.len == 0)
		return 0;
	if (media_type_parse(header_get(&ex->headers, "content-type"), &type) != 0)
		return 415;
	if (str_eq_nocase(type.essence, S("multipart/form-data")))
		return multipart_parse(&ex->arena, type.boundary, body, &ex->form);
	return form_parse(&ex->arena, body, FORM_FIELDS_MAX, &ex->form);
}

static int parse_body(struct exchange *ex, struct str body)
{
	switch (ex->rq.route->body) {
	case BODY_NONE:
		return 0;
	case BODY_FORM:
		return parse_form(ex, body);
	case BODY_JSON:
		if (!utf8_valid(body))
			return 400;
		ex->rq.body = body;
		return 0;
	}
	return 0;
}

static int check_token(struct exchange *ex)
{
	if (ex->origin != ORIGIN_UNKNOWN)
		return 0;
	for (size_t i = 0; i < ex->form.n; i++)
		if (str_is(ex->form.items[i].name, CSRF_FIELD))
			return csrf_check_token(ex, ex->form.items[i].value) ? 0 : 403;
	return 403;
}

static int fill_args(struct exchange *ex)
{
	struct req *rq = &ex->rq;
	struct arg_pair path[SEGMENTS_MAX];
	struct args_input in = { { path, ex->match.n }, ex->query, ex->form };
	struct args_output out;
	int r;

	for (size_t i = 0; i < ex->match.n; i++)
		path[i] = (struct arg_pair){ ex->match.names[i], ex->match.values[i] };
	r = args_fill(rq->arena, rq->route->args, &in, &out);
	if (r == 422 && !rq->route->show_errors)
		return 400;
	if (r == 0 || r == 422) {
		rq->args = out.args;
		rq->arg_errors = out.errors;
		rq->n_arg_errors = out.n_errors;
		return 0;
	}
	return r;
}

void exchange_body(struct exchange *ex, struct str body)
{
	int r = parse_body(ex, body);

	if (r == 0)
		r = check_token(ex);
	if (r == 0)
		r = fill_args(ex);
	if (r != 0)
		exchange_refuse(ex, r);
}

/* Bytes of a form that is given back: as a page each may take five. */
enum { UNSENT_MAX = 256 * 1024 };

static bool has_secret(const struct route *route)
{
	for (const struct arg_spec *s = route->args ? route->args->specs : NULL; s && s->name; s++)
		if (s->type == ARG_SECRET)
			return true;
	return false;
}

/* The form as it was sent, for a page from where it is sent again; NULL when it is too long for that, has a file or a
 * password, or there is none. */
static const struct unsent *unsent_form(struct exchange *ex)
{
	struct unsent *ret = arena_new(&ex->arena, struct unsent, 1);
	const struct route *route = ex->rq.route;

	if (route->body != BODY_FORM || has_secret(route) || ex->length > UNSENT_MAX)
		return NULL;
	ret->address = ex->target;
	ret->fields = arena_new(&ex->arena, struct arg_pair, ex->form.n);
	for (size_t i = 0; i < ex->form.n; i++) {
		if (ex->form.items[i].is_file)
			return NULL;
		if (!str_is(ex->form.items[i].name, CSRF_FIELD))
			ret->fields[ret->n++] = ex->form.items[i];
	}
	return ret;
}

/* To the page where one signs in, and back. What would have changed something comes back with the answer. */
static struct reply *ask_to_sign_in(struct exchange *ex)
{
	struct req *rq = &ex->rq;
	struct str here = ex->target;

	if (rq->is_partial || rq->route->is_api)
		return reply_status(rq, 401);
	if (rq->method != METHOD_GET) {
		rq->unsent = unsent_form(ex);
		return reply_status(rq, 401);
	}
	if (str_starts(here, rq->site->base_path))
		here = str_slice(here, rq->site->base_path.len, here.len);
	return reply_redirect(
		rq, url(rq, SIGN_IN_PATH "?next=%.*s", STR_ARG(percent_encode(rq->arena, here))));
}

enum { GUESS_WAIT_SECONDS = 15 };

static struct reply *refuse_permission(struct exchange *ex, enum permit_outcome outcome)
{
	const struct permission *permission = ex->rq.route->permission;

	if (permission->refuse)
		return permission->refuse(&ex->rq, outcome);
	switch (outcome) {
	case PERMIT_OK:
	case PERMIT_NOT_FOUND:
		break;
	case PERMIT_GONE:
		return reply_status(&ex->rq, 410);
	case PERMIT_SIGN_IN:
		return ask_to_sign_in(ex);
	case PERMIT_FORBIDDEN:
		ex->rq.is_forbidden = true;
		return reply_status(&ex->rq, 403);
	case PERMIT_WAIT:
		return reply_wait(&ex->rq, GUESS_WAIT_SECONDS);
	}
	return reply_status(&ex->rq, 404);
}

/* NULL when the route's permission is given, which fills the actor. */
static struct reply *ask_permission(struct exchange *ex)
{
	struct req *rq = &ex->rq;
	struct err err = { .code = 0 };
	int r;

	if (rq->db)
		db_scope(rq->db, DB_ORG_NONE);
	r = rq->route->permission->check(rq, &rq->actor, &err);
	if (rq->db)
		db_scope(rq->db, rq->actor.org_id ? rq->actor.org_id : ORG_PUBLIC);
	if (r < 0)
		return reply_fault(rq, &err);
	return r == PERMIT_OK ? NULL : refuse_permission(ex, (enum permit_outcome)r);
}

static struct reply *permit_and_handle(struct exchange *ex)
{
	struct reply *refusal = ask_permission(ex);

	if (!refusal)
		refusal = check_org(ex);
	return refusal ? refusal : ex->rq.route->handler(&ex->rq);
}

bool exchange_prepare(struct exchange *ex, struct db *db)
{
	ex->rq.db = db;
	ex->rq.scratch = ex->scratch;
	ex->reply = ask_permission(ex);
	if (!ex->reply)
		ex->reply = ex->rq.route->prepare(&ex->rq);
	ex->rq.db = NULL;
	return !ex->reply;
}

bool exchange_run(struct exchange *ex, struct db *db)
{
	const struct hub_ask *ask;

	ex->rq.db = db;
	ex->rq.scratch = ex->scratch;
	ex->publications.n = 0;
	ex->reply = permit_and_handle(ex);
	ex->rq.db = NULL;
	ask = ex->reply->events;
	if (ask && hub_subscribe(ex->core->hub, ask, &ex->stream) != 0)
		exchange_refuse(ex, 503);
	return ex->reply->status < 400;
}

void req_publish(struct req *rq, struct str topic, int64_t version)
{
	assert(topic.len <= TOPIC_BYTES_MAX);
	/* A request of nobody's has nobody to tell. */
	if (!rq->priv)
		return;
	*vec_push(rq->arena, &rq->priv->publications) = (struct publication){ topic, version };
}

void exchange_publish(struct exchange *ex)
{
	for (size_t i = 0; i < ex->publications.n; i++) {
		const struct publication *p = &ex->publications.items[i];

		hub_publish(ex->core->hub, p->topic, p->version);
		db_news_tell(ex->core->news, p->topic, p->version);
	}
}

bool exchange_has_failed(const struct exchange *ex)
{
	return ex->reply && ex->reply->status >= 500;
}

/* A method in the log is one of ours, not what a stranger wrote. */
static struct str method_name(const struct exchange *ex)
{
	static const struct str known[] = { STR("GET"), STR("HEAD"), STR("POST") };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_eq(ex->method, known[i]))
			return known[i];
	return S("other");
}

static void log_access(const struct exchange *ex)
{
	const struct req *rq = &ex->rq;

	log_info(ex->core->config->log, "request", LOG_STR("method", method_name(ex)),
		 LOG_STR("route", str_from(rq->route ? rq->route->path : "-")),
		 LOG_NUM("status", ex->reply->status), LOG_NUM("us", time_mono_us() - ex->begun_us),
		 LOG_STR("id", rq->id));
}

void exchange_close(struct exchange *ex)
{
	reply_finish(ex, ex->reply);
	if (!ex->is_quiet)
		log_access(ex);
}
