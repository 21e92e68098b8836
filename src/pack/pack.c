/* Using a loaded pack, and the one inside the program: see pack.h. */
#include "pack/pack.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "pack/builtin_priv.h"

enum { PASSAGE_MAX = PACK_BYTES_MAX }; /* no passage is longer than its pack */

size_t pack_language(const struct pack *p, struct str language)
{
	for (size_t i = 0; i < p->n_languages; i++)
		if (str_eq(p->languages[i], language))
			return i;
	return 0;
}

struct str passage_text(struct arena *a, const struct passage *p, size_t language,
			const struct answer *answers)
{
	struct buf b = buf_make(a, PASSAGE_MAX);

	for (size_t i = 0; i < p->n; i++) {
		const struct fragment *f = &p->items[i];
		bool holds = condition_holds(&f->when, answers);
		struct str said = holds ? f->text.in[language] : f->otherwise.in[language];

		if (said.len && b.len)
			buf_putc(&b, ' ');
		buf_put(&b, said);
	}
	return buf_str(&b);
}

/* ---- the pack inside the program ---- */

/* Written once, under builtin_once. */
static struct pack builtin;
static pthread_once_t builtin_once = PTHREAD_ONCE_INIT;

static void builtin_load(void)
{
	static struct arena a;
	struct pack_faults faults;

	arena_init(&a, PACK_ARENA_BYTES);
	if (pack_load(&a, LANG_EN, builtin_pack_yaml, &builtin, &faults) == PACK_OK)
		return;
	fprintf(stderr, "jalon: the built-in pack is not valid: %d:%d: %.*s\n",
		faults.items[0].line, faults.items[0].column, STR_ARG(faults.items[0].message));
	abort();
}

const struct pack *pack_builtin(void)
{
	(void)pthread_once(&builtin_once, builtin_load);
	return &builtin;
}
