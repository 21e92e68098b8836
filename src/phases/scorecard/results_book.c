/* A campaign's figures as a workbook: see results_export.h. Numbers are numbers, what is hidden is a text. */
#include "phases/scorecard/results_export.h"
#include "phases/scorecard/results_priv.h"

enum {
	HALVES = 5, /* a half point in tenths */
	QUARTERS = 25,
	COLUMNS_MAX = 20,
};

/* A table being filled, row by row. */
struct table {
	struct req *rq;
	struct worksheet sheet;
	struct worksheet_column *columns;
	struct worksheet_cell *cells;
	size_t n_cells;
};

static struct table table_make(struct req *rq, const char *name, size_t n_rows_max)
{
	struct table t = { .rq = rq };

	t.columns = arena_new(rq->arena, struct worksheet_column, COLUMNS_MAX);
	t.cells = arena_new(rq->arena, struct worksheet_cell, n_rows_max * COLUMNS_MAX);
	t.sheet = (struct worksheet){ .name = tr(rq->language, name),
				      .columns = t.columns,
				      .cells = t.cells };
	return t;
}

static void column(struct table *t, struct str title, enum column_kind kind, int decimals)
{
	t->columns[t->sheet.n_columns++] = (struct worksheet_column){ title, kind, decimals };
}

static void text_column(struct table *t, const char *title)
{
	column(t, tr(t->rq->language, title), COLUMN_TEXT, 0);
}

static void number_column(struct table *t, const char *title, enum column_kind kind, int decimals)
{
	column(t, tr(t->rq->language, title), kind, decimals);
}

static void put(struct table *t, struct worksheet_cell cell)
{
	t->cells[t->n_cells++] = cell;
	t->sheet.n_rows = t->n_cells / t->sheet.n_columns;
}

static void put_text(struct table *t, struct str s)
{
	put(t, cell_text(s));
}

static void put_number(struct table *t, int64_t n)
{
	put(t, cell_number(n));
}

/* ---- the result as a whole ---- */

static void fact(struct table *t, const char *what, struct worksheet_cell value, struct str words)
{
	put_text(t, tr(t->rq->language, what));
	put(t, value);
	put_text(t, words);
}

static struct worksheet summary(struct req *rq, const struct results *r, struct str place)
{
	enum { ROWS = 40 };
	struct table t = table_make(rq, N_("Result"), ROWS);

	text_column(&t, N_("Figure"));
	number_column(&t, N_("Value"), COLUMN_FIGURE, 1);
	text_column(&t, N_("In words"));
	fact(&t, N_("Campaign"), cell_text(S("")), r->round.terms.title);
	fact(&t, N_("Answers"), cell_number((int64_t)r->n_sent * 10), r->respondents);
	fact(&t, N_("Score"), cell_number(r->whole.score * HALVES), r->points);
	fact(&t, N_("Estimated maturity"), cell_text(S("")), r->band.estimate);
	fact(&t, N_("Band"), cell_text(S("")), r->band.band_title);
	if (r->range.is_known) {
		fact(&t, N_("Range, low"), cell_number(r->range.low * HALVES), r->low);
		fact(&t, N_("Range, high"), cell_number(r->range.high * HALVES), r->high);
	}
	fact(&t, N_("To discuss"), cell_number((int64_t)r->n_apart * 10), r->sentence);
	fact(&t, N_("“I don’t know”"), cell_number((int64_t)r->n_unknown * 10), S(""));
	if (r->few_words.len)
		fact(&t, N_("Too few answers"), cell_text(S("")), r->few_words);
	if (r->hides_departments)
		fact(&t, N_("Hidden departments"), cell_text(S("")), r->hiding.reason);
	if (r->has_agreed) {
		fact(&t, N_("Agreed answers"), cell_number((int64_t)r->n_agreed * 10),
		     r->agreed_title);
		fact(&t, N_("Agreed score"), cell_number(r->agreed.score * HALVES),
		     r->agreed_estimate);
	}
	if (r->has_before)
		fact(&t, N_("Compared with"), cell_text(S("")), r->before_title);
	if (r->is_whole)
		fact(&t, N_("Change of the score"), cell_number(r->change_half * HALVES),
		     r->score_change);
	if (place.len)
		fact(&t, N_("Among organisations"), cell_text(S("")), place);
	if (r->way.has_next)
		fact(&t, N_("To the next band"), cell_number(r->way.needed * HALVES),
		     str_fmt(rq->arena, "%.*s. %.*s", STR_ARG(r->way_needed), STR_ARG(r->way_sum)));
	return t.sheet;
}

static struct worksheet categories(struct req *rq, const struct results *r)
{
	struct table t = table_make(rq, N_("Categories"), r->n_categories);

	text_column(&t, N_("Category"));
	number_column(&t, N_("Points"), COLUMN_DECIMAL, 1);
	number_column(&t, N_("Maximum"), COLUMN_INTEGER, 0);
	number_column(&t, N_("Share"), COLUMN_PERCENT, 0);
	column(&t, trc(rq->language, "difference", "Change"), COLUMN_TEXT, 0);
	for (size_t i = 0; i < r->n_categories; i++) {
		put_text(&t, r->categories[i].title);
		put_number(&t, r->categories[i].points * HALVES);
		put_number(&t, r->categories[i].max);
		put_number(&t, r->categories[i].share);
		put_text(&t, r->categories[i].change);
	}
	return t.sheet;
}

static struct worksheet bands(struct req *rq, const struct results *r)
{
	struct table t = table_make(rq, N_("Bands"), r->n_bands);

	text_column(&t, N_("Band"));
	text_column(&t, N_("Estimate"));
	number_column(&t, N_("From"), COLUMN_INTEGER, 0);
	number_column(&t, N_("To"), COLUMN_INTEGER, 0);
	number_column(&t, N_("How often"), COLUMN_PERCENT, 0);
	for (size_t i = 0; i < r->n_bands; i++) {
		put_text(&t, r->bands[i].title);
		put_text(&t, r->bands[i].estimate);
		put_number(&t, r->bands[i].min);
		put_number(&t, r->bands[i].max);
		put(&t,
		    r->range.is_known ? cell_number(r->bands[i].chance_share) : cell_text(S("")));
	}
	return t.sheet;
}

/* ---- questions ---- */

/* A figure of a question, where there is one to show. */
static void put_figure(struct table *t, const struct results_question *q, int64_t n)
{
	put(t, q->is_few ? cell_text(S("")) : cell_number(n));
}

static void question_row(struct table *t, const struct results_question *q)
{
	put_text(t, q->id);
	put_text(t, q->label);
	put_text(t, q->category);
	put_figure(t, q, q->spread->median * HALVES);
	put_number(t, q->max);
	put_text(t, q->mode);
	put(t, q->spread->given ? cell_number(q->spread->mode_share) : cell_text(S("")));
	put_figure(t, q, q->spread->iqr * QUARTERS);
	put_figure(t, q, q->spread->unknown);
	put_figure(t, q, q->not_asked);
	put_figure(t, q, q->blank);
	put_text(t, q->opinions_words);
	put_text(t, q->before);
	put_text(t, q->change);
	put_text(t, q->second.hidden.len ? q->second.hidden : q->second.n);
	put_text(t, q->second.median);
	put_text(t, q->second.mode);
	put_text(t, q->agreement.answer);
	put_text(t, q->agreement.reason);
}

static struct worksheet questions(struct req *rq, const struct results *r)
{
	enum { IQR_DECIMALS = 2 };
	struct table t = table_make(rq, N_("Questions"), r->n_questions);

	text_column(&t, N_("Id"));
	text_column(&t, N_("Question"));
	text_column(&t, N_("Category"));
	number_column(&t, N_("Median"), COLUMN_DECIMAL, 1);
	number_column(&t, N_("Maximum"), COLUMN_INTEGER, 0);
	text_column(&t, N_("Most frequent answer"));
	number_column(&t, N_("Its share"), COLUMN_PERCENT, 0);
	number_column(&t, N_("Interquartile range"), COLUMN_DECIMAL, IQR_DECIMALS);
	number_column(&t, N_("“I don’t know”"), COLUMN_INTEGER, 0);
	number_column(&t, N_("Not asked"), COLUMN_INTEGER, 0);
	number_column(&t, N_("Left blank"), COLUMN_INTEGER, 0);
	text_column(&t, N_("Opinions"));
	text_column(&t, N_("Median before"));
	column(&t, trc(rq->language, "difference", "Change"), COLUMN_TEXT, 0);
	text_column(&t, N_("Second vote"));
	text_column(&t, N_("Second vote, median"));
	text_column(&t, N_("Second vote, most frequent"));
	text_column(&t, N_("Agreed answer"));
	text_column(&t, N_("Reason"));
	for (size_t i = 0; i < r->n_questions; i++)
		question_row(&t, &r->questions[i]);
	return t.sheet;
}

static void answer_rows(struct table *t, const struct results_question *q, const char *vote,
			const struct results_answer *answers, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		const struct results_answer *a = &answers[k];

		put_text(t, q->id);
		put_text(t, q->label);
		put_text(t, a->label);
		put(t, a->has_points ? cell_number(a->points) : cell_text(S("")));
		put_number(t, a->n);
		put(t, a->has_share ? cell_number(a->share) : cell_text(S("")));
		put_text(t, tr(t->rq->language, vote));
	}
}

static struct worksheet answers(struct req *rq, const struct results *r)
{
	size_t n = 0;
	struct table t;

	for (size_t i = 0; i < r->n_questions; i++)
		n += r->questions[i].n_answers + r->questions[i].second.n_answers;
	t = table_make(rq, N_("Answers"), n);
	text_column(&t, N_("Id"));
	text_column(&t, N_("Question"));
	text_column(&t, N_("Answer"));
	number_column(&t, N_("Points"), COLUMN_INTEGER, 0);
	number_column(&t, N_("Given"), COLUMN_INTEGER, 0);
	number_column(&t, N_("Share"), COLUMN_PERCENT, 0);
	text_column(&t, N_("Which vote"));
	for (size_t i = 0; i < r->n_questions; i++) {
		const struct results_question *q = &r->questions[i];

		answer_rows(&t, q, N_("As answered"), q->answers, q->n_answers);
		answer_rows(&t, q, N_("Second vote"), q->second.answers, q->second.n_answers);
	}
	return t.sheet;
}

/* ---- departments ---- */

static void put_cell(struct table *t, const struct results_cell *c)
{
	put(t, c->state == HEAT_SHOWN ? cell_number(c->share) : cell_text(c->words));
}

static struct worksheet departments(struct req *rq, const struct results *r)
{
	struct table t = table_make(rq, N_("Departments"), r->n_departments);

	text_column(&t, N_("Department"));
	text_column(&t, N_("Answers"));
	for (size_t i = 0; i < r->n_categories; i++)
		column(&t, r->categories[i].title, COLUMN_PERCENT, 0);
	number_column(&t, N_("Score"), COLUMN_PERCENT, 0);
	for (size_t i = 0; i < r->n_departments; i++) {
		const struct results_department *d = &r->departments[i];

		put_text(&t, d->name);
		put_text(&t, d->state == HEAT_SHOWN ? d->respondents : d->score.words);
		for (size_t c = 0; c < r->n_categories; c++)
			put_cell(&t, &d->categories[c]);
		put_cell(&t, &d->score);
	}
	return t.sheet;
}

static struct worksheet cells(struct req *rq, const struct results *r)
{
	struct table t =
		table_make(rq, N_("Departments, questions"), r->n_departments * r->n_questions);

	text_column(&t, N_("Department"));
	text_column(&t, N_("Id"));
	text_column(&t, N_("Question"));
	number_column(&t, N_("Share"), COLUMN_PERCENT, 0);
	for (size_t i = 0; i < r->n_departments; i++)
		for (size_t k = 0; k < r->n_questions; k++) {
			const struct results_question *q = &r->questions[k];

			put_text(&t, r->departments[i].name);
			put_text(&t, q->id);
			put_text(&t, q->label);
			put_cell(&t, &r->departments[i].questions[q->index]);
		}
	return t.sheet;
}

/* ---- what to do, and comments ---- */

static struct worksheet steps(struct req *rq, const struct results *r)
{
	struct table t = table_make(rq, N_("Shortest way"), r->n_steps);

	text_column(&t, N_("Step"));
	text_column(&t, N_("From"));
	text_column(&t, N_("To"));
	text_column(&t, N_("Gain"));
	for (size_t i = 0; i < r->n_steps; i++) {
		put_text(&t, r->steps[i].title);
		put_text(&t, r->steps[i].from);
		put_text(&t, r->steps[i].to);
		put_text(&t, r->steps[i].gain);
	}
	return t.sheet;
}

static struct worksheet actions(struct req *rq, const struct results *r,
				const struct result_plan *plan)
{
	struct table t = table_make(rq, N_("Actions"), r->band.n_actions);

	text_column(&t, N_("Action"));
	text_column(&t, N_("In detail"));
	text_column(&t, N_("Reason"));
	text_column(&t, N_("Status"));
	text_column(&t, N_("Agreed since"));
	text_column(&t, N_("In the plan"));
	for (size_t i = 0; i < r->band.n_actions; i++) {
		const struct result_action *a = &r->band.actions[i];

		put_text(&t, a->title);
		put_text(&t, a->detail);
		put_text(&t, a->reason);
		put_text(&t, a->is_done ? tr(rq->language, "Already in place") : S(""));
		put_text(&t, a->settled);
		put_text(&t, plan->actions[i].is_adopted ? plan->actions[i].state : S(""));
	}
	return t.sheet;
}

static struct worksheet comments_sheet(struct req *rq, const struct export_comments *comments)
{
	struct table t = table_make(rq, N_("Comments"), comments->n + 1);

	text_column(&t, N_("Id"));
	text_column(&t, N_("Question"));
	text_column(&t, N_("Comment"));
	text_column(&t, N_("Author"));
	for (size_t i = 0; i < comments->n; i++) {
		put_text(&t, comments->items[i].question->id);
		put_text(&t, comments->items[i].question->label);
		put_text(&t, comments->items[i].text);
		put_text(&t, comments->items[i].author);
	}
	if (comments->is_cut) {
		put_text(&t, S(""));
		put_text(&t, S(""));
		put_text(&t, tr(rq->language, "More comments are on the pages of the campaign."));
		put_text(&t, S(""));
	}
	return t.sheet;
}

int results_book_write(struct req *rq, const struct results *r, const struct export_beside *beside,
		       struct str *ret, struct err *err)
{
	enum { SHEETS_MAX = 11 };
	struct worksheet sheets[SHEETS_MAX];
	struct workbook book = {
		.title = r->round.terms.title,
		.author = rq->actor.org_name,
		.created_ms = r->round.updated_ms,
		.cut_note = str_fmt(rq->arena, " %.*s", STR_ARG(tr(rq->language, "[cut]"))),
		.sheets = sheets,
	};
	size_t n = 0;
	int result = 0;

	sheets[n++] = summary(rq, r, beside->place);
	sheets[n++] = categories(rq, r);
	sheets[n++] = bands(rq, r);
	sheets[n++] = questions(rq, r);
	sheets[n++] = answers(rq, r);
	if (r->has_departments) {
		sheets[n++] = departments(rq, r);
		sheets[n++] = cells(rq, r);
	}
	sheets[n++] = steps(rq, r);
	sheets[n++] = actions(rq, r, &beside->plan);
	sheets[n++] = comments_sheet(rq, &beside->comments);
	/* Those who run the campaign know who answered what, nobody else. */
	if (may_edit(rq) && r->round.terms.mode == ROUND_NOMINATIVE)
		result = results_people_sheet(rq, &r->round, &sheets[n++], err);
	if (result != 0)
		return result;
	book.n_sheets = n;
	result = workbook_xlsx(rq->arena, &book, ret, err);
	return result > 0 ? err_set(err, FAULT_INTERNAL,
				    "the results outgrew the limits of a workbook")
			  : result;
}

int results_csv_write(struct req *rq, const struct results *r, struct str *ret, struct err *err)
{
	struct worksheet sheet = questions(rq, r);
	int result = worksheet_csv(rq->arena, &sheet,
				   rq->language == LANG_FR ? CSV_FRENCH : CSV_ENGLISH, ret);

	return result > 0 ? err_set(err, FAULT_INTERNAL, "the results outgrew the limits of a CSV")
			  : result;
}
