/* The room and its votes: see room.h. */
#include "rounds/room.h"

#include "base/token.h"
#include "rounds/queries.h"

/* ---- joining ---- */

static bool is_anonymous(const struct round *round)
{
	return round->terms.mode == ROUND_ANONYMOUS;
}

/* A row id; of an anonymous round one that tells neither age nor neighbours. */
static int64_t room_id(const struct round *round, int64_t now_ms)
{
	uint64_t bits;

	if (!is_anonymous(round))
		return id_make(now_ms);
	random_bytes(&bits, sizeof bits);
	return (int64_t)(bits >> 1);
}

static int64_t room_time(const struct round *round, int64_t now_ms)
{
	return is_anonymous(round) ? round_day(now_ms) : now_ms;
}

/* The sheet that holds the votes. No link opens it: its token is nobody's. */
static int add_sheet(struct req *rq, const struct round *round, int64_t participant_id,
		     int64_t department_id, struct err *err)
{
	enum language own = is_anonymous(round) ? round->terms.language : rq->language;
	int64_t at = round_sheet_time(round, rq->now_ms), changed;
	struct rounds_sheet_add_params p = {
		.org_id = round->org_id,
		.id = room_id(round, rq->now_ms),
		.round_id = round->id,
		.participant_id = participant_id,
		.pack = round->pack,
		.pack_version = round->pack_version,
		.language = language_code(own),
		.has_department_id = department_id != 0,
		.department_id = department_id,
		.now_ms = at,
	};
	struct token nobodys;
	int r;

	random_bytes(nobodys.bytes, sizeof nobodys.bytes);
	p.token_hash = token_hash(rq->arena, &nobodys);
	r = rounds_sheet_add(rq->db, &p, err);
	if (r == 0)
		r = rounds_sheet_sent(rq->db, round->org_id, p.id, at, &changed, err);
	return r;
}

static int add_participant(struct req *rq, const struct round *round, struct str name,
			   int64_t department_id, int64_t *ret_id, struct token *ret,
			   struct err *err)
{
	struct rounds_participant_add_params p = {
		.org_id = round->org_id,
		.id = room_id(round, rq->now_ms),
		.round_id = round->id,
		.kind = S("room"),
		.has_name = name.len > 0 && !is_anonymous(round),
		.name = name,
		.has_department_id = department_id != 0,
		.department_id = department_id,
		.state = S("invited"),
		.now_ms = room_time(round, rq->now_ms),
	};

	random_bytes(ret->bytes, sizeof ret->bytes);
	p.token_hash = token_hash(rq->arena, ret);
	*ret_id = p.id;
	return rounds_participant_add(rq->db, &p, err);
}

/* Something that only facilitators see has changed. Locks the workshop until this is stored. */
static int tell_desk(struct req *rq, const struct round *round, struct err *err)
{
	struct workshop w = { .org_id = round->org_id, .round_id = round->id };
	struct rounds_workshop_news_row row;
	int r = rounds_workshop_news(rq->db, rq->arena, round->org_id, round->id, &row, err);

	if (r == 0)
		req_publish(rq, workshop_desk_topic(rq->arena, &w), row.news);
	return r;
}

int room_join(struct req *rq, const struct round *round, const struct workshop *w, struct str name,
	      int64_t department_id, struct token *ret, struct err *err)
{
	struct room_count count;
	struct token t;
	int64_t id;
	int r = tell_desk(rq, round, err);

	if (r == 0)
		r = room_count(rq->db, rq->arena, w, 0, S(""), &count, err);
	if (r != 0)
		return r;
	if (!w->is_open)
		return ROUND_REFUSED;
	if (count.n_people >= ROOM_PEOPLE_MAX)
		return ROUND_ALREADY;
	r = add_participant(rq, round, name, department_id, &id, &t, err);
	if (r == 0)
		r = add_sheet(rq, round, id, department_id, err);
	if (r == 0)
		*ret = t;
	return r;
}

int room_find(struct db *db, struct arena *a, const struct token *t, struct str code,
	      int64_t *ret_org, int64_t *ret_round, int64_t *ret_participant, struct err *err)
{
	struct rounds_workshop_by_participant_row row;
	int r = rounds_workshop_by_participant(db, a, token_hash(a, t), code, &row, err);

	if (r != 0)
		return r;
	*ret_org = row.org_id;
	*ret_round = row.round_id;
	*ret_participant = row.participant_id;
	return 0;
}

/* ---- voting ---- */

/* Whether that vote is open on that item. */
static int vote_is_open(struct req *rq, const struct round *round, int vote, struct str item,
			struct err *err)
{
	const struct agenda_item *at;
	struct agenda agenda;
	struct workshop w;
	int r = workshop_load(rq->db, rq->arena, round->org_id, round->id, &w, err);

	if (r == 0)
		r = workshop_agenda(rq->db, rq->arena, &w, &agenda, err);
	if (r != 0)
		return r;
	at = agenda_find(&agenda, item);
	if (!w.is_open || !at || !str_eq(w.item, item) || at->standing.state != ITEM_VOTING ||
	    at->standing.vote != vote)
		return ROUND_STALE;
	return 0;
}

int room_cast(struct req *rq, const struct round *round, int64_t participant_id, int vote,
	      const struct ballot_item *item, struct err *err)
{
	struct participant p;
	int r = tell_desk(rq, round, err); /* locks first, so that no reveal comes in between */

	if (r == 0)
		r = vote_is_open(rq, round, vote, item->item, err);
	if (r == 0)
		r = participant_load(rq->db, rq->arena, round->org_id, participant_id, &p, err);
	if (r != 0)
		return r;
	if (p.is_revoked || p.kind != PARTICIPANT_ROOM || p.sheet_id == 0)
		return ROUND_STALE;
	r = ballot_cast(rq->db, rq->arena, round, p.sheet_id, vote, item,
			round_sheet_time(round, rq->now_ms), err);
	if (r == 0 && p.state != PARTICIPANT_ANSWERED)
		r = rounds_participant_answered(rq->db, round->org_id, p.id, round_day(rq->now_ms),
						err);
	return r;
}

int room_vote(struct db *db, struct arena *a, const struct participant *p, int vote,
	      struct str item, bool *ret_has, struct ballot_item *ret, struct err *err)
{
	struct rounds_room_vote_get_row row;
	int r = rounds_room_vote_get(db, a, p->org_id, p->sheet_id, vote, item, &row, err);

	*ret_has = r == 0 && row.has_kind;
	if (r == DB_NOT_FOUND)
		return 0;
	if (*ret_has)
		*ret = (struct ballot_item){ item, (enum tally_kind)row.kind, row.value };
	return r;
}

int room_discard(struct db *db, struct arena *a, const struct round *round, int vote,
		 struct str item, struct err *err)
{
	struct rounds_room_sheets_rows rows;
	int r = rounds_room_sheets(db, a, round->org_id, round->id, vote, item, &rows, err);

	for (size_t i = 0; r == 0 && i < rows.n; i++)
		r = ballot_uncast(db, a, round, rows.items[i].id, vote, item, err);
	if (r == 0)
		r = rounds_tally_sweep(db, round->org_id, round->id, err);
	if (r == 0)
		r = rounds_room_unvoted(db, round->org_id, round->id, err);
	return r;
}

/* ---- who is there ---- */

int room_count(struct db *db, struct arena *a, const struct workshop *w, int vote, struct str item,
	       struct room_count *ret, struct err *err)
{
	struct rounds_room_count_row row;
	int r = rounds_room_count(db, a, w->org_id, w->round_id, vote, item, &row, err);

	if (r == 0)
		*ret = (struct room_count){ row.n_people, row.n_voted };
	return r;
}

int room_people(struct db *db, struct arena *a, const struct workshop *w, int vote, struct str item,
		struct room_person **ret, size_t *ret_n, struct err *err)
{
	struct rounds_room_people_rows rows;
	int r = rounds_room_people(db, a, w->org_id, w->round_id, vote, item, &rows, err);

	if (r != 0)
		return r;
	*ret = arena_new(a, struct room_person, rows.n);
	*ret_n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = (struct room_person){ rows.items[i].name, rows.items[i].has_voted };
	return 0;
}

int room_everybody(struct db *db, struct arena *a, const struct workshop *w,
		   struct room_person **ret, size_t *ret_n, struct err *err)
{
	struct rounds_room_everybody_rows rows;
	int r = rounds_room_everybody(db, a, w->org_id, w->round_id, &rows, err);

	if (r != 0)
		return r;
	*ret = arena_new(a, struct room_person, rows.n);
	*ret_n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = (struct room_person){ rows.items[i].name, rows.items[i].has_voted };
	return 0;
}

int room_empty(struct db *db, const struct round *round, int64_t now_ms, struct err *err)
{
	int r = 0;

	if (is_anonymous(round))
		r = rounds_room_cut(db, round->org_id, round->id, err);
	if (r == 0)
		r = rounds_room_leave(db, round->org_id, round->id, room_time(round, now_ms), err);
	return r;
}
