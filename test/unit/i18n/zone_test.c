/* What clocks show elsewhere, on both sides of the hours that come twice or never. */

#include "i18n/zone.h"
#include "i18n/zone_priv.h"
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
	assert_int_equal(zone_offset(S("/Europe/Paris"), at("2026-07-15T12:00")), 0);
	assert_int_equal(zone_offset(S(""), at("2026-07-15T12:00")), 0);
	assert_int_equal(zone_offset(S("../../../etc/passwd"), at("2026-07-15T12:00")), 0);
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

/* Zone files list changes up to 2037; then the rule at their end goes on. */
static void rules_go_on_for_ever(void **state)
{
	static const struct {
		const char *zone, *utc;
		int minutes;
	} rows[] = {
		{ "Europe/Paris", "2040-01-15T12:00", 60 },
		{ "Europe/Paris", "2040-03-25T00:59", 60 },
		{ "Europe/Paris", "2040-03-25T01:00", 120 },
		{ "Europe/Paris", "2040-10-28T00:59", 120 },
		{ "Europe/Paris", "2040-10-28T01:00", 60 },
		{ "Europe/Paris", "2100-07-01T12:00", 120 },
		/* Summer over the year's end. */
		{ "Australia/Sydney", "2041-01-01T00:00", 660 },
		{ "Australia/Sydney", "2041-07-01T00:00", 600 },
		/* Summer is the standard there, and winter is an hour less. */
		{ "Europe/Dublin", "2041-07-01T00:00", 60 },
		{ "Europe/Dublin", "2041-01-01T00:00", 0 },
		{ "America/St_Johns", "2041-07-01T00:00", -150 },
		{ "Asia/Tokyo", "2041-07-01T00:00", 540 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(zone_offset(str_from(rows[i].zone), at(rows[i].utc)),
				 rows[i].minutes * 60000);
	assert_int_equal(zone_to_utc(S("Europe/Paris"), at("2040-07-14T09:00")),
			 at("2040-07-14T07:00"));
}

static int64_t by_rule(const char *text, const char *utc)
{
	struct zone_rule rule;

	assert_int_equal(zone_rule_parse(str_from(text), &rule), 0);
	return zone_rule_offset(&rule, at(utc) / 1000);
}

static void rules_are_read_in_every_form(void **state)
{
	(void)state;
	/* Days counted with and without 29 February: 1 March both times. */
	assert_int_equal(by_rule("AAA0BBB,J60/0,J300/0", "2040-02-29T23:59"), 0);
	assert_int_equal(by_rule("AAA0BBB,J60/0,J300/0", "2040-03-01T00:00"), 3600);
	assert_int_equal(by_rule("AAA0BBB,60/0,300/0", "2040-02-29T23:59"), 0);
	assert_int_equal(by_rule("AAA0BBB,60/0,300/0", "2040-03-01T00:00"), 3600);
	assert_int_equal(by_rule("AAA0BBB,59/0,300/0", "2041-02-28T23:59"), 0);
	/* Hours before and after the day, quoted names, offsets to the second. */
	assert_int_equal(by_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2040-03-25T01:00"), -3600);
	assert_int_equal(by_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2040-03-25T00:59"), -7200);
	assert_int_equal(by_rule("EET-2EEST,M3.4.4/50,M10.4.4/50", "2040-03-23T23:59"), 7200);
	assert_int_equal(by_rule("EET-2EEST,M3.4.4/50,M10.4.4/50", "2040-03-24T00:00"), 10800);
	assert_int_equal(by_rule("XXX-1:02:03YYY-3,M4.1.0,M9.1.0", "2040-01-01T00:00"), 3723);
	assert_int_equal(by_rule("XXX-1:02:03YYY-3,M4.1.0,M9.1.0", "2040-06-01T00:00"), 10800);
}

static void other_rules_are_refused(void **state)
{
	static const char *const bad[] = { "",
					   "CE-1",
					   "CET",
					   "<+01-1",
					   "CET-168",
					   "CET-1:60",
					   "CET-1CEST",
					   "CET-1CEST,M3.5.0",
					   "CET-1CEST,M13.5.0,M10.5.0",
					   "CET-1CEST,M0.5.0,M10.5.0",
					   "CET-1CEST,M3.6.0,M10.5.0",
					   "CET-1CEST,M3.5.7,M10.5.0",
					   "CET-1CEST,J0,J300",
					   "CET-1CEST,366,300",
					   "CET-1CEST,M3.5.0,M10.5.0/",
					   "CET-1CEST,M3.5.0,M10.5.0 ",
					   "CET-1CEST,M3.5.0,M10.5.0/3x" };
	struct zone_rule rule;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(zone_rule_parse(str_from(bad[i]), &rule), 1);
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
					   "2026-03-09  8:30",
					   "2026-3-009T08:30",
					   "x026-03-09T08:30" };
	struct arena *a = *state;
	int64_t ms;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(local_parse(str_from(bad[i]), &ms), 1);
	assert_str(local_text(a, at("2026-03-09T08:05")), "2026-03-09T08:05");
	assert_str(local_text(a, at("2026-03-09 08:05")), "2026-03-09T08:05");
	assert_str(local_text(a, at("2028-02-29T23:59")), "2028-02-29T23:59");
}

TEST_MAIN(unit_test(winter_and_summer), unit_test(local_times_become_instants),
	  unit_test(rules_go_on_for_ever), unit_test(rules_are_read_in_every_form),
	  unit_test(other_rules_are_refused), unit_test(texts_are_whole_or_refused))
