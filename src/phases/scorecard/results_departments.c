/* Departments against questions, with what would tell too much left out: see results.h and domain/heat.h. */
#include "phases/scorecard/queries.h"
#include "phases/scorecard/results_priv.h"

static struct str cell_words(struct req *rq, const struct heat_cell *cell)
{
	switch (cell->state) {
	case HEAT_EMPTY:
		return tr(rq->language, "no answer");
	case HEAT_HIDDEN:
		return tr(rq->language, "hidden to protect the respondents");
	case HEAT_SHOWN:
		break;
	}
	return fmt_percent(rq->arena, rq->language, cell->share);
}

static struct results_cell cell_view(struct req *rq, const struct heat_cell *cell)
{
	struct results_cell out = { .state = cell->state, .words = cell_words(rq, cell) };

	if (cell->state != HEAT_SHOWN)
		return out;
	out.share = cell->share;
	out.level = heat_level(cell->share);
	out.points = half_words(rq, cell->points);
	return out;
}

static struct results_cell *cells_view(struct req *rq, const struct heat_cell *cells, size_t n)
{
	struct results_cell *out = arena_new(rq->arena, struct results_cell, n);

	for (size_t i = 0; i < n; i++)
		out[i] = cell_view(rq, &cells[i]);
	return out;
}

static struct results_department department_view(struct req *rq, const struct results *r,
						 const struct heat_row *row)
{
	struct results_department d = {
		.name = row->name,
		.state = row->state,
		.categories = cells_view(rq, row->categories, r->n_categories),
		.questions = cells_view(rq, row->questions, r->n_questions),
		.score = cell_view(rq, &row->score),
	};

	if (row->state == HEAT_SHOWN)
		d.respondents = results_fill(
			rq, trn(rq->language, "{n} answer", "{n} answers", row->respondents), "n",
			fmt_int(rq->arena, rq->language, row->respondents));
	return d;
}

/* The organisation's departments, in its order, and those without one together: also those whose department is
 * gone, who would be a group without a name. */
static struct heat_group *groups_of(struct req *rq, const struct results *r,
				    const struct scorecard_department_list_rows *rows,
				    struct tallies *without)
{
	const struct scorecard *sc = &r->pack->def;
	struct heat_group *groups = arena_new(rq->arena, struct heat_group, rows->n);
	struct tallies *none = arena_new(rq->arena, struct tallies, 1);

	*none = tallies_make(rq->arena, sc);
	for (size_t i = 0; i < rows->n; i++)
		groups[i] = (struct heat_group){ rows->items[i].name, none };
	for (size_t k = 0; k < r->tallies.n; k++) {
		const struct department_tallies *d = &r->tallies.departments[k];
		bool is_known = false;

		for (size_t i = 0; i < rows->n; i++)
			if (rows->items[i].id == d->id) {
				groups[i].tallies = &d->tallies;
				is_known = true;
			}
		if (!is_known)
			tallies_merge(sc, without, &d->tallies);
	}
	return groups;
}

int results_load_departments(struct req *rq, struct results *r, struct err *err)
{
	struct tallies without = tallies_make(rq->arena, &r->pack->def);
	struct scorecard_department_list_rows rows;
	struct heat heat;
	int result = scorecard_department_list(rq->db, rq->arena, r->round.org_id, &rows, err);

	if (result != 0)
		return result;
	heat = heat_make(rq->arena, &r->pack->def, groups_of(rq, r, &rows, &without), rows.n,
			 &without, (uint32_t)r->round.terms.threshold);
	r->n_departments = heat.n_rows;
	r->n_hidden = heat.n_hidden;
	r->departments = arena_new(rq->arena, struct results_department, heat.n_rows);
	for (size_t i = 0; i < heat.n_rows; i++) {
		r->departments[i] = department_view(rq, r, &heat.rows[i]);
		r->has_departments |= heat.rows[i].state != HEAT_EMPTY;
		/* The score is hidden when anything is that goes into it. */
		r->hides_cells |=
			heat.rows[i].state == HEAT_SHOWN && heat.rows[i].score.state == HEAT_HIDDEN;
	}
	r->has_departments |= r->round.terms.asks_department && heat.n_rows > 0;
	return 0;
}
