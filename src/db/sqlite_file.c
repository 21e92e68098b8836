/* The file of a SQLite database: opening it, what it says of itself, copying it. */
#include "db/sqlite_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/timing.h"

/* Every connection. The defaults of a build of SQLite are not relied on. */
static const char common_sql[] = "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; "
				 "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;";
/* Measured: 64 MiB of cache gains a tenth for the writer and nothing for readers, which share the
 * kernel's cache. FULL: a commit is on the disk before anyone is told. What is deleted is
 * overwritten: the draft that an anonymous sheet was must not be left in the file. */
static const char writer_sql[] = "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; "
				 "PRAGMA secure_delete = ON;";
static const char reader_sql[] = "PRAGMA query_only = ON; PRAGMA cache_size = -2048;";

enum { WAL_RETRY_MS = 5 };

/*
 * The database holds secrets: SQLite would make it readable by all. A file that is there is not opened:
 * closing it would take away the locks that this process's connections hold on it (POSIX, fcntl), and
 * another program that comes and goes would then take itself for the last and delete the log under us.
 */
static int make_private(const char *path, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
	struct stat there;

	if (fd < 0 && errno == EEXIST && stat(path, &there) == 0 && !S_ISDIR(there.st_mode))
		return 0;
	if (fd < 0)
		return err_set(err, FAULT_SYSTEM, "cannot open %s: %s", path, strerror(errno));
	(void)close(fd);
	return 0;
}

/* An empty file and one of ours are fine; a file that says whose it is must say us. A file that
 * holds tables and says nothing is left to db_migrate(), which answers DB_MIGRATE_FOREIGN. */
static int check_identity(sqlite3 *handle, const char *path, bool *ret_may_change, struct err *err)
{
	struct err inner;
	int64_t id = 0, objects = 0;
	int r = sqlite_number(handle, "PRAGMA application_id", &id, &inner);

	if (r == 0)
		r = sqlite_number(handle, "SELECT count(*) FROM sqlite_schema", &objects, &inner);
	if (r && sqlite3_errcode(handle) == SQLITE_NOTADB)
		return err_set(err, FAULT_DB_SCHEMA, "%s is not a SQLite database", path);
	if (r) {
		if (err)
			*err = inner;
		return r;
	}
	if (id != 0 && id != DB_APPLICATION_ID)
		return err_set(err, FAULT_DB_SCHEMA,
			       "%s belongs to another application (application_id 0x%08x)", path,
			       (unsigned)id);
	*ret_may_change = id == DB_APPLICATION_ID || objects == 0;
	return 0;
}

/* Readers and the writer never wait for each other in WAL mode; SQLite says so when it cannot
 * have it, as on a network folder. Another process that makes the same change at this moment makes it
 * answer busy at once, whatever the timeout: its lock is a reader's that grows, which could wait for ever. */
static int enter_wal(sqlite3 *handle, const char *path, const struct db_open *how, struct err *err)
{
	const int64_t until = time_mono_ms() + how->busy_timeout_ms;
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(handle, "PRAGMA journal_mode = WAL", -1, &statement, NULL);
	int r = 0;

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	while (statement && (code & 0xff) == SQLITE_BUSY && time_mono_ms() < until) {
		(void)sqlite3_reset(statement);
		(void)sqlite3_sleep(WAL_RETRY_MS);
		code = sqlite3_step(statement);
	}
	if (code != SQLITE_ROW)
		r = sqlite_fault(handle, code, path, err);
	else if (strcmp((const char *)sqlite3_column_text(statement, 0), "wal") != 0)
		r = err_set(err, FAULT_DB, "%s: its folder cannot hold a write-ahead log", path);
	sqlite3_finalize(statement);
	return r;
}

static int configure(sqlite3 *handle, const char *path, const struct db_open *how, struct err *err)
{
	bool may_change;
	int r;

	(void)sqlite3_extended_result_codes(handle, 1);
	(void)sqlite3_busy_timeout(handle, how->busy_timeout_ms);
	/* Untrusted SQL never comes here; still, what we do not use is off. */
	(void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	(void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	r = check_identity(handle, path, &may_change, err);
	if (r == 0)
		r = sqlite_script(handle, common_sql, err);
	if (r == 0 && !how->is_writer)
		r = sqlite_script(handle, reader_sql, err);
	if (r == 0 && how->is_writer)
		r = sqlite_script(handle, writer_sql, err);
	if (r == 0 && how->is_writer && may_change)
		r = enter_wal(handle, path, how, err);
	return r;
}

int sqlite_file_open(const char *path, const struct db_open *how, sqlite3 **ret, struct err *err)
{
	/* A connection is used by one thread at a time: SQLite's own locks are not needed. */
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
	int code, r;

	r = make_private(path, err);
	if (r)
		return r;
	/* Costs a tenth of the speed when on. Refused (harmlessly) once SQLite is in use. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	code = sqlite3_open_v2(path, ret, flags, NULL);
	if (code != SQLITE_OK)
		return sqlite_fault(*ret, code, path, err);
	return configure(*ret, path, how, err);
}

/* ---- is it still there? ---- */

/* Whether the path names what it named before. */
static bool stays(struct sqlite_place *place)
{
	struct stat there;

	if (stat(place->path, &there) != 0)
		return false;
	if (place->inode == 0) {
		place->device = there.st_dev;
		place->inode = there.st_ino;
	}
	return place->inode == there.st_ino && place->device == there.st_dev;
}

int sqlite_file_stays(struct sqlite_db *s, struct err *err)
{
	for (size_t i = 0; i < SQLITE_PLACES; i++)
		if (!stays(&s->places[i]))
			return err_set(
				err, FAULT_DB_GONE,
				"%s was moved, removed or replaced while it was open: put it back, or start again",
				s->places[i].path);
	return 0;
}

/* ---- the schema's version ---- */

/* Whether some table has a row: what a backup is for. */
static int has_rows(sqlite3 *handle, bool *ret, struct err *err)
{
	sqlite3_stmt *tables = NULL;
	int64_t found = 0;
	int code, r = 0;

	code = sqlite3_prepare_v2(
		handle,
		"SELECT format('SELECT EXISTS (SELECT 1 FROM \"%w\")', name) "
		"FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
		-1, &tables, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(tables);
	while (code == SQLITE_ROW && found == 0 && r == 0) {
		r = sqlite_number(handle, (const char *)sqlite3_column_text(tables, 0), &found,
				  err);
		if (r == 0)
			code = sqlite3_step(tables);
	}
	if (r == 0 && code != SQLITE_ROW && code != SQLITE_DONE)
		r = sqlite_fault(handle, code, "reading the schema", err);
	sqlite3_finalize(tables);
	*ret = found != 0;
	return r;
}

/* What the header and the table of contents say. */
static int read_schema(sqlite3 *handle, struct db_schema *ret, struct err *err)
{
	int64_t id, version, objects;
	bool has_data = false;
	int r = sqlite_number(handle, "PRAGMA application_id", &id, err);

	if (r == 0)
		r = sqlite_number(handle, "PRAGMA user_version", &version, err);
	if (r == 0)
		r = sqlite_number(handle, "SELECT count(*) FROM sqlite_schema", &objects, err);
	if (r == 0)
		r = has_rows(handle, &has_data, err);
	if (r)
		return r;
	*ret = (struct db_schema){
		.is_foreign = id != DB_APPLICATION_ID && (objects > 0 || version != 0 || id != 0),
		.has_data = has_data,
		.version = (int)version,
	};
	return 0;
}

int sqlite_schema(struct db *db, struct db_schema *ret, struct err *err)
{
	sqlite3 *handle = ((struct sqlite_db *)db)->handle;
	struct err unused;
	/* One snapshot for all: another process may be migrating at this moment. */
	int r = sqlite_script(handle, "SAVEPOINT look", err);

	if (r)
		return r;
	r = read_schema(handle, ret, err);
	/* Nothing was changed that this could lose. */
	if (sqlite_script(handle, "RELEASE look", r ? &unused : err) && r == 0)
		r = FAULT_DB;
	return r;
}

int sqlite_record(struct db *db, int version, struct err *err)
{
	struct arena a;
	const char *sql;
	int r;

	arena_init(&a, 4096);
	/* A PRAGMA takes no parameters; both are numbers. */
	sql = str_fmt(&a, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
		      DB_APPLICATION_ID, version)
		      .data;
	r = sqlite_script(((struct sqlite_db *)db)->handle, sql, err);
	arena_release(&a);
	return r;
}

/* ---- is it whole? ---- */

/* The first column of the first row, in `a`; `none` without a row. */
static int first_text(sqlite3 *handle, struct arena *a, const char *sql, struct str none,
		      struct str *ret, struct err *err)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);
	int r = 0;

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*ret = str_dup(a, str_from((const char *)sqlite3_column_text(statement, 0)));
	else if (code == SQLITE_DONE)
		*ret = none;
	else
		r = sqlite_fault(handle, code, sql, err);
	sqlite3_finalize(statement);
	return r;
}

int sqlite_check(struct db *db, struct arena *a, struct str *ret, struct err *err)
{
	sqlite3 *handle = ((struct sqlite_db *)db)->handle;
	struct str found;
	int r = first_text(handle, a, "PRAGMA integrity_check(1)", S("ok"), &found, err);

	if (r != 0)
		return r;
	if (!str_is(found, "ok")) {
		*ret = found;
		return 0;
	}
	r = first_text(handle, a, "PRAGMA foreign_key_check", S(""), &found, err);
	if (r == 0 && found.len)
		*ret = str_fmt(a, "a row of %.*s belongs to nothing", STR_ARG(found));
	return r;
}

/* ---- the copy before a migration ---- */

static int sync_path(const char *path, int flags, struct err *err)
{
	int fd = open(path, flags | O_CLOEXEC);
	int r = fd >= 0 ? fsync(fd) : -1;

	if (r < 0)
		r = err_set(err, FAULT_SYSTEM, "cannot write %s to the disk: %s", path,
			    strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	return r;
}

/* Copies what is committed, through a connection of its own: the caller holds the write lock, so
 * nothing can be written between the copy and the migration. */
static int copy_into(const char *path, const char *copy, struct err *err)
{
	sqlite3 *source = NULL;
	sqlite3_stmt *vacuum = NULL;
	int code =
		sqlite3_open_v2(path, &source, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	int r = 0;

	if (code == SQLITE_OK)
		code = sqlite3_prepare_v2(source, "VACUUM INTO ?1", -1, &vacuum, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_bind_text(vacuum, 1, copy, -1, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_step(vacuum);
	if (code != SQLITE_DONE)
		r = sqlite_fault(source, code, "copying the database", err);
	sqlite3_finalize(vacuum);
	sqlite3_close(source);
	return r;
}

static int check_copy(const char *copy, struct err *err)
{
	sqlite3 *handle = NULL;
	int64_t is_sound = 0;
	int code = sqlite3_open_v2(copy, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
	int r;

	if (code != SQLITE_OK)
		r = sqlite_fault(handle, code, copy, err);
	else
		r = sqlite_number(handle,
				  "SELECT count(*) = 1 AND min(integrity_check) = 'ok' "
				  "FROM pragma_integrity_check",
				  &is_sound, err);
	sqlite3_close(handle);
	if (r == 0 && !is_sound)
		r = err_set(err, FAULT_DB, "the copy %s is damaged", copy);
	return r;
}

/* The folder of `path`, in `a`. */
static const char *folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? str_c(a, str_make(path, (size_t)(slash - path) + 1)) : ".";
}

int sqlite_backup(struct db *db, struct arena *a, int version, struct str *ret, struct err *err)
{
	const char *path = ((struct sqlite_db *)db)->path;
	struct str now = time_iso(a, time_now_ms());
	struct str copy = str_fmt(a, "%s.schema-%04d-%.*s.bak", path, version, STR_ARG(now));
	const char *part = str_fmt(a, "%.*s.part", STR_ARG(copy)).data;
	int r = make_private(part, err);

	/* Under another name until it is whole, checked and on the disk. */
	if (r == 0)
		r = copy_into(path, part, err);
	if (r == 0)
		r = check_copy(part, err);
	if (r == 0)
		r = sync_path(part, O_RDWR, err);
	if (r == 0 && rename(part, str_c(a, copy)) < 0)
		r = err_set(err, FAULT_SYSTEM, "cannot rename %s: %s", part, strerror(errno));
	if (r == 0)
		r = sync_path(folder_of(a, path), O_RDONLY | O_DIRECTORY, err);
	if (r) {
		(void)unlink(part);
		return r;
	}
	*ret = copy;
	return 0;
}
