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

static int by_change(const void *a, const void *b)
{
	const struct people_portfolio_list_row *x = a, *y = b;

	return (y->updated_ms > x->updated_ms) - (y->updated_ms < x->updated_ms);
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

/* Brings the rows that pass the filters to the front; how many there are. */
static size_t keep_passing(struct req *rq, struct people_portfolio_list_rows *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		if (passes(rq, &rows->items[i]))
			rows->items[n++] = rows->items[i];
	return n;
}

/* The rows of the page that is asked for, or of the last one. */
static int add_rows(struct req *rq, const struct people_portfolio_list_rows *rows,
		    portfolio_fill *fill, struct portfolio_page *m, struct err *err)
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
		m->rows[m->n_rows] = row_view(rq, &rows->items[i]);
		r = fill(rq, rows->items[i].org_id, &m->rows[m->n_rows++].columns, err);
	}
	m->first = (int64_t)first + 1;
	m->last = (int64_t)(first + m->n_rows);
	m->before = page - 1;
	m->after = page < pages ? page + 1 : 0;
	return r;
}

struct reply *portfolio_reply(struct req *rq, portfolio_fill *fill)
{
	const struct portfolio_args *args = rq->args;
	struct people_portfolio_list_rows rows;
	struct portfolio_page m = {
		.search = args->search,
		.sort = args->sort,
		.role = args->role,
		.is_admin = rq->actor.is_admin,
	};
	struct view v = view_make(rq);
	struct err err;

	if (people_portfolio_list(rq->db, rq->arena, rq->actor.account_id, &rows, &err) != 0)
		return reply_fault(rq, &err);
	if (args->left)
		m.done = tr(rq->language, "You have left the organisation.");
	m.n_all = (int64_t)rows.n;
	m.n_found = (int64_t)keep_passing(rq, &rows);
	if (args->sort.len && m.n_found)
		qsort(rows.items, (size_t)m.n_found, sizeof *rows.items, by_change);
	if (add_rows(rq, &rows, fill, &m, &err) != 0)
		return reply_fault(rq, &err);
	add_roles(rq, args->role, &m);
	people_portfolio_page(&v, &m);
	return layout_reply(rq, 200,
			    &(struct layout){
				    .title = tr(rq->language, "Your organisations"),
				    .body = view_html(&v),
			    });
}
