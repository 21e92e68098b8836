#include "http/head.h"

#include "../test.h"

/*
 * Lays a head out as the library does: separators are overwritten by NUL, and what it hands out are
 * pointers. "GET|/x|HTTP/1.1||" …: a bar is a byte that became NUL.
 */
static bool clean(struct str text, struct str *pieces, size_t n, size_t size)
{
	struct header items[4];
	struct raw_head h = { pieces[0], pieces[1], pieces[2], { items, (n - 3) / 2 }, size };

	(void)text;
	for (size_t i = 0; i + 4 < n; i += 2)
		items[i / 2] = (struct header){ pieces[i + 3], pieces[i + 4] };
	return head_is_clean(&h);
}

static const struct str text = STR("GET|/x|HTTP/1.1||A|1||B| 22||||body");

static void accepts_a_clean_head(void **state)
{
	struct str pieces[] = { str_slice(text, 0, 3),   str_slice(text, 4, 6),
				str_slice(text, 7, 15),  str_slice(text, 17, 18),
				str_slice(text, 19, 20), str_slice(text, 22, 23),
				str_slice(text, 25, 27) };

	(void)state;
	assert_true(clean(text, pieces, 7, 31));
	/* The second header is not there: there is more than the first one explains. */
	assert_false(clean(text, pieces, 5, 31));
	/* A byte less or more before the body: an empty line that is not CRLF. */
	assert_false(clean(text, pieces, 7, 30));
	assert_false(clean(text, pieces, 7, 32));
	/* A value cut short by NUL. */
	pieces[4].len = 0;
	assert_false(clean(text, pieces, 7, 31));
	pieces[4].len = 1;
	pieces[6].len = 1;
	assert_false(clean(text, pieces, 7, 31));
	pieces[6].len = 2;
	/* A name that was moved elsewhere, as folded lines are. */
	pieces[5] = S("B");
	assert_false(clean(text, pieces, 7, 31));
}

static void compares_the_request_line(void **state)
{
	struct str pieces[] = { str_slice(text, 0, 3), str_slice(text, 4, 6),
				str_slice(text, 7, 15) };

	(void)state;
	assert_true(clean(text, pieces, 3, 19));
	/* Two spaces, and NUL inside the target. */
	pieces[1] = str_slice(text, 5, 6);
	assert_false(clean(text, pieces, 3, 19));
	pieces[1] = str_slice(text, 4, 5);
	assert_false(clean(text, pieces, 3, 19));
}

TEST_MAIN(unit_test(accepts_a_clean_head), unit_test(compares_the_request_line))
