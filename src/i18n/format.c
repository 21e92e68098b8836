/* How French and English write numbers, dates and lists (CLDR 48; spaces as i18n.h says). */
#include "i18n/i18n.h"

#include <assert.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/num.h"

#define NARROW_SPACE "\u202f"
#define WIDE_SPACE "\u00a0"

enum {
	NUMBER_MAX =
		64, /* bytes of a formatted number: 19 digits, 6 separators of 3 bytes, a sign */
	DECIMALS_MAX = 18,
	YEAR_ZERO = 1900,
};

struct notation {
	struct str thousands, decimal, percent, list_comma, list_and, opening, closing;
	const char *months[12];
};

static const struct notation notations[LANG_N] = {
	[LANG_FR] = {
		STR(NARROW_SPACE), STR(","), STR(NARROW_SPACE "%"), STR(", "), STR(" et "),
		STR("«" WIDE_SPACE), STR(WIDE_SPACE "»"),
		{ "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
		  "septembre", "octobre", "novembre", "décembre" },
	},
	[LANG_EN] = {
		STR(","), STR("."), STR("%"), STR(", "), STR(" and "),
		STR("\""), STR("\""),
		{ "January", "February", "March", "April", "May", "June", "July", "August",
		  "September", "October", "November", "December" },
	},
};

/* `n` without its sign; right for INT64_MIN too. */
static uint64_t magnitude(int64_t n)
{
	return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

/* `n` in groups of three digits, written from its end. */
static void put_grouped(struct buf *b, const struct notation *notation, uint64_t n)
{
	struct str separator = notation->thousands;
	char text[NUMBER_MAX];
	size_t start = sizeof text;

	for (int digits = 0; digits == 0 || n > 0; digits++, n /= 10) {
		if (digits > 0 && digits % 3 == 0) {
			start -= separator.len;
			memcpy(text + start, separator.data, separator.len);
		}
		text[--start] = (char)('0' + n % 10);
	}
	buf_put(b, str_make(text + start, sizeof text - start));
}

struct str fmt_int(struct arena *a, enum language l, int64_t n)
{
	return fmt_fixed(a, l, n, 0, false);
}

struct str fmt_fixed(struct arena *a, enum language l, int64_t n, int decimals, bool trim)
{
	const struct notation *notation = &notations[l];
	char text[NUMBER_MAX];
	struct buf b = buf_fixed(text, sizeof text);
	uint64_t rest = magnitude(n);
	uint64_t unit = 1;

	assert(decimals >= 0 && decimals <= DECIMALS_MAX);
	for (int i = 0; i < decimals; i++)
		unit *= 10;
	if (n < 0)
		buf_putc(&b, '-');
	put_grouped(&b, notation, rest / unit);
	rest %= unit;
	if (decimals > 0 && !(trim && rest == 0))
		buf_put(&b, notation->decimal);
	while (unit > 1 && !(trim && rest == 0)) {
		unit /= 10;
		buf_putc(&b, (char)('0' + rest / unit));
		rest %= unit;
	}
	assert(!b.full);
	return str_dup(a, buf_str(&b));
}

struct str fmt_percent(struct arena *a, enum language l, int share)
{
	struct buf b = buf_make(a, NUMBER_MAX);

	buf_put(&b, fmt_int(a, l, num_div_round(share, 100)));
	buf_put(&b, notations[l].percent);
	return buf_str(&b);
}

struct str fmt_date(struct arena *a, enum language l, int64_t ms)
{
	time_t seconds = ms / 1000 - (ms % 1000 < 0);
	struct tm tm;
	bool in_range = gmtime_r(&seconds, &tm) != NULL;
	const char *ordinal;

	assert(in_range);
	ordinal = l == LANG_FR && tm.tm_mday == 1 ? "er" : "";
	return str_fmt(a, "%d%s\u00a0%s %d", tm.tm_mday, ordinal, notations[l].months[tm.tm_mon],
		       tm.tm_year + YEAR_ZERO);
}

struct str fmt_list(struct arena *a, enum language l, const struct str *items, size_t n)
{
	const struct notation *notation = &notations[l];
	size_t size = 0;
	struct buf b;

	for (size_t i = 0; i < n; i++)
		size += items[i].len + notation->list_and.len;
	b = buf_make(a, size);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_put(&b, i + 1 < n ? notation->list_comma : notation->list_and);
		buf_put(&b, items[i]);
	}
	return buf_str(&b);
}

struct str fmt_quoted(struct arena *a, enum language l, struct str s)
{
	const struct notation *notation = &notations[l];
	struct buf b = buf_make(a, notation->opening.len + s.len + notation->closing.len);

	buf_put(&b, notation->opening);
	buf_put(&b, s);
	buf_put(&b, notation->closing);
	return buf_str(&b);
}

struct str fmt_sentence(struct arena *a, struct str words)
{
	if (words.len == 0 || *words.data < 'a' || *words.data > 'z')
		return words;
	return str_fmt(a, "%c%.*s", *words.data - 'a' + 'A', (int)words.len - 1, words.data + 1);
}
