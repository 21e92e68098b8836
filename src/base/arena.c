/* The arena: see arena.h for the lifetimes. Knows nothing but pages. */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define poison(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define unpoison(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define poison(p, n) ((void)(p), (void)(n))
#define unpoison(p, n) ((void)(p), (void)(n))
#endif

enum {
	PAGE = 4096,
	KEEP = 512 * 1024, /* bytes kept resident across resets: a usual request fits */
};

struct arena_cleanup {
	struct arena_cleanup *next;
	void (*fn)(void *);
	void *arg;
};

struct arena_root {
	struct arena_cleanup *cleanups;
	size_t size; /* of the whole region, this header included */
	char *peak;  /* how far memory was handed out since the last reset, to scratch copies too */
};

static _Noreturn void arena_die(const char *why)
{
	fprintf(stderr, "jalon: out of memory: %s\n", why);
	abort();
}

static char *arena_start(const struct arena *a)
{
	return (char *)a->root + sizeof *a->root;
}

void arena_init(struct arena *a, size_t reserve)
{
	size_t size = (reserve + PAGE - 1) / PAGE * PAGE;
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (reserve == 0 || size < reserve || p == MAP_FAILED)
		arena_die("cannot reserve address space");
	a->root = p;
	a->root->cleanups = NULL;
	a->root->size = size;
	a->cur = arena_start(a);
	a->root->peak = a->cur;
	a->end = (char *)p + size;
	poison(a->cur, (size_t)(a->end - a->cur));
}

static void arena_run_cleanups(struct arena *a)
{
	while (a->root->cleanups) {
		struct arena_cleanup *c = a->root->cleanups;

		a->root->cleanups = c->next;
		c->fn(c->arg);
	}
}

void arena_reset(struct arena *a)
{
	char *start = arena_start(a);
	char *kept = (char *)a->root + KEEP;

	arena_run_cleanups(a);
	if (a->root->peak > kept)
		madvise(kept, (size_t)(a->root->peak - kept), MADV_DONTNEED);
	a->cur = start;
	a->root->peak = start;
	poison(start, (size_t)(a->end - start));
}

void arena_release(struct arena *a)
{
	if (!a->root)
		return;
	arena_run_cleanups(a);
	unpoison(arena_start(a), (size_t)(a->end - arena_start(a)));
	munmap(a->root, a->root->size);
	*a = (struct arena){ 0 };
}

/* The next `size` bytes at `align`, not zeroed. */
static void *arena_take(struct arena *a, size_t size, size_t align)
{
	size_t pad = (size_t)(-(uintptr_t)a->cur & (align - 1));
	size_t left = (size_t)(a->end - a->cur);
	char *p;

	if (pad > left || size > left - pad)
		arena_die("an arena is full");
	p = a->cur + pad;
	a->cur = p + size;
	if (a->cur > a->root->peak)
		a->root->peak = a->cur;
	unpoison(p, size);
	return p;
}

void *arena_alloc(struct arena *a, size_t size, size_t align, size_t count)
{
	size_t total;
	void *p;

	if (__builtin_mul_overflow(size, count, &total))
		arena_die("an array is too large");
	p = arena_take(a, total, align);
	memset(p, 0, total);
	return p;
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size)
{
	bool is_last = old && (char *)old + old_size == a->cur;
	void *p;

	if (is_last) {
		(void)arena_take(a, new_size - old_size, 1);
		return old;
	}
	p = arena_take(a, new_size, _Alignof(max_align_t));
	if (old_size)
		memcpy(p, old, old_size);
	return p;
}

void arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
	struct arena_cleanup *c = arena_new(a, struct arena_cleanup, 1);

	*c = (struct arena_cleanup){ a->root->cleanups, fn, arg };
	a->root->cleanups = c;
}
