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

enum { DAY_MS = 24 * 60 * 60 * 1000, DAY_LENGTH = 10 /* bytes of 2026-03-12 */ };

void day_put(struct buf *b, int64_t day)
{
	char iso[64];
	struct buf text = buf_fixed(iso, sizeof iso);

	day = day < DAY_MIN ? DAY_MIN : day > DAY_MAX ? DAY_MAX : day;
	time_iso_put(&text, day * DAY_MS);
	buf_put(b, str_slice(buf_str(&text), 0, DAY_LENGTH));
}

/* The number of `n` digits at `at`, leading zeros included. */
static int digits(struct str s, size_t at, size_t n, int *ret)
{
	int number = 0;

	for (size_t i = at; i < at + n; i++) {
		if (s.data[i] < '0' || s.data[i] > '9')
			return 1;
		number = number * 10 + (s.data[i] - '0');
	}
	*ret = number;
	return 0;
}

int day_parse(struct str s, int64_t *ret)
{
	struct tm tm = { 0 };
	char again[16];
	struct buf b = buf_fixed(again, sizeof again);
	int64_t day;
	int year, month, date;

	if (s.len != DAY_LENGTH || s.data[4] != '-' || s.data[7] != '-' || digits(s, 0, 4, &year) ||
	    digits(s, 5, 2, &month) || digits(s, 8, 2, &date))
		return 1;
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	tm.tm_mday = date;
	day = timegm(&tm) / (DAY_MS / 1000);
	/* 30 February is written back as another day. */
	day_put(&b, day);
	if (!str_eq(buf_str(&b), s))
		return 1;
	*ret = day;
	return 0;
}
