/*
 * A sheet: one respondent's answers to the scorecard, opened by an unguessable link, resumed at the
 * same address. Nothing says who the respondent is. Only the hash of the link's token is stored.
 */
#ifndef JALON_PHASES_SCORECARD_SHEET_H
#define JALON_PHASES_SCORECARD_SHEET_H

#include "db/db.h"
#include "domain/scorecard.h"
#include "http/http.h"
#include "pack/pack.h"
#include "rounds/ballot.h"

enum { SHEET_COMMENT_MAX = 2000 /* characters */ };

struct sheet {
	int64_t org_id, id;
	const struct scorecard_pack *pack;
	struct answer *answers; /* one per question; what is stored, asked or not */
	struct str *comments;   /* one per question; empty when none */
	int64_t created_ms, updated_ms;
	bool is_finished;
	bool in_round; /* the rest counts only then */
	struct round round;
	bool is_sent;
};

/* Begins a sheet in the public space and returns its link's token. 0 or a fault. */
MUST_CHECK int sheet_begin(struct req *rq, struct token *ret, struct err *err);

/* Reads the sheet that rq->actor may see, in the request's arena. DB_NOT_FOUND when it was erased
 * meanwhile; 0 or a fault. Answers that the pack no longer knows are read as missing. */
MUST_CHECK int sheet_load(struct req *rq, struct sheet *ret, struct err *err);

/* Only the answers of that sheet in the actor's organisation, into `ret` with room for one per question, all missing
 * so far. `a` holds what is read on the way. 0 or a fault. */
MUST_CHECK int sheet_answers(struct req *rq, struct arena *a, int64_t sheet_id, struct answer *ret,
			     struct err *err);

/* Stores an answer (ANSWER_MISSING keeps the former one) and the comment (empty: none). 0, DB_CONFLICT when the sheet was
 * erased meanwhile, or a fault. */
MUST_CHECK int sheet_save(struct req *rq, const struct sheet *sheet, size_t question,
			  struct answer answer, struct str comment, struct err *err);

/* Takes the answer back to blank; the comment is stored (empty: none). */
MUST_CHECK int sheet_clear(struct req *rq, const struct sheet *sheet, size_t question,
			   struct str comment, struct err *err);

/* What was typed for one question. */
struct entry {
	struct answer answer; /* missing: the former one stays */
	bool has_comment;     /* false: the former one stays */
	struct str comment;   /* empty: none */
};

/* Stores what differs from `sheet` among `entries`, one per question, asked or not. Outcomes as of sheet_save(). */
MUST_CHECK int sheet_save_all(struct req *rq, const struct sheet *sheet,
			      const struct entry *entries, struct err *err);

/* Everything the scorecard asks, with what a respondent did with it: `answers`, one per question. In `a`. */
struct ballot_item *ballot_of(struct arena *a, const struct scorecard *def,
			      const struct answer *answers);

/* Index of the first asked question at or after `from` (or, going back, at or before), or -1. */
int sheet_next_asked(const struct sheet *sheet, int from);
int sheet_previous_asked(const struct sheet *sheet, int from);
/* Index of the first asked question without an answer, or -1. */
int sheet_first_blank(const struct sheet *sheet);
/* Whether question `i` is asked, or may be once the question it depends on has its answer. */
bool sheet_counts(const struct sheet *sheet, size_t i);
/* How many of the first `n` questions count: what respondents are told as "question 7 of 15". */
int sheet_count(const struct sheet *sheet, size_t n);
/* Whether question `i` is asked and has an answer. */
bool sheet_is_answered(const struct sheet *sheet, size_t i);

/* Opens a link that shows only the result of rq->actor's sheet. Outcomes as of sheet_save(). */
MUST_CHECK int sheet_share(struct req *rq, struct err *err);
/* The token of the sheet's open shared link. DB_NOT_FOUND when there is none; 0 or a fault. */
MUST_CHECK int sheet_shared_token(struct req *rq, struct token *ret, struct err *err);

/* Moves the sheet of rq->actor from the public space to the organisation of `member`, who becomes the actor.
 * DB_NOT_FOUND when it was moved before; 0 or a fault. */
MUST_CHECK int sheet_keep(struct req *rq, const struct actor *member, struct err *err);

/* ---- permissions; both expect the route's args struct to begin with `struct token token` ---- */

/* The respondent's own link: everything on the sheet. Of a sheet that was cut off on sending, the actor has
 * no subject_id: its link still tells that it was sent. */
extern const struct permission permission_sheet_link;
/* A shared link: the result only. A closed one answers 410. */
extern const struct permission permission_share_link;

#endif
