/* jalon restore: a copy in the place of the database. */
#include <errno.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/open.h"
#include "cli/words.h"

static const struct usage usage[] = {
	{ N_("restore FILE [SETTING…]"), N_("put a copy in the place of the database") },
	{ NULL, N_("The server must be stopped. The database that was there stays beside it.") },
};

/* Why a copy was refused; nothing was touched then. */
static const char *const refusals[] = {
	[DB_RESTORE_FOREIGN] = N_("it is not a copy of Jalon’s database; nothing was touched"),
	[DB_RESTORE_NEWER] = N_("it was made by a newer Jalon; nothing was touched"),
};

static int restore(struct arena *a, struct str path, struct str file)
{
	struct db_restoration done;
	struct err err;
	int r = db_restore(str_c(a, path), str_c(a, file), a, &done, &err);

	if (r < 0)
		say_error_at(file, N_("not restored: {problem}"),
			     VALUES({ "problem", str_from(err.text) }));
	else if (r == DB_RESTORE_IN_USE)
		say_error("the database is in use: stop the server first; nothing was touched",
			  NULL);
	else if (r != DB_RESTORE_OK)
		say_error_at(file, refusals[r], NULL);
	if (r != DB_RESTORE_OK)
		return CLI_DATA;
	say_line("restored from {path}", VALUES({ "path", file }));
	if (done.former.len)
		say_line("the former database is now {path}", VALUES({ "path", done.former }));
	return CLI_OK;
}

static int run(struct arena *a, struct config *config, void *arg)
{
	const struct words *words = arg; /* the file */
	struct str path, file = words->items[0];
	int r;

	if (words->n != 1)
		return words_refuse_number(S("restore"), usage);
	if (access(str_c(a, file), R_OK) != 0) {
		say_problem(file, say_errno(errno));
		return CLI_USAGE;
	}
	r = open_path(a, config, &path);
	if (r != CLI_OK)
		return r;
	if (path.len == 0) {
		say_error(
			"the database is on PostgreSQL, whose pg_restore puts a copy back (doc/operations.md)",
			NULL);
		return CLI_USAGE;
	}
	return restore(a, path, file);
}

int cmd_restore(int argc, char **argv)
{
	struct words words = { .n = 0 };
	int r = words_take(&words, NULL, &argc, argv);

	return r == CLI_OK ? config_run(argc, argv, usage, run, &words) : r;
}
