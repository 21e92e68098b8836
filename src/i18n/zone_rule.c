/* The rule of a zone after the last change that its file lists: see zone_priv.h. */
#include "i18n/zone_priv.h"

enum { HOUR = 3600, DAY = 24 * HOUR, HOURS_MAX = 167, DEFAULT_SECOND = 2 * HOUR };

/* ---- reading it ---- */

static bool takes(struct str *s, char c)
{
	if (s->len == 0 || s->data[0] != c)
		return false;
	*s = str_slice(*s, 1, s->len);
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Leading digits as a number of at most `max`. 0, or 1. */
static int take_number(struct str *s, int64_t max, int64_t *ret)
{
	int64_t n = 0;
	size_t i = 0;

	for (; i < s->len && i < 3 && is_digit(s->data[i]); i++)
		n = n * 10 + (s->data[i] - '0');
	*s = str_slice(*s, i, s->len);
	*ret = n;
	return i == 0 || n > max;
}

/* "EST" or "<+03>". 0, or 1. */
static int take_name(struct str *s)
{
	bool is_quoted = takes(s, '<');
	size_t i = 0;

	while (i < s->len && (is_quoted ? s->data[i] != '>'
					: (s->data[i] | 0x20) >= 'a' && (s->data[i] | 0x20) <= 'z'))
		i++;
	*s = str_slice(*s, i, s->len);
	return i < 3 || (is_quoted && !takes(s, '>'));
}

/* "[+-]hh[:mm[:ss]]" in seconds. 0, or 1. */
static int take_time(struct str *s, int64_t *ret)
{
	bool is_negative = takes(s, '-');
	int64_t hour, minute = 0, second = 0;

	if (!is_negative)
		(void)takes(s, '+');
	if (take_number(s, HOURS_MAX, &hour) != 0 ||
	    (takes(s, ':') && take_number(s, 59, &minute) != 0) ||
	    (takes(s, ':') && take_number(s, 59, &second) != 0))
		return 1;
	*ret = hour * HOUR + minute * 60 + second;
	if (is_negative)
		*ret = -*ret;
	return 0;
}

/* "M10.5.0/3", "J60", "59/-1". 0, or 1. */
static int take_day(struct str *s, struct zone_day *ret)
{
	int r;

	*ret = (struct zone_day){ .kind = ZONE_DAY_OF_YEAR, .second = DEFAULT_SECOND };
	if (!takes(s, ','))
		return 1;
	if (takes(s, 'M')) {
		ret->kind = ZONE_DAY_MONTH;
		r = take_number(s, 12, &ret->month) != 0 || ret->month == 0 || !takes(s, '.') ||
		    take_number(s, 5, &ret->week) != 0 || ret->week == 0 || !takes(s, '.') ||
		    take_number(s, 6, &ret->day) != 0;
	} else if (takes(s, 'J')) {
		ret->kind = ZONE_DAY_NO_LEAP;
		r = take_number(s, 365, &ret->day) != 0 || ret->day == 0;
	} else {
		r = take_number(s, 365, &ret->day);
	}
	return r != 0 || (takes(s, '/') && take_time(s, &ret->second) != 0);
}

int zone_rule_parse(struct str s, struct zone_rule *ret)
{
	*ret = (struct zone_rule){ .has_summer = false };
	/* POSIX counts west of Greenwich. */
	if (take_name(&s) != 0 || take_time(&s, &ret->standard) != 0)
		return 1;
	ret->standard = -ret->standard;
	if (s.len == 0)
		return 0;
	ret->has_summer = true;
	ret->summer = ret->standard + HOUR;
	if (take_name(&s) != 0)
		return 1;
	if (s.len && s.data[0] != ',') {
		if (take_time(&s, &ret->summer) != 0)
			return 1;
		ret->summer = -ret->summer;
	}
	return take_day(&s, &ret->begins) != 0 || take_day(&s, &ret->ends) != 0 || s.len != 0;
}

/* ---- following it ---- */

static bool is_leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t floor_div(int64_t n, int64_t by)
{
	return n / by - (n % by < 0);
}

/* Days from 1970 to the year's first. */
static int64_t year_begins(int64_t year)
{
	int64_t y = year - 1;

	return (year - 1970) * 365 + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400) - 477;
}

static int64_t year_of(int64_t day)
{
	int64_t year = 1970 + floor_div(day * 400, 146097);

	while (year_begins(year) > day)
		year--;
	while (year_begins(year + 1) <= day)
		year++;
	return year;
}

/* The days of `year` before its month, 1 to 13. */
static int64_t before_month(int64_t year, int64_t month)
{
	static const int16_t days[] = {
		0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365
	};

	return days[month - 1] + (month > 2 && is_leap(year));
}

/* The day that `d` is in `year`, from 1970. */
static int64_t day_in(int64_t year, const struct zone_day *d)
{
	int64_t begins = year_begins(year), first, day, n;

	if (d->kind == ZONE_DAY_OF_YEAR)
		return begins + d->day;
	if (d->kind == ZONE_DAY_NO_LEAP)
		return begins + d->day - 1 + (d->day > 59 && is_leap(year));
	first = begins + before_month(year, d->month);
	n = before_month(year, d->month + 1) - before_month(year, d->month);
	/* 1 January 1970 was a Thursday. */
	day = (d->day - (first + 4) % 7 + 14) % 7 + (d->week - 1) * 7;
	return first + (day < n ? day : day - 7);
}

int64_t zone_rule_offset(const struct zone_rule *rule, int64_t utc)
{
	int64_t year, begins, ends;
	bool is_summer;

	if (!rule->has_summer)
		return rule->standard;
	year = year_of(floor_div(utc + rule->standard, DAY));
	begins = day_in(year, &rule->begins) * DAY + rule->begins.second - rule->standard;
	ends = day_in(year, &rule->ends) * DAY + rule->ends.second - rule->summer;
	/* South of the equator the summer goes over the year's end. */
	is_summer = begins < ends ? utc >= begins && utc < ends : utc >= begins || utc < ends;
	return is_summer ? rule->summer : rule->standard;
}
