/* Opening the database: see open.h. */
#include "cli/open.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/cli.h"

#define SQLITE_SCHEME "sqlite:"

enum { DATA_MAX = 4000 /* bytes of the folder's path */ };

/* Makes the folder `data` and those above it that are missing. 0, or -1 with errno. */
static int make_folders(struct arena *a, struct str data)
{
	struct buf path = buf_make(a, DATA_MAX + 1);

	while (data.data) {
		buf_put(&path, str_cut(&data, '/'));
		if (path.len && mkdir(path.data, 0700) != 0 && errno != EEXIST)
			return -1;
		buf_putc(&path, '/');
	}
	return 0;
}

int say_data_fault(const struct err *err)
{
	say_error("the database cannot be used: {problem}",
		  VALUES({ "problem", str_from(err->text) }));
	return CLI_DATA;
}

/* The address of the file in the data folder. 0, or an exit code. */
static int file_in_folder(struct arena *a, const struct config *config, struct str *ret)
{
	if (config->data.len == 0 || config->data.len > DATA_MAX) {
		say_error_at(S("data"),
			     config->data.len ? N_("the path is too long")
					      : N_("the path is empty"),
			     NULL);
		return CLI_USAGE;
	}
	*ret = str_fmt(a, SQLITE_SCHEME "%.*s/jalon.db", STR_ARG(config->data));
	return CLI_OK;
}

static struct str path_of(struct str url)
{
	return str_starts(url, S(SQLITE_SCHEME)) ? str_slice(url, sizeof SQLITE_SCHEME - 1, url.len)
						 : S("");
}

/* Whether there is a file at `url`, or it is not one of ours to look for. Otherwise says so. */
static bool is_there(struct arena *a, struct str url)
{
	struct str path = path_of(url);

	if (path.len == 0 || access(str_c(a, path), F_OK) == 0 ||
	    (errno != ENOENT && errno != ENOTDIR))
		return true;
	say_error_at(path, N_("there is no database; `jalon serve` and `jalon migrate` make one"),
		     NULL);
	return false;
}

/* The address of the database. With OPEN_OR_MAKE its folder is there, else the database. 0, or an exit code. */
static int url_of(struct arena *a, const struct config *config, enum open_how how, struct str *ret)
{
	int r = CLI_OK;

	*ret = config->database;
	if (config->database.len == 0)
		r = file_in_folder(a, config, ret);
	if (r != CLI_OK)
		return r;
	if (how == OPEN_WHAT_IS_THERE && !is_there(a, *ret))
		return CLI_DATA;
	if (config->database.len == 0 && make_folders(a, config->data) != 0) {
		say_problem(str_fmt(a, "data: %.*s", STR_ARG(config->data)), say_errno(errno));
		return CLI_DATA;
	}
	return CLI_OK;
}

int open_path(struct arena *a, const struct config *config, struct str *ret)
{
	struct str url;
	int r = url_of(a, config, OPEN_OR_MAKE, &url);

	if (r == CLI_OK)
		*ret = path_of(url);
	return r;
}

int open_pool(struct arena *a, const struct config *config, enum open_how how, struct db_pool **ret)
{
	struct db_config db = { .url = S("") };
	int r = url_of(a, config, how, &db.url);
	struct err err;

	if (r != CLI_OK)
		return r;
	return db_pool_open(&db, ret, &err) == 0 ? CLI_OK : say_data_fault(&err);
}

void warn_isolation(struct db_pool *pool)
{
	bool bypasses = false;
	struct db *db;
	struct err err;

	if (db_read_begin(pool, &db, &err) != 0)
		return;
	if (db_bypasses_isolation(db, &bypasses, &err) == 0 && bypasses)
		say_error(
			"the database’s role is a superuser or has BYPASSRLS, so PostgreSQL does not keep the organisations apart; use a role of its own (doc/operations.md)",
			NULL);
	db_read_end(pool, db);
}

int migrate_pool(struct arena *a, struct db_pool *pool, bool dry_run)
{
	struct db_migration_report report;
	struct err err;
	int r = db_migrate(pool, a, dry_run, &report, &err);

	if (r < 0) {
		say_error("the database cannot be brought up to date: {problem}",
			  VALUES({ "problem", str_from(err.text) }));
		return CLI_DATA;
	}
	if (r == DB_MIGRATE_NEWER) {
		say_error(
			"this database was made by a newer Jalon; nothing was touched. Install that version, or restore the backup made before its migration.",
			NULL);
		return CLI_DATA;
	}
	if (r == DB_MIGRATE_FOREIGN) {
		say_error("this database holds something that is not Jalon’s; nothing was touched.",
			  NULL);
		return CLI_DATA;
	}
	if (report.backup.len)
		say_error("the former database was copied to {path}",
			  VALUES({ "path", report.backup }));
	if (report.from != report.to)
		say_error(dry_run ? N_("schema {from} would become {to}")
				  : N_("schema {from} → {to}"),
			  VALUES({ "from", str_i64(a, report.from) },
				 { "to", str_i64(a, report.to) }));
	return CLI_OK;
}

int with_pool(struct arena *a, const struct config *config, enum open_how how,
	      int (*work)(struct db_pool *pool, void *arg), void *arg)
{
	struct db_pool *pool = NULL;
	int r = open_pool(a, config, how, &pool);

	if (r == CLI_OK)
		r = migrate_pool(a, pool, false);
	if (r == CLI_OK)
		r = work(pool, arg);
	db_pool_close(pool);
	return r;
}
