/* iCalendar to the byte. What another program reads of it is in office_test.py. */
#include "check.h"

#include "base/utf8.h"
#include "document/calendar.h"

static struct calendar_event event(void)
{
	return (struct calendar_event){
		.uid = STR("action-0c2k7@jalon.example"),
		.summary = STR("Nommer un responsable"),
		.url = STR("https://jalon.example/o/1/plan/2"),
		.first_day = 20524, /* 2026-03-12 */
		.last_day = 20524,
		.sequence = 3,
		.changed_ms = 1773300000000,
	};
}

static struct str write_ics(struct arena *a, const struct calendar_event *e, size_t n)
{
	struct calendar c = { .name = STR("Plan, Maison Belloy"),
			      .language = STR("fr"),
			      .events = e,
			      .n_events = n };
	struct str ics = { NULL, 0 };

	assert_int_equal(calendar_ics(a, &c, &ics), 0);
	return ics;
}

static void writes_whole_days(void **state)
{
	struct calendar_event e = event();

	assert_str(write_ics(*state, &e, 1), "BEGIN:VCALENDAR\r\n"
					     "VERSION:2.0\r\n"
					     "PRODID:-//Jalon//Jalon//FR\r\n"
					     "CALSCALE:GREGORIAN\r\n"
					     "NAME:Plan\\, Maison Belloy\r\n"
					     "X-WR-CALNAME:Plan\\, Maison Belloy\r\n"
					     "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n"
					     "X-PUBLISHED-TTL:PT6H\r\n"
					     "BEGIN:VEVENT\r\n"
					     "UID:action-0c2k7@jalon.example\r\n"
					     "DTSTAMP:20260312T072000Z\r\n"
					     "LAST-MODIFIED:20260312T072000Z\r\n"
					     "DTSTART;VALUE=DATE:20260312\r\n"
					     "DTEND;VALUE=DATE:20260313\r\n"
					     "SEQUENCE:3\r\n"
					     "SUMMARY:Nommer un responsable\r\n"
					     "URL:https://jalon.example/o/1/plan/2\r\n"
					     "STATUS:CONFIRMED\r\n"
					     "TRANSP:TRANSPARENT\r\n"
					     "END:VEVENT\r\n"
					     "END:VCALENDAR\r\n");
}

static void the_end_is_the_day_after_the_last(void **state)
{
	struct calendar_event e = event();

	e.last_day = e.first_day + 19; /* 31 March */
	assert_has(write_ics(*state, &e, 1), "DTEND;VALUE=DATE:20260401\r\n");
	e.last_day = e.first_day - 5;
	assert_has(write_ics(*state, &e, 1), "DTEND;VALUE=DATE:20260313\r\n");
}

static void a_cancelled_event_says_so(void **state)
{
	struct calendar_event e = event();

	e.is_cancelled = true;
	e.sequence = -1;
	assert_has(write_ics(*state, &e, 1), "STATUS:CANCELLED\r\n");
	assert_has(write_ics(*state, &e, 1), "SEQUENCE:0\r\n");
}

/* Every line has 75 octets at most and is whole UTF-8; unfolded, the text is as it was. */
static void folds_between_characters(void **state)
{
	static const char *const characters[] = { "a", "é", "\u202F", "\U0001F600", "a\u0301" };

	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
		for (int shift = 0; shift < 4; shift++) {
			struct calendar_event e = event();
			struct buf text = buf_make(*state, 4096), whole = buf_make(*state, 8192);
			struct str ics;

			for (int j = 0; j < shift; j++)
				buf_putc(&text, 'x');
			for (int j = 0; j < 100; j++)
				buf_puts(&text, characters[i]);
			e.summary = buf_str(&text);
			ics = write_ics(*state, &e, 1);
			while (ics.len) {
				struct str line = str_cut(&ics, '\n');

				assert_true(line.len <= 76 && str_ends(line, S("\r")));
				assert_true(utf8_valid(line));
				if (str_starts(line, S(" ")))
					whole.len -= 2;
				buf_put(&whole, str_starts(line, S(" "))
							? str_slice(line, 1, line.len)
							: line);
				buf_putc(&whole, '\n');
			}
			assert_true(str_contains(
				buf_str(&whole),
				str_fmt(*state, "\r\nSUMMARY:%.*s\r\n", STR_ARG(e.summary))));
		}
	}
}

static void no_text_leaves_its_line(void **state)
{
	struct calendar_event e = event();
	struct str ics;

	e.summary = e.description = e.uid =
		S("a\r\nATTENDEE:x\nBEGIN:VALARM\rb;c,d\\e\x01\x7F\xEF\xBF\xBD\tf");
	e.url = S("https://x/\r\nATTENDEE:y");
	ics = write_ics(*state, &e, 1);
	assert_has_not(ics, "\nATTENDEE");
	assert_has_not(ics, "\nBEGIN:VALARM");
	assert_has(ics, "\r\nURL:https://x/\r\n");
	assert_has(ics, "\r\nSUMMARY:a\\nATTENDEE:x\\nBEGIN:VALARM\\nb\\;c\\,d\\\\e");
	assert_int_equal(count(ics, "\xEF\xBF\xBD"), 3 * 3);
}

static void refuses_too_many(void **state)
{
	struct calendar c = { .n_events = CALENDAR_EVENTS_MAX + 1 };
	struct str ics;

	assert_int_equal(calendar_ics(*state, &c, &ics), DOCUMENT_TOO_LONG);
}

TEST_MAIN(unit_test(writes_whole_days), unit_test(the_end_is_the_day_after_the_last),
	  unit_test(a_cancelled_event_says_so), unit_test(folds_between_characters),
	  unit_test(no_text_leaves_its_line), unit_test(refuses_too_many))
