/* What view/ takes from http/, without a server: fixed answers. */
#include "http/server.h"

struct str csrf_token(struct req *rq)
{
	(void)rq;
	return S("t<oken");
}

struct str asset_url(struct req *rq, const char *name)
{
	return str_fmt(rq->arena, "%.*s/assets/%s", STR_ARG(rq->site->base_path), name);
}
