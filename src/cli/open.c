/* Opening the database: see open.h. */
#include "cli/open.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "cli/cli.h"

/* Makes `path` and the folders above it that are missing. 0, or -1 with errno. */
static int make_folders(char *path)
{
	for (char *p = path + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return -1;
		*p = '/';
	}
	return mkdir(path, 0700) != 0 && errno != EEXIST ? -1 : 0;
}

int say_data_fault(const struct err *err)
{
	say_error("the database cannot be used: {problem}",
		  VALUES({ "problem", str_from(err->text) }));
	return CLI_DATA;
}

int open_pool(struct arena *a, const struct config *config, struct db_pool **ret)
{
	struct db_config db = { .url = config->database };
	struct err err;

	if (db.url.len == 0) {
		struct buf path = buf_make(a, 4096);

		buf_put(&path, config->data);
		if (path.full || path.len == 0) {
			say_error_at(S("data"),
				     path.full ? N_("the path is too long")
					       : N_("the path is empty"),
				     NULL);
			return CLI_USAGE;
		}
		if (make_folders(path.data) != 0) {
			say_problem(str_fmt(a, "data: %.*s", STR_ARG(config->data)),
				    say_errno(errno));
			return CLI_DATA;
		}
		db.url = str_fmt(a, "sqlite:%.*s/jalon.db", STR_ARG(config->data));
	}
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

int with_pool(struct arena *a, const struct config *config,
	      int (*work)(struct db_pool *pool, void *arg), void *arg)
{
	struct db_pool *pool = NULL;
	int r = open_pool(a, config, &pool);

	if (r == CLI_OK)
		r = migrate_pool(a, pool, false);
	if (r == CLI_OK)
		r = work(pool, arg);
	db_pool_close(pool);
	return r;
}
