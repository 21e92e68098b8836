/* Second factor: see totp.h. HMAC-SHA-1 is nettle's, which libmicrohttpd brings along. */
#include "people/totp.h"

#include <nettle/hmac.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/num.h"
#include "base/token.h"
#include "http/http.h"

enum { TOTP_MODULUS = 1000000, TOTP_DIGITS = 6, RECOVERY_BYTES = 10 };

int totp_code(struct str secret, int64_t step)
{
	struct hmac_sha1_ctx mac;
	uint8_t message[8], digest[SHA1_DIGEST_SIZE];
	uint32_t at, n;

	for (int i = 0; i < 8; i++)
		message[i] = (uint8_t)(step >> (56 - 8 * i));
	hmac_sha1_set_key(&mac, secret.len, (const uint8_t *)secret.data);
	hmac_sha1_update(&mac, sizeof message, message);
	hmac_sha1_digest(&mac, sizeof digest, digest);
	at = digest[19] & 15; /* RFC 4226, 5.3 */
	n = (uint32_t)digest[at] << 24 | (uint32_t)digest[at + 1] << 16 |
	    (uint32_t)digest[at + 2] << 8 | digest[at + 3];
	return (int)((n & 0x7FFFFFFF) % TOTP_MODULUS);
}

int totp_check(struct str secret, struct str typed, int64_t now_ms, int64_t last_step,
	       int64_t *ret_step)
{
	int64_t now = now_ms / TOTP_STEP_MS;
	int code = 0, digits = 0;

	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.data[i];

		if (c == ' ')
			continue;
		if (c < '0' || c > '9' || ++digits > TOTP_DIGITS)
			return 1;
		code = code * 10 + (c - '0');
	}
	if (digits != TOTP_DIGITS)
		return 1;
	for (int64_t step = now - 1; step <= now + 1; step++) {
		if (step <= last_step || totp_code(secret, step) != code)
			continue;
		*ret_step = step;
		return 0;
	}
	return 1;
}

struct str base32(struct arena *a, struct str bytes, bool spaced)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct buf b = buf_make(a, bytes.len * 2 + 16);
	size_t n = (bytes.len * 8 + 4) / 5;

	for (size_t i = 0; i < n; i++) {
		size_t bit = i * 5, byte = bit / 8;
		unsigned next = byte + 1 < bytes.len ? (uint8_t)bytes.data[byte + 1] : 0u;
		unsigned pair = (unsigned)(uint8_t)bytes.data[byte] << 8 | next;

		if (spaced && i && i % 4 == 0)
			buf_putc(&b, ' ');
		buf_putc(&b, digits[pair >> (11 - bit % 8) & 31]);
	}
	return buf_str(&b);
}

struct str totp_address(struct arena *a, struct str secret, struct str email)
{
	return str_fmt(a, "otpauth://totp/Jalon:%.*s?secret=%.*s&issuer=Jalon",
		       STR_ARG(percent_encode(a, email)), STR_ARG(base32(a, secret, false)));
}

struct str recovery_make(struct arena *a)
{
	uint8_t bytes[RECOVERY_BYTES];
	struct str text;
	struct buf b = buf_make(a, 32);

	random_bytes(bytes, sizeof bytes);
	text = base32(a, str_make((const char *)bytes, sizeof bytes), false);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (i && i % 4 == 0)
			buf_putc(&b, '-');
		buf_putc(&b, (char)(c >= 'A' ? c + ('a' - 'A') : c));
	}
	return buf_str(&b);
}

struct str recovery_hash(struct arena *a, struct str typed)
{
	char *out = arena_new(a, char, typed.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.data[i];

		if (c == ' ' || c == '-')
			continue;
		out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	return sha256_bytes(a, str_make(out, n));
}
