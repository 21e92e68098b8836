/* Sheets in the database: see sheet.h. */
#include "phases/scorecard/sheet.h"

#include "base/token.h"
#include "phases/app.h"
#include "phases/scorecard/queries.h"

static struct token share_token(struct req *rq, int64_t share_id)
{
	return row_token(rq->arena, rq->key, "share", share_id);
}

int sheet_begin(struct req *rq, struct token *ret, struct err *err)
{
	const struct pack *pack = app_of(rq)->pack;
	struct scorecard_sheet_add_params p = {
		.org_id = ORG_PUBLIC,
		.id = id_make(rq->now_ms),
		.pack = pack->id,
		.pack_version = pack->version,
		.language = language_code(rq->language),
		.now_ms = rq->now_ms,
	};
	struct token t;
	int r;

	random_bytes(t.bytes, sizeof t.bytes);
	p.token_hash = token_hash(rq->arena, &t);
	r = scorecard_sheet_add(rq->db, &p, err);
	if (r == 0)
		*ret = t;
	return r;
}

/* Puts stored rows where their questions are. */
static void place_answers(struct sheet *sheet, const struct scorecard_answer_list_rows *rows)
{
	const struct scorecard *def = &sheet->pack->def;

	for (size_t i = 0; i < rows->n; i++) {
		const struct scorecard_answer_list_row *row = &rows->items[i];
		int q = scorecard_find(def, row->question);
		struct answer answer;

		if (q < 0)
			continue;
		sheet->comments[q] = row->comment;
		if (row->has_value && answer_parse(&def->questions[q], row->value, &answer) == 0)
			sheet->answers[q] = answer;
	}
}

int sheet_load(struct req *rq, struct sheet *ret, struct err *err)
{
	const struct scorecard_pack *pack = &app_of(rq)->pack->scorecard;
	struct sheet sheet = {
		.org_id = rq->actor.org_id,
		.id = rq->actor.subject_id,
		.pack = pack,
		.answers = arena_new(rq->arena, struct answer, pack->def.n_questions),
		.comments = arena_new(rq->arena, struct str, pack->def.n_questions),
	};
	struct scorecard_sheet_get_row row;
	struct scorecard_answer_list_rows rows;
	int r = scorecard_sheet_get(rq->db, rq->arena, sheet.org_id, sheet.id, &row, err);

	if (r != 0)
		return r;
	r = scorecard_answer_list(rq->db, rq->arena, sheet.org_id, sheet.id, &rows, err);
	if (r != 0)
		return r;
	sheet.created_ms = row.created_ms;
	sheet.updated_ms = row.updated_ms;
	sheet.is_finished = row.has_finished_ms;
	sheet.in_round = row.has_round_id;
	sheet.is_sent = row.has_sent_ms;
	if (sheet.in_round)
		r = round_load(rq->db, rq->arena, sheet.org_id, row.round_id, rq->now_ms,
			       &sheet.round, err);
	if (r != 0)
		return r;
	place_answers(&sheet, &rows);
	*ret = sheet;
	return 0;
}

int sheet_answers(struct req *rq, struct arena *a, int64_t sheet_id, struct answer *ret,
		  struct err *err)
{
	const struct scorecard_pack *pack = &app_of(rq)->pack->scorecard;
	struct sheet sheet = { .pack = pack, .answers = ret };
	struct scorecard_answer_list_rows rows;
	int r = scorecard_answer_list(rq->db, a, rq->actor.org_id, sheet_id, &rows, err);

	if (r != 0)
		return r;
	sheet.comments = arena_new(a, struct str, pack->def.n_questions);
	place_answers(&sheet, &rows);
	return 0;
}

static struct ballot_answer answer_to_store(struct req *rq, const struct sheet *sheet,
					    size_t question, struct answer answer,
					    struct str comment)
{
	const struct question *q = &sheet->pack->def.questions[question];

	return (struct ballot_answer){
		.org_id = sheet->org_id,
		.sheet_id = sheet->id,
		.item = q->id,
		.value = answer_text(rq->arena, q, answer),
		.comment = comment,
		.had_value = sheet->answers[question].kind != ANSWER_MISSING,
	};
}

/* Everything of sheet_save() but noting that the sheet was changed. */
static int store_answer(struct req *rq, const struct sheet *sheet, size_t question,
			struct answer answer, struct str comment, struct err *err)
{
	struct ballot_answer stored = answer_to_store(rq, sheet, question, answer, comment);

	return ballot_save(rq->db, &stored, rq->now_ms, err);
}

int sheet_save(struct req *rq, const struct sheet *sheet, size_t question, struct answer answer,
	       struct str comment, struct err *err)
{
	int r = store_answer(rq, sheet, question, answer, comment, err);

	if (r != 0)
		return r;
	return scorecard_sheet_touch(rq->db, sheet->org_id, sheet->id, rq->now_ms, err);
}

int sheet_clear(struct req *rq, const struct sheet *sheet, size_t question, struct str comment,
		struct err *err)
{
	const struct answer none = { .kind = ANSWER_MISSING };
	struct ballot_answer stored = answer_to_store(rq, sheet, question, none, comment);
	int r;

	stored.clears = true;
	r = ballot_save(rq->db, &stored, rq->now_ms, err);
	if (r != 0)
		return r;
	return scorecard_sheet_touch(rq->db, sheet->org_id, sheet->id, rq->now_ms, err);
}

int sheet_save_all(struct req *rq, const struct sheet *sheet, const struct entry *entries,
		   struct err *err)
{
	bool is_touched = false;

	for (size_t i = 0; i < sheet->pack->def.n_questions; i++) {
		const struct entry *e = &entries[i];
		struct str comment = e->has_comment ? e->comment : sheet->comments[i];
		int r;

		if (str_eq(comment, sheet->comments[i]) &&
		    (e->answer.kind == ANSWER_MISSING || answer_eq(e->answer, sheet->answers[i])))
			continue;
		r = store_answer(rq, sheet, i, e->answer, comment, err);
		if (r != 0)
			return r;
		is_touched = true;
	}
	return is_touched ? scorecard_sheet_touch(rq->db, sheet->org_id, sheet->id, rq->now_ms, err)
			  : 0;
}

int sheet_next_asked(const struct sheet *sheet, int from)
{
	const struct scorecard *def = &sheet->pack->def;

	for (int i = from; i < (int)def->n_questions; i++)
		if (question_asked(def, (size_t)i, sheet->answers))
			return i;
	return -1;
}

int sheet_previous_asked(const struct sheet *sheet, int from)
{
	for (int i = from; i >= 0; i--)
		if (question_asked(&sheet->pack->def, (size_t)i, sheet->answers))
			return i;
	return -1;
}

/* Whether the condition of `q` rests on a question that is still blank. */
static bool is_undecided(const struct sheet *sheet, const struct question *q)
{
	for (size_t i = 0; i < q->asked_when.n; i++)
		for (size_t k = 0; k < q->asked_when.items[i].n; k++)
			if (sheet->answers[q->asked_when.items[i].items[k].question].kind ==
			    ANSWER_MISSING)
				return true;
	return false;
}

bool sheet_counts(const struct sheet *sheet, size_t i)
{
	const struct scorecard *def = &sheet->pack->def;

	return question_asked(def, i, sheet->answers) || is_undecided(sheet, &def->questions[i]);
}

int sheet_count(const struct sheet *sheet, size_t n)
{
	int count = 0;

	for (size_t i = 0; i < n; i++)
		count += sheet_counts(sheet, i);
	return count;
}

bool sheet_is_answered(const struct sheet *sheet, size_t i)
{
	return sheet->answers[i].kind != ANSWER_MISSING &&
	       question_asked(&sheet->pack->def, i, sheet->answers);
}

int sheet_first_blank(const struct sheet *sheet)
{
	int i = sheet_next_asked(sheet, 0);

	while (i >= 0 && sheet_is_answered(sheet, (size_t)i))
		i = sheet_next_asked(sheet, i + 1);
	return i;
}

int sheet_share(struct req *rq, struct err *err)
{
	struct scorecard_share_add_params p = {
		.org_id = rq->actor.org_id,
		.id = id_make(rq->now_ms),
		.sheet_id = rq->actor.subject_id,
		.now_ms = rq->now_ms,
	};
	struct token t = share_token(rq, p.id);

	p.token_hash = token_hash(rq->arena, &t);
	return scorecard_share_add(rq->db, &p, err);
}

int sheet_shared_token(struct req *rq, struct token *ret, struct err *err)
{
	struct scorecard_share_open_row row;
	int r = scorecard_share_open(rq->db, rq->arena, rq->actor.org_id, rq->actor.subject_id,
				     &row, err);

	if (r == 0)
		*ret = share_token(rq, row.id);
	return r;
}

/* The link of a sheet that is no longer tied to it: that of a participant who has sent. */
static int check_cut_link(struct req *rq, const struct token *t, struct actor *ret, struct err *err)
{
	struct participant who;
	int r = participant_by_link(rq->db, rq->arena, t, &who, err);

	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND || who.state != PARTICIPANT_ANSWERED)
		return PERMIT_NOT_FOUND;
	*ret = (struct actor){ .org_id = who.org_id };
	return PERMIT_OK;
}

static int check_sheet_link(struct req *rq, struct actor *ret, struct err *err)
{
	const struct token *t = rq->args;
	struct scorecard_sheet_by_token_row row;
	int r = scorecard_sheet_by_token(rq->db, rq->arena, token_hash(rq->arena, t), &row, err);

	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND)
		return check_cut_link(rq, t, ret, err);
	*ret = (struct actor){ .org_id = row.org_id, .subject_id = row.id };
	return PERMIT_OK;
}

static int check_share_link(struct req *rq, struct actor *ret, struct err *err)
{
	const struct token *t = rq->args;
	struct scorecard_share_by_token_row row;
	int r = scorecard_share_by_token(rq->db, rq->arena, token_hash(rq->arena, t), &row, err);

	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND)
		return PERMIT_NOT_FOUND;
	if (row.has_revoked_ms)
		return PERMIT_GONE;
	*ret = (struct actor){ .org_id = row.org_id, .subject_id = row.sheet_id };
	return PERMIT_OK;
}

const struct permission permission_sheet_link = { .name = "sheet-link", .check = check_sheet_link };
const struct permission permission_share_link = { .name = "share-link", .check = check_share_link };
