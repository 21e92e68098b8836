/* A mail as it goes over the wire: RFC 5322 with MIME, every byte ASCII. */
#ifndef JALON_MAIL_MESSAGE_H
#define JALON_MAIL_MESSAGE_H

#include "mail/mail.h"

enum { MESSAGE_MAX = 256 * 1024 };

struct message {
	struct mail_address from;
	const struct mail_letter *letter;
	int64_t id;      /* of its Message-ID: the same each time it is tried */
	int64_t date_ms; /* of its Date */
};

/*
 * The whole message, in `a`; lines end with \r\n. Names and subject are encoded words (RFC 2047) when they
 * are not plain ASCII, the body is quoted-printable (RFC 2045). 0, or 1 with the reason in *ret_why: an
 * address that cannot be written to, or a control character (a line end!) in what becomes a header.
 */
MUST_CHECK int message_write(struct arena *a, const struct message *m, struct str *ret,
			     const char **ret_why);

#endif
