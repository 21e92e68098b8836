/* Any bytes as a catalogue: look-ups in it stay inside it. */
#include "i18n/mo.h"

#include <stdint.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mo m;

	if (mo_open(str_make((const char *)data, size), &m) != 0)
		return 0;
	(void)mo_find(&m, S(""), S("Open"));
	(void)mo_find(&m, S("state"), S("Open"));
	(void)mo_form(mo_find(&m, S(""), S("{n} sheet")), 1);
	return 0;
}
