/* Addresses: see network.h. */
#include "http/network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/num.h"

enum {
	BITS = 128,
	V4_OFFSET = 12, /* bytes before an IPv4 address in its IPv6 form */
	V4_BITS = 32,
	V4_ROOM_BYTES = 15, /* what counts of a /24 */
	V6_ROOM_BYTES = 8,
};

static const uint8_t v4_prefix[V4_OFFSET] = { [10] = 0xFF, [11] = 0xFF };

static bool is_v4(const struct address *a)
{
	return memcmp(a->bytes, v4_prefix, V4_OFFSET) == 0;
}

static struct address from_v4(const struct in_addr *v4)
{
	struct address a;

	memcpy(a.bytes, v4_prefix, V4_OFFSET);
	memcpy(a.bytes + V4_OFFSET, v4, sizeof *v4);
	return a;
}

struct address address_of(const struct sockaddr *from)
{
	struct address a = { { 0 } };
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (from && from->sa_family == AF_INET) {
		memcpy(&v4, from, sizeof v4);
		return from_v4(&v4.sin_addr);
	}
	if (from && from->sa_family == AF_INET6) {
		memcpy(&v6, from, sizeof v6);
		memcpy(a.bytes, &v6.sin6_addr, sizeof a.bytes);
	}
	return a;
}

/* An address alone. */
static int parse_plain(struct str s, struct address *ret)
{
	char text[INET6_ADDRSTRLEN];
	struct in_addr v4;
	struct in6_addr v6;

	if (s.len == 0 || s.len >= sizeof text)
		return 1;
	memcpy(text, s.data, s.len);
	text[s.len] = '\0';
	if (strlen(text) != s.len)
		return 1;
	if (inet_pton(AF_INET, text, &v4) == 1) {
		*ret = from_v4(&v4);
		return 0;
	}
	if (inet_pton(AF_INET6, text, &v6) != 1)
		return 1;
	memcpy(ret->bytes, &v6, sizeof ret->bytes);
	return 0;
}

int address_parse(struct str s, struct address *ret)
{
	struct str rest = s;
	struct str first;

	if (s.len && s.data[0] == '[') {
		rest = str_slice(s, 1, s.len);
		first = str_cut(&rest, ']');
		return rest.data ? parse_plain(first, ret) : 1;
	}
	if (parse_plain(s, ret) == 0)
		return 0;
	first = str_cut(&rest, ':');
	return str_contains(rest, S(":")) ? 1 : parse_plain(first, ret);
}

static bool bit_of(const struct address *a, int i)
{
	return a->bytes[i / 8] >> (7 - i % 8) & 1;
}

int network_parse(struct str s, struct network *ret)
{
	struct str bits = s;
	struct str plain = str_cut(&bits, '/');
	struct network n;
	int64_t count;
	bool is_short;

	if (parse_plain(plain, &n.base) != 0)
		return 1;
	is_short = !str_contains(plain, S(":"));
	count = is_short ? V4_BITS : BITS;
	if (bits.data && num_parse(bits, 0, count, &count) != NUM_OK)
		return 1;
	n.bits = (int)count + (is_short ? BITS - V4_BITS : 0);
	for (int i = n.bits; i < BITS; i++)
		if (bit_of(&n.base, i))
			return 1;
	*ret = n;
	return 0;
}

bool network_has(const struct network *n, const struct address *a)
{
	for (int i = 0; i < n->bits; i++)
		if (bit_of(&n->base, i) != bit_of(a, i))
			return false;
	return true;
}

bool networks_have(const struct networks *list, const struct address *a)
{
	for (size_t i = 0; i < list->n; i++)
		if (network_has(&list->items[i], a))
			return true;
	return false;
}

/* Takes the last of a list. */
static struct str cut_last(struct str *rest)
{
	size_t at = rest->len;
	struct str last;

	while (at > 0 && rest->data[at - 1] != ',')
		at--;
	last = str_trim(str_slice(*rest, at, rest->len));
	*rest = str_slice(*rest, 0, at > 0 ? at - 1 : 0);
	return last;
}

struct address client_of(const struct networks *trusted, struct address peer, struct str forwarded)
{
	struct address client = peer;

	while (forwarded.len && networks_have(trusted, &client))
		if (address_parse(cut_last(&forwarded), &client) != 0)
			break;
	return client;
}

struct address neighbourhood(struct address a)
{
	size_t keep = is_v4(&a) ? V4_ROOM_BYTES : V6_ROOM_BYTES;

	memset(a.bytes + keep, 0, sizeof a.bytes - keep);
	return a;
}
