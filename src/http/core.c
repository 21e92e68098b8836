/* What requests share: see core.h. */
#include "http/core.h"

#include <arpa/inet.h>

#include "base/buf.h"
#include "http/path.h"

/* The host of "host:port" or "[v6]:port", brackets kept; empty when malformed. */
static struct str host_of(struct str authority)
{
	size_t n = 0;
	struct str port;

	if (authority.len && authority.data[0] == '[') {
		while (n < authority.len && authority.data[n] != ']')
			n++;
		n++;
	} else {
		while (n < authority.len && authority.data[n] != ':')
			n++;
	}
	if (n > authority.len)
		return (struct str){ "", 0 };
	port = str_slice(authority, n, authority.len);
	if (port.len && port.data[0] != ':')
		return (struct str){ "", 0 };
	for (size_t i = 1; i < port.len; i++)
		if (port.data[i] < '0' || port.data[i] > '9')
			return (struct str){ "", 0 };
	return str_slice(authority, 0, n);
}

static bool is_address(struct str host)
{
	char text[INET6_ADDRSTRLEN + 1];
	struct in6_addr v6;
	struct in_addr v4;
	bool is_v6 = host.len > 2 && host.data[0] == '[';
	struct str s = is_v6 ? str_slice(host, 1, host.len - 1) : host;

	if (s.len == 0 || s.len >= sizeof text)
		return false;
	for (size_t i = 0; i < s.len; i++)
		text[i] = s.data[i];
	text[s.len] = '\0';
	return is_v6 ? inet_pton(AF_INET6, text, &v6) == 1 : inet_pton(AF_INET, text, &v4) == 1;
}

bool core_knows_host(const struct http_core *core, struct str authority)
{
	struct str host = host_of(authority);

	if (host.len == 0)
		return false;
	return str_eq_nocase(host, core->base_host) || str_eq_nocase(host, core->listen_host) ||
	       str_eq_nocase(host, S("localhost")) || is_address(host);
}

static int bad_base_url(struct str url, struct err *err)
{
	return err_set(
		err, FAULT_INPUT,
		"base URL \"%.*s\": expected http://host or https://host, with a path or not, "
		"without a final slash",
		STR_ARG(url));
}

/* An address of this machine alone; or of all its networks, which is nowhere one can go. */
static bool is_local(struct str host)
{
	return str_is(host, "localhost") || str_is(host, "[::1]") || str_is(host, "[::]") ||
	       str_is(host, "0.0.0.0") || str_starts(host, S("127."));
}

/* "https://host:port/path" into its parts. */
static int parse_base_url(struct arena *a, struct str url, struct http_core *core, struct err *err)
{
	struct str plain = S("http://"), secure = S("https://"), path;
	struct target t;

	core->site.is_https = str_starts(url, secure);
	if (!core->site.is_https && !str_starts(url, plain))
		return bad_base_url(url, err);
	if (target_split(url, &t) != 0 || str_contains(url, S("?")))
		return bad_base_url(url, err);
	core->site.base_path = str_is(t.path, "/") ? (struct str){ "", 0 } : t.path;
	core->site.base_url = url;
	core->site.origin = str_slice(url, 0, url.len - core->site.base_path.len);
	core->base_host = host_of(t.authority);
	core->site.is_local = is_local(core->base_host);
	if (core->base_host.len == 0 || str_ends(url, S("/")))
		return bad_base_url(url, err);
	/* Paths are compared once decoded: one that has an escape would never be found. */
	if (core->site.base_path.len && (path_decode(a, core->site.base_path, &path) != 0 ||
					 !str_eq(path, core->site.base_path)))
		return bad_base_url(url, err);
	return 0;
}

bool core_takes_base_url(struct arena *a, struct str url)
{
	struct http_core core = { .config = NULL };

	return parse_base_url(a, url, &core, NULL) == 0;
}

/* Some twenty files: a table to search is enough. */
const struct asset *core_asset(const struct http_core *core, struct str path)
{
	for (const struct asset *f = core->config->assets; f && f->path.len; f++)
		if (str_eq(f->path, path))
			return f;
	return NULL;
}

/* The program's tables and ours, as one list. */
static const struct route *const *join_tables(struct arena *a, const struct route *const *tables)
{
	const struct route **all;
	size_t n = 0;

	while (tables && tables[n])
		n++;
	all = arena_new(a, const struct route *, n + 2);
	for (size_t i = 0; i < n; i++)
		all[i] = tables[i];
	all[n] = health_routes;
	return all;
}

int core_make(struct arena *a, const struct server_config *config, struct str listening,
	      struct http_core *ret, struct err *err)
{
	struct http_core core = { .config = config, .key = hmac_key(config->secret) };
	struct str listen = config->listen;
	int r;

	r = parse_base_url(a, config->base_url.len ? config->base_url : listening, &core, err);
	if (r == 0)
		r = router_make(a, join_tables(a, config->routes), &core.router, err);
	if (r != 0)
		return r;
	core.listen_host = host_of(listen);
	core.site.is_demo = config->is_demo;
	core.site.has_mail = config->has_mail;
	core.hub = hub_make(a, &config->hub);
	if (!config->is_unlimited)
		core.limits = limits_make(a);
	*ret = core;
	return 0;
}
