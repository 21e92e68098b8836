/* Erasing a campaign whole: what goes is said first, then it goes. */
#include "base/token.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/campaign_mail.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "rounds/workshop.h"
#include "view/layout.h"

int campaign_workshop(struct req *rq, const struct round *round, bool *ret_has, bool *ret_is_open,
		      struct err *err)
{
	struct workshop w;
	int r = workshop_load(rq->db, rq->arena, round->org_id, round->id, &w, err);

	if (r < 0)
		return r;
	*ret_has = r == 0;
	*ret_is_open = r == 0 && w.is_open;
	return 0;
}

struct reply *campaign_erase_ask(struct req *rq)
{
	const struct campaign_args *args = rq->args;
	struct view v = view_make(rq);
	struct campaign_erase_page m;
	struct agreement *agreed;
	struct campaign_facts f;
	struct err err;
	bool has_workshop, is_under_way;
	size_t n_agreed;
	int r = campaign_facts(rq, args->round, &f, &err);

	if (r == 0)
		r = campaign_workshop(rq, &f.round, &has_workshop, &is_under_way, &err);
	if (r == 0)
		r = agreement_list(rq->db, rq->arena, &f.round, &agreed, &n_agreed, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	/* Not possible now: the campaign's own page says why. */
	if (f.round.state == ROUND_OPEN || is_under_way)
		return reply_redirect(rq, campaign_url(rq, f.round.id, ""));
	m = (struct campaign_erase_page){
		.action = campaign_url(rq, f.round.id, "/erase"),
		.back = campaign_url(rq, f.round.id, ""),
		.results = campaign_url(rq, f.round.id, "/results"),
		.title = f.round.terms.title,
		.version = f.round.version,
		.is_draft = f.round.state == ROUND_DRAFT,
		.n_sent = f.n_sent,
		.has_workshop = has_workshop,
		.has_agreed = n_agreed > 0,
	};
	scorecard_campaign_erase_page(&v, &m);
	return campaign_reply(rq, 200, &f.round,
			      &(struct layout){ .title = tr(rq->language, "Erase the campaign?"),
						.body = view_html(&v),
						.is_narrow = true });
}

/* With what waits to be sent to its participants. */
static int erase(struct req *rq, const struct round *round, struct err *err)
{
	int r = round_erase(rq->db, round, err);

	if (r == 0)
		r = scorecard_mail_forget(rq->db, round->org_id, str_from(mail_campaign_link.name),
					  str_from(mail_campaign_reminder.name), err);
	if (r != 0)
		return r;
	return audit_add(rq,
			 &(struct audit_entry){
				 .action = round->state == ROUND_DRAFT
						   ? N_("erased the draft of a campaign")
						   : N_("erased a campaign"),
				 .object_kind = "round",
				 .object_id = round->id,
				 .before = audit_value(rq->arena, "title", round->terms.title),
			 },
			 err);
}

struct reply *campaign_erase(struct req *rq)
{
	const struct turn_args *args = rq->args;
	struct round round;
	struct err err;
	int r = campaign_load(rq, args->round, &round, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	round.version = args->version;
	r = erase(rq, &round, &err);
	if (r == ROUND_REFUSED || r == ROUND_STALE)
		return reply_redirect(rq, campaign_url(rq, round.id, ""));
	if (r != 0)
		return campaign_failed(rq, r, &err);
	return reply_redirect(rq, campaigns_url(rq, "?erased=1"));
}
