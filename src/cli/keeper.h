/* A thread that carries out, at the start and then every hour, what respondents were promised (rounds/keep.h), and
 * empties the memo, so that what was erased is not kept there either. At the start and once a day it looks the
 * database through, and tells the log and /readyz of damage. */
#ifndef JALON_CLI_KEEPER_H
#define JALON_CLI_KEEPER_H

#include "base/log.h"
#include "base/memo.h"
#include "db/db.h"

struct keeper;

/* Starts it; it lives in `a`, which outlives it, as `pool`, `kept` and `log` do. 0 or a fault. */
MUST_CHECK int keeper_start(struct arena *a, struct db_pool *pool, struct memo *kept,
			    const struct logger *log, struct keeper **ret, struct err *err);
/* Ends it, after the campaign at hand. NULL is allowed. */
void keeper_stop(struct keeper *k);

#endif
