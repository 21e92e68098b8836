/* What holds for every route of the program: its table, its headers, forged requests, hostile text, the log. */
#include "http/visit.h"

#include <fcntl.h>
#include <unistd.h>

#include "http/server.h"
#include "phases/routes.h"

static const struct str none = { "", 0 };

/* ---- the table ---- */

static void the_routes_are_those_agreed_on(void **state)
{
	struct visit *v = *state;
	enum { GOLDEN_MAX = 64 * 1024 };
	char *golden = arena_new(v->a, char, GOLDEN_MAX);
	int fd = open(JALON_TEST_ROUTES, O_RDONLY | O_CLOEXEC);
	ssize_t n = read(fd, golden, GOLDEN_MAX - 1);

	assert_true(n > 0);
	(void)close(fd);
	/* `jalon routes > test/http/golden/routes.txt` once a change of who may do what is agreed on. */
	assert_string_equal(str_c(v->a, routes_print(v->a, all_routes)), golden);
}

/* ---- headers ---- */

static void assert_safe(const struct response *got)
{
	struct str policy = answer_header(got, "Content-Security-Policy");

	assert_true(str_starts(policy, S("default-src 'none'; script-src 'self';")));
	assert_true(str_contains(policy, S("frame-ancestors 'none'")));
	assert_true(str_contains(policy, S("form-action 'self'")));
	assert_true(str_contains(policy, S("base-uri 'none'")));
	assert_false(str_contains(policy, S("unsafe")));
	assert_str(answer_header(got, "X-Content-Type-Options"), "nosniff");
	assert_str(answer_header(got, "Referrer-Policy"), "no-referrer");
	assert_str(answer_header(got, "Cross-Origin-Opener-Policy"), "same-origin");
	assert_str(answer_header(got, "Cache-Control"), "no-store");
	if (got->body.len)
		assert_true(answer_header(got, "Content-Type").len > 0);
}

static void headers_of_route(struct visit *v, const struct route *route)
{
	static const char *const methods[] = { "GET",    "HEAD",    "POST",  "PUT",
					       "DELETE", "OPTIONS", "TRACE", "get" };

	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
		struct response got =
			site_request(v->product->site, methods[i], visit_path(v, route),
				     "Sec-Fetch-Site: cross-site\n", none);

		assert_safe(&got);
		if (str_is(str_from(methods[i]), "HEAD"))
			assert_int_equal(got.body.len, 0);
		if (i >= 3)
			assert_status(&got, 405);
		if (got.status == 405)
			assert_true(answer_header(&got, "Allow").len > 0);
	}
}

static void every_answer_carries_the_headers(void **state)
{
	visit_each_route(*state, headers_of_route);
}

static void every_error_carries_the_headers(void **state)
{
	struct visit *v = *state;
	static const struct {
		const char *method, *target, *headers;
		int status;
	} cases[] = {
		{ "GET", "/nothing", NULL, 404 },
		{ "GET", "/scorecard?erased=1&erased=1", NULL, 400 },
		{ "GET", "/%FF", NULL, 400 },
		{ "GET", "/scorecard", "Host: elsewhere.example\n", 421 },
		{ "POST", "/scorecard", "Sec-Fetch-Site: cross-site\n", 403 },
		{ "POST", "/scorecard", "Content-Length: 99999999\n", 413 },
		{ "POST", "/assets/nothing", NULL, 404 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct response got = site_request(v->product->site, cases[i].method,
						   cases[i].target, cases[i].headers, none);

		assert_status(&got, cases[i].status);
		assert_safe(&got);
	}
}

/* ---- requests that another site makes ---- */

static void forged_request(struct visit *v, const struct route *route)
{
	static const char *const headers[] = {
		"Sec-Fetch-Site: cross-site\n",
		"Sec-Fetch-Site: same-site\n",
		"Sec-Fetch-Site: cross-site\nOrigin: http://test.local\n",
		"Sec-Fetch-Site: \nOrigin: https://elsewhere.example\n",
		"Origin: https://elsewhere.example\n",
		"Origin: http://test.local.elsewhere.example\n",
		"Origin: https://test.local\n",
		"Origin: null\n",
		"Cookie: csrf=AAAAAAAAAAAAAAAAAAAAAA\n",
		NULL,
	};
	struct str rows;

	if (route->method != METHOD_POST || route->is_api)
		return;
	visit_fill(v);
	rows = visit_rows(v);
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
		struct response got = site_request(v->product->site, "POST", visit_path(v, route),
						   headers[i], none);

		assert_status(&got, 403);
		got = site_request(v->product->site, "POST", visit_path(v, route), headers[i],
				   S("csrf=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
		assert_status(&got, 403);
	}
	assert_true(str_eq(rows, visit_rows(v)));
}

static void no_other_site_can_post(void **state)
{
	visit_each_route(*state, forged_request);
}

/* ---- hostile text ---- */

static size_t count(struct str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.data[i] == c;
	return n;
}

/* The page of a sheet whose only comment is that. */
static struct str page_with(struct visit *v, struct str base, const char *page, const char *comment)
{
	struct response got = product_answer(v->product, v->sheet, "lineage",
					     str_fmt(v->a, "some&comment=%s", comment).data);

	assert_status(&got, 303);
	got = product_get(v->product, base, page);
	assert_status(&got, 200);
	return got.body;
}

/* Text that tries to become markup adds none of its characters, and reads as it was written. */
static void assert_only_text(struct visit *v, struct str base, const char *page)
{
	static const struct {
		const char *form;
		struct str text;
	} corpus[] = {
		{ "%3Cscript%3Ealert%281%29%3C%2Fscript%3E", STR("<script>alert(1)</script>") },
		{ "%3C%2Ftextarea%3E%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E",
		  STR("</textarea><img src=x onerror=alert(1)>") },
		{ "%22+autofocus+onfocus%3D%22alert%281%29",
		  STR("\" autofocus onfocus=\"alert(1)") },
		{ "%27+onmouseover%3D%27alert%281%29", STR("' onmouseover='alert(1)") },
		{ "%3C%21--+%3C%21%5BCDATA%5B+%5D%5D%3E", STR("<!-- <![CDATA[ ]]>") },
		{ "%3Csvg%2Fonload%3Dalert%281%29%3E", STR("<svg/onload=alert(1)>") },
		{ "%26lt%3Bb%26gt%3B+%26%2360%3Bb%26%2362%3B", STR("&lt;b&gt; &#60;b&#62;") },
		{ "%7B%7B%40+x%7D%7D+%24%7B7%2A7%7D+%7Bn%7D+%7Btotal%7D",
		  STR("{{@ x}} ${7*7} {n} {total}") },
		{ "%25s%25n%25d%25p", STR("%s%n%d%p") },
		{ "javascript%3Aalert%281%29", STR("javascript:alert(1)") },
	};
	struct str plain = page_with(v, base, page, "plain");

	for (size_t i = 0; i < sizeof corpus / sizeof *corpus; i++) {
		struct str body = page_with(v, base, page, corpus[i].form);

		for (const char *c = "<>\""; *c; c++)
			assert_int_equal(count(body, *c), count(plain, *c));
		if (str_contains(plain, S("plain")) &&
		    !str_contains(visit_unescape(v->a, body), corpus[i].text))
			fail_msg("%s: \"%.*s\" is not shown", page, STR_ARG(corpus[i].text));
	}
}

static void a_comment_is_text_wherever_it_is_shown(void **state)
{
	struct visit *v = *state;

	assert_only_text(v, v->sheet, "/q/lineage?lang=en");
	assert_only_text(v, v->sheet, "/review?lang=en");
	assert_only_text(v, v->sheet, "/result?lang=en");
	assert_only_text(v, v->sheet, "/what-if?lang=en");
	assert_only_text(v, v->share, "?lang=en");
	assert_only_text(v, v->share, "/what-if?lang=en");
}

static void a_pdf_is_made_of_any_comment(void **state)
{
	struct visit *v = *state;
	static const char *const comments[] = {
		"%28%29%5C%3C%3E%25endobj",
		"%3Cb%3E%26amp%3B%3C%2Fb%3E",
		"%E2%80%AE%D7%A9%E2%81%A6",
		"%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7",
		"%EF%BF%BF%EF%B7%90",
		"%CD%9C%CD%9C%CD%9C",
	};

	for (size_t i = 0; i < sizeof comments / sizeof *comments; i++) {
		struct str body = page_with(v, v->sheet, "/result.pdf", comments[i]);

		assert_true(str_starts(body, S("%PDF-")));
		assert_true(str_contains(body, S("%%EOF")));
		assert_false(str_contains(body, S("/JavaScript")));
		assert_false(str_contains(body, S("/OpenAction")));
	}
}

/* What a word processor would make of the parts is test/unit/document's business. */
static void a_docx_is_made_of_any_comment(void **state)
{
	struct visit *v = *state;
	static const char *const comments[] = {
		"%3C%2Fw%3At%3E%3Cscript%3E",
		"%5D%5D%3E%26%230%3B",
		"%EF%BF%BF%EF%BF%BE",
		"_x000D_",
	};

	for (size_t i = 0; i < sizeof comments / sizeof *comments; i++) {
		struct str body = page_with(v, v->sheet, "/result.docx", comments[i]);

		assert_true(str_starts(body, S("PK\x03\x04")));
		assert_true(str_contains(body, S("word/document.xml")));
	}
}

/* ---- the log ---- */

static void ask_in_every_way(struct visit *v, const struct route *route)
{
	const char *path = visit_path(v, route);

	(void)site_get(v->product->site, path);
	(void)site_post(v->product->site, path,
			"answer=yes&comment=typed-by-hand&csrf=typed-by-hand");
	(void)site_request(v->product->site, "PUT", path,
			   "User-Agent: typed-by-hand\nReferer: typed-by-hand\n", none);
	(void)site_get(v->product->site,
		       str_fmt(v->a, "%s?typed-by-hand=1&lang=%%0Atyped-by-hand", path).data);
	(void)site_get(v->product->site, str_fmt(v->a, "%s/typed-by-hand", path).data);
}

static void the_log_names_nobody(void **state)
{
	struct visit *v = *state;
	struct str log;

	visit_each_route(v, ask_in_every_way);
	log = product_log(v->product);
	assert_true(str_contains(log, S("/c/{token}/q/{question}")));
	assert_false(str_contains(log, str_slice(v->sheet, 3, v->sheet.len)));
	assert_false(str_contains(log, str_slice(v->share, 3, v->share.len)));
	assert_false(str_contains(log, S(VISIT_COMMENT)));
	assert_false(str_contains(log, S("typed-by-hand")));
	assert_false(str_contains(log, S("lineage")));
}

static void tokens_are_stored_as_hashes(void **state)
{
	struct visit *v = *state;

	assert_int_equal(store_sql(v->store, "SELECT length(token_hash) FROM sheet"), 32);
	assert_int_equal(store_sql(v->store, "SELECT length(token_hash) FROM share"), 32);
}

TEST_MAIN(visit_test(the_routes_are_those_agreed_on), visit_test(every_answer_carries_the_headers),
	  visit_test(every_error_carries_the_headers), visit_test(no_other_site_can_post),
	  visit_test(a_comment_is_text_wherever_it_is_shown),
	  visit_test(a_pdf_is_made_of_any_comment), visit_test(a_docx_is_made_of_any_comment),
	  visit_test(the_log_names_nobody), visit_test(tokens_are_stored_as_hashes))
