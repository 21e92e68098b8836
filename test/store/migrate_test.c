/* Migrations: up from nothing, again, from an older version, and what is refused untouched. */
#include "store/store.h"

#include <dirent.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "db/db_priv.h"
#include "queries.h"

enum { LATEST = 4 }; /* the last number in sql/migrations */

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

	(void)store_sql(s, s->is_postgres ? "UPDATE jalon_schema SET version = 9"
					  : "PRAGMA user_version = 9");
	assert_int_equal(migrate(s, false, &report), DB_MIGRATE_NEWER);
	assert_int_equal(report.from, 9);
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

/* The two engines' tables are compared with one list, kept by hand: a change to one migration
 * only, or a column forgotten in one, does not pass. */
static void both_engines_have_these_columns(void **state)
{
	struct store *s = *state;

	assert_str(store_rows(s, tables_sql[s->is_postgres]),
		   "account|created_ms|1|bigint\naccount|disabled_ms|0|bigint\n"
		   "account|email|1|text\naccount|id|1|bigint\n"
		   "account|is_admin|1|bigint\naccount|language|1|text\n"
		   "account|name|1|text\naccount|password|0|text\n"
		   "account|time_zone|1|text\naccount|totp_confirmed_ms|0|bigint\n"
		   "account|totp_secret|0|bytea\naccount|totp_step|1|bigint\n"
		   "account|updated_ms|1|bigint\n"
		   "account_link|account_id|0|bigint\n"
		   "account_link|created_ms|1|bigint\n"
		   "account_link|expires_ms|1|bigint\naccount_link|id|1|bigint\n"
		   "account_link|kind|1|text\naccount_link|token_hash|1|bytea\n"
		   "account_link|used_ms|0|bigint\nagreement|account_id|0|bigint\n"
		   "agreement|at_ms|1|bigint\nagreement|item|1|text\n"
		   "agreement|org_id|1|bigint\nagreement|reason|1|text\n"
		   "agreement|round_id|1|bigint\nagreement|value|1|text\n"
		   "answer|comment|0|text\nanswer|kind|0|bigint\n"
		   "answer|org_id|1|bigint\nanswer|question|1|text\n"
		   "answer|sheet_id|1|bigint\nanswer|updated_ms|1|bigint\n"
		   "answer|value|0|text\nanswer|vote|1|bigint\n"
		   "audit|account_id|0|bigint\naudit|action|1|text\n"
		   "audit|after|0|text\naudit|at_ms|1|bigint\n"
		   "audit|before|0|text\naudit|id|1|bigint\n"
		   "audit|object_id|0|bigint\naudit|object_kind|1|text\n"
		   "audit|org_id|1|bigint\naudit|who|1|text\n"
		   "department|id|1|bigint\ndepartment|name|1|text\n"
		   "department|org_id|1|bigint\ndepartment|position|1|bigint\n"
		   "instance|name|1|text\ninstance|value|1|bytea\n"
		   "membership|account_id|1|bigint\n"
		   "membership|created_ms|1|bigint\nmembership|org_id|1|bigint\n"
		   "membership|role|1|text\norg|accent|1|text\n"
		   "org|benchmark|1|bigint\norg|contact_url|1|text\n"
		   "org|created_ms|1|bigint\norg|id|1|bigint\norg|logo|0|bytea\n"
		   "org|logo_type|1|text\norg|name|1|text\norg|sector|1|text\n"
		   "org|size|1|text\norg|time_zone|1|text\n"
		   "org|updated_ms|1|bigint\norg_invitation|created_by|0|bigint\n"
		   "org_invitation|created_ms|1|bigint\n"
		   "org_invitation|expires_ms|1|bigint\n"
		   "org_invitation|id|1|bigint\norg_invitation|label|1|text\n"
		   "org_invitation|org_id|1|bigint\n"
		   "org_invitation|revoked_ms|0|bigint\n"
		   "org_invitation|role|1|text\n"
		   "org_invitation|token_hash|1|bytea\n"
		   "org_invitation|used_ms|0|bigint\n"
		   "participant|answered_day|0|bigint\n"
		   "participant|created_ms|1|bigint\n"
		   "participant|department_id|0|bigint\nparticipant|email|0|text\n"
		   "participant|id|1|bigint\nparticipant|invited_ms|0|bigint\n"
		   "participant|kind|1|text\nparticipant|language|0|text\n"
		   "participant|name|0|text\nparticipant|org_id|1|bigint\n"
		   "participant|reminded_ms|0|bigint\n"
		   "participant|revoked_ms|0|bigint\n"
		   "participant|round_id|1|bigint\nparticipant|state|1|text\n"
		   "participant|token_hash|1|bytea\n"
		   "recovery_code|account_id|1|bigint\n"
		   "recovery_code|code_hash|1|bytea\n"
		   "recovery_code|used_ms|0|bigint\nround|access|1|text\n"
		   "round|asks_department|1|bigint\nround|closed_ms|0|bigint\n"
		   "round|closes_ms|0|bigint\nround|contact|1|text\n"
		   "round|controller|1|text\nround|created_by|0|bigint\n"
		   "round|created_ms|1|bigint\nround|id|1|bigint\n"
		   "round|kind|1|text\nround|language|1|text\nround|mode|1|text\n"
		   "round|opened_ms|0|bigint\nround|opens_ms|0|bigint\n"
		   "round|org_id|1|bigint\nround|pack|1|text\n"
		   "round|pack_version|1|bigint\nround|purpose|1|text\n"
		   "round|retention|1|text\nround|shows_result|1|bigint\n"
		   "round|state|1|text\nround|threshold|1|bigint\n"
		   "round|title|1|text\nround|token_hash|1|bytea\n"
		   "round|updated_ms|1|bigint\nround|version|1|bigint\n"
		   "session|account_id|1|bigint\nsession|agent|1|text\n"
		   "session|created_ms|1|bigint\nsession|id|1|bigint\n"
		   "session|seen_ms|1|bigint\nsession|token_hash|1|bytea\n"
		   "share|created_ms|1|bigint\nshare|id|1|bigint\n"
		   "share|org_id|1|bigint\nshare|revoked_ms|0|bigint\n"
		   "share|sheet_id|1|bigint\nshare|token_hash|1|bytea\n"
		   "sheet|created_ms|1|bigint\nsheet|department_id|0|bigint\n"
		   "sheet|finished_ms|0|bigint\nsheet|id|1|bigint\n"
		   "sheet|language|1|text\nsheet|org_id|1|bigint\n"
		   "sheet|pack|1|text\nsheet|pack_version|1|bigint\n"
		   "sheet|participant_id|0|bigint\nsheet|round_id|0|bigint\n"
		   "sheet|sent_ms|0|bigint\nsheet|token_hash|1|bytea\n"
		   "sheet|updated_ms|1|bigint\ntally|department_id|1|bigint\n"
		   "tally|item|1|text\ntally|kind|1|bigint\ntally|n|1|bigint\n"
		   "tally|org_id|1|bigint\ntally|round_id|1|bigint\n"
		   "tally|value|1|text\ntally|vote|1|bigint\n");
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

TEST_MAIN(store_test_empty(goes_up_from_nothing_and_stays),
	  store_test_empty(several_at_once_do_it_once), store_test(copies_before_it_changes),
	  store_test_empty(former_sheets_survive), store_test_empty(does_not_copy_what_it_began),
	  store_test(a_failed_migration_leaves_the_former_schema),
	  store_test(refuses_a_newer_schema), store_test_empty(refuses_what_is_not_ours),
	  store_test(both_engines_have_these_columns))
