#include "http/path.h"

#include "../test.h"

static void splits_targets(void **state)
{
	struct target t;

	(void)state;
	assert_int_equal(target_split(S("/a/b?x=1?y"), &t), 0);
	assert_str(t.path, "/a/b");
	assert_str(t.query, "x=1?y");
	assert_int_equal(t.authority.len, 0);
	assert_int_equal(target_split(S("HTTP://Host:80/p?q"), &t), 0);
	assert_str(t.authority, "Host:80");
	assert_str(t.path, "/p");
	assert_int_equal(target_split(S("https://host"), &t), 0);
	assert_str(t.path, "/");
	assert_int_equal(target_split(S("https://host?q"), &t), 0);
	assert_str(t.path, "/");
	assert_str(t.query, "q");
}

static void refuses_other_targets(void **state)
{
	static const char *const bad[] = { "",   "*",       "a",         "host:80",
					   "?x", "http://", "http:///x", "ftp://h/" };
	struct target t;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(target_split(str_from(bad[i]), &t), 400);
	assert_int_equal(
		target_split(str_make(arena_new(*state, char, TARGET_MAX + 1), TARGET_MAX + 1), &t),
		414);
}

static void decodes_paths_once(void **state)
{
	static const char *const cases[][2] = {
		{ "/", "/" },           { "/a/b", "/a/b" },
		{ "/%61%20b", "/a b" }, { "/caf%C3%A9", "/café" },
		{ "/%252e", "/%2e" },   { "/a+b;c=d", "/a+b;c=d" },
		{ "/...", "/..." },     { "/a/", "/a/" },
	};
	struct str got;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(path_decode(*state, str_from(cases[i][0]), &got), 0);
		assert_str(got, cases[i][1]);
	}
}

static void refuses_doubtful_paths(void **state)
{
	static const struct {
		const char *path;
		int status;
	} cases[] = {
		{ "/%", 400 },         { "/%0", 400 },           { "/%zz", 400 },
		{ "/%u0041", 400 },    { "/%00", 400 },          { "/%0a", 400 },
		{ "/%1F", 400 },       { "/%7f", 400 },          { "/a b", 400 },
		{ "/\xC3\xA9", 400 },  { "/%C3", 400 },          { "/%C0%AF", 400 },
		{ "/%ED%A0%80", 400 }, { "/%F5%80%80%80", 400 }, { "/a#b", 400 },
		{ "/<", 400 },         { "/..", 404 },           { "/../a", 404 },
		{ "/a/../b", 404 },    { "/%2e%2e/a", 404 },     { "/..%2fa", 404 },
		{ "/a%2Fb", 404 },     { "/./a", 404 },          { "//a", 404 },
		{ "/a//b", 404 },      { "/a//", 404 },          { "/a\\b", 404 },
		{ "/a%5cb", 404 },
	};
	struct str got;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(path_decode(*state, str_from(cases[i].path), &got),
				 cases[i].status);
}

static void decodes_percent(void **state)
{
	struct str got;

	assert_int_equal(percent_decode(*state, S("a+b%2B%20"), true, &got), 0);
	assert_str(got, "a b+ ");
	assert_int_equal(percent_decode(*state, S("a+b"), false, &got), 0);
	assert_str(got, "a+b");
	assert_int_equal(percent_decode(*state, S(""), true, &got), 0);
	assert_int_equal(got.len, 0);
	assert_int_equal(percent_decode(*state, S("%00"), true, &got), 400);
	assert_int_equal(percent_decode(*state, S("\xff"), true, &got), 400);
	assert_int_equal(percent_decode(*state, S("a%4"), true, &got), 400);
}

TEST_MAIN(unit_test(splits_targets), unit_test(refuses_other_targets),
	  unit_test(decodes_paths_once), unit_test(refuses_doubtful_paths),
	  unit_test(decodes_percent))
