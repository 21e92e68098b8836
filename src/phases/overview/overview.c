/* The home of an organisation: see overview.h. */
#include "phases/overview/overview.h"

#include <assert.h>

#include "base/token.h"
#include "chart/chart.h"
#include "http/route_table.h"
#include "people/org_page.h"
#include "phases/app.h"
#include "phases/home/home.h"
#include "phases/overview/overview_tpl.h"
#include "phases/overview/progress.h"
#include "view/layout.h"

struct overview_args {
	int64_t org;
};
static_assert(offsetof(struct overview_args, org) == 0,
	      "arguments of a route of an organisation begin with it");

static struct str org_path(struct req *rq, const char *page)
{
	return url(rq, "/o/%.*s%s", STR_ARG(id_text(rq->arena, rq->actor.org_id)), page);
}

static struct str round_path(struct req *rq, const struct round_line *round)
{
	return url(rq, "/o/%.*s/rounds/%.*s", STR_ARG(id_text(rq->arena, rq->actor.org_id)),
		   STR_ARG(id_text(rq->arena, round->id)));
}

static struct str with_title(struct req *rq, const char *text, const struct round_line *round)
{
	return tr_fill(rq->arena, tr(rq->language, text),
		       &(const struct tr_arg){ "title", round->title }, 1);
}

static struct str answers_so_far(struct req *rq, const struct round_line *round)
{
	return tr_fill(
		rq->arena,
		trn(rq->language, "{n} answer so far", "{n} answers so far", round->n_sent),
		&(const struct tr_arg){ "n", fmt_int(rq->arena, rq->language, round->n_sent) }, 1);
}

static struct str answers_in_all(struct req *rq, const struct round_line *round)
{
	return tr_fill(
		rq->arena, trn(rq->language, "{n} answer", "{n} answers", round->n_sent),
		&(const struct tr_arg){ "n", fmt_int(rq->arena, rq->language, round->n_sent) }, 1);
}

/* ---- the path ---- */

/* What is missing of the first milestone, or what was done. */
static struct str scorecard_words(struct req *rq, const struct scorecard_facts *f)
{
	const struct round_line *round = round_to_show(f);

	if (!round && f->kept.n_finished)
		return tr(rq->language, "One person’s view. Missing: that of the others");
	if (!round)
		return tr(rq->language, "Not begun");
	switch (round->state) {
	case ROUND_OPEN:
		return answers_so_far(rq, round);
	case ROUND_WAITING:
		return tr(rq->language, "The campaign opens by itself at its date");
	case ROUND_DRAFT:
		return tr(rq->language, "Missing: opening the campaign");
	case ROUND_CLOSED:
		break;
	}
	if (scorecard_progress(f) == PROGRESS_DONE)
		return answers_in_all(rq, round);
	return tr(rq->language, "Missing: answers. The campaign closed without any");
}

static struct stone_view *stones_of(struct req *rq, const struct scorecard_facts *f, size_t here)
{
	const struct pack *pack = app_of(rq)->pack;
	struct stone_view *stones = arena_new(rq->arena, struct stone_view, pack->n_milestones);

	for (size_t i = 0; i < pack->n_milestones; i++) {
		stones[i] = (struct stone_view){
			.title = say(rq, &pack->milestones[i].title),
			.number = (int)i + 1,
			.is_here = i == here,
			.summary = say(rq, &pack->milestones[i].summary),
			.words = tr(rq->language, "in preparation"),
		};
		if (!str_is(pack->milestones[i].id, "scorecard"))
			continue;
		stones[i].summary = S("");
		stones[i].progress = scorecard_progress(f);
		stones[i].words = scorecard_words(rq, f);
		stones[i].path = org_path(rq, "/rounds");
	}
	return stones;
}

static void add_path(struct req *rq, const struct scorecard_facts *f, struct overview_page *m)
{
	static const struct {
		const char *label, *lead, *finding;
	} words[] = {
		[PROGRESS_NONE] = { N_("Start here"),
				    N_("The path begins with the scorecard: fifteen questions on where your data stands."),
				    N_("Seven milestones; the first has not begun.") },
		[PROGRESS_DOING] = { N_("You are here"), N_("The first milestone is under way."),
				     N_("Seven milestones; the first is under way.") },
		[PROGRESS_DONE] = { N_("Comes next"), N_("The first milestone is passed."),
				    N_("Seven milestones; the first is passed, the second comes next.") },
	};
	enum progress progress = scorecard_progress(f);
	size_t here = progress == PROGRESS_DONE ? 1 : 0;

	m->n_stones = app_of(rq)->pack->n_milestones;
	m->stones = stones_of(rq, f, here);
	m->lead = tr(rq->language, words[progress].lead);
	m->route = view_svg(chart_route_svg(
		rq->arena,
		&(struct chart_route){
			.words = { .id = "route",
				   .title = tr(rq->language, "The path of the seven milestones"),
				   .finding = tr(rq->language, words[progress].finding) },
			.n_stones = m->n_stones,
			.here = here,
			.here_label = tr(rq->language, words[progress].label),
		}));
}

/* ---- what comes next ---- */

static void add_todo(struct overview_page *m, struct todo_view todo)
{
	assert(m->n_todos < TODOS_MAX);
	todo.is_main = m->n_todos == 0;
	m->todos[m->n_todos++] = todo;
}

static void add_round_todo(struct req *rq, const struct round_line *round, struct overview_page *m)
{
	struct todo_view todo = { .kind = TODO_CAMPAIGN, .path = round_path(rq, round) };

	switch (round->state) {
	case ROUND_OPEN:
		todo.title = with_title(rq, N_("“{title}” is open"), round);
		todo.detail = answers_so_far(rq, round);
		todo.label = tr(rq->language, "Follow it");
		break;
	case ROUND_WAITING:
		todo.title = with_title(rq, N_("“{title}” will open by itself"), round);
		todo.detail = tr(rq->language, "Its links can be sent already.");
		todo.label = tr(rq->language, "See it");
		break;
	case ROUND_DRAFT:
		if (!m->may_edit)
			return;
		todo.title = with_title(rq, N_("Open “{title}”"), round);
		todo.detail = tr(rq->language, "It is a draft: nobody can answer yet.");
		todo.label = tr(rq->language, "Go on preparing it");
		break;
	case ROUND_CLOSED:
		todo.title = with_title(rq, N_("Read the results of “{title}”"), round);
		todo.detail = answers_in_all(rq, round);
		todo.label = tr(rq->language, "Read the results");
		todo.path = str_fmt(rq->arena, "%.*s/results", STR_ARG(todo.path));
		break;
	}
	add_todo(m, todo);
}

static void add_todos(struct req *rq, const struct scorecard_facts *f, struct overview_page *m)
{
	const struct round_line *round = round_to_show(f);

	if (round)
		add_round_todo(rq, round, m);
	else if (m->may_edit)
		add_todo(m,
			 (struct todo_view){
				 .kind = TODO_CAMPAIGN,
				 .title = tr(rq->language, "Launch a first campaign"),
				 .detail = tr(rq->language,
					      "Several people answer the scorecard by a link, on "
					      "their phone, without an account."),
				 .path = org_path(rq, "/rounds/new"),
				 .label = tr(rq->language, "Prepare it"),
			 });
	if (m->may_edit && m->n_departments == 0)
		add_todo(m,
			 (struct todo_view){
				 .kind = TODO_DEPARTMENTS,
				 .title = tr(rq->language, "Name the departments"),
				 .detail = tr(rq->language,
					      "Results can then be read department by department."),
				 .path = org_path(rq, "/departments"),
				 .label = tr(rq->language, "Add them"),
			 });
	if (m->is_owner && m->n_members == 1)
		add_todo(m,
			 (struct todo_view){
				 .kind = TODO_PEOPLE,
				 .title = tr(rq->language, "Invite colleagues"),
				 .detail = tr(
					 rq->language,
					 "You are alone here: another owner can stand in for you."),
				 .path = org_path(rq, "/members"),
				 .label = tr(rq->language, "Invite"),
			 });
}

/* ---- the page ---- */

static void add_campaigns(struct req *rq, const struct scorecard_facts *f, struct overview_page *m)
{
	m->n_all_campaigns = f->n_rounds;
	m->n_rounds = (int64_t)f->n_rounds;
	for (size_t i = 0; i < f->n_rounds && i < CAMPAIGNS_SHOWN; i++)
		m->campaigns[m->n_campaigns++] = (struct campaign_view){
			.path = round_path(rq, &f->rounds[i]),
			.title = f->rounds[i].title,
			.state = state_words(rq->language, f->rounds[i].state),
			.answers = answers_words(rq, &f->rounds[i]),
			.is_open = f->rounds[i].state == ROUND_OPEN,
			.is_draft = f->rounds[i].state == ROUND_DRAFT,
			.is_closed = f->rounds[i].state == ROUND_CLOSED,
		};
}

static int load(struct req *rq, struct scorecard_facts *f, struct overview_page *m, struct err *err)
{
	struct round_line *rounds;
	struct audit_line *activity = NULL;
	struct org_facts org;
	int r = org_facts(rq, &org, err);

	if (r == 0)
		r = round_list(rq->db, rq->arena, rq->actor.org_id, rq->now_ms, &rounds,
			       &f->n_rounds, err);
	if (r == 0)
		r = scorecard_kept_facts(rq, &f->kept, err);
	if (r == 0)
		r = home_news_html(rq, &m->news, err);
	if (r == 0 && m->is_owner)
		r = audit_latest(rq, ACTIVITY_SHOWN, &activity, &m->n_activity, err);
	if (r != 0)
		return r;
	f->rounds = rounds;
	m->activity = activity;
	m->name = org.name;
	m->sector = org.sector;
	m->has_logo = org.has_logo;
	m->n_members = (int64_t)org.n_people;
	m->n_departments = org.n_departments;
	m->n_kept = f->kept.n;
	m->people = org.people;
	m->n_people = org.n_people < PEOPLE_SHOWN ? org.n_people : PEOPLE_SHOWN;
	m->n_more = org.n_people - m->n_people;
	return 0;
}

static struct reply *overview(struct req *rq)
{
	struct scorecard_facts facts = { .n_rounds = 0 };
	struct overview_page m = {
		.org = id_text(rq->arena, rq->actor.org_id),
		.tabs = org_tabs_html(rq, TAB_HOME),
		.role = role_name(rq->language, rq->actor.role),
		.role_summary = role_summary(rq->language, rq->actor.role),
		.is_owner = rq->actor.role == ROLE_OWNER,
		.may_edit = role_allows(rq->actor.role, ROLE_EDITOR),
	};
	const struct crumb crumb = portfolio_crumb(rq);
	struct view v = view_make(rq);
	struct err err;
	int r = load(rq, &facts, &m, &err);

	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	add_path(rq, &facts, &m);
	add_todos(rq, &facts, &m);
	add_campaigns(rq, &facts, &m);
	overview_home(&v, &m);
	return layout_reply(
		rq, 200,
		&(struct layout){
			.title = m.name, .body = view_html(&v), .crumbs = &crumb, .n_crumbs = 1 });
}

static const struct args_spec overview_args = ARGS(overview_args, PATH_ID(overview_args, org));

const struct route overview_routes[] = {
	GET_PAGE("/o/{org}", overview, permission_org_viewer, &overview_args, "an organisation"),
	{ .handler = NULL },
};
