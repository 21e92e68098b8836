/* Departments against questions, with what would tell too much left out: see results.h and domain/heat.h. */
#include "phases/scorecard/queries.h"
#include "phases/scorecard/results_priv.h"

/* ---- why something is not shown ---- */

/* With the threshold, which is never 1, filled in. */
static struct str with_least(struct req *rq, const struct results *r, const char *words)
{
	return results_fill(rq, tr(rq->language, words), "n",
			    fmt_int(rq->arena, rq->language, r->round.terms.threshold));
}

static struct str how_words(struct req *rq, const struct results *r)
{
	struct str how = tr(
		rq->language,
		"Where the others would give a hidden one away, another one is hidden with it; the same holds for each question by itself. A question left blank is not counted: one blank can take a department below the limit for that question, and with it its category and its score are hidden. “No answer” means that there is nothing to hide.");
	struct str also;

	if (r->round.terms.mode == ROUND_NOMINATIVE)
		also = tr(
			rq->language,
			"This campaign is named: the limit protects respondents from the other members of the organisation, who see no figures about very few people. It does not hide who answered.");
	else if (r->few_words.len)
		also = tr(
			rq->language,
			"A question that too few people answered in all counts as left blank by everybody, and hides nothing else.");
	else
		return how;
	return str_fmt(rq->arena, "%.*s %.*s", STR_ARG(how), STR_ARG(also));
}

/* Which department is too small, and which would give it away, stays untold. */
static struct results_hiding hiding(struct req *rq, const struct results *r)
{
	return (struct results_hiding){
		.words = tr(rq->language, "hidden to protect the respondents"),
		.reason = with_least(
			rq, r,
			N_("Hidden to protect the respondents: fewer than {n} answers, in all or to a question, in this department or in another that could be worked out from it.")),
		.rule = with_least(
			rq, r,
			N_("Share of the points. Nothing is shown of a department with fewer than {n} answers, nor of a question that fewer than {n} people there answered.")),
		.how = how_words(rq, r),
	};
}

/* ---- the table ---- */

/* `hidden`: said where it is. */
static struct str cell_words(struct req *rq, const struct heat_cell *cell, struct str hidden)
{
	if (cell->state == HEAT_EMPTY)
		return tr(rq->language, "no answer");
	return cell->state == HEAT_HIDDEN ? hidden
					  : fmt_percent(rq->arena, rq->language, cell->share);
}

static struct results_cell cell_view(struct req *rq, const struct heat_cell *cell,
				     struct str hidden)
{
	struct results_cell out = { .state = cell->state, .words = cell_words(rq, cell, hidden) };

	if (cell->state != HEAT_SHOWN)
		return out;
	out.share = cell->share;
	out.level = heat_level(cell->share);
	out.points = half_words(rq, cell->points);
	return out;
}

static struct results_cell *cells_view(struct req *rq, const struct heat_cell *cells, size_t n,
				       struct str hidden)
{
	struct results_cell *out = arena_new(rq->arena, struct results_cell, n);

	for (size_t i = 0; i < n; i++)
		out[i] = cell_view(rq, &cells[i], hidden);
	return out;
}

/* A row without any figure says so in its first cell only. */
static void say_once(const struct results *r, struct results_department *d)
{
	d->is_hidden = d->score.state == HEAT_HIDDEN;
	for (size_t i = 0; i < r->n_categories; i++)
		d->is_hidden &= d->categories[i].state == HEAT_HIDDEN;
	if (!d->is_hidden)
		return;
	for (size_t i = 1; i < r->n_categories; i++)
		d->categories[i].words = S("–");
	d->score.words = S("–");
}

static struct results_department department_view(struct req *rq, const struct results *r,
						 const struct heat_row *row)
{
	struct str hidden = r->hiding.words;
	struct results_department d = {
		.name = row->name,
		.state = row->state,
		.categories = cells_view(rq, row->categories, r->n_categories, hidden),
		.questions = cells_view(rq, row->questions, r->n_questions, hidden),
		.score = cell_view(rq, &row->score, hidden),
	};

	/* Of what few answered in all, not even that a department did not. */
	for (size_t i = 0; i < r->n_questions; i++)
		if (r->questions[i].is_few)
			d.questions[i] = (struct results_cell){
				.state = HEAT_HIDDEN,
				.words = row->state == HEAT_HIDDEN ? hidden : r->questions[i].mode,
			};
	say_once(r, &d);
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
	r->hiding = hiding(rq, r);
	r->departments = arena_new(rq->arena, struct results_department, heat.n_rows);
	for (size_t i = 0; i < heat.n_rows; i++) {
		r->departments[i] = department_view(rq, r, &heat.rows[i]);
		r->has_departments |= heat.rows[i].state != HEAT_EMPTY;
		r->shows_departments |= heat.rows[i].state == HEAT_SHOWN;
		/* The score is hidden when anything is that goes into it. */
		r->hides_departments |= heat.rows[i].score.state == HEAT_HIDDEN;
	}
	r->has_departments |= r->round.terms.asks_department && heat.n_rows > 0;
	return 0;
}
