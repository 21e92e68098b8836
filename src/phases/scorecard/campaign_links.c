/* A personal link is closed, opened again, or taken off the list with whom it is for. */
#include "phases/app.h"
#include "phases/scorecard/campaign.h"

struct link_change {
	int (*change)(struct req *rq, const struct round *round, int64_t person, struct err *err);
	const char *action; /* as the log says it */
};

static int close_link(struct req *rq, const struct round *round, int64_t person, struct err *err)
{
	return participant_revoke(rq->db, round, person, rq->now_ms, err);
}

static int reopen_link(struct req *rq, const struct round *round, int64_t person, struct err *err)
{
	return participant_restore(rq->db, round, person, err);
}

static int take_off(struct req *rq, const struct round *round, int64_t person, struct err *err)
{
	return participant_remove(rq->db, round, person, err);
}

static struct reply *change_link(struct req *rq, const struct link_change *how)
{
	const struct person_args *args = rq->args;
	struct round round;
	struct participant who;
	struct err err;
	int r = campaign_load(rq, args->round, &round, &err);

	if (r == 0)
		r = participant_load(rq->db, rq->arena, round.org_id, args->person, &who, &err);
	/* Somebody of another round is nobody here. */
	if (r == 0 && (who.round_id != round.id || who.kind != PARTICIPANT_PERSONAL))
		return reply_status(rq, 404);
	if (r == 0)
		r = how->change(rq, &round, args->person, &err);
	if (r == 0)
		r = audit_add(rq,
			      &(struct audit_entry){
				      .action = how->action,
				      .object_kind = "participant",
				      .object_id = args->person,
			      },
			      &err);
	if (r != 0 && r != ROUND_ALREADY)
		return campaign_failed(rq, r, &err);
	return reply_redirect(rq, campaign_url(rq, round.id, "/participants"));
}

struct reply *campaign_revoke(struct req *rq)
{
	return change_link(rq, &(struct link_change){ close_link, N_("closed a personal link") });
}

struct reply *campaign_restore(struct req *rq)
{
	return change_link(
		rq, &(struct link_change){ reopen_link, N_("opened a personal link again") });
}

struct reply *campaign_take_off(struct req *rq)
{
	return change_link(rq, &(struct link_change){ take_off, N_("took somebody off a list") });
}
