/* Random bytes, base64url, hexadecimal, row ids. */
#include "base/token.h"

#include <string.h>

#include "../test.h"

static void fills_with_random_bytes(void **state)
{
	unsigned char a[64] = { 0 }, b[64] = { 0 }, guard[3] = { 1, 2, 3 };

	(void)state;
	random_bytes(a, sizeof a);
	random_bytes(b, sizeof b);
	assert_memory_not_equal(a, b, sizeof a);
	random_bytes(guard + 1, 0);
	assert_memory_equal(guard, "\1\2\3", 3);
}

/* More than is asked of the kernel at once, in pieces that do not divide it, and one longer than it. */
static void gives_no_random_byte_twice(void **state)
{
	enum { N = 400, SIZE = 7 };
	unsigned char taken[N][SIZE], large[2000] = { 0 };

	(void)state;
	for (size_t i = 0; i < N; i++) {
		random_bytes(taken[i], SIZE);
		for (size_t k = 0; k < i; k++)
			assert_memory_not_equal(taken[i], taken[k], SIZE);
	}
	random_bytes(large, sizeof large);
	for (size_t i = 0; i + SIZE <= sizeof large; i++)
		assert_memory_not_equal(large + i, "\0\0\0\0\0\0\0", SIZE);
}

static void writes_and_reads_base64url(void **state)
{
	static const struct {
		struct str bytes;
		const char *text;
	} cases[] = {
		{ STR(""), "" },
		{ STR("f"), "Zg" },
		{ STR("fo"), "Zm8" },
		{ STR("foo"), "Zm9v" },
		{ STR("foob"), "Zm9vYg" },
		{ STR("fooba"), "Zm9vYmE" },
		{ STR("foobar"), "Zm9vYmFy" },
		{ STR("\xff\xef\xbe"), "_---" },
		{ STR("\0\0"), "AAA" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char back[8] = { 0 };
		struct str bytes = cases[i].bytes, text = str_from(cases[i].text);

		assert_str(base64url(*state, bytes.data, bytes.len), cases[i].text);
		assert_int_equal(base64url_decode(text, back, bytes.len), 0);
		assert_memory_equal(back, bytes.data, bytes.len);
	}
}

static void refuses_other_base64(void **state)
{
	static const struct {
		struct str text;
		size_t n;
	} cases[] = {
		{ STR("Zh"), 1 },   /* bits after the last byte */
		{ STR("Zg=="), 1 }, /* padding */
		{ STR("Zg"), 2 },   /* too short */
		{ STR("Zm8"), 1 },  /* too long */
		{ STR("Z+"), 1 },   { STR("Z/"), 1 },    { STR("Z "), 1 },
		{ STR("Z\0"), 1 },  { STR("Z\xc3"), 1 },
	};
	char to[8];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(base64url_decode(cases[i].text, to, cases[i].n), 1);
}

static void ids_sort_by_time(void **state)
{
	static const int64_t day_one = 1767225600000;
	int64_t early = id_make(day_one + 1), late = id_make(day_one + 2);

	(void)state;
	assert_true(early < late);
	assert_true(early >= 1 << 20);
	assert_true(id_make(0) >= 0 && id_make(0) < 1 << 20);
	assert_true(id_make(day_one + ((int64_t)1 << 43) - 1) > late);
}

static void ids_have_one_text_form(void **state)
{
	static const struct {
		int64_t id;
		const char *text;
	} cases[] = {
		{ 0, "0000000000000" },
		{ 31, "000000000000z" },
		{ 32, "0000000000010" },
		{ INT64_MAX, "7zzzzzzzzzzzz" },
	};
	static const char *const bad[] = {
		"",
		"0",
		"000000000000",
		"00000000000000",
		"8000000000000",
		"000000000000Z",
		"000000000000u",
		"000000000000i",
		"000000000000-",
		"z000000000000",
	};
	int64_t id;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_str(id_text(*state, cases[i].id), cases[i].text);
		assert_int_equal(id_parse(str_from(cases[i].text), &id), 0);
		assert_true(id == cases[i].id);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(id_parse(str_from(bad[i]), &id), 1);
	assert_int_equal(id_parse(S("000000000000\0"), &id), 1);
}

TEST_MAIN(unit_test(fills_with_random_bytes), unit_test(gives_no_random_byte_twice),
	  unit_test(writes_and_reads_base64url), unit_test(refuses_other_base64),
	  unit_test(ids_sort_by_time), unit_test(ids_have_one_text_form))
