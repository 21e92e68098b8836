/* What every reply carries: security headers, cookies, caching, compression. */
#define ZLIB_CONST
#include <zlib.h>

#include "http/exchange.h"

enum {
	COMPRESS_MIN = 1024, /* bytes; smaller pages fit a packet anyway */
	COMPRESS_MAX = 1024 * 1024,
	COMPRESS_LEVEL = 1,             /* measured in decision 0005 */
	LANGUAGE_COOKIE_AGE = 31536000, /* a year, in seconds */
};

/* The pages hold no inline code and load nothing from elsewhere. */
static const struct reply_header always[] = {
	{ "Content-Security-Policy",
	  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
	  "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
	  "frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=()" },
};

static void add(struct reply *r, const char *name, const char *value)
{
	*vec_push(r->arena, &r->headers) = (struct reply_header){ name, value };
}

static void *zlib_alloc(void *arena, unsigned n, unsigned size)
{
	return arena_alloc(arena, size, _Alignof(max_align_t), n);
}

static void zlib_free(void *arena, void *p)
{
	(void)arena;
	(void)p;
}

/* `body` as gzip in `a`; empty when it would not be smaller. */
static struct str gzip(struct arena *a, struct str body, struct arena scratch)
{
	/* 128 KiB of working memory, half of zlib's usual: it stays within what a reset keeps. */
	enum { GZIP_WINDOW = 14 + 16, MEMORY_LEVEL = 7 };
	struct arena work = scratch;
	z_stream z = { .zalloc = zlib_alloc, .zfree = zlib_free, .opaque = &work };
	char *out = arena_new(a, char, body.len);
	int r = deflateInit2(&z, COMPRESS_LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
			     Z_DEFAULT_STRATEGY);

	if (r != Z_OK)
		return (struct str){ "", 0 };
	z.next_in = (const Bytef *)body.data;
	z.avail_in = (unsigned)body.len;
	z.next_out = (Bytef *)out;
	z.avail_out = (unsigned)body.len;
	r = deflate(&z, Z_FINISH);
	(void)deflateEnd(&z);
	return str_make(out, r == Z_STREAM_END ? z.total_out : 0);
}

static void compress_body(struct exchange *ex, struct reply *r)
{
	struct str small;

	if (!r->may_compress || r->body.len < COMPRESS_MIN || r->body.len > COMPRESS_MAX)
		return;
	if (!accepts_gzip(header_get(&ex->headers, "accept-encoding")))
		return;
	small = gzip(&ex->arena, r->body, ex->scratch);
	if (small.len == 0)
		return;
	r->body = small;
	add(r, "Content-Encoding", "gzip");
}

static void add_cookies(struct exchange *ex, struct reply *r)
{
	if (ex->sets_language)
		reply_cookie(&ex->rq, r, "lang", language_code(ex->rq.language),
			     LANGUAGE_COOKIE_AGE);
	if (ex->sets_csrf_cookie)
		reply_cookie(&ex->rq, r, CSRF_FIELD, ex->csrf_cookie, 0);
}

void reply_finish(struct exchange *ex, struct reply *r)
{
	add_cookies(ex, r);
	compress_body(ex, r);
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		add(r, always[i].name, always[i].value);
	if (ex->core->site.is_https)
		add(r, "Strict-Transport-Security", "max-age=31536000");
	if (r->type)
		add(r, "Content-Type", r->type);
	if (r->varies)
		add(r, "Vary", "Accept-Encoding, Accept-Language, Cookie, HX-Request");
	if (r->retry_s)
		reply_header(r, "Retry-After", str_fmt(r->arena, "%d", r->retry_s));
	add(r, "Cache-Control", r->cache ? r->cache : "no-store");
}
