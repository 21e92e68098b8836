/* The queue as the thread sees it: one turn takes a mail, another notes what became of it. */
#ifndef JALON_MAIL_QUEUE_H
#define JALON_MAIL_QUEUE_H

#include "mail/mail.h"
#include "mail/queries.h"
#include "mail/smtp.h"

struct queue_turn {
	struct arena *arena;
	const struct mail_kind *const *kinds;
	const struct mail_site *site;
	int64_t now_ms;
	int64_t lease_ms; /* after which a mail that is being sent is taken for lost */
	int64_t retry_ms; /* before the second try */

	/* queue_take(): */
	bool is_idle;        /* nothing is due */
	bool is_skipped;     /* this one is not to be sent */
	struct mail_due due; /* id 0: none was taken */
	int64_t expires_ms;
	const struct mail_kind *kind;
	struct mail_letter letter;

	/* queue_note(): what came of it, and whether it is tried again */
	enum smtp_result result;
	struct str answer;
	bool will_retry;
};

/* For db_write(), each of the four with a struct queue_turn; 0 or a fault. The first takes the mail that is due first and
 * composes it, the second notes what came of it. */
int queue_take(struct db *db, void *turn, struct err *err);
int queue_note(struct db *db, void *turn, struct err *err);
/* Mails that were being sent when the program ended are due again. */
int queue_begin(struct db *db, void *turn, struct err *err);
/* Forgets what failed long ago. */
int queue_sweep(struct db *db, void *turn, struct err *err);

/* 1 when a mail is due, 0 when none is; or a fault. */
MUST_CHECK int queue_is_due(struct db_pool *pool, struct arena *a, int64_t now_ms, struct err *err);

#endif
