/*
 * Would a test notice? Each condition on the organisation is dropped in turn from the query that has it, and the
 * matrix (cells.h) is tried again: something must go wrong. Those that nothing notices are listed with the reason
 * in the file that MUTATION_SURVIVORS names; one that is not listed fails, and so does one listed for nothing.
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
	if (lab->now < 0 || strcmp(mutants[lab->now].query, q->name) != 0)
		return q;
	/* The statement is kept by its address: each mutant has its own. */
	if (!lab->swapped[lab->now].name) {
		lab->swapped[lab->now] = *q;
		lab->swapped[lab->now].sqlite = mutants[lab->now].sql;
	}
	return &lab->swapped[lab->now];
}

static void open_lab(struct lab *lab, struct store *store)
{
	struct err err;

	store_close(store);
	lab->now = -1;
	lab->faults.see = see;
	lab->faults.arg = lab;
	assert_ok(fake_pool_open(&store->config, &lab->faults, &store->pool, &err), &err);
	lab->w = world_make(store);
	lab->cells = cells_make(lab->w);
	while (mutants[lab->n_mutants].query)
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
			lab->touches[i * lab->n_mutants + k] = has_run(lab, mutants[k].query);
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

static enum fate try_mutant(struct lab *lab, size_t k)
{
	enum fate fate = NOT_RUN;

	lab->now = (int)k;
	for (size_t i = 0; i < lab->cells.n && fate != KILLED; i++) {
		struct outcome now;

		if (!lab->touches[i * lab->n_mutants + k])
			continue;
		fate = SURVIVES;
		if (!try_cell(lab, i, &now) || !is_usual(lab, i, &now))
			fate = KILLED;
	}
	lab->now = -1;
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
		bool listed = is_listed(list, &mutants[k]);

		n[fate]++;
		n_listed += listed;
		if ((fate != KILLED) != listed && wrong++ < SHOWN_MAX)
			print_error("# %s\t%s\t%s%s\n", mutants[k].query, mutants[k].condition,
				    words[fate], listed ? ", but listed" : "");
	}
	print_message("# %zu killed, %zu survive, %zu not run by any cell\n", n[KILLED],
		      n[SURVIVES], n[NOT_RUN]);
	assert_int_equal(wrong, 0);
	/* A line about a query that is gone. */
	assert_int_equal(n_listed, count_lines(list));
	free(lab);
}

TEST_MAIN(store_test(every_condition_is_missed))
