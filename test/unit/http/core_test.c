#include "http/core.h"

#include "../test.h"

static int make(struct arena *a, const char *base_url, struct http_core *ret, struct err *err)
{
	struct server_config *config = arena_new(a, struct server_config, 1);

	config->listen = S("[::1]:8080");
	config->base_url = str_from(base_url);
	return core_make(a, config, S("http://[::1]:8080"), ret, err);
}

static void reads_base_urls(void **state)
{
	struct http_core core;
	struct err err;

	assert_int_equal(make(*state, "https://jalon.example.org:8443/data/x", &core, &err), 0);
	assert_true(core.site.is_https);
	assert_str(core.site.origin, "https://jalon.example.org:8443");
	assert_str(core.site.base_path, "/data/x");
	assert_str(core.site.base_url, "https://jalon.example.org:8443/data/x");
	assert_int_equal(make(*state, "http://h", &core, &err), 0);
	assert_false(core.site.is_https);
	assert_str(core.site.origin, "http://h");
	assert_int_equal(core.site.base_path.len, 0);
	assert_int_equal(make(*state, "", &core, &err), 0);
	assert_str(core.site.origin, "http://[::1]:8080");
}

static void knows_what_phones_cannot_open(void **state)
{
	static const struct {
		const char *base_url;
		bool is_local;
	} cases[] = {
		{ "http://127.0.0.1:8080", true }, { "http://localhost", true },
		{ "http://[::1]:8080", true },     { "http://0.0.0.0:8080", true },
		{ "http://[::]:8080", true },      { "http://192.0.2.7:8080", false },
		{ "https://128.0.0.1", false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_core core;
		struct err err;

		assert_int_equal(make(*state, cases[i].base_url, &core, &err), 0);
		assert_int_equal(core.site.is_local, cases[i].is_local);
	}
}

static void refuses_bad_base_urls(void **state)
{
	static const char *const bad[] = {
		"jalon.example.org", "ftp://h",      "https://",        "https://h/",
		"https://h/a/",      "https://h?x",  "https:///a",      "https://h/a/../b",
		"https://h:x",       "https://[::1", "https://h/a%20b",
	};
	struct http_core core;
	struct err err;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(make(*state, bad[i], &core, &err), FAULT_INPUT);
}

static void knows_its_hosts(void **state)
{
	static const char *const ours[] = {
		"jalon.example.org", "JALON.example.org:443",
		"localhost",         "localhost:8080",
		"127.0.0.1",         "[::1]:8080",
		"10.1.2.3:80",       "[fe80::1]",
	};
	static const char *const foreign[] = {
		"",
		"evil.example",
		"jalon.example.org.evil.example",
		"xjalon.example.org",
		"localhost.",
		"127.0.0.1.evil",
		"[::1",
		"[::1]x",
		"localhost:8a",
		"::1",
		"[zz]",
		"localhost:80:90",
	};
	struct http_core core;
	struct err err;

	assert_int_equal(make(*state, "https://jalon.example.org", &core, &err), 0);
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		assert_true(core_knows_host(&core, str_from(ours[i])));
	for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
		assert_false(core_knows_host(&core, str_from(foreign[i])));
}

static void stops_at_a_route_of_ours(void **state)
{
	static const struct route table[] = {
		{ METHOD_GET, "/healthz", (struct reply * (*)(struct req *))1, &permission_public,
		  .title = "t" },
		{ .handler = NULL },
	};
	const struct route *const tables[] = { table, NULL };
	struct server_config config = { .listen = STR("127.0.0.1:0"), .routes = tables };
	struct http_core core;
	struct err err;

	assert_int_equal(core_make(*state, &config, S("http://h"), &core, &err), FAULT_INTERNAL);
}

TEST_MAIN(unit_test(reads_base_urls), unit_test(knows_what_phones_cannot_open),
	  unit_test(refuses_bad_base_urls), unit_test(knows_its_hosts),
	  unit_test(stops_at_a_route_of_ours))
