/*
 * Mail. What is to be sent waits in a table, and one thread hands it to the SMTP server that the settings
 * name (libcurl). A row says what a mail is about; what it says is composed when it is sent, by the room
 * that knows (struct mail_kind), so that no link rests in the database.
 *
 * A mail that the server took is forgotten in the same transaction that notes it was sent. One that it
 * could not take now is tried again, later and later, until it is no longer worth sending; one that it
 * refuses for good is kept with the server's words. When the program or the network ends between the
 * server's "yes" and our note, the mail goes out again under the same Message-ID.
 */
#ifndef JALON_MAIL_MAIL_H
#define JALON_MAIL_MAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/str.h"
#include "db/db.h"
#include "i18n/i18n.h"

/* ---- settings ---- */

enum mail_security {
	MAIL_STARTTLS, /* encrypted after STARTTLS, or nothing is sent */
	MAIL_TLS,      /* encrypted from the first byte */
	MAIL_CLEAR,    /* not encrypted */
};

enum { MAIL_ADDRESS_MAX = 254, MAIL_NAME_MAX = 200 /* bytes */ };

struct mail_address {
	struct str name; /* as people write it; may be empty */
	struct str address;
};

struct mail_settings {
	struct str url;  /* "smtp://host:587"; empty: no mail is sent */
	struct str host; /* as it is asked for */
	enum mail_security security;
	struct str user, password; /* empty: none is given */
	struct str authority;      /* a file of certificates; empty: the system's */
	struct mail_address from;
};

/* The settings as they are written. */
struct mail_words {
	struct str smtp, security, user, password, authority, from;
};

/* Reads them, in `a`. 0, or 1 with the reason as a sentence for the operator, in language `l`, in *ret_why: "smtp: …". */
MUST_CHECK int mail_settings_read(struct arena *a, enum language l, const struct mail_words *words,
				  struct mail_settings *ret, struct str *ret_why);

/* Whether it is an address that can be written to: local@host in ASCII, nothing that ends a header. */
bool mail_address_ok(struct str address);
/* Whether `s` can stand in a header: no line end, no other control character, no DEL. */
bool mail_is_one_line(struct str s);

/* ---- what is sent ---- */

struct mail_letter {
	struct mail_address to;
	enum language language;
	struct str subject;
	struct str body; /* UTF-8, lines end with \n */
};

/* A mail whose turn it is. */
struct mail_due {
	int64_t org_id, id, object_id;
	struct str kind, recipient, language; /* recipient, language: may be empty */
	int64_t attempts, created_ms;
};

/* What composing needs of the site. */
struct mail_site {
	struct str base_url;
	struct hmac_key key; /* of the installation's secret */
};

/* Beside those of db.h. */
enum mail_outcome {
	MAIL_NOT_NEEDED = 200, /* composing: nobody waits for it any more */
	MAIL_FULL,             /* adding: too many wait */
};

struct mail_kind {
	const char *name;
	/* Writes what it says into *ret, in `a`, inside the write that takes it. MAIL_NOT_NEEDED. */
	int (*compose)(struct db *db, struct arena *a, const struct mail_site *site,
		       const struct mail_due *due, int64_t now_ms, struct mail_letter *ret,
		       struct err *err);
	/* Notes that it was sent, in the transaction that forgets the mail; NULL: nothing to note. */
	int (*sent)(struct db *db, const struct mail_due *due, int64_t now_ms, struct err *err);
	bool is_private; /* what failed is forgotten: nobody may see that it was asked for */
	int64_t life_ms; /* how long it is worth sending */
};

/* ---- the queue: inside a write ---- */

enum {
	MAIL_WAITING_MAX = 20000,      /* of the installation */
	MAIL_PRIVATE_WAITING_MAX = 500 /* above it, kinds that strangers may ask for are refused */
};

struct mail_new {
	const struct mail_kind *kind;
	int64_t org_id;
	int64_t object_id;    /* 0: none */
	struct str recipient; /* empty: composing finds it */
	struct str language;  /* empty: composing finds it */
};
/* Has mails wait to be sent. One that waits for the same object already stays as it is; one that failed is
 * tried again. *ret_n (NULL allowed): how many were added. 0, a fault, or MAIL_FULL: none was. */
MUST_CHECK int mail_add(struct db *db, struct arena *a, const struct mail_new *mails, size_t n,
			int64_t now_ms, size_t *ret_n, struct err *err);

/* What became of a mail that was not sent yet. */
struct mail_state {
	int64_t object_id;
	bool has_failed; /* else it waits */
	int64_t attempts;
	struct str answer; /* the server's words; empty: not tried */
};
/* Those of a kind, sorted by object, in `a`. 0 or a fault. */
MUST_CHECK int mail_list(struct db *db, struct arena *a, int64_t org_id,
			 const struct mail_kind *kind, struct mail_state **ret, size_t *ret_n,
			 struct err *err);
/* The one of `object_id` in such a list, which it borrows from, or NULL. */
const struct mail_state *mail_state_of(const struct mail_state *list, size_t n, int64_t object_id);

/* ---- the thread ---- */

/* What happened to a mail, for the log: no address, no text. */
struct mail_report {
	struct str kind;
	bool is_sent, will_retry;
	int64_t code;        /* the server's, 0: none */
	const char *problem; /* why the server could not be asked, technically; NULL: it was */
};

struct mailer_config {
	const struct mail_settings *settings;
	struct mail_site site;
	struct db_pool *pool;
	const struct mail_kind *const *kinds; /* ends with NULL */
	void (*report)(void *arg, const struct mail_report *report);
	void *report_arg;
	/* 0: what a server wants. Tests are in more of a hurry. */
	int poll_ms;    /* how often it looks for new mail; 0: 2 s */
	int retry_ms;   /* before the second try, doubled each time; 0: 1 min */
	int timeout_ms; /* of one mail; 0: 1 min */
};

struct mailer;

/* Starts the thread. All lives in `a`, which outlives it, as `config` does. Once per process before
 * other threads start: mail_init(). 0 or a fault. */
MUST_CHECK int mailer_start(struct arena *a, const struct mailer_config *config,
			    struct mailer **ret, struct err *err);
/* Breaks off what it does and ends the thread. NULL is allowed. */
void mailer_stop(struct mailer *m);

/* Makes libcurl ready; once, while there is one thread. 0 or FAULT_SYSTEM. */
MUST_CHECK int mail_init(struct err *err);

/* Sends `letter` now and prints what the server says, line by line, by said(). 0: it was taken;
 * 1: it was not, with the reason in *ret_why, in `a`. */
MUST_CHECK int mail_try(struct arena *a, const struct mail_settings *settings,
			const struct mail_letter *letter, void (*said)(struct str line),
			struct str *ret_why);

#endif
