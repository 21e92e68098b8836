/* Rounds: see round.h. */
#include "rounds/round.h"

#include "base/token.h"
#include "rounds/code.h"
#include "rounds/queries.h"

static const char *const mode_names[] = {
	[ROUND_NOMINATIVE] = "nominative",
	[ROUND_ANONYMOUS] = "anonymous",
};
static const char *const access_names[] = {
	[ROUND_PUBLIC] = "public",
	[ROUND_PERSONAL] = "personal",
	[ROUND_BOTH] = "both",
};

/* What can happen in which state; anything else is refused. */
static const struct {
	enum round_state from;
	enum round_event event;
} transitions[] = {
	{ ROUND_DRAFT, ROUND_OPENS },
	{ ROUND_WAITING, ROUND_CLOSES },
	{ ROUND_OPEN, ROUND_CLOSES },
	{ ROUND_CLOSED, ROUND_REOPENS },
};

/* ---- links and times ---- */

static struct token round_token(struct req *rq, int64_t round_id)
{
	return row_token(rq->arena, rq->key, "round", round_id);
}

struct str round_link(struct req *rq, int64_t round_id)
{
	struct token t = round_token(rq, round_id);

	return str_fmt(rq->arena, "/r/%.*s",
		       STR_ARG(base64url(rq->arena, t.bytes, sizeof t.bytes)));
}

int64_t round_day(int64_t ms)
{
	enum { DAY_MS = 24 * 60 * 60 * 1000 };

	return ms - ms % DAY_MS;
}

int64_t round_sheet_time(const struct round *r, int64_t now_ms)
{
	return r->terms.mode == ROUND_ANONYMOUS ? round_day(r->opened_ms) : now_ms;
}

/* ---- reading ---- */

/* The state that the stored one and the dates make together. */
static enum round_state state_at(struct str stored, bool has_opens, int64_t opens_ms,
				 bool has_closes, int64_t closes_ms, int64_t now_ms)
{
	if (str_is(stored, "draft"))
		return ROUND_DRAFT;
	if (str_is(stored, "closed") || (has_closes && now_ms >= closes_ms))
		return ROUND_CLOSED;
	return has_opens && now_ms < opens_ms ? ROUND_WAITING : ROUND_OPEN;
}

static enum round_mode mode_named(struct str name)
{
	return str_is(name, mode_names[ROUND_ANONYMOUS]) ? ROUND_ANONYMOUS : ROUND_NOMINATIVE;
}

static enum round_access access_named(struct str name)
{
	if (str_is(name, access_names[ROUND_BOTH]))
		return ROUND_BOTH;
	return str_is(name, access_names[ROUND_PERSONAL]) ? ROUND_PERSONAL : ROUND_PUBLIC;
}

static struct round_terms terms_of(const struct rounds_round_get_row *row)
{
	struct round_terms t = {
		.title = row->title,
		.mode = mode_named(row->mode),
		.access = access_named(row->access),
		.threshold = row->threshold,
		.asks_department = row->asks_department,
		.shows_result = row->shows_result,
		.controller = row->controller,
		.contact = row->contact,
		.purpose = row->purpose,
		.retention = row->retention,
		.has_opens = row->has_opens_ms,
		.opens_ms = row->opens_ms,
		.has_closes = row->has_closes_ms,
		.closes_ms = row->closes_ms,
		.has_keep_until = row->has_keep_until_ms,
		.keep_until_ms = row->keep_until_ms,
	};

	if (language_parse(row->language, &t.language) != 0)
		t.language = LANG_FR;
	return t;
}

int round_load(struct db *db, struct arena *a, int64_t org_id, int64_t id, int64_t now_ms,
	       struct round *ret, struct err *err)
{
	struct rounds_round_get_row row;
	int r = rounds_round_get(db, a, org_id, id, &row, err);

	if (r != 0)
		return r;
	*ret = (struct round){
		.org_id = org_id,
		.id = id,
		.kind = row.kind,
		.pack = row.pack,
		.pack_version = row.pack_version,
		.terms = terms_of(&row),
		.state = state_at(row.state, row.has_opens_ms, row.opens_ms, row.has_closes_ms,
				  row.closes_ms, now_ms),
		.code = row.has_code ? row.code : S(""),
		.has_opened = row.has_opened_ms,
		.opened_ms = row.opened_ms,
		.created_ms = row.created_ms,
		.updated_ms = row.updated_ms,
		.version = row.version,
		.has_forgotten = row.has_forgotten_ms,
		.forgotten_ms = row.forgotten_ms,
	};
	ret->has_closed = ret->state == ROUND_CLOSED;
	if (ret->has_closed)
		ret->closed_ms = row.has_closed_ms ? row.closed_ms : row.closes_ms;
	return 0;
}

int round_by_link(struct db *db, struct arena *a, const struct token *t, int64_t now_ms,
		  struct round *ret, struct err *err)
{
	struct rounds_round_by_token_row row;
	int r = rounds_round_by_token(db, a, token_hash(a, t), &row, err);

	if (r != 0)
		return r;
	db_scope(db, row.org_id);
	return round_load(db, a, row.org_id, row.id, now_ms, ret, err);
}

int round_by_code(struct db *db, struct arena *a, struct str code, int64_t *ret_id, struct err *err)
{
	struct rounds_round_by_code_row row;
	int r = rounds_round_by_code(db, a, code, &row, err);

	if (r != 0)
		return r;
	db_scope(db, row.org_id);
	*ret_id = row.id;
	return 0;
}

int round_list(struct db *db, struct arena *a, int64_t org_id, int64_t now_ms,
	       struct round_line **ret, size_t *ret_n, struct err *err)
{
	struct rounds_round_list_rows rows;
	struct round_line *lines;
	int r = rounds_round_list(db, a, org_id, &rows, err);

	if (r != 0)
		return r;
	lines = arena_new(a, struct round_line, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct rounds_round_list_row *row = &rows.items[i];

		lines[i] = (struct round_line){
			.id = row->id,
			.title = row->title,
			.state = state_at(row->state, row->has_opens_ms, row->opens_ms,
					  row->has_closes_ms, row->closes_ms, now_ms),
			.mode = mode_named(row->mode),
			.access = access_named(row->access),
			.has_opened = row->has_opened_ms,
			.opened_ms = row->opened_ms,
			.opens_ms = row->opens_ms,
			.has_closes = row->has_closes_ms,
			.closes_ms = row->closes_ms,
			.created_ms = row->created_ms,
			.n_invited = row->n_invited,
			.n_sent = row->n_sent,
		};
	}
	*ret = lines;
	*ret_n = rows.n;
	return 0;
}

/* ---- changing ---- */

/* What a round's terms are in its row, in the parameters of either query that writes them. */
#define TERMS_IN_ROW(terms)                                                                        \
	.title = (terms)->title, .mode = str_from(mode_names[(terms)->mode]),                      \
	.access = str_from(access_names[(terms)->access]), .threshold = (terms)->threshold,        \
	.asks_department = (terms)->asks_department, .shows_result = (terms)->shows_result,        \
	.language = language_code((terms)->language), .controller = (terms)->controller,           \
	.contact = (terms)->contact, .purpose = (terms)->purpose, .retention = (terms)->retention, \
	.has_opens_ms = (terms)->has_opens, .opens_ms = (terms)->opens_ms,                         \
	.has_closes_ms = (terms)->has_closes, .closes_ms = (terms)->closes_ms,                     \
	.has_keep_until_ms = (terms)->has_keep_until, .keep_until_ms = (terms)->keep_until_ms

int round_create(struct req *rq, int64_t org_id, const char *kind, struct str pack,
		 int64_t pack_version, const struct round_terms *terms, int64_t *ret,
		 struct err *err)
{
	struct rounds_round_add_params p = {
		.org_id = org_id,
		.id = id_make(rq->now_ms),
		.kind = str_from(kind),
		.pack = pack,
		.pack_version = pack_version,
		TERMS_IN_ROW(terms),
		.has_created_by = rq->actor.account_id != 0,
		.created_by = rq->actor.account_id,
		.now_ms = rq->now_ms,
	};
	struct token t = round_token(rq, p.id);
	int r;

	p.token_hash = token_hash(rq->arena, &t);
	r = rounds_round_add(rq->db, &p, err);
	if (r == 0)
		*ret = p.id;
	return r;
}

/* Whether `terms` change what opening froze: mode, departments, own results, notice, how long sheets are kept; or
 * lower the threshold. Never true of a draft. */
static bool round_is_frozen(const struct round *r, const struct round_terms *terms)
{
	const struct round_terms *was = &r->terms;

	if (r->state == ROUND_DRAFT)
		return false;
	return terms->mode != was->mode || terms->asks_department != was->asks_department ||
	       terms->shows_result != was->shows_result || terms->threshold < was->threshold ||
	       !str_eq(terms->controller, was->controller) ||
	       !str_eq(terms->contact, was->contact) || !str_eq(terms->purpose, was->purpose) ||
	       !str_eq(terms->retention, was->retention) ||
	       terms->has_keep_until != was->has_keep_until ||
	       (was->has_keep_until && terms->keep_until_ms != was->keep_until_ms);
}

int round_edit(struct db *db, const struct round *r, const struct round_terms *terms,
	       int64_t now_ms, struct err *err)
{
	int64_t changed;
	int result;

	if (r->state == ROUND_CLOSED || round_is_frozen(r, terms))
		return ROUND_REFUSED;
	result = rounds_round_edit(db,
				   &(struct rounds_round_edit_params){
					   .org_id = r->org_id,
					   .id = r->id,
					   .version = r->version,
					   TERMS_IN_ROW(terms),
					   .now_ms = now_ms,
				   },
				   &changed, err);
	if (result != 0)
		return result;
	return changed ? 0 : ROUND_STALE;
}

int round_erase(struct db *db, const struct round *r, struct err *err)
{
	int64_t changed;
	int result;

	if (r->state == ROUND_OPEN)
		return ROUND_REFUSED;
	result = rounds_round_erase(db, r->org_id, r->id, r->version, &changed, err);
	if (result != 0)
		return result;
	return changed ? 0 : ROUND_STALE;
}

unsigned round_lacks(const struct round_terms *t, int64_t now_ms)
{
	unsigned lacks = 0;

	lacks |= t->title.len ? 0 : LACK_TITLE;
	lacks |= t->controller.len ? 0 : LACK_CONTROLLER;
	lacks |= t->contact.len ? 0 : LACK_CONTACT;
	lacks |= t->purpose.len ? 0 : LACK_PURPOSE;
	lacks |= t->retention.len ? 0 : LACK_RETENTION;
	if (t->has_closes &&
	    (t->closes_ms <= now_ms || (t->has_opens && t->closes_ms <= t->opens_ms)))
		lacks |= LACK_DATES;
	if (!t->has_keep_until || t->keep_until_ms <= now_ms ||
	    (t->has_closes && t->keep_until_ms <= t->closes_ms))
		lacks |= LACK_KEEP;
	return lacks;
}

bool round_may(const struct round *r, enum round_event event)
{
	for (size_t i = 0; i < sizeof transitions / sizeof *transitions; i++)
		if (transitions[i].from == r->state && transitions[i].event == event)
			return event != ROUND_REOPENS ||
			       (r->terms.mode == ROUND_NOMINATIVE && !r->has_forgotten);
	return false;
}

/* Opens it; for good when its closing date is past. */
static int open_round(struct db *db, struct arena *a, const struct round *r, int64_t now_ms,
		      int64_t *ret_changed, struct err *err)
{
	struct str code;
	int result = room_code_free(db, a, &code, err);

	if (result != 0)
		return result;
	return rounds_round_open(
		db,
		&(struct rounds_round_open_params){
			.org_id = r->org_id,
			.id = r->id,
			.version = r->version,
			.has_closes_ms = r->terms.has_closes && r->terms.closes_ms > now_ms,
			.closes_ms = r->terms.closes_ms,
			.now_ms = now_ms,
			.code = code,
		},
		ret_changed, err);
}

int round_turn(struct db *db, struct arena *a, const struct round *r, enum round_event event,
	       int64_t now_ms, struct err *err)
{
	int64_t changed = 0;
	int result = 0;

	if (!round_may(r, event))
		return ROUND_REFUSED;
	switch (event) {
	case ROUND_OPENS:
		if (round_lacks(&r->terms, now_ms))
			return ROUND_LACKING;
		result = open_round(db, a, r, now_ms, &changed, err);
		break;
	case ROUND_REOPENS:
		result = open_round(db, a, r, now_ms, &changed, err);
		break;
	case ROUND_CLOSES:
		result =
			rounds_round_close(db, r->org_id, r->id, r->version, now_ms, &changed, err);
		break;
	}
	if (result != 0)
		return result;
	return changed ? 0 : ROUND_STALE;
}
