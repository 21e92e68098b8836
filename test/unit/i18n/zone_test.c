/* What clocks show elsewhere, on both sides of the hours that come twice or never. */

#include "i18n/zone.h"
#include "../test.h"

enum { HOUR = 3600000 };

static int64_t at(const char *text)
{
	int64_t ms = 0;

	assert_int_equal(local_parse(str_from(text), &ms), 0);
	return ms;
}

static void winter_and_summer(void **state)
{
	(void)state;
	assert_int_equal(zone_offset(S("Europe/Paris"), at("2026-01-15T12:00")), HOUR);
	assert_int_equal(zone_offset(S("Europe/Paris"), at("2026-07-15T12:00")), 2 * HOUR);
	assert_int_equal(zone_offset(S("America/Montreal"), at("2026-07-15T12:00")), -4 * HOUR);
	assert_int_equal(zone_offset(S("UTC"), at("2026-07-15T12:00")), 0);
	assert_int_equal(zone_offset(S("Nowhere/Else"), at("2026-07-15T12:00")), 0);
	assert_int_equal(zone_offset(S("../../../etc/passwd"), at("2026-07-15T12:00")), 0);
	assert_true(zone_is_known(S("Europe/Paris")));
	assert_false(zone_is_known(S("Nowhere/Else")));
	assert_false(zone_is_known(S("/Europe/Paris")));
	assert_false(zone_is_known(S("")));
}

static void local_times_become_instants(void **state)
{
	static const struct {
		const char *local, *utc;
	} rows[] = {
		{ "2026-03-09T08:30", "2026-03-09T07:30" },
		{ "2026-07-09T00:00", "2026-07-08T22:00" },
		/* The last minute before the clocks go forward, and the first after. */
		{ "2026-03-29T01:59", "2026-03-29T00:59" },
		{ "2026-03-29T03:00", "2026-03-29T01:00" },
		/* Before and after the clocks go back. */
		{ "2026-10-25T01:59", "2026-10-24T23:59" },
		{ "2026-10-25T03:00", "2026-10-25T02:00" },
		{ "2026-10-25T02:30", "2026-10-25T01:30" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(zone_to_utc(S("Europe/Paris"), at(rows[i].local)),
				 at(rows[i].utc));
}

static void texts_are_whole_or_refused(void **state)
{
	static const char *const bad[] = { "",
					   "2026-03-09",
					   "2026-03-09T08:30:00",
					   "2026-02-30T08:30",
					   "2026-13-01T08:30",
					   "2026-03-09T24:00",
					   "2026-03-09T08:60",
					   "2026-03-09 08:30",
					   "2026-3-009T08:30",
					   "x026-03-09T08:30" };
	struct arena *a = *state;
	int64_t ms;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(local_parse(str_from(bad[i]), &ms), 1);
	assert_str(local_text(a, at("2026-03-09T08:05")), "2026-03-09T08:05");
	assert_str(local_text(a, at("2028-02-29T23:59")), "2028-02-29T23:59");
}

TEST_MAIN(unit_test(winter_and_summer), unit_test(local_times_become_instants),
	  unit_test(texts_are_whole_or_refused))
