/* Time zones: see zone.h. */
#include "i18n/zone.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/num.h"
#include "i18n/zone_priv.h"

static const char zones_folder[] = "/usr/share/zoneinfo/";

enum {
	ZONE_NAME_MAX = 64,
	ZONE_BYTES_MAX = 16 * 1024, /* the longest known has 4 KiB */
	HEADER_BYTES = 44,
	TYPE_BYTES = 6,
	TIME_BYTES = 8, /* of the second, 64-bit block */
};

/* The second block of a TZif file. */
struct zone {
	const unsigned char *times, *indexes, *types;
	uint32_t n_times, n_types;
	struct str footer; /* the rule after the last of `times`; empty: none */
};

static bool is_name(struct str name)
{
	if (name.len == 0 || name.len > ZONE_NAME_MAX || name.data[0] == '/' ||
	    str_contains(name, S("..")))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.data[i];
		bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		if (!is_letter && !(c >= '0' && c <= '9') && (!c || !strchr("/_+-", c)))
			return false;
	}
	return true;
}

static uint32_t number32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t number64(const unsigned char *p)
{
	return (int64_t)((uint64_t)number32(p) << 32 | number32(p + 4));
}

/* The bytes of the block after a header, times being `time_bytes` long. */
static size_t block_bytes(const unsigned char *h, size_t time_bytes)
{
	size_t n_utc = number32(h + 20), n_std = number32(h + 24), n_leap = number32(h + 28);
	size_t n_times = number32(h + 32), n_types = number32(h + 36), n_chars = number32(h + 40);

	return n_times * (time_bytes + 1) + n_types * TYPE_BYTES + n_chars +
	       n_leap * (time_bytes + 4) + n_std + n_utc;
}

static bool is_header(const unsigned char *bytes, size_t n, size_t at)
{
	return at + HEADER_BYTES <= n && memcmp(bytes + at, "TZif", 4) == 0;
}

/* The line that ends the file, between two newlines. */
static struct str footer_at(const unsigned char *bytes, size_t n, size_t at)
{
	struct str rest = str_make((const char *)bytes + at, n - at);

	if (rest.len < 2 || bytes[at] != '\n' || bytes[n - 1] != '\n')
		return (struct str){ "", 0 };
	return str_slice(rest, 1, rest.len - 1);
}

/* 0, or 1 when it is no file of version 2 or later. */
static int zone_parse(const unsigned char *bytes, size_t n, struct zone *ret)
{
	size_t at = 0;
	const unsigned char *h;

	if (!is_header(bytes, n, 0) || bytes[4] < '2')
		return 1;
	at = HEADER_BYTES + block_bytes(bytes, 4);
	if (!is_header(bytes, n, at))
		return 1;
	h = bytes + at;
	at += HEADER_BYTES;
	if (block_bytes(h, TIME_BYTES) > n - at)
		return 1;
	ret->n_times = number32(h + 32);
	ret->n_types = number32(h + 36);
	ret->times = bytes + at;
	ret->indexes = ret->times + (size_t)ret->n_times * TIME_BYTES;
	ret->types = ret->indexes + ret->n_times;
	ret->footer = footer_at(bytes, n, at + block_bytes(h, TIME_BYTES));
	return ret->n_types ? 0 : 1;
}

/* The whole file into `bytes`; its length, 0 when it cannot be read. */
static size_t zone_read(struct str name, unsigned char *bytes)
{
	char path[sizeof zones_folder + ZONE_NAME_MAX];
	struct buf b = buf_fixed(path, sizeof path);
	ssize_t n = 0;
	int fd;

	if (!is_name(name))
		return 0;
	buf_puts(&b, zones_folder);
	buf_put(&b, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	n = read(fd, bytes, ZONE_BYTES_MAX);
	(void)close(fd);
	return n > 0 ? (size_t)n : 0;
}

/* The offset that the list of changes says, in seconds. */
static int64_t listed_offset(const struct zone *zone, int64_t utc)
{
	uint32_t type = 0;

	for (uint32_t i = 0; i < zone->n_times; i++)
		if (number64(zone->times + (size_t)i * TIME_BYTES) <= utc)
			type = zone->indexes[i];
	if (type >= zone->n_types)
		return 0;
	return (int32_t)number32(zone->types + (size_t)type * TYPE_BYTES);
}

int64_t zone_offset(struct str name, int64_t utc_ms)
{
	unsigned char bytes[ZONE_BYTES_MAX];
	int64_t utc = utc_ms / 1000;
	struct zone_rule rule;
	struct zone zone;
	bool is_listed;

	if (zone_parse(bytes, zone_read(name, bytes), &zone) != 0)
		return 0;
	is_listed = zone.n_times > 0 &&
		    utc < number64(zone.times + (size_t)(zone.n_times - 1) * TIME_BYTES);
	if (!is_listed && zone_rule_parse(zone.footer, &rule) == 0)
		return zone_rule_offset(&rule, utc) * 1000;
	return listed_offset(&zone, utc) * 1000;
}

int64_t zone_to_utc(struct str name, int64_t local_ms)
{
	int64_t guess = local_ms - zone_offset(name, local_ms);

	return local_ms - zone_offset(name, guess);
}

/* ---- as browsers write it ---- */

int local_parse(struct str s, int64_t *ret_ms)
{
	static const struct {
		size_t from, to;
		int min, max;
	} parts[] = { { 0, 4, 1970, 9999 },
		      { 5, 7, 1, 12 },
		      { 8, 10, 1, 31 },
		      { 11, 13, 0, 23 },
		      { 14, 16, 0, 59 } };
	int64_t values[5];
	struct tm tm;
	time_t seconds;

	if (s.len != 16 || s.data[4] != '-' || s.data[7] != '-' ||
	    (s.data[10] != 'T' && s.data[10] != ' ') || s.data[13] != ':')
		return 1;
	for (size_t i = 0; i < 5; i++) {
		struct str part = str_slice(s, parts[i].from, parts[i].to);

		if (part.data[0] == '0' && part.len == 2)
			part = str_slice(part, 1, 2);
		if (num_parse(part, parts[i].min, parts[i].max, &values[i]) != 0)
			return 1;
	}
	tm = (struct tm){ .tm_year = (int)values[0] - 1900,
			  .tm_mon = (int)values[1] - 1,
			  .tm_mday = (int)values[2],
			  .tm_hour = (int)values[3],
			  .tm_min = (int)values[4] };
	seconds = timegm(&tm);
	/* The 31st of a shorter month would have become the next one's first. */
	if (tm.tm_mday != values[2])
		return 1;
	*ret_ms = (int64_t)seconds * 1000;
	return 0;
}

struct str local_text(struct arena *a, int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;

	(void)gmtime_r(&seconds, &tm);
	return str_fmt(a, "%04d-%02d-%02dT%02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		       tm.tm_hour, tm.tm_min);
}

struct str zone_words(struct arena *a, enum language l, struct str name, int64_t utc_ms)
{
	enum { WORDS_MINUTE_MS = 60 * 1000, DAY_MINUTES = 24 * 60 };
	int64_t local = utc_ms + zone_offset(name, utc_ms);
	int minute = (int)(local / WORDS_MINUTE_MS % DAY_MINUTES);

	return tr_fill(a, tr(l, "{date} at {hour}:{minute}"),
		       (const struct tr_arg[]){
			       { "date", fmt_date(a, l, local) },
			       { "hour", str_fmt(a, l == LANG_FR ? "%d" : "%02d", minute / 60) },
			       { "minute", str_fmt(a, "%02d", minute % 60) } },
		       3);
}
