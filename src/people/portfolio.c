/* The portfolio, and the first page of an organisation. */
#include <stdlib.h>

#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/lists.h"
#include "people/pages.h"
#include "people/people_tpl.h"
#include "people/queries.h"
#include "view/colour.h"

struct org_tabs org_tabs(struct req *rq, enum org_tab here)
{
	return (struct org_tabs){
		.org = id_text(rq->arena, rq->actor.org_id),
		.here = here,
		.is_owner = rq->actor.role == ROLE_OWNER,
	};
}

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
	m->roles = arena_new(rq->arena, struct form_choice, ROLE_N);
	for (int r = ROLE_OWNER; r > ROLE_NONE; r--)
		m->roles[m->n_roles++] = (struct form_choice){
			.value = role_code((enum role)r),
			.label = role_name(rq->language, (enum role)r),
			.is_chosen = str_eq(role_code((enum role)r), chosen),
		};
}

struct reply *portfolio_page(struct req *rq)
{
	const struct portfolio_args *args = rq->args;
	struct people_portfolio_list_rows rows;
	struct portfolio_page m = { .search = args->search, .sort = args->sort };
	struct view v = view_make(rq);
	struct err err;

	if (people_portfolio_list(rq->db, rq->arena, rq->actor.account_id, &rows, &err) != 0)
		return reply_fault(rq, &err);
	if (args->left)
		m.done = tr(rq->language, "You have left the organisation.");
	if (args->sort.len && rows.n)
		qsort(rows.items, rows.n, sizeof *rows.items, by_change);
	m.n_all = (int64_t)rows.n;
	m.rows = arena_new(rq->arena, struct portfolio_row, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		if (passes(rq, &rows.items[i]))
			m.rows[m.n_rows++] = row_view(rq, &rows.items[i]);
	add_roles(rq, args->role, &m);
	people_portfolio_page(&v, &m);
	return layout_reply(rq, 200,
			    &(struct layout){
				    .title = tr(rq->language, "Your organisations"),
				    .body = view_html(&v),
			    });
}

struct reply *org_home(struct req *rq)
{
	struct people_org_get_row org;
	struct people_member_list_rows members;
	struct people_department_list_rows departments;
	struct org_home_page m = { .tabs = org_tabs(rq, TAB_HOME) };
	struct view v = view_make(rq);
	struct err err;
	int r = people_org_get(rq->db, rq->arena, rq->actor.org_id, &org, &err);

	if (r == 0)
		r = people_member_list(rq->db, rq->arena, rq->actor.org_id, &members, &err);
	if (r == 0)
		r = people_department_list(rq->db, rq->arena, rq->actor.org_id, &departments, &err);
	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	m.name = org.name;
	m.sector = org.sector;
	m.role = role_name(rq->language, rq->actor.role);
	m.role_summary = role_summary(rq->language, rq->actor.role);
	m.n_members = (int64_t)members.n;
	m.n_departments = (int64_t)departments.n;
	m.has_logo = org.logo_type.len > 0;
	m.org = m.tabs.org;
	people_org_home_page(&v, &m);
	return layout_reply(rq, 200, &(struct layout){ .title = org.name, .body = view_html(&v) });
}

/* ---- a new one ---- */

static struct reply *show_new(struct req *rq, int status, struct form *f)
{
	return form_page_reply(
		rq, status,
		&(struct form_page){
			.title = tr(rq->language, "New organisation"),
			.lead = tr(
				rq->language,
				"You will be its owner: you invite the others, and choose what each may do."),
			.form = f,
		});
}

static struct form new_form(struct req *rq, struct str name, struct str zone)
{
	struct form f = form_make(rq, "org", url(rq, "/orgs/new"), N_("Create it"), true);
	struct form_field *field = form_line(&f, "name", N_("Name"), name, 80);

	field->autocomplete = "organization";
	(void)form_zone(&f, zone);
	return f;
}

struct reply *org_new_page(struct req *rq)
{
	struct form f = new_form(rq, (struct str){ "", 0 }, rq->actor.time_zone);

	return show_new(rq, 200, &f);
}

struct reply *org_new(struct req *rq)
{
	const struct org_new_args *args = rq->args;
	struct form f = new_form(rq, args->name, args->time_zone);
	int64_t id;
	struct err err;
	int r;

	form_take_errors(&f);
	if (f.n_faults == 0 && str_trim(args->name).len == 0)
		form_fault(&f, "name", tr(rq->language, "Fill this field in."));
	if (f.n_faults == 0 && !is_time_zone(args->time_zone))
		form_fault(&f, "time-zone", tr(rq->language, "Choose a time zone of the list."));
	if (f.n_faults)
		return show_new(rq, 422, &f);
	r = org_add(rq->db, str_trim(args->name), args->time_zone, rq->now_ms, &id, &err);
	if (r == 0)
		r = member_set(rq->db, id, rq->actor.account_id, ROLE_OWNER, rq->now_ms, &err);
	if (r == 0)
		r = audit_add(rq,
			      &(struct audit_entry){
				      .org_id = id,
				      .action = N_("created the organisation"),
				      .object_kind = "organisation",
				      .object_id = id,
				      .after = audit_value(rq->arena, "name", args->name) },
			      &err);
	if (r != 0)
		return reply_fault(rq, &err);
	return reply_redirect(rq, url(rq, "/o/%.*s", STR_ARG(id_text(rq->arena, id))));
}
