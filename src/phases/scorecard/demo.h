/* Example sheets for `jalon demo`: three plainly fictitious organisations, one in each band. */
#ifndef JALON_PHASES_SCORECARD_DEMO_H
#define JALON_PHASES_SCORECARD_DEMO_H

#include "phases/app.h"

enum { DEMO_SHEETS = APP_EXAMPLES_MAX };

/* Stores the sheets and fills `ret` with their names and links' tokens, in `a`. 0 or a fault. */
MUST_CHECK int scorecard_demo(struct db_pool *pool, struct arena *a, const struct pack *pack,
			      struct example ret[DEMO_SHEETS], struct err *err);

#endif
