/* The plan as a list and as a board. */
#include "base/token.h"
#include "people/org_page.h"
#include "plan/pages.h"
#include "plan/plan_tpl.h"
#include "plan/queries.h"

/* ---- an action in words ---- */

static void add_labels(struct req *rq, const struct action *x, struct action_view *v)
{
	const struct scorecard_pack *pack = &plan_pack()->scorecard;

	v->labels = arena_new(rq->arena, struct str, pack->def.n_questions);
	for (size_t i = 0; i < pack->def.n_questions; i++)
		if (questions_have(x->questions, pack->def.questions[i].id))
			v->labels[v->n_labels++] = plan_say(rq, &pack->questions[i].label);
}

static void add_moves(struct req *rq, const struct action *x, struct action_view *v)
{
	for (int s = 0; s < ACTION_STATUS_N; s++) {
		if ((enum action_status)s == x->status)
			continue;
		v->moves[v->n_moves++] = (struct move_view){
			action_status_code((enum action_status)s),
			action_status_words(rq->language, (enum action_status)s),
		};
	}
}

static struct str effort_word(struct req *rq, enum action_effort effort)
{
	switch (effort) {
	case EFFORT_SMALL:
		return tr(rq->language, "Small effort");
	case EFFORT_MEDIUM:
		return tr(rq->language, "Medium effort");
	case EFFORT_LARGE:
		return tr(rq->language, "Large effort");
	case EFFORT_UNSAID:
	case EFFORT_N:
		break;
	}
	return S("");
}

struct action_view action_view(struct req *rq, const struct action *x,
			       const struct plan_filter *back)
{
	int64_t today = plan_today(rq);
	struct action_view v = {
		.id = id_text(rq->arena, x->id),
		.title = x->title,
		.address = action_url(rq, x->id, ""),
		.status = x->status,
		.state = action_status_words(rq->language, x->status),
		.owner = x->owner_name,
		.due = x->has_due ? due_words(rq, x->due) : S(""),
		.is_late = action_is_late(x, today),
		.days_late = today - x->due,
		.effort = effort_word(rq, x->effort),
		.phase = phase_words(rq, x->phase),
		.move = filter_url(rq, action_url(rq, x->id, "/move"), back),
	};

	add_labels(rq, x, &v);
	if (role_allows(rq->actor.role, ROLE_CONTRIBUTOR))
		add_moves(rq, x, &v);
	return v;
}

/* ---- filters ---- */

struct filter {
	struct arena *arena;
	struct form_choices *choices;
	struct str chosen;
};

static void offer(const struct filter *f, struct str value, struct str label)
{
	(void)choice_add(f->arena, f->choices, value, label, str_eq(value, f->chosen));
}

static void offer_statuses(struct req *rq, const struct filter *f)
{
	offer(f, S(""), tr(rq->language, "Any status"));
	for (int s = 0; s < ACTION_STATUS_N; s++)
		offer(f, action_status_code((enum action_status)s),
		      action_status_words(rq->language, (enum action_status)s));
}

static bool is_offered(const struct form_choices *c, struct str value)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->items[i].value, value))
			return true;
	return false;
}

/* Whoever answers for something. */
static void offer_owners(struct req *rq, const struct filter *f, const struct actions *all)
{
	offer(f, S(""), tr(rq->language, "Anyone"));
	offer(f, S("me"), tr(rq->language, "Me"));
	offer(f, S("nobody"), tr(rq->language, "Nobody yet"));
	for (size_t i = 0; i < all->n; i++) {
		struct str name = all->items[i].owner_name;
		struct str value = str_fmt(rq->arena, "=%.*s", STR_ARG(name));

		if (name.len && !is_offered(f->choices, value))
			offer(f, value, name);
	}
}

static void offer_phases(struct req *rq, const struct filter *f)
{
	const struct pack *pack = plan_pack();

	offer(f, S(""), tr(rq->language, "Any milestone"));
	for (size_t i = 0; i < pack->n_milestones; i++)
		offer(f, pack->milestones[i].id, plan_say(rq, &pack->milestones[i].name));
}

static void offer_sorts(struct req *rq, const struct filter *f)
{
	offer(f, S(""), tr(rq->language, "By due date"));
	offer(f, S("owner"), tr(rq->language, "By person in charge"));
	offer(f, S("added"), tr(rq->language, "Last added first"));
}

static void add_filters(struct req *rq, const struct actions *all, struct plan_view *m)
{
	struct plan_filter f = m->filter;

	m->is_filtered = filter_is_set(&f);
	m->is_board = str_is(f.view, "board");
	offer_statuses(rq, &(struct filter){ rq->arena, &m->statuses, f.status });
	offer_owners(rq, &(struct filter){ rq->arena, &m->owners, f.owner }, all);
	offer_phases(rq, &(struct filter){ rq->arena, &m->phases, f.phase });
	offer_sorts(rq, &(struct filter){ rq->arena, &m->sorts, f.sort });
	f.view = S("");
	m->list_address = filter_url(rq, plan_url(rq, ""), &f);
	f.view = S("board");
	m->board_address = filter_url(rq, plan_url(rq, ""), &f);
	f = (struct plan_filter){ .view = m->filter.view };
	m->plain_address = filter_url(rq, plan_url(rq, ""), &f);
}

/* ---- the page ---- */

static void add_counts(struct req *rq, const struct actions *all, struct plan_view *m)
{
	m->n_all = all->n;
	for (size_t i = 0; i < all->n; i++) {
		m->n_open += action_is_open(&all->items[i]);
		m->n_late += action_is_late(&all->items[i], plan_today(rq));
		m->n_done += all->items[i].status == ACTION_DONE;
	}
}

static void add_actions(struct req *rq, const struct actions *shown, struct plan_view *m)
{
	m->n_shown = shown->n;
	m->actions = arena_new(rq->arena, struct action_view, shown->n);
	for (size_t i = 0; i < shown->n; i++)
		m->actions[i] = action_view(rq, &shown->items[i], &m->filter);
	for (int s = 0; s < ACTION_STATUS_N; s++) {
		struct column_view *column = &m->columns[s];

		column->status = (enum action_status)s;
		column->id = action_status_code(column->status);
		column->title = action_status_words(rq->language, column->status);
		column->actions = arena_new(rq->arena, struct action_view, shown->n);
		for (size_t i = 0; i < shown->n; i++)
			if (m->actions[i].status == column->status)
				column->actions[column->n++] = m->actions[i];
	}
}

/* What has just been done, in words. */
static struct str done_words(struct req *rq, struct str done)
{
	static const struct {
		struct str code;
		const char *words;
	} known[] = {
		{ STR("added"), N_("The action is in the plan.") },
		{ STR("removed"), N_("The action is no longer in the plan.") },
		{ STR("calendar"),
		  N_("The calendar’s address is open: copy it into your calendar.") },
		{ STR("no-calendar"),
		  N_("The calendar’s address is closed: it shows nothing any more.") },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_eq(done, known[i].code))
			return tr(rq->language, known[i].words);
	return S("");
}

struct reply *plan_page(struct req *rq, const struct plan_official *official)
{
	const struct plan_args *args = rq->args;
	struct plan_view m = {
		.tabs = org_tabs_html(rq, TAB_PLAN),
		.done = done_words(rq, args->done),
		.may_add = role_allows(rq->actor.role, ROLE_CONTRIBUTOR),
		.filter = args->filter,
		.address = plan_url(rq, ""),
		.new_address = plan_url(rq, "/new"),
		.csv_address = plan_url(rq, ".csv"),
		.xlsx_address = plan_url(rq, ".xlsx"),
	};
	struct view v = view_make(rq);
	struct actions all, shown;
	struct err err;
	int r = actions_load(rq, &all, &err);

	if (r == 0)
		r = calendar_view(rq, &m.calendar, &err);
	if (r != 0)
		return reply_fault(rq, &err);
	shown = filter_actions(rq, &m.filter, &all);
	add_counts(rq, &all, &m);
	add_filters(rq, &all, &m);
	add_actions(rq, &shown, &m);
	m.outlook = outlook_view(rq, official, &all);
	plan_list_page(&v, &m);
	return org_reply(rq, 200, tr(rq->language, "Action plan"), &v);
}
