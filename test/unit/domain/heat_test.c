/* The heat table against cases worked by hand, its figures against consolidations of their own, and
 * what it hides against everything an onlooker could have been shown. */
#include "domain/heat.h"

#include "unit/test.h"
#include "base/buf.h"
#include "base/num.h"
#include "fixture.h"

enum { GROUPS_MAX = 8 };

/* ---- what is hidden, by hand ---- */

static int64_t number(struct str text)
{
	int64_t n;

	assert_int_equal(num_parse(text, 0, 1000, &n), NUM_OK);
	return n;
}

/* "7/4": seven respondents, of whom four answered the first question, one way or the other. */
static struct tallies *read_group(struct arena *a, const struct scorecard *sc, struct str text)
{
	struct tallies *t = arena_new(a, struct tallies, 1);
	uint32_t respondents = (uint32_t)number(str_cut(&text, '/'));
	uint32_t answered = (uint32_t)number(text);

	*t = tallies_make(a, sc);
	t->respondents = respondents;
	for (size_t q = 1; q < sc->n_questions; q++)
		t->questions[q].values[q % 3] = respondents;
	t->questions[0].values[0] = answered / 2;
	t->questions[0].values[2] = answered - answered / 2;
	t->questions[0].unanswered = respondents - answered;
	return t;
}

static struct str states_text(struct arena *a, const struct heat *h)
{
	struct buf b = buf_make(a, GROUPS_MAX + 1);

	for (size_t i = 0; i < h->n_rows; i++)
		switch (h->rows[i].questions[0].state) {
		case HEAT_EMPTY:
			buf_putc(&b, '-');
			break;
		case HEAT_SHOWN:
			buf_putc(&b, 'S');
			break;
		case HEAT_HIDDEN:
			buf_putc(&b, 'H');
			break;
		}
	return buf_str(&b);
}

static void every_line_of_the_table_holds(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	struct str rest = fixture_file(a, JALON_TEST_DATA "/heat.tsv");
	size_t lines = 0;

	while (rest.data) {
		struct str line = str_cut(&rest, '\n'), words, want, got;
		struct heat_group groups[GROUPS_MAX];
		struct tallies *without;
		uint32_t threshold;
		struct heat h;
		size_t n = 0;

		if (line.len == 0 || line.data[0] == '#')
			continue;
		threshold = (uint32_t)number(str_cut(&line, '\t'));
		without = read_group(a, &sc, str_cut(&line, '\t'));
		words = str_cut(&line, '\t');
		want = str_cut(&line, '\t');
		while (words.data) {
			struct str counts = str_cut(&words, ' ');
			struct str name = str_cut(&counts, ':');

			assert_true(n < GROUPS_MAX);
			groups[n++] = (struct heat_group){ name, read_group(a, &sc, counts) };
		}
		h = heat_make(a, &sc, groups, n, without, threshold);
		got = states_text(a, &h);
		if (!str_eq(got, want))
			fail_msg("%.*s: got %.*s", STR_ARG(line), STR_ARG(got));
		lines++;
	}
	assert_true(lines >= 13);
}

/* ---- against everything an onlooker could see ---- */

/*
 * Three departments of up to five people and up to one without; each person answers the one question
 * no, yes or not at all. Every such round there is; two rounds look alike to a colleague, who knows how
 * many everyone is, when the whole and the counts of the cells shown are the same. Among those that
 * look alike, no hidden cell may hold the same counts throughout, or who knows the rules would know
 * the cell: unless all who are hidden said the same, which the whole tells by itself.
 */
enum { ROWS = 3, CROWD = 5, STRAY = 1, STATES = 56, STRAYS = 4, SLOTS = 1 << 20, THRESHOLD = 4 };

struct counts {
	unsigned no, yes, blank;
};

static size_t list_counts(unsigned most, struct counts *ret)
{
	size_t n = 0;

	for (unsigned no = 0; no <= most; no++)
		for (unsigned yes = 0; no + yes <= most; yes++)
			for (unsigned blank = 0; no + yes + blank <= most; blank++)
				ret[n++] = (struct counts){ no, yes, blank };
	return n;
}

static unsigned counts_sum(struct counts c)
{
	return c.no + c.yes + c.blank;
}

/* What looks alike: its first round's cells, and whether another had others. */
struct look {
	uint64_t key; /* 0: none yet */
	struct counts first[ROWS];
	bool varies[ROWS], hidden[ROWS];
	bool is_mixed; /* those hidden did not all say the same */
};

static struct look *look_at(struct look *looks, uint64_t key)
{
	size_t at = (size_t)(key * 0x9E3779B97F4A7C15U >> 44);

	while (looks[at].key && looks[at].key != key)
		at = (at + 1) % SLOTS;
	return &looks[at];
}

static uint64_t look_key(const struct heat *h, const struct counts *counts)
{
	const struct tally *whole = &h->tallies.questions[0];
	uint64_t key = 1;

	key = key << 5 | whole->values[0];
	key = key << 5 | whole->values[1];
	key = key << 5 | whole->unanswered;
	key = key << 1 | counts_sum(counts[ROWS]);
	for (size_t i = 0; i < ROWS; i++) {
		const struct heat_row *row = &h->rows[i];
		bool is_shown = row->questions[0].state == HEAT_SHOWN;

		key = key << 2 | row->state;
		key = key << 3 | counts_sum(counts[i]);
		key = key << 2 | row->questions[0].state;
		key = key << 3 | (is_shown ? counts[i].no : 0);
		key = key << 3 | (is_shown ? counts[i].yes : 0);
	}
	return key;
}

/* Whether those not shown said both yes and no. When all said the same, who reads the whole knows it. */
static bool is_mixed(const struct heat *h, const struct counts *counts)
{
	const struct tally *whole = &h->tallies.questions[0];
	unsigned no = whole->values[0], yes = whole->values[1];

	for (size_t i = 0; i < ROWS; i++)
		if (h->rows[i].questions[0].state == HEAT_SHOWN) {
			no -= counts[i].no;
			yes -= counts[i].yes;
		}
	return no > 0 && yes > 0;
}

static void look_note(struct look *looks, const struct heat *h, const struct counts *counts)
{
	uint64_t key = look_key(h, counts);
	struct look *look = look_at(looks, key);

	for (size_t i = 0; i < ROWS; i++) {
		if (!look->key) {
			look->first[i] = counts[i];
			look->hidden[i] = h->rows[i].questions[0].state == HEAT_HIDDEN;
		}
		look->varies[i] |=
			look->first[i].no != counts[i].no || look->first[i].yes != counts[i].yes;
	}
	look->key = key;
	look->is_mixed = is_mixed(h, counts);
}

/* The round of `counts`, whose last is of those without a department; false when it shows nothing at
 * all, or one department that is the whole. */
static bool is_a_table(const struct counts *counts, struct tallies *tallies)
{
	size_t whole = 0, groups = 0;

	for (size_t i = 0; i <= ROWS; i++) {
		struct tally *t = &tallies[i].questions[0];

		t->values[0] = counts[i].no;
		t->values[1] = counts[i].yes;
		t->unanswered = counts[i].blank;
		tallies[i].respondents = counts_sum(counts[i]);
		whole += tallies[i].respondents;
		groups += tallies[i].respondents > 0;
	}
	return whole >= THRESHOLD && groups > 1;
}

static struct scorecard one_question(struct arena *a)
{
	struct scorecard sc = { .n_categories = 1, .n_questions = 1, .n_bands = 1, .max = 1 };

	sc.categories = arena_new(a, struct category, 1);
	sc.questions = arena_new(a, struct question, 1);
	sc.bands = arena_new(a, struct band, 1);
	sc.leverage = arena_new(a, size_t, 1);
	sc.questions->options = arena_new(a, struct option, 2);
	sc.questions->options[1].points = 1;
	sc.questions->n_options = 2;
	sc.questions->max = sc.categories->max = sc.bands->max = 1;
	return sc;
}

static void nothing_hidden_can_be_told(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = one_question(a);
	size_t told = 0, seen = 0;
	struct counts crowd[STATES], stray[STRAYS], counts[ROWS + 1];
	struct look *looks = arena_new(a, struct look, SLOTS);
	struct tallies tallies[ROWS + 1];
	struct heat_group groups[ROWS];

	assert_int_equal(list_counts(CROWD, crowd), STATES);
	assert_int_equal(list_counts(STRAY, stray), STRAYS);
	for (size_t i = 0; i <= ROWS; i++)
		tallies[i] = tallies_make(a, &sc);
	for (size_t i = 0; i < ROWS; i++)
		groups[i] = (struct heat_group){ str_fmt(a, "g%zu", i), &tallies[i] };
	for (size_t k = 0; k < (size_t)STATES * STATES * STATES * STRAYS; k++) {
		struct arena table = *a;
		struct heat h;

		counts[0] = crowd[k % STATES];
		counts[1] = crowd[k / STATES % STATES];
		counts[2] = crowd[k / STATES / STATES % STATES];
		counts[3] = stray[k / STATES / STATES / STATES];
		if (!is_a_table(counts, tallies))
			continue;
		h = heat_make(&table, &sc, groups, ROWS, &tallies[ROWS], THRESHOLD);
		look_note(looks, &h, counts);
	}
	for (size_t k = 0; k < SLOTS; k++)
		for (size_t i = 0; looks[k].key && i < ROWS; i++) {
			seen += looks[k].hidden[i];
			told += looks[k].hidden[i] && !looks[k].varies[i] &&
				looks[k].first[i].no + looks[k].first[i].yes > 0 &&
				looks[k].is_mixed;
		}
	assert_true(seen > 50000);
	assert_int_equal(told, 0);
}

/* ---- the figures ---- */

static void assert_same(struct heat_cell cell, int points, int max, int whole)
{
	if (cell.state != HEAT_SHOWN) {
		assert_int_equal(cell.points, 0);
		assert_int_equal(cell.share, 0);
		assert_int_equal(cell.difference, 0);
		return;
	}
	assert_int_equal(cell.points, points);
	assert_int_equal(cell.difference, points - whole);
	assert_int_equal(cell.share, num_div_round((int64_t)points * SHARE_WHOLE, 2 * max));
}

/* A sum is hidden with any of its parts, and shown with any that is when none is hidden. */
static enum heat_state expected_state(const struct scorecard *sc, const struct heat_row *row,
				      size_t category)
{
	size_t shown = 0;

	for (size_t q = 0; q < sc->n_questions; q++) {
		if (category < sc->n_categories && sc->questions[q].category != category)
			continue;
		if (row->questions[q].state == HEAT_HIDDEN)
			return HEAT_HIDDEN;
		shown += row->questions[q].state == HEAT_SHOWN;
	}
	return shown ? HEAT_SHOWN : HEAT_EMPTY;
}

static void assert_row(const struct scorecard *sc, const struct heat *h, size_t i,
		       const struct consolidation *own)
{
	const struct heat_row *row = &h->rows[i];
	int sums[3] = { 0 }, wholes[3] = { 0 };

	for (size_t q = 0; q < sc->n_questions; q++) {
		int median = own->questions[q].median, whole = h->whole.questions[q].median;

		assert_same(row->questions[q], median, sc->questions[q].max, whole);
		sums[sc->questions[q].category] += median;
		wholes[sc->questions[q].category] += whole;
	}
	for (size_t c = 0; c < sc->n_categories; c++) {
		assert_int_equal(row->categories[c].state, expected_state(sc, row, c));
		assert_same(row->categories[c], sums[c], sc->categories[c].max, wholes[c]);
	}
	assert_int_equal(row->score.state, expected_state(sc, row, sc->n_categories));
	assert_same(row->score, own->score, sc->max, h->whole.score);
}

static void random_group(const struct scorecard *sc, unsigned *seed, struct tallies *t)
{
	unsigned n = fixture_random(seed, 12), blanks = fixture_random(seed, 12);

	t->respondents = n;
	for (unsigned k = 0; k < n; k++)
		for (size_t q = 0; q < sc->n_questions; q++) {
			unsigned pick = fixture_random(seed, 10 + blanks);
			int r = pick < 8    ? tallies_add(sc, t, q, TALLY_VALUE, (int)pick % 3, 1)
				: pick < 10 ? tallies_add(sc, t, q, TALLY_UNKNOWN, 0, 1)
					    : tallies_add(sc, t, q, TALLY_UNANSWERED, 0, 1);

			assert_int_equal(r, 0);
		}
}

static void figures_are_those_of_each_group(void **state)
{
	struct arena *a = *state;
	struct scorecard sc = fixture_scorecard(a);
	unsigned seed = 61;

	for (int run = 0; run < 3000; run++) {
		struct tallies tallies[GROUPS_MAX + 1], all = tallies_make(a, &sc);
		struct heat_group groups[GROUPS_MAX];
		size_t n = fixture_random(&seed, GROUPS_MAX + 1);
		struct heat h;

		for (size_t i = 0; i <= n; i++) {
			tallies[i] = tallies_make(a, &sc);
			random_group(&sc, &seed, &tallies[i]);
			tallies_merge(&sc, &all, &tallies[i]);
			if (i < n)
				groups[i] =
					(struct heat_group){ str_fmt(a, "g%zu", i), &tallies[i] };
		}
		h = heat_make(a, &sc, groups, n, &tallies[n], 3);
		assert_int_equal(h.whole.score, consolidate(a, &sc, &all).score);
		assert_int_equal(h.whole.respondents, all.respondents);
		for (size_t i = 0; i < n; i++) {
			struct consolidation own = consolidate(a, &sc, &tallies[i]);

			assert_row(&sc, &h, i, &own);
			assert_int_equal(h.rows[i].respondents, h.rows[i].state == HEAT_SHOWN
									? tallies[i].respondents
									: 0);
		}
	}
}

static void levels_are_those_of_the_per_cent_shown(void **state)
{
	(void)state;
	assert_int_equal(heat_level(0), 1);
	assert_int_equal(heat_level(1949), 1);
	assert_int_equal(heat_level(1950), 2); /* reads 20 % */
	assert_int_equal(heat_level(7949), 4);
	assert_int_equal(heat_level(7950), 5);
	assert_int_equal(heat_level(10000), 5);
}

TEST_MAIN(unit_test(every_line_of_the_table_holds), unit_test(nothing_hidden_can_be_told),
	  unit_test(figures_are_those_of_each_group),
	  unit_test(levels_are_those_of_the_per_cent_shown))
