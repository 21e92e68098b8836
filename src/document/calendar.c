/* iCalendar: see calendar.h. */
#include "document/calendar.h"

#include "base/timing.h"
#include "base/utf8.h"

enum {
	FOLD_AT = 75,                     /* octets of a line, without its end (RFC 5545, 3.1) */
	LINE_MAX_BYTES = 8 * 1024 * 1024, /* before folding */
	HOURS = 6,                        /* between two fetches, as a wish */
};

struct ics {
	struct arena *a;
	struct buf out, line;
};

/* Writes the line, cut into pieces of 75 octets that begin with a space, never inside a character. */
static void end_line(struct ics *x)
{
	struct str rest = buf_str(&x->line);
	size_t room = FOLD_AT;

	while (rest.len > room) {
		size_t n = room;

		while (n > 1 && ((unsigned char)rest.data[n] & 0xC0) == 0x80)
			n--;
		buf_put(&x->out, str_slice(rest, 0, n));
		buf_puts(&x->out, "\r\n ");
		rest = str_slice(rest, n, rest.len);
		room = FOLD_AT - 1;
	}
	buf_put(&x->out, rest);
	buf_puts(&x->out, "\r\n");
	x->out.full |= x->line.full;
	x->line.len = 0;
}

static void put_line(struct ics *x, const char *text)
{
	buf_puts(&x->line, text);
	end_line(x);
}

/* A TEXT value (3.3.11): no control but the tab; ends of lines are "\n". */
static void put_text(struct buf *b, struct str s)
{
	while (s.len) {
		struct str from = s;
		uint32_t c = utf8_next(&s);

		if (c == '\r' && s.len && s.data[0] == '\n')
			continue;
		if (c == '\n' || c == '\r')
			buf_puts(b, "\\n");
		else if ((c < 0x20 && c != '\t') || c == 0x7F || c == 0xFFFD)
			buf_puts(b, "\xEF\xBF\xBD");
		else {
			if (c == '\\' || c == ';' || c == ',')
				buf_putc(b, '\\');
			buf_put(b, str_slice(from, 0, from.len - s.len));
		}
	}
}

static void put_property(struct ics *x, const char *name, struct str value)
{
	if (!value.len)
		return;
	buf_puts(&x->line, name);
	buf_putc(&x->line, ':');
	put_text(&x->line, value);
	end_line(x);
}

/* A URI is not a TEXT and has no escapes: what cannot stand in one ends it. */
static void put_url(struct ics *x, struct str url)
{
	size_t n = 0;

	while (n < url.len && (unsigned char)url.data[n] > 0x20 && url.data[n] != 0x7F)
		n++;
	if (!n)
		return;
	buf_puts(&x->line, "URL:");
	buf_put(&x->line, str_slice(url, 0, n));
	end_line(x);
}

/* "2026-03-12T07:20:00.000Z" is written 20260312T072000Z, a day 20260312. */
static void put_compact(struct buf *b, struct str iso)
{
	for (size_t i = 0; i < iso.len && iso.data[i] != '.'; i++)
		if (iso.data[i] != '-' && iso.data[i] != ':')
			buf_putc(b, iso.data[i]);
}

static void put_day(struct ics *x, const char *name, int64_t day)
{
	struct buf iso = buf_make(x->a, 32);

	day_put(&iso, day);
	buf_puts(&x->line, name);
	buf_puts(&x->line, ";VALUE=DATE:");
	put_compact(&x->line, buf_str(&iso));
	end_line(x);
}

static void put_moment(struct ics *x, const char *name, int64_t ms)
{
	buf_puts(&x->line, name);
	buf_putc(&x->line, ':');
	put_compact(&x->line, time_iso(x->a, ms));
	buf_putc(&x->line, 'Z');
	end_line(x);
}

static void put_event(struct ics *x, const struct calendar_event *e)
{
	int64_t last = e->last_day < e->first_day ? e->first_day : e->last_day;

	put_line(x, "BEGIN:VEVENT");
	put_property(x, "UID", e->uid);
	put_moment(x, "DTSTAMP", e->changed_ms);
	put_moment(x, "LAST-MODIFIED", e->changed_ms);
	put_day(x, "DTSTART", e->first_day);
	/* The day after: an end is not part of the event. */
	put_day(x, "DTEND", last + 1);
	buf_puts(&x->line, "SEQUENCE:");
	buf_i64(&x->line, e->sequence < 0 ? 0 : e->sequence);
	end_line(x);
	put_property(x, "SUMMARY", e->summary);
	put_property(x, "DESCRIPTION", e->description);
	put_url(x, e->url);
	put_line(x, e->is_cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
	/* A due date does not make one busy. */
	put_line(x, "TRANSP:TRANSPARENT");
	put_line(x, "END:VEVENT");
}

int calendar_ics(struct arena *a, const struct calendar *c, struct str *ret)
{
	struct ics x = {
		.a = a,
		.out = buf_make(a, DOCUMENT_BYTES_MAX),
		.line = buf_make(a, LINE_MAX_BYTES),
	};

	if (c->n_events > CALENDAR_EVENTS_MAX)
		return DOCUMENT_TOO_LONG;
	put_line(&x, "BEGIN:VCALENDAR");
	put_line(&x, "VERSION:2.0");
	buf_fmt(&x.line, "PRODID:-//Jalon//Jalon//%s", str_is(c->language, "fr") ? "FR" : "EN");
	end_line(&x);
	put_line(&x, "CALSCALE:GREGORIAN");
	/* The name by RFC 7986, and as it was called before. */
	put_property(&x, "NAME", c->name);
	put_property(&x, "X-WR-CALNAME", c->name);
	buf_fmt(&x.line, "REFRESH-INTERVAL;VALUE=DURATION:PT%dH", HOURS);
	end_line(&x);
	buf_fmt(&x.line, "X-PUBLISHED-TTL:PT%dH", HOURS);
	end_line(&x);
	for (size_t i = 0; i < c->n_events && !x.out.full; i++)
		put_event(&x, &c->events[i]);
	put_line(&x, "END:VCALENDAR");
	if (x.out.full)
		return DOCUMENT_TOO_LONG;
	*ret = buf_str(&x.out);
	return 0;
}
