/* See store.h. */
#include "store/store.h"

#include <dirent.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/buf.h"
#include "queries.h"

void assert_ok(int r, const struct err *err)
{
	if (r < 0)
		fail_msg("fault %d: %s (%s:%d)", r, err->text, err->file, err->line);
	assert_int_equal(r, 0);
}

void assert_fault(int r, int fault, const struct err *err)
{
	if (r < 0 && r != fault)
		print_error("# fault %d: %s\n", r, err->text);
	assert_int_equal(r, fault);
	assert_int_equal(err->code, fault);
	assert_true(strlen(err->text) > 0);
}

/* ---- past Jalon ---- */

enum { ROWS_MAX = 1 << 20 };

static struct str sqlite_rows(struct store *s, const char *sql)
{
	struct buf out = buf_make(&s->arena, ROWS_MAX);
	sqlite3 *handle;
	sqlite3_stmt *statement;

	assert_int_equal(sqlite3_open(s->path, &handle), SQLITE_OK);
	(void)sqlite3_busy_timeout(handle, 5000);
	while (*sql) {
		if (sqlite3_prepare_v2(handle, sql, -1, &statement, &sql) != SQLITE_OK)
			fail_msg("%s", sqlite3_errmsg(handle));
		while (sqlite3_step(statement) == SQLITE_ROW) {
			for (int i = 0; i < sqlite3_column_count(statement); i++) {
				const void *text = sqlite3_column_text(statement, i);

				buf_fmt(&out, "%s%s", i ? "|" : "", text ? (const char *)text : "");
			}
			buf_putc(&out, '\n');
		}
		if (sqlite3_finalize(statement) != SQLITE_OK)
			fail_msg("%s", sqlite3_errmsg(handle));
	}
	assert_int_equal(sqlite3_close(handle), SQLITE_OK);
	return buf_str(&out);
}

static struct str postgres_rows(struct store *s, const char *sql)
{
	struct buf out = buf_make(&s->arena, ROWS_MAX);
	PGconn *conn = PQconnectdb(str_c(&s->arena, s->config.url));
	PGresult *result;

	PQclear(PQexec(conn, "SET client_min_messages TO warning; SET jalon.org TO '*'"));
	result = PQexec(conn, sql);
	if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
		fail_msg("%s", PQerrorMessage(conn));
	for (int row = 0; row < PQntuples(result); row++) {
		for (int i = 0; i < PQnfields(result); i++)
			buf_fmt(&out, "%s%s", i ? "|" : "", PQgetvalue(result, row, i));
		buf_putc(&out, '\n');
	}
	PQclear(result);
	PQfinish(conn);
	return buf_str(&out);
}

struct str store_rows(struct store *s, const char *sql)
{
	return s->is_postgres ? postgres_rows(s, sql) : sqlite_rows(s, sql);
}

int64_t store_sql(struct store *s, const char *sql)
{
	struct str rows = store_rows(s, sql);
	int64_t n = -1;

	if (rows.len > 0)
		(void)sscanf(str_c(&s->arena, rows), "%" SCNd64, &n);
	return n;
}

/* ---- a database per test ---- */

void store_open(struct store *s)
{
	struct err err;

	assert_ok(db_pool_open(&s->config, &s->pool, &err), &err);
}

void store_close(struct store *s)
{
	db_pool_close(s->pool);
	s->pool = NULL;
}

int store_setup_empty(void **state)
{
	const char *url = getenv("TEST_DB_URL");
	struct store *s = calloc(1, sizeof *s);
	char folder[] = "/tmp/jalon-store-XXXXXX";

	if (!s || !mkdtemp(folder))
		return -1;
	arena_init(&s->arena, (size_t)256 << 20);
	s->folder = str_c(&s->arena, str_from(folder));
	s->path = str_fmt(&s->arena, "%s/jalon.db", folder).data;
	s->is_postgres = url && *url;
	s->config.readers = 3;
	if (s->is_postgres) {
		s->config.url = str_from(url);
		(void)store_sql(s, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
	} else {
		s->config.url = str_fmt(&s->arena, "sqlite:%s", s->path);
	}
	store_open(s);
	*state = s;
	return 0;
}

int store_setup(void **state)
{
	struct db_migration_report report;
	struct store *s;
	struct err err;
	int r = store_setup_empty(state);

	if (r)
		return r;
	s = *state;
	assert_ok(db_migrate(s->pool, &s->arena, false, &report, &err), &err);
	return 0;
}

struct put {
	struct str name, value;
};

static int put_work(struct db *db, void *arg, struct err *err)
{
	const struct put *put = arg;

	return store_secret_put(db, put->name, put->value, err);
}

int store_put(struct store *s, struct str name, struct str value, struct err *err)
{
	struct put put = { name, value };

	return db_write(s->pool, put_work, &put, err);
}

static void remove_folder(struct store *s)
{
	DIR *dir = opendir(s->folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		(void)unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir)
		(void)closedir(dir);
	(void)rmdir(s->folder);
}

int store_teardown(void **state)
{
	struct store *s = *state;

	store_close(s);
	remove_folder(s);
	arena_release(&s->arena);
	free(s);
	return 0;
}
