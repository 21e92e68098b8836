/* Digests: see digest.h. */
#include "base/digest.h"

#include <sodium.h>

_Static_assert(crypto_hash_sha256_BYTES == SHA256_BYTES, "SHA-256 has 32 bytes");
_Static_assert(crypto_auth_hmacsha256_BYTES == SHA256_BYTES, "HMAC-SHA-256 has 32 bytes");
_Static_assert(sizeof(crypto_auth_hmacsha256_state) == HMAC_STATE_BYTES,
	       "the state is libsodium's");

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

struct hmac_key hmac_key(const uint8_t bytes[SHA256_BYTES])
{
	crypto_auth_hmacsha256_state state;
	struct hmac_key key;

	crypto_auth_hmacsha256_init(&state, bytes, SHA256_BYTES);
	memcpy(key.state, &state, sizeof key.state);
	return key;
}

struct sha256 hmac_sha256(const struct hmac_key *key, struct str message)
{
	crypto_auth_hmacsha256_state state;
	struct sha256 h;

	memcpy(&state, key->state, sizeof state);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)message.data, message.len);
	crypto_auth_hmacsha256_final(&state, h.bytes);
	return h;
}

struct sha256 hmac_purpose(const struct hmac_key *key, const char *purpose, struct str message)
{
	crypto_auth_hmacsha256_state state;
	struct sha256 h;

	memcpy(&state, key->state, sizeof state);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose, strlen(purpose));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)" ", 1);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)message.data, message.len);
	crypto_auth_hmacsha256_final(&state, h.bytes);
	return h;
}

bool bytes_equal(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}
