/* Departments against questions: see heat.h. */
#include "domain/heat.h"

#include <assert.h>

#include "base/num.h"
#include "domain/consolidate_priv.h"

/* Who counts in the median. */
static uint32_t counted(const struct scorecard *sc, const struct tallies *t, size_t question)
{
	return points_histogram(&sc->questions[question], &t->questions[question]).total;
}

/* ---- what may be shown ---- */

static void hide_groups(struct arena *a, struct heat *h, const struct heat_group *groups,
			uint32_t without_group, uint32_t threshold)
{
	struct group *rows = arena_new(a, struct group, h->n_rows);

	for (size_t i = 0; i < h->n_rows; i++)
		rows[i] = (struct group){ groups[i].name, groups[i].tallies->respondents, false };
	h->n_hidden = groups_hide(rows, h->n_rows, without_group, threshold);
	for (size_t i = 0; i < h->n_rows; i++) {
		struct heat_row *row = &h->rows[i];

		row->name = groups[i].name;
		if (rows[i].is_visible) {
			row->state = HEAT_SHOWN;
			row->respondents = rows[i].respondents;
		} else if (rows[i].respondents > 0) {
			row->state = HEAT_HIDDEN;
		}
	}
}

/* The cells of one question as groups of their own. */
static void hide_cells(struct heat *h, const struct scorecard *sc, const struct heat_group *groups,
		       const struct tallies *without_group, uint32_t threshold, size_t question,
		       struct group *cells)
{
	uint32_t without = without_group ? counted(sc, without_group, question) : 0;
	bool is_alone; /* one hidden cell, or those without a group, with nothing to hide behind */

	for (size_t i = 0; i < h->n_rows; i++) {
		uint32_t n = counted(sc, groups[i].tallies, question);

		cells[i] = (struct group){ groups[i].name, n,
					   h->rows[i].state == HEAT_SHOWN && n >= threshold };
	}
	is_alone = groups_cover(cells, h->n_rows, without, threshold) +
			   (without > 0 && without < threshold) ==
		   1;
	for (size_t i = 0; i < h->n_rows; i++) {
		enum heat_state *state = &h->rows[i].questions[question].state;

		if (cells[i].is_visible)
			*state = HEAT_SHOWN;
		else if (cells[i].respondents > 0 || h->rows[i].state == HEAT_HIDDEN ||
			 (is_alone && h->rows[i].state == HEAT_SHOWN))
			*state = HEAT_HIDDEN;
	}
}

/* ---- figures ---- */

static void cell_fill(struct heat_cell *cell, int points, int max, int whole)
{
	if (cell->state != HEAT_SHOWN)
		return;
	cell->points = points;
	cell->difference = points - whole;
	if (max > 0)
		cell->share = (int)num_div_round((int64_t)points * SHARE_WHOLE, 2 * (int64_t)max);
}

/* A sum of cells: hidden when any is, else shown when any is. */
static void state_add(enum heat_state *sum, enum heat_state part)
{
	if (part > *sum)
		*sum = part;
}
static_assert(HEAT_EMPTY < HEAT_SHOWN && HEAT_SHOWN < HEAT_HIDDEN, "the order state_add() needs");

static void fill_row(const struct scorecard *sc, const struct heat *h, struct heat_row *row,
		     const struct consolidation *own)
{
	int sums[SCORECARD_CATEGORIES_MAX] = { 0 }, wholes[SCORECARD_CATEGORIES_MAX] = { 0 };

	assert(sc->n_categories <= SCORECARD_CATEGORIES_MAX);
	row->score.state = HEAT_EMPTY;
	for (size_t i = 0; i < sc->n_questions; i++) {
		const struct question *q = &sc->questions[i];
		struct heat_cell *cell = &row->questions[i];

		cell_fill(cell, own->questions[i].median, q->max, h->whole.questions[i].median);
		state_add(&row->categories[q->category].state, cell->state);
		state_add(&row->score.state, cell->state);
		sums[q->category] += own->questions[i].median;
		wholes[q->category] += h->whole.questions[i].median;
	}
	for (size_t i = 0; i < sc->n_categories; i++)
		cell_fill(&row->categories[i], sums[i], sc->categories[i].max, wholes[i]);
	cell_fill(&row->score, own->score, sc->max, h->whole.score);
}

struct heat heat_make(struct arena *a, const struct scorecard *sc, const struct heat_group *groups,
		      size_t n, const struct tallies *without_group, uint32_t threshold)
{
	struct heat h = { .rows = arena_new(a, struct heat_row, n),
			  .n_rows = n,
			  .tallies = tallies_make(a, sc) };
	struct group *cells = arena_new(a, struct group, n);

	for (size_t i = 0; i < n; i++)
		tallies_merge(sc, &h.tallies, groups[i].tallies);
	if (without_group)
		tallies_merge(sc, &h.tallies, without_group);
	h.whole = consolidate(a, sc, &h.tallies);
	hide_groups(a, &h, groups, without_group ? without_group->respondents : 0, threshold);
	for (size_t i = 0; i < n; i++) {
		h.rows[i].questions = arena_new(a, struct heat_cell, sc->n_questions);
		h.rows[i].categories = arena_new(a, struct heat_cell, sc->n_categories);
	}
	for (size_t q = 0; q < sc->n_questions; q++)
		hide_cells(&h, sc, groups, without_group, threshold, q, cells);
	for (size_t i = 0; i < n; i++) {
		struct consolidation own = consolidate(a, sc, groups[i].tallies);

		fill_row(sc, &h, &h.rows[i], &own);
	}
	return h;
}

int heat_level(int share)
{
	int percent = (int)num_div_round(share, SHARE_WHOLE / 100);

	return percent >= 80 ? 5 : percent < 0 ? 1 : percent / 20 + 1;
}
