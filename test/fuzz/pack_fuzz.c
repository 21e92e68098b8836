/* Any bytes as a content pack: it loads or says why not, and every text of a loaded one can be said. */
#include "pack/pack.h"

#include <assert.h>
#include <stdint.h>

#include "fuzz.h"

static void say_all(struct arena *a, const struct scorecard_pack *s, size_t language)
{
	struct answer answers[SCORECARD_QUESTIONS_MAX] = { 0 };

	for (size_t i = 0; i < s->def.n_bands; i++)
		for (size_t j = 0; j < s->bands[i].commentary.n; j++)
			(void)passage_text(a, &s->bands[i].commentary.items[j], language, answers);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pack_faults faults = { 0 };
	struct pack pack;
	struct arena a;

	arena_init(&a, PACK_ARENA_BYTES);
	if (pack_load(&a, LANG_EN, str_make((const char *)data, size), &pack, &faults) == PACK_OK)
		say_all(&a, &pack.scorecard, pack.n_languages - 1);
	else
		assert(faults.n > 0 && faults.n <= 100);
	arena_release(&a);
	return 0;
}
