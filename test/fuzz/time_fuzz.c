/* Any text as a time: what is read is written back as it was, and the rule of a zone gives offsets that it names. */
#include <assert.h>

#include "base/buf.h"
#include "base/timing.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "i18n/zone.h"
#include "i18n/zone_priv.h"

enum { ZONE_OFFSET_MAX = 26 * 60 * 60 * 1000 /* RFC 8536, section 3.3.1 */ };
enum { INPUT_MAX = 4096, STEP_DAYS = 13, DAY_SECONDS = 86400, YEARS_DAYS = 800 };

static void check_day(struct arena *a, struct str s)
{
	struct buf b = buf_make(a, 64);
	int64_t day;

	if (day_parse(s, &day) != 0)
		return;
	assert(day >= DAY_MIN && day <= DAY_MAX);
	day_put(&b, day);
	assert(str_eq(buf_str(&b), s));
}

static void check_local(struct arena *a, struct str s)
{
	int64_t ms;

	if (local_parse(s, &ms) == 0)
		assert(str_eq(local_text(a, ms), s));
}

static void check_rule(struct str s)
{
	struct zone_rule rule;

	if (zone_rule_parse(s, &rule) != 0)
		return;
	for (int64_t day = 20000; day < 20000 + YEARS_DAYS; day += STEP_DAYS) {
		int64_t offset = zone_rule_offset(&rule, day * DAY_SECONDS);

		assert(offset == rule.standard || (rule.has_summer && offset == rule.summer));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_make((const char *)data, size);
	struct arena a;
	int64_t offset;

	if (size > INPUT_MAX)
		return 0;
	arena_init(&a, (size_t)4 << 20);
	check_day(&a, s);
	check_local(&a, s);
	check_rule(s);
	/* A name that comes with a form: whatever is read, no clock is a day off. */
	offset = zone_offset(s, 1700000000000);
	assert(offset > -ZONE_OFFSET_MAX && offset < ZONE_OFFSET_MAX);
	arena_release(&a);
	return 0;
}
