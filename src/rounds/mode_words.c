/* The answer given most often, in words: see mode_words.h. */
#include "rounds/mode_words.h"

struct str mode_short(struct arena *a, enum language l, const struct modes *m)
{
	if (m->n <= 1)
		return m->labels[0];
	if (m->n > MODES_NAMED)
		return tr(l, "no answer stands out");
	return tr_fill(
		a, tr(l, "tied: {one}, {other}"),
		(const struct tr_arg[]){ { "one", m->labels[0] }, { "other", m->labels[1] } }, 2);
}

struct str mode_words(struct arena *a, enum language l, const struct modes *m)
{
	if (m->n == 0)
		return S("");
	if (m->n > MODES_NAMED)
		return tr(l, "no answer stands out");
	return tr_fill(a,
		       m->n == MODES_NAMED ? tr(l, "tied: “{one}” and “{other}” ({share} each)")
					   : tr(l, "most frequent: “{one}” ({share})"),
		       (const struct tr_arg[]){ { "one", m->labels[0] },
						{ "other", m->labels[1] },
						{ "share", m->share } },
		       3);
}
