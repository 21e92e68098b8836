/* Any bytes as an Accept-Language header and as a language code: a language comes out. */
#include "i18n/i18n.h"

#include <assert.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_make((const char *)data, size);
	enum language l = language_negotiate(s);

	assert(l == LANG_FR || l == LANG_EN);
	if (language_parse(s, &l) == 0)
		assert(language_code(l).len == 2);
	return 0;
}
