/* Digests: see digest.h. */
#include "base/digest.h"

#include <sodium.h>

_Static_assert(crypto_hash_sha256_BYTES == SHA256_BYTES, "SHA-256 has 32 bytes");
_Static_assert(crypto_auth_hmacsha256_BYTES == SHA256_BYTES, "HMAC-SHA-256 has 32 bytes");
_Static_assert(crypto_auth_hmacsha256_KEYBYTES == SHA256_BYTES, "the key has 32 bytes");

void digest_init(void)
{
	if (sodium_init() < 0) {
		fprintf(stderr, "jalon: libsodium cannot start\n");
		abort();
	}
}

struct sha256 sha256(struct str message)
{
	struct sha256 h;

	crypto_hash_sha256(h.bytes, (const unsigned char *)message.data, message.len);
	return h;
}

struct sha256 hmac_sha256(const uint8_t key[SHA256_BYTES], struct str message)
{
	struct sha256 h;

	crypto_auth_hmacsha256(h.bytes, (const unsigned char *)message.data, message.len, key);
	return h;
}

bool bytes_equal(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}
