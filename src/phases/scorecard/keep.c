/* Erasing the answers of campaigns on the day that respondents were promised: see scorecard.h. */
#include "people/people.h"
#include "phases/scorecard/campaign_mail.h"
#include "phases/scorecard/scorecard.h"

int scorecard_keep(struct db *db, void *arg, struct err *err)
{
	struct keep_turn *t = arg;
	struct kept_round round;
	int r = keep_carry_out(db, t->arena, t->now_ms, &round, err);

	t->is_idle = r == DB_NOT_FOUND;
	if (t->is_idle)
		return 0;
	if (r == 0)
		r = scorecard_mail_forget(db, round.org_id, str_from(mail_campaign_link.name),
					  str_from(mail_campaign_reminder.name), err);
	if (r != 0)
		return r;
	return audit_add_as(
		db, t->now_ms, S("Jalon"),
		&(struct audit_entry){
			.org_id = round.org_id,
			.action = N_("erased what was answered in a campaign, on the day promised"),
			.object_kind = "round",
			.object_id = round.id,
			.after = audit_value(t->arena, "title", round.title),
		},
		err);
}
