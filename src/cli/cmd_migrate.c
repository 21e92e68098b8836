/* jalon migrate: bring the database up to date, or say what would be done. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/open.h"

/* Takes --dry-run out of argv, so that the rest are settings. */
static bool take_dry_run(int *argc, char **argv)
{
	bool found = false;
	int n = 0;

	for (int i = 0; i < *argc; i++) {
		if (i > 0 && strcmp(argv[i], "--dry-run") == 0)
			found = true;
		else
			argv[n++] = argv[i];
	}
	*argc = n;
	return found;
}

static int run(struct arena *a, struct config *config, void *arg)
{
	const bool *dry_run = arg;
	struct db_pool *pool = NULL;
	int r = open_pool(a, config, &pool);

	if (r == CLI_OK)
		r = migrate_pool(a, pool, *dry_run);
	db_pool_close(pool);
	return r;
}

int cmd_migrate(int argc, char **argv)
{
	bool dry_run = take_dry_run(&argc, argv);

	return config_run(argc, argv, "jalon migrate [--dry-run] [SETTING...]", run, &dry_run);
}
