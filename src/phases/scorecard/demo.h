/*
 * What `jalon demo` shows: three plainly fictitious organisations at three stages, with the accounts of
 * people/demo.h, and three sheets answered alone, one in each band.
 *
 * They are made by the functions that the pages call, each at a time of its own before now; so nothing here can
 * be what the product would not make. What they hold is the same every time, dates and links are not.
 */
#ifndef JALON_PHASES_SCORECARD_DEMO_H
#define JALON_PHASES_SCORECARD_DEMO_H

#include "phases/app.h"

enum { DEMO_SHEETS = APP_EXAMPLES_MAX };

struct demo_site {
	struct db_pool *pool;
	const struct hmac_key *key; /* of the installation's secret */
	const struct app *app;      /* its pack is set */
};

/* Fills a migrated database that nobody uses yet. The sheets' names and links' tokens go into `ret`, in `a`. 0
 * or a fault. */
MUST_CHECK int demo_fill(const struct demo_site *site, struct arena *a,
			 struct example ret[DEMO_SHEETS], struct err *err);

#endif
