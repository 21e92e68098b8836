/* Migrations: up from nothing, again, from an older version, and what is refused untouched. */
#include "store/store.h"

#include <dirent.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "db/db_priv.h"
#include "queries.h"

enum { LATEST = 3 }; /* the last number in sql/migrations */

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
		   "account|email|1|text\naccount|id|1|bigint\naccount|is_admin|1|bigint\n"
		   "account|language|1|text\naccount|name|1|text\n"
		   "account|password|0|text\naccount|time_zone|1|text\n"
		   "account|totp_confirmed_ms|0|bigint\naccount|totp_secret|0|bytea\n"
		   "account|totp_step|1|bigint\naccount|updated_ms|1|bigint\n"
		   "account_link|account_id|0|bigint\naccount_link|created_ms|1|bigint\n"
		   "account_link|expires_ms|1|bigint\naccount_link|id|1|bigint\n"
		   "account_link|kind|1|text\naccount_link|token_hash|1|bytea\n"
		   "account_link|used_ms|0|bigint\n"
		   "answer|comment|0|text\n"
		   "answer|org_id|1|bigint\nanswer|question|1|text\n"
		   "answer|sheet_id|1|bigint\nanswer|updated_ms|1|bigint\n"
		   "answer|value|0|text\naudit|account_id|0|bigint\naudit|action|1|text\n"
		   "audit|after|0|text\naudit|at_ms|1|bigint\naudit|before|0|text\n"
		   "audit|id|1|bigint\naudit|object_id|0|bigint\n"
		   "audit|object_kind|1|text\naudit|org_id|1|bigint\naudit|who|1|text\n"
		   "calendar_feed|account_id|1|bigint\ncalendar_feed|created_ms|1|bigint\n"
		   "calendar_feed|id|1|bigint\ncalendar_feed|org_id|1|bigint\n"
		   "calendar_feed|revoked_ms|0|bigint\ncalendar_feed|token_hash|1|bytea\n"
		   "department|id|1|bigint\ndepartment|name|1|text\n"
		   "department|org_id|1|bigint\ndepartment|position|1|bigint\n"
		   "instance|name|1|text\ninstance|value|1|bytea\n"
		   "membership|account_id|1|bigint\nmembership|created_ms|1|bigint\n"
		   "membership|org_id|1|bigint\nmembership|role|1|text\n"
		   "org|accent|1|text\norg|benchmark|1|bigint\norg|contact_url|1|text\n"
		   "org|created_ms|1|bigint\norg|id|1|bigint\norg|logo|0|bytea\n"
		   "org|logo_type|1|text\norg|name|1|text\norg|sector|1|text\n"
		   "org|size|1|text\norg|time_zone|1|text\norg|updated_ms|1|bigint\n"
		   "org_invitation|created_by|0|bigint\n"
		   "org_invitation|created_ms|1|bigint\n"
		   "org_invitation|expires_ms|1|bigint\norg_invitation|id|1|bigint\n"
		   "org_invitation|label|1|text\norg_invitation|org_id|1|bigint\n"
		   "org_invitation|revoked_ms|0|bigint\norg_invitation|role|1|text\n"
		   "org_invitation|token_hash|1|bytea\norg_invitation|used_ms|0|bigint\n"
		   "plan_action|created_ms|1|bigint\nplan_action|detail|1|text\n"
		   "plan_action|done_ms|0|bigint\nplan_action|due|0|text\n"
		   "plan_action|effort|1|text\nplan_action|id|1|bigint\n"
		   "plan_action|note|1|text\nplan_action|org_id|1|bigint\n"
		   "plan_action|owner_account|0|bigint\nplan_action|owner_name|1|text\n"
		   "plan_action|phase|1|text\nplan_action|questions|1|text\n"
		   "plan_action|source_action|1|text\nplan_action|source_id|0|bigint\n"
		   "plan_action|source_kind|1|text\nplan_action|status|1|text\n"
		   "plan_action|title|1|text\nplan_action|updated_ms|1|bigint\n"
		   "plan_action|version|1|bigint\n"
		   "recovery_code|account_id|1|bigint\nrecovery_code|code_hash|1|bytea\n"
		   "recovery_code|used_ms|0|bigint\nsession|account_id|1|bigint\n"
		   "session|agent|1|text\nsession|created_ms|1|bigint\n"
		   "session|id|1|bigint\nsession|seen_ms|1|bigint\n"
		   "session|token_hash|1|bytea\nshare|created_ms|1|bigint\n"
		   "share|id|1|bigint\nshare|org_id|1|bigint\nshare|revoked_ms|0|bigint\n"
		   "share|sheet_id|1|bigint\nshare|token_hash|1|bytea\n"
		   "sheet|created_ms|1|bigint\nsheet|finished_ms|0|bigint\n"
		   "sheet|id|1|bigint\nsheet|language|1|text\nsheet|org_id|1|bigint\n"
		   "sheet|pack|1|text\nsheet|pack_version|1|bigint\n"
		   "sheet|token_hash|1|bytea\nsheet|updated_ms|1|bigint\n");
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
	  store_test_empty(does_not_copy_what_it_began),
	  store_test(a_failed_migration_leaves_the_former_schema),
	  store_test(refuses_a_newer_schema), store_test_empty(refuses_what_is_not_ours),
	  store_test(both_engines_have_these_columns))
