/* What handlers ask of a request: see http.h. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/timing.h"
#include "base/token.h"
#include "http/exchange.h"
#include "http/path.h"

enum { SECOND_US = 1000 * 1000 };

static void release(void *arena)
{
	arena_release(arena);
}

void req_need(struct req *rq, size_t bytes)
{
	struct arena *more = arena_new(rq->arena, struct arena, 1);

	arena_init(more, bytes);
	arena_defer(rq->arena, release, more);
	rq->arena = more;
}

struct str req_header(struct req *rq, const char *name)
{
	return header_get(&rq->priv->headers, name);
}

/*
 * "__Host-" makes browsers refuse a cookie that another host or an unencrypted page tried to set. It
 * demands Path=/, so a site under a path has "__Secure-" instead, and plain HTTP can have neither.
 */
static struct str cookie_name(const struct req *rq, const char *name, bool is_of_host)
{
	const char *prefix;

	if (!rq->site->is_https)
		return str_from(name);
	prefix = is_of_host && rq->site->base_path.len == 0 ? "__Host-" : "__Secure-";
	return str_fmt(rq->arena, "%s%s", prefix, name);
}

static struct str cookie_named(struct req *rq, struct str name)
{
	struct str value = { "", 0 };

	if (cookie_get(req_header(rq, "cookie"), name, &value) != 0)
		return (struct str){ "", 0 };
	return value;
}

struct str req_cookie(struct req *rq, const char *name)
{
	return cookie_named(rq, cookie_name(rq, name, true));
}

struct str req_cookie_below(struct req *rq, const char *name)
{
	return cookie_named(rq, cookie_name(rq, name, false));
}

static void set_cookie(struct req *rq, struct reply *r, struct str name, struct str value,
		       int64_t max_age, struct str path)
{
	enum { COOKIE_MAX = 4096 };
	struct buf b = buf_make(rq->arena, COOKIE_MAX);

	buf_put(&b, name);
	buf_putc(&b, '=');
	buf_put(&b, value);
	buf_puts(&b, "; Path=");
	buf_put(&b, path);
	buf_puts(&b, "; HttpOnly; SameSite=Lax");
	if (max_age != 0)
		buf_fmt(&b, "; Max-Age=%lld", max_age < 0 ? 0LL : (long long)max_age);
	if (rq->site->is_https)
		buf_puts(&b, "; Secure");
	reply_header(r, "Set-Cookie", buf_str(&b));
}

void reply_cookie(struct req *rq, struct reply *r, const char *name, struct str value,
		  int64_t max_age)
{
	set_cookie(rq, r, cookie_name(rq, name, true), value, max_age, url(rq, "/"));
}

void reply_cookie_below(struct req *rq, struct reply *r, const char *name, struct str value,
			int64_t max_age, struct str path)
{
	set_cookie(rq, r, cookie_name(rq, name, false), value, max_age, path);
}

/* ---- how often ---- */

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

struct str req_network(struct req *rq)
{
	struct address near = neighbourhood(client(rq->priv));

	return str_dup(rq->arena, str_make((const char *)near.bytes, sizeof near.bytes));
}

int limit_take(struct req *rq, const struct limit *limit, struct str key)
{
	struct exchange *ex = rq->priv;
	const struct server_config *config = ex->core->config;
	int64_t wait_us;

	if (!ex->core->limits)
		return 0;
	if (key.len == 0)
		key = req_network(rq);
	wait_us = limits_take(ex->core->limits, limit, key, time_mono_us());
	if (wait_us > 0 && header_count(&ex->headers, "x-forwarded-for") > 0 &&
	    !networks_have(&config->trusted_proxies, &ex->peer))
		log_warning(config->log, "limited all that come through one proxy",
			    LOG_STR("text", S("trusted-proxies does not name it")),
			    LOG_STR("id", rq->id));
	return (int)((wait_us + SECOND_US - 1) / SECOND_US);
}

int limit_wait(struct req *rq, const struct limit *limit, struct str key)
{
	struct exchange *ex = rq->priv;
	int64_t wait_us;

	if (!ex->core->limits)
		return 0;
	wait_us = limits_wait(ex->core->limits, limit, key.len ? key : req_network(rq),
			      time_mono_us());
	return (int)((wait_us + SECOND_US - 1) / SECOND_US);
}

struct sha256 req_sign(struct req *rq, const char *purpose, struct str message)
{
	return hmac_purpose(rq->key, purpose, message);
}

struct token row_token(struct arena *a, const struct hmac_key *key, const char *purpose, int64_t id)
{
	struct sha256 mac = hmac_purpose(key, purpose, id_text(a, id));
	struct token t;

	memcpy(t.bytes, mac.bytes, sizeof t.bytes);
	return t;
}

struct str token_hash(struct arena *a, const struct token *t)
{
	return sha256_bytes(a, str_make((const char *)t->bytes, sizeof t->bytes));
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

struct str url_typed(struct str address)
{
	struct str rest = address;

	(void)str_cut(&rest, ':');
	return str_starts(rest, S("//")) ? str_slice(rest, 2, rest.len) : address;
}

struct str percent_encode(struct arena *a, struct str s)
{
	static const char plain[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	struct buf b = buf_make(a, 3 * s.len + 1);

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.data[i];

		if (c && strchr(plain, c))
			buf_putc(&b, (char)c);
		else
			buf_fmt(&b, "%%%02X", c);
	}
	return buf_str(&b);
}

/* ---- later ---- */

/* A write that no request waits for: it outlives the request's arena. */
struct later {
	struct db_job job;
	int (*work)(struct db *db, void *bytes, struct err *err);
	_Alignas(max_align_t) char bytes[REQ_LATER_MAX];
};

static int later_work(struct db *db, void *arg, struct err *err)
{
	struct later *later = arg;

	return later->work(db, later->bytes, err);
}

static void later_done(void *arg, int result, const struct err *err)
{
	(void)result;
	(void)err;
	free(arg);
}

void req_later(struct req *rq, int (*work)(struct db *db, void *bytes, struct err *err),
	       const void *bytes, size_t n)
{
	struct db_pool *pool = rq->priv->core->config->pool;
	struct later *later = pool && n <= REQ_LATER_MAX ? malloc(sizeof *later) : NULL;

	if (!later)
		return;
	*later = (struct later){ .work = work };
	memcpy(later->bytes, bytes, n);
	later->job = (struct db_job){ .work = later_work, .done = later_done, .arg = later };
	if (db_submit(pool, &later->job) != 0)
		free(later);
}
