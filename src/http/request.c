/* What handlers ask of a request: see http.h. */
#include "base/log.h"
#include "base/timing.h"
#include "http/exchange.h"
#include "http/path.h"

enum { SECOND_US = 1000 * 1000 };

struct str req_header(struct req *rq, const char *name)
{
	return header_get(&rq->priv->headers, name);
}

/*
 * "__Host-" makes browsers refuse a cookie that another host or an unencrypted page tried to set. It
 * demands Path=/, so a site under a path has "__Secure-" instead, and plain HTTP can have neither.
 */
static struct str cookie_name(const struct req *rq, const char *name)
{
	const char *prefix = "";

	if (rq->site->is_https)
		prefix = rq->site->base_path.len ? "__Secure-" : "__Host-";
	return str_fmt(rq->arena, "%s%s", prefix, name);
}

struct str req_cookie(struct req *rq, const char *name)
{
	struct str value = { "", 0 };

	if (cookie_get(req_header(rq, "cookie"), cookie_name(rq, name), &value) != 0)
		return (struct str){ "", 0 };
	return value;
}

void reply_cookie(struct req *rq, struct reply *r, const char *name, struct str value,
		  int64_t max_age)
{
	enum { COOKIE_MAX = 4096 };
	struct buf b = buf_make(rq->arena, COOKIE_MAX);

	buf_put(&b, cookie_name(rq, name));
	buf_fmt(&b, "=%.*s; Path=%.*s/; HttpOnly; SameSite=Lax", STR_ARG(value),
		STR_ARG(rq->site->base_path));
	if (max_age != 0)
		buf_fmt(&b, "; Max-Age=%lld", max_age < 0 ? 0LL : (long long)max_age);
	if (rq->site->is_https)
		buf_puts(&b, "; Secure");
	reply_header(r, "Set-Cookie", buf_str(&b));
}

/* Who asks, past the proxies that are trusted. */
static struct address client(struct exchange *ex)
{
	const struct server_config *config = ex->core->config;
	struct buf all = buf_make(&ex->arena, HEADERS_BYTES_MAX + HEADERS_MAX);

	/* Several headers of that name are one list, RFC 9110, 5.3. */
	for (size_t i = 0; i < ex->headers.n; i++) {
		if (!str_eq_nocase(ex->headers.items[i].name, S("x-forwarded-for")))
			continue;
		if (all.len)
			buf_putc(&all, ',');
		buf_put(&all, ex->headers.items[i].value);
	}
	return client_of(&config->trusted_proxies, ex->peer, buf_str(&all));
}

int limit_take(struct req *rq, const struct limit *limit, struct str key)
{
	struct exchange *ex = rq->priv;
	const struct server_config *config = ex->core->config;
	struct address near;
	int64_t wait_us;

	if (!ex->core->limits)
		return 0;
	if (key.len == 0) {
		near = neighbourhood(client(ex));
		key = str_make((const char *)near.bytes, sizeof near.bytes);
	}
	wait_us = limits_take(ex->core->limits, limit, key, time_mono_us());
	if (wait_us > 0 && header_count(&ex->headers, "x-forwarded-for") > 0 &&
	    !networks_have(&config->trusted_proxies, &ex->peer))
		log_warning(config->log, "limited all that come through one proxy",
			    LOG_STR("text", S("trusted-proxies does not name it")),
			    LOG_STR("id", rq->id));
	return (int)((wait_us + SECOND_US - 1) / SECOND_US);
}

struct sha256 req_sign(struct req *rq, const char *purpose, struct str message)
{
	const struct server_config *config = rq->priv->core->config;

	return hmac_sha256(config->secret,
			   str_fmt(rq->arena, "%s %.*s", purpose, STR_ARG(message)));
}

__attribute__((format(printf, 3, 0))) static struct str prefixed(struct req *rq, struct str prefix,
								 const char *format, va_list ap)
{
	struct buf b = buf_make(rq->arena, TARGET_MAX);

	buf_put(&b, prefix);
	buf_vfmt(&b, format, ap);
	return buf_str(&b);
}

struct str url(struct req *rq, const char *format, ...)
{
	struct str s;
	va_list ap;

	va_start(ap, format);
	s = prefixed(rq, rq->site->base_path, format, ap);
	va_end(ap);
	return s;
}

struct str url_absolute(struct req *rq, const char *format, ...)
{
	struct str s;
	va_list ap;

	va_start(ap, format);
	s = prefixed(rq, rq->site->base_url, format, ap);
	va_end(ap);
	return s;
}
