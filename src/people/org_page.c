/* What the pages of an organisation have in common, and what its home shows of it. */
#include "people/org_page.h"

#include <assert.h>

#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/pages.h"
#include "people/people_tpl.h"
#include "people/queries.h"

/* What a tab is called, and where it leads. */
static struct crumb tab_crumb(struct req *rq, enum org_tab tab)
{
	static const struct {
		const char *page, *label;
	} tabs[] = {
		[TAB_HOME] = { "", N_("Overview") },
		[TAB_CAMPAIGNS] = { "/rounds", N_("Campaigns") },
		[TAB_PLAN] = { "/plan", N_("Action plan") },
		[TAB_SETTINGS] = { "/settings", N_("Settings") },
		[TAB_DEPARTMENTS] = { "/departments", N_("Departments") },
		[TAB_MEMBERS] = { "/members", N_("Members") },
		[TAB_AUDIT] = { "/audit", N_("Log") },
	};

	return (struct crumb){ url(rq, "/o/%.*s%s", STR_ARG(id_text(rq->arena, rq->actor.org_id)),
				   tabs[tab].page),
			       tr(rq->language, tabs[tab].label) };
}

struct org_tabs org_tabs(struct req *rq, enum org_tab here)
{
	struct org_tabs tabs = { .n = rq->actor.role == ROLE_OWNER ? TAB_NONE : TAB_SETTINGS };

	for (size_t i = 0; i < tabs.n; i++) {
		struct crumb tab = tab_crumb(rq, (enum org_tab)i);

		tabs.items[i] = (struct tab_view){ tab.path, tab.label, (enum org_tab)i == here };
	}
	return tabs;
}

struct html org_tabs_html(struct req *rq, enum org_tab here)
{
	struct org_tabs tabs = org_tabs(rq, here);
	struct view v = view_make(rq);

	people_tabs(&v, &tabs);
	return view_html(&v);
}

struct crumb portfolio_crumb(struct req *rq)
{
	return (struct crumb){ url(rq, "/portfolio"), tr(rq->language, "Your organisations") };
}

struct reply *org_reply_below(struct req *rq, int status, const struct layout *l, enum org_tab tab,
			      const struct crumb *below, size_t n)
{
	struct layout page = *l;
	struct crumb crumbs[3 + CRUMBS_BELOW_MAX] = { portfolio_crumb(rq),
						      tab_crumb(rq, TAB_HOME) };
	size_t n_crumbs = 2;

	assert(n <= CRUMBS_BELOW_MAX);
	crumbs[1].label = rq->actor.org_name;
	if (tab != TAB_HOME && tab != TAB_NONE)
		crumbs[n_crumbs++] = tab_crumb(rq, tab);
	for (size_t i = 0; i < n; i++)
		crumbs[n_crumbs++] = below[i];
	page.crumbs = crumbs;
	page.n_crumbs = n_crumbs;
	return layout_reply(rq, status, &page);
}

struct reply *org_reply(struct req *rq, int status, struct str title, const struct view *v)
{
	return org_reply_below(rq, status, &(struct layout){ .title = title, .body = view_html(v) },
			       TAB_HOME, NULL, 0);
}

int org_facts(struct req *rq, struct org_facts *ret, struct err *err)
{
	struct people_org_get_row org;
	struct people_member_list_rows members;
	struct people_department_list_rows departments;
	int r = people_org_get(rq->db, rq->arena, rq->actor.org_id, &org, err);

	if (r == 0)
		r = people_member_list(rq->db, rq->arena, rq->actor.org_id, &members, err);
	if (r == 0)
		r = people_department_list(rq->db, rq->arena, rq->actor.org_id, &departments, err);
	if (r != 0)
		return r;
	*ret = (struct org_facts){
		.name = org.name,
		.sector = org.sector,
		.has_logo = org.logo_type.len > 0,
		.n_departments = (int64_t)departments.n,
		.n_people = members.n,
		.people = arena_new(rq->arena, struct org_person, members.n),
	};
	for (size_t i = 0; i < members.n; i++) {
		enum role role = ROLE_NONE;

		(void)!role_parse(members.items[i].role, &role);
		ret->people[i] =
			(struct org_person){ members.items[i].name, role_name(rq->language, role) };
	}
	return 0;
}

int audit_latest(struct req *rq, int64_t max, struct audit_line **ret, size_t *ret_n,
		 struct err *err)
{
	struct people_audit_list_params p = {
		.org_id = rq->actor.org_id,
		.action = S(""),
		.who = S(""),
		.object_kind = S(""),
		.to_ms = INT64_MAX,
		.before_id = INT64_MAX,
		.max = max,
	};
	struct people_audit_list_rows rows;
	int r = people_audit_list(rq->db, rq->arena, &p, &rows, err);

	if (r != 0)
		return r;
	*ret_n = rows.n;
	*ret = arena_new(rq->arena, struct audit_line, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = (struct audit_line){
			.when = moment_words(rq, rows.items[i].at_ms),
			.who = rows.items[i].who,
			.what = tr(rq->language, str_c(rq->arena, rows.items[i].action)),
		};
	return 0;
}

int accounts_exist(struct req *rq, bool *ret, struct err *err)
{
	struct people_account_any_row row;
	int r = people_account_any(rq->db, rq->arena, &row, err);

	*ret = r == 0;
	return r == DB_NOT_FOUND ? 0 : r;
}
