/* A process killed at any moment: what it was told is stored, is. */
#include "store/store.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

enum { KILLS = 5 };

/* Writes names until killed, and reports each through the pipe once it is told that it is
 * stored. */
static _Noreturn void child_main(struct store *s, int round, int out)
{
	struct err err;

	store_open(s);
	for (int32_t i = 0;; i++) {
		if (store_put(s, str_fmt(&s->arena, "%d-%d", round, i), S("1"), &err) ||
		    write(out, &i, sizeof i) < 0)
			_exit(1);
	}
}

static void keeps_what_it_acknowledged_when_killed(void **state)
{
	struct store *s = *state;
	int64_t acknowledged = 0;

	store_close(s);
	for (int round = 0; round < KILLS; round++) {
		int32_t last = -1, seen;
		int ends[2];
		pid_t child;

		assert_int_equal(pipe(ends), 0);
		child = fork();
		assert_true(child >= 0);
		if (child == 0)
			child_main(s, round, ends[1]);
		(void)close(ends[1]);
		while (last < 20 + 7 * round && read(ends[0], &seen, sizeof seen) == sizeof seen)
			last = seen;
		assert_int_equal(kill(child, SIGKILL), 0);
		while (read(ends[0], &seen, sizeof seen) == sizeof seen)
			last = seen;
		(void)close(ends[0]);
		assert_int_equal(waitpid(child, NULL, 0), child);
		assert_true(last >= 20);
		acknowledged += last + 1;
	}
	/* One more may have been stored than was told, each time. */
	assert_in_range(store_sql(s, "SELECT count(*) FROM instance"), acknowledged,
			acknowledged + KILLS);
	if (!s->is_postgres)
		assert_str(store_rows(s, "PRAGMA integrity_check"), "ok\n");
}

TEST_MAIN(store_test(keeps_what_it_acknowledged_when_killed))
