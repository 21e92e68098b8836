/* The page that starts a workshop. */
#include "people/people.h"
#include "view/layout.h"
#include "workshop/pages_priv.h"
#include "workshop/workshop_tpl.h"

static struct form start_form(struct req *rq, const struct scene *s, bool may_order)
{
	struct form f = form_make(rq, NULL, round_url(rq, s->round.id, "/workshop"),
				  N_("Start the workshop"), true);
	struct form_field *field;

	f.button = "btn go big";
	f.leads_on = true;
	if (may_order) {
		field = form_choose(&f, FIELD_LINES, "order", N_("Agenda"), S("disputed"));
		(void)form_offer(&f, field, S("disputed"),
				 tr(rq->language, "The most disputed items first"));
		(void)form_offer(&f, field, S("pack"),
				 tr(rq->language, "In the order of the questions"));
	}
	if (!scene_is_anonymous(s))
		(void)form_box(
			&f, "names",
			N_("While a vote is open, show me the first names of those who have voted"),
			false);
	return f;
}

struct reply *start_reply(struct req *rq, const struct scene *s)
{
	struct start_page m = {
		.back = round_url(rq, s->round.id, ""),
		.is_anonymous = scene_is_anonymous(s),
		.is_open = s->round.state == ROUND_OPEN,
		.is_ready = s->round.state == ROUND_OPEN || s->round.state == ROUND_CLOSED,
	};
	struct department_count *counts;
	struct view v = view_make(rq);
	struct err err;
	size_t n;
	int r = tally_sheets(rq->db, rq->arena, &s->round, &counts, &n, &err);

	if (r != 0)
		return scene_failed(rq, r, &err);
	for (size_t i = 0; i < n; i++)
		m.n_answers += counts[i].n;
	m.was_answered = m.n_answers > 0;
	m.is_hidden = m.was_answered && m.is_anonymous && m.n_answers < s->round.terms.threshold;
	/* Nor does the order tell about answers that are not shown. */
	m.form = start_form(rq, s, m.was_answered && !m.is_hidden);
	workshop_start_page(&v, &m);
	return scene_reply(rq, 200, s,
			   &(struct layout){ .title = tr(rq->language, "Start a workshop"),
					     .here = tr(rq->language, "Workshop"),
					     .body = view_html(&v),
					     .is_narrow = true });
}
