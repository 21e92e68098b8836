/* Participants: see participant.h. */
#include "rounds/participant.h"

#include "base/digest.h"
#include "base/token.h"
#include "rounds/queries.h"

static const char *const kind_names[] = {
	[PARTICIPANT_PERSONAL] = "personal",
	[PARTICIPANT_DEVICE] = "device",
	[PARTICIPANT_ROOM] = "room",
};
static const char *const state_names[] = {
	[PARTICIPANT_INVITED] = "invited",
	[PARTICIPANT_BEGUN] = "begun",
	[PARTICIPANT_ANSWERED] = "answered",
};

static enum participant_kind kind_named(struct str name)
{
	if (str_is(name, kind_names[PARTICIPANT_DEVICE]))
		return PARTICIPANT_DEVICE;
	return str_is(name, kind_names[PARTICIPANT_ROOM]) ? PARTICIPANT_ROOM : PARTICIPANT_PERSONAL;
}

static enum participant_state state_named(struct str name)
{
	if (str_is(name, state_names[PARTICIPANT_ANSWERED]))
		return PARTICIPANT_ANSWERED;
	return str_is(name, state_names[PARTICIPANT_BEGUN]) ? PARTICIPANT_BEGUN
							    : PARTICIPANT_INVITED;
}

int participant_find(struct db *db, struct arena *a, const struct token *t, int64_t *ret_org,
		     int64_t *ret_id, struct err *err)
{
	struct rounds_participant_by_token_row row;
	int r = rounds_participant_by_token(db, a, token_hash(a, t), &row, err);

	if (r != 0)
		return r;
	*ret_org = row.org_id;
	*ret_id = row.id;
	return 0;
}

int participant_load(struct db *db, struct arena *a, int64_t org_id, int64_t id,
		     struct participant *ret, struct err *err)
{
	struct rounds_participant_get_row row;
	int r = rounds_participant_get(db, a, org_id, id, &row, err);

	if (r != 0)
		return r;
	*ret = (struct participant){
		.org_id = org_id,
		.id = id,
		.round_id = row.round_id,
		.kind = kind_named(row.kind),
		.token_hash = row.token_hash,
		.name = row.name,
		.email = row.email,
		.department_id = row.has_department_id ? row.department_id : 0,
		.language = row.language,
		.state = state_named(row.state),
		.answered_day = row.has_answered_day ? row.answered_day : 0,
		.is_revoked = row.has_revoked_ms,
		.invited_ms = row.has_invited_ms ? row.invited_ms : 0,
		.reminded_ms = row.has_reminded_ms ? row.reminded_ms : 0,
		.sheet_id = row.has_sheet_id ? row.sheet_id : 0,
		.is_sent = row.has_sent_ms,
	};
	return 0;
}

int participant_by_link(struct db *db, struct arena *a, const struct token *t,
			struct participant *ret, struct err *err)
{
	int64_t org_id, id;
	int r = participant_find(db, a, t, &org_id, &id, err);

	if (r != 0)
		return r;
	db_scope(db, org_id);
	return participant_load(db, a, org_id, id, ret, err);
}

int participant_list(struct db *db, struct arena *a, const struct round *round,
		     struct participant **ret, size_t *ret_n, struct err *err)
{
	struct rounds_participant_list_rows rows;
	struct participant *list;
	int r = rounds_participant_list(db, a, round->org_id, round->id, &rows, err);

	if (r != 0)
		return r;
	list = arena_new(a, struct participant, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct rounds_participant_list_row *row = &rows.items[i];

		list[i] = (struct participant){
			.org_id = round->org_id,
			.id = row->id,
			.round_id = round->id,
			.kind = PARTICIPANT_PERSONAL,
			.name = row->name,
			.email = row->email,
			.department_id = row->has_department_id ? row->department_id : 0,
			.language = row->language,
			.state = state_named(row->state),
			.answered_day = row->has_answered_day ? row->answered_day : 0,
			.is_revoked = row->has_revoked_ms,
			.invited_ms = row->has_invited_ms ? row->invited_ms : 0,
			.reminded_ms = row->has_reminded_ms ? row->reminded_ms : 0,
		};
	}
	*ret = list;
	*ret_n = rows.n;
	return 0;
}

int sender_list(struct db *db, struct arena *a, const struct round *round, int64_t page,
		struct sender **ret, size_t *ret_n, bool *ret_more, struct err *err)
{
	struct rounds_sender_list_rows rows = { .n = 0 };
	int r = 0;

	/* Nothing leads from an anonymous sheet to its author; nor would it be asked. */
	if (round->terms.mode == ROUND_NOMINATIVE)
		r = rounds_sender_list(db, a, round->org_id, round->id, page * SENDERS_PER_PAGE,
				       SENDERS_PER_PAGE + 1, &rows, err);
	if (r != 0)
		return r;
	*ret_more = rows.n > SENDERS_PER_PAGE;
	*ret_n = *ret_more ? SENDERS_PER_PAGE : rows.n;
	*ret = arena_new(a, struct sender, *ret_n);
	for (size_t i = 0; i < *ret_n; i++) {
		const struct rounds_sender_list_row *row = &rows.items[i];

		(*ret)[i] = (struct sender){
			.sheet_id = row->sheet_id,
			.name = row->name,
			.email = row->email,
			.department_id = row->has_department_id ? row->department_id : 0,
			.sent_ms = row->sent_ms,
		};
	}
	return 0;
}

int sender_load(struct db *db, struct arena *a, const struct round *round, int64_t sheet_id,
		struct sender *ret, struct err *err)
{
	struct rounds_sender_get_row row;
	int r;

	if (round->terms.mode != ROUND_NOMINATIVE)
		return DB_NOT_FOUND;
	r = rounds_sender_get(db, a, round->org_id, round->id, sheet_id, &row, err);
	if (r == 0)
		*ret = (struct sender){
			.sheet_id = sheet_id,
			.name = row.name,
			.email = row.email,
			.department_id = row.has_department_id ? row.department_id : 0,
			.sent_ms = row.sent_ms,
			.participant_id = row.participant_id,
			.is_invited = row.is_invited,
		};
	return r;
}

struct token participant_token(struct arena *a, const struct hmac_key *key, int64_t id)
{
	return row_token(a, key, "participant", id);
}

bool participant_is_waited_for(const struct participant *p)
{
	return p->state != PARTICIPANT_ANSWERED && !p->is_revoked;
}

bool participant_may_be_reminded(const struct participant *p, int64_t now_ms)
{
	int64_t last = p->invited_ms > p->reminded_ms ? p->invited_ms : p->reminded_ms;

	return participant_is_waited_for(p) && p->email.len > 0 &&
	       (last == 0 || now_ms - last >= REMIND_AFTER_MS);
}

int participant_mailed(struct db *db, int64_t org_id, int64_t id, bool is_reminder, int64_t now_ms,
		       struct err *err)
{
	return rounds_participant_mailed(db,
					 &(struct rounds_participant_mailed_params){
						 .org_id = org_id,
						 .id = id,
						 .has_invited_ms = !is_reminder,
						 .invited_ms = now_ms,
						 .has_reminded_ms = is_reminder,
						 .reminded_ms = now_ms,
					 },
					 err);
}

static int invite(struct req *rq, const struct round *round, const struct invitation *one,
		  int64_t id, struct err *err)
{
	struct rounds_participant_add_params p = {
		.org_id = round->org_id,
		.id = id,
		.round_id = round->id,
		.kind = str_from(kind_names[PARTICIPANT_PERSONAL]),
		.has_name = one->name.len > 0,
		.name = one->name,
		.has_email = one->email.len > 0,
		.email = one->email,
		.has_department_id = one->department_id != 0,
		.department_id = one->department_id,
		.has_language = one->language.len > 0,
		.language = one->language,
		.state = str_from(state_names[PARTICIPANT_INVITED]),
		.now_ms = rq->now_ms,
	};
	struct token t = participant_token(rq->arena, rq->key, p.id);

	p.token_hash = token_hash(rq->arena, &t);
	return rounds_participant_add(rq->db, &p, err);
}

int participants_invite(struct req *rq, const struct round *round,
			const struct invitation *invitations, size_t n, struct err *err)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++)
		/* One after another, so that ids keep the order of the list. */
		r = invite(rq, round, &invitations[i], id_make(rq->now_ms + (int64_t)i), err);
	return r;
}

int participant_enter(struct req *rq, const struct round *round, struct str name, int64_t *ret_id,
		      struct token *ret, struct err *err)
{
	struct rounds_participant_add_params p = {
		.org_id = round->org_id,
		.id = id_make(rq->now_ms),
		.round_id = round->id,
		.kind = str_from(kind_names[PARTICIPANT_DEVICE]),
		.has_name = name.len > 0,
		.name = name,
		.state = str_from(state_names[PARTICIPANT_INVITED]),
		.now_ms = rq->now_ms,
	};
	struct token t;
	int r;

	random_bytes(t.bytes, sizeof t.bytes);
	p.token_hash = token_hash(rq->arena, &t);
	r = rounds_participant_add(rq->db, &p, err);
	if (r != 0)
		return r;
	*ret_id = p.id;
	*ret = t;
	return 0;
}

bool participant_may_be_corrected(const struct round *round, const struct participant *p)
{
	return round->terms.mode != ROUND_ANONYMOUS || p->state != PARTICIPANT_ANSWERED;
}

int participant_correct(struct db *db, const struct round *round, int64_t id,
			const struct invitation *as, struct err *err)
{
	const struct rounds_participant_correct_params p = {
		.org_id = round->org_id,
		.round_id = round->id,
		.id = id,
		.has_name = as->name.len > 0,
		.name = as->name,
		.has_email = as->email.len > 0,
		.email = as->email,
		.has_department_id = as->department_id != 0,
		.department_id = as->department_id,
		.is_frozen = round->terms.mode == ROUND_ANONYMOUS,
	};
	int64_t changed;
	int r = rounds_participant_correct(db, &p, &changed, err);

	if (r != 0)
		return r;
	return changed ? 0 : ROUND_REFUSED;
}

int participant_revoke(struct db *db, const struct round *round, int64_t id, int64_t now_ms,
		       struct err *err)
{
	int64_t changed;
	int r = rounds_participant_revoke(db, round->org_id, round->id, id, now_ms, &changed, err);

	if (r != 0)
		return r;
	return changed ? 0 : ROUND_ALREADY;
}

int participant_restore(struct db *db, const struct round *round, int64_t id, struct err *err)
{
	int64_t changed;
	int r = rounds_participant_restore(db, round->org_id, round->id, id, &changed, err);

	if (r != 0)
		return r;
	return changed ? 0 : ROUND_ALREADY;
}

int participant_remove(struct db *db, const struct round *round, int64_t id, struct err *err)
{
	int64_t changed;
	int r = rounds_participant_remove(db, round->org_id, round->id, id, &changed, err);

	if (r != 0)
		return r;
	return changed ? 0 : ROUND_REFUSED;
}

int turnout_read(struct db *db, struct arena *a, const struct round *round, struct turnout *ret,
		 struct err *err)
{
	struct rounds_participant_count_row row;
	int r = rounds_participant_count(db, a, round->org_id, round->id, &row, err);

	if (r == 0)
		*ret = (struct turnout){ row.n_personal, row.n_answered, row.n_devices,
					 row.n_begun };
	return r;
}
