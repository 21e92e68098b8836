/* Clocks and dates. Times are UTC milliseconds since 1970 (int64_t, named …_ms). */
#ifndef JALON_BASE_TIMING_H
#define JALON_BASE_TIMING_H

#include <stdint.h>

#include "base/buf.h"
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

#endif
