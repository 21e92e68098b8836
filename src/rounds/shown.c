/* Which rounds show what they counted: see shown.h. */
#include "rounds/shown.h"

#include "rounds/queries.h"
#include "rounds/workshop.h"

static enum round_shown by_terms(const struct round *round, uint32_t n_sent)
{
	if (round->state == ROUND_DRAFT || round->state == ROUND_WAITING)
		return ROUND_NOT_BEGUN;
	if (round->state == ROUND_OPEN && round->terms.mode == ROUND_ANONYMOUS)
		return ROUND_STILL_OPEN;
	return n_sent < round->terms.threshold ? ROUND_TOO_FEW : ROUND_SHOWN;
}

int round_shown(struct db *db, struct arena *a, const struct round *round, uint32_t n_sent,
		enum round_shown *ret, struct err *err)
{
	struct workshop w;
	int r;

	*ret = by_terms(round, n_sent);
	if (*ret != ROUND_SHOWN)
		return 0;
	r = workshop_load(db, a, round->org_id, round->id, &w, err);
	if (r == 0 && w.is_open && w.first_vote == VOTE_FIRST)
		*ret = ROUND_IN_ROOM;
	return r < 0 ? r : 0;
}

static bool second_is_revealed(const struct agenda_item *item)
{
	return item && item->standing.vote == VOTE_SECOND && item->standing.state != ITEM_VOTING;
}

int shown_second(struct db *db, struct arena *a, const struct round *round,
		 const struct scorecard *sc, struct shown_vote **ret, struct err *err)
{
	struct shown_vote *votes = arena_new(a, struct shown_vote, sc->n_questions);
	struct round_tallies counts;
	struct agenda agenda;
	struct workshop w;
	int r = workshop_load(db, a, round->org_id, round->id, &w, err);

	*ret = votes;
	if (r == DB_NOT_FOUND)
		return 0;
	if (r == 0)
		r = workshop_agenda(db, a, &w, &agenda, err);
	if (r == 0)
		r = tally_read(db, a, round, VOTE_SECOND, sc, &counts, err);
	if (r != 0)
		return r;
	for (size_t i = 0; i < sc->n_questions; i++) {
		const struct tally *t = &counts.whole.questions[i];

		if (!second_is_revealed(agenda_find(&agenda, sc->questions[i].id)))
			continue;
		votes[i].is_held = true;
		votes[i].is_hidden = !vote_may_show(round->terms.mode, tally_given(t));
		if (!votes[i].is_hidden)
			votes[i].tally = *t;
	}
	return 0;
}

int shown_list(struct db *db, struct arena *a, int64_t org_id, const char *kind, struct str pack,
	       bool only_closed, int64_t now_ms, struct shown_round **ret, size_t *ret_n,
	       struct err *err)
{
	struct rounds_shown_list_rows rows;
	size_t n = 0;
	int r = rounds_shown_list(db, a, org_id, str_from(kind), pack, now_ms, &rows, err);

	if (r != 0)
		return r;
	*ret = arena_new(a, struct shown_round, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct rounds_shown_list_row *row = &rows.items[i];

		if (row->n_sent < row->threshold || (only_closed && !row->is_closed))
			continue;
		(*ret)[n++] = (struct shown_round){
			.org_id = org_id,
			.id = row->id,
			.title = row->title,
			.opened_ms = row->opened_ms,
			.is_closed = row->is_closed,
			.n_sent = (uint32_t)row->n_sent,
		};
	}
	*ret_n = n;
	return 0;
}

int shown_compared(struct db *db, struct arena *a, const char *kind, struct str pack,
		   int64_t now_ms, struct shown_round **ret, size_t *ret_n, struct err *err)
{
	struct rounds_compared_list_rows rows;
	size_t n = 0;
	int r = rounds_compared_list(db, a, str_from(kind), pack, now_ms, &rows, err);

	if (r != 0)
		return r;
	*ret = arena_new(a, struct shown_round, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[n++] = (struct shown_round){
			.org_id = rows.items[i].org_id,
			.id = rows.items[i].id,
			.is_closed = true,
		};
	*ret_n = n;
	return 0;
}

int round_now(struct db *db, struct arena *a, int64_t org_id, int64_t now_ms, struct round_now *ret,
	      struct err *err)
{
	struct rounds_running_list_rows rows;
	struct round_now now = { .is_open = false };
	int r = rounds_running_list(db, a, org_id, now_ms, &rows, err);

	if (r != 0)
		return r;
	for (size_t i = 0; i < rows.n; i++) {
		const struct rounds_running_list_row *row = &rows.items[i];
		bool is_open = !row->has_opens_ms || row->opens_ms <= now_ms;
		bool has_date = is_open ? row->has_closes_ms : true;
		int64_t date = is_open ? row->closes_ms : row->opens_ms;

		if (has_date && (!now.has_next || date < now.next_ms)) {
			now.has_next = true;
			now.next_ms = date;
		}
		if (!is_open || now.is_open)
			continue;
		now.is_open = true;
		now.round_id = row->id;
		now.title = row->title;
		now.n_sent = row->n_sent;
		now.n_invited = row->n_invited;
		now.has_rate = row->n_invited > 0;
	}
	*ret = now;
	return 0;
}
