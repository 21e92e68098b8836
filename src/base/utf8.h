/* UTF-8 as RFC 3629 states it: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef JALON_BASE_UTF8_H
#define JALON_BASE_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* True when `s` is valid UTF-8 and holds no NUL. The one check every text passes on its way in. */
bool utf8_valid(struct str s);

/* The part of utf8_next() that is not ASCII. */
uint32_t utf8_next_long(struct str *s);

/* Takes one code point off the front of *s. U+FFFD for a malformed sequence, of which one byte is
 * taken. *s must not be empty. */
static inline uint32_t utf8_next(struct str *s)
{
	unsigned char first = (unsigned char)*s->data;

	if (first >= 0x80)
		return utf8_next_long(s);
	*s = str_make(s->data + 1, s->len - 1);
	return first;
}

/* Number of code points in valid `s`. */
size_t utf8_count(struct str s);

/* The longest prefix of valid `s` of at most `n` code points. Borrows. */
struct str utf8_prefix(struct str s, size_t n);

/* True when `s` holds a control character other than tab, line feed and carriage return. */
bool utf8_has_control(struct str s);

/* True when `s` may not be drawn from left to right throughout: it holds a letter of a right-to-left script, or a
 * character that changes the direction. */
bool utf8_may_turn(struct str s);

/*
 * A line as others see it: characters that change the direction of text are dropped, what is not drawn goes from its
 * ends, and one with nothing to see is empty. Inside, joiners and spaces of every width stay. `s` itself or in `a`.
 */
struct str utf8_line(struct arena *a, struct str s);

/* `s` without what is not drawn, to compare names that look the same; `s` itself or in `a`. */
struct str utf8_visible(struct arena *a, struct str s);

#endif
