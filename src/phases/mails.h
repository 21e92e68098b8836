/* Every kind of mail that the program sends. */
#ifndef JALON_PHASES_MAILS_H
#define JALON_PHASES_MAILS_H

#include "mail/mail.h"

/* Ends with NULL. */
extern const struct mail_kind *const all_mails[];

#endif
