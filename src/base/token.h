/*
 * Random bytes, text forms of bytes, and row ids.
 *
 * A row id is 63 bits: 43 bits of milliseconds since 2026-01-01 and 20 random bits, so ids made later
 * sort later and nothing has to be asked of the database. In an address it is written in 13
 * characters of Crockford's base 32.
 */
#ifndef JALON_BASE_TOKEN_H
#define JALON_BASE_TOKEN_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/* Fills `n` bytes of the kernel's. Ends the process when it cannot: nothing is safe without it. */
void random_bytes(void *to, size_t n);

/* `n` bytes as base64url without padding (RFC 4648, section 5), in `a`. */
struct str base64url(struct arena *a, const void *bytes, size_t n);
/* The reverse, exactly `n` bytes into `to`. 0, or 1 when `s` is not the canonical form of n bytes. */
MUST_CHECK int base64url_decode(struct str s, void *to, size_t n);

/* A new row id made at wall-clock time `now_ms`. */
int64_t id_make(int64_t now_ms);
/* 13 characters, in `a`. */
struct str id_text(struct arena *a, int64_t id);
/* 0, or 1 when `s` is not an id. Accepts lower case only, so that one row has one address. */
MUST_CHECK int id_parse(struct str s, int64_t *ret);

#endif
