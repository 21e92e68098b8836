/* Memory by lifetime: zeroed, aligned, kept apart, given back. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../test.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(HAS_ASAN)
#include <sanitizer/asan_interface.h>
#define is_poisoned(p) __asan_address_is_poisoned(p)
#else
#define is_poisoned(p) ((void)(p), true)
#endif

enum { PAGE = 4096, MIB = 1024 * 1024 };

/* Whether `work` ends the process by abort(). */
static bool aborts(void (*work)(void))
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		(void)!freopen("/dev/null", "w", stderr);
		work();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void gives_zeroed_memory_again_and_again(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, MIB);
	for (int round = 0; round < 3; round++) {
		unsigned char *p = arena_new(&a, unsigned char, 1000);

		for (size_t i = 0; i < 1000; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xAA, 1000);
		arena_reset(&a);
	}
	arena_release(&a);
}

static void aligns(void **state)
{
	struct arena *a = *state;

	for (size_t align = 1; align <= 64; align *= 2) {
		(void)arena_new(a, char, 1);
		assert_int_equal((uintptr_t)arena_alloc(a, 3, align, 1) % align, 0);
	}
}

static void wastes_no_more_than_alignment(void **state)
{
	struct arena a;
	char *start;

	(void)state;
	arena_init(&a, MIB);
	start = a.cur;
	(void)arena_new(&a, char, 100);
	assert_int_equal(a.cur - start, 100);
	(void)arena_new(&a, uint64_t, 1);
	assert_in_range(a.cur - start, 108, 115);
	arena_reset(&a);
	assert_ptr_equal(a.cur, start);
	arena_release(&a);
}

static void grows_last_allocation_in_place(void **state)
{
	struct arena *a = *state;
	char *p = arena_new(a, char, 4), *q;

	memcpy(p, "abc", 4);
	assert_ptr_equal(arena_grow(a, p, 4, 4000), p);
	(void)arena_new(a, char, 1);
	q = arena_grow(a, p, 4000, 8000);
	assert_ptr_not_equal(q, p);
	assert_string_equal(q, "abc");
	assert_non_null(arena_grow(a, NULL, 0, 8));
}

static void scratch_copy_leaves_caller_alone(void **state)
{
	struct arena *a = *state;
	struct arena scratch = *a;
	char *start = a->cur;
	char *p = arena_new(&scratch, char, 10);

	assert_ptr_equal(a->cur, start);
	assert_ptr_equal(arena_new(a, char, 10), p);
}

/* How many of the pages from `from` to `to` are in memory. */
static size_t resident(char *from, char *to)
{
	static unsigned char seen[4 * MIB / PAGE];
	size_t n = 0;

	from = (char *)((uintptr_t)from / PAGE * PAGE);
	assert_int_equal(mincore(from, (size_t)(to - from), seen), 0);
	for (size_t i = 0; i < (size_t)(to - from) / PAGE; i++)
		n += seen[i] & 1;
	return n;
}

static void gives_pages_back_on_reset(void **state)
{
	struct arena a, scratch;

	(void)state;
	arena_init(&a, 4 * MIB);
	memset(arena_new(&a, char, 2 * MIB), 1, 2 * MIB);
	assert_in_range(resident(a.cur - 2 * MIB, a.end), 500, 600);
	arena_reset(&a);
	assert_in_range(resident(a.cur, a.end), 1, 128);
	/* What a scratch copy touched goes back too. */
	scratch = a;
	memset(arena_new(&scratch, char, 2 * MIB), 1, 2 * MIB);
	arena_reset(&a);
	assert_in_range(resident(a.cur, a.end), 1, 128);
	arena_release(&a);
}

struct trace {
	char letters[8];
	size_t n;
};

struct note {
	struct trace *trace;
	char letter;
};

static void write_note(void *arg)
{
	struct note *note = arg;

	note->trace->letters[note->trace->n++] = note->letter;
}

static void runs_what_was_deferred_last_first(void **state)
{
	struct trace trace = { 0 };
	struct note x = { &trace, 'x' }, y = { &trace, 'y' }, z = { &trace, 'z' };
	struct arena a;

	(void)state;
	arena_init(&a, MIB);
	arena_defer(&a, write_note, &x);
	arena_defer(&a, write_note, &y);
	arena_reset(&a);
	assert_string_equal(trace.letters, "yx");
	arena_reset(&a);
	assert_string_equal(trace.letters, "yx");
	arena_defer(&a, write_note, &z);
	arena_release(&a);
	assert_string_equal(trace.letters, "yxz");
	arena_release(&a);
}

static void poisons_what_is_not_handed_out(void **state)
{
	struct arena a;
	char *p;

	(void)state;
	arena_init(&a, MIB);
	p = arena_new(&a, char, 16);
	assert_true(is_poisoned(p + 16));
#if defined(__SANITIZE_ADDRESS__) || defined(HAS_ASAN)
	assert_false(is_poisoned(p + 15));
#endif
	arena_reset(&a);
	assert_true(is_poisoned(p));
	arena_release(&a);
}

static void fill_up(void)
{
	struct arena a;

	arena_init(&a, PAGE);
	(void)arena_new(&a, char, PAGE);
}

static void overflow(void)
{
	volatile size_t count = SIZE_MAX / 4; /* volatile: the compiler would see the overflow */
	struct arena a;

	arena_init(&a, MIB);
	(void)arena_new(&a, uint64_t, count);
}

static void reserve_nothing(void)
{
	struct arena a;

	arena_init(&a, 0);
}

static void reserve_everything(void)
{
	struct arena a;

	arena_init(&a, SIZE_MAX - 1);
}

static void fill_half(void)
{
	struct arena a;

	arena_init(&a, PAGE);
	(void)arena_new(&a, char, PAGE / 2);
}

static void ends_the_process_when_memory_is_out(void **state)
{
	(void)state;
	assert_true(aborts(fill_up));
	assert_true(aborts(overflow));
	assert_true(aborts(reserve_nothing));
	assert_true(aborts(reserve_everything));
	assert_false(aborts(fill_half));
}

TEST_MAIN(unit_test(gives_zeroed_memory_again_and_again), unit_test(aligns),
	  unit_test(wastes_no_more_than_alignment), unit_test(grows_last_allocation_in_place),
	  unit_test(scratch_copy_leaves_caller_alone), unit_test(gives_pages_back_on_reset),
	  unit_test(runs_what_was_deferred_last_first), unit_test(poisons_what_is_not_handed_out),
	  unit_test(ends_the_process_when_memory_is_out))
