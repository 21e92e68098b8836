/* Migrations: up from nothing, again, from an older version, and what is refused untouched. */
#include "store/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "db/db_priv.h"
#include "queries.h"

enum { LATEST = 11 }; /* the last number in sql/migrations */

/* An upgrade from the latest schema, and one that fails half-way. */
static const struct db_migration longer[] = {
	{ LATEST, "latest", NULL, NULL }, /* never run: the database has it */
	{ LATEST + 1, "second",
	  "CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT; INSERT INTO note VALUES (5)",
	  "CREATE TABLE note (id BIGINT PRIMARY KEY); INSERT INTO note VALUES (5)" },
	{ LATEST + 2, "third", "INSERT INTO note VALUES (6)", "INSERT INTO note VALUES (6)" },
	{ 0, NULL, NULL, NULL },
};
static const struct db_migration failing[] = {
	{ LATEST, "latest", NULL, NULL },
	{ LATEST + 1, "second",
	  "CREATE TABLE note (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1)",
	  "CREATE TABLE note (id BIGINT); INSERT INTO nowhere VALUES (1)" },
	{ 0, NULL, NULL, NULL },
};

/* A first start whose second migration finds what the first one stored. */
static const struct db_migration from_nothing[] = {
	{ 1, "first",
	  "CREATE TABLE note (id INTEGER PRIMARY KEY) STRICT; INSERT INTO note VALUES (5)",
	  "CREATE TABLE note (id BIGINT PRIMARY KEY); INSERT INTO note VALUES (5)" },
	{ 2, "second", "INSERT INTO note VALUES (6)", "INSERT INTO note VALUES (6)" },
	{ 0, NULL, NULL, NULL },
};

static const char *const tables_sql[2] = {
	"SELECT m.name, c.name, c.\"notnull\" OR c.pk > 0, "
	"CASE c.type WHEN 'INTEGER' THEN 'bigint' "
	"WHEN 'BLOB' THEN 'bytea' ELSE lower(c.type) END "
	"FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' "
	"AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.name",
	"SELECT table_name, column_name, CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END, data_type "
	"FROM information_schema.columns "
	"WHERE table_schema = 'public' AND table_name <> 'jalon_schema' "
	"ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\"",
};

static int migrate(struct store *s, bool dry_run, struct db_migration_report *ret)
{
	struct err err = { .code = 0 };
	int r = db_migrate(s->pool, &s->arena, dry_run, ret, &err);

	if (r < 0)
		fail_msg("fault %d: %s", r, err.text);
	return r;
}

static void goes_up_from_nothing_and_stays(void **state)
{
	struct store *s = *state;
	struct db_migration_report report;
	struct err err;

	assert_int_equal(migrate(s, true, &report), DB_MIGRATE_OK);
	assert_int_equal(report.from, 0);
	assert_int_equal(report.to, LATEST);
	assert_fault(db_ready(s->pool, &err), FAULT_DB_SCHEMA, &err);
	assert_int_equal(migrate(s, false, &report), DB_MIGRATE_OK);
	assert_int_equal(report.from, 0);
	assert_int_equal(report.backup.len, 0);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM org WHERE id = 1"), 1);
	assert_int_equal(migrate(s, false, &report), DB_MIGRATE_OK);
	assert_int_equal(report.from, LATEST);
	assert_int_equal(report.to, LATEST);
	assert_ok(db_ready(s->pool, &err), &err);
}

static void *migrate_thread(void *arg)
{
	struct store *s = arg;
	struct arena a;
	struct db_migration_report report;
	struct err err;
	int r;

	arena_init(&a, 1 << 20);
	r = db_migrate(s->pool, &a, false, &report, &err);
	arena_release(&a);
	return r == 0 ? NULL : s;
}

static void several_at_once_do_it_once(void **state)
{
	struct store *s = *state;
	pthread_t threads[4];
	void *failed;

	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, migrate_thread, s), 0);
	for (int i = 0; i < 4; i++) {
		(void)pthread_join(threads[i], &failed);
		assert_null(failed);
	}
	assert_int_equal(store_sql(s, "SELECT count(*) FROM org"), 1);
}

static int files_with(struct store *s, const char *part)
{
	DIR *dir = opendir(s->folder);
	struct dirent *entry;
	int n = 0;

	while ((entry = readdir(dir)))
		n += strstr(entry->d_name, part) != NULL;
	(void)closedir(dir);
	return n;
}

static void copies_before_it_changes(void **state)
{
	struct store *s = *state;
	struct db_migration_report report;
	struct store copy = *s;
	struct stat st;
	struct err err;

	assert_ok(db_migrate_to(s->pool, longer, &s->arena, false, &report, &err), &err);
	assert_int_equal(report.from, LATEST);
	assert_int_equal(report.to, LATEST + 2);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM note"), 2);
	if (s->is_postgres) {
		assert_int_equal(report.backup.len, 0);
		return;
	}
	copy.path = str_c(&s->arena, report.backup);
	assert_int_equal(store_sql(&copy, "PRAGMA user_version"), LATEST);
	assert_int_equal(store_sql(&copy, "PRAGMA application_id"), DB_APPLICATION_ID);
	assert_int_equal(store_sql(&copy, "SELECT count(*) FROM sqlite_schema WHERE name = 'note'"),
			 0);
	assert_int_equal(store_sql(&copy, "SELECT count(*) FROM org"), 1);
	assert_int_equal(stat(copy.path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	/* One copy for both migrations, and nothing half-made. */
	assert_int_equal(files_with(s, ".bak"), 1);
	assert_int_equal(files_with(s, ".part"), 0);
}

/* The migrations up to number `last`. */
static const struct db_migration *migrations_to(struct store *s, int last)
{
	struct db_migration *list = arena_new(&s->arena, struct db_migration, (size_t)last + 1);

	for (int i = 0; i < last; i++)
		list[i] = db_migrations[i];
	return list;
}

/* Sheets, answers and shared links of the first schema are all there in the latest, with the keys that
 * hold them together. */
static void former_sheets_survive(void **state)
{
	struct store *s = *state;
	const char *const hex = s->is_postgres ? "'\\x" : "x'";
	struct db_migration_report report;
	struct str insert = str_fmt(
		&s->arena,
		"INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, "
		"created_ms, updated_ms, finished_ms) VALUES (1, 7, %s07', 'p', 2, 'fr', 10, 20, 30), "
		"(1, 8, %s08', 'p', 2, 'en', 11, 21, NULL)",
		hex, hex);
	struct str share =
		str_fmt(&s->arena,
			"INSERT INTO share (org_id, id, sheet_id, token_hash, created_ms) "
			"VALUES (1, 9, 7, %s09', 40)",
			hex);
	struct err err;

	assert_ok(db_migrate_to(s->pool, migrations_to(s, 1), &s->arena, false, &report, &err),
		  &err);
	(void)store_sql(s, insert.data);
	(void)store_sql(s, "INSERT INTO answer VALUES (1, 7, 'etl', 'yes', NULL, 21), "
			   "(1, 7, 'poc', NULL, 'why', 22), (1, 8, 'etl', 'no', 'c', 23)");
	(void)store_sql(s, share.data);
	assert_int_equal(migrate(s, false, &report), DB_MIGRATE_OK);
	assert_int_equal(report.from, 1);
	assert_str(store_rows(s, "SELECT id, pack_version, language, created_ms, updated_ms, "
				 "coalesce(finished_ms, 0), coalesce(round_id, 0) "
				 "FROM sheet ORDER BY id"),
		   "7|2|fr|10|20|30|0\n8|2|en|11|21|0|0\n");
	assert_str(store_rows(s, "SELECT sheet_id, vote, question, coalesce(value, '-'), "
				 "coalesce(comment, '-'), coalesce(kind, -1), updated_ms "
				 "FROM answer ORDER BY sheet_id, question"),
		   "7|1|etl|yes|-|-1|21\n7|1|poc|-|why|-1|22\n8|1|etl|no|c|-1|23\n");
	assert_str(store_rows(s, "SELECT sheet_id, created_ms FROM share"), "7|40\n");
	/* The keys that the tables were made anew for. */
	(void)store_sql(s, s->is_postgres
				   ? "DELETE FROM sheet WHERE id = 7"
				   : "PRAGMA foreign_keys = ON; DELETE FROM sheet WHERE id = 7");
	assert_int_equal(store_sql(s, "SELECT (SELECT count(*) FROM answer WHERE sheet_id = 7) + "
				      "(SELECT count(*) FROM share)"),
			 0);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM answer"), 1);
	if (!s->is_postgres)
		assert_str(store_rows(s, "PRAGMA integrity_check; PRAGMA foreign_key_check"),
			   "ok\n");
}

/* Departments that differ by case alone stay as they are; a new one of either name is refused. */
static void former_departments_survive(void **state)
{
	struct store *s = *state;
	struct db_migration_report report;
	struct err err;

	assert_ok(db_migrate_to(s->pool, migrations_to(s, 7), &s->arena, false, &report, &err),
		  &err);
	(void)store_sql(s, "INSERT INTO org (id, name, created_ms) VALUES (5, 'Belloy', 1)");
	(void)store_sql(s, "INSERT INTO department (org_id, id, name, position) VALUES "
			   "(5, 1, 'Finance', 0), (5, 2, 'finance', 1), (5, 3, 'Énergie', 2)");
	assert_int_equal(migrate(s, false, &report), DB_MIGRATE_OK);
	assert_str(store_rows(s, "SELECT name, name_key FROM department ORDER BY id"),
		   "Finance|Finance\nfinance|finance\nÉnergie|Énergie\n");
	(void)store_sql(s, "INSERT INTO department (org_id, id, name, name_key, position) VALUES "
			   "(5, 4, 'FINANCE', 'finance', 3), (5, 5, 'Sales', 'sales', 4) "
			   "ON CONFLICT DO NOTHING");
	assert_str(store_rows(s, "SELECT name FROM department WHERE id > 3"), "Sales\n");
}

/* Sent in an anonymous round, a sheet and its answers say the day that all have; others stay. */
static void former_days_of_sending_go(void **state)
{
	struct store *s = *state;
	const char *const hex = s->is_postgres ? "'\\x" : "x'";
	struct str rounds = str_fmt(
		&s->arena,
		"INSERT INTO round (org_id, id, kind, token_hash, title, pack, pack_version, state, mode, access, "
		"threshold, asks_department, shows_result, language, controller, contact, purpose, retention, "
		"opened_ms, created_ms, updated_ms, version) VALUES "
		"(5, 61, 'k', %s61', 't', 'p', 1, 'open', 'anonymous', 'public', 3, 0, 0, 'fr', '', '', '', '', "
		"172800777, 1, 1, 1), "
		"(5, 62, 'k', %s62', 't', 'p', 1, 'open', 'nominative', 'public', 3, 0, 0, 'fr', '', '', '', '', "
		"172800777, 1, 1, 1)",
		hex, hex);
	struct str sheets = str_fmt(
		&s->arena,
		"INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, "
		"updated_ms, round_id, sent_ms) VALUES "
		"(5, 1, %s01', 'p', 1, 'fr', 864000001, 864000001, 61, 864000001), "
		"(5, 2, %s02', 'p', 1, 'fr', 864000002, 864000002, 62, 864000002), "
		"(5, 3, %s03', 'p', 1, 'fr', 864000003, 864000003, 61, NULL)",
		hex, hex, hex);
	struct db_migration_report report;
	struct err err;

	assert_ok(db_migrate_to(s->pool, migrations_to(s, 7), &s->arena, false, &report, &err),
		  &err);
	(void)store_sql(s, "INSERT INTO org (id, name, created_ms) VALUES (5, 'Belloy', 1)");
	(void)store_sql(s, rounds.data);
	(void)store_sql(s, sheets.data);
	(void)store_sql(s,
			"INSERT INTO answer (org_id, sheet_id, vote, question, value, updated_ms) "
			"VALUES (5, 1, 1, 'etl', 'yes', 864000009), (5, 2, 1, 'etl', 'yes', "
			"864000009), (5, 3, 1, 'etl', 'yes', 864000009)");
	assert_int_equal(migrate(s, false, &report), DB_MIGRATE_OK);
	assert_str(store_rows(s, "SELECT id, created_ms, updated_ms, coalesce(sent_ms, 0) "
				 "FROM sheet ORDER BY id"),
		   "1|172800000|172800000|172800000\n2|864000002|864000002|864000002\n"
		   "3|864000003|864000003|0\n");
	assert_str(store_rows(s, "SELECT sheet_id, updated_ms FROM answer ORDER BY sheet_id"),
		   "1|172800000\n2|864000009\n3|864000009\n");
}

static void does_not_copy_what_it_began(void **state)
{
	struct store *s = *state;
	struct db_migration_report report;
	struct err err;

	assert_ok(db_migrate_to(s->pool, from_nothing, &s->arena, false, &report, &err), &err);
	assert_int_equal(report.to, 2);
	assert_int_equal(report.backup.len, 0);
	assert_int_equal(files_with(s, ".bak"), 0);
}

static void a_failed_migration_leaves_the_former_schema(void **state)
{
	struct store *s = *state;
	struct db_migration_report report;
	struct err err;

	assert_fault(db_migrate_to(s->pool, failing, &s->arena, false, &report, &err), FAULT_DB,
		     &err);
	assert_ok(db_ready(s->pool, &err), &err);
	assert_int_equal(
		store_sql(s, s->is_postgres ? "SELECT count(*) FROM pg_class WHERE relname = 'note'"
					    : "SELECT count(*) FROM sqlite_schema "
					      "WHERE name = 'note'"),
		0);
}

static void refuses_a_newer_schema(void **state)
{
	struct store *s = *state;
	struct db_migration_report report;
	struct err err;

	(void)store_sql(s, str_fmt(&s->arena, "%s = %d",
				   s->is_postgres ? "UPDATE jalon_schema SET version"
						  : "PRAGMA user_version",
				   LATEST + 1)
				   .data);
	assert_int_equal(migrate(s, false, &report), DB_MIGRATE_NEWER);
	assert_int_equal(report.from, LATEST + 1);
	assert_fault(db_ready(s->pool, &err), FAULT_DB_SCHEMA, &err);
	assert_int_equal(files_with(s, ".bak"), 0);
}

static void refuses_what_is_not_ours(void **state)
{
	struct store *s = *state;
	struct db_migration_report report;
	struct str before;

	store_close(s);
	if (!s->is_postgres)
		(void)unlink(s->path);
	(void)store_sql(s, "CREATE TABLE wine (name TEXT)");
	before = s->is_postgres
			 ? S("")
			 : store_rows(s, "PRAGMA journal_mode; SELECT sql FROM sqlite_schema");
	store_open(s);
	assert_int_equal(migrate(s, false, &report), DB_MIGRATE_FOREIGN);
	store_close(s);
	/* Not even turned to WAL. */
	if (!s->is_postgres)
		assert_str(store_rows(s, "PRAGMA journal_mode; SELECT sql FROM sqlite_schema"),
			   str_c(&s->arena, before));
	else
		assert_int_equal(
			store_sql(s,
				  "SELECT count(*) FROM pg_class WHERE relname = 'jalon_schema'"),
			0);
}

/* golden/columns.txt: table|column|never NULL|type, in order. */
static const char *agreed_columns(struct store *s)
{
	enum { COLUMNS_BYTES_MAX = 64 * 1024 };
	char *text = arena_new(&s->arena, char, COLUMNS_BYTES_MAX);
	int fd = open(JALON_TEST_COLUMNS, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	assert_true(fd >= 0);
	n = read(fd, text, COLUMNS_BYTES_MAX - 1);
	assert_true(n > 0 && n < COLUMNS_BYTES_MAX - 1);
	(void)close(fd);
	text[n] = '\0';
	return text;
}

/* The two engines' tables are compared with one list, kept by hand: a change to one migration
 * only, or a column forgotten in one, does not pass. */
static void both_engines_have_these_columns(void **state)
{
	struct store *s = *state;

	assert_str(store_rows(s, tables_sql[s->is_postgres]), agreed_columns(s));
	if (s->is_postgres) {
		assert_int_equal(
			store_sql(
				s,
				"SELECT count(*) FROM pg_class c JOIN pg_attribute a "
				"ON a.attrelid = c.oid AND a.attnum > 0 "
				"WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' "
				"AND (col_description(c.oid, a.attnum) IS NULL "
				"OR obj_description(c.oid, 'pg_class') IS NULL)"),
			0);
	} else {
		assert_int_equal(store_sql(s, "SELECT count(*) FROM pragma_table_list "
					      "WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' "
					      "AND NOT strict"),
				 0);
	}
}

static void copies_what_it_holds_or_says_who_does(void **state)
{
	struct store *s = *state;
	const char *copy =
		str_fmt(&s->arena, "%s.copy", s->is_postgres ? "/nowhere/" : s->path).data;
	struct err err;
	int r = db_copy(s->pool, copy, &err);

	if (s->is_postgres) {
		assert_int_equal(r, DB_COPY_OWN_MEANS);
		return;
	}
	assert_int_equal(r, DB_COPY_OK);
	assert_int_equal(db_copy(s->pool, copy, &err), DB_COPY_THERE);
	assert_int_equal(unlink(copy), 0);
}

TEST_MAIN(store_test_empty(goes_up_from_nothing_and_stays),
	  store_test_empty(several_at_once_do_it_once), store_test(copies_before_it_changes),
	  store_test_empty(former_sheets_survive), store_test_empty(former_departments_survive),
	  store_test_empty(former_days_of_sending_go),
	  store_test_empty(does_not_copy_what_it_began),
	  store_test(a_failed_migration_leaves_the_former_schema),
	  store_test(refuses_a_newer_schema), store_test_empty(refuses_what_is_not_ours),
	  store_test(both_engines_have_these_columns),
	  store_test(copies_what_it_holds_or_says_who_does))
