/* What handlers ask of a request: see http.h. */
#include "http/exchange.h"
#include "http/path.h"

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
	const char *prefix;

	if (!rq->site->is_https)
		return str_from(name);
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
	buf_putc(&b, '=');
	buf_put(&b, value);
	buf_puts(&b, "; Path=");
	buf_put(&b, rq->site->base_path);
	buf_puts(&b, "/; HttpOnly; SameSite=Lax");
	if (max_age != 0)
		buf_fmt(&b, "; Max-Age=%lld", max_age < 0 ? 0LL : (long long)max_age);
	if (rq->site->is_https)
		buf_puts(&b, "; Secure");
	reply_header(r, "Set-Cookie", buf_str(&b));
}

struct sha256 req_sign(struct req *rq, const char *purpose, struct str message)
{
	struct buf b = buf_make(rq->arena, strlen(purpose) + 1 + message.len);

	buf_puts(&b, purpose);
	buf_putc(&b, ' ');
	buf_put(&b, message);
	return hmac_sha256(&rq->priv->core->key, buf_str(&b));
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
