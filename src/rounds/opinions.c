/* How far opinions lie apart: see opinions.h. */
#include "rounds/opinions.h"

enum opinions opinions_of(const struct question_spread *s)
{
	if (s->given == 0)
		return OPINIONS_NONE;
	if (s->mode_share < OPINIONS_HALF)
		return OPINIONS_APART;
	return s->mode_share < OPINIONS_MOST ? OPINIONS_NUANCED : OPINIONS_ALIKE;
}

struct str opinions_words(enum language l, enum opinions o)
{
	switch (o) {
	case OPINIONS_NONE:
		return tr(l, "No answer");
	case OPINIONS_FEW:
		return tr(l, "Too few answers");
	case OPINIONS_APART:
		return tr(l, "To discuss");
	case OPINIONS_NUANCED:
		return tr(l, "Mixed opinions");
	case OPINIONS_ALIKE:
		return tr(l, "Convergent opinions");
	case OPINIONS_AGREED:
		return trc(l, "item of a workshop", "Agreed");
	}
	return S("");
}
