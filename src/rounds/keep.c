/* What respondents were promised, carried out: see keep.h. */
#include "rounds/keep.h"

#include "rounds/queries.h"

int keep_is_due(struct db *db, struct arena *a, int64_t now_ms, bool *ret, struct err *err)
{
	struct rounds_keep_due_row row;
	int r = rounds_keep_due(db, a, now_ms, &row, err);

	if (r == 0)
		*ret = row.n > 0;
	return r;
}

int keep_carry_out(struct db *db, struct arena *a, int64_t now_ms, struct kept_round *ret,
		   struct err *err)
{
	struct rounds_keep_take_row row;
	int r = rounds_keep_take(db, a, now_ms, &row, err);

	if (r != 0)
		return r;
	db_scope(db, row.org_id);
	r = rounds_keep_sheets(db, row.org_id, row.id, err);
	if (r == 0)
		r = rounds_keep_participants(db, row.org_id, row.id, err);
	if (r == 0)
		*ret = (struct kept_round){ row.org_id, row.id, row.title };
	return r;
}
