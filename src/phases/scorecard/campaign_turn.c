/* Opening and closing a campaign: what will happen is said first, then done. */
#include "base/token.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "view/layout.h"

static const char *const turn_pages[] = {
	[ROUND_OPENS] = "/open",
	[ROUND_CLOSES] = "/close",
	[ROUND_REOPENS] = "/reopen",
};
static const char *const turn_titles[] = {
	[ROUND_OPENS] = N_("Open the campaign?"),
	[ROUND_CLOSES] = N_("Close the campaign?"),
	[ROUND_REOPENS] = N_("Open the campaign again?"),
};
static const char *const turn_actions[] = {
	[ROUND_OPENS] = N_("opened a campaign"),
	[ROUND_CLOSES] = N_("closed a campaign"),
	[ROUND_REOPENS] = N_("opened a campaign again"),
};

static struct reply *ask(struct req *rq, enum round_event event)
{
	const struct campaign_args *args = rq->args;
	struct view v = view_make(rq);
	struct campaign_facts f;
	struct turn_page m;
	struct err err;
	int r = campaign_facts(rq, args->round, &f, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	/* Done meanwhile, or not possible: the campaign's own page says how things are. */
	if (!round_may(&f.round, event) ||
	    (event == ROUND_OPENS && round_lacks(&f.round.terms, rq->now_ms)))
		return reply_redirect(rq, campaign_url(rq, f.round.id, ""));
	m = (struct turn_page){
		.action = campaign_url(rq, f.round.id, turn_pages[event]),
		.back = campaign_url(rq, f.round.id, ""),
		.version = f.round.version,
		.event = event,
		.is_anonymous = f.round.terms.mode == ROUND_ANONYMOUS,
		.n_begun = f.turnout.begun,
		.n_sent = f.n_sent,
		.threshold = f.round.terms.threshold,
	};
	m.is_too_few = m.is_anonymous && m.n_sent < m.threshold;
	if (event == ROUND_OPENS && f.round.terms.has_opens && f.round.terms.opens_ms > rq->now_ms)
		m.opens = when_words(rq, f.org.time_zone, f.round.terms.opens_ms);
	scorecard_campaign_turn_page(&v, &m);
	return campaign_reply(rq, 200, &f.round,
			      &(struct layout){ .title = tr(rq->language, turn_titles[event]),
						.body = view_html(&v),
						.is_narrow = true });
}

int campaign_turn(struct req *rq, const struct round *round, enum round_event event,
		  struct err *err)
{
	int r = round_turn(rq->db, rq->arena, round, event, rq->now_ms, err);

	if (r != 0)
		return r;
	return audit_add(rq,
			 &(struct audit_entry){
				 .action = turn_actions[event],
				 .object_kind = "round",
				 .object_id = round->id,
				 .after = audit_value(rq->arena, "title", round->terms.title),
			 },
			 err);
}

static struct reply *turn(struct req *rq, enum round_event event)
{
	const struct turn_args *args = rq->args;
	struct round round;
	struct err err;
	int r = campaign_load(rq, args->round, &round, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	round.version = args->version;
	r = campaign_turn(rq, &round, event, &err);
	/* A second click, another tab, somebody else: its page says how things are. */
	if (r == ROUND_REFUSED || r == ROUND_LACKING || r == ROUND_STALE)
		return reply_redirect(rq, campaign_url(rq, round.id, ""));
	if (r != 0)
		return campaign_failed(rq, r, &err);
	return reply_redirect(rq, campaign_url(rq, round.id, ""));
}

struct reply *campaign_open_ask(struct req *rq)
{
	return ask(rq, ROUND_OPENS);
}

struct reply *campaign_open(struct req *rq)
{
	return turn(rq, ROUND_OPENS);
}

struct reply *campaign_close_ask(struct req *rq)
{
	return ask(rq, ROUND_CLOSES);
}

struct reply *campaign_close(struct req *rq)
{
	return turn(rq, ROUND_CLOSES);
}

struct reply *campaign_reopen_ask(struct req *rq)
{
	return ask(rq, ROUND_REOPENS);
}

struct reply *campaign_reopen(struct req *rq)
{
	return turn(rq, ROUND_REOPENS);
}
