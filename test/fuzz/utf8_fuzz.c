/* Any bytes as text: the walks over it agree with one another, and end. */
#include "base/utf8.h"

#include <assert.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_make((const char *)data, size), rest = s;
	size_t n = 0, half;

	while (rest.len) {
		size_t before = rest.len;
		uint32_t c = utf8_next(&rest);

		assert(rest.len < before && before - rest.len <= 4 && c <= 0x10FFFF);
		/* In valid text U+FFFD is written out, in three bytes. */
		assert(!utf8_valid(s) || c != 0xFFFD || before - rest.len == 3);
		n++;
		if (n > 1000)
			return 0;
	}
	half = utf8_prefix(s, n / 2).len;
	assert(utf8_count(s) == n);
	assert(utf8_count(str_slice(s, 0, half)) == n / 2);
	assert(utf8_count(str_slice(s, half, size)) == n - n / 2);
	(void)utf8_has_control(s);
	return 0;
}
