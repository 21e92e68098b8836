/*
 * Memory by lifetime. An arena hands out memory that is never freed piece by piece: all of it goes
 * at once when the arena is reset. Jalon has three lifetimes only: the process, a request, and
 * scratch (gone when the function that received it returns).
 *
 * - `struct arena *a` as FIRST parameter means: the result lives in `a`.
 * - `struct arena scratch` BY VALUE means: used for working memory, gone on return. The callee bumps
 *   its own copy; the caller's position never moves. Scratch must therefore be another arena than the
 *   one the result lives in, and nothing may be deferred on it.
 *
 * An arena is one reserved stretch of address space that the kernel fills page by page, so it never
 * moves and a by-value copy is safe. Running past its end ends the process: limits on what people
 * send are checked elsewhere and answer 413 or 422 long before.
 */
#ifndef JALON_BASE_ARENA_H
#define JALON_BASE_ARENA_H

#include <stddef.h>

struct arena_root;

struct arena {
	char *cur;               /* next free byte */
	char *end;               /* one past the last byte */
	struct arena_root *root; /* start of the region; holds what is deferred */
};

/* Reserves `reserve` bytes of address space (rounded up to a page) and makes `a` empty. Only touched
 * pages cost memory. Ends the process when the address space cannot be had. */
void arena_init(struct arena *a, size_t reserve);

/* Runs what was deferred, last first, then empties the arena. Pages past the first 512 KiB go back to
 * the kernel. In ASan builds the memory is poisoned until it is handed out again. */
void arena_reset(struct arena *a);

/* arena_reset(), then gives the address space back. `a` may be all zero: nothing happens. */
void arena_release(struct arena *a);

/* `count` objects of `size` bytes aligned to `align`, zeroed. Never NULL; overflow or exhaustion ends
 * the process. Use the macro arena_new(). */
void *arena_alloc(struct arena *a, size_t size, size_t align, size_t count)
	__attribute__((malloc, returns_nonnull, alloc_size(2, 4), alloc_align(3)));

/* A zeroed array of `n` objects of type T in `a`. */
#define arena_new(a, T, n) ((T *)arena_alloc((a), sizeof(T), _Alignof(T), (n)))

/* Grows the LAST allocation in place when `old` is that allocation; otherwise copies. The tail is not
 * zeroed. For buffers. */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size)
	__attribute__((returns_nonnull));

/* Calls fn(arg) when the arena is reset: for foreign resources (a statement, a json_t, a surface).
 * Never on a by-value scratch copy. */
void arena_defer(struct arena *a, void (*fn)(void *), void *arg);

#endif
