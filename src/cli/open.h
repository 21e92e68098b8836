/* Opening the installation's database as the settings say. */
#ifndef JALON_CLI_OPEN_H
#define JALON_CLI_OPEN_H

#include "cli/config.h"
#include "db/db.h"

/* What becomes of a SQLite file that is absent: a mistyped path shall not look like an empty installation. */
enum open_how { OPEN_WHAT_IS_THERE, OPEN_OR_MAKE };

/* Opens the pool; with OPEN_OR_MAKE the data folder (mode 0700) and the file may be absent. Says what is wrong on
 * standard error and returns an exit code. */
MUST_CHECK int open_pool(struct arena *a, const struct config *config, enum open_how how,
			 struct db_pool **ret);

/* The path of the SQLite database that the settings name, whose folder is made where it is missing, in `a`; empty when
 * the database is PostgreSQL's. Says what is wrong on standard error and returns an exit code. */
MUST_CHECK int open_path(struct arena *a, const struct config *config, struct str *ret);

/* Migrates and says on standard error what was done. Returns an exit code. */
MUST_CHECK int migrate_pool(struct arena *a, struct db_pool *pool, bool dry_run);

/* Opens the pool, migrates, and lets `work` do what the command is for. Returns its exit code, or that of what went
 * wrong before. */
MUST_CHECK int with_pool(struct arena *a, const struct config *config, enum open_how how,
			 int (*work)(struct db_pool *pool, void *arg), void *arg);

/* Says on stderr when the database's role ignores row-level security: jalon works, without that wall. */
void warn_isolation(struct db_pool *pool);

/* Says what the database or the machine answered, in its own words. Returns CLI_DATA. */
int say_data_fault(const struct err *err);

#endif
