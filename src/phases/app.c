/* What the phases share: see app.h. */
#include "phases/app.h"

struct str say(const struct req *rq, const struct text *t)
{
	return t->in[pack_language(app_of(rq)->pack, language_code(rq->language))];
}
