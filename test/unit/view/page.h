/* Assertions on a rendered page. */
#ifndef JALON_TEST_UNIT_VIEW_PAGE_H
#define JALON_TEST_UNIT_VIEW_PAGE_H

#include "../test.h"

static inline void assert_has(struct str page, const char *part)
{
	if (!str_contains(page, str_from(part)))
		fail_msg("no %s in:\n%.*s", part, STR_ARG(page));
}

static inline void assert_lacks(struct str page, const char *part)
{
	if (str_contains(page, str_from(part)))
		fail_msg("%s in:\n%.*s", part, STR_ARG(page));
}

#endif
