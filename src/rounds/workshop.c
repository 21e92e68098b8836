/* Workshops in the database: see workshop.h. */
#include "rounds/workshop.h"

#include "rounds/code.h"
#include "rounds/queries.h"
#include "rounds/room.h"

static const char *const state_names[ITEM_STATES] = {
	[ITEM_WAITING] = "waiting", [ITEM_VOTING] = "voting",   [ITEM_REVEALED] = "revealed",
	[ITEM_AGREED] = "agreed",   [ITEM_SKIPPED] = "skipped",
};

static enum item_state state_named(struct str name)
{
	for (int i = 0; i < ITEM_STATES; i++)
		if (str_is(name, state_names[i]))
			return (enum item_state)i;
	return ITEM_WAITING;
}

/* ---- reading ---- */

int workshop_load(struct db *db, struct arena *a, int64_t org_id, int64_t round_id,
		  struct workshop *ret, struct err *err)
{
	struct rounds_workshop_get_row row;
	int r = rounds_workshop_get(db, a, org_id, round_id, &row, err);

	if (r != 0)
		return r;
	*ret = (struct workshop){
		.org_id = org_id,
		.round_id = round_id,
		.is_open = str_is(row.state, "open"),
		.code = row.code,
		.first_vote = (int)row.first_vote,
		.shows_names = row.shows_names,
		.item = row.item,
		.timer = { .is_running = row.has_timer_ends_ms,
			   .is_paused = row.has_timer_left_ms,
			   .ends_ms = row.timer_ends_ms,
			   .left_ms = row.timer_left_ms },
		.started_ms = row.started_ms,
		.over_ms = row.over_ms,
		.version = row.version,
		.news = row.news,
	};
	return 0;
}

int workshop_agenda(struct db *db, struct arena *a, const struct workshop *w, struct agenda *ret,
		    struct err *err)
{
	struct rounds_workshop_item_list_rows rows;
	int r = rounds_workshop_item_list(db, a, w->org_id, w->round_id, &rows, err);

	if (r != 0)
		return r;
	ret->items = arena_new(a, struct agenda_item, rows.n);
	ret->n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		ret->items[i] = (struct agenda_item){
			rows.items[i].item,
			{ state_named(rows.items[i].state), (int)rows.items[i].vote },
		};
	return 0;
}

struct agenda_item *agenda_find(const struct agenda *agenda, struct str item)
{
	for (size_t i = 0; i < agenda->n; i++)
		if (str_eq(agenda->items[i].item, item))
			return &agenda->items[i];
	return NULL;
}

int workshop_find(struct db *db, struct arena *a, struct str code, int64_t *ret_org,
		  int64_t *ret_round, struct err *err)
{
	struct rounds_workshop_by_code_row row;
	int r = rounds_workshop_by_code(db, a, code, &row, err);

	if (r != 0)
		return r;
	*ret_org = row.org_id;
	*ret_round = row.round_id;
	return 0;
}

/* ---- telling ---- */

struct str workshop_topic(struct arena *a, const struct workshop *w)
{
	return str_fmt(a, "workshop:%llx", (unsigned long long)w->round_id);
}

struct str workshop_desk_topic(struct arena *a, const struct workshop *w)
{
	return str_fmt(a, "workshop-desk:%llx", (unsigned long long)w->round_id);
}

/* Everybody is told; a change has just been made, so both counters are one higher, or more. */
static int tell(struct req *rq, const struct workshop *was, struct err *err)
{
	struct workshop w;
	int r = workshop_load(rq->db, rq->arena, was->org_id, was->round_id, &w, err);

	if (r != 0)
		return r;
	req_publish(rq, workshop_topic(rq->arena, &w), w.version);
	req_publish(rq, workshop_desk_topic(rq->arena, &w), w.news);
	return 0;
}

/* ---- starting ---- */

static bool has_answers(const struct department_count *counts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (counts[i].n > 0)
			return true;
	return false;
}

static int add_agenda(struct req *rq, const struct round *round, const struct str *items, size_t n,
		      int first_vote, struct err *err)
{
	bool was_answered = first_vote == VOTE_SECOND;
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++)
		r = rounds_workshop_item_add(
			rq->db,
			&(struct rounds_workshop_item_add_params){
				.org_id = round->org_id,
				.round_id = round->id,
				.item = items[i],
				.position = (int64_t)i,
				.state = str_from(
					state_names[was_answered ? ITEM_REVEALED : ITEM_WAITING]),
				.vote = was_answered ? VOTE_FIRST : 0,
			},
			err);
	return r;
}

/* What a workshop shows of an anonymous round must not change by sheets that come meanwhile: two looks would
 * tell what is in them. */
static int stop_sheets(struct req *rq, const struct round *round, struct err *err)
{
	if (round->terms.mode != ROUND_ANONYMOUS || round->state != ROUND_OPEN)
		return 0;
	return round_turn(rq->db, rq->arena, round, ROUND_CLOSES, rq->now_ms, err);
}

int workshop_start(struct req *rq, const struct round *round, const struct str *items, size_t n,
		   bool shows_names, struct err *err)
{
	struct rounds_workshop_add_params p = {
		.org_id = round->org_id,
		.round_id = round->id,
		.shows_names = shows_names && round->terms.mode == ROUND_NOMINATIVE,
		.has_started_by = rq->actor.account_id != 0,
		.started_by = rq->actor.account_id,
		.now_ms = rq->now_ms,
	};
	struct department_count *counts;
	int64_t changed;
	size_t n_counts;
	int r;

	if (round->state == ROUND_DRAFT || round->state == ROUND_WAITING || round->has_forgotten)
		return ROUND_REFUSED;
	r = stop_sheets(rq, round, err);
	if (r == 0)
		r = room_code_free(rq->db, rq->arena, &p.code, err);
	if (r == 0)
		r = tally_sheets(rq->db, rq->arena, round, &counts, &n_counts, err);
	if (r != 0)
		return r;
	p.first_vote = has_answers(counts, n_counts) ? VOTE_SECOND : VOTE_FIRST;
	r = rounds_workshop_add(rq->db, &p, &changed, err);
	if (r == 0 && changed == 0)
		return ROUND_ALREADY;
	return r == 0 ? add_agenda(rq, round, items, n, (int)p.first_vote, err) : r;
}

/* ---- what facilitators do ---- */

/* Changes the workshop itself, if nobody else did; everything else comes after. */
static int move(struct req *rq, const struct workshop *w, struct str item,
		const struct timer *timer, struct err *err)
{
	int64_t changed;
	int r = rounds_workshop_move(rq->db,
				     &(struct rounds_workshop_move_params){
					     .org_id = w->org_id,
					     .round_id = w->round_id,
					     .version = w->version,
					     .item = item,
					     .has_timer_ends_ms = timer->is_running,
					     .timer_ends_ms = timer->ends_ms,
					     .has_timer_left_ms = timer->is_paused,
					     .timer_left_ms = timer->left_ms,
				     },
				     &changed, err);

	if (r != 0)
		return r;
	return changed ? tell(rq, w, err) : ROUND_STALE;
}

/* The agenda, and whether a vote is open on what is talked about. */
static int look(struct req *rq, const struct workshop *w, struct agenda *ret, bool *ret_is_voting,
		struct err *err)
{
	const struct agenda_item *here;
	int r = workshop_agenda(rq->db, rq->arena, w, ret, err);

	if (r != 0)
		return r;
	here = agenda_find(ret, w->item);
	*ret_is_voting = here && here->standing.state == ITEM_VOTING;
	return 0;
}

static int set_standing(struct req *rq, const struct workshop *w, const struct agenda_item *at,
			struct err *err)
{
	return rounds_workshop_item_set(rq->db,
					&(struct rounds_workshop_item_set_params){
						.org_id = w->org_id,
						.round_id = w->round_id,
						.item = at->item,
						.state = str_from(state_names[at->standing.state]),
						.vote = at->standing.vote,
					},
					err);
}

int workshop_go(struct req *rq, const struct workshop *w, struct str item, struct err *err)
{
	struct agenda agenda;
	bool is_voting;
	int r = look(rq, w, &agenda, &is_voting, err);

	if (r != 0)
		return r;
	if (is_voting || !agenda_find(&agenda, item))
		return ROUND_REFUSED;
	return move(rq, w, item, &(struct timer){ .is_running = false }, err);
}

/* Whether enough voted for it to be shown. */
static int may_show(struct req *rq, const struct round *round, const struct workshop *w,
		    const struct agenda_item *at, struct err *err)
{
	struct room_count count;
	int r = room_count(rq->db, rq->arena, w, at->standing.vote, at->item, &count, err);

	if (r != 0)
		return r;
	return vote_may_show(round->terms.mode, count.n_voted) ? 0 : ROUND_LACKING;
}

/* What else a transition does. */
static int follow(struct req *rq, const struct round *round, enum item_event event,
		  const struct agenda_item *at, struct err *err)
{
	int r;

	switch (event) {
	case ITEM_STOPS:
		return room_discard(rq->db, rq->arena, round, at->standing.vote, at->item, err);
	case ITEM_RETURNS:
		r = agreement_clear(rq->db, round, at->item, err);
		return r == ROUND_ALREADY ? 0 : r;
	case ITEM_OPENS:
	case ITEM_REVEALS:
	case ITEM_AGREES:
	case ITEM_SKIPS:
		break;
	}
	return 0;
}

int workshop_turn(struct req *rq, const struct round *round, const struct workshop *w,
		  enum item_event event, struct str item, struct err *err)
{
	struct timer timer = w->timer;
	struct agenda_item *at;
	struct agenda agenda;
	bool is_voting;
	int r = look(rq, w, &agenda, &is_voting, err);

	if (r != 0)
		return r;
	at = agenda_find(&agenda, item);
	if (!at || !item_may(at->standing, event) || event == ITEM_AGREES)
		return ROUND_REFUSED;
	if ((is_voting || event == ITEM_OPENS) && !str_eq(w->item, item))
		return ROUND_REFUSED;
	if (event == ITEM_REVEALS || event == ITEM_STOPS)
		timer = (struct timer){ .is_running = false };
	if (event == ITEM_REVEALS)
		r = may_show(rq, round, w, at, err);
	if (r == 0)
		r = move(rq, w, event == ITEM_RETURNS ? item : w->item, &timer, err);
	if (r == 0)
		r = follow(rq, round, event, at, err);
	if (r == 0)
		r = item_turn(&at->standing, event);
	return r == 0 ? set_standing(rq, w, at, err) : r;
}

int workshop_agree(struct req *rq, const struct round *round, const struct workshop *w,
		   const struct agreement *agreed, size_t n, struct err *err)
{
	struct agenda agenda;
	bool is_voting;
	int r = look(rq, w, &agenda, &is_voting, err);

	for (size_t i = 0; r == 0 && i < n; i++) {
		struct agenda_item *at = agenda_find(&agenda, agreed[i].item);

		r = at ? item_turn(&at->standing, ITEM_AGREES) : ROUND_REFUSED;
	}
	if (r == 0)
		r = move(rq, w, w->item, &w->timer, err);
	for (size_t i = 0; r == 0 && i < n; i++) {
		r = agreement_set(rq->db, round, &agreed[i], err);
		if (r == 0)
			r = set_standing(rq, w, agenda_find(&agenda, agreed[i].item), err);
	}
	return r;
}

int workshop_heed(struct req *rq, const struct round *round, struct str item, bool is_agreed,
		  struct err *err)
{
	struct agenda agenda;
	struct agenda_item *at;
	struct workshop w;
	int r = workshop_load(rq->db, rq->arena, round->org_id, round->id, &w, err);

	if (r != 0)
		return r == DB_NOT_FOUND ? 0 : r;
	r = workshop_agenda(rq->db, rq->arena, &w, &agenda, err);
	if (r != 0)
		return r;
	at = agenda_find(&agenda, item);
	if (!at || (is_agreed ? !w.is_open : at->standing.state != ITEM_AGREED))
		return 0;
	if (!is_agreed || at->standing.state == ITEM_SKIPPED)
		r = item_turn(&at->standing, ITEM_RETURNS);
	if (r == 0 && is_agreed)
		r = item_turn(&at->standing, ITEM_AGREES);
	if (r == 0 && w.is_open)
		r = move(rq, &w, w.item, &w.timer, err);
	return r == 0 ? set_standing(rq, &w, at, err) : r;
}

int workshop_time(struct req *rq, const struct workshop *w, enum timer_event event, int64_t ms,
		  struct err *err)
{
	struct timer timer = w->timer;
	int r = timer_turn(&timer, event, ms, rq->now_ms);

	return r == 0 ? move(rq, w, w->item, &timer, err) : r;
}

/* ---- the end ---- */

int workshop_end(struct req *rq, const struct round *round, const struct workshop *w,
		 struct err *err)
{
	struct agenda agenda;
	bool is_voting;
	int64_t changed;
	int r = look(rq, w, &agenda, &is_voting, err);

	if (r != 0)
		return r;
	if (is_voting)
		return ROUND_REFUSED;
	r = rounds_workshop_end(rq->db, w->org_id, w->round_id, w->version, rq->now_ms, &changed,
				err);
	if (r == 0 && changed == 0)
		return ROUND_STALE;
	if (r == 0)
		r = room_empty(rq->db, round, rq->now_ms, err);
	return r == 0 ? tell(rq, w, err) : r;
}

int workshop_resume(struct req *rq, const struct workshop *w, struct err *err)
{
	struct str code;
	int64_t changed;
	int r = room_code_free(rq->db, rq->arena, &code, err);

	if (r == 0)
		r = rounds_workshop_resume(rq->db,
					   &(struct rounds_workshop_resume_params){
						   .org_id = w->org_id,
						   .round_id = w->round_id,
						   .version = w->version,
						   .code = code,
						   .now_ms = rq->now_ms,
					   },
					   &changed, err);
	if (r != 0)
		return r;
	return changed ? tell(rq, w, err) : ROUND_STALE;
}
