/* The plan as a workbook and as CSV. */
#include "document/workbook.h"
#include "plan/form.h"
#include "plan/handlers.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

enum { COLUMNS = 12 };

static void add_columns(enum language l, struct worksheet_column ret[COLUMNS])
{
	const struct worksheet_column columns[COLUMNS] = {
		{ tr(l, "Title"), COLUMN_TEXT, 0 },
		{ tr(l, "Detail"), COLUMN_TEXT, 0 },
		{ tr(l, "Person in charge"), COLUMN_TEXT, 0 },
		{ tr(l, "Due date"), COLUMN_DATE, 0 },
		{ tr(l, "Overdue"), COLUMN_TEXT, 0 },
		{ tr(l, "Status"), COLUMN_TEXT, 0 },
		{ tr(l, "Effort"), COLUMN_TEXT, 0 },
		{ tr(l, "Note"), COLUMN_TEXT, 0 },
		{ tr(l, "Questions served"), COLUMN_TEXT, 0 },
		{ tr(l, "Milestone"), COLUMN_TEXT, 0 },
		{ tr(l, "Added on"), COLUMN_DATE, 0 },
		{ tr(l, "Done on"), COLUMN_DATE, 0 },
	};

	for (size_t i = 0; i < COLUMNS; i++)
		ret[i] = columns[i];
}

static struct worksheet_cell day_cell(bool has, int64_t day)
{
	return has ? cell_number(day) : (struct worksheet_cell){ .is_number = false };
}

static void add_row(struct req *rq, const struct action *x, struct worksheet_cell *ret)
{
	const struct plan_filter none = { .late = false };
	struct action_view words = action_view(rq, x, &none);
	const struct worksheet_cell cells[COLUMNS] = {
		cell_text(x->title),
		cell_text(x->detail),
		cell_text(x->owner_name),
		day_cell(x->has_due, x->due),
		cell_text(words.is_late ? tr(rq->language, "yes") : S("")),
		cell_text(words.state),
		cell_text(x->effort == EFFORT_UNSAID
				  ? S("")
				  : action_effort_words(rq->language, x->effort)),
		cell_text(x->note),
		cell_text(fmt_list(rq->arena, rq->language, words.labels, words.n_labels)),
		cell_text(words.phase),
		cell_number(x->created_ms / DAY_MS),
		day_cell(x->has_done_ms, x->done_ms / DAY_MS),
	};

	for (size_t i = 0; i < COLUMNS; i++)
		ret[i] = cells[i];
}

static int make_sheet(struct req *rq, struct worksheet *ret, struct err *err)
{
	const struct plan_filter any = { .late = false };
	struct worksheet_column *columns;
	struct worksheet_cell *cells;
	struct actions all;
	int r;

	req_need(rq, PLAN_FILE_BYTES);
	r = actions_load(rq, &all, err);
	if (r != 0)
		return r;
	columns = arena_new(rq->arena, struct worksheet_column, COLUMNS);
	all = filter_actions(rq, &any, &all);
	add_columns(rq->language, columns);
	cells = arena_new(rq->arena, struct worksheet_cell, COLUMNS * all.n);
	for (size_t i = 0; i < all.n; i++)
		add_row(rq, &all.items[i], cells + COLUMNS * i);
	*ret = (struct worksheet){
		.name = tr(rq->language, "Action plan"),
		.columns = columns,
		.n_columns = COLUMNS,
		.n_rows = all.n,
		.cells = cells,
	};
	return 0;
}

struct reply *plan_csv(struct req *rq)
{
	struct worksheet sheet;
	struct str bytes;
	struct err err;

	if (make_sheet(rq, &sheet, &err) != 0)
		return reply_fault(rq, &err);
	/* PLAN_ACTIONS_MAX rows are within its limits. */
	if (worksheet_csv(rq->arena, &sheet, rq->language == LANG_FR ? CSV_FRENCH : CSV_ENGLISH,
			  &bytes) != DOCUMENT_OK)
		return reply_status(rq, 500);
	return reply_download(rq, org_file_name(rq, N_("Action plan"), "csv"), bytes);
}

struct reply *plan_xlsx(struct req *rq)
{
	struct worksheet sheet;
	struct workbook book = {
		.title = tr(rq->language, "Action plan"),
		.author = rq->actor.org_name,
		.created_ms = rq->now_ms,
		.sheets = &sheet,
		.n_sheets = 1,
	};
	struct str bytes;
	struct err err;
	int r = make_sheet(rq, &sheet, &err);

	if (r == 0)
		r = workbook_xlsx(rq->arena, &book, &bytes, &err);
	if (r < 0)
		return reply_fault(rq, &err);
	if (r != DOCUMENT_OK)
		return reply_status(rq, 500);
	return reply_download(rq, org_file_name(rq, N_("Action plan"), "xlsx"), bytes);
}
