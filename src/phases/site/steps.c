/* The seven milestones, as the home page and the bar under every page's head show them. */
#include "phases/app.h"
#include "phases/site/pages.h"
#include "phases/site/site.h"
#include "phases/site/site_tpl.h"
#include "view/kept.h"

struct milestone_view *site_milestones(struct req *rq)
{
	const struct pack *pack = app_of(rq)->pack;
	struct milestone_view *views =
		arena_new(rq->arena, struct milestone_view, pack->n_milestones);

	for (size_t i = 0; i < pack->n_milestones; i++)
		views[i] = (struct milestone_view){
			.id = pack->milestones[i].id,
			.title = say(rq, &pack->milestones[i].title),
			.summary = say(rq, &pack->milestones[i].summary),
			.number = (int)i + 1,
			.is_open = str_is(pack->milestones[i].id, "scorecard"),
		};
	return views;
}

static void put_steps(struct view *v, const char *here)
{
	const struct pack *pack = app_of(v->rq)->pack;
	struct steps_view m = { .milestones = site_milestones(v->rq),
				.n_milestones = pack->n_milestones };

	while (m.here < m.n_milestones && !str_is(m.milestones[m.here].id, here))
		m.here++;
	m.here_number = (int)m.here + 1;
	site_steps_nav(v, &m);
}

struct html site_steps(struct req *rq, const char *here)
{
	struct memo *kept = app_of(rq)->kept;
	struct str key =
		str_fmt(rq->arena, "steps %.*s %s", STR_ARG(language_code(rq->language)), here);
	struct view v = view_make(rq);

	if (!view_recall(&v, kept, key)) {
		put_steps(&v, here);
		view_keep(&v, 0, kept, key);
	}
	return view_html(&v);
}
