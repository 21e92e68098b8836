/* The rules of a workshop: which event does what in which state, the timer, and codes as people type them. */
#include "rounds/code.h"
#include "rounds/workshop.h"

#include "../test.h"

enum { N = -1 }; /* refused */

/* Every event in every state, with the first vote behind. */
static void every_event_in_every_state(void **state)
{
	static const int becomes[ITEM_STATES][ITEM_EVENTS] = {
		/*                opens        reveals        stops          agrees       skips         returns */
		[ITEM_WAITING] = { ITEM_VOTING, N, N, ITEM_AGREED, ITEM_SKIPPED, N },
		[ITEM_VOTING] = { N, ITEM_REVEALED, ITEM_WAITING, N, N, N },
		[ITEM_REVEALED] = { ITEM_VOTING, N, N, ITEM_AGREED, ITEM_SKIPPED, N },
		[ITEM_AGREED] = { N, N, N, ITEM_AGREED, N, ITEM_REVEALED },
		[ITEM_SKIPPED] = { N, N, N, N, N, ITEM_REVEALED },
	};

	(void)state;
	for (int s = 0; s < ITEM_STATES; s++)
		for (int e = 0; e < ITEM_EVENTS; e++) {
			struct item_standing at = { (enum item_state)s, s != ITEM_WAITING };
			bool may = item_may(at, (enum item_event)e);
			int r = item_turn(&at, (enum item_event)e);

			assert_int_equal(r, becomes[s][e] == N ? ROUND_REFUSED : 0);
			assert_int_equal(may, r == 0);
			assert_int_equal(at.state, becomes[s][e] == N ? s : becomes[s][e]);
		}
}

static void turn(struct item_standing *s, enum item_event event, enum item_state state, int vote)
{
	assert_int_equal(item_turn(s, event), 0);
	assert_int_equal(s->state, state);
	assert_int_equal(s->vote, vote);
}

static void two_votes_and_no_third(void **state)
{
	struct item_standing s = { ITEM_WAITING, 0 };

	(void)state;
	turn(&s, ITEM_OPENS, ITEM_VOTING, 1);
	turn(&s, ITEM_STOPS, ITEM_WAITING, 0);
	turn(&s, ITEM_OPENS, ITEM_VOTING, 1);
	turn(&s, ITEM_REVEALS, ITEM_REVEALED, 1);
	turn(&s, ITEM_OPENS, ITEM_VOTING, 2);
	turn(&s, ITEM_STOPS, ITEM_REVEALED, 1);
	turn(&s, ITEM_OPENS, ITEM_VOTING, 2);
	turn(&s, ITEM_REVEALS, ITEM_REVEALED, 2);
	assert_int_equal(item_turn(&s, ITEM_OPENS), ROUND_REFUSED);
	turn(&s, ITEM_AGREES, ITEM_AGREED, 2);
	turn(&s, ITEM_RETURNS, ITEM_REVEALED, 2);
	turn(&s, ITEM_SKIPS, ITEM_SKIPPED, 2);
	turn(&s, ITEM_RETURNS, ITEM_REVEALED, 2);
}

static void what_was_never_voted_on_returns_to_waiting(void **state)
{
	struct item_standing s = { ITEM_WAITING, 0 };

	(void)state;
	turn(&s, ITEM_SKIPS, ITEM_SKIPPED, 0);
	turn(&s, ITEM_RETURNS, ITEM_WAITING, 0);
	turn(&s, ITEM_AGREES, ITEM_AGREED, 0);
	turn(&s, ITEM_RETURNS, ITEM_WAITING, 0);
}

static void two_anonymous_votes_are_not_shown(void **state)
{
	(void)state;
	assert_false(vote_may_show(ROUND_ANONYMOUS, 0));
	assert_false(vote_may_show(ROUND_ANONYMOUS, 2));
	assert_true(vote_may_show(ROUND_ANONYMOUS, 3));
	assert_true(vote_may_show(ROUND_NOMINATIVE, 1));
}

static void the_timer_waits_while_it_is_paused(void **state)
{
	struct timer t = { .is_running = false };

	(void)state;
	assert_int_equal(timer_left(&t, 1000), 0);
	assert_int_equal(timer_turn(&t, TIMER_PAUSES, 0, 1000), ROUND_REFUSED);
	assert_int_equal(timer_turn(&t, TIMER_RESUMES, 0, 1000), ROUND_REFUSED);
	assert_int_equal(timer_turn(&t, TIMER_STARTS, 60000, 1000), 0);
	assert_int_equal(timer_left(&t, 11000), 50000);
	assert_int_equal(timer_turn(&t, TIMER_PAUSES, 0, 11000), 0);
	assert_int_equal(timer_left(&t, 900000), 50000);
	assert_int_equal(timer_turn(&t, TIMER_EXTENDS, 30000, 900000), 0);
	assert_int_equal(timer_left(&t, 900000), 80000);
	assert_int_equal(timer_turn(&t, TIMER_RESUMES, 0, 1000000), 0);
	assert_int_equal(timer_left(&t, 1010000), 70000);
	assert_int_equal(timer_left(&t, 9000000), 0); /* over, and nothing else happens */
	assert_int_equal(timer_turn(&t, TIMER_EXTENDS, 30000, 9000000), 0);
	assert_int_equal(timer_left(&t, 9000000), 30000);
	assert_int_equal(timer_turn(&t, TIMER_STARTS, INT64_MAX, 0), 0);
	assert_int_equal(timer_left(&t, 0), TIMER_MAX_MS);
	assert_int_equal(timer_turn(&t, TIMER_CLEARS, 0, 0), 0);
	assert_int_equal(timer_left(&t, 0), 0);
}

static void a_code_is_read_as_people_type_it(void **state)
{
	static const struct {
		const char *typed, *code; /* NULL: none */
	} rows[] = {
		{ "7K2M9Q", "7K2M9Q" }, { "7k2m9q", "7K2M9Q" }, { " 7k2-m9q ", "7K2M9Q" },
		{ "OoIiLl", "001111" }, { "7K2M9", NULL },      { "7K2M9QQ", NULL },
		{ "7K2M9U", NULL },     { "", NULL },           { "7K2M9\xc3\xa9", NULL },
		{ "7K2M9;", NULL },
	};
	struct arena *a = *state;
	struct str code;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(room_code_read(a, str_from(rows[i].typed), &code),
				 rows[i].code ? 0 : 1);
		if (rows[i].code)
			assert_str(code, rows[i].code);
	}
	for (int i = 0; i < 1000; i++) {
		struct str made = room_code_make(a);

		assert_int_equal(room_code_read(a, made, &code), 0);
		assert_true(str_eq(made, code));
	}
}

TEST_MAIN(unit_test(every_event_in_every_state), unit_test(two_votes_and_no_third),
	  unit_test(what_was_never_voted_on_returns_to_waiting),
	  unit_test(two_anonymous_votes_are_not_shown),
	  unit_test(the_timer_waits_while_it_is_paused),
	  unit_test(a_code_is_read_as_people_type_it))
