/* Sheets of a round and their counts: see ballot.h. */
#include "rounds/ballot.h"

#include "base/digest.h"
#include "base/token.h"
#include "rounds/queries.h"

/* ---- counting ---- */

/* A sheet whose counts change, with what of it was counted before. */
struct counted {
	struct db *db;
	const struct round *round;
	int64_t sheet_id, participant_id, department_id;
	bool is_sent;
	struct rounds_answer_counted_rows was;
};

static int load_counted(struct db *db, struct arena *a, const struct round *round, int64_t sheet_id,
			struct counted *ret, struct err *err)
{
	struct rounds_sheet_get_row row;
	struct counted c = { .db = db, .round = round, .sheet_id = sheet_id };
	int r = rounds_sheet_get(db, a, round->org_id, sheet_id, &row, err);

	if (r != 0)
		return r;
	if (row.round_id != round->id)
		return DB_NOT_FOUND;
	c.participant_id = row.has_participant_id ? row.participant_id : 0;
	c.department_id = row.has_department_id ? row.department_id : 0;
	c.is_sent = row.has_sent_ms;
	r = rounds_answer_counted(db, a, round->org_id, sheet_id, &c.was, err);
	if (r == 0)
		*ret = c;
	return r;
}

static int add(const struct counted *c, int64_t vote, const struct ballot_item *i, struct err *err)
{
	return rounds_tally_add(c->db,
				&(struct rounds_tally_add_params){
					.org_id = c->round->org_id,
					.round_id = c->round->id,
					.vote = vote,
					.department_id = c->department_id,
					.item = i->item,
					.kind = i->kind,
					.value = i->kind == TALLY_VALUE ? i->value : S(""),
				},
				err);
}

static int take(const struct counted *c, int64_t vote, const struct ballot_item *i, struct err *err)
{
	int64_t changed;
	int r = rounds_tally_take(c->db,
				  &(struct rounds_tally_take_params){
					  .org_id = c->round->org_id,
					  .round_id = c->round->id,
					  .vote = vote,
					  .department_id = c->department_id,
					  .item = i->item,
					  .kind = i->kind,
					  .value = i->kind == TALLY_VALUE ? i->value : S(""),
				  },
				  &changed, err);

	if (r == 0 && changed == 0)
		return err_set(err, FAULT_INTERNAL,
			       "a count is missing: `jalon doctor` tells which");
	return r;
}

/* What counts the sheets themselves. */
static const struct ballot_item whole_sheet = { .kind = TALLY_UNANSWERED };

static bool votes_in(const struct counted *c, int64_t vote)
{
	for (size_t i = 0; i < c->was.n; i++)
		if (c->was.items[i].vote == vote)
			return true;
	return false;
}

static const struct rounds_answer_counted_row *former(const struct counted *c, int64_t vote,
						      struct str item)
{
	for (size_t i = 0; i < c->was.n; i++)
		if (c->was.items[i].vote == vote && str_eq(c->was.items[i].question, item))
			return &c->was.items[i];
	return NULL;
}

static struct ballot_item item_of(const struct rounds_answer_counted_row *row)
{
	return (struct ballot_item){ row->question, (enum tally_kind)row->kind, row->value };
}

/* Whether counting `b` instead of `a` changes nothing. */
static bool counts_as(const struct ballot_item *a, const struct ballot_item *b)
{
	return a->kind == b->kind && (a->kind != TALLY_VALUE || str_eq(a->value, b->value));
}

/* Counts an item in the place of what the sheet was counted as before. */
static int move(const struct counted *c, int64_t vote, const struct ballot_item *to, bool *ret_same,
		struct err *err)
{
	const struct rounds_answer_counted_row *row = former(c, vote, to->item);
	int r = 0;

	*ret_same = false;
	if (row) {
		struct ballot_item from = item_of(row);

		*ret_same = counts_as(&from, to);
		if (*ret_same)
			return 0;
		r = take(c, vote, &from, err);
	}
	return r == 0 ? add(c, vote, to, err) : r;
}

/* ---- a draft ---- */

static int add_sheet(struct db *db, const struct round *round, const struct participant *p,
		     enum language language, int64_t department_id, int64_t now_ms,
		     int64_t *ret_sheet, struct err *err)
{
	struct rounds_sheet_add_params sheet = {
		.org_id = round->org_id,
		.id = id_make(now_ms),
		.round_id = round->id,
		.participant_id = p->id,
		.token_hash = p->token_hash,
		.pack = round->pack,
		.pack_version = round->pack_version,
		.language = language_code(language),
		.has_department_id = department_id != 0,
		.department_id = department_id,
		.now_ms = now_ms,
	};
	int r = rounds_sheet_add(db, &sheet, err);

	if (r == 0)
		r = rounds_participant_begin(db, round->org_id, p->id, department_id != 0,
					     department_id, err);
	if (r == 0)
		*ret_sheet = sheet.id;
	return r;
}

int ballot_begin(struct db *db, const struct round *round, const struct participant *p,
		 enum language language, int64_t department_id, int64_t now_ms, int64_t *ret_sheet,
		 struct err *err)
{
	if (p->state == PARTICIPANT_ANSWERED)
		return ROUND_ALREADY;
	if (round->state != ROUND_OPEN || p->is_revoked || p->round_id != round->id)
		return ROUND_REFUSED;
	if (p->sheet_id != 0) {
		*ret_sheet = p->sheet_id;
		return 0;
	}
	return add_sheet(db, round, p, language, department_id, now_ms, ret_sheet, err);
}

int ballot_save(struct db *db, const struct ballot_answer *answer, int64_t now_ms, struct err *err)
{
	struct rounds_answer_save_params p = {
		.org_id = answer->org_id,
		.sheet_id = answer->sheet_id,
		.question = answer->item,
		.has_value = answer->value.len > 0,
		.value = answer->value,
		.has_comment = answer->comment.len > 0,
		.comment = answer->comment,
		.now_ms = now_ms,
	};
	int r = 0;

	if (answer->clears)
		r = rounds_answer_remove(db, p.org_id, p.sheet_id, p.question, err);
	if (r != 0 || (answer->clears && !p.has_comment))
		return r;
	if (p.has_value || p.has_comment)
		return rounds_answer_save(db, &p, err);
	if (answer->had_value)
		return rounds_answer_uncomment(db, p.org_id, p.sheet_id, p.question, now_ms, err);
	return rounds_answer_remove(db, p.org_id, p.sheet_id, p.question, err);
}

/* Erases a draft. Who was invited may begin again; of a device the name that was given on it goes too. */
static int erase_draft(const struct counted *c, struct err *err)
{
	int64_t org_id = c->round->org_id, changed;
	int r = rounds_sheet_erase(c->db, org_id, c->sheet_id, &changed, err);

	if (r == 0 && c->participant_id != 0)
		r = rounds_participant_reset(c->db, org_id, c->participant_id, S("invited"), err);
	if (r == 0 && c->participant_id != 0)
		r = rounds_participant_forget(c->db, org_id, c->participant_id, err);
	return r;
}

int ballot_erase(struct db *db, struct arena *a, const struct round *round, int64_t sheet_id,
		 struct err *err)
{
	struct counted c;
	int r = load_counted(db, a, round, sheet_id, &c, err);

	if (r != 0)
		return r;
	if (c.is_sent || c.was.n > 0)
		return ROUND_REFUSED;
	return erase_draft(&c, err);
}

/* ---- sending ---- */

static int count_all(const struct counted *c, const struct ballot_item *items, size_t n,
		     int64_t now_ms, struct err *err)
{
	/* The sheets' own count first: in PostgreSQL it is what makes senders of a round queue up,
	 * always in the same order. */
	int r = votes_in(c, VOTE_FIRST) ? 0 : add(c, VOTE_FIRST, &whole_sheet, err);
	bool same;

	for (size_t i = 0; r == 0 && i < n; i++) {
		r = move(c, VOTE_FIRST, &items[i], &same, err);
		if (r == 0)
			r = rounds_answer_count_as(
				c->db,
				&(struct rounds_answer_count_as_params){
					.org_id = c->round->org_id,
					.sheet_id = c->sheet_id,
					.vote = VOTE_FIRST,
					.question = items[i].item,
					.has_value = items[i].kind == TALLY_VALUE,
					.value = items[i].value,
					.kind = items[i].kind,
					.now_ms = now_ms,
				},
				err);
	}
	return r;
}

/* A row id that tells neither age nor neighbours. */
static int64_t random_id(void)
{
	uint64_t bits;

	random_bytes(&bits, sizeof bits);
	return (int64_t)(bits >> 1);
}

/* Keeps what was sent where it leads to nobody. */
static int cut(struct arena *a, const struct counted *c, int64_t now_ms, struct err *err)
{
	int64_t org_id = c->round->org_id, id = random_id();
	int64_t day = round_sheet_time(c->round, now_ms);
	struct token unknown;
	int r;

	random_bytes(unknown.bytes, sizeof unknown.bytes);
	r = rounds_sheet_copy_cut(c->db,
				  &(struct rounds_sheet_copy_cut_params){
					  .org_id = org_id,
					  .id = c->sheet_id,
					  .new_id = id,
					  .token_hash = token_hash(a, &unknown),
					  .day = day,
					  .language = language_code(c->round->terms.language),
				  },
				  err);
	if (r == 0)
		r = rounds_answer_copy_cut(c->db, org_id, c->sheet_id, id, day, err);
	if (r == 0)
		r = rounds_sheet_cut(c->db, org_id, c->sheet_id, err);
	return r;
}

bool ballot_is_empty(const struct ballot_item *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (items[i].kind == TALLY_UNKNOWN || items[i].kind == TALLY_VALUE)
			return false;
	return true;
}

int ballot_send(struct db *db, struct arena *a, const struct round *round, int64_t sheet_id,
		const struct ballot_item *items, size_t n, int64_t now_ms, struct err *err)
{
	struct counted c;
	int64_t changed;
	int r = load_counted(db, a, round, sheet_id, &c, err);

	if (r != 0)
		return r;
	if (c.is_sent)
		return ROUND_ALREADY;
	if (round->state != ROUND_OPEN)
		return ROUND_REFUSED;
	if (ballot_is_empty(items, n))
		return ROUND_EMPTY;
	r = rounds_sheet_sent(db, round->org_id, sheet_id, now_ms, &changed, err);
	if (r == 0 && changed == 0)
		return ROUND_ALREADY;
	if (r == 0)
		r = count_all(&c, items, n, now_ms, err);
	if (r == 0 && round->terms.mode == ROUND_ANONYMOUS)
		r = cut(a, &c, now_ms, err);
	if (r == 0 && c.participant_id != 0)
		r = rounds_participant_answered(db, round->org_id, c.participant_id,
						round_day(now_ms), err);
	return r;
}

/* ---- taking back ---- */

static int uncount_all(const struct counted *c, struct err *err)
{
	int r = 0;

	for (int64_t vote = VOTE_FIRST; r == 0 && vote <= VOTE_SECOND; vote++)
		if (votes_in(c, vote))
			r = take(c, vote, &whole_sheet, err);
	for (size_t i = 0; r == 0 && i < c->was.n; i++) {
		struct ballot_item item = item_of(&c->was.items[i]);

		r = take(c, c->was.items[i].vote, &item, err);
	}
	if (r == 0)
		r = rounds_tally_sweep(c->db, c->round->org_id, c->round->id, err);
	if (r == 0)
		r = rounds_answer_uncount(c->db, c->round->org_id, c->sheet_id, err);
	if (r == 0)
		r = rounds_answer_sweep(c->db, c->round->org_id, c->sheet_id, err);
	return r;
}

/* Makes a sent sheet a draft again, uncounted. */
static int take_back(struct counted *c, struct arena *a, struct err *err)
{
	int64_t changed;
	int r = load_counted(c->db, a, c->round, c->sheet_id, c, err);

	if (r != 0)
		return r;
	r = rounds_sheet_unsend(c->db, c->round->org_id, c->sheet_id, &changed, err);
	if (r == 0 && changed == 0)
		return ROUND_ALREADY;
	return r == 0 ? uncount_all(c, err) : r;
}

int ballot_withdraw(struct db *db, struct arena *a, const struct round *round, int64_t sheet_id,
		    struct err *err)
{
	struct counted c = { .db = db, .round = round, .sheet_id = sheet_id };
	int r;

	if (round->state != ROUND_OPEN || round->terms.mode != ROUND_NOMINATIVE)
		return ROUND_REFUSED;
	r = take_back(&c, a, err);
	if (r == 0 && c.participant_id != 0)
		r = rounds_participant_reset(db, round->org_id, c.participant_id, S("begun"), err);
	return r;
}

int ballot_forget(struct db *db, struct arena *a, const struct round *round, int64_t sheet_id,
		  struct err *err)
{
	struct counted c = { .db = db, .round = round, .sheet_id = sheet_id };
	int r;

	if (round->terms.mode != ROUND_NOMINATIVE)
		return ROUND_REFUSED;
	r = take_back(&c, a, err);
	return r == 0 ? erase_draft(&c, err) : r;
}

/* ---- votes that count at once ---- */

int ballot_cast(struct db *db, struct arena *a, const struct round *round, int64_t sheet_id,
		int vote, const struct ballot_item *item, int64_t now_ms, struct err *err)
{
	struct counted c;
	bool same = false;
	int r = load_counted(db, a, round, sheet_id, &c, err);

	if (r != 0)
		return r;
	if (round->state == ROUND_DRAFT)
		return ROUND_REFUSED;
	if (!votes_in(&c, vote))
		r = add(&c, vote, &whole_sheet, err);
	if (r == 0)
		r = move(&c, vote, item, &same, err);
	if (r != 0 || same)
		return r;
	return rounds_answer_cast(db,
				  &(struct rounds_answer_cast_params){
					  .org_id = round->org_id,
					  .sheet_id = sheet_id,
					  .vote = vote,
					  .question = item->item,
					  .has_value = item->value.len > 0,
					  .value = item->value,
					  .kind = item->kind,
					  .now_ms = now_ms,
				  },
				  err);
}

/* How many items of a vote are counted. */
static size_t count_in(const struct counted *c, int64_t vote)
{
	size_t n = 0;

	for (size_t i = 0; i < c->was.n; i++)
		n += c->was.items[i].vote == vote;
	return n;
}

int ballot_uncast(struct db *db, struct arena *a, const struct round *round, int64_t sheet_id,
		  int vote, struct str item, struct err *err)
{
	const struct rounds_answer_counted_row *row;
	struct ballot_item was;
	struct counted c;
	int r = load_counted(db, a, round, sheet_id, &c, err);

	if (r != 0)
		return r;
	row = former(&c, vote, item);
	if (!row)
		return err_set(err, FAULT_INTERNAL, "a vote to take back is not there");
	was = item_of(row);
	r = take(&c, vote, &was, err);
	if (r == 0 && count_in(&c, vote) == 1)
		r = take(&c, vote, &whole_sheet, err);
	if (r == 0)
		r = rounds_answer_uncast(db, round->org_id, sheet_id, vote, item, err);
	return r;
}
