/*
 * iCalendar (RFC 5545): whole-day events for a calendar that others subscribe to. A program that fetches it
 * again knows an event by its uid, and takes the one with the higher sequence for the newer.
 */
#ifndef JALON_DOCUMENT_CALENDAR_H
#define JALON_DOCUMENT_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "document/document.h"

struct calendar_event {
	struct str uid; /* the same for ever, unlike any other: "action-0c2k…@jalon.example" */
	struct str summary, description; /* the second may be empty */
	struct str url;                  /* absolute; may be empty */
	int64_t first_day, last_day;     /* days since 1970-01-01 (base/timing.h), both included */
	int sequence;                    /* grows with each change of the event */
	int64_t changed_ms;              /* when it last did */
	bool is_cancelled;
};

struct calendar {
	struct str name;     /* as subscribers see it */
	struct str language; /* "fr", "en" */
	const struct calendar_event *events;
	size_t n_events;
};

enum { CALENDAR_EVENTS_MAX = 10000 };

/* The calendar as text/calendar. Nothing of the moment of asking is in it, so that the same events give the
 * same bytes (and ETag). Controls in texts become U+FFFD. The bytes live in `a`. Returns an enum
 * document_outcome: past CALENDAR_EVENTS_MAX, DOCUMENT_TOO_LONG. */
MUST_CHECK int calendar_ics(struct arena *a, const struct calendar *c, struct str *ret);

#endif
