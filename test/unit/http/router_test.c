#include "http/router.h"

#include "../test.h"
#include "http/server.h"

static struct reply *none(struct req *rq)
{
	(void)rq;
	return NULL;
}

static const struct args_spec one = {
	8,
	(const struct arg_spec[]){ { .name = "x", .source = ARG_PATH, .type = ARG_INT, .max = 9 },
				   { .name = NULL } },
};
static const struct args_spec two = {
	16,
	(const struct arg_spec[]){
		{ .name = "x", .source = ARG_PATH, .type = ARG_INT, .max = 9 },
		{ .name = "y", .source = ARG_PATH, .type = ARG_INT, .max = 9, .offset = 8 },
		{ .name = NULL } },
};

/* The path, then other members. */
#define GET(...)                                                                         \
	{                                                                                \
		.method = METHOD_GET, .handler = none, .permission = &permission_public, \
		.title = "t", .path = __VA_ARGS__                                        \
	}
#define POST(...)                                                                         \
	{                                                                                 \
		.method = METHOD_POST, .handler = none, .permission = &permission_public, \
		.class = ROUTE_WRITE, .title = "t", .path = __VA_ARGS__                   \
	}
#define LAST                    \
	{                       \
		.handler = NULL \
	}

static const struct route good[] = {
	GET("/"),
	GET("/a"),
	POST("/a"),
	GET("/a/{x}", .args = &one),
	POST("/a/new"),
	GET("/{x}/b", .args = &one),
	GET("/a/{x}/{y}", .args = &two),
	GET("/z/1/2/3/4/5/6/7"),
	LAST,
};

static struct router *make(void **state)
{
	const struct route *const tables[] = { good, NULL };
	struct router *r;

	assert_int_equal(router_make(*state, tables, &r, NULL), 0);
	return r;
}

static void finds_routes(void **state)
{
	static const struct {
		enum method method;
		const char *path;
		int status;
		size_t route; /* in `good` */
	} cases[] = {
		{ METHOD_GET, "/", 0, 0 },
		{ METHOD_GET, "/a", 0, 1 },
		{ METHOD_POST, "/a", 0, 2 },
		{ METHOD_GET, "/a/7", 0, 3 },
		{ METHOD_POST, "/a/new", 0, 4 },
		{ METHOD_GET, "/a/new", 405, 0 },
		{ METHOD_GET, "/c/b", 0, 5 },
		{ METHOD_GET, "/a/b", 0, 3 },
		{ METHOD_GET, "/a/1/2", 0, 6 },
		{ METHOD_GET, "/b", 404, 0 },
		{ METHOD_GET, "/a/", 404, 0 },
		{ METHOD_GET, "/A", 404, 0 },
		{ METHOD_POST, "/", 405, 0 },
		{ METHOD_N, "/a", 405, 0 },
		{ METHOD_N, "/b", 404, 0 },
		{ METHOD_GET, "/z/1/2/3/4/5/6/7", 0, 7 },
		{ METHOD_GET, "/z/1/2/3/4/5/6/7/8", 404, 0 },
		{ METHOD_GET, "/a/1/2/3", 404, 0 },
	};
	struct router *r = make(state);
	struct route_match m;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(router_find(r, cases[i].method, str_from(cases[i].path), &m),
				 cases[i].status);
		if (cases[i].status == 0)
			assert_ptr_equal(m.route, &good[cases[i].route]);
	}
}

static void gives_values_and_allow(void **state)
{
	struct router *r = make(state);
	struct route_match m;

	assert_int_equal(router_find(r, METHOD_GET, S("/a/one/two"), &m), 0);
	assert_int_equal(m.n, 2);
	assert_str(m.names[1], "y");
	assert_str(m.values[0], "one");
	assert_str(m.values[1], "two");
	assert_int_equal(router_find(r, METHOD_N, S("/a"), &m), 405);
	assert_str(router_allow(*state, &m), "GET, HEAD, POST");
	assert_int_equal(router_find(r, METHOD_GET, S("/a/new"), &m), 405);
	assert_str(router_allow(*state, &m), "POST");
}

static void stops_at_mistakes(void **state)
{
	static const struct arg_spec form[] = {
		{ .name = "f", .source = ARG_FORM, .type = ARG_TEXT, .max = 5 }, { .name = NULL }
	};
	static const struct arg_spec endless[] = {
		{ .name = "q", .source = ARG_QUERY, .type = ARG_TEXT }, { .name = NULL }
	};
	static const struct arg_spec empty[] = {
		{ .name = "q", .source = ARG_QUERY, .type = ARG_INT, .min = 2, .max = 1 },
		{ .name = NULL }
	};
	static const struct args_spec form_args = { 16, form }, endless_args = { 16, endless },
				      empty_args = { 8, empty };
	static const struct {
		struct route routes[3];
		const char *what;
	} cases[] = {
		{ { { METHOD_GET, "/a", none, .title = "t" }, LAST }, "no permission" },
		{ { { METHOD_GET, "/a", none, &permission_public, .title = NULL }, LAST },
		  "no title" },
		{ { { METHOD_GET, NULL, none, &permission_public, .title = "t" }, LAST },
		  "no path" },
		{ { GET("/a"), GET("/a"), LAST }, "overlap" },
		{ { GET("/{x}", .args = &one), GET("/{y}", .args = &one), LAST },
		  "{name} without" },
		{ { GET("/a/{x}/{y}", .args = &two), GET("/a/{y}/{x}", .args = &two), LAST },
		  "overlap" },
		{ { GET("/a/{x}/{y}", .args = &two), POST("/a/{y}/{x}", .args = &two), LAST },
		  "otherwise" },
		{ { GET("/{x}"), LAST }, "{name} without" },
		{ { GET("/a", .args = &one), LAST }, "without its {name}" },
		{ { GET("a"), LAST }, "begin with /" },
		{ { GET("/a//b"), LAST }, "empty segment" },
		{ { GET("/a/"), LAST }, "empty segment" },
		{ { GET("/1/2/3/4/5/6/7/8/9"), LAST }, "segments" },
		{ { GET("/a", .class = ROUTE_WRITE), LAST }, "neither writes" },
		{ { GET("/a", .body = BODY_FORM), LAST }, "neither writes" },
		{ { POST("/a", .args = &form_args), LAST }, "without a form" },
		{ { GET("/a", .args = &endless_args), LAST }, "without a maximum" },
		{ { GET("/a", .args = &empty_args), LAST }, "empty range" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct route *const tables[] = { cases[i].routes, NULL };
		struct router *r;
		struct err err;

		assert_int_equal(router_make(*state, tables, &r, &err), FAULT_INTERNAL);
		if (!strstr(err.text, cases[i].what))
			fail_msg("\"%s\" does not say \"%s\"", err.text, cases[i].what);
	}
}

static void prints_the_table(void **state)
{
	static const struct route table[] = {
		GET("/a/{x}", .args = &one),
		POST("/form", .body = BODY_FORM, .show_errors = true),
		POST("/api", .body = BODY_JSON, .body_limit = 10, .is_api = true),
		LAST,
	};
	const struct route *const tables[] = { table, NULL };

	assert_str(
		routes_print(*state, tables),
		"GET   /a/{x}                                    public        read    -         0  t\n"
		"POST  /form                                     public        write   form  65536  t (shows errors)\n"
		"POST  /api                                      public        write   json     10  t (api)\n");
}

TEST_MAIN(unit_test(finds_routes), unit_test(gives_values_and_allow), unit_test(stops_at_mistakes),
	  unit_test(prints_the_table))
