/*
 * Who is in a workshop's room, and their votes. A device that joins is a participant of kind "room", known
 * again by a token that only its cookie has; its votes are keyed by it, so that a vote sent twice counts
 * once and one changed counts as the last.
 *
 * In an anonymous round such a participant has no name, ids are random and times are days; and when the
 * workshop ends the votes are cut from it.
 */
#ifndef JALON_ROUNDS_ROOM_H
#define JALON_ROUNDS_ROOM_H

#include "rounds/workshop.h"

enum { ROOM_PEOPLE_MAX = 1000 };

/* Joins: the participant's token, for its cookie. ROUND_REFUSED when the workshop is over, ROUND_ALREADY when
 * the room is full. The name is not kept in an anonymous round. */
MUST_CHECK int room_join(struct req *rq, const struct round *round, const struct workshop *w,
			 struct str name, int64_t department_id, struct token *ret,
			 struct err *err);
/* Which workshop the token's device belongs to, if its code is that one: organisation, round, participant. Also one
 * that is over; and by any code, to a device that has left. DB_NOT_FOUND. */
MUST_CHECK int room_find(struct db *db, struct arena *a, const struct token *t, struct str code,
			 int64_t *ret_org, int64_t *ret_round, int64_t *ret_participant,
			 struct err *err);

/* Votes on what is talked about. ROUND_STALE when that vote is not open (any more): the former vote stays.
 * `vote` is the one that the voter saw open. */
MUST_CHECK int room_cast(struct req *rq, const struct round *round, int64_t participant_id,
			 int vote, const struct ballot_item *item, struct err *err);
/* What the participant voted, in `a`; false in *ret_has when nothing. */
MUST_CHECK int room_vote(struct db *db, struct arena *a, const struct participant *p, int vote,
			 struct str item, bool *ret_has, struct ballot_item *ret, struct err *err);

struct room_count {
	int64_t n_people, n_voted;
};
/* How many are in the room, and how many of them voted on `item` in `vote`. */
MUST_CHECK int room_count(struct db *db, struct arena *a, const struct workshop *w, int vote,
			  struct str item, struct room_count *ret, struct err *err);

struct room_person {
	struct str name; /* empty: not known */
	bool has_voted;
};
/* Who is in the room, and who of them voted, in `a`. Only for those who may see it. */
MUST_CHECK int room_people(struct db *db, struct arena *a, const struct workshop *w, int vote,
			   struct str item, struct room_person **ret, size_t *ret_n,
			   struct err *err);
/* Everybody who was in the room at any time, and whether a vote of theirs on anything was kept, in `a`. */
MUST_CHECK int room_everybody(struct db *db, struct arena *a, const struct workshop *w,
			      struct room_person **ret, size_t *ret_n, struct err *err);

/* For workshop.c: throws the votes on an item away, of which nobody then has voted. */
MUST_CHECK int room_discard(struct db *db, struct arena *a, const struct round *round, int vote,
			    struct str item, struct err *err);
/* For workshop.c: everybody leaves; of an anonymous round, nothing leads to the votes any more. */
MUST_CHECK int room_empty(struct db *db, const struct round *round, int64_t now_ms,
			  struct err *err);

#endif
