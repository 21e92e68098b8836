/*
 * The page that is projected so that a room scans the campaign's public link: the workshop's stage, with the
 * campaign's words. It asks again by itself while it is shown; without scripts, reloading it does the same.
 */
#include "base/token.h"
#include "phases/app.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "rounds/code.h"
#include "view/layout.h"

/* When it opens, closes or closed, as far as the page says so. */
static void add_dates(struct req *rq, const struct campaign_facts *f, struct screen_page *m)
{
	const struct round_terms *terms = &f->round.terms;

	switch (f->round.state) {
	case ROUND_DRAFT:
		return;
	case ROUND_WAITING:
		m->opens = when_words(rq, f->org.time_zone, terms->opens_ms);
		return;
	case ROUND_OPEN:
		if (terms->has_closes)
			m->closes = when_words(rq, f->org.time_zone, terms->closes_ms);
		return;
	case ROUND_CLOSED:
		m->closes = when_words(rq, f->org.time_zone, f->round.closed_ms);
		return;
	}
}

static struct screen_page screen_page(struct req *rq, const struct campaign_facts *f)
{
	const struct scorecard_pack *pack = &app_of(rq)->pack->scorecard;
	const struct round *round = &f->round;
	struct screen_page m = {
		.org = id_text(rq->arena, rq->actor.org_id),
		.id = id_text(rq->arena, round->id),
		.title = round->terms.title,
		.org_name = f->org.name,
		.has_logo = f->org.has_logo,
		.is_open = round->state == ROUND_OPEN,
		.is_closed = round->state == ROUND_CLOSED,
		.is_personal = round->terms.access == ROUND_PERSONAL,
		.seen = str_fmt(rq->arena, "%lld-%d-%lld", (long long)round->version,
				(int)round->state, (long long)f->n_sent),
		.n_questions = (int)pack->def.n_questions,
		.minutes = pack->minutes,
		.is_anonymous = round->terms.mode == ROUND_ANONYMOUS,
		.n_sent = f->n_sent,
	};

	add_dates(rq, f, &m);
	if (m.is_personal || !m.is_open)
		return m;
	m.qr = public_qr(rq, public_address(rq, round), QR_PROJECTION);
	m.host = url_typed(url_absolute(rq, "/w"));
	m.code = room_code_words(rq->arena, round->code);
	return m;
}

struct reply *campaign_screen(struct req *rq)
{
	const struct screen_args *args = rq->args;
	struct view v = view_make(rq);
	struct campaign_facts f;
	struct screen_page m;
	struct err err;
	int r = campaign_facts(rq, args->round, &f, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	m = screen_page(rq, &f);
	if (rq->is_partial && str_eq(args->seen, m.seen))
		return reply_empty(rq);
	if (rq->is_partial) {
		scorecard_stage(&v, &m);
		return reply_page(rq, 200, view_html(&v).markup);
	}
	scorecard_screen_page(&v, &m);
	return layout_reply(rq, m.is_personal ? 404 : 200,
			    &(struct layout){ .title = m.title, .body = view_html(&v) });
}
