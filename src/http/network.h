/* Addresses of the network: who asks, as far as limits need to know. Never logged. */
#ifndef JALON_HTTP_NETWORK_H
#define JALON_HTTP_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct sockaddr;

enum { NETWORKS_MAX = 64 };

/* An IPv6 address, or an IPv4 one as ::ffff:a.b.c.d. */
struct address {
	uint8_t bytes[16];
};

/* Addresses whose first `bits` are those of `base`. */
struct network {
	struct address base;
	int bits; /* of 128 */
};

/* All zero when it is neither IPv4 nor IPv6. */
struct address address_of(const struct sockaddr *from);
/* "192.0.2.7" or "2001:db8::7"; also with a port, as proxies write it: "192.0.2.7:1234", "[2001:db8::7]".
 * 0, or 1 when it is no address. */
MUST_CHECK int address_parse(struct str s, struct address *ret);
/* "10.0.0.0/8", "2001:db8::/32", or one address. 0, or 1 when it is none, or has bits set after those
 * that count. */
MUST_CHECK int network_parse(struct str s, struct network *ret);
/* Whether `a` is in it. */
bool network_has(const struct network *n, const struct address *a);

struct networks {
	const struct network *items;
	size_t n;
};
/* Is `a` in one of them? */
bool networks_have(const struct networks *list, const struct address *a);

/*
 * Who asks: `peer`, or when it is one of the `trusted`, the last address of `forwarded` (the values of
 * X-Forwarded-For, joined by commas) that is not; what stands before it may be anybody's invention. What is no address ends
 * the search.
 */
struct address client_of(const struct networks *trusted, struct address peer, struct str forwarded);

/* The /24 or /64 that `a` is in: one household or meeting room. */
struct address neighbourhood(struct address a);

#endif
