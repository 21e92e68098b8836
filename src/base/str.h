/*
 * A string is a pointer and a length: bytes that somebody else owns, not NUL-terminated, never NULL
 * when len > 0. Text that came from outside is checked with utf8_valid() where it enters, so every
 * struct str past the edge is valid UTF-8.
 */
#ifndef JALON_BASE_STR_H
#define JALON_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"

struct str {
	const char *data;
	size_t len;
};

/* A literal as a string, usable in constant initialisers: STR("abc"). */
/* clang-format off */
#define STR(literal) { "" literal, sizeof(literal) - 1 }
/* clang-format on */
/* The same as an expression: S("abc"). */
#define S(literal) ((struct str)STR(literal))
/* For printf: printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).len, (s).data

/* The smallest are in line: pages are thousands of them, and of a literal they leave a constant. */

/* `len` bytes at `data`. Borrows. */
static inline struct str str_make(const char *data, size_t len)
{
	return (struct str){ data, len };
}
/* The string of a NUL-terminated `c`; NULL gives the empty string. Borrows. */
static inline struct str str_from(const char *c)
{
	return str_make(c, c ? strlen(c) : 0);
}
/* A NUL-terminated copy in `a`. A NUL inside `s` would cut it: check before. */
const char *str_c(struct arena *a, struct str s);
/* A copy in `a`. */
struct str str_dup(struct arena *a, struct str s);

/* Equal, byte for byte. */
static inline bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}
/* Same as str_eq() for a NUL-terminated `b`. */
static inline bool str_is(struct str a, const char *b)
{
	return str_eq(a, str_from(b));
}
/* Equal but for ASCII case (header names, schemes). */
bool str_eq_nocase(struct str a, struct str b);
/* Byte order: negative, 0, positive. */
int str_cmp(struct str a, struct str b);
/* Whether `s` begins with, ends with, holds the other; the empty string is in every string. */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_contains(struct str s, struct str part);

/* Bytes [from, to) of `s`; both are clamped to its length. Borrows. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	return str_make(s.data ? s.data + from : NULL, to - from);
}
/* `s` without ASCII spaces and tabs at both ends. Borrows. */
struct str str_trim(struct str s);
/* `s` with every line end, \n, \r or both, as `line_end`; `s` itself or in `a`. */
struct str str_line_ends(struct arena *a, struct str s, char line_end);
/* Splits at the first `sep`: returns what precedes it and moves *rest past it. Without `sep`, returns
 * all and leaves *rest empty with data NULL, which tells "no more" from "an empty last part". Borrows. */
struct str str_cut(struct str *rest, char sep);

/* 64-bit FNV-1a, for hash tables only. */
unsigned long long str_hash(struct str s);

#endif
