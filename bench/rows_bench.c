/*
 * The bare loop that saving answers is measured against: the same row and the same durability (WAL,
 * synchronous=FULL), a transaction for every 64 rows, as many as there are connections in the load, and
 * nothing else. Prints rows per second.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>

#include "base/num.h"
#include "base/timing.h"

enum { BATCH = 64, SHEETS = 200, QUESTIONS = 15 };

static const char schema[] =
	"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	"CREATE TABLE IF NOT EXISTS sheet (org_id INTEGER NOT NULL, id INTEGER NOT NULL, updated_ms INTEGER,"
	" PRIMARY KEY (org_id, id)) STRICT;"
	"CREATE TABLE IF NOT EXISTS answer (org_id INTEGER NOT NULL, sheet_id INTEGER NOT NULL,"
	" question TEXT NOT NULL, value TEXT, comment TEXT, updated_ms INTEGER NOT NULL,"
	" PRIMARY KEY (org_id, sheet_id, question)) STRICT;";
static const char save[] =
	"INSERT INTO answer VALUES (1, ?1, ?2, ?3, NULL, ?4) ON CONFLICT (org_id, sheet_id, question)"
	" DO UPDATE SET value = coalesce(excluded.value, answer.value), comment = excluded.comment,"
	" updated_ms = excluded.updated_ms";
static const char touch[] = "UPDATE sheet SET updated_ms = ?2 WHERE org_id = 1 AND id = ?1";

static void check(sqlite3 *db, int r)
{
	if (r == SQLITE_OK || r == SQLITE_DONE)
		return;
	fprintf(stderr, "rows_bench: %s\n", sqlite3_errmsg(db));
	_Exit(1);
}

static void step(sqlite3 *db, sqlite3_stmt *s)
{
	check(db, sqlite3_step(s));
	check(db, sqlite3_reset(s));
}

int main(int argc, char **argv)
{
	sqlite3_stmt *save_one, *touch_one;
	int64_t seconds = 1, rows = 0, end;
	sqlite3 *db;

	if (argc != 3 || num_parse(str_from(argv[2]), 1, 600, &seconds) != NUM_OK) {
		fputs("usage: rows_bench FILE SECONDS\n", stderr);
		return 2;
	}
	check(NULL, sqlite3_open(argv[1], &db));
	check(db, sqlite3_exec(db, schema, NULL, NULL, NULL));
	check(db, sqlite3_prepare_v2(db, save, -1, &save_one, NULL));
	check(db, sqlite3_prepare_v2(db, touch, -1, &touch_one, NULL));
	end = time_mono_ms() + seconds * 1000;
	while (time_mono_ms() < end) {
		check(db, sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL));
		for (int i = 0; i < BATCH; i++, rows++) {
			char question[16];

			(void)snprintf(question, sizeof question, "question%d",
				       (int)(rows % QUESTIONS));
			check(db, sqlite3_bind_int64(save_one, 1, rows / QUESTIONS % SHEETS));
			check(db, sqlite3_bind_text(save_one, 2, question, -1, SQLITE_TRANSIENT));
			check(db, sqlite3_bind_text(save_one, 3, "partial", -1, SQLITE_STATIC));
			check(db, sqlite3_bind_int64(save_one, 4, rows));
			step(db, save_one);
			check(db, sqlite3_bind_int64(touch_one, 1, rows / QUESTIONS % SHEETS));
			check(db, sqlite3_bind_int64(touch_one, 2, rows));
			step(db, touch_one);
		}
		check(db, sqlite3_exec(db, "COMMIT", NULL, NULL, NULL));
	}
	printf("%" PRId64 "\n", rows / seconds);
	sqlite3_finalize(save_one);
	sqlite3_finalize(touch_one);
	sqlite3_close(db);
	return 0;
}
