/* SQLite only: the file, whose it is, and a disk without room. */
#include "store/store.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

static void a_full_disk_is_told_and_passes(void **state)
{
	struct store *s = *state;
	const size_t size = 4 << 20;
	struct str large = { arena_new(&s->arena, char, size), size };
	struct rlimit limit, small;
	struct err err;

	assert_ok(store_put(s, S("before"), S("1"), &err), &err);
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	small = limit;
	small.rlim_cur = 1 << 20;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_fault(store_put(s, S("large"), large, &err), FAULT_DB_FULL, &err);
	assert_fault(store_put(s, S("large"), large, &err), FAULT_DB_FULL, &err);
	/* A small write still fits, beside the one that did not. */
	assert_ok(store_put(s, S("small"), S("1"), &err), &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_ok(store_put(s, S("large"), large, &err), &err);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM instance"), 3);
	assert_str(store_rows(s, "PRAGMA integrity_check"), "ok\n");
}

static void refuses_files_that_are_not_databases(void **state)
{
	struct store *s = *state;
	struct err err;
	int fd;

	store_close(s);
	(void)unlink(s->path);
	(void)store_sql(s, "CREATE TABLE wine (name TEXT); PRAGMA application_id = 252006673");
	assert_fault(db_pool_open(&s->config, &s->pool, &err), FAULT_DB_SCHEMA, &err);
	assert_non_null(strstr(err.text, "another application"));
	(void)unlink(s->path);
	fd = open(s->path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	for (int i = 0; i < 100; i++)
		assert_int_equal(write(fd, "This is a letter, not a database.\n", 34), 34);
	(void)close(fd);
	assert_fault(db_pool_open(&s->config, &s->pool, &err), FAULT_DB_SCHEMA, &err);
	assert_non_null(strstr(err.text, "not a SQLite database"));
	s->pool = NULL;
}

static void a_new_file_is_its_owners_alone(void **state)
{
	struct store *s = *state;
	struct stat st;

	assert_int_equal(stat(s->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void closing_leaves_one_file(void **state)
{
	struct store *s = *state;
	struct err err;

	assert_ok(store_put(s, S("a"), S("1"), &err), &err);
	assert_int_equal(access(str_fmt(&s->arena, "%s-wal", s->path).data, F_OK), 0);
	store_close(s);
	assert_int_equal(access(str_fmt(&s->arena, "%s-wal", s->path).data, F_OK), -1);
	assert_int_equal(access(s->path, F_OK), 0);
}

/* What is committed to a file that no path names is gone when it is closed: it is refused, until the file is back. */
static void what_was_moved_away_takes_no_writes(void **state)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	struct store *s = *state;
	struct err err;

	assert_ok(store_put(s, S("before"), S("1"), &err), &err);
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		const char *path = str_fmt(&s->arena, "%s%s", s->path, endings[i]).data;
		const char *away = str_fmt(&s->arena, "%s.away", path).data;

		assert_int_equal(rename(path, away), 0);
		assert_fault(store_put(s, S("gone"), S("1"), &err), FAULT_DB_GONE, &err);
		assert_non_null(strstr(err.text, path));
		assert_int_equal(close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600)), 0);
		assert_fault(store_put(s, S("replaced"), S("1"), &err), FAULT_DB_GONE, &err);
		assert_fault(db_ready(s->pool, &err), FAULT_DB_GONE, &err);
		assert_int_equal(rename(away, path), 0);
		assert_ok(db_ready(s->pool, &err), &err);
		assert_ok(store_put(s, str_from(path), S("1"), &err), &err);
	}
	assert_int_equal(store_sql(s, "SELECT count(*) FROM instance"), 4);
}

/* Whether another process sees SQLite's shared lock on the file (sqlite3's os.h: SHARED_FIRST). */
static bool is_locked(const char *path)
{
	enum { SHARED_FIRST = 0x40000002, SHARED_SIZE = 510 };
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		struct flock lock = { .l_type = F_WRLCK,
				      .l_whence = SEEK_SET,
				      .l_start = SHARED_FIRST,
				      .l_len = SHARED_SIZE };
		int fd = open(path, O_RDWR | O_CLOEXEC);

		_exit(fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

/* Without that lock another program (jalon on the command line, a backup) takes itself for the last to
 * leave, and deletes the log that the server goes on writing to. */
static void open_connections_keep_their_lock(void **state)
{
	struct store *s = *state;
	struct db *reader;
	struct err err;

	assert_ok(store_put(s, S("a"), S("1"), &err), &err);
	assert_ok(db_read_begin(s->pool, &reader, &err), &err);
	db_read_end(s->pool, reader);
	assert_true(is_locked(s->path));
}

TEST_MAIN(store_test(closing_leaves_one_file), store_test(open_connections_keep_their_lock),
	  store_test(a_full_disk_is_told_and_passes),
	  store_test(what_was_moved_away_takes_no_writes),
	  store_test_empty(refuses_files_that_are_not_databases),
	  store_test_empty(a_new_file_is_its_owners_alone))
