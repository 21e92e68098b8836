/* The mails of this room: what the table of all mails (phases/mails.h) names. */
#ifndef JALON_PEOPLE_MAILS_H
#define JALON_PEOPLE_MAILS_H

#include "mail/mail.h"

extern const struct mail_kind
	mail_reset; /* a link to a new password, if the address has an account */
extern const struct mail_kind mail_invitation; /* to join an organisation */

#endif
