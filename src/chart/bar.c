/* One horizontal bar: see chart.h. */
#include "chart/svg.h"

#include "base/num.h"

enum { LOOKS = 6 }; /* k1 to k6 */

/* The bar keeps its thickness on a phone by being drawn shorter there. */
static void draw(struct buf *b, const struct chart_bar *c, const struct svg_words *words,
		 const char *attributes, const char *suffix, int width)
{
	int max = c->max > 0 ? c->max : 1;
	int value = c->value < 0 ? 0 : c->value > max ? max : c->value;
	int length = (int)num_div_round((int64_t)width * UNIT * value, max);
	int look = c->look < 1 ? 1 : c->look > LOOKS ? LOOKS : c->look;
	char class[] = "k1";

	class[1] = (char)('0' + look);
	svg_open(b, attributes, words, suffix);
	svg_rect(b, "f0", 0, 4 * UNIT, width * UNIT, 12 * UNIT);
	if (length)
		svg_rect(b, class, 0, 4 * UNIT, length, 12 * UNIT);
	svg_close(b);
}

struct str chart_bar_svg(struct arena *a, const struct chart_bar *c)
{
	struct svg_words words = svg_words(a, &c->words);
	struct buf b = svg_make(a);

	draw(&b, c, &words, "class=\"wideonly\" viewBox=\"0 0 700 20\"", "", 700);
	draw(&b, c, &words, "class=\"slimonly\" viewBox=\"0 0 320 20\"", "s", 320);
	return buf_str(&b);
}
