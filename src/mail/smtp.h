/* Handing a mail to an SMTP server, by libcurl. */
#ifndef JALON_MAIL_SMTP_H
#define JALON_MAIL_SMTP_H

#include <stdatomic.h>

#include "mail/mail.h"

enum { SMTP_TEXT_MAX = 300 };

enum smtp_result {
	SMTP_SENT,
	SMTP_LATER,   /* not now: 4xx, no connection, no encryption, no login */
	SMTP_REFUSED, /* never: 5xx about this mail */
};

struct smtp_answer {
	enum smtp_result result;
	int64_t code;             /* the server's last, 0: none */
	char text[SMTP_TEXT_MAX]; /* what it said, or why it could not be asked; valid UTF-8 */
	const char *problem;      /* libcurl's words when there is no answer; NULL: there is one */
};

/* A connection, kept for the mails that follow. */
struct smtp {
	const struct mail_settings *settings;
	struct str greeting;           /* what we call ourselves: a host name */
	int timeout_ms;                /* of one mail */
	const atomic_bool *is_over;    /* breaks off; NULL: never */
	void (*said)(struct str line); /* each line of the server's; NULL */
	void *curl;                    /* NULL: no connection */
};

/* Sends `message` to `to`. `a` holds what it needs meanwhile. */
struct smtp_answer smtp_send(struct smtp *smtp, struct arena *a, struct str to, struct str message);
/* Says good-bye when there is a connection. */
void smtp_close(struct smtp *smtp);

#endif
