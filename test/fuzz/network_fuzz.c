/* Any bytes as X-Forwarded-For: who asks is the peer or an address that stands in it, and never a trusted one. */
#include "http/network.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "fuzz.h"

enum { INPUT_MAX = 4096 };

static bool same(struct address a, struct address b)
{
	return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

/* The plain way: from the last that was written down, as long as each is trusted. */
static struct address expected(const struct networks *trusted, struct address peer, struct str s)
{
	enum { ITEMS_MAX = INPUT_MAX + 1 };
	static struct str items[ITEMS_MAX];
	size_t n = 0;

	for (struct str rest = s; rest.data && rest.len && n < ITEMS_MAX;)
		items[n++] = str_trim(str_cut(&rest, ','));
	if (str_ends(s, S(",")) && n < ITEMS_MAX)
		items[n++] = S("");
	while (n-- > 0 && networks_have(trusted, &peer))
		if (address_parse(items[n], &peer) != 0)
			break;
	return peer;
}

static void check_network(struct str s)
{
	struct network n;
	struct address a;

	if (network_parse(s, &n) == 0) {
		assert(n.bits >= 0 && n.bits <= 128 && network_has(&n, &n.base));
		/* No bit is set after those that count. */
		a = n.base;
		for (int bit = n.bits; bit < 128; bit++)
			assert(!(a.bytes[bit / 8] >> (7 - bit % 8) & 1));
	}
	if (address_parse(s, &a) == 0) {
		struct address once = neighbourhood(a);

		assert(same(neighbourhood(once), once));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_make((const char *)data, size);
	struct network trusted[2];
	struct networks list = { trusted, 2 };
	struct address proxy, stranger;

	if (network_parse(S("10.0.0.0/8"), &trusted[0]) ||
	    network_parse(S("2001:db8::/32"), &trusted[1]) ||
	    address_parse(S("10.1.2.3"), &proxy) || address_parse(S("192.0.2.1"), &stranger))
		abort();
	if (size > INPUT_MAX)
		return 0;
	check_network(s);
	assert(same(client_of(&list, stranger, s), stranger));
	assert(same(client_of(&list, proxy, s), expected(&list, proxy, s)));
	return 0;
}
