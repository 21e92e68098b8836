/*
 * Who may answer in a round: people invited by personal links, and devices that came by the public one.
 * A participant's sheet is opened by the participant's own token; so one participant has one sheet, and
 * the link that began it resumes it anywhere.
 */
#ifndef JALON_ROUNDS_PARTICIPANT_H
#define JALON_ROUNDS_PARTICIPANT_H

#include "rounds/round.h"

enum {
	PARTICIPANTS_MAX = 5000, /* personal links of one round */
	PARTICIPANT_NAME_MAX = 120,
	PARTICIPANT_EMAIL_MAX = 254, /* RFC 5321, section 4.5.3.1.3, less the brackets */
};

enum participant_kind { PARTICIPANT_PERSONAL, PARTICIPANT_DEVICE, PARTICIPANT_ROOM };
enum participant_state { PARTICIPANT_INVITED, PARTICIPANT_BEGUN, PARTICIPANT_ANSWERED };

struct participant {
	int64_t org_id, id, round_id;
	enum participant_kind kind;
	struct str token_hash;
	struct str name, email; /* empty: not known */
	int64_t department_id;  /* 0: not known */
	struct str language;    /* "fr"; empty: the round's */
	enum participant_state state;
	int64_t answered_day; /* 0 until then */
	bool is_revoked;
	int64_t invited_ms, reminded_ms; /* when the mail was sent; 0: never */
	int64_t sheet_id;                /* 0: none, or cut off */
	bool is_sent;                    /* the sheet; a sheet cut off is known by the state only */
};

/* Whose link or device this is: organisation and id. DB_NOT_FOUND. */
MUST_CHECK int participant_find(struct db *db, struct arena *a, const struct token *t,
				int64_t *ret_org, int64_t *ret_id, struct err *err);
/* The same, entering: from here on `db` works for the participant's organisation. DB_NOT_FOUND. */
MUST_CHECK int participant_by_link(struct db *db, struct arena *a, const struct token *t,
				   struct participant *ret, struct err *err);
/* One of an organisation's; texts in `a`. DB_NOT_FOUND. */
MUST_CHECK int participant_load(struct db *db, struct arena *a, int64_t org_id, int64_t id,
				struct participant *ret, struct err *err);
/* Those with personal links, in the order of invitation, in `a`; without their sheets. */
MUST_CHECK int participant_list(struct db *db, struct arena *a, const struct round *round,
				struct participant **ret, size_t *ret_n, struct err *err);

/* Who sent a sheet. */
struct sender {
	int64_t sheet_id;
	struct str name, email; /* empty: not known */
	int64_t department_id;  /* that the sheet counts for; 0: none */
	int64_t sent_ms;
	/* Only by sender_load(): */
	int64_t participant_id;
	bool is_invited; /* by a personal link */
};
enum { SENDERS_PER_PAGE = 50 };
/* Page `page` (from 0) of those who sent their sheet in a nominative round, by whatever link, in the order of
 * sending, in `a`; *ret_more: others follow. Nobody of an anonymous round. 0 or a fault. */
MUST_CHECK int sender_list(struct db *db, struct arena *a, const struct round *round, int64_t page,
			   struct sender **ret, size_t *ret_n, bool *ret_more, struct err *err);
/* Who sent that sheet. DB_NOT_FOUND: nobody yet, or it is none of this round, or the round is anonymous. */
MUST_CHECK int sender_load(struct db *db, struct arena *a, const struct round *round,
			   int64_t sheet_id, struct sender *ret, struct err *err);

/* The token of a personal link (row_token()). */
struct token participant_token(struct arena *a, const struct hmac_key *key, int64_t id);

enum { REMIND_AFTER_MS = 24 * 60 * 60 * 1000 };
/* Whether somebody still answers by that link. */
bool participant_is_waited_for(const struct participant *p);
/* Whether somebody waited for may be reminded by mail: nothing was sent to them for REMIND_AFTER_MS. */
bool participant_may_be_reminded(const struct participant *p, int64_t now_ms);
/* Notes that the link, or a reminder, was sent by mail. */
MUST_CHECK int participant_mailed(struct db *db, int64_t org_id, int64_t id, bool is_reminder,
				  int64_t now_ms, struct err *err);

/* Someone to invite. */
struct invitation {
	struct str name, email, language; /* empty: not known */
	int64_t department_id;            /* 0: not known */
};
/* Gives each a personal link. DB_CONFLICT when a department is gone. */
MUST_CHECK int participants_invite(struct req *rq, const struct round *round,
				   const struct invitation *invitations, size_t n, struct err *err);
/* Adds the device that came by the public link, and the token that its cookie carries. */
MUST_CHECK int participant_enter(struct req *rq, const struct round *round, struct str name,
				 int64_t *ret_id, struct token *ret, struct err *err);

/* Whether who is invited may be corrected: of an anonymous round, nothing changes any more about who has answered. */
bool participant_may_be_corrected(const struct round *round, const struct participant *p);
/* Corrects name and address, and the department of who has not begun. ROUND_REFUSED unless that may be; DB_CONFLICT when
 * the department is gone. */
MUST_CHECK int participant_correct(struct db *db, const struct round *round, int64_t id,
				   const struct invitation *as, struct err *err);
/* Closes a personal link, or opens it again. ROUND_ALREADY when it was so, or is none of the round's. */
MUST_CHECK int participant_revoke(struct db *db, const struct round *round, int64_t id,
				  int64_t now_ms, struct err *err);
MUST_CHECK int participant_restore(struct db *db, const struct round *round, int64_t id,
				   struct err *err);
/* Takes somebody off the list, with what was begun and not sent. ROUND_REFUSED unless the link is closed and nothing
 * was sent. */
MUST_CHECK int participant_remove(struct db *db, const struct round *round, int64_t id,
				  struct err *err);

/* How many there are. In an anonymous round only these are shown, and never with a time. */
struct turnout {
	int64_t personal; /* open personal links, and closed ones that answered */
	int64_t answered; /* of those */
	int64_t devices;  /* that answered by the public link */
	int64_t begun;    /* and not sent */
};
MUST_CHECK int turnout_read(struct db *db, struct arena *a, const struct round *round,
			    struct turnout *ret, struct err *err);

#endif
