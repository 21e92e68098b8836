/* The log of an organisation, for its owners. */
#include "base/timing.h"
#include "base/token.h"
#include "document/workbook.h"
#include "i18n/zone.h"
#include "people/pages.h"
#include "people/handlers_priv.h"
#include "people/people_tpl.h"
#include "people/queries.h"

enum { ENTRIES = 50 /* on a page */, ENTRIES_MAX = 10000 /* in a file */ };
static const int64_t day_ms = 24 * 60 * 60 * 1000;

/* ---- what is asked for ---- */

/* The instant at which the typed day begins, on the clocks of whoever asks, `days` later; `none` without a
 * day. 0, or 1 when it is no day. */
static int instant(struct req *rq, struct str typed, int days, int64_t none, int64_t *ret)
{
	int64_t day;

	*ret = none;
	if (typed.len == 0)
		return 0;
	if (day_parse(typed, &day) != 0)
		return 1;
	*ret = zone_to_utc(rq->actor.time_zone, (day + days) * day_ms);
	return 0;
}

/* Days that are none. */
enum { WRONG_FROM = 1 << 0, WRONG_TO = 1 << 1 };

/* The filters of the request. 0, or which day is none. */
static int filters(struct req *rq, int64_t max, struct people_audit_list_params *ret)
{
	const struct audit_args *args = rq->args;

	*ret = (struct people_audit_list_params){
		.org_id = rq->actor.org_id,
		.action = args->action,
		.who = args->who,
		.object_kind = args->kind,
		.object_id = args->object,
		.before_id = args->before ? args->before : INT64_MAX,
		.max = max,
	};
	return (instant(rq, args->from, 0, 0, &ret->from_ms) ? WRONG_FROM : 0) |
	       (instant(rq, args->to, 1, INT64_MAX, &ret->to_ms) ? WRONG_TO : 0);
}

static void add_choice(struct req *rq, struct form_choices *choices, struct str value,
		       struct str label, struct str chosen)
{
	(void)choice_add(rq->arena, choices, value, label, str_eq(value, chosen));
}

static int add_choices(struct req *rq, struct audit_page *m, struct err *err)
{
	struct people_audit_actions_rows actions;
	struct people_audit_people_rows people;
	struct people_audit_kinds_rows kinds;
	int r = people_audit_actions(rq->db, rq->arena, rq->actor.org_id, &actions, err);

	if (r == 0)
		r = people_audit_people(rq->db, rq->arena, rq->actor.org_id, &people, err);
	if (r == 0)
		r = people_audit_kinds(rq->db, rq->arena, rq->actor.org_id, &kinds, err);
	if (r != 0)
		return r;
	for (size_t i = 0; i < actions.n; i++)
		add_choice(rq, &m->actions, actions.items[i].action,
			   tr(rq->language, str_c(rq->arena, actions.items[i].action)), m->action);
	for (size_t i = 0; i < people.n; i++)
		add_choice(rq, &m->people, people.items[i].who, people.items[i].who, m->who);
	for (size_t i = 0; i < kinds.n; i++)
		add_choice(rq, &m->kinds, kinds.items[i].object_kind,
			   kind_words(rq, kinds.items[i].object_kind), m->kind);
	return 0;
}

/* ---- the page ---- */

static struct audit_row row_view(struct req *rq, const struct people_audit_list_row *row)
{
	struct audit_row view = {
		.when = moment_words(rq, row->at_ms),
		.who = row->who,
		.what = tr(rq->language, str_c(rq->arena, row->action)),
		.kind = kind_words(rq, row->object_kind),
	};

	if (row->has_object_id)
		view.object = id_text(rq->arena, row->object_id);
	view.changes = change_words(rq, row->object_kind, row->before, row->after, &view.n_changes);
	return view;
}

static int add_rows(struct req *rq, const struct people_audit_list_params *p, struct audit_page *m,
		    struct err *err)
{
	struct people_audit_list_rows rows;
	int r = people_audit_list(rq->db, rq->arena, p, &rows, err);

	if (r != 0)
		return r;
	m->has_more = rows.n > ENTRIES;
	m->n_rows = m->has_more ? ENTRIES : rows.n;
	m->rows = arena_new(rq->arena, struct audit_row, m->n_rows);
	for (size_t i = 0; i < m->n_rows; i++) {
		m->rows[i] = row_view(rq, &rows.items[i]);
		m->older = id_text(rq->arena, rows.items[i].id);
	}
	return 0;
}

struct reply *audit_page(struct req *rq)
{
	const struct audit_args *args = rq->args;
	struct audit_page m = {
		.tabs = org_tabs(rq, TAB_AUDIT),
		.zone = rq->actor.time_zone,
		.action = args->action,
		.who = args->who,
		.kind = args->kind,
		.object = args->object ? id_text(rq->arena, args->object) : S(""),
		.from = args->from,
		.to = args->to,
		.is_filtered = args->action.len || args->who.len || args->kind.len ||
			       args->object || args->from.len || args->to.len,
	};
	struct people_audit_list_params p;
	struct view v = view_make(rq);
	struct err err;
	int wrong = filters(rq, ENTRIES + 1, &p);
	int r = add_choices(rq, &m, &err);

	if (r == 0 && !wrong)
		r = add_rows(rq, &p, &m, &err);
	if (r != 0)
		return reply_fault(rq, &err);
	m.is_from_wrong = wrong & WRONG_FROM;
	m.is_to_wrong = wrong & WRONG_TO;
	if (wrong) {
		m.fault = tr(rq->language,
			     "Write the dates as year-month-day, for instance 2026-03-12.");
	} else if (p.from_ms >= p.to_ms) {
		m.is_from_wrong = m.is_to_wrong = true;
		m.fault = tr(rq->language,
			     "The first day comes after the last one: change one of them.");
	}
	m.org = id_text(rq->arena, rq->actor.org_id);
	people_audit_page(&v, &m);
	return org_reply(rq, wrong ? 422 : 200, tr(rq->language, "Log"), &v);
}

/* ---- the table ---- */

enum {
	COLUMNS = 6,
	CHANGES_BYTES = 64 * 1024, /* of one entry, in words */
	/* Of ENTRIES_MAX changes of the longest action of a plan: reading, wording and writing them. */
	FILE_BYTES = 512 * 1024 * 1024,
};

/* "2026-03-12 08:30" on the clocks of whoever asks: spreadsheets take it for a date. */
static struct str table_moment(struct req *rq, int64_t ms)
{
	struct str local = local_text(rq->arena, ms + zone_offset(rq->actor.time_zone, ms));

	return str_fmt(rq->arena, "%.*s %.*s", STR_ARG(str_slice(local, 0, 10)),
		       STR_ARG(str_slice(local, 11, 16)));
}

static struct str changes_text(struct req *rq, const struct audit_row *row)
{
	struct buf b = buf_make(rq->arena, CHANGES_BYTES);

	for (size_t i = 0; i < row->n_changes; i++) {
		if (i)
			buf_puts(&b, " ; ");
		buf_put(&b, change_line(rq, &row->changes[i]));
	}
	return buf_str(&b);
}

static void put_row(struct req *rq, const struct people_audit_list_row *row,
		    struct worksheet_cell cells[COLUMNS])
{
	struct audit_row view = row_view(rq, row);

	cells[0] = cell_text(table_moment(rq, row->at_ms));
	cells[1] = cell_text(view.who);
	cells[2] = cell_text(view.what);
	cells[3] = cell_text(view.kind);
	cells[4] = cell_text(view.object);
	cells[5] = cell_text(changes_text(rq, &view));
}

struct reply *audit_csv(struct req *rq)
{
	const struct worksheet_column columns[COLUMNS] = {
		{ tr_fill(rq->arena, tr(rq->language, "When ({zone})"),
			  &(const struct tr_arg){ "zone", rq->actor.time_zone }, 1),
		  COLUMN_TEXT },
		{ tr(rq->language, "Who"), COLUMN_TEXT },
		{ tr(rq->language, "What"), COLUMN_TEXT },
		{ tr(rq->language, "Object"), COLUMN_TEXT },
		{ tr(rq->language, "Its identifier"), COLUMN_TEXT },
		{ tr(rq->language, "Details"), COLUMN_TEXT },
	};
	struct worksheet sheet = {
		.name = tr(rq->language, "Log"),
		.columns = columns,
		.n_columns = COLUMNS,
	};
	struct people_audit_list_params p;
	struct people_audit_list_rows rows;
	struct worksheet_cell *cells;
	struct str bytes;
	struct err err;

	if (filters(rq, ENTRIES_MAX, &p) != 0)
		return reply_status(rq, 400);
	req_need(rq, FILE_BYTES);
	if (people_audit_list(rq->db, rq->arena, &p, &rows, &err) != 0)
		return reply_fault(rq, &err);
	cells = arena_new(rq->arena, struct worksheet_cell, rows.n * COLUMNS);
	for (size_t i = 0; i < rows.n; i++)
		put_row(rq, &rows.items[i], &cells[i * COLUMNS]);
	sheet.n_rows = rows.n;
	sheet.cells = cells;
	if (worksheet_csv(rq->arena, &sheet, rq->language == LANG_FR ? CSV_FRENCH : CSV_ENGLISH,
			  &bytes) != 0)
		return reply_status(rq, 413);
	return reply_download(rq, org_file_name(rq, N_("Log"), "csv"), bytes);
}
