/*
 * Inside the room: what an owner takes along of anonymous rounds, which is what their pages tell and no more.
 *
 * Of a round that is not over nothing goes along but the round and who is invited: two exports would differ by who
 * answered in between. Nor does what a workshop under way votes, for the same reason. Of one that is over, the answers
 * go along one by one: those to each question are dealt out anew over the sheets, without departments, so that every
 * count comes out as pages have it and no sheet is anybody's. Where few answered a question (given_by_few()), all of it
 * becomes blanks, as where pages read it (rounds/few.h). Counted are all who answered: a page that does not know an
 * answer of another version of the pack may hide what two others said, although it was three. Nor do drafts go along,
 * nor the day somebody answered.
 */
#ifndef JALON_TRANSFER_APART_H
#define JALON_TRANSFER_APART_H

#include "db/tables.h"

struct apart;

/* What there is of anonymous rounds, in `a`. TRANSFER_TOO_LARGE, or a fault. */
MUST_CHECK int apart_load(struct arena *a, struct db *db, int64_t org_id, int64_t now_ms,
			  struct apart **ret, struct err *err);
/* Whether a row goes along; makes of it what does. All rows of a table are asked for once, in the order of their
 * keys; texts that are put in live as long as `x`. */
bool apart_take(struct apart *x, const struct db_table *table, struct db_value *row);
/* After the last table. A fault unless each answer went along once. */
MUST_CHECK int apart_end(const struct apart *x, struct err *err);

#endif
