#include "base/digest.h"

#include "../test.h"
#include "base/buf.h"

static struct str hex(struct arena *a, const struct sha256 *h)
{
	struct buf b = buf_make(a, 2 * SHA256_BYTES);

	for (int i = 0; i < SHA256_BYTES; i++)
		buf_fmt(&b, "%02x", h->bytes[i]);
	return buf_str(&b);
}

static void sha256_of_fips_examples(void **state)
{
	struct sha256 empty = sha256((struct str){ NULL, 0 }), abc = sha256(S("abc"));

	assert_str(hex(*state, &empty),
		   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_str(hex(*state, &abc),
		   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* RFC 4231, test case 1, whose key of 20 bytes is the same as one filled up with zeros. */
static void hmac_of_rfc_4231(void **state)
{
	uint8_t key[SHA256_BYTES] = { 0 };
	struct hmac_key ready;

	struct sha256 mac;

	for (int i = 0; i < 20; i++)
		key[i] = 0x0b;
	ready = hmac_key(key);
	mac = hmac_sha256(&ready, S("Hi There"));
	assert_str(hex(*state, &mac),
		   "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

static void compares_all_bytes(void **state)
{
	(void)state;
	assert_true(bytes_equal("abc", "abc", 3));
	assert_false(bytes_equal("abc", "abd", 3));
	assert_false(bytes_equal("bbc", "abc", 3));
	assert_true(bytes_equal("abc", "abd", 2));
}

TEST_MAIN(unit_test(sha256_of_fips_examples), unit_test(hmac_of_rfc_4231),
	  unit_test(compares_all_bytes))
