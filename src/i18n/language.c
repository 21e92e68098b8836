/* Which language to speak: see i18n.h. */
#include "i18n/i18n.h"

#include <assert.h>

enum {
	TAG_MAX = 35,    /* bytes of a language tag (RFC 5646, 4.4.1) */
	RANGES_MAX = 32, /* ranges of an Accept-Language header that are looked at */
	QUALITY_ONE = 1000,
	UNSEEN = -1,
};

struct str language_code(enum language l)
{
	static const struct str codes[LANG_N] = { [LANG_FR] = STR("fr"), [LANG_EN] = STR("en") };

	assert(l < LANG_N);
	return codes[l];
}

static bool is_tag_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-';
}

int language_parse(struct str code, enum language *ret)
{
	struct str rest = code;
	struct str primary = str_cut(&rest, '-');

	if (code.len > TAG_MAX)
		return 1;
	for (size_t i = 0; i < rest.len; i++)
		if (!is_tag_char(rest.data[i]))
			return 1;
	for (enum language l = 0; l < LANG_N; l++) {
		if (str_eq_nocase(primary, language_code(l))) {
			*ret = l;
			return 0;
		}
	}
	return 1;
}

/* A qvalue (RFC 9110, 12.4.2) in thousandths: "0", "0.5", "1.000". 0, or 1 when it is none. */
static int quality_parse(struct str s, int *ret)
{
	int quality = 0;
	int unit = QUALITY_ONE;

	if (s.len == 0 || s.len > 5 || (s.len > 1 && s.data[1] != '.'))
		return 1;
	for (size_t i = 0; i < s.len; i++) {
		if (i == 1)
			continue;
		if (s.data[i] < '0' || s.data[i] > '9')
			return 1;
		quality += (s.data[i] - '0') * unit;
		unit /= 10;
	}
	if (quality > QUALITY_ONE)
		return 1;
	*ret = quality;
	return 0;
}

/* One element of the header, "fr-CA;q=0.8", taken apart. 0, or 1 when it is malformed. */
static int range_parse(struct str element, struct str *ret_tag, int *ret_quality)
{
	struct str weight = element;
	struct str tag = str_trim(str_cut(&weight, ';'));
	int quality = QUALITY_ONE;

	weight = str_trim(weight);
	if (weight.len) {
		if (!str_eq_nocase(str_slice(weight, 0, 2), S("q=")))
			return 1;
		if (quality_parse(str_slice(weight, 2, weight.len), &quality) != 0)
			return 1;
	}
	*ret_tag = tag;
	*ret_quality = quality;
	return 0;
}

enum language language_negotiate(struct str accept_language)
{
	int quality[LANG_N] = { UNSEEN, UNSEEN };
	int order[LANG_N] = { RANGES_MAX, RANGES_MAX }; /* equal wishes: the first one named */
	int others = UNSEEN;
	enum language best = LANG_FR;

	for (int i = 0; i < RANGES_MAX && accept_language.data; i++) {
		struct str tag;
		enum language l;
		int q;

		if (range_parse(str_cut(&accept_language, ','), &tag, &q) != 0)
			continue;
		if (str_is(tag, "*")) {
			others = q;
		} else if (language_parse(tag, &l) == 0 && q > quality[l]) {
			quality[l] = q;
			order[l] = i;
		}
	}
	for (enum language l = 0; l < LANG_N; l++)
		if (quality[l] == UNSEEN)
			quality[l] = others;
	if (quality[LANG_EN] > quality[LANG_FR] ||
	    (quality[LANG_EN] == quality[LANG_FR] && order[LANG_EN] < order[LANG_FR]))
		best = LANG_EN;
	/* "en;q=0" alone refuses English; that does not make it the wish. */
	return quality[best] > 0 ? best : LANG_FR;
}
