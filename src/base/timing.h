/* Clocks and dates. Times are UTC milliseconds since 1970 (int64_t, named …_ms). */
#ifndef JALON_BASE_TIMING_H
#define JALON_BASE_TIMING_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* The wall clock. */
int64_t time_now_ms(void);
/* A clock that never goes back, for timeouts; its zero means nothing. */
int64_t time_mono_ms(void);
/* The same in microseconds, for durations in the log. */
int64_t time_mono_us(void);

/* "2026-11-23T20:45:00.123Z" in `a`. */
struct str time_iso(struct arena *a, int64_t ms);
/* The same, appended to `b`. */
void time_iso_put(struct buf *b, int64_t ms);

/* Days without a time are counted from 1970-01-01, in the years 1 to 9999. */
enum { DAY_MIN = -719162, DAY_MAX = 2932896 };
/* "2026-03-12", appended to `b`; a day out of range is the nearest inside. */
void day_put(struct buf *b, int64_t day);
/* 0, or 1 when `s` is not a day of the calendar written like that. */
MUST_CHECK int day_parse(struct str s, int64_t *ret);

#endif
