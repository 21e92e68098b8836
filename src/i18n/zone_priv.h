/* Inside the room: the rule of a zone after the last change that its file lists. */
#ifndef JALON_I18N_ZONE_PRIV_H
#define JALON_I18N_ZONE_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum zone_day_kind {
	ZONE_DAY_MONTH,   /* "M10.5.0": the last Sunday of October */
	ZONE_DAY_NO_LEAP, /* "J60": 1 March in every year */
	ZONE_DAY_OF_YEAR, /* "59": from 0, 29 February counts */
};

/* A moment of every year, on the clocks that go until then. */
struct zone_day {
	enum zone_day_kind kind;
	int64_t month, week,
		day;    /* month and week of ZONE_DAY_MONTH only; its 5th week is the last */
	int64_t second; /* of that day; may be negative, or beyond it */
};

/* Offsets are what clocks show less UTC, in seconds. */
struct zone_rule {
	int64_t standard, summer;
	bool has_summer;
	struct zone_day begins, ends; /* the summer */
};

/* Reads a TZ string of POSIX with the extensions of RFC 8536 ("CET-1CEST,M3.5.0,M10.5.0/3"). 0, or 1 when
 * it is none. */
MUST_CHECK int zone_rule_parse(struct str s, struct zone_rule *ret);
/* What clocks show at `utc` (seconds since 1970), less UTC, in seconds. */
int64_t zone_rule_offset(const struct zone_rule *rule, int64_t utc);

#endif
