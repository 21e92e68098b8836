/* Bytes kept by what they were made of. */
#include "base/memo.h"

#include <pthread.h>
#include <string.h>

#include "../test.h"

/* What is kept under `key`, behind "<"; "nothing" when nothing is. */
static struct str kept(struct arena *a, struct memo *m, struct str key)
{
	struct buf b = buf_make(a, 1 << 20);

	buf_putc(&b, '<');
	return memo_get(m, key, &b) ? buf_str(&b) : S("nothing");
}

static void keeps_values_by_their_keys(void **state)
{
	struct arena *a = *state;
	struct memo *m = memo_make(a);

	assert_str(kept(a, m, S("a")), "nothing");
	memo_put(m, S("a"), S("one"));
	memo_put(m, S("a\0b"), S("two"));
	memo_put(m, S(""), S("three"));
	memo_put(m, S("none"), S(""));
	assert_str(kept(a, m, S("a")), "<one");
	assert_str(kept(a, m, S("a\0b")), "<two");
	assert_str(kept(a, m, S("")), "<three");
	assert_str(kept(a, m, S("none")), "<");
	assert_str(kept(a, m, S("a\0c")), "nothing");
	assert_str(kept(a, m, S("A")), "nothing");
}

static void copies_what_it_keeps(void **state)
{
	struct arena *a = *state;
	struct memo *m = memo_make(a);
	char key[] = "key", value[] = "value";

	memo_put(m, str_from(key), str_from(value));
	memset(key, 'x', 3);
	memset(value, 'x', 5);
	assert_str(kept(a, m, S("key")), "<value");
	assert_str(kept(a, m, S("xxx")), "nothing");
}

static void does_not_keep_what_is_too_large(void **state)
{
	struct arena *a = *state;
	struct memo *m = memo_make(a);
	struct str large = { arena_new(a, char, MEMO_ENTRY_BYTES + 1), MEMO_ENTRY_BYTES + 1 };

	memo_put(m, S("k"), large);
	memo_put(m, large, S("v"));
	large.len--;
	memo_put(m, S("k"), large); /* with its key one byte too much */
	assert_str(kept(a, m, S("k")), "nothing");
	large.len--;
	memo_put(m, S("k"), large);
	assert_int_equal(kept(a, m, S("k")).len, 1 + large.len);
}

/* However many are put, as many stay as there is room for: the last one, and the one that is asked for always. */
static void forgets_what_nobody_asks_for(void **state)
{
	struct arena *a = *state;
	struct memo *m = memo_make(a);
	int n = 0;

	memo_put(m, S("asked"), S("still there"));
	for (int i = 0; i < 20 * MEMO_ENTRIES; i++) {
		struct str key = str_fmt(a, "key %d", i);

		memo_put(m, key, str_fmt(a, "value %d", i));
		assert_str(kept(a, m, key), str_fmt(a, "<value %d", i).data);
		assert_str(kept(a, m, S("asked")), "<still there");
	}
	for (int i = 0; i < 20 * MEMO_ENTRIES; i++)
		n += !str_is(kept(a, m, str_fmt(a, "key %d", i)), "nothing");
	assert_in_range(n, MEMO_ENTRIES / 2, MEMO_ENTRIES - 1);
}

static void forgets_all_at_once(void **state)
{
	struct arena *a = *state;
	struct memo *m = memo_make(a);

	memo_put(m, S("a"), S("one"));
	memo_put(m, S("b"), S("two"));
	memo_clear(m);
	assert_str(kept(a, m, S("a")), "nothing");
	assert_str(kept(a, m, S("b")), "nothing");
	memo_put(m, S("a"), S("again"));
	assert_str(kept(a, m, S("a")), "<again");
}

/* ---- several threads ---- */

enum { THREADS = 4, TURNS = 2000, KEYS = 3 * MEMO_ENTRIES };

static void *take_turns(void *memo)
{
	struct arena a;
	size_t wrong = 0;

	arena_init(&a, 64 << 20);
	for (int i = 0; i < TURNS; i++) {
		struct str key = str_fmt(&a, "key %d", i * 7 % KEYS);
		struct str value = str_fmt(&a, "<%.*s and its value", STR_ARG(key));
		struct str got = kept(&a, memo, key);

		if (str_is(got, "nothing"))
			memo_put(memo, key, str_slice(value, 1, value.len));
		else
			wrong += !str_eq(got, value);
	}
	arena_release(&a);
	return (void *)wrong;
}

static void serves_threads_at_once(void **state)
{
	struct memo *m = memo_make(*state);
	pthread_t threads[THREADS];
	void *wrong;

	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, take_turns, m), 0);
	for (int i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], &wrong), 0);
		assert_null(wrong);
	}
}

TEST_MAIN(unit_test(keeps_values_by_their_keys), unit_test(copies_what_it_keeps),
	  unit_test(does_not_keep_what_is_too_large), unit_test(forgets_what_nobody_asks_for),
	  unit_test(forgets_all_at_once), unit_test(serves_threads_at_once))
