/*
 * The codes of six characters that people read from a wall and type: of a workshop that is open, and of a round
 * whose public link is. One code is of one of them at a time, in the whole installation.
 */
#ifndef JALON_ROUNDS_CODE_H
#define JALON_ROUNDS_CODE_H

#include "db/db.h"

enum { ROOM_CODE_LENGTH = 6 };

/* A new code in `a`: Crockford's base 32, which has no I, L, O and U. */
struct str room_code_make(struct arena *a);
/* What somebody typed as a code, in `a`: spaces and hyphens left out, O read as 0, I and L as 1. 0, or 1 when
 * it is none. */
MUST_CHECK int room_code_read(struct arena *a, struct str typed, struct str *ret);
/* A code as it is shown, in two halves, in `a`; empty for none. */
struct str room_code_words(struct arena *a, struct str code);
/* A code that nothing open has, in `a`. 0 or a fault. */
MUST_CHECK int room_code_free(struct db *db, struct arena *a, struct str *ret, struct err *err);

#endif
