/*
 * One organisation whole, on both databases: out, erased, in again, and across to the other engine; and archives that
 * nobody should take in.
 */
#include "http/world.h"

#include "base/buf.h"
#include "base/token.h"
#include "db/tables.h"
#include "http/unzip.h"
#include "http/visit.h"
#include "transfer/certificate.h"
#include "transfer/transfer.h"

enum { AT = 1700000000, ZIP_MAX = 16 << 20 };

/* ---- out and in ---- */

static struct str export_from(struct world *w, struct db_pool *pool, int64_t org_id)
{
	struct str zip = { "", 0 };
	struct db *db;
	struct err err;

	assert_ok(db_read_begin(pool, &db, &err), &err);
	assert_ok(transfer_export(db, w->a, org_id, TRANSFER_WHOLE, AT, ZIP_MAX, &zip, &err), &err);
	db_read_end(pool, db);
	return zip;
}

static struct str export_of(struct world *w, enum world_org org)
{
	return export_from(w, w->store->pool, w->orgs[org]);
}

struct import {
	struct world *w;
	struct transfer *t;
	const uint8_t *secret;
};

static int import_work(struct db *db, void *arg, struct err *err)
{
	struct import *im = arg;

	return transfer_import(db, im->w->a, im->t, im->secret, AT, err);
}

/* The outcome of importing, or a failed test for what is no export. */
static int import_into(struct world *w, struct db_pool *pool, struct str zip, const uint8_t *secret)
{
	struct import im = { .w = w, .secret = secret };
	struct str why;
	struct err err = { .code = 0 };
	int r = transfer_read(w->a, LANG_EN, zip, &im.t, &why, &err);

	if (r != 0)
		fail_msg("not taken: %.*s%s", STR_ARG(why), err.text);
	r = db_write(pool, import_work, &im, &err);
	if (r < 0)
		fail_msg("fault %d: %s", r, err.text);
	return r;
}

static int import(struct world *w, struct str zip)
{
	return import_into(w, w->store->pool, zip, w->product->config.secret);
}

struct erasing {
	int64_t org_id;
	struct transfer_counts counts;
};

static int erase_work(struct db *db, void *arg, struct err *err)
{
	struct erasing *e = arg;

	return transfer_erase(db, e->org_id, &e->counts, err);
}

static struct transfer_counts erase(struct world *w, enum world_org org)
{
	struct erasing e = { .org_id = w->orgs[org] };
	struct err err;

	assert_ok(db_write(w->store->pool, erase_work, &e, &err), &err);
	return e.counts;
}

/* The rows of one organisation's table, counted past everything. */
static int64_t count(struct world *w, const struct db_table *table, enum world_org org)
{
	return store_sql(w->store,
			 str_fmt(w->a, "SELECT count(*) FROM %s WHERE %s = %lld", table->name,
				 table->columns[table->org_column].name, (long long)w->orgs[org])
				 .data);
}

static void everything_goes_out(void **state)
{
	struct world *w = *state;
	struct str text = unzip_text(w->a, export_of(w, KESTREL));

	for (int t = 0; db_tables[t]; t++) {
		/* Each table has a file, and as many lines as rows. */
		const char *said = str_fmt(w->a, "\"%s\": %lld", db_tables[t]->name,
					   (long long)count(w, db_tables[t], KESTREL))
					   .data;

		assert_in_range(count(w, db_tables[t], KESTREL), 1, 1000);
		assert_true(str_contains(text, str_from(said)));
	}
	assert_true(str_contains(text, S("Kestrel comment")));
	assert_true(str_contains(text, S("person1@example.org")));
	assert_false(str_contains(text, S("Magpie")));
	assert_false(str_contains(text, S("Falcon")));
	assert_false(str_contains(text, S("Heron")));
	assert_false(str_contains(text, S("argon2")));
}

/* Pages of rows: more than one of them holds. */
static void many_rows_go_out(void **state)
{
	struct world *w = *state;
	struct buf b = buf_make(w->a, 1 << 20);

	for (int i = 0; i < 3 * DB_TABLE_PAGE; i++)
		buf_fmt(&b, "%s(%lld, 5000%d, 'department %d', 'department %d', %d)",
			i ? ", "
			  : "INSERT INTO department (org_id, id, name, name_key, position) VALUES ",
			(long long)w->orgs[KESTREL], i, i, i, i);
	(void)store_sql(w->store, b.data);
	b.len = 0;
	for (int i = 0; i < DB_TABLE_PAGE + 1; i++)
		buf_fmt(&b, "%s(%lld, 1, 1, 'q%04d', 'v', 1)",
			i ? ", "
			  : "INSERT INTO answer (org_id, sheet_id, vote, question, value, updated_ms) VALUES ",
			(long long)w->orgs[KESTREL], i);
	(void)store_sql(w->store, b.data);
	for (int round = 0; round < 2; round++) {
		struct str zip = export_of(w, KESTREL);

		assert_true(str_contains(unzip_text(w->a, zip), str_fmt(w->a, "\"department\": %d",
									3 * DB_TABLE_PAGE + 3)));
		assert_true(str_contains(unzip_text(w->a, zip), S("\"q0500\"")));
		if (round == 0) {
			(void)erase(w, KESTREL);
			assert_int_equal(import(w, zip), 0);
		}
	}
}

static void erased_and_back_is_the_same(void **state)
{
	struct world *w = *state;
	struct transfer_counts counts;
	/* Once in, so that links are this installation's. */
	struct str zip = export_of(w, KESTREL), again;
	int64_t rows[TRANSFER_TABLES_MAX];

	(void)erase(w, KESTREL);
	assert_int_equal(import(w, zip), 0);
	zip = export_of(w, KESTREL);
	for (int t = 0; db_tables[t]; t++)
		rows[t] = count(w, db_tables[t], KESTREL);
	counts = erase(w, KESTREL);
	for (int t = 0; db_tables[t]; t++) {
		assert_string_equal(counts.items[t].table, db_tables[t]->name);
		assert_int_equal(counts.items[t].n, rows[t]);
		assert_int_equal(count(w, db_tables[t], KESTREL), 0);
		/* The twin, with the same ids, has not lost one. */
		assert_in_range(count(w, db_tables[t], MAGPIE), 1, 1000);
	}
	assert_int_equal(import(w, zip), 0);
	again = export_of(w, KESTREL);
	assert_int_equal(zip.len, again.len);
	assert_memory_equal(zip.data, again.data, zip.len);
}

static void what_is_there_is_not_written_over(void **state)
{
	struct world *w = *state;
	struct str zip = export_of(w, KESTREL), after;

	assert_int_equal(import(w, zip), TRANSFER_EXISTS);
	after = export_of(w, KESTREL);
	assert_int_equal(zip.len, after.len);
	assert_memory_equal(zip.data, after.data, zip.len);
}

/* One of its links is another's here: nothing of it comes in, not even what came before. */
static void half_an_import_is_none(void **state)
{
	struct world *w = *state;
	struct str zip = export_of(w, KESTREL);
	int64_t accounts;

	/* The claimed sheet's own link, which is no derived one, is taken by the public sheet. */
	(void)erase(w, KESTREL);
	(void)store_sql(w->store, "DELETE FROM account WHERE email = 'person2@example.org'");
	accounts = store_sql(w->store, "SELECT count(*) FROM account");
	(void)store_sql(w->store,
			str_fmt(w->a, "UPDATE sheet SET token_hash = %.*s WHERE org_id = 1",
				STR_ARG(world_hash_sql(w, "sheet", w->orgs[KESTREL], 1)))
				.data);
	assert_int_equal(import(w, zip), TRANSFER_EXISTS);
	for (int t = 0; db_tables[t]; t++)
		assert_int_equal(count(w, db_tables[t], KESTREL), 0);
	assert_int_equal(store_sql(w->store, "SELECT count(*) FROM account"), accounts);
}

/* ---- elsewhere ---- */

static struct db_pool *other_database(struct world *w)
{
	struct db_config config = {
		.url = str_fmt(w->a, "sqlite:%s/other.db", w->store->folder),
		.readers = 2,
	};
	struct db_migration_report report;
	struct db_pool *pool;
	struct err err;

	assert_ok(db_pool_open(&config, &pool, &err), &err);
	assert_ok(db_migrate(pool, w->a, false, &report, &err), &err);
	return pool;
}

/* From this engine to SQLite and back: the same rows, and accounts that nobody can sign in with. */
static void there_and_back_across_engines(void **state)
{
	struct world *w = *state;
	struct db_pool *other = other_database(w);
	struct str here = export_of(w, KESTREL), there, back;

	(void)erase(w, KESTREL);
	assert_int_equal(import(w, here), 0);
	here = export_of(w, KESTREL);
	assert_int_equal(import_into(w, other, here, w->product->config.secret), 0);
	there = export_from(w, other, w->orgs[KESTREL]);
	assert_int_equal(here.len, there.len);
	assert_memory_equal(here.data, there.data, here.len);
	(void)erase(w, KESTREL);
	assert_int_equal(import(w, there), 0);
	back = export_of(w, KESTREL);
	assert_int_equal(here.len, back.len);
	assert_memory_equal(here.data, back.data, here.len);
	db_pool_close(other);
}

static void people_are_known_by_their_address(void **state)
{
	struct world *w = *state;
	struct str zip = export_of(w, KESTREL);
	const char *sql =
		str_fmt(w->a,
			"SELECT count(*) FROM membership m JOIN account a ON a.id = m.account_id "
			"WHERE m.org_id = %lld AND a.email = 'person1@example.org'",
			(long long)w->orgs[KESTREL])
			.data;

	(void)erase(w, KESTREL);
	/* Who has the address now has another id, and the old id is somebody else's. */
	(void)store_sql(
		w->store,
		"UPDATE account SET email = 'other@example.org' WHERE email = 'person1@example.org'");
	assert_int_equal(import(w, zip), 0);
	assert_int_equal(store_sql(w->store, sql), 1);
	assert_int_equal(
		store_sql(w->store,
			  "SELECT count(*) FROM account WHERE email = 'person1@example.org' AND "
			  "password IS NULL AND is_admin = 0"),
		1);
}

/* With another secret, the pages show links made anew; those that were given out stay dead. */
static void links_are_made_anew(void **state)
{
	struct world *w = *state;
	struct str zip = export_of(w, KESTREL);
	struct response got;
	struct str token;

	site_look(w->product->site, NULL, NULL);
	(void)erase(w, KESTREL);
	assert_int_equal(import(w, zip), 0);
	/* Round 2 of Kestrel is open. */
	got = member_get(w->product, &w->members[KESTREL][ROLE_OWNER],
			 str_fmt(w->a, "/rounds/%.*s", STR_ARG(id_text(w->a, 1020))).data);
	assert_status(&got, 200);
	token = between(got.body, "value=\"http://test.local/r/", '"');
	assert_int_equal(token.len, 22);
	got = site_get(w->product->site, str_fmt(w->a, "/r/%.*s", STR_ARG(token)).data);
	assert_status(&got, 200);
	got = site_get(
		w->product->site,
		str_fmt(w->a, "/r/%.*s", STR_ARG(world_token(w, "round", w->orgs[KESTREL], 1020)))
			.data);
	assert_status(&got, 404);
}

/* ---- through the pages ---- */

static int64_t exports_noted(struct world *w, int org)
{
	return store_sql(
		w->store,
		str_fmt(w->a,
			"SELECT count(*) FROM audit WHERE org_id = %lld AND account_id IS NOT NULL "
			"AND action = 'exported the organisation' AND object_id = org_id",
			(long long)w->orgs[org])
			.data);
}

static void an_owner_takes_it_along_and_erases_it(void **state)
{
	struct world *w = *state;
	struct member *owner = &w->members[KESTREL][ROLE_OWNER];
	struct str id = id_text(w->a, w->orgs[KESTREL]);
	struct response got;

	site_look(w->product->site, NULL, NULL);
	got = member_get(w->product, owner, "/settings/export");
	assert_status(&got, 405);
	got = member_post(w->product, owner, "/settings/export", "");
	assert_status(&got, 200);
	assert_str(answer_header(&got, "Content-Type"), "application/zip");
	assert_true(str_contains(unzip_text(w->a, got.body), S("Kestrel comment")));
	assert_int_equal(exports_noted(w, KESTREL), 1);
	assert_int_equal(exports_noted(w, FALCON), 0);
	got = member_get(w->product, owner, "/audit?lang=en");
	assert_true(str_contains(got.body, S("exported the organisation")));
	got = member_post(w->product, owner, "/settings/erase", "name=Kestrel");
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("value=\"Kestrel\"")));
	assert_in_range(count(w, db_tables[0], KESTREL), 1, 1);
	got = member_post(w->product, owner, "/settings/erase", "name=Kestrel+%26+sons");
	assert_status(&got, 303);
	assert_int_equal(count(w, db_tables[0], KESTREL), 0);
	got = member_get(w->product, owner, "");
	assert_status(&got, 404);
	got = member_visit(w->product, owner,
			   str_fmt(w->a, "/erased/%.*s?lang=en", STR_ARG(id)).data);
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("Kestrel &amp; sons was erased")));
	got = member_visit(w->product, owner,
			   str_fmt(w->a, "/erased/%.*s/certificate.txt?lang=en", STR_ARG(id)).data);
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("Scorecards, sent or not")));
	got = member_visit(w->product, owner,
			   str_fmt(w->a, "/erased/%.*s/certificate.pdf", STR_ARG(id)).data);
	assert_status(&got, 200);
	assert_true(str_starts(got.body, S("%PDF-")));
	got = member_visit(w->product, &w->members[FALCON][ROLE_OWNER],
			   str_fmt(w->a, "/erased/%.*s", STR_ARG(id)).data);
	assert_status(&got, 404);
	got = member_visit(w->product, &w->admin, str_fmt(w->a, "/erased/%.*s", STR_ARG(id)).data);
	assert_status(&got, 200);
}

/* ---- what nobody should take in ---- */

/* The reason why it is refused; a failed test when it is not. */
static struct str refused(struct world *w, struct str zip)
{
	struct transfer *t;
	struct str why = { "", 0 };
	struct err err;

	assert_int_equal(transfer_read(w->a, LANG_EN, zip, &t, &why, &err), TRANSFER_BAD);
	assert_true(why.len > 0);
	return why;
}

static void damaged_archives_are_refused(void **state)
{
	struct world *w = *state;
	struct str zip = export_of(w, KESTREL), why;
	struct transfer *t;
	struct err err;

	(void)refused(w, S(""));
	(void)refused(w, S("PK\x03\x04"));
	for (size_t n = 0; n < zip.len; n += zip.len / 50)
		(void)refused(w, str_slice(zip, 0, n));
	for (size_t at = 50; at < zip.len / 2; at += zip.len / 40) {
		char *bytes = arena_new(w->a, char, zip.len);

		memcpy(bytes, zip.data, zip.len);
		for (size_t i = 0; i < 8; i++)
			bytes[at + i] = (char)(bytes[at + i] ^ 0x5a);
		/* Dates and the like may be anything; what is in it may not. */
		if (transfer_read(w->a, LANG_EN, str_make(bytes, zip.len), &t, &why, &err) !=
		    TRANSFER_BAD)
			assert_true(str_eq(unzip_text(w->a, str_make(bytes, zip.len)),
					   unzip_text(w->a, zip)));
	}
}

static void what_no_export_holds_is_refused(void **state)
{
	struct world *w = *state;
	struct str zip = export_of(w, KESTREL);
	struct str more = S("more");

	static const char *const names[] = { "../manifest.json",    "/etc/passwd",
					     "tables/../org.jsonl", "tables/session.jsonl",
					     "tables/.jsonl",       "MANIFEST.JSON" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_str(refused(w, rezip(w->a, zip, names[i], &more, REZIP_ADD)),
			   "it holds something that no export holds");
	assert_str(refused(w, rezip(w->a, zip, "manifest.json", &more, REZIP_ADD)),
		   "it holds a file twice");
	assert_str(refused(w, rezip(w->a, zip, "tables/org.jsonl", &more, REZIP_LINK)),
		   "it holds something that no export holds");
	(void)refused(w, rezip(w->a, zip, "tables/answer.jsonl", NULL, REZIP_LEAVE_OUT));
	(void)refused(w, rezip(w->a, zip, "accounts.jsonl", NULL, REZIP_LEAVE_OUT));
}

static void a_bomb_is_refused(void **state)
{
	struct world *w = *state;
	struct str zip = export_of(w, KESTREL);
	enum { BOMB = 48 << 20 };
	char *bytes = arena_new(w->a, char, BOMB);
	struct str bomb = str_make(bytes, BOMB);

	memset(bytes, ' ', BOMB);
	assert_str(refused(w, rezip(w->a, zip, "tables/answer.jsonl", &bomb, REZIP_REPLACE)),
		   "what it holds is too large");
}

/* Rows that say what they must not, and why they are refused. */
static void wrong_rows_are_refused(void **state)
{
	static const struct {
		const char *file, *from, *to;
	} changes[] = {
		{ "tables/org.jsonl", "\"id\":\"", "\"id\":\"0" },
		{ "tables/org.jsonl", "\"benchmark\":1", "\"benchmark\":\"1\"" },
		{ "tables/org.jsonl", "\"benchmark\":1", "\"benchmark\":1.5" },
		{ "tables/org.jsonl", "\"benchmark\":1", "\"benchmark\":null" },
		{ "tables/org.jsonl", "\"benchmark\":1", "\"benchmark\":1,\"benchmark\":1" },
		{ "tables/org.jsonl", "\"benchmark\":1", "\"bench\":1" },
		{ "tables/org.jsonl", "\"benchmark\":1", "\"benchmark\":99999999999999999999" },
		{ "tables/org.jsonl", "{", "[" },
		{ "tables/org.jsonl", "\n", "\n\n" },
		{ "tables/round.jsonl", "\"token_hash\":\"", "\"token_hash\":\"!" },
		{ "tables/round.jsonl", "\"title\":\"Kestrel", "\"title\":\"\\u0000" },
		{ "tables/round.jsonl", "\"title\":\"Kestrel", "\"title\":\"\xff" },
		{ "tables/membership.jsonl", "\"role\":\"owner\"", "\"role\":7" },
		{ "tables/membership.jsonl", "\"account_id\":\"00", "\"account_id\":\"01" },
		{ "manifest.json", "\"version\": 1", "\"version\": 2" },
		{ "manifest.json", "\"schema\": ", "\"schema\": 9" },
		{ "manifest.json", "\"round\": ", "\"round\": 1" },
		{ "manifest.json", "\"format\": \"jalon", "\"format\": \"x" },
		{ "manifest.json", "\"id\": \"00", "\"id\": \"zz" },
		{ "accounts.jsonl", "\"email\":", "\"mail\":" },
		{ "accounts.jsonl", "\n", "\n{}\n" },
	};
	struct world *w = *state;
	struct str zip = export_of(w, KESTREL);

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		struct str changed =
			unzip_changed(w->a, zip, changes[i].file, changes[i].from, changes[i].to);

		if (!changed.data)
			fail_msg("%s holds no %s", changes[i].file, changes[i].from);
		(void)refused(w, rezip(w->a, zip, changes[i].file, &changed, REZIP_REPLACE));
	}
}

/* A row of another organisation's, well-formed. */
static void another_organisations_row_is_refused(void **state)
{
	struct world *w = *state;
	struct str zip = export_of(w, KESTREL), falcon = export_of(w, FALCON);
	struct str rows = unzip_file(w->a, falcon, "tables/department.jsonl");

	assert_str(refused(w, rezip(w->a, zip, "tables/department.jsonl", &rows, REZIP_REPLACE)),
		   "a row is another organisation’s");
}

static void there_is_no_public_export(void **state)
{
	struct world *w = *state;
	struct str zip = { "", 0 };
	struct db *db;
	struct err err;

	assert_ok(db_read_begin(w->store->pool, &db, &err), &err);
	assert_int_equal(transfer_export(db, w->a, 12345, TRANSFER_WHOLE, AT, ZIP_MAX, &zip, &err),
			 TRANSFER_NOT_FOUND);
	assert_int_equal(
		transfer_export(db, w->a, w->orgs[KESTREL], TRANSFER_WHOLE, AT, 100, &zip, &err),
		TRANSFER_TOO_LARGE);
	/* Nothing is left open: the connection goes on. */
	assert_ok(transfer_export(db, w->a, w->orgs[KESTREL], TRANSFER_WHOLE, AT, ZIP_MAX, &zip,
				  &err),
		  &err);
	db_read_end(w->store->pool, db);
	(void)refused(w, export_from(w, w->store->pool, ORG_PUBLIC));
}

static void a_certificate_can_be_read_again(void **state)
{
	struct world *w = *state;
	struct transfer_counts counts = erase(w, FALCON);
	struct certificate c = { .at_ms = AT };

	assert_int_equal(
		certificate_parse(w->a, certificate_json(w->a, S("A \"name\""), &counts), &c), 0);
	assert_str(c.name, "A \"name\"");
	for (int t = 0; db_tables[t]; t++) {
		assert_string_equal(c.counts.items[t].table, db_tables[t]->name);
		assert_int_equal(c.counts.items[t].n, counts.items[t].n);
	}
	assert_int_equal(certificate_parse(w->a, S("{\"name\":1}"), &c), 1);
	assert_int_equal(certificate_parse(w->a, S("x"), &c), 1);
}

TEST_MAIN(world_test(everything_goes_out), world_test(many_rows_go_out),
	  world_test(erased_and_back_is_the_same), world_test(what_is_there_is_not_written_over),
	  world_test(half_an_import_is_none), world_test(there_and_back_across_engines),
	  world_test(people_are_known_by_their_address), world_test(links_are_made_anew),
	  world_test(an_owner_takes_it_along_and_erases_it),
	  world_test(damaged_archives_are_refused), world_test(what_no_export_holds_is_refused),
	  world_test(a_bomb_is_refused), world_test(wrong_rows_are_refused),
	  world_test(another_organisations_row_is_refused), world_test(there_is_no_public_export),
	  world_test(a_certificate_can_be_read_again))
