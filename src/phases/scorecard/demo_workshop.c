/* The workshop of a demonstration: who is in the room votes a second time on what is disputed, then agrees. */
#include "phases/app.h"
#include "phases/scorecard/demo_priv.h"
#include "rounds/room.h"

enum { ROOM = 7 }; /* people; each agreement has so many votes */

static int reload(struct demo *d, const struct round *round, struct workshop *ret)
{
	return workshop_load(d->rq.db, d->rq.arena, round->org_id, round->id, ret, d->err);
}

static int start(struct demo *d, const struct round *round)
{
	const struct scorecard *def = &app_of(&d->rq)->pack->scorecard.def;
	struct str *items = arena_new(d->rq.arena, struct str, def->n_questions);

	for (size_t i = 0; i < def->n_questions; i++)
		items[i] = def->questions[i].id;
	return workshop_start(&d->rq, round, items, def->n_questions, false, d->err);
}

/* People come in: their participants. */
static int fill_room(struct demo *d, const struct round *round, int64_t people[ROOM])
{
	struct token t;
	struct workshop w;
	int64_t org, id;
	int r = reload(d, round, &w);

	for (int i = 0; r == 0 && i < ROOM; i++) {
		r = room_join(&d->rq, round, &w, S(""), 0, &t, d->err);
		if (r == 0)
			r = room_find(d->rq.db, d->rq.arena, &t, w.code, &org, &id, &people[i],
				      d->err);
	}
	return r;
}

static int cast(struct demo *d, const struct round *round, const int64_t people[ROOM],
		const struct demo_agreement *x)
{
	struct str rest = str_from(x->votes);
	int r = 0;

	for (int i = 0; r == 0 && i < ROOM; i++) {
		struct str value = str_cut(&rest, ' ');
		bool is_known = !str_is(value, "unknown");

		r = room_cast(&d->rq, round, people[i], VOTE_SECOND,
			      &(struct ballot_item){
				      .item = str_from(x->question),
				      .kind = is_known ? TALLY_VALUE : TALLY_UNKNOWN,
				      .value = is_known ? value : S(""),
			      },
			      d->err);
	}
	return r;
}

/* Each step acts on the workshop as the one before left it. */
static int settle(struct demo *d, const struct round *round, const int64_t people[ROOM],
		  const struct demo_agreement *x)
{
	struct str item = str_from(x->question);
	struct agreement agreed = {
		.item = item,
		.value = str_from(x->value),
		.reason = str_from(x->reason),
		.account_id = d->rq.actor.account_id,
		.at_ms = d->rq.now_ms,
	};
	struct workshop w;
	int r = reload(d, round, &w);

	if (r == 0)
		r = workshop_go(&d->rq, &w, item, d->err);
	if (r == 0)
		r = reload(d, round, &w);
	if (r == 0)
		r = workshop_turn(&d->rq, round, &w, ITEM_OPENS, item, d->err);
	if (r == 0)
		r = cast(d, round, people, x);
	if (r == 0)
		r = reload(d, round, &w);
	if (r == 0)
		r = workshop_turn(&d->rq, round, &w, ITEM_REVEALS, item, d->err);
	if (r == 0)
		r = reload(d, round, &w);
	return r == 0 ? workshop_agree(&d->rq, round, &w, &agreed, 1, d->err) : r;
}

int demo_workshop(struct demo *d, const struct round *round, const struct demo_agreement *list)
{
	int64_t people[ROOM];
	struct workshop w;
	int r = start(d, round);

	if (r == 0)
		r = fill_room(d, round, people);
	for (const struct demo_agreement *x = list; r == 0 && x->question; x++)
		r = settle(d, round, people, x);
	if (r == 0)
		r = reload(d, round, &w);
	return r == 0 ? workshop_end(&d->rq, round, &w, d->err) : r;
}
