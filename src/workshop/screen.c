/* The page that is projected. */
#include "base/token.h"
#include "people/people.h"
#include "rounds/code.h"
#include "view/layout.h"
#include "workshop/pages_priv.h"
#include "workshop/workshop_tpl.h"

/* Side by side, the first vote stands first, as in the minutes. */
static void first_vote_first(struct item_view *item)
{
	struct spread last;

	if (item->n_spreads != VOTE_SECOND)
		return;
	last = item->spreads[0];
	item->spreads[0] = item->spreads[1];
	item->spreads[1] = last;
}

static int screen_make(struct req *rq, const struct scene *s, struct screen_page *ret,
		       struct err *err)
{
	const struct agenda_item *here = scene_here(s);
	struct screen_page m = {
		.path = round_url(rq, s->round.id, "/workshop"),
		.title = s->round.terms.title,
		.org_name = rq->actor.org_name,
		.news = s->workshop.news,
		.code = room_code_words(rq->arena, s->workshop.code),
		.host = url_typed(url_absolute(rq, "/w")),
		.qr = code_qr(rq, url_absolute(rq, "/w/%.*s", STR_ARG(s->workshop.code)),
			      QR_PROJECTION),
		.is_over = !s->workshop.is_open,
		.timer = timer_view(rq, &s->workshop),
	};
	int r = count_view(rq, s, 0, &m.count, err);

	m.count.shows_names = false;
	if (r == 0 && here)
		r = item_view_make(rq, s, here, &m.item, err);
	first_vote_first(&m.item);
	m.has_item = here && !m.is_over;
	if (r == 0)
		*ret = m;
	return r;
}

struct reply *screen_show(struct req *rq)
{
	const struct desk_args *args = rq->args;
	struct view v = view_make(rq);
	struct screen_page m;
	struct scene s;
	struct err err;
	int r = scene_load(rq, args->round, &s, &err);

	if (r == 0 && !s.has_workshop)
		return reply_redirect(rq, round_url(rq, s.round.id, "/workshop"));
	if (r == 0 && rq->is_partial && args->seen == s.workshop.news)
		return reply_empty(rq);
	if (r == 0)
		r = screen_make(rq, &s, &m, &err);
	if (r != 0)
		return scene_failed(rq, r, &err);
	if (rq->is_partial) {
		workshop_stage(&v, &m);
		return reply_page(rq, 200, view_html(&v).markup);
	}
	workshop_screen_page(&v, &m);
	return layout_reply(
		rq, 200,
		&(struct layout){ .title = m.title, .body = view_html(&v), .has_events = true });
}
