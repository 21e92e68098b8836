/* What machines ask: is the process alive, is it ready to work. */
#include "base/log.h"
#include "http/exchange.h"

static struct reply *health(struct req *rq)
{
	/* Asked every few seconds: it would drown the log. */
	rq->priv->is_quiet = true;
	return reply_json(rq, 200, S("{\"status\":\"pass\"}\n"));
}

/* Faults are logged with the request's id; nothing of them is told to strangers. */
static struct reply *ready(struct req *rq)
{
	const struct server_config *config = rq->priv->core->config;
	struct err err;
	struct reply *r;

	rq->priv->is_quiet = true;
	if (!config->pool || db_ready(config->pool, &err) == 0)
		return reply_json(rq, 200, S("{\"status\":\"pass\"}\n"));
	rq->priv->is_quiet = false;
	log_error(config->log, "not ready", LOG_STR("text", str_from(err.text)),
		  LOG_STR("id", rq->id));
	r = reply_json(rq, 503, S("{\"status\":\"fail\"}\n"));
	reply_header(r, "Retry-After", S("1"));
	return r;
}

/* Whatever watches asks every few seconds; a job thread is not for more. */
static const struct limit limit_ready = { "ready", .burst = 120, .per_minute = 120 };

const struct route health_routes[] = {
	{ .method = METHOD_GET,
	  .path = "/healthz",
	  .handler = health,
	  .permission = &permission_public,
	  .class = ROUTE_READ,
	  .no_db = true,
	  .title = "is the process alive" },
	{ .method = METHOD_GET,
	  .path = "/readyz",
	  .handler = ready,
	  .permission = &permission_public,
	  .class = ROUTE_SLOW,
	  .limit = &limit_ready,
	  .no_db = true,
	  .title = "is it ready to work" },
	{ .handler = NULL },
};
