/* What every phase's code finds in rq->app: the program's own constant data. */
#ifndef JALON_PHASES_APP_H
#define JALON_PHASES_APP_H

#include "http/http.h"
#include "pack/pack.h"

struct app {
	const struct pack *pack;
	struct str contact_url; /* "https://…" or "mailto:…"; empty: no contact link is shown */
	uint8_t secret[32];     /* of this installation; signs what must not be guessed */
};

static inline const struct app *app_of(const struct req *rq)
{
	return rq->app;
}

/* The organisation that holds what nobody has claimed yet. */
enum { ORG_PUBLIC = 1 };

#endif
