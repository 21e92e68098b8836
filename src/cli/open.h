/* Opening the installation's database as the settings say. */
#ifndef JALON_CLI_OPEN_H
#define JALON_CLI_OPEN_H

#include "cli/config.h"
#include "db/db.h"

/* Opens the pool; makes the data folder (mode 0700) when SQLite is used and it is absent. Says what is
 * wrong on standard error and returns an exit code. */
MUST_CHECK int open_pool(struct arena *a, const struct config *config, struct db_pool **ret);

/* Migrates and says on standard error what was done. Returns an exit code. */
MUST_CHECK int migrate_pool(struct arena *a, struct db_pool *pool, bool dry_run);

/* Opens the pool, migrates, and lets `work` do what the command is for. Returns its exit code, or that of what went
 * wrong before. */
MUST_CHECK int with_pool(struct arena *a, const struct config *config,
			 int (*work)(struct db_pool *pool, void *arg), void *arg);

/* Says on stderr when the database's role ignores row-level security: jalon works, without that wall. */
void warn_isolation(struct db_pool *pool);

/* Says what the database or the machine answered, in its own words. Returns CLI_DATA. */
int say_data_fault(const struct err *err);

#endif
