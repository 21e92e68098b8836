/* SHA-256, HMAC-SHA-256 and comparison in constant time, over nettle and libsodium. */
#ifndef JALON_BASE_DIGEST_H
#define JALON_BASE_DIGEST_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { SHA256_BYTES = 32, HMAC_STATE_BYTES = 336 };

struct sha256 {
	uint8_t bytes[SHA256_BYTES];
};

/* To be called once, before threads start. Ends the process when libsodium cannot be used. */
void digest_init(void);

/* FIPS 180-4. */
struct sha256 sha256(struct str message);
/* The same as bytes, in `a`. */
struct str sha256_bytes(struct arena *a, struct str message);
/* A key of 32 bytes made ready: half of the work of a short message. A secret, wherever it is copied. */
struct hmac_key {
	alignas(max_align_t) unsigned char state[HMAC_STATE_BYTES];
};
struct hmac_key hmac_key(const uint8_t bytes[SHA256_BYTES]);
/* RFC 2104. */
struct sha256 hmac_sha256(const struct hmac_key *key, struct str message);
/* HMAC-SHA-256 of "`purpose` `message`": what we made ourselves can be made again, or known again, without
 * being stored. A purpose has no space in it. */
struct sha256 hmac_purpose(const struct hmac_key *key, const char *purpose, struct str message);
/* Equal, in a time that depends on `n` only: for secrets and what is derived from them. */
bool bytes_equal(const void *a, const void *b, size_t n);

#endif
