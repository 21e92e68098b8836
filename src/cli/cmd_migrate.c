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

int cmd_migrate(int argc, char **argv)
{
	bool dry_run = take_dry_run(&argc, argv);
	struct db_pool *pool = NULL;
	struct config config;
	struct arena a;
	int r;

	arena_init(&a, (size_t)16 << 20);
	r = config_read(&a, argc, argv, &config);
	if (r == CONFIG_HELP) {
		puts("jalon migrate [--dry-run] [SETTING…]\n");
		config_print_help();
		r = CLI_OK;
	} else if (r == CONFIG_INVALID) {
		r = CLI_USAGE;
	} else {
		r = open_pool(&a, &config, &pool);
		if (r == CLI_OK)
			r = migrate_pool(&a, pool, dry_run);
		db_pool_close(pool);
	}
	arena_release(&a);
	return r;
}
