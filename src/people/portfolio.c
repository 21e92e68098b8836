/* The portfolio: see portfolio.h. */
#include "people/portfolio.h"

#include <stdlib.h>

#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/pages.h"
#include "people/people_tpl.h"
#include "people/queries.h"
#include "view/colour.h"

enum { ORGS_ON_PAGE = 50 };

int orgs_of(struct req *rq, int64_t account_id, enum role need, struct org_choice **ret,
	    size_t *ret_n, struct err *err)
{
	struct people_portfolio_list_rows rows;
	struct org_choice *orgs;
	enum role role;
	size_t n = 0;
	int r = people_portfolio_list(rq->db, rq->arena, account_id, &rows, err);

	if (r != 0)
		return r;
	orgs = arena_new(rq->arena, struct org_choice, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		if (role_parse(rows.items[i].role, &role) == 0 && role_allows(role, need))
			orgs[n++] = (struct org_choice){ rows.items[i].org_id, rows.items[i].name };
	*ret = orgs;
	*ret_n = n;
	return 0;
}

/* ASCII letters small: search does not mind. */
static struct str small(struct arena *a, struct str s)
{
	char *out = arena_new(a, char, s.len + 1);

	for (size_t i = 0; i < s.len; i++)
		out[i] = (char)(s.data[i] >= 'A' && s.data[i] <= 'Z' ? s.data[i] + ('a' - 'A')
								     : s.data[i]);
	return str_make(out, s.len);
}

static bool passes(struct req *rq, const struct people_portfolio_list_row *row)
{
	const struct portfolio_args *args = rq->args;
	struct str wanted = small(rq->arena, str_trim(args->search));

	return (args->role.len == 0 || str_eq(args->role, row->role)) &&
	       (str_contains(small(rq->arena, row->name), wanted) ||
		str_contains(small(rq->arena, row->sector), wanted));
}

/* ---- by figures ---- */

/* One of those found. */
struct entry {
	const struct people_portfolio_list_row *row;
	struct portfolio_columns columns; /* where they are needed for more than the page */
	int64_t key;                      /* what comes first has the lowest */
	size_t place;                     /* by name */
};

static const struct {
	const char *code, *words;
	bool needs_figures;
} sorts[] = {
	{ "", N_("By name"), false },
	{ "recent", N_("Last changed first"), false },
	{ "score", N_("Highest score"), true },
	{ "score-low", N_("Lowest score"), true },
	{ "overdue", N_("Most overdue"), true },
	{ "date", N_("Next date"), true },
};
static const struct {
	const char *code, *words;
} shows[] = {
	{ "", N_("All") },
	{ "overdue", N_("Overdue actions") },
	{ "open", N_("Open campaign") },
};

static bool needs_figures(const struct portfolio_args *args)
{
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
		if (sorts[i].needs_figures && str_is(args->sort, sorts[i].code))
			return true;
	return str_is(args->show, "overdue") || str_is(args->show, "open");
}

static int64_t key_of(struct str sort, const struct entry *e)
{
	const struct portfolio_columns *c = &e->columns;

	if (str_is(sort, "recent"))
		return -e->row->updated_ms;
	if (str_is(sort, "score"))
		return -c->points;
	if (str_is(sort, "score-low"))
		return c->points < 0 ? INT64_MAX : c->points;
	if (str_is(sort, "overdue"))
		return -c->overdue;
	return str_is(sort, "date") ? c->next_ms : 0;
}

static int by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

static bool is_shown(struct str show, const struct portfolio_columns *c)
{
	if (str_is(show, "overdue"))
		return c->overdue > 0;
	return !str_is(show, "open") || c->is_open;
}

static struct portfolio_row row_view(struct req *rq, const struct people_portfolio_list_row *row)
{
	enum role role = ROLE_NONE;
	struct str accent = colour_or_ours(row->accent);

	(void)!role_parse(row->role, &role);
	return (struct portfolio_row){
		.id = id_text(rq->arena, row->org_id),
		.name = row->name,
		.sector = row->sector,
		.role = role_name(rq->language, role),
		.accent = accent,
		.on_accent = colour_ink_on(accent),
		.letters = letters_of(rq->arena, row->name),
		.members = row->members,
	};
}

static void add_roles(struct req *rq, struct str chosen, struct portfolio_page *m)
{
	for (int r = ROLE_OWNER; r > ROLE_NONE; r--)
		(void)choice_add(rq->arena, &m->roles, role_code((enum role)r),
				 role_name(rq->language, (enum role)r),
				 str_eq(role_code((enum role)r), chosen));
}

static void add_choices(struct req *rq, struct portfolio_page *m)
{
	const struct portfolio_args *args = rq->args;

	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
		(void)choice_add(rq->arena, &m->sorts, str_from(sorts[i].code),
				 tr(rq->language, sorts[i].words),
				 str_is(args->sort, sorts[i].code));
	for (size_t i = 0; i < sizeof shows / sizeof *shows; i++)
		(void)choice_add(rq->arena, &m->shows, str_from(shows[i].code),
				 tr(rq->language, shows[i].words),
				 str_is(args->show, shows[i].code));
	add_roles(rq, args->role, m);
}

/* Those that pass the filters on what this room knows. */
static struct entry *find(struct req *rq, const struct people_portfolio_list_rows *rows,
			  size_t *ret_n)
{
	struct entry *found = arena_new(rq->arena, struct entry, rows->n);
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		if (passes(rq, &rows->items[i]))
			found[n++] = (struct entry){ .row = &rows->items[i], .place = i };
	*ret_n = n;
	return found;
}

/* Reads the figures of all of them, and keeps those that are to be shown. */
static int choose(struct req *rq, struct entry *found, size_t *n, portfolio_fill *fill,
		  struct err *err)
{
	const struct portfolio_args *args = rq->args;
	size_t kept = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < *n; i++) {
		r = fill(rq, found[i].row->org_id, &found[i].columns, err);
		if (r == 0 && is_shown(args->show, &found[i].columns))
			found[kept++] = found[i];
	}
	*n = kept;
	return r;
}

/* The rows of the page that is asked for, or of the last one. */
static int add_rows(struct req *rq, const struct entry *found, portfolio_fill *fill,
		    bool has_figures, struct portfolio_page *m, struct err *err)
{
	const struct portfolio_args *args = rq->args;
	int64_t pages = (m->n_found + ORGS_ON_PAGE - 1) / ORGS_ON_PAGE;
	int64_t page = args->page > pages ? pages : args->page;
	size_t first;
	int r = 0;

	if (page < 1)
		page = 1;
	first = (size_t)(page - 1) * ORGS_ON_PAGE;
	m->rows = arena_new(rq->arena, struct portfolio_row, ORGS_ON_PAGE);
	for (size_t i = first; r == 0 && i < (size_t)m->n_found && m->n_rows < ORGS_ON_PAGE; i++) {
		struct portfolio_row *row = &m->rows[m->n_rows++];

		*row = row_view(rq, found[i].row);
		row->columns = found[i].columns;
		if (!has_figures)
			r = fill(rq, found[i].row->org_id, &row->columns, err);
	}
	m->first = (int64_t)first + 1;
	m->last = (int64_t)(first + m->n_rows);
	m->before = page - 1;
	m->after = page < pages ? page + 1 : 0;
	return r;
}

/* What is found, in its order, a page of it. */
static int add_found(struct req *rq, const struct people_portfolio_list_rows *rows,
		     portfolio_fill *fill, struct portfolio_page *m, struct err *err)
{
	const struct portfolio_args *args = rq->args;
	bool wants_figures = needs_figures(args), has_figures;
	size_t n;
	struct entry *found = find(rq, rows, &n);
	int r = 0;

	has_figures = wants_figures && n <= PORTFOLIO_FIGURES_MAX;
	if (has_figures)
		r = choose(rq, found, &n, fill, err);
	else if (wants_figures)
		m->figures_max = PORTFOLIO_FIGURES_MAX;
	for (size_t i = 0; r == 0 && i < n; i++)
		found[i].key = wants_figures && !has_figures ? 0 : key_of(args->sort, &found[i]);
	m->n_found = (int64_t)n;
	if (r == 0 && n)
		qsort(found, n, sizeof *found, by_key);
	return r ? r : add_rows(rq, found, fill, has_figures, m, err);
}

struct reply *portfolio_reply(struct req *rq, portfolio_fill *fill)
{
	const struct portfolio_args *args = rq->args;
	struct people_portfolio_list_rows rows;
	struct portfolio_page m = {
		.search = args->search,
		.sort = args->sort,
		.role = args->role,
		.show = args->show,
		.is_admin = rq->actor.is_admin,
	};
	struct view v = view_make(rq);
	struct err err;

	if (people_portfolio_list(rq->db, rq->arena, rq->actor.account_id, &rows, &err) != 0)
		return reply_fault(rq, &err);
	if (args->left)
		m.done = tr(rq->language, "You have left the organisation.");
	m.n_all = (int64_t)rows.n;
	if (add_found(rq, &rows, fill, &m, &err) != 0)
		return reply_fault(rq, &err);
	add_choices(rq, &m);
	people_portfolio_page(&v, &m);
	return layout_reply(rq, 200,
			    &(struct layout){
				    .title = tr(rq->language, "Your organisations"),
				    .body = view_html(&v),
			    });
}
