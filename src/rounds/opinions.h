/*
 * How far opinions on an item lie apart: one scale and one set of words for results, agendas and documents. The
 * measure is the share of the answer given most often, "I do not know" being one.
 */
#ifndef JALON_ROUNDS_OPINIONS_H
#define JALON_ROUNDS_OPINIONS_H

#include "domain/consolidate.h"
#include "i18n/i18n.h"
#include "rounds/workshop.h"

enum opinions {
	OPINIONS_NONE,    /* nobody answered */
	OPINIONS_FEW,     /* of an anonymous round, and too few: see few.h */
	OPINIONS_APART,   /* under OPINIONS_HALF: to be discussed */
	OPINIONS_NUANCED, /* under OPINIONS_MOST */
	OPINIONS_ALIKE,
	OPINIONS_AGREED, /* however far apart they were: something was agreed on since */
};

/* Of the answers given, in ten-thousandths. */
enum { OPINIONS_HALF = SHARE_WHOLE / 2, OPINIONS_MOST = SHARE_WHOLE * 3 / 4 };

/* By what was answered alone: never OPINIONS_FEW nor OPINIONS_AGREED. */
enum opinions opinions_of(const struct question_spread *s);
/* "To discuss", "Mixed opinions", "Agreed". Lives for ever. */
struct str opinions_words(enum language l, enum opinions o);

#endif
