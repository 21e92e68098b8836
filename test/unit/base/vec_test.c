/* Growing arrays. */
#include "base/vec.h"

#include <stdint.h>

#include "../test.h"

struct point {
	int64_t x, y;
};
struct points VEC(struct point);
struct bytes VEC(unsigned char);

static void keeps_what_was_pushed(void **state)
{
	struct arena *a = *state;
	struct points v = { 0 };

	for (int i = 0; i < 1000; i++) {
		struct point *p = vec_push(a, &v);

		assert_int_equal(p->x, 0);
		assert_int_equal(p->y, 0);
		*p = (struct point){ i, -i };
		if (i % 3 == 0)
			(void)arena_new(a, char, 1);
	}
	assert_int_equal(v.n, 1000);
	for (int i = 0; i < 1000; i++)
		assert_true(v.items[i].x == i && v.items[i].y == -i);
}

static void zeroes_room_that_was_used_before(void **state)
{
	struct bytes v = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, 65536);
	memset(arena_new(&a, char, 1000), 0xAA, 1000);
	arena_reset(&a);
	for (int i = 0; i < 100; i++)
		assert_int_equal(*vec_push(&a, &v), 0);
	arena_release(&a);
}

TEST_MAIN(unit_test(keeps_what_was_pushed), unit_test(zeroes_room_that_was_used_before))
