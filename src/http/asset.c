/* Files compiled into the program. */
#include <stdio.h>
#include <stdlib.h>

#include "http/exchange.h"

enum { ASSET_MAX_AGE = 31536000 }; /* a year, in seconds: the name changes with the content */

struct reply *reply_asset(struct exchange *ex, const struct asset *f)
{
	struct req *rq = &ex->rq;
	struct reply *r = reply_file(rq, f->type, f->bytes);
	struct str known = header_get(&ex->headers, "if-none-match");

	struct str etag = f->etag;

	if (known.len && etag_matches(known, f->etag)) {
		r->status = 304;
		r->type = NULL;
		r->body = (struct str){ "", 0 };
	} else if (f->gzip.len && accepts_gzip(header_get(&ex->headers, "accept-encoding"))) {
		r->body = f->gzip;
		reply_header(r, "Content-Encoding", S("gzip"));
		/* Other bytes under the same strong validator would be wrong. */
		etag = str_fmt(rq->arena, "W/%.*s", STR_ARG(f->etag));
	}
	if (f->gzip.len)
		reply_header(r, "Vary", S("Accept-Encoding"));
	reply_header(r, "ETag", etag);
	reply_cache(r, ASSET_MAX_AGE, true);
	return r;
}

struct str asset_url(struct req *rq, const char *name)
{
	const struct http_core *core = rq->priv->core;
	const struct asset *f = core->config->assets;

	while (f && f->path.len && strcmp(f->name, name) != 0)
		f++;
	if (!f || f->path.len == 0) {
		fprintf(stderr, "jalon: a page asks for the asset %s, which does not exist\n",
			name);
		abort();
	}
	if (core->site.base_path.len == 0)
		return f->path;
	return str_fmt(rq->arena, "%.*s%.*s", STR_ARG(core->site.base_path), STR_ARG(f->path));
}
