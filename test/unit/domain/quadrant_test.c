/* Placing projects, against a table worked by hand and against the definitions. */
#include "domain/quadrant.h"

#include "unit/test.h"
#include "base/buf.h"
#include "base/num.h"
#include "fixture.h"

enum { BLOCK_MAX = 16 };

static const struct criterion VALUE[] = { { STR("time"), 1 },
					  { STR("logic"), 1 },
					  { STR("data"), 1 } };
static const struct criterion FEASIBILITY[] = {
	{ STR("data"), 1 },
	{ STR("use-cases"), 1 },
	{ STR("deployment"), 1 },
};
static const struct axis VALUE_AXIS = { VALUE, 3 }, FEASIBILITY_AXIS = { FEASIBILITY, 3 };
static const char *const FILTERS[] = { "suited", "watch", "set-aside" };
static const char *const QUADRANTS[] = { "priority", "prepare", "opportunity", "later" };
static const char *const HORIZONS[] = { "short", "medium", "long" };

static void parse_levels(struct str text, int *ret)
{
	for (size_t i = 0; i < 3; i++) {
		int64_t tenths;

		assert_int_equal(num_parse_fixed(str_cut(&text, ' '), 1, 10, 50, &tenths), NUM_OK);
		ret[i] = (int)(tenths / 5);
	}
}

static struct str placement_text(struct arena *a, const struct placement *p)
{
	struct buf b = buf_make(a, 1024);
	const int numbers[] = { p->value, p->feasibility, p->x, p->y };
	bool any = false;

	for (size_t i = 0; i < 4; i++)
		buf_fmt(&b, "%d.%02d\t", numbers[i] / 100, numbers[i] % 100);
	buf_fmt(&b, "%s\t%s\t%s\t%zu\t", FILTERS[p->filter], QUADRANTS[p->quadrant],
		HORIZONS[p->horizon], p->rank);
	for (size_t i = 0; i < 3; i++) {
		if (!p->fallbacks[i])
			continue;
		buf_puts(&b, any ? " " : "");
		buf_put(&b, FEASIBILITY[i].id);
		any = true;
	}
	buf_puts(&b, any ? "" : "-");
	return buf_str(&b);
}

struct block {
	struct project projects[BLOCK_MAX];
	struct str want[BLOCK_MAX];
	size_t n;
	bool is_relative;
};

static void check_block(struct arena *a, const struct block *b)
{
	struct placements got = projects_place(a, &VALUE_AXIS, &FEASIBILITY_AXIS, b->projects, b->n,
					       PLACING_RELATIVE);

	assert_int_equal(got.placing, b->is_relative ? PLACING_RELATIVE : PLACING_ABSOLUTE);
	assert_int_equal(got.too_few, b->n < PLACING_RELATIVE_MIN);
	for (size_t i = 0; i < b->n; i++) {
		struct str text = placement_text(a, &got.items[i]);

		if (!str_eq(text, b->want[i]))
			fail_msg("%.*s: got\n%.*s, want\n%.*s", STR_ARG(b->projects[i].name),
				 STR_ARG(text), STR_ARG(b->want[i]));
	}
}

static void every_block_of_the_table_holds(void **state)
{
	struct arena *a = *state;
	struct str rest = fixture_file(a, JALON_TEST_DATA "/quadrant.tsv");
	struct block b = { .n = 0 };
	size_t lines = 0;

	while (rest.data) {
		struct str line = str_cut(&rest, '\n');
		struct str name = str_cut(&line, '\t');

		if (name.len == 0 || name.data[0] == '#')
			continue;
		if (str_is(name, "place")) {
			check_block(a, &b);
			b.n = 0;
			b.is_relative = str_is(str_cut(&line, '\t'), "relative");
			continue;
		}
		b.projects[b.n].name = name;
		parse_levels(str_cut(&line, '\t'), b.projects[b.n].value);
		parse_levels(str_cut(&line, '\t'), b.projects[b.n].feasibility);
		b.want[b.n++] = line;
		lines++;
	}
	check_block(a, &b);
	assert_int_equal(lines, 12);
}

static void equal_axes_are_noted(void **state)
{
	struct project two[2] = { { S("a"), { 4, 4, 4 }, { 6, 6, 6 } },
				  { S("b"), { 2, 4, 6 }, { 6, 6, 8 } } };
	struct placements p =
		projects_place(*state, &VALUE_AXIS, &FEASIBILITY_AXIS, two, 2, PLACING_ABSOLUTE);

	assert_true(p.y_equal);
	assert_false(p.x_equal);
	assert_false(p.too_few);
	p = projects_place(*state, &VALUE_AXIS, &FEASIBILITY_AXIS, two, 1, PLACING_ABSOLUTE);
	assert_false(p.y_equal);
}

static void weights_count(void **state)
{
	static const struct criterion HEAVY[] = { { STR("a"), 3 }, { STR("b"), 1 } };
	const struct axis axis = { HEAVY, 2 };
	struct project one = { S("p"), { 10, 2 }, { 2, 10 } };
	struct placements p = projects_place(*state, &axis, &axis, &one, 1, PLACING_ABSOLUTE);

	assert_int_equal(p.items[0].value, 7500);
	assert_int_equal(p.items[0].feasibility, 2500);
}

static struct project random_project(struct arena *a, unsigned *seed, size_t i)
{
	struct project p = { .name = str_fmt(a, "p%zu", i) };

	for (size_t k = 0; k < 3; k++) {
		p.value[k] = 2 + (int)fixture_random(seed, 9);
		p.feasibility[k] = 2 + (int)fixture_random(seed, 9);
	}
	return p;
}

/* Coordinates of a relative placing: their mean is always 50, they rise with the index, and every
 * horizon's ranks are 1, 2, 3 … in falling order of value + feasibility. */
static void relative_placing_is_a_fair_order(void **state)
{
	struct arena *a = *state;
	unsigned seed = 3;

	for (int run = 0; run < 500; run++) {
		size_t n = PLACING_RELATIVE_MIN + fixture_random(&seed, 20), ranks[3] = { 0 };
		struct project projects[24];
		struct placements p;
		int64_t sum = 0;

		for (size_t i = 0; i < n; i++)
			projects[i] = random_project(a, &seed, i);
		p = projects_place(a, &VALUE_AXIS, &FEASIBILITY_AXIS, projects, n,
				   PLACING_RELATIVE);
		for (size_t i = 0; i < n; i++) {
			const struct placement *x = &p.items[i];

			sum += x->y;
			ranks[x->horizon]++;
			for (size_t k = 0; k < n; k++) {
				const struct placement *y = &p.items[k];

				assert_true((x->value < y->value) == (x->y < y->y));
				if (x->horizon == y->horizon && x->rank < y->rank)
					assert_true(x->value + x->feasibility + 1 >=
						    y->value + y->feasibility);
			}
		}
		assert_true(llabs(sum - 5000 * (int64_t)n) <= (int64_t)n);
		for (size_t i = 0; i < n; i++)
			assert_true(p.items[i].rank <= ranks[p.items[i].horizon]);
	}
}

TEST_MAIN(unit_test(every_block_of_the_table_holds), unit_test(equal_axes_are_noted),
	  unit_test(weights_count), unit_test(relative_placing_is_a_fair_order))
