/* jalon backup: a copy of the database, beside the server or without it. */
#include "cli/cli.h"
#include "cli/open.h"
#include "cli/words.h"

static const struct usage usage[] = {
	{ N_("backup FILE [SETTING…]"), N_("copy the database into a new file") },
	{ NULL, N_("It may run beside the server. FILE must not be there yet.") },
};

static int copy(struct arena *a, struct db_pool *pool, struct str file)
{
	struct err err;
	int r = db_copy(pool, str_c(a, file), &err);

	if (r < 0) {
		say_error_at(file, N_("not copied: {problem}"),
			     VALUES({ "problem", str_from(err.text) }));
		return CLI_DATA;
	}
	if (r == DB_COPY_THERE) {
		say_error_at(file, N_("it is there already, and stays as it is"), NULL);
		return CLI_USAGE;
	}
	if (r == DB_COPY_OWN_MEANS) {
		say_error(
			"the database is on PostgreSQL, whose pg_dump copies it (doc/operations.md)",
			NULL);
		return CLI_USAGE;
	}
	say_line("copied to {path}, and checked", VALUES({ "path", file }));
	return CLI_OK;
}

static int run(struct arena *a, struct config *config, void *arg)
{
	const struct words *words = arg; /* the file */
	struct db_pool *pool = NULL;
	int r;

	if (words->n != 1)
		return words_refuse_number(S("backup"), usage);
	r = open_pool(a, config, OPEN_WHAT_IS_THERE, &pool);
	if (r == CLI_OK)
		r = copy(a, pool, words->items[0]);
	db_pool_close(pool);
	return r;
}

int cmd_backup(int argc, char **argv)
{
	struct words words = { .n = 0 };
	int r = words_take(&words, NULL, &argc, argv);

	return r == CLI_OK ? config_run(argc, argv, usage, run, &words) : r;
}
