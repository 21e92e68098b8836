/* Buffers: growth, the maximum, formatting. */
#include "base/buf.h"

#include <inttypes.h>
#include <string.h>

#include "../test.h"

static void starts_empty(void **state)
{
	struct arena *a = *state;
	char *start = a->cur;
	struct buf b = buf_make(a, 10);

	assert_str(buf_str(&b), "");
	assert_non_null(buf_str(&b).data);
	assert_ptr_equal(a->cur, start);
}

static void appends(void **state)
{
	struct buf b = buf_make(*state, 1000);

	buf_puts(&b, "a");
	buf_putc(&b, 'b');
	buf_put(&b, S("cd"));
	buf_put(&b, S(""));
	buf_i64(&b, INT64_MIN);
	buf_fmt(&b, " %s %d", "e", 5);
	assert_str(buf_str(&b), "abcd-9223372036854775808 e 5");
	assert_int_equal(b.data[b.len], '\0');
	assert_false(b.full);
}

static void keeps_nul_bytes(void **state)
{
	struct buf b = buf_make(*state, 10);

	buf_put(&b, S("a\0b"));
	assert_int_equal(b.len, 3);
	assert_memory_equal(b.data, "a\0b", 4);
}

static void grows_across_other_allocations(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_make(a, 1 << 20);

	for (int i = 0; i < 20000; i++) {
		buf_fmt(&b, "%d,", i % 10);
		if (i % 100 == 0)
			(void)arena_new(a, char, 7);
	}
	assert_int_equal(b.len, 40000);
	for (size_t i = 0; i < b.len; i += 2)
		assert_int_equal(b.data[i], '0' + (int)(i / 2 % 10));
}

static void stops_at_its_maximum(void **state)
{
	struct buf b = buf_make(*state, 5);

	buf_puts(&b, "abc");
	buf_puts(&b, "de");
	assert_false(b.full);
	buf_puts(&b, "");
	assert_false(b.full);
	buf_putc(&b, 'f');
	assert_true(b.full);
	assert_str(buf_str(&b), "abcde");
	/* Once something is lost, nothing more is added: a hole would go unseen. */
	b = buf_make(*state, 5);
	buf_puts(&b, "abcdef");
	buf_puts(&b, "g");
	assert_str(buf_str(&b), "");
	assert_true(b.full);
}

static void reserves_room_to_write_in(void **state)
{
	struct buf b = buf_make(*state, 300);
	char *p = buf_reserve(&b, 300);

	assert_non_null(p);
	memset(p, 'x', 300);
	buf_advance(&b, 2);
	assert_str(buf_str(&b), "xx");
	assert_non_null(buf_reserve(&b, 298));
	assert_null(buf_reserve(&b, 299));
	assert_true(b.full);
}

static void formats_beyond_its_small_buffer(void **state)
{
	struct arena *a = *state;

	for (int width = 120; width < 140; width++) {
		struct str s = str_fmt(a, "%*d", width, 7);

		assert_int_equal(s.len, width);
		assert_int_equal(s.data[s.len - 1], '7');
		assert_int_equal(s.data[s.len], '\0');
	}
	assert_str(str_fmt(a, "%s", ""), "");
}

static void formats_as_the_c_library_does(void **state)
{
	struct arena *a = *state;

	assert_str(str_fmt(a, "no conversion"), "no conversion");
	assert_str(str_fmt(a, "%s%s|%d%s", "", "é", -2147483647 - 1, "."), "é|-2147483648.");
	assert_str(str_fmt(a, "%.*s/%.*s", 2, "abc", 0, ""), "ab/");
	assert_str(str_fmt(a, "[%.*s]", 9, "cut\0here"), "[cut]");
	assert_str(str_fmt(a, "%d%% %-4s%c %.3s %5d %lld", 5, "x", 'y', "abcdef", 42, -7LL),
		   "5% x   y abc    42 -7");
}

static void formats_all_or_nothing(void **state)
{
	struct buf simple = buf_make(*state, 5), wide = buf_make(*state, 5);

	buf_fmt(&simple, "%s", "ab");
	buf_fmt(&simple, "c%s", "def");
	assert_true(simple.full);
	assert_str(buf_str(&simple), "ab");
	assert_int_equal(simple.data[simple.len], '\0');
	buf_fmt(&wide, "a%3d%3d", 1, 2);
	assert_true(wide.full);
	assert_str(buf_str(&wide), "");
}

static void quotes(void **state)
{
	static const struct {
		struct str s;
		const char *quoted;
	} cases[] = {
		{ STR(""), "\"\"" },
		{ STR("été"), "\"été\"" },
		{ STR("a\"b\\"), "\"a\\\"b\\\\\"" },
		{ STR("\n\0\x7f"), "\"\\u000a\\u0000\\u007f\"" },
		{ STR("\xE2\x80\xA9\xff"), "\"\\u2029\\ufffd\"" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = buf_make(*state, 100);

		buf_quoted(&b, cases[i].s);
		assert_str(buf_str(&b), cases[i].quoted);
	}
}

static void stays_in_given_memory(void **state)
{
	char memory[6] = "?????";
	struct buf b = buf_fixed(memory, 5);

	(void)state;
	assert_str(buf_str(&b), "");
	buf_puts(&b, "ab");
	buf_puts(&b, "cd");
	assert_false(b.full);
	assert_ptr_equal(b.data, memory);
	buf_putc(&b, 'e');
	assert_true(b.full);
	assert_memory_equal(memory, "abcd\0", 6);
}

TEST_MAIN(unit_test(stays_in_given_memory), unit_test(formats_as_the_c_library_does),
	  unit_test(formats_all_or_nothing), unit_test(quotes), unit_test(starts_empty),
	  unit_test(appends), unit_test(keeps_nul_bytes), unit_test(grows_across_other_allocations),
	  unit_test(stops_at_its_maximum), unit_test(reserves_room_to_write_in),
	  unit_test(formats_beyond_its_small_buffer))
