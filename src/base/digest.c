/* Digests: see digest.h. */
#include "base/digest.h"

/* Nettle hashes with the processor's own instructions: three times as fast as libsodium. */
#include <nettle/hmac.h>
#include <sodium.h>

_Static_assert(SHA256_DIGEST_SIZE == SHA256_BYTES, "SHA-256 has 32 bytes");
_Static_assert(sizeof(struct hmac_sha256_ctx) == HMAC_STATE_BYTES, "the state is nettle's");

void digest_init(void)
{
	if (sodium_init() < 0) {
		fprintf(stderr, "jalon: libsodium cannot start\n");
		abort();
	}
}

struct sha256 sha256(struct str message)
{
	struct sha256_ctx state;
	struct sha256 h;

	sha256_init(&state);
	sha256_update(&state, message.len, (const uint8_t *)message.data);
	sha256_digest(&state, sizeof h.bytes, h.bytes);
	return h;
}

struct str sha256_bytes(struct arena *a, struct str message)
{
	struct sha256 *h = arena_new(a, struct sha256, 1);

	*h = sha256(message);
	return str_make((const char *)h->bytes, sizeof h->bytes);
}

struct hmac_key hmac_key(const uint8_t bytes[SHA256_BYTES])
{
	struct hmac_sha256_ctx state;
	struct hmac_key key;

	hmac_sha256_set_key(&state, SHA256_BYTES, bytes);
	memcpy(key.state, &state, sizeof key.state);
	return key;
}

struct sha256 hmac_sha256(const struct hmac_key *key, struct str message)
{
	struct hmac_sha256_ctx state;
	struct sha256 h;

	memcpy(&state, key->state, sizeof state);
	hmac_sha256_update(&state, message.len, (const uint8_t *)message.data);
	hmac_sha256_digest(&state, sizeof h.bytes, h.bytes);
	return h;
}

struct sha256 hmac_purpose(const struct hmac_key *key, const char *purpose, struct str message)
{
	struct hmac_sha256_ctx state;
	struct sha256 h;

	memcpy(&state, key->state, sizeof state);
	hmac_sha256_update(&state, strlen(purpose), (const uint8_t *)purpose);
	hmac_sha256_update(&state, 1, (const uint8_t *)" ");
	hmac_sha256_update(&state, message.len, (const uint8_t *)message.data);
	hmac_sha256_digest(&state, sizeof h.bytes, h.bytes);
	return h;
}

bool bytes_equal(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}
