/* The dispatcher on the sample site: methods, headers, arguments, same-origin, language, limits. */
#include "harness/request.h"

#include <unistd.h>

#include "../unit/test.h"
#include "base/buf.h"
#include "base/log.h"
#include "http/sample.h"

static const struct logger quiet = { .fd = STDERR_FILENO, .least = LOG_ERROR + 1 };

static struct site *make(void **state, const char *base_url)
{
	struct server_config *config = arena_new(*state, struct server_config, 1);

	*config = (struct server_config){
		.base_url = str_from(base_url),
		.log = &quiet,
		.routes = sample_routes,
		.assets = sample_assets,
		.secret = { 1, 2, 3 },
	};
	return site_make(*state, config);
}

static struct response get_with(struct site *site, const char *target, const char *headers)
{
	return site_request(site, "GET", target, headers, (struct str){ "", 0 });
}

static int post_status(struct site *site, const char *headers, const char *form)
{
	return site_request(site, "POST", "/form", headers, str_from(form)).status;
}

static void serves_methods(void **state)
{
	static const struct {
		const char *method, *target;
		int status;
		const char *allow;
	} cases[] = {
		{ "GET", "/", 200, "" },
		{ "HEAD", "/", 200, "" },
		{ "POST", "/", 405, "GET, HEAD" },
		{ "DELETE", "/form", 405, "GET, HEAD, POST" },
		{ "GET", "/strict", 405, "POST" },
		{ "HEAD", "/strict", 405, "POST" },
		{ "PUT", "/nowhere", 404, "" },
		{ "GET", "/form/", 404, "" },
		{ "GET", "/%66orm", 200, "" },
		{ "POST", "/assets/a-123.css", 405, "GET, HEAD" },
		{ "GET", "/healthz", 200, "" },
		{ "GET", "/readyz", 200, "" },
		{ "GET", "/gone", 410, "" },
		{ "GET", "/broken", 500, "" },
	};
	struct site *site = make(state, "");

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct response got = site_request(site, cases[i].method, cases[i].target, NULL,
						   (struct str){ "", 0 });

		assert_int_equal(got.status, cases[i].status);
		assert_str(answer_header(&got, "Allow"), cases[i].allow);
	}
}

static void secures_every_reply(void **state)
{
	static const char *const targets[] = { "/",        "/form",    "/nowhere",
					       "/%zz",     "*",        "/assets/a-123.css",
					       "/healthz", "/gone",    "/broken",
					       "/big",     "/api/echo" };
	struct site *site = make(state, "https://jalon.example.org/data");
	struct response plain = site_get(make(state, ""), "/");

	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		const char *target = str_c(*state, str_fmt(*state, "/data%s", targets[i]));
		struct response got = site_get(site, target);

		assert_str(
			answer_header(&got, "Content-Security-Policy"),
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
			"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
			"object-src 'none'; frame-ancestors 'none'");
		assert_str(answer_header(&got, "X-Content-Type-Options"), "nosniff");
		assert_str(answer_header(&got, "Referrer-Policy"), "no-referrer");
		assert_str(answer_header(&got, "Cross-Origin-Opener-Policy"), "same-origin");
		assert_str(answer_header(&got, "Cross-Origin-Resource-Policy"), "same-origin");
		assert_str(answer_header(&got, "Strict-Transport-Security"), "max-age=31536000");
		assert_true(answer_header(&got, "Cache-Control").len > 0);
	}
	assert_str(answer_header(&plain, "Strict-Transport-Security"), "");
	assert_str(answer_header(&plain, "Cache-Control"), "no-store");
}

/* What a browser sends, and whether a form without a token may pass. [48] */
static void checks_the_origin(void **state)
{
	static const struct {
		const char *headers;
		int status;
	} cases[] = {
		{ "Sec-Fetch-Site: same-origin", 200 },
		{ "Sec-Fetch-Site: none", 200 },
		{ "Sec-Fetch-Site: same-site", 403 },
		{ "Sec-Fetch-Site: cross-site", 403 },
		{ "Sec-Fetch-Site: Same-Origin", 403 },
		{ "Sec-Fetch-Site: cross-site\nOrigin: http://test.local", 403 },
		{ "Sec-Fetch-Site: same-origin\nOrigin: http://evil.example", 200 },
		{ "Origin: http://test.local", 200 },
		{ "Origin: https://test.local", 403 },
		{ "Origin: http://test.local:81", 403 },
		{ "Origin: http://evil.example", 403 },
		{ "Origin: null", 403 },
		/* A laptop in a meeting room, asked by its address. */
		{ "Host: 192.0.2.7:8080\nOrigin: http://192.0.2.7:8080", 200 },
		{ "Host: 192.0.2.7:8080\nOrigin: http://192.0.2.8:8080", 403 },
		{ "Host: 192.0.2.7:8080\nOrigin: http://192.0.2.7", 403 },
		{ "Host: 192.0.2.7:8080\nOrigin: https://192.0.2.7:8080", 403 },
		{ "Host: evil.example\nOrigin: http://evil.example", 421 },
		{ "", 403 },
		{ "Sec-Fetch-Site: same-origin\nSec-Fetch-Site: none", 400 },
		{ "Origin: http://test.local\nOrigin: http://test.local", 400 },
	};
	struct site *site = make(state, "");

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(post_status(site, cases[i].headers, "name=abc"), cases[i].status);
}

static void takes_the_token_where_the_browser_is_silent(void **state)
{
	struct site *site = make(state, "");
	struct response form = site_get(site, "/form"), again;
	struct str cookie = answer_header(&form, "Set-Cookie"), pair = str_cut(&cookie, ';');
	const char *with_cookie =
		str_c(*state, str_fmt(*state, "Origin: null\nCookie: %.*s", STR_ARG(pair)));
	const char *good = str_c(*state, str_fmt(*state, "name=abc&csrf=%.*s", STR_ARG(form.body)));
	const char *cut = str_c(*state, str_fmt(*state, "name=abc&csrf=%.*s",
						(int)form.body.len - 1, form.body.data));

	assert_str(cookie, " Path=/; HttpOnly; SameSite=Lax");
	assert_int_equal(post_status(site, with_cookie, good), 200);
	assert_int_equal(post_status(site, strchr(with_cookie, '\n') + 1, good), 200);
	assert_int_equal(post_status(site, with_cookie, cut), 403);
	assert_int_equal(post_status(site, with_cookie, "name=abc&csrf="), 403);
	assert_int_equal(post_status(site, "Origin: null", good), 403);
	assert_int_equal(post_status(site, "Cookie: csrf=AAAAAAAAAAAAAAAAAAAAAA", good), 403);
	assert_int_equal(
		post_status(
			site,
			str_c(*state, str_fmt(*state, "Origin: http://evil.example\nCookie: %.*s",
					      STR_ARG(pair))),
			good),
		403);
	/* The same browser keeps its cookie and its token. */
	again = get_with(site, "/form", with_cookie);
	assert_true(str_eq(again.body, form.body));
	assert_str(answer_header(&again, "Set-Cookie"), "");
	/* Another installation's token is another. */
	assert_false(str_eq(site_get(make(state, ""), "/form").body, form.body));
}

static void prefixes_cookies(void **state)
{
	struct response https = site_get(make(state, "https://h"), "/form?lang=en");
	struct response path = site_get(make(state, "https://h/data"), "/data/form?lang=en");
	struct response http = site_get(make(state, "http://h/data"), "/data/form?lang=en");

	assert_str(answer_header(&https, "Set-Cookie"),
		   "__Host-lang=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000; Secure");
	assert_str(
		answer_header(&path, "Set-Cookie"),
		"__Secure-lang=en; Path=/data/; HttpOnly; SameSite=Lax; Max-Age=31536000; Secure");
	assert_str(answer_header(&http, "Set-Cookie"),
		   "lang=en; Path=/data/; HttpOnly; SameSite=Lax; Max-Age=31536000");
}

static void chooses_the_language(void **state)
{
	static const struct {
		const char *target, *headers, *body;
	} cases[] = {
		{ "/", "", "<p>whole fr 0</p>" },
		{ "/", "Accept-Language: en-GB, fr;q=0.5", "<p>whole en 0</p>" },
		{ "/", "Cookie: lang=fr\nAccept-Language: en", "<p>whole fr 0</p>" },
		{ "/", "Cookie: lang=xx\nAccept-Language: en", "<p>whole en 0</p>" },
		{ "/?lang=en", "Cookie: lang=fr", "<p>whole en 0</p>" },
		{ "/?lang=xx", "Accept-Language: en", "<p>whole en 0</p>" },
		{ "/?count=3", "HX-Request: true", "<p>part fr 3</p>" },
	};
	struct site *site = make(state, "");

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_str(get_with(site, cases[i].target, cases[i].headers).body, cases[i].body);
}

static void checks_form_fields(void **state)
{
	static const struct {
		const char *form;
		int status;
		const char *body;
	} cases[] = {
		{ "name=abc", 200, "abc|0|0" },
		{ "name=abc&count=9&flag=", 200, "abc|9|1" },
		{ "name=abc&count=", 200, "abc|0|0" },
		{ "name=a%0D%0Ab%0Dc", 200, "a b c|0|0" },
		{ "name=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9", 200,
		  "éééééééééé|0|0" },
		{ "", 422, "name 0 \"\"" },
		{ "name=", 422, "name 0 \"\"" },
		{ "name=a", 422, "name 2 \"a\"" },
		{ "name=abcdefghijk", 422, "name 3 \"abcdefghijk\"" },
		{ "name=ab%07c", 422, "name 4 \"ab\ac\"" },
		{ "name=abc&count=10", 422, "count 2 \"10\"" },
		{ "name=abc&count=1e9", 422, "count 1 \"1e9\"" },
		{ "name=abc&count=%EF%BC%91", 422, "count 1 \"１\"" },
		{ "name=abc&count=+1", 422, "count 1 \" 1\"" },
	};
	struct site *site = make(state, "");

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct response got = site_post(site, "/form", cases[i].form);

		assert_int_equal(got.status, cases[i].status);
		assert_str(got.body, cases[i].body);
	}
}

static void refuses_doubtful_forms(void **state)
{
	static const char *const forms[] = {
		"name=abc&name=abc",
		"name=abc&role=admin",
		"name=abc&csrf=1&csrf=2",
		"name=%00abc",
		"name=%C3",
		"name=abc&",
		"=abc",
		"name=%zz",
	};
	struct site *site = make(state, "");

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		assert_int_equal(site_post(site, "/form", forms[i]).status, 400);
	/* Without show_errors a wrong field is refused too. */
	assert_int_equal(site_post(site, "/strict", "name=a").status, 400);
	assert_int_equal(site_post(site, "/strict", "name=abc").status, 200);
}

static void refuses_doubtful_addresses(void **state)
{
	static const struct {
		const char *target;
		int status;
	} cases[] = {
		{ "/?count=5", 200 },
		{ "/?count=6", 400 },
		{ "/?count=x", 400 },
		{ "/?count=1&count=1", 400 },
		{ "/?other=1", 200 }, /* what other sites add to a link */
		{ "/form?x", 200 },
		{ "/?", 200 },
		{ "/?lang=en&lang=fr", 400 },
		{ "/?count=%zz", 400 },
		{ "/?%00", 400 },
		{ "/t/x", 404 },
		{ "/t/AAAAAAAAAAAAAAAAAAAAAA", 200 },
		{ "/t/AAAAAAAAAAAAAAAAAAAAAB", 404 },
		{ "/t/", 404 },
		{ "/..%2fform", 404 },
		{ "//form", 404 },
		{ "/form%00", 400 },
	};
	struct site *site = make(state, "");
	struct buf many = buf_make(*state, 10000);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(site_get(site, cases[i].target).status, cases[i].status);
	buf_puts(&many, "/?a0=1");
	for (int i = 1; i < 101; i++)
		buf_fmt(&many, "&a%d=1", i);
	assert_int_equal(site_get(site, many.data).status, 413);
}

static void gathers_other_fields(void **state)
{
	struct site *site = make(state, "");

	assert_str(site_post(site, "/rest", "q1=a&name=n&q2=b%0D%0A&csrf=x").body, "q1=a;q2=b\n;");
	assert_int_equal(site_post(site, "/rest", "q1=abcdef").status, 400);
	assert_int_equal(site_post(site, "/rest", "q1=a&q1=a").status, 400);
}

static void checks_types_and_sizes(void **state)
{
	static const struct {
		const char *target, *type;
		size_t size;
		int status;
	} cases[] = {
		{ "/form", "text/plain", 8, 415 },
		{ "/form", "application/json", 8, 415 },
		{ "/form", "application/x-www-form-urlencoded; charset=utf-7", 8, 415 },
		{ "/form", "application/x-www-form-urlencoded; charset=UTF-8", 8, 200 },
		{ "/form", "multipart/form-data", 8, 400 },
		{ "/form",
		  "multipart/form-data; boundary="
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		  8, 400 },
		{ "/form", "", 8, 415 },
		{ "/api/echo", "application/x-www-form-urlencoded", 8, 415 },
		{ "/api/echo", "application/json; charset=utf-8", 8, 200 },
		{ "/strict", "application/x-www-form-urlencoded", 101, 413 },
		{ "/form", "application/x-www-form-urlencoded", BODY_LIMIT_DEFAULT + 1, 413 },
		{ "/", "application/x-www-form-urlencoded", 8, 405 },
	};
	struct site *site = make(state, "");
	char *body = arena_new(*state, char, BODY_LIMIT_DEFAULT + 1);

	for (size_t i = 0; i <= BODY_LIMIT_DEFAULT; i++)
		body[i] = i < 5 ? "name="[i] : 'x';
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str headers = str_fmt(
			*state, "Sec-Fetch-Site: same-origin\nContent-Type: %s", cases[i].type);
		struct response got =
			site_request(site, "POST", cases[i].target, str_c(*state, headers),
				     str_make(body, cases[i].size));

		assert_int_equal(got.status, cases[i].status);
	}
}

static void reads_multipart(void **state)
{
	struct site *site = make(state, "");
	struct str body =
		S("--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nabc\r\n--b--\r\n");
	struct response got = site_request(site, "POST", "/form",
					   "Sec-Fetch-Site: none\n"
					   "Content-Type: multipart/form-data; boundary=b",
					   body);

	assert_int_equal(got.status, 200);
	assert_str(got.body, "abc|0|0");
}

static void answers_the_api(void **state)
{
	struct site *site = make(state, "");
	const char *json = "Content-Type: application/json";
	struct response got = site_request(site, "POST", "/api/echo", json, S("{\"é\":1}"));

	assert_int_equal(got.status, 200);
	assert_str(got.body, "{\"é\":1}");
	assert_str(answer_header(&got, "Content-Type"), "application/json; charset=utf-8");
	assert_int_equal(site_request(site, "POST", "/api/echo", json, S("\"\xff\"")).status, 400);
	got = site_request(site, "POST", "/api/echo", json, (struct str){ "", 0 });
	assert_str(got.body, "{\"type\":\"about:blank\",\"status\":422,\"title\":\"Nothing sent\","
			     "\"detail\":\"the body is \\\"empty\\\"\",\"line\":1}\n");
	got = site_request(site, "POST", "/api/echo", "Content-Type: text/plain", S("x"));
	assert_int_equal(got.status, 415);
	assert_str(
		got.body,
		"{\"type\":\"about:blank\",\"status\":415,\"title\":\"Unsupported Media Type\"}\n");
}

static void serves_assets(void **state)
{
	struct site *site = make(state, "");
	struct response plain = site_get(site, "/assets/a-123.css");
	struct response gzip = get_with(site, "/assets/a-123.css", "Accept-Encoding: gzip");
	struct response known = get_with(site, "/assets/a-123.css", "If-None-Match: W/\"123\"");

	assert_str(plain.body, "p { color: red }");
	assert_str(answer_header(&plain, "ETag"), "\"123\"");
	assert_str(answer_header(&plain, "Cache-Control"), "public, max-age=31536000, immutable");
	assert_str(answer_header(&plain, "Vary"), "Accept-Encoding");
	assert_str(gzip.body, "GZIP");
	assert_str(answer_header(&gzip, "Content-Encoding"), "gzip");
	assert_str(answer_header(&gzip, "ETag"), "W/\"123\"");
	assert_int_equal(known.status, 304);
	assert_int_equal(known.body.len, 0);
	assert_int_equal(site_get(site, "/assets/b.css").status, 404);
	assert_int_equal(site_get(site, "/assets/../form").status, 404);
}

static void compresses_pages_only(void **state)
{
	struct site *site = make(state, "");
	struct response plain = site_get(site, "/text");
	struct response gzip = get_with(site, "/text", "Accept-Encoding: gzip, br");
	struct response small = get_with(site, "/", "Accept-Encoding: gzip");
	struct response file = get_with(site, "/big", "Accept-Encoding: gzip");

	assert_in_range(plain.body.len, SAMPLE_TEXT - 100, SAMPLE_TEXT);
	assert_str(answer_header(&gzip, "Content-Encoding"), "gzip");
	assert_in_range(gzip.body.len, 50, 5000);
	assert_memory_equal(gzip.body.data, "\x1f\x8b", 2);
	assert_str(answer_header(&plain, "Vary"),
		   "Accept-Encoding, Accept-Language, Cookie, HX-Request");
	assert_str(answer_header(&small, "Content-Encoding"), "");
	assert_str(answer_header(&file, "Content-Encoding"), "");
	assert_int_equal(file.body.len, SAMPLE_BIG);
}

static void redirects_within_the_site(void **state)
{
	struct response got = site_post(make(state, "https://h/data"), "/data/move", "");

	assert_int_equal(got.status, 303);
	assert_str(answer_header(&got, "Location"), "/data/form");
	assert_int_equal(site_get(make(state, ""), "/move-away").status, 500);
}

static void lives_under_a_path(void **state)
{
	struct site *site = make(state, "https://h/data");

	assert_int_equal(site_get(site, "/data").status, 200);
	assert_int_equal(site_get(site, "/data/").status, 200);
	assert_int_equal(site_get(site, "/data/form").status, 200);
	assert_int_equal(site_get(site, "/form").status, 404);
	assert_int_equal(site_get(site, "/").status, 404);
	assert_int_equal(site_get(site, "/database").status, 404);
	assert_int_equal(site_get(site, "/data/assets/a-123.css").status, 200);
}

static void checks_the_host(void **state)
{
	struct site *site = make(state, "https://jalon.example.org");

	assert_int_equal(get_with(site, "/", "Host: jalon.example.org").status, 200);
	assert_int_equal(get_with(site, "/", "Host: evil.example").status, 421);
	assert_int_equal(get_with(site, "/", "Host: a@jalon.example.org").status, 400);
	assert_int_equal(site_get(site, "http://evil.example/").status, 421);
	/* The page that says so has its looks. */
	assert_int_equal(get_with(site, "/assets/a-123.css", "Host: evil.example").status, 200);
	assert_int_equal(get_with(site, "/assets/a-123.css", "Host: a@jalon.example.org").status,
			 400);
	assert_int_equal(site_get(site, "http://jalon.example.org/form").status, 200);
}

static void tells_only_the_incident(void **state)
{
	struct response got = site_get(make(state, ""), "/broken");

	assert_int_equal(got.id.len, 13);
	assert_true(str_contains(got.body, got.id));
	assert_false(str_contains(got.body, S("secret")));
}

static struct subscription *subscribe(struct site *site, const char *target, const char *headers)
{
	struct subscription *sub;

	assert_int_equal(site_subscribe(site, target, headers, &sub).status, 200);
	return sub;
}

static void tells_events(void **state)
{
	struct site *site = make(state, "");
	struct subscription *first = subscribe(site, "/news/1", NULL);
	struct subscription *other = subscribe(site, "/news/2", NULL);

	assert_int_equal(subscription_next(first), SUBSCRIPTION_QUIET);
	assert_int_equal(site_post(site, "/news/1", "").status, 200);
	assert_int_equal(subscription_next(first), 1);
	assert_int_equal(subscription_next(first), SUBSCRIPTION_QUIET);
	assert_int_equal(subscription_next(other), SUBSCRIPTION_QUIET);
	subscription_end(first);
	assert_int_equal(subscription_next(first), SUBSCRIPTION_ENDED);
}

static void tells_nothing_that_was_undone(void **state)
{
	struct site *site = make(state, "");
	struct subscription *sub = subscribe(site, "/news/3", NULL);

	assert_int_equal(site_post(site, "/news/3", "flag=1").status, 422);
	assert_int_equal(subscription_next(sub), SUBSCRIPTION_QUIET);
}

/* What the page shows, and what the browser that comes back has seen. */
static void resumes_events(void **state)
{
	struct site *site = make(state, "");

	assert_int_equal(site_post(site, "/news/4", "").status, 200);
	assert_int_equal(site_post(site, "/news/4", "").status, 200);
	assert_int_equal(subscription_next(subscribe(site, "/news/4", NULL)), 2);
	assert_int_equal(subscription_next(subscribe(site, "/news/4?since=1", NULL)), 2);
	assert_int_equal(subscription_next(subscribe(site, "/news/4?since=2", NULL)),
			 SUBSCRIPTION_QUIET);
	assert_int_equal(
		subscription_next(subscribe(site, "/news/4?since=1", "Last-Event-ID: 2\n")),
		SUBSCRIPTION_QUIET);
	assert_int_equal(
		subscription_next(subscribe(site, "/news/4?since=2", "Last-Event-ID: 1\n")), 2);
	assert_int_equal(subscription_next(subscribe(site, "/news/4", "Last-Event-ID: x\n")), 2);
}

static void checks_who_asks_for_events(void **state)
{
	struct site *site = make(state, "");
	struct subscription *sub;
	struct response got = site_subscribe(site, "/closed", NULL, &sub);

	assert_int_equal(got.status, 410);
	assert_int_equal(subscription_next(sub), SUBSCRIPTION_ENDED);
	got = site_subscribe(site, "/news/1", NULL, &sub);
	assert_str(answer_header(&got, "Content-Type"), "text/event-stream");
	assert_str(answer_header(&got, "Cache-Control"), "no-store");
	assert_str(answer_header(&got, "X-Accel-Buffering"), "no");
	got = site_request(site, "HEAD", "/news/1", NULL, S(""));
	assert_int_equal(got.status, 200);
}

static void limits_streams(void **state)
{
	struct server_config config = { .log = &quiet,
					.routes = sample_routes,
					.assets = sample_assets,
					.hub = { .streams_max = 2, .per_topic_max = 1 } };
	struct site *site = site_make(*state, &config);
	struct subscription *first = subscribe(site, "/news/1", NULL), *refused;
	struct response got = site_subscribe(site, "/news/1", NULL, &refused);

	assert_int_equal(got.status, 503);
	assert_str(answer_header(&got, "Retry-After"), "1");
	(void)subscribe(site, "/news/2", NULL);
	assert_int_equal(site_subscribe(site, "/news/3", NULL, &refused).status, 503);
	subscription_end(first);
	(void)subscribe(site, "/news/1", NULL);
	assert_int_equal(site_get(site, "/").status, 200);
}

static void limits_by_network(void **state)
{
	struct site *site = make(state, "");
	struct response got;

	assert_int_equal(site_get(site, "/twice").status, 200);
	assert_int_equal(site_request(site, "HEAD", "/twice", NULL, S("")).status, 200);
	got = site_get(site, "/twice");
	assert_int_equal(got.status, 429);
	assert_str(answer_header(&got, "Retry-After"), "1");
	got = site_request(site, "POST", "/api/twice", "Content-Type: application/json\n", S("{}"));
	assert_int_equal(got.status, 429);
	assert_true(str_contains(got.body, S("\"detail\":\"again in 1 s\"")));
	/* The next house is another network; so is a key that the handler gives. */
	site_peer(site, "127.0.1.1");
	assert_int_equal(site_get(site, "/twice").status, 200);
	assert_int_equal(site_get(site, "/limited").status, 204);
	assert_int_equal(site_get(site, "/limited").status, 204);
	assert_int_equal(site_get(site, "/limited").status, 429);
	assert_int_equal(site_get(site, "/").status, 200);
}

static void believes_only_its_proxies(void **state)
{
	struct network proxy;
	struct server_config config = { .log = &quiet,
					.routes = sample_routes,
					.assets = sample_assets,
					.trusted_proxies = { &proxy, 1 } };
	struct site *site;

	assert_int_equal(network_parse(S("127.0.0.0/8"), &proxy), 0);
	site = site_make(*state, &config);
	for (int i = 0; i < 4; i++)
		assert_int_equal(get_with(site, "/twice", "X-Forwarded-For: 192.0.2.1\n").status,
				 i < 2 ? 200 : 429);
	assert_int_equal(
		get_with(site, "/twice", "X-Forwarded-For: 192.0.2.1, 198.51.100.1\n").status, 200);
	/* Whoever asks directly says what they like. */
	site_peer(site, "203.0.113.9");
	for (int i = 0; i < 4; i++)
		assert_int_equal(
			get_with(site, "/twice", i % 2 ? "X-Forwarded-For: 10.0.0.1\n" : NULL)
				.status,
			i < 2 ? 200 : 429);
}

static void lifts_limits(void **state)
{
	struct server_config config = { .log = &quiet,
					.routes = sample_routes,
					.assets = sample_assets,
					.is_unlimited = true };
	struct site *site = site_make(*state, &config);

	for (int i = 0; i < 10; i++)
		assert_int_equal(site_get(site, "/twice").status, 200);
	assert_int_equal(site_get(site, "/limited").status, 204);
}

TEST_MAIN(unit_test(serves_methods), unit_test(secures_every_reply), unit_test(checks_the_origin),
	  unit_test(takes_the_token_where_the_browser_is_silent), unit_test(prefixes_cookies),
	  unit_test(chooses_the_language), unit_test(checks_form_fields),
	  unit_test(refuses_doubtful_forms), unit_test(refuses_doubtful_addresses),
	  unit_test(gathers_other_fields), unit_test(checks_types_and_sizes),
	  unit_test(reads_multipart), unit_test(answers_the_api), unit_test(serves_assets),
	  unit_test(compresses_pages_only), unit_test(redirects_within_the_site),
	  unit_test(lives_under_a_path), unit_test(checks_the_host),
	  unit_test(tells_only_the_incident), unit_test(tells_events),
	  unit_test(tells_nothing_that_was_undone), unit_test(resumes_events),
	  unit_test(checks_who_asks_for_events), unit_test(limits_streams),
	  unit_test(limits_by_network), unit_test(believes_only_its_proxies),
	  unit_test(lifts_limits))
