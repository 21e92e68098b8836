/* The inside of a reply, and what the dispatcher adds to it. */
#ifndef JALON_HTTP_REPLY_H
#define JALON_HTTP_REPLY_H

#include "base/vec.h"
#include "http/http.h"
#include "http/hub.h"

struct asset;
struct exchange;

struct reply_header {
	const char *name, *value;
};

struct reply {
	struct arena *arena;
	int status;
	const char *type; /* NULL: no body */
	struct str body;
	struct reply_header_list VEC(struct reply_header) headers;
	const char *cache; /* Cache-Control; NULL: no-store */
	bool varies;       /* the address has other forms: language, fragment, compression */
	bool may_compress;
	int retry_s;                  /* Retry-After; 0: none */
	const struct hub_ask *events; /* the body is a stream of these */
};

/* A file compiled into the program, or 304; `f` lives for ever. */
struct reply *reply_asset(struct exchange *ex, const struct asset *f);
/* Adds what every reply carries: security headers, cookies, caching, compression. */
void reply_finish(struct exchange *ex, struct reply *r);
/* The name of a status, RFC 9110. */
const char *status_name(int status);

#endif
