/* What the phases share: see app.h. */
#include "phases/app.h"

void app_set_pack(struct app *app, const struct pack *pack)
{
	app->pack = pack;
	for (enum language l = 0; l < LANG_N; l++)
		app->pack_language[l] = pack_language(pack, language_code(l));
}

struct str say(const struct req *rq, const struct text *t)
{
	return t->in[app_of(rq)->pack_language[rq->language]];
}
