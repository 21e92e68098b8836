/* The file of a SQLite database: opening it, and what it says of itself. */
#include "db/sqlite_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
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
int sqlite_make_private(const char *path, struct err *err)
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

/* SQLite's log needs memory that all who have the file open share. Network file systems have none, and would lose data
 * without a word. The numbers are statfs(2)'s. */
static int check_place(const char *path, struct err *err)
{
	static const struct {
		unsigned long type;
		const char *name;
	} networks[] = { { 0x6969, "NFS" }, { 0xFF534D42, "CIFS" }, { 0xFE534D42, "SMB" },
			 { 0x517B, "SMB" }, { 0x5346414F, "AFS" },  { 0x00C36400, "Ceph" } };
	struct statfs place;

	if (statfs(path, &place) != 0)
		return err_set(err, FAULT_SYSTEM, "%s: %s", path, strerror(errno));
	for (size_t i = 0; i < sizeof networks / sizeof *networks; i++)
		if (((unsigned long)place.f_type & 0xFFFFFFFF) == networks[i].type)
			return err_set(
				err, FAULT_SYSTEM,
				"%s is on a network file system (%s), where SQLite loses data; use a folder on a local disk, or PostgreSQL",
				path, networks[i].name);
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

	r = sqlite_make_private(path, err);
	if (r == 0)
		r = check_place(path, err);
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

int sqlite_read_schema(sqlite3 *handle, struct db_schema *ret, struct err *err)
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
	r = sqlite_read_schema(handle, ret, err);
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

/* Damage can be so bad that the check itself meets it. */
static bool is_damage(sqlite3 *handle)
{
	int code = sqlite3_errcode(handle);

	return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

int sqlite_check(struct db *db, struct arena *a, bool is_thorough, struct str *ret, struct err *err)
{
	sqlite3 *handle = ((struct sqlite_db *)db)->handle;
	struct str found;
	int r = first_text(handle, a,
			   is_thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)",
			   S("ok"), &found, err);

	if (r != 0 && is_damage(handle)) {
		*ret = str_dup(a, str_from(sqlite3_errmsg(handle)));
		return 0;
	}
	if (r != 0)
		return r;
	if (!str_is(found, "ok")) {
		*ret = found;
		return 0;
	}
	if (!is_thorough)
		return 0;
	r = first_text(handle, a, "PRAGMA foreign_key_check", S(""), &found, err);
	if (r == 0 && found.len)
		*ret = str_fmt(a, "a row of %.*s belongs to nothing", STR_ARG(found));
	return r;
}
