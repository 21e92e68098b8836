/*
 * A byte buffer that grows in an arena up to a stated maximum. Going past the maximum does not fail
 * at the call: the buffer stops growing and `full` is set, so that code which writes a page stays
 * plain, and its caller checks once at the end. The content is always NUL-terminated.
 */
#ifndef JALON_BASE_BUF_H
#define JALON_BASE_BUF_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

struct buf {
	struct arena *arena;
	char *data;
	size_t len;
	size_t cap;
	size_t max; /* bytes of content, at most */
	bool full;  /* something did not fit: the content is not whole */
};

/* An empty buffer in `a` of at most `max` bytes. Nothing is allocated until something is put. */
struct buf buf_make(struct arena *a, size_t max);

/* An empty buffer over `size` bytes of the caller's own memory, which it never outgrows: it takes one
 * byte less, for the NUL. For short texts where no arena is at hand. */
struct buf buf_fixed(char *memory, size_t size);

/* The part of buf_put() that is seldom needed. */
void buf_put_growing(struct buf *b, struct str s);

/* Append. What does not fit sets `full` and leaves the content as it was. (In line, because pages are
 * thousands of these.) */
static inline void buf_put(struct buf *b, struct str s)
{
	bool fits = s.len < b->cap - b->len && s.len <= b->max - b->len && !b->full;

	if (!fits || s.len == 0) {
		buf_put_growing(b, s);
		return;
	}
	memcpy(b->data + b->len, s.data, s.len);
	b->len += s.len;
	b->data[b->len] = '\0';
}
/* The same for a character, a C string, a number in plain digits. */
static inline void buf_putc(struct buf *b, char c)
{
	buf_put(b, str_make(&c, 1));
}
static inline void buf_puts(struct buf *b, const char *c)
{
	buf_put(b, str_from(c));
}
void buf_i64(struct buf *b, int64_t n);
/* `s` as a JSON string, quotes included. Controls, line separators and malformed UTF-8 are written as
 * escapes, so that it also serves a line of the log. */
void buf_quoted(struct buf *b, struct str s);
void buf_fmt(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vfmt(struct buf *b, const char *format, va_list ap) __attribute__((format(printf, 2, 0)));

/* Room for `n` more bytes: a pointer to write at, or NULL (and `full`) when past the maximum. Commit
 * what was written with buf_advance(). */
char *buf_reserve_growing(struct buf *b, size_t n); /* the part that is seldom needed */
static inline char *buf_reserve(struct buf *b, size_t n)
{
	bool fits = n < b->cap - b->len && n <= b->max - b->len && !b->full;

	return fits ? b->data + b->len : buf_reserve_growing(b, n);
}
static inline void buf_advance(struct buf *b, size_t n)
{
	assert(n < b->cap - b->len);
	b->len += n;
	b->data[b->len] = '\0';
}

/* The content; it borrows from the buffer until the next append. */
struct str buf_str(const struct buf *b);

/* `n` in plain digits, in `a`. */
struct str str_i64(struct arena *a, int64_t n);
/* A formatted string in `a` (at most 64 KiB; longer ends the process, being our own mistake). */
struct str str_fmt(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
