/* Clocks: see timing.h. */
#include "base/timing.h"

#include <time.h>

static int64_t clock_ms(clockid_t id)
{
	struct timespec ts;

	(void)clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t time_now_ms(void)
{
	return clock_ms(CLOCK_REALTIME);
}

int64_t time_mono_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

int64_t time_mono_us(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

void time_iso_put(struct buf *b, int64_t ms)
{
	time_t s = (time_t)(ms / 1000);
	int rest = (int)(ms % 1000);
	struct tm tm = { 0 };

	if (rest < 0) {
		rest += 1000;
		s--;
	}
	(void)gmtime_r(&s, &tm);
	buf_fmt(b, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", tm.tm_year + 1900, tm.tm_mon + 1,
		tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, rest);
}

struct str time_iso(struct arena *a, int64_t ms)
{
	enum { ISO_MAX = 64 };
	struct buf b = buf_make(a, ISO_MAX);

	time_iso_put(&b, ms);
	return buf_str(&b);
}
