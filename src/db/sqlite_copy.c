/* Copies of a SQLite database: before a migration, when somebody asks for one, and put back in its place. */
#include "db/sqlite_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/timing.h"

/* ---- making one ---- */

static int sync_path(const char *path, int flags, struct err *err)
{
	int fd = open(path, flags | O_CLOEXEC);
	int r = fd >= 0 ? fsync(fd) : -1;

	/* Some shares cannot do it for a folder. */
	if (r < 0 && fd >= 0 && errno == EINVAL)
		r = 0;
	if (r < 0)
		r = err_set(err, FAULT_SYSTEM, "cannot write %s to the disk: %s", path,
			    strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	return r;
}

/* Copies what is committed, through a connection of its own. */
static int copy_into(const char *path, const char *copy, struct err *err)
{
	sqlite3 *source = NULL;
	sqlite3_stmt *vacuum = NULL;
	int code =
		sqlite3_open_v2(path, &source, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	int r = 0;

	/* It may be anybody's file. */
	if (code == SQLITE_OK)
		code = sqlite3_db_config(source, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
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

static int sync_folder_of(const char *path, struct err *err)
{
	struct arena a;
	int r;

	arena_init(&a, 4096);
	r = sync_path(folder_of(&a, path), O_RDONLY | O_DIRECTORY, err);
	arena_release(&a);
	return r;
}

/* A whole, checked copy of `path` on the disk at `part`, which is its owner's alone. */
static int copy_checked(const char *path, const char *part, struct err *err)
{
	int r;

	/* What was left of a program that was killed. */
	(void)unlink(part);
	r = sqlite_make_private(part, err);
	if (r == 0)
		r = copy_into(path, part, err);
	if (r == 0)
		r = check_copy(part, err);
	if (r == 0)
		r = sync_path(part, O_RDWR, err);
	return r;
}

/* Gives `part` the name `to`, unless something has it. */
static int name_copy(const char *part, const char *to, struct err *err)
{
	int r = renameat2(AT_FDCWD, part, AT_FDCWD, to, RENAME_NOREPLACE);

	if (r != 0 && errno == EEXIST)
		return DB_COPY_THERE;
	/* Shares know no such renaming; that nothing had the name was seen before. */
	if (r != 0 && (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP))
		r = rename(part, to);
	if (r == 0)
		return sync_folder_of(to, err);
	return err_set(err, FAULT_SYSTEM, "cannot rename %s: %s", part, strerror(errno));
}

int sqlite_copy(struct db *db, const char *to, struct err *err)
{
	const char *path = ((struct sqlite_db *)db)->path;
	struct arena a;
	const char *part;
	int r;

	if (access(to, F_OK) == 0)
		return DB_COPY_THERE;
	arena_init(&a, 4096);
	/* Under another name until it is whole, checked and on the disk. */
	part = str_fmt(&a, "%s.%ld.part", to, (long)getpid()).data;
	r = copy_checked(path, part, err);
	if (r == 0)
		r = name_copy(part, to, err);
	if (r != 0)
		(void)unlink(part);
	arena_release(&a);
	return r;
}

int sqlite_backup(struct db *db, struct arena *a, int version, struct str *ret, struct err *err)
{
	const char *path = ((struct sqlite_db *)db)->path;
	struct str now = time_iso(a, time_now_ms());
	struct str copy = str_fmt(a, "%s.schema-%04d-%.*s.bak", path, version, STR_ARG(now));
	/* The caller holds the write lock: nothing can be written between the copy and the migration. */
	int r = sqlite_copy(db, str_c(a, copy), err);

	if (r == DB_COPY_THERE)
		r = err_set(err, FAULT_SYSTEM, "%.*s is there already", STR_ARG(copy));
	if (r == 0)
		*ret = copy;
	return r;
}

/* ---- putting one back ---- */

/* The bytes of a database file that whoever has it open holds a lock on, in SQLite's file format 2.3. */
enum { LOCK_FIRST = 0x40000000, LOCK_BYTES = 512 };

/* Whether another program has the database at `path` open. A file that is damaged can be asked as well. */
static int look_who_has(const char *path, bool *ret, struct err *err)
{
	struct flock lock = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_FIRST, .l_len = LOCK_BYTES
	};
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOCTTY);
	int r = 0;

	*ret = false;
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0 || fcntl(fd, F_GETLK, &lock) != 0)
		r = err_set(err, FAULT_SYSTEM, "cannot open %s: %s", path, strerror(errno));
	else
		*ret = lock.l_type != F_UNLCK;
	if (fd >= 0)
		(void)close(fd);
	return r;
}

/* Whether the copy is of a Jalon, and of one that this program knows. */
static int judge(const char *copy, int last, int *ret_version, struct err *err)
{
	struct db_schema schema;
	sqlite3 *handle = NULL;
	int code = sqlite3_open_v2(copy, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
	int r = code == SQLITE_OK ? sqlite_read_schema(handle, &schema, err)
				  : sqlite_fault(handle, code, copy, err);

	sqlite3_close(handle);
	if (r != 0)
		return r;
	*ret_version = schema.version;
	if (schema.is_foreign || schema.version == 0)
		return DB_RESTORE_FOREIGN;
	return schema.version > last ? DB_RESTORE_NEWER : 0;
}

/* `file` belongs to whom the database at `path` belongs to, or its folder if there is none: root may restore what a user
 * of its own serves. */
static int give_to_owner(const char *file, const char *path, struct arena *a, struct err *err)
{
	struct stat there;

	if (geteuid() != 0)
		return 0;
	if (stat(path, &there) != 0 && stat(folder_of(a, path), &there) != 0)
		return err_set(err, FAULT_SYSTEM, "%s: %s", path, strerror(errno));
	if (chown(file, there.st_uid, there.st_gid) != 0)
		return err_set(err, FAULT_SYSTEM, "%s: %s", file, strerror(errno));
	return 0;
}

/* What was written last goes from the log into the file. One that is damaged keeps its log. */
static void settle(const char *path)
{
	sqlite3 *handle = NULL;

	if (sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
	    SQLITE_OK)
		(void)sqlite3_exec(handle, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
	sqlite3_close(handle);
}

/* 0 also when there is nothing at `from`. */
static int move_away(const char *from, const char *to, struct err *err)
{
	if (rename(from, to) == 0 || errno == ENOENT)
		return 0;
	return err_set(err, FAULT_SYSTEM, "cannot rename %s: %s", from, strerror(errno));
}

/* The database at `path` under a second name, with its log if it still has one. */
static int keep_former(const char *path, struct arena *a, struct str *ret, struct err *err)
{
	struct str now = time_iso(a, time_now_ms());
	const char *former = str_fmt(a, "%s.before-restore-%.*s.bak", path, STR_ARG(now)).data;
	int r;

	if (access(path, F_OK) == 0)
		settle(path);
	if (link(path, former) == 0)
		*ret = str_from(former);
	else if (errno != ENOENT)
		return err_set(err, FAULT_SYSTEM, "cannot keep %s as %s: %s", path, former,
			       strerror(errno));
	/* A log that stayed would be taken for that of the file which comes. */
	r = move_away(str_fmt(a, "%s-wal", path).data, str_fmt(a, "%s-wal", former).data, err);
	if (r == 0)
		r = move_away(str_fmt(a, "%s-shm", path).data, str_fmt(a, "%s-shm", former).data,
			      err);
	return r;
}

static int swap(const char *path, const char *part, struct arena *a, struct str *ret_former,
		struct err *err)
{
	bool is_open;
	int r = look_who_has(path, &is_open, err);

	if (r == 0 && is_open)
		return DB_RESTORE_IN_USE;
	if (r == 0)
		r = keep_former(path, a, ret_former, err);
	if (r == 0 && rename(part, path) != 0)
		r = err_set(err, FAULT_SYSTEM, "cannot rename %s: %s", part, strerror(errno));
	if (r == 0)
		r = sync_folder_of(path, err);
	return r;
}

int sqlite_restore(const char *path, const char *from, int last, struct arena *a,
		   struct db_restoration *ret, struct err *err)
{
	const char *part = str_fmt(a, "%s.%ld.part", path, (long)getpid()).data;
	bool is_open;
	int r = look_who_has(path, &is_open, err);

	if (r == 0 && is_open)
		return DB_RESTORE_IN_USE;
	*ret = (struct db_restoration){ .former = S("") };
	if (r == 0)
		r = copy_checked(from, part, err);
	if (r == 0)
		r = judge(part, last, &ret->version, err);
	if (r == 0)
		r = give_to_owner(part, path, a, err);
	/* Looked at again: copying takes a while. */
	if (r == 0)
		r = swap(path, part, a, &ret->former, err);
	if (r != 0)
		(void)unlink(part);
	return r;
}
