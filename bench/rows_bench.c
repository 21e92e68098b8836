/*
 * The bare loop that saving answers is measured against: the program's own table, upsert and durability
 * (WAL, synchronous=FULL, foreign keys), a transaction for every BATCH submissions, as many as there are
 * connections in the load, and nothing else: no link is looked up, nothing is read. Each submission
 * stores ROWS answers of one sheet and notes it in the sheet. Prints rows per second.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>

#include "base/num.h"
#include "base/timing.h"
#include "db/db.h"

enum { BATCH = 64, SHEETS = 200, QUESTIONS = 15 };

static const char pragmas[] =
	"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
	"PRAGMA cache_size=-65536;";
static const char sheets[] =
	"WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199)"
	" INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms)"
	" SELECT 1, i, CAST(i AS BLOB), 'bench', 1, 'fr', 0, 0 FROM n";
/* As in src/rounds/queries.sql and src/phases/scorecard/queries.sql. */
static const char save[] =
	"INSERT INTO answer (org_id, sheet_id, vote, question, value, comment, updated_ms)"
	" VALUES (1, ?1, 1, ?2, ?3, NULL, ?4) ON CONFLICT (org_id, sheet_id, vote, question)"
	" DO UPDATE SET value = coalesce(excluded.value, answer.value), comment = excluded.comment,"
	" updated_ms = excluded.updated_ms";
static const char touch[] = "UPDATE sheet SET updated_ms = ?2 WHERE org_id = 1 AND id = ?1";
static const char *const questions[QUESTIONS] = {
	"lineage",           "etl",          "bi-practice", "warehouse",
	"bi-success",        "ai-seniority", "governance",  "poc",
	"bought-ai",         "ai-projects",  "analyst",     "data-driven",
	"executive-support", "it-support",   "departments",
};

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

static sqlite3 *open_file(const char *path)
{
	sqlite3 *db;

	(void)remove(path);
	check(NULL, sqlite3_open(path, &db));
	check(db, sqlite3_exec(db, pragmas, NULL, NULL, NULL));
	for (const struct db_migration *m = db_migrations; m->number; m++)
		check(db, sqlite3_exec(db, m->sqlite, NULL, NULL, NULL));
	check(db, sqlite3_exec(db, sheets, NULL, NULL, NULL));
	return db;
}

struct loop {
	sqlite3 *db;
	sqlite3_stmt *begin, *save, *touch, *commit;
	int64_t rows; /* stored so far */
};

/* `n` answers of one sheet; what they say changes every time round. */
static void submit(struct loop *l, int64_t n)
{
	int64_t sheet = l->rows / QUESTIONS % SHEETS, round = l->rows / QUESTIONS / SHEETS;

	for (int64_t i = 0; i < n; i++, l->rows++) {
		check(l->db, sqlite3_bind_int64(l->save, 1, sheet));
		check(l->db, sqlite3_bind_text(l->save, 2, questions[l->rows % QUESTIONS], -1,
					       SQLITE_STATIC));
		check(l->db, sqlite3_bind_text(l->save, 3, round % 2 ? "partial" : "several", -1,
					       SQLITE_STATIC));
		check(l->db, sqlite3_bind_int64(l->save, 4, l->rows));
		step(l->db, l->save);
	}
	check(l->db, sqlite3_bind_int64(l->touch, 1, sheet));
	check(l->db, sqlite3_bind_int64(l->touch, 2, l->rows));
	step(l->db, l->touch);
}

int main(int argc, char **argv)
{
	int64_t seconds = 1, n = 1, begun;
	struct loop l = { .rows = 0 };

	if (argc != 4 || num_parse(str_from(argv[2]), 1, 600, &seconds) != NUM_OK ||
	    num_parse(str_from(argv[3]), 1, QUESTIONS, &n) != NUM_OK) {
		fputs("usage: rows_bench FILE SECONDS ROWS\n", stderr);
		return 2;
	}
	l.db = open_file(argv[1]);
	check(l.db, sqlite3_prepare_v2(l.db, "BEGIN IMMEDIATE", -1, &l.begin, NULL));
	check(l.db, sqlite3_prepare_v2(l.db, save, -1, &l.save, NULL));
	check(l.db, sqlite3_prepare_v2(l.db, touch, -1, &l.touch, NULL));
	check(l.db, sqlite3_prepare_v2(l.db, "COMMIT", -1, &l.commit, NULL));
	begun = time_mono_ms();
	while (time_mono_ms() < begun + seconds * 1000) {
		step(l.db, l.begin);
		for (int i = 0; i < BATCH; i++)
			submit(&l, n);
		step(l.db, l.commit);
	}
	printf("%" PRId64 "\n", l.rows * 1000 / (time_mono_ms() - begun));
	sqlite3_finalize(l.begin);
	sqlite3_finalize(l.save);
	sqlite3_finalize(l.touch);
	sqlite3_finalize(l.commit);
	sqlite3_close(l.db);
	return 0;
}
