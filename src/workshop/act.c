/* What the buttons of the facilitator's desk do. Each carries the version that its page showed. */
#include "base/token.h"
#include "people/people.h"
#include "workshop/pages_priv.h"

enum { MINUTE_MS = 60 * 1000 };

/* ---- items that agree already ---- */

/* Whether most gave the same answer; which, and how many. */
static bool is_easy(struct req *rq, const struct scene *s, size_t index,
		    const struct question_spread *spread, struct easy_item *ret)
{
	const struct question *q = &s->card->questions[index];

	if (spread->mode.kind != ANSWER_OPTION && spread->mode.kind != ANSWER_LEVEL)
		return false;
	if (opinions_of(spread) != OPINIONS_ALIKE)
		return false;
	*ret = (struct easy_item){
		.index = index,
		.value = answer_text(rq->arena, q, spread->mode),
		.share = fmt_percent(rq->arena, rq->language, spread->mode_share),
	};
	return true;
}

int easy_items(struct req *rq, const struct scene *s, struct easy_item **ret, size_t *ret_n,
	       struct err *err)
{
	struct round_tallies t;
	struct consolidation c;
	int r;

	*ret_n = 0;
	*ret = arena_new(rq->arena, struct easy_item, s->agenda.n);
	/* Only what came before the workshop: in the room, a vote is there to be talked about. */
	if (s->workshop.first_vote != VOTE_SECOND)
		return 0;
	r = tally_read(rq->db, rq->arena, &s->round, VOTE_FIRST, s->card, &t, err);
	if (r != 0)
		return r;
	if (scene_is_anonymous(s) && t.whole.respondents < s->round.terms.threshold)
		return 0;
	c = consolidate(rq->arena, s->card, &t.whole);
	for (size_t i = 0; i < s->agenda.n; i++) {
		int index = scene_index(s, s->agenda.items[i].item);
		struct item_standing at = s->agenda.items[i].standing;

		if (index >= 0 && at.state == ITEM_REVEALED && at.vote == VOTE_FIRST &&
		    is_easy(rq, s, (size_t)index, &c.questions[index], &(*ret)[*ret_n]))
			(*ret_n)++;
	}
	return 0;
}

/* ---- starting ---- */

/* The card's items, the most disputed first or in the pack's order. */
static int order_items(struct req *rq, const struct scene *s, bool by_dispute, struct str **ret,
		       struct err *err)
{
	size_t n = s->card->n_questions;
	struct str *items = arena_new(rq->arena, struct str, n);
	struct round_tallies t;
	struct consolidation c;
	int r = tally_read(rq->db, rq->arena, &s->round, VOTE_FIRST, s->card, &t, err);

	if (r != 0)
		return r;
	c = consolidate(rq->arena, s->card, &t.whole);
	/* The order of too few anonymous answers would tell about them. */
	by_dispute = by_dispute &&
		     (!scene_is_anonymous(s) || t.whole.respondents >= s->round.terms.threshold);
	for (size_t i = 0; i < n; i++)
		items[i] = s->card->questions[by_dispute ? c.disagreement[i] : i].id;
	*ret = items;
	return 0;
}

static int note(struct req *rq, const struct scene *s, const char *action, struct err *err)
{
	return audit_add(rq,
			 &(struct audit_entry){
				 .action = action,
				 .object_kind = "round",
				 .object_id = s->round.id,
				 .after = audit_value(rq->arena, "title", s->round.terms.title),
			 },
			 err);
}

struct reply *desk_start(struct req *rq)
{
	const struct desk_args *args = rq->args;
	struct str *items;
	struct scene s;
	struct err err;
	int r = scene_load(rq, args->round, &s, &err);

	if (r == 0)
		r = order_items(rq, &s, !str_is(args->order, "pack"), &items, &err);
	if (r == 0)
		r = workshop_start(rq, &s.round, items, s.card->n_questions, args->names, &err);
	/* A second click, or somebody else: it has started. */
	if (r == ROUND_ALREADY)
		return reply_redirect(rq, round_url(rq, s.round.id, "/workshop"));
	if (r == 0)
		r = note(rq, &s, N_("started a workshop"), &err);
	if (r != 0)
		return scene_failed(rq, r, &err);
	return reply_redirect(rq, round_url(rq, s.round.id, "/workshop"));
}

/* ---- the others ---- */

/* The open workshop at the version that the page showed. */
static int load_for_act(struct req *rq, struct scene *s, struct err *err)
{
	const struct act_args *args = rq->args;
	int r = scene_load(rq, args->round, s, err);

	if (r != 0)
		return r;
	if (!s->has_workshop)
		return DB_NOT_FOUND;
	/* The version is compared once more as it is changed. */
	if (s->workshop.version != args->version || !s->workshop.is_open)
		return ROUND_STALE;
	return 0;
}

/* Back to the desk, or the desk with what was not done. */
static struct reply *answer_act(struct req *rq, int result, const struct err *err)
{
	const struct act_args *args = rq->args;

	switch (result) {
	case 0:
		return reply_redirect(rq, round_url(rq, args->round, "/workshop"));
	case ROUND_STALE:
		return desk_again(
			rq, 409,
			tr(rq->language,
			   "Somebody else moved the workshop on meanwhile. This is where it is now; what you asked for was not done."));
	case ROUND_LACKING:
		return desk_again(
			rq, 409,
			tr(rq->language,
			   "Too few have voted for the vote to be revealed: in an anonymous campaign it takes three."));
	case ROUND_REFUSED:
		return desk_again(rq, 409,
				  tr(rq->language,
				     "That is not possible now. This is where the workshop is."));
	default:
		return scene_failed(rq, result, err);
	}
}

static struct reply *turn(struct req *rq, enum item_event event)
{
	const struct act_args *args = rq->args;
	struct scene s;
	struct err err;
	int r = load_for_act(rq, &s, &err);

	if (r == 0)
		r = workshop_turn(rq, &s.round, &s.workshop, event, args->item, &err);
	return answer_act(rq, r, &err);
}

struct reply *desk_open(struct req *rq)
{
	return turn(rq, ITEM_OPENS);
}

struct reply *desk_reveal(struct req *rq)
{
	return turn(rq, ITEM_REVEALS);
}

struct reply *desk_stop(struct req *rq)
{
	return turn(rq, ITEM_STOPS);
}

struct reply *desk_skip(struct req *rq)
{
	return turn(rq, ITEM_SKIPS);
}

struct reply *desk_return(struct req *rq)
{
	return turn(rq, ITEM_RETURNS);
}

struct reply *desk_go(struct req *rq)
{
	const struct act_args *args = rq->args;
	struct scene s;
	struct err err;
	int r = load_for_act(rq, &s, &err);

	if (r == 0)
		r = workshop_go(rq, &s.workshop, args->item, &err);
	return answer_act(rq, r, &err);
}

/* ---- agreeing ---- */

/* In the words of who notes it. */
static int note_agreed(struct req *rq, const struct scene *s, const struct agreement *agreed,
		       struct err *err)
{
	struct rating_text text = scene_text(rq, s, (size_t)scene_index(s, agreed->item));
	const struct act_args *args = rq->args;

	return audit_add(rq,
			 &(struct audit_entry){
				 .action = N_("recorded an agreed answer"),
				 .object_kind = "round",
				 .object_id = args->round,
				 .after = audit_value(rq->arena, str_c(rq->arena, text.label),
						      value_words(rq, &text, agreed->value)),
			 },
			 err);
}

struct reply *desk_agree(struct req *rq)
{
	const struct act_args *args = rq->args;
	struct agreement agreed = {
		.item = args->item,
		.value = args->value,
		.reason = str_trim(args->reason),
		.account_id = rq->actor.account_id,
		.at_ms = rq->now_ms,
	};
	struct answer answer;
	struct scene s;
	struct err err;
	int r = load_for_act(rq, &s, &err), index;

	if (r != 0)
		return answer_act(rq, r, &err);
	index = scene_index(&s, args->item);
	if (index < 0 || !str_eq(args->item, s.workshop.item) ||
	    !item_may(scene_here(&s)->standing, ITEM_AGREES))
		return answer_act(rq, ROUND_REFUSED, &err);
	if (rq->n_arg_errors > 0 || agreed.reason.len == 0 ||
	    answer_parse(&s.card->questions[index], args->value, &answer) != 0 ||
	    answer.kind == ANSWER_UNKNOWN)
		return desk_again(rq, 422, S(""));
	r = workshop_agree(rq, &s.round, &s.workshop, &agreed, 1, &err);
	if (r == 0)
		r = note_agreed(rq, &s, &agreed, &err);
	return answer_act(rq, r, &err);
}

struct reply *desk_accept(struct req *rq)
{
	struct agreement *agreed;
	struct easy_item *easy;
	struct scene s;
	struct err err;
	size_t n = 0;
	int r = load_for_act(rq, &s, &err);

	if (r == 0)
		r = easy_items(rq, &s, &easy, &n, &err);
	if (r != 0)
		return answer_act(rq, r, &err);
	agreed = arena_new(rq->arena, struct agreement, n);
	for (size_t i = 0; i < n; i++)
		agreed[i] = (struct agreement){
			.item = s.card->questions[easy[i].index].id,
			.value = easy[i].value,
			.reason = tr_fill(rq->arena,
					  tr(rq->language,
					     "Accepted without a vote: {share} gave this answer."),
					  &(const struct tr_arg){ "share", easy[i].share }, 1),
			.account_id = rq->actor.account_id,
			.at_ms = rq->now_ms,
		};
	r = workshop_agree(rq, &s.round, &s.workshop, agreed, n, &err);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = note_agreed(rq, &s, &agreed[i], &err);
	return answer_act(rq, r, &err);
}

/* ---- the timer, the end ---- */

struct reply *desk_timer(struct req *rq)
{
	static const struct {
		const char *name;
		enum timer_event event;
	} acts[] = {
		{ "start", TIMER_STARTS },   { "pause", TIMER_PAUSES }, { "resume", TIMER_RESUMES },
		{ "extend", TIMER_EXTENDS }, { "clear", TIMER_CLEARS },
	};
	const struct act_args *args = rq->args;
	struct scene s;
	struct err err;
	int r = load_for_act(rq, &s, &err);

	if (r != 0)
		return answer_act(rq, r, &err);
	if (rq->n_arg_errors)
		return desk_again(
			rq, 422,
			tr_fill(rq->arena,
				tr(rq->language,
				   "Set the timer to a whole number of minutes, {n} at most."),
				&(const struct tr_arg){
					"n", fmt_int(rq->arena, rq->language, MINUTES_MAX) },
				1));
	r = ROUND_REFUSED;
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (str_is(args->act, acts[i].name))
			r = workshop_time(rq, &s.workshop, acts[i].event,
					  (args->minutes ? args->minutes : 1) * MINUTE_MS, &err);
	return answer_act(rq, r, &err);
}

struct reply *desk_end(struct req *rq)
{
	struct scene s;
	struct err err;
	int r = load_for_act(rq, &s, &err);

	if (r == 0)
		r = workshop_end(rq, &s.round, &s.workshop, &err);
	if (r == 0)
		r = note(rq, &s, N_("ended a workshop"), &err);
	return answer_act(rq, r, &err);
}

struct reply *desk_resume(struct req *rq)
{
	const struct act_args *args = rq->args;
	struct scene s;
	struct err err;
	int r = scene_load(rq, args->round, &s, &err);

	if (r == 0 && !s.has_workshop)
		r = DB_NOT_FOUND;
	if (r == 0 && !s.workshop.is_open)
		r = s.round.has_forgotten ? ROUND_REFUSED : workshop_resume(rq, &s.workshop, &err);
	if (r == 0)
		r = note(rq, &s, N_("took a workshop up again"), &err);
	if (r != 0)
		return scene_failed(rq, r, &err);
	return reply_redirect(rq, round_url(rq, s.round.id, "/workshop"));
}
