/*
 * Would a test notice? Each condition on the organisation is dropped in turn from the query that has it, and the
 * matrix (cells.h) is tried again: something must go wrong. Those that nothing notices are listed with the reason
 * in the file that MUTATION_SURVIVORS names; one that is not listed fails, and so does one listed for nothing.
 *
 * On both databases, each with its own texts. PostgreSQL's row-level security would hide other organisations'
 * rows whatever a query says, so it is switched off here: queries are then the only wall, as on SQLite.
 */
#include "http/visit.h"
#include "http/cells.h"

#include "base/buf.h"
#include "db/fake.h"
#include "db/tables.h"
#include "http/mutants.h"

enum { MUTANTS_MAX = 2048, SHOWN_MAX = 100, LIST_MAX = 65536 };

/* What a cell comes to. */
struct outcome {
	int status;
	struct sha256 page;                 /* and Location */
	struct sha256 tables[WORLD_TABLES]; /* the rows it leaves */
};

/* What of it is the same each time: ids and times are made anew, each in some tables only. */
struct steady {
	bool page, tables[WORLD_TABLES];
};

/* Which cells ran the query of a mutant. */
struct lab {
	struct world *w;
	struct cells cells;
	const struct mutant *mutants; /* of this engine's statements */
	size_t n_mutants;
	struct fake_faults faults;
	int now; /* the mutant that is in place; -1: none */
	struct db_query swapped[MUTANTS_MAX];
	const char *ran[MUTANTS_MAX]; /* names of the queries that ran in this request */
	size_t n_ran;
	struct outcome *usual; /* of each cell, without a mutant */
	struct steady *steady;
	bool *touches; /* cell * n_mutants + mutant */
};

static const struct db_query *see(void *arg, const struct db_query *q)
{
	struct lab *lab = arg;

	if (lab->n_ran < MUTANTS_MAX)
		lab->ran[lab->n_ran++] = q->name;
	if (lab->now < 0 || strcmp(lab->mutants[lab->now].query, q->name) != 0)
		return q;
	/* Each connection keeps statements by their address: each mutant has its own. */
	if (!lab->swapped[lab->now].name) {
		lab->swapped[lab->now] = *q;
		lab->swapped[lab->now].sqlite = lab->mutants[lab->now].sql;
		lab->swapped[lab->now].postgres = lab->mutants[lab->now].sql;
	}
	return &lab->swapped[lab->now];
}

/* ---- queries as the only wall ---- */

static const char count_walls_sql[] =
	"SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity";
static const char drop_walls_sql[] =
	"DO $$ DECLARE t regclass; BEGIN FOR t IN SELECT oid FROM pg_class "
	"WHERE relnamespace = 'public'::regnamespace AND relrowsecurity "
	"LOOP EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', t); END LOOP; END $$";

static void drop_walls(struct store *store)
{
	assert_in_range(store_sql(store, count_walls_sql), 10, 1000);
	(void)store_sql(store, drop_walls_sql);
	assert_int_equal(store_sql(store, count_walls_sql), 0);
}

/* How many rows of the twin a reader who works for Kestrel finds when a query does not say whose it means. */
static int64_t count_twins(struct world *w, struct db *db, const struct db_table *table)
{
	static const enum db_type column[] = { DB_I64 };
	static const bool nullable[] = { false };
	struct db_query *q = arena_new(w->a, struct db_query, 1);
	const char *sql =
		str_fmt(w->a, "SELECT count(*) AS n FROM %s WHERE %s = %lld", table->name,
			table->columns[table->org_column].name, (long long)w->orgs[MAGPIE])
			.data;
	struct db_value n;
	struct db_rows *rows;
	struct err err;

	*q = (struct db_query){ .name = table->name,
				.sqlite = sql,
				.postgres = sql,
				.n_columns = 1,
				.columns = column,
				.nullable = nullable,
				.reach = DB_REACH_ORG,
				.org_param = -1 };
	assert_ok(db_run(db, q, NULL, &rows, &err), &err);
	assert_int_equal(db_next(rows, &n, &err), DB_ROW);
	db_finish(rows);
	return n.i64;
}

/* Or all would survive, or be killed, for another reason than is looked for. */
static void assert_no_other_wall(struct world *w)
{
	struct db *db;
	struct err err;

	assert_ok(db_read_begin(w->store->pool, &db, &err), &err);
	db_scope(db, w->orgs[KESTREL]);
	for (int i = 0; db_tables[i]; i++)
		assert_in_range(count_twins(w, db, db_tables[i]), 1, 1000000);
	db_read_end(w->store->pool, db);
}

/* ---- trying ---- */

static void open_lab(struct lab *lab, struct store *store)
{
	struct err err;

	store_close(store);
	if (store->is_postgres)
		drop_walls(store);
	lab->now = -1;
	lab->faults.see = see;
	lab->faults.arg = lab;
	assert_ok(fake_pool_open(&store->config, &lab->faults, &store->pool, &err), &err);
	lab->w = world_make(store);
	assert_no_other_wall(lab->w);
	lab->cells = cells_make(lab->w);
	lab->mutants = store->is_postgres ? postgres_mutants : sqlite_mutants;
	while (lab->mutants[lab->n_mutants].query)
		lab->n_mutants++;
	assert_in_range(lab->n_mutants, 50, MUTANTS_MAX);
	lab->usual = arena_new(lab->w->a, struct outcome, lab->cells.n);
	lab->steady = arena_new(lab->w->a, struct steady, lab->cells.n);
	lab->touches = arena_new(lab->w->a, bool, lab->cells.n * lab->n_mutants);
}

static bool is_one(const struct sha256 *a, const struct sha256 *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

static struct steady compare(const struct outcome *a, const struct outcome *b)
{
	struct steady ret = { .page = is_one(&a->page, &b->page) };

	for (int i = 0; i < WORLD_TABLES; i++)
		ret.tables[i] = is_one(&a->tables[i], &b->tables[i]);
	return ret;
}

/* Whether a cell came to what it usually does, as far as that stays. */
static bool is_usual(const struct lab *lab, size_t cell, const struct outcome *now)
{
	const struct outcome *usual = &lab->usual[cell];
	const struct steady *steady = &lab->steady[cell];
	struct steady same = compare(now, usual);

	if (now->status != usual->status || (steady->page && !same.page))
		return false;
	for (int i = 0; i < WORLD_TABLES; i++)
		if (steady->tables[i] && !same.tables[i])
			return false;
	return true;
}

static bool has_run(const struct lab *lab, const char *query)
{
	for (size_t i = 0; i < lab->n_ran; i++)
		if (strcmp(lab->ran[i], query) == 0)
			return true;
	return false;
}

/* False when what the cell comes to is wrong in itself. */
static bool try_cell(struct lab *lab, size_t i, struct outcome *ret)
{
	/* Thousands of pages: each one's memory is the next one's. */
	struct arena mark = *lab->w->a;
	struct buf b = buf_make(lab->w->a, 8 << 20);
	struct response got;
	struct str wrong;

	lab->n_ran = 0;
	wrong = cell_try(lab->w, &lab->cells.items[i], &got);
	visit_put_page(&b, got.body);
	buf_put(&b, answer_header(&got, "Location"));
	*ret = (struct outcome){ .status = got.status, .page = sha256(buf_str(&b)) };
	memcpy(ret->tables, lab->w->after.tables, sizeof ret->tables);
	*lab->w->a = mark;
	return wrong.len == 0;
}

/* Without a mutant: what each cell answers, and which queries it runs. */
static void note_cells(struct lab *lab)
{
	for (size_t i = 0; i < lab->cells.n; i++) {
		struct outcome again;

		assert_true(try_cell(lab, i, &lab->usual[i]));
		assert_true(try_cell(lab, i, &again));
		lab->steady[i] = compare(&again, &lab->usual[i]);
		for (size_t k = 0; k < lab->n_mutants; k++)
			lab->touches[i * lab->n_mutants + k] = has_run(lab, lab->mutants[k].query);
	}
}

/* The list of survivors. */
static struct str read_list(struct arena *a)
{
	FILE *file = fopen(MUTATION_SURVIVORS, "r");
	char *text = arena_new(a, char, LIST_MAX);
	size_t n;

	assert_non_null(file);
	n = fread(text, 1, LIST_MAX, file);
	(void)fclose(file);
	assert_in_range(n, 1, LIST_MAX - 1);
	return str_make(text, n);
}

enum fate { NOT_RUN, SURVIVES, KILLED };

/* What a cell came to now, long after it was noted and without a mutant, is the usual; what is not, never was steady:
 * "a minute ago", or rows that come in any order. */
static void note_again(struct lab *lab, size_t i)
{
	struct steady *steady = &lab->steady[i];
	struct outcome again;
	struct steady same;

	assert_true(try_cell(lab, i, &again));
	assert_int_equal(again.status, lab->usual[i].status);
	same = compare(&again, &lab->usual[i]);
	steady->page &= same.page;
	for (int t = 0; t < WORLD_TABLES; t++)
		steady->tables[t] &= same.tables[t];
}

/* Whether something goes wrong in the cell with the mutant, and only with it. */
static bool notices(struct lab *lab, size_t i, size_t k)
{
	struct outcome now;
	bool is_right;

	lab->now = (int)k;
	is_right = try_cell(lab, i, &now);
	lab->now = -1;
	if (is_right && is_usual(lab, i, &now))
		return false;
	note_again(lab, i);
	return !is_right || !is_usual(lab, i, &now);
}

/* A statement that the engine does not take goes wrong for no merit of the tests. */
static void assert_sound(const struct lab *lab, size_t k)
{
	struct db_pool *pool = lab->w->store->pool;
	struct db *db;
	struct err err;

	assert_non_null(lab->swapped[k].name);
	assert_ok(db_read_begin(pool, &db, &err), &err);
	assert_ok(db_prepare(db, &lab->swapped[k], &err), &err);
	db_read_end(pool, db);
}

static enum fate try_mutant(struct lab *lab, size_t k)
{
	enum fate fate = NOT_RUN;

	for (size_t i = 0; i < lab->cells.n && fate != KILLED; i++)
		if (lab->touches[i * lab->n_mutants + k])
			fate = notices(lab, i, k) ? KILLED : SURVIVES;
	if (fate != NOT_RUN)
		assert_sound(lab, k);
	return fate;
}

/* Whether a line "query<TAB>condition<TAB>reason" of the list is about this mutant. */
static bool is_listed(struct str list, const struct mutant *m)
{
	while (list.data) {
		struct str line = str_cut(&list, '\n'), query = str_cut(&line, '\t'),
			   condition = str_cut(&line, '\t');

		if (str_is(query, m->query) && str_is(condition, m->condition)) {
			assert_in_range(line.len, 10, 1000);
			return true;
		}
	}
	return false;
}

static size_t count_lines(struct str list)
{
	size_t n = 0;

	while (list.data) {
		struct str line = str_cut(&list, '\n');

		n += line.len > 0 && line.data[0] != '#';
	}
	return n;
}

static void every_condition_is_missed(void **state)
{
	static const char *const words[] = { "no cell runs it", "survives", "killed" };
	struct lab *lab = calloc(1, sizeof *lab);
	struct str list;
	size_t n[3] = { 0 }, n_listed = 0;
	int wrong = 0;

	assert_non_null(lab);
	open_lab(lab, *state);
	list = read_list(lab->w->a);
	note_cells(lab);
	for (size_t k = 0; k < lab->n_mutants; k++) {
		enum fate fate = try_mutant(lab, k);
		bool listed = is_listed(list, &lab->mutants[k]);

		n[fate]++;
		n_listed += listed;
		if ((fate != KILLED) != listed && wrong++ < SHOWN_MAX)
			print_error("# %s\t%s\t%s%s\n", lab->mutants[k].query,
				    lab->mutants[k].condition, words[fate],
				    listed ? ", but listed" : "");
	}
	print_message("# %zu killed, %zu survive, %zu not run by any cell\n", n[KILLED],
		      n[SURVIVES], n[NOT_RUN]);
	assert_int_equal(wrong, 0);
	/* A line about a query that is gone. */
	assert_int_equal(n_listed, count_lines(list));
	free(lab);
}

TEST_MAIN(store_test(every_condition_is_missed))
