/*
 * Who gets at whose rows: every route × those who may not × each place of an id (cells.h), on both databases.
 * Refused requests change nothing anywhere; nobody is shown or changes what belongs to another organisation.
 */
#include "http/cells.h"

enum { SHOWN_MAX = 20 };

static void show(const struct cell *cell, struct str wrong)
{
	print_error("# %s: %s %s [%s] %.*s\n", cell_kind_names[cell->kind],
		    cell->job                           ? "JOB"
		    : cell->route->method == METHOD_GET ? "GET"
							: "POST",
		    cell->path, cell->form, STR_ARG(wrong));
}

static void the_whole_matrix(void **state)
{
	struct world *w = *state;
	struct cells cells = cells_make(w);
	int tried[CELL_KINDS] = { 0 }, passed = 0, wrong_ones = 0;

	for (size_t i = 0; i < cells.n; i++) {
		struct arena mark = *w->a; /* each page's memory is the next one's */
		struct response got;
		struct str wrong = cell_try(w, &cells.items[i], &got);

		tried[cells.items[i].kind]++;
		passed += cells.items[i].kind == CELL_MAY && got.status < 400;
		if (wrong.len && wrong_ones++ < SHOWN_MAX)
			show(&cells.items[i], wrong);
		*w->a = mark;
	}
	for (int kind = 0; kind < CELL_KINDS; kind++) {
		print_message("# %4d cells: %s\n", tried[kind], cell_kind_names[kind]);
		assert_in_range(tried[kind], 1, 100000);
	}
	/* Those who may mostly can: a matrix of refusals would prove nothing. */
	print_message("# %4d of those who may were answered\n", passed);
	assert_in_range(passed * 10, tried[CELL_MAY] * 6, tried[CELL_MAY] * 10);
	assert_int_equal(wrong_ones, 0);
}

TEST_MAIN(world_test(the_whole_matrix))
