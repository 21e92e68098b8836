/*
 * What all requests of a server share: the site's address, the router, the assets, the secret. Made
 * once from the configuration, const afterwards; knows no socket, so that tests run it in-process.
 */
#ifndef JALON_HTTP_CORE_H
#define JALON_HTTP_CORE_H

#include "base/digest.h"
#include "db/news.h"
#include "http/hub.h"
#include "http/limits.h"
#include "http/router.h"
#include "http/server.h"

struct http_core {
	struct http_site site;
	struct str base_host; /* host names that requests may name, without port */
	struct str listen_host;
	const struct server_config *config;
	struct hmac_key key; /* of config->secret */
	struct router *router;
	struct limits *limits; /* NULL: nothing is limited */
	struct hub *hub;       /* its thread is the server's affair */
	struct db_news *news;  /* to other programs on the same database; NULL: there are none */
};

/* Whether an address can be the base_url of a core. `a` is for scratch. */
bool core_takes_base_url(struct arena *a, struct str url);
/* `listening` is what stands in for an empty base_url: "http://127.0.0.1:8080". All lives in `a`, but
 * `config`, which must outlive the core. A fault says which route or setting is wrong. */
MUST_CHECK int core_make(struct arena *a, const struct server_config *config, struct str listening,
			 struct http_core *ret, struct err *err);

/* True when a request may name this host, as "host" or "host:port": the site's own name, the one
 * listened on, localhost, or any address in digits (only names can be rebound to us by others). */
bool core_knows_host(const struct http_core *core, struct str authority);

/* The asset at `path`, one of the configuration's, or NULL. */
const struct asset *core_asset(const struct http_core *core, struct str path);

/* Routes that every server has: /healthz and /readyz. */
extern const struct route health_routes[];

#endif
