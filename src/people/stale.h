/*
 * Two who change the same: a form carries a mark of what was stored when it was shown. Whoever saves after
 * somebody else sees what that is now, keeps what was typed, and may save it all the same.
 */
#ifndef JALON_PEOPLE_STALE_H
#define JALON_PEOPLE_STALE_H

#include "view/form.h"

enum { STALE_MARK_MAX = 16 };

/* A field that is not as it was typed. */
struct stale_line {
	struct str label, value; /* as it is stored now, in words */
};
struct stale {
	struct stale_line *lines;
	size_t n; /* 0: nobody else changed anything */
};

/* The mark of `stored`, a form filled from what is stored, into the hidden field "was" of `f`. */
void stale_mark(struct form *f, const struct form *stored);
/* What of `stored` is not as in `typed`, the same form as it was sent, if it was changed since `was` was its mark; an
 * empty `was` asks nothing. */
struct stale stale_find(const struct form *typed, const struct form *stored, struct str was);

/* Says so, above the form; nothing when there is nothing to say. */
void people_stale(struct view *v, const struct stale *m);

#endif
