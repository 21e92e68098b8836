#include "http/header.h"

#include "../test.h"
#include "base/buf.h"

#define ONE(n, v) ((struct headers){ (struct header[]){ { STR(n), STR(v) } }, 1 })

static int check(struct headers h)
{
	size_t length;

	return headers_check(&h, &length);
}

static void finds_in_any_case(void **state)
{
	struct header items[] = { { STR("A"), STR("1") },
				  { STR("X-b"), STR("2") },
				  { STR("x-B"), STR("3") } };
	struct headers h = { items, 3 };

	(void)state;
	assert_str(header_get(&h, "x-B"), "2");
	assert_int_equal(header_count(&h, "X-B"), 2);
	assert_str(header_get(&h, "c"), "");
}

static void checks_syntax(void **state)
{
	(void)state;
	assert_int_equal(check(ONE("A-b_1!", "a\tb \xC3\xA9")), 0);
	assert_int_equal(check(ONE("", "1")), 400);
	assert_int_equal(check(ONE("A ", "1")), 400);
	assert_int_equal(check(ONE("A:", "1")), 400);
	assert_int_equal(check(ONE("\xC3\xA9", "1")), 400);
	assert_int_equal(check(ONE("A", "a\nb")), 400);
	assert_int_equal(check(ONE("A", "a\x7f")), 400);
}

static void reads_lengths(void **state)
{
	static const struct {
		const char *value;
		int status;
	} cases[] = {
		{ "0", 0 },          { "5", 0 },
		{ "2147483647", 0 }, { "2147483648", 413 },
		{ "", 400 },         { "+5", 400 },
		{ "-5", 400 },       { "5,5", 400 },
		{ "0x5", 400 },      { "05", 400 },
		{ "5 5", 400 },      { "99999999999999999999999", 413 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct header item = { S("Content-Length"), str_from(cases[i].value) };

		assert_int_equal(check((struct headers){ &item, 1 }), cases[i].status);
	}
}

static void refuses_contradictions(void **state)
{
	struct header two_hosts[] = { { STR("Host"), STR("a") }, { STR("host"), STR("a") } };
	struct header both[] = { { STR("Content-Length"), STR("1") },
				 { STR("Transfer-Encoding"), STR("chunked") } };

	(void)state;
	assert_int_equal(check((struct headers){ two_hosts, 2 }), 400);
	assert_int_equal(check((struct headers){ both, 2 }), 400);
	assert_int_equal(check(ONE("Transfer-Encoding", "chunked")), 411);
	assert_int_equal(check(ONE("Transfer-Encoding", "chunked, identity")), 400);
	assert_int_equal(check(ONE("Expect", "100-Continue")), 0);
	assert_int_equal(check(ONE("Expect", "more")), 417);
	assert_int_equal(check(ONE("Content-Encoding", "gzip")), 415);
}

static void limits_heads(void **state)
{
	struct header *items = arena_new(*state, struct header, HEADERS_MAX + 1);
	char *value = arena_new(*state, char, HEADERS_BYTES_MAX);

	for (size_t i = 0; i < HEADERS_BYTES_MAX; i++)
		value[i] = 'v';
	for (size_t i = 0; i <= HEADERS_MAX; i++)
		items[i] = (struct header){ S("X"), S("1") };
	assert_int_equal(check((struct headers){ items, HEADERS_MAX }), 0);
	assert_int_equal(check((struct headers){ items, HEADERS_MAX + 1 }), 431);
	items[0].value = str_make(value, HEADERS_BYTES_MAX - 1);
	assert_int_equal(check((struct headers){ items, 1 }), 0);
	items[0].value = str_make(value, HEADERS_BYTES_MAX);
	assert_int_equal(check((struct headers){ items, 1 }), 431);
}

static void reads_media_types(void **state)
{
	struct media_type t;

	(void)state;
	assert_int_equal(media_type_parse(S("text/html"), &t), 0);
	assert_str(t.essence, "text/html");
	assert_int_equal(t.charset.len, 0);
	assert_int_equal(
		media_type_parse(S("multipart/form-data ; Boundary=\"a b\"; x=y;charset=UTF-8"),
				 &t),
		0);
	assert_str(t.essence, "multipart/form-data");
	assert_str(t.boundary, "a b");
	assert_str(t.charset, "UTF-8");
	assert_int_equal(media_type_parse(S(""), &t), 400);
	assert_int_equal(media_type_parse(S("text"), &t), 400);
	assert_int_equal(media_type_parse(S("text/html; charset="), &t), 400);
	assert_int_equal(media_type_parse(S("text/html; charset=\"a\\\"b\""), &t), 400);
	assert_int_equal(media_type_parse(S("text/html; charset=a; charset=b"), &t), 400);
}

static void reads_accept_encoding(void **state)
{
	static const struct {
		const char *value;
		bool gzip;
	} cases[] = {
		{ "gzip", true },
		{ "deflate, GZIP;q=0.5", true },
		{ "*", true },
		{ "br, gzip , x", true },
		{ "", false },
		{ "br", false },
		{ "gzip;q=0", false },
		{ "gzip;q=0.000", false },
		{ "gzip;q=0.001", true },
		{ "*;q=0", false },
		{ "*, gzip;q=0", false },
		{ "*;q=0, gzip", true },
		{ "gzipx", false },
		{ ";;;,,,q=", false },
		{ "gzip; foo=1; Q=0", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(accepts_gzip(str_from(cases[i].value)), cases[i].gzip);
}

static void matches_etags(void **state)
{
	(void)state;
	assert_true(etag_matches(S("\"a\""), S("\"a\"")));
	assert_true(etag_matches(S("\"b\", W/\"a\""), S("\"a\"")));
	assert_true(etag_matches(S("*"), S("\"a\"")));
	assert_false(etag_matches(S("\"ab\", a"), S("\"a\"")));
	assert_false(etag_matches(S(""), S("\"a\"")));
}

static void finds_cookies(void **state)
{
	static const struct {
		const char *header, *value; /* NULL: none */
	} cases[] = {
		{ "lang=fr", "fr" },
		{ "a=1; lang=fr; b=2", "fr" },
		{ "a=1;lang=fr", "fr" },
		{ "lang=", "" },
		{ "a b c; lang=fr", "fr" },
		{ "", NULL },
		{ "lang", NULL },
		{ "xlang=fr", NULL },
		{ "Lang=fr", NULL },
		{ "lang=fr; lang=fr", NULL },
		{ "lang=fr; a=1; lang=en", NULL },
		{ "lang=f r", NULL },
		{ "lang=\"fr\"", NULL },
		{ "lang=f,r", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str got = { NULL, 0 };

		assert_int_equal(cookie_get(str_from(cases[i].header), S("lang"), &got),
				 cases[i].value ? 0 : 1);
		if (cases[i].value)
			assert_str(got, cases[i].value);
	}
}

static void limits_cookies(void **state)
{
	struct buf b = buf_make(*state, 100000);
	struct str got;

	for (int i = 0; i < 99; i++)
		buf_fmt(&b, "c%d=1;", i);
	assert_int_equal(cookie_get(str_fmt(*state, "%slang=fr", b.data), S("lang"), &got), 0);
	assert_int_equal(cookie_get(str_fmt(*state, "%sc=1;lang=fr", b.data), S("lang"), &got), 1);
}

static void writes_dispositions(void **state)
{
	assert_str(content_disposition(*state, S("a-b.pdf")),
		   "attachment; filename=\"a-b.pdf\"; filename*=UTF-8''a-b.pdf");
	assert_str(
		content_disposition(*state, S("Été \"1\"\r\n/x\\.pdf")),
		"attachment; filename=\"_t_ _1____x_.pdf\"; filename*=UTF-8''%C3%89t%C3%A9%20%221%22%0D%0A%2Fx%5C.pdf");
}

TEST_MAIN(unit_test(finds_in_any_case), unit_test(checks_syntax), unit_test(reads_lengths),
	  unit_test(refuses_contradictions), unit_test(limits_heads), unit_test(reads_media_types),
	  unit_test(reads_accept_encoding), unit_test(matches_etags), unit_test(finds_cookies),
	  unit_test(limits_cookies), unit_test(writes_dispositions))
