/* Random bytes, base64url, row ids: see token.h. */
#include "base/token.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static const char base64_digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/* Crockford's alphabet: no i, l, o, u. */
static const char id_digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

enum { ID_LENGTH = 13, ID_RANDOM_BITS = 20 };
static const int64_t id_epoch_ms = 1767225600000; /* 2026-01-01T00:00:00Z */

static void ask_kernel(uint8_t *to, size_t n)
{
	while (n > 0) {
		ssize_t got = getrandom(to, n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			fprintf(stderr, "jalon: the kernel gives no random bytes\n");
			abort();
		}
		to += got;
		n -= (size_t)got;
	}
}

/* Asked of the kernel ahead, since each page needs a few: those left over by this thread. Jalon never
 * forks, so nobody else has the same. */
enum { STOCK_BYTES = 512 };
static _Thread_local struct {
	uint8_t bytes[STOCK_BYTES];
	size_t left;
} stock;

void random_bytes(void *to, size_t n)
{
	if (n > STOCK_BYTES) {
		ask_kernel(to, n);
		return;
	}
	if (n > stock.left) {
		ask_kernel(stock.bytes, STOCK_BYTES);
		stock.left = STOCK_BYTES;
	}
	stock.left -= n;
	memcpy(to, stock.bytes + stock.left, n);
	explicit_bzero(stock.bytes + stock.left, n); /* what was given is known to its owner only */
}

struct str base64url(struct arena *a, const void *bytes, size_t n)
{
	const uint8_t *in = bytes;
	size_t len = (n * 4 + 2) / 3;
	char *out = arena_new(a, char, len + 1), *p = out;
	size_t i = 0;

	/* Three bytes are four digits; of the last group only as many as there are bits for. */
	for (; i + 3 <= n; i += 3) {
		uint32_t three = (uint32_t)in[i] << 16 | (uint32_t)in[i + 1] << 8 | in[i + 2];

		*p++ = base64_digits[three >> 18];
		*p++ = base64_digits[three >> 12 & 63];
		*p++ = base64_digits[three >> 6 & 63];
		*p++ = base64_digits[three & 63];
	}
	if (i < n) {
		uint32_t rest = (uint32_t)in[i] << 16 | (i + 1 < n ? (uint32_t)in[i + 1] << 8 : 0u);

		for (unsigned shift = 18; p < out + len; shift -= 6)
			*p++ = base64_digits[rest >> shift & 63];
	}
	return str_make(out, len);
}

/* 0 to 63, or -1. */
static int base64_value(char c)
{
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '-' ? 62 : c == '_' ? 63 : -1;
}

int base64url_decode(struct str s, void *to, size_t n)
{
	uint8_t *out = to;
	uint32_t acc = 0;
	unsigned bits = 0;
	size_t made = 0;

	if (s.len != (n * 4 + 2) / 3)
		return 1;
	for (size_t i = 0; i < s.len; i++) {
		int value = base64_value(s.data[i]);

		if (value < 0)
			return 1;
		acc = acc << 6 | (uint32_t)value;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			out[made++] = (uint8_t)(acc >> bits);
			acc &= (1u << bits) - 1;
		}
	}
	return acc == 0 ? 0 : 1;
}

int64_t id_make(int64_t now_ms)
{
	int64_t ms = now_ms > id_epoch_ms ? now_ms - id_epoch_ms : 0;
	uint32_t r;

	random_bytes(&r, sizeof r);
	return ms << ID_RANDOM_BITS | (r & ((1u << ID_RANDOM_BITS) - 1));
}

struct str id_text(struct arena *a, int64_t id)
{
	char *out = arena_new(a, char, ID_LENGTH + 1);

	for (int i = ID_LENGTH - 1; i >= 0; i--) {
		out[i] = id_digits[id & 31];
		id >>= 5;
	}
	return str_make(out, ID_LENGTH);
}

int id_parse(struct str s, int64_t *ret)
{
	int64_t id = 0;

	if (s.len != ID_LENGTH || s.data[0] > '7')
		return 1;
	for (size_t i = 0; i < s.len; i++) {
		const char *p = s.data[i] ? strchr(id_digits, s.data[i]) : NULL;

		if (!p)
			return 1;
		id = id << 5 | (int64_t)(p - id_digits);
	}
	*ret = id;
	return 0;
}
