/* Inside the scorecard's room: the mails of a campaign, and what its pages say of them. */
#ifndef JALON_PHASES_SCORECARD_CAMPAIGN_MAIL_H
#define JALON_PHASES_SCORECARD_CAMPAIGN_MAIL_H

#include "mail/mail.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/queries.h"

extern const struct mail_kind mail_campaign_link;     /* the personal link */
extern const struct mail_kind mail_campaign_reminder; /* to who has not answered */

/* Those invited to a campaign, and their mails that were not sent yet. */
struct people {
	struct round round;
	struct org_view org;
	struct participant *items;
	size_t n;
	struct scorecard_department_list_rows departments;
	struct mail_state *links, *reminders;
	size_t n_links, n_reminders;
	bool may_mail; /* the asker, now */
};
/* Reads all that is told of those invited to a round of the actor's organisation. DB_NOT_FOUND; 0 or a fault. */
MUST_CHECK int people_load(struct req *rq, int64_t round_id, struct people *ret, struct err *err);

/* The page of those invited, its `page`th part; and a reply of it. */
struct people_page people_page(struct req *rq, const struct people *all, int64_t page);
struct reply *people_reply(struct req *rq, int status, const struct round *round,
			   const struct people_page *m);

/* What became of the mails to `p`, into row->mail and row->has_failed. */
void mail_words(struct req *rq, const struct people *all, const struct participant *p,
		struct person_row *row);
/* How many were written to, and how many the buttons would write to. */
void mail_counts(struct req *rq, const struct people *all, struct people_page *m);

#endif
