#include "http/network.h"

#include <netinet/in.h>
#include <string.h>

#include "../test.h"

static struct address address(const char *text)
{
	struct address a;

	assert_int_equal(address_parse(str_from(text), &a), 0);
	return a;
}

static struct network network(const char *text)
{
	struct network n;

	assert_int_equal(network_parse(str_from(text), &n), 0);
	return n;
}

static bool is_same(struct address a, struct address b)
{
	return memcmp(&a, &b, sizeof a) == 0;
}

static void reads_addresses(void **state)
{
	static const char *const bad[] = { "",     "1.2.3", "1.2.3.4.5", "300.1.1.1", "unknown",
					   "[::1", "::g",   "1.2.3.4 ",  "1:2:3.4",   "_hidden" };
	struct address a;

	(void)state;
	assert_true(is_same(address("192.0.2.7"), address("::ffff:192.0.2.7")));
	assert_true(is_same(address("192.0.2.7:8080"), address("192.0.2.7")));
	assert_true(is_same(address("[2001:db8::7]:8080"), address("2001:db8::7")));
	assert_true(is_same(address("[2001:db8::7]"), address("2001:db8:0::7")));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (address_parse(str_from(bad[i]), &a) != 1)
			fail_msg("%s is an address", bad[i]);
}

static void reads_networks(void **state)
{
	static const char *const bad[] = {
		"",          "10.0.0.0/",    "10.0.0.0/33",    "10.0.0.1/8",
		"/8",        "10.0.0.0/-1",  "2001:db8::1/32", "::/129",
		"localhost", "10.0.0.0/8/8", "10.0.0.0/08"
	};
	struct network n;

	(void)state;
	assert_int_equal(network("10.0.0.0/8").bits, 104);
	assert_int_equal(network("10.1.2.3").bits, 128);
	assert_int_equal(network("2001:db8::/32").bits, 32);
	assert_int_equal(network("::ffff:10.0.0.0/104").bits, 104);
	assert_int_equal(network("0.0.0.0/0").bits, 96);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (network_parse(str_from(bad[i]), &n) != 1)
			fail_msg("%s is a network", bad[i]);
}

static bool has(const char *net, const char *text)
{
	struct network n = network(net);
	struct address a = address(text);

	return network_has(&n, &a);
}

static void knows_what_is_inside(void **state)
{
	(void)state;
	assert_true(has("10.0.0.0/8", "10.255.0.1"));
	assert_false(has("10.0.0.0/8", "11.0.0.1"));
	assert_true(has("10.0.0.128/25", "10.0.0.129"));
	assert_false(has("10.0.0.128/25", "10.0.0.127"));
	assert_true(has("0.0.0.0/0", "192.0.2.1"));
	assert_false(has("0.0.0.0/0", "2001:db8::1"));
	assert_true(has("2001:db8::/33", "2001:db8:7fff::1"));
	assert_false(has("2001:db8::/33", "2001:db8:8000::1"));
	assert_true(has("127.0.0.1", "127.0.0.1"));
	assert_false(has("127.0.0.1", "127.0.0.2"));
}

static void finds_the_client(void **state)
{
	static const struct {
		const char *peer, *forwarded, *client;
	} cases[] = {
		{ "127.0.0.1", "192.0.2.1", "192.0.2.1" },
		{ "127.0.0.1", "", "127.0.0.1" },
		{ "127.0.0.1", "192.0.2.1, 198.51.100.1", "198.51.100.1" },
		{ "127.0.0.1", "192.0.2.1,10.0.0.3", "192.0.2.1" },
		{ "127.0.0.1", "192.0.2.1, unknown, 10.0.0.3", "10.0.0.3" },
		{ "127.0.0.1", "10.0.0.9, 10.0.0.3", "10.0.0.9" },
		{ "127.0.0.1", " [2001:db8::1]:99 ", "2001:db8::1" },
		{ "192.0.2.9", "198.51.100.1", "192.0.2.9" },
		{ "127.0.0.1", ",", "127.0.0.1" },
	};
	const struct network trusted[] = { network("127.0.0.0/8"), network("10.0.0.0/8") };
	const struct networks list = { trusted, 2 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!is_same(client_of(&list, address(cases[i].peer), str_from(cases[i].forwarded)),
			     address(cases[i].client)))
			fail_msg("case %zu", i);
}

static void rounds_to_the_neighbourhood(void **state)
{
	(void)state;
	assert_true(is_same(neighbourhood(address("192.0.2.7")), address("192.0.2.0")));
	assert_true(
		is_same(neighbourhood(address("2001:db8:1:2:3:4:5:6")), address("2001:db8:1:2::")));
}

static void reads_sockets(void **state)
{
	const union {
		struct sockaddr any;
		struct sockaddr_in v4;
	} peer = { .v4 = { .sin_family = AF_INET, .sin_addr = { htonl(0xC0000207) } } };

	(void)state;
	assert_true(is_same(address_of(&peer.any), address("192.0.2.7")));
	assert_true(is_same(address_of(NULL), address("::")));
}

TEST_MAIN(unit_test(reads_addresses), unit_test(reads_networks), unit_test(knows_what_is_inside),
	  unit_test(finds_the_client), unit_test(rounds_to_the_neighbourhood),
	  unit_test(reads_sockets))
