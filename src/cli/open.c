/* Opening the database: see open.h. */
#include "cli/open.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
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

int open_pool(struct arena *a, const struct config *config, struct db_pool **ret)
{
	struct db_config db = { .url = config->database };
	struct err err;

	if (db.url.len == 0) {
		struct buf path = buf_make(a, 4096);

		buf_put(&path, config->data);
		if (path.full || path.len == 0) {
			fprintf(stderr, "jalon: data: the path is %s\n",
				path.full ? "too long" : "empty");
			return CLI_USAGE;
		}
		if (make_folders(path.data) != 0) {
			fprintf(stderr, "jalon: data: %.*s: %s\n", STR_ARG(config->data),
				strerror(errno));
			return CLI_DATA;
		}
		db.url = str_fmt(a, "sqlite:%.*s/jalon.db", STR_ARG(config->data));
	}
	if (db_pool_open(&db, ret, &err) != 0) {
		fprintf(stderr, "jalon: %s\n", err.text);
		return CLI_DATA;
	}
	return CLI_OK;
}

void warn_isolation(struct db_pool *pool)
{
	bool bypasses = false;
	struct db *db;
	struct err err;

	if (db_read_begin(pool, &db, &err) != 0)
		return;
	if (db_bypasses_isolation(db, &bypasses, &err) == 0 && bypasses)
		fputs("jalon: the database's role is a superuser or has BYPASSRLS, so PostgreSQL does not keep the "
		      "organisations apart; use a role of its own (doc/operations.md)\n",
		      stderr);
	db_read_end(pool, db);
}

int migrate_pool(struct arena *a, struct db_pool *pool, bool dry_run)
{
	struct db_migration_report report;
	struct err err;
	int r = db_migrate(pool, a, dry_run, &report, &err);

	if (r < 0) {
		fprintf(stderr, "jalon: migration: %s\n", err.text);
		return CLI_DATA;
	}
	if (r == DB_MIGRATE_NEWER) {
		fputs("jalon: this database was made by a newer Jalon; nothing was touched. Install that "
		      "version, or restore the backup made before its migration.\n",
		      stderr);
		return CLI_DATA;
	}
	if (r == DB_MIGRATE_FOREIGN) {
		fputs("jalon: this database holds something that is not Jalon's; nothing was touched.\n",
		      stderr);
		return CLI_DATA;
	}
	if (report.backup.len)
		fprintf(stderr, "jalon: the former database was copied to %.*s\n",
			STR_ARG(report.backup));
	if (report.from != report.to)
		fprintf(stderr, "jalon: schema %d %s %d\n", report.from,
			dry_run ? "would become" : "→", report.to);
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
