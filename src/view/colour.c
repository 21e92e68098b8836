/* Colours: see colour.h. */
#include "view/colour.h"

#include <math.h>

#include "base/buf.h"
#include "base/utf8.h"

static const struct str white = STR("#ffffff"), ink = STR("#10242b");

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool colour_is_valid(struct str s)
{
	if (s.len != sizeof COLOUR_OURS - 1 || s.data[0] != '#')
		return false;
	for (size_t i = 1; i < s.len; i++)
		if (digit(s.data[i]) < 0)
			return false;
	return true;
}

/* One channel's light, sRGB undone. */
static double light_of(struct str colour, size_t at)
{
	double c = (digit(colour.data[at]) * 16 + digit(colour.data[at + 1])) / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* Relative luminance, WCAG 2.2. */
static double luminance(struct str colour)
{
	return 0.2126 * light_of(colour, 1) + 0.7152 * light_of(colour, 3) +
	       0.0722 * light_of(colour, 5);
}

int colour_contrast(struct str a, struct str b)
{
	double la = luminance(a), lb = luminance(b);
	double lighter = la > lb ? la : lb, darker = la > lb ? lb : la;

	return (int)lround(100 * (lighter + 0.05) / (darker + 0.05));
}

struct str colour_ink_on(struct str ground)
{
	return colour_contrast(white, ground) >= colour_contrast(ink, ground) ? white : ink;
}

struct str colour_or_ours(struct str chosen)
{
	return colour_is_valid(chosen) ? chosen : S(COLOUR_OURS);
}

struct str letters_of(struct arena *a, struct str name)
{
	struct str first = { "", 0 }, second = { "", 0 };
	struct str rest = name;

	while (rest.data && second.len == 0) {
		struct str word = utf8_prefix(str_cut(&rest, ' '), 1);

		if (first.len == 0)
			first = word;
		else
			second = word;
	}
	return str_fmt(a, "%.*s%.*s", STR_ARG(first), STR_ARG(second));
}
