/* Replies: see http.h. */
#include "http/reply.h"

#include <assert.h>

#include "base/log.h"
#include "base/num.h"
#include "http/exchange.h"

static struct reply *reply_new(struct req *rq, int status, const char *type, struct str body)
{
	struct reply *r = arena_new(rq->arena, struct reply, 1);

	*r = (struct reply){ .arena = rq->arena, .status = status, .type = type, .body = body };
	return r;
}

void reply_header(struct reply *r, const char *name, struct str value)
{
	*vec_push(r->arena, &r->headers) = (struct reply_header){ name, str_c(r->arena, value) };
}

void reply_cache(struct reply *r, int64_t max_age, bool immutable)
{
	r->cache = str_c(r->arena, str_fmt(r->arena, "public, max-age=%lld%s", (long long)max_age,
					   immutable ? ", immutable" : ""));
}

static struct reply *refuse_cut(struct req *rq)
{
	struct err err;

	rq->is_page_cut = false; /* the error page is another one */
	if (rq->method == METHOD_POST)
		return reply_status(rq, 413);
	(void)err_set(&err, FAULT_INTERNAL, "the page is larger than a page may be");
	return reply_fault(rq, &err);
}

struct reply *reply_page(struct req *rq, int status, struct str html)
{
	struct reply *r;

	if (rq->is_page_cut)
		return refuse_cut(rq);
	r = reply_new(rq, status, "text/html; charset=utf-8", html);
	r->varies = true;
	/* Only pages that were asked for and hold nothing the asker sent: decision 0005. */
	r->may_compress = status == 200 && rq->method == METHOD_GET;
	return r;
}

struct reply *reply_empty(struct req *rq)
{
	return reply_new(rq, 204, NULL, (struct str){ "", 0 });
}

/* A place on this site: a path, and nothing a browser would read as a host or a line end. */
static bool is_local(struct str to)
{
	if (to.len == 0 || to.data[0] != '/' ||
	    (to.len > 1 && (to.data[1] == '/' || to.data[1] == '\\')))
		return false;
	for (size_t i = 0; i < to.len; i++)
		if ((unsigned char)to.data[i] <= 0x20 || to.data[i] == '\\' || to.data[i] == 0x7F)
			return false;
	return true;
}

struct reply *reply_redirect(struct req *rq, struct str to)
{
	struct reply *r;
	struct err err;

	if (!is_local(to)) {
		(void)err_set(&err, FAULT_INTERNAL, "a redirection to a place that is not a path");
		return reply_fault(rq, &err);
	}
	r = reply_new(rq, 303, NULL, (struct str){ "", 0 });
	reply_header(r, "Location", to);
	return r;
}

struct reply *reply_file(struct req *rq, const char *type, struct str bytes)
{
	return reply_new(rq, 200, type, bytes);
}

static const struct {
	struct str ending;
	const char *type;
} downloads[] = {
	{ STR(".csv"), "text/csv; charset=utf-8" },
	{ STR(".docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
	{ STR(".pdf"), "application/pdf" },
	{ STR(".txt"), "text/plain; charset=utf-8" },
	{ STR(".xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
	{ STR(".zip"), "application/zip" },
};

static const char *download_type(struct str filename)
{
	for (size_t i = 0; i < sizeof downloads / sizeof *downloads; i++)
		if (str_ends(filename, downloads[i].ending))
			return downloads[i].type;
	return "application/octet-stream";
}

struct reply *reply_download(struct req *rq, struct str filename, struct str bytes)
{
	struct reply *r = reply_new(rq, 200, download_type(filename), bytes);

	reply_header(r, "Content-Disposition", content_disposition(rq->arena, filename));
	return r;
}

struct reply *reply_json(struct req *rq, int status, struct str body)
{
	return reply_new(rq, status, "application/json; charset=utf-8", body);
}

/* What the browser has seen of the topic, or `otherwise`. */
static int64_t last_event_id(struct req *rq, int64_t otherwise)
{
	int64_t id;

	if (num_parse(req_header(rq, "last-event-id"), 0, INT64_MAX, &id) != NUM_OK)
		return otherwise;
	return id;
}

struct reply *reply_events(struct req *rq, struct str topic, int64_t version, int64_t seen)
{
	struct reply *r = reply_new(rq, 200, "text/event-stream", (struct str){ "", 0 });
	struct hub_ask *ask = arena_new(rq->arena, struct hub_ask, 1);

	assert(rq->route->class == ROUTE_EVENTS && topic.len <= TOPIC_BYTES_MAX);
	*ask = (struct hub_ask){ topic, version, last_event_id(rq, seen) };
	r->events = rq->is_head ? NULL : ask;
	/* nginx passes each event on as it comes. */
	reply_header(r, "X-Accel-Buffering", S("no"));
	return r;
}

struct reply *reply_problem(struct req *rq, int status, struct str title, struct str detail,
			    struct str members)
{
	enum { PROBLEM_MAX = 1024 * 1024 };
	struct buf b = buf_make(rq->arena, PROBLEM_MAX);

	buf_fmt(&b, "{\"type\":\"about:blank\",\"status\":%d,\"title\":", status);
	buf_quoted(&b, title);
	if (detail.len) {
		buf_puts(&b, ",\"detail\":");
		buf_quoted(&b, detail);
	}
	if (members.len) {
		buf_putc(&b, ',');
		buf_put(&b, members);
	}
	buf_puts(&b, "}\n");
	return reply_new(rq, status, "application/problem+json; charset=utf-8", buf_str(&b));
}

static bool wants_problem(const struct req *rq)
{
	return rq->route && rq->route->is_api;
}

/* The page or problem document for `status`; `incident` is empty but for faults. */
static struct reply *reply_error(struct req *rq, int status, struct str incident)
{
	const struct server_config *config = rq->priv->core->config;
	struct reply *r;

	if (wants_problem(rq)) {
		struct str detail = { "", 0 };

		if (incident.len)
			detail = str_fmt(rq->arena, "incident %.*s", STR_ARG(incident));
		r = reply_problem(rq, status, str_from(status_name(status)), detail,
				  (struct str){ "", 0 });
	} else if (config->error_page) {
		r = reply_page(rq, status, config->error_page(rq, status, incident));
	} else {
		struct str text = str_fmt(rq->arena, "%d %s%s%.*s\n", status, status_name(status),
					  incident.len ? ", incident " : "", STR_ARG(incident));

		r = reply_new(rq, status, "text/plain; charset=utf-8", text);
	}
	r->retry_s = status == 503;
	return r;
}

struct reply *reply_status(struct req *rq, int status)
{
	return reply_error(rq, status, (struct str){ "", 0 });
}

struct reply *reply_wait(struct req *rq, int seconds)
{
	struct reply *r;

	if (wants_problem(rq))
		r = reply_problem(rq, 429, str_from(status_name(429)),
				  str_fmt(rq->arena, "again in %d s", seconds),
				  (struct str){ "", 0 });
	else
		r = reply_status(rq, 429);
	r->retry_s = seconds;
	return r;
}

static int status_of_fault(int code)
{
	return code == FAULT_DB_GONE || code == FAULT_DB_FULL ? 503 : 500;
}

struct reply *reply_fault(struct req *rq, const struct err *err)
{
	const struct server_config *config = rq->priv->core->config;

	log_error(config->log, "fault", LOG_STR("incident", rq->id), LOG_NUM("code", err->code),
		  LOG_STR("text", str_from(err->text)), LOG_STR("file", str_from(err->file)),
		  LOG_NUM("line", err->line),
		  LOG_STR("route", str_from(rq->route ? rq->route->path : "-")));
	return reply_error(rq, status_of_fault(err->code), rq->id);
}
