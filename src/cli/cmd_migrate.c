/* jalon migrate: bring the database up to date, or say what would be done. */
#include "cli/cli.h"
#include "cli/open.h"
#include "cli/words.h"

static int run(struct arena *a, struct config *config, void *arg)
{
	const bool *dry_run = arg;
	struct db_pool *pool = NULL;
	int r = open_pool(a, config, *dry_run ? OPEN_WHAT_IS_THERE : OPEN_OR_MAKE, &pool);

	if (r == CLI_OK)
		r = migrate_pool(a, pool, *dry_run);
	db_pool_close(pool);
	return r;
}

int cmd_migrate(int argc, char **argv)
{
	bool dry_run = false;
	const struct words_flag flags[] = { { "--dry-run", &dry_run }, { NULL, NULL } };
	static const struct usage usage[] = {
		{ N_("migrate [--dry-run] [SETTING…]"), N_("bring the database up to date") },
		{ NULL, NULL },
	};
	int r = words_take(NULL, flags, &argc, argv);

	return r != CLI_OK ? r : config_run(argc, argv, usage, run, &dry_run);
}
