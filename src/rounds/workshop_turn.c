/* The rules of a workshop, without a database: see workshop.h. */
#include "rounds/workshop.h"

/* ---- items ---- */

static bool is_before_the_last(int vote)
{
	return vote < VOTE_SECOND;
}

/* What can happen to an item in which state, and what it becomes; anything else is refused. */
static const struct {
	enum item_state from;
	enum item_event event;
	enum item_state to;
	int votes; /* added to the number of the vote */
} transitions[] = {
	{ ITEM_WAITING, ITEM_OPENS, ITEM_VOTING, 1 },
	{ ITEM_REVEALED, ITEM_OPENS, ITEM_VOTING, 1 }, /* but after the second */
	{ ITEM_VOTING, ITEM_REVEALS, ITEM_REVEALED, 0 },
	{ ITEM_VOTING, ITEM_STOPS, ITEM_REVEALED, -1 }, /* waiting again after the first */
	{ ITEM_WAITING, ITEM_AGREES, ITEM_AGREED, 0 },
	{ ITEM_REVEALED, ITEM_AGREES, ITEM_AGREED, 0 },
	{ ITEM_AGREED, ITEM_AGREES, ITEM_AGREED, 0 },
	{ ITEM_WAITING, ITEM_SKIPS, ITEM_SKIPPED, 0 },
	{ ITEM_REVEALED, ITEM_SKIPS, ITEM_SKIPPED, 0 },
	{ ITEM_SKIPPED, ITEM_RETURNS, ITEM_REVEALED, 0 },
	{ ITEM_AGREED, ITEM_RETURNS, ITEM_REVEALED, 0 },
};

int item_turn(struct item_standing *s, enum item_event event)
{
	for (size_t i = 0; i < sizeof transitions / sizeof *transitions; i++) {
		if (transitions[i].from != s->state || transitions[i].event != event)
			continue;
		if (event == ITEM_OPENS && !is_before_the_last(s->vote))
			return ROUND_REFUSED;
		s->vote += transitions[i].votes;
		s->state = transitions[i].to;
		/* Nothing is shown of an item that nobody has voted on. */
		if (s->state == ITEM_REVEALED && s->vote == 0)
			s->state = ITEM_WAITING;
		return 0;
	}
	return ROUND_REFUSED;
}

bool item_may(struct item_standing s, enum item_event event)
{
	return item_turn(&s, event) == 0;
}

bool vote_may_show(enum round_mode mode, int64_t n_voted)
{
	return mode == ROUND_NOMINATIVE || !given_by_few(n_voted);
}

/* ---- the timer ---- */

static int64_t clamp(int64_t ms)
{
	if (ms < 0)
		return 0;
	return ms < TIMER_MAX_MS ? ms : TIMER_MAX_MS;
}

int64_t timer_left(const struct timer *t, int64_t now_ms)
{
	if (t->is_paused)
		return t->left_ms;
	return t->is_running ? clamp(t->ends_ms - now_ms) : 0;
}

int timer_turn(struct timer *t, enum timer_event event, int64_t ms, int64_t now_ms)
{
	int64_t left = timer_left(t, now_ms);

	switch (event) {
	case TIMER_STARTS:
		*t = (struct timer){ .is_running = true, .ends_ms = now_ms + clamp(ms) };
		return 0;
	case TIMER_PAUSES:
		if (!t->is_running)
			return ROUND_REFUSED;
		*t = (struct timer){ .is_paused = true, .left_ms = left };
		return 0;
	case TIMER_RESUMES:
		if (!t->is_paused)
			return ROUND_REFUSED;
		*t = (struct timer){ .is_running = true, .ends_ms = now_ms + left };
		return 0;
	case TIMER_EXTENDS:
		if (t->is_paused)
			t->left_ms = clamp(left + ms);
		else
			*t = (struct timer){ .is_running = true,
					     .ends_ms = now_ms + clamp(left + ms) };
		return 0;
	case TIMER_CLEARS:
		*t = (struct timer){ .is_running = false };
		return 0;
	}
	return ROUND_REFUSED;
}
