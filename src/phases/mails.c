/* Every kind of mail: see mails.h. */
#include "phases/mails.h"

#include "people/mails.h"
#include "phases/scorecard/campaign_mail.h"

const struct mail_kind *const all_mails[] = {
	&mail_reset, &mail_invitation, &mail_campaign_link, &mail_campaign_reminder, NULL,
};
