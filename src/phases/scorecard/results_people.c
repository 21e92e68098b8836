/* The workbook's table of a named campaign: a row for each person who sent answers. See results_export.h. */
#include "i18n/zone.h"
#include "phases/app.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/results_export.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

/* What every row needs. */
struct people_table {
	struct req *rq;
	const struct scorecard_pack *pack;
	struct scorecard_department_list_rows departments;
	struct org_view org;
	struct worksheet_column *columns;
	struct worksheet_cell *cells;
	size_t n_columns, n_cells;
};

static void put(struct people_table *t, struct worksheet_cell cell)
{
	t->cells[t->n_cells++] = cell;
}

static void column(struct people_table *t, struct str title, enum column_kind kind)
{
	t->columns[t->n_columns++] = (struct worksheet_column){ .title = title, .kind = kind };
}

static void add_columns(struct people_table *t)
{
	enum language l = t->rq->language;

	column(t, tr(l, "Person"), COLUMN_TEXT);
	column(t, tr(l, "E-mail address"), COLUMN_TEXT);
	column(t, tr(l, "Department"), COLUMN_TEXT);
	column(t, tr(l, "Sent"), COLUMN_DATE);
	column(t, tr(l, "Points"), COLUMN_INTEGER);
	column(t, tr(l, "Band"), COLUMN_TEXT);
	for (size_t i = 0; i < t->pack->def.n_questions; i++)
		column(t, say(t->rq, &t->pack->questions[i].label), COLUMN_TEXT);
}

static void put_person(struct people_table *t, const struct sender *who)
{
	int64_t local = who->sent_ms + zone_offset(t->org.time_zone, who->sent_ms);

	put(t, cell_text(who->name.len    ? who->name
			 : who->email.len ? S("")
					  : tr(t->rq->language, "no name")));
	put(t, cell_text(who->email));
	put(t, cell_text(department_name(&t->departments, who->department_id)));
	put(t, cell_number(local / DAY_MS));
}

/* One person's row. `scratch` holds what is read for it: with every comment, which stands elsewhere. */
static int put_answers(struct people_table *t, struct arena scratch, const struct sender *who,
		       struct err *err)
{
	const struct scorecard *def = &t->pack->def;
	struct answer *answers = arena_new(&scratch, struct answer, def->n_questions);
	struct score score;
	int r = sheet_answers(t->rq, &scratch, who->sheet_id, answers, err);

	if (r != 0)
		return r;
	score = score_compute(&scratch, def, answers);
	put_person(t, who);
	put(t, cell_number(score.points));
	put(t, cell_text(say(t->rq, &t->pack->bands[score.band].title)));
	for (size_t i = 0; i < def->n_questions; i++)
		put(t, cell_text(score.questions[i].asked
					 ? answer_words(t->rq, i, score.questions[i].answer)
					 : tr(t->rq->language, "not asked")));
	return 0;
}

/* That others follow, in a row of its own. */
static void put_rest(struct people_table *t)
{
	put(t, cell_text(tr(t->rq->language, "More people are on the pages of the campaign.")));
	while (t->n_cells % t->n_columns)
		put(t, cell_text(S("")));
}

static int put_people(struct people_table *t, const struct round *round, struct err *err)
{
	bool has_more = true;
	int r = 0;

	for (int64_t page = 0; has_more && page < EXPORT_PEOPLE_MAX / SENDERS_PER_PAGE; page++) {
		struct sender *list;
		size_t n;

		r = sender_list(t->rq->db, t->rq->arena, round, page, &list, &n, &has_more, err);
		for (size_t i = 0; r == 0 && i < n; i++)
			r = put_answers(t, t->rq->scratch, &list[i], err);
		if (r != 0)
			return r;
	}
	if (has_more)
		put_rest(t);
	return 0;
}

int results_people_sheet(struct req *rq, const struct round *round, struct worksheet *ret,
			 struct err *err)
{
	enum { BEFORE_QUESTIONS = 6 };
	struct people_table t = { .rq = rq, .pack = &app_of(rq)->pack->scorecard };
	size_t n_columns = BEFORE_QUESTIONS + t.pack->def.n_questions;
	int r = org_view_load(rq, round->org_id, &t.org, err);

	if (r == 0)
		r = scorecard_department_list(rq->db, rq->arena, round->org_id, &t.departments,
					      err);
	if (r != 0)
		return r;
	t.columns = arena_new(rq->arena, struct worksheet_column, n_columns);
	t.cells = arena_new(rq->arena, struct worksheet_cell, (EXPORT_PEOPLE_MAX + 1) * n_columns);
	add_columns(&t);
	r = put_people(&t, round, err);
	*ret = (struct worksheet){ .name = tr(rq->language, "Answers by person"),
				   .columns = t.columns,
				   .n_columns = t.n_columns,
				   .n_rows = t.n_cells / t.n_columns,
				   .cells = t.cells };
	return r;
}
