/* What respondents were promised, carried out: see keep.h. */
#include "rounds/keep.h"

#include "i18n/zone.h"
#include "rounds/queries.h"

/* A workshop that was not ended a day after it was started was forgotten: it puts off nothing any more. */
enum { WORKSHOP_MAX_MS = 24 * 60 * 60 * 1000 };

struct str keep_words(struct arena *a, enum language l, const struct round *round, struct str zone)
{
	const struct round_terms *t = &round->terms;
	struct str words = t->retention;
	int64_t at = t->keep_until_ms;

	if (!t->has_keep_until || words.len == 0)
		return words;
	/* The sentence goes on. */
	if (words.data[words.len - 1] == '.')
		words.len--;
	return tr_fill(
		a, tr(l, "{words} (erased automatically on {date})"),
		(const struct tr_arg[]){ { "words", words },
					 { "date", fmt_date(a, l, at + zone_offset(zone, at)) } },
		2);
}

int keep_is_due(struct db *db, struct arena *a, int64_t now_ms, bool *ret, struct err *err)
{
	struct rounds_keep_due_row row;
	int r = rounds_keep_due(db, a, now_ms, now_ms - WORKSHOP_MAX_MS, &row, err);

	if (r == 0)
		*ret = row.n > 0;
	return r;
}

int keep_carry_out(struct db *db, struct arena *a, int64_t now_ms, struct kept_round *ret,
		   struct err *err)
{
	struct rounds_keep_take_row row;
	int r = rounds_keep_take(db, a, now_ms, now_ms - WORKSHOP_MAX_MS, &row, err);

	if (r != 0)
		return r;
	db_scope(db, row.org_id);
	r = rounds_keep_workshop(db, row.org_id, row.id, now_ms, err);
	if (r == 0)
		r = rounds_keep_sheets(db, row.org_id, row.id, err);
	if (r == 0)
		r = rounds_keep_participants(db, row.org_id, row.id, err);
	if (r == 0)
		*ret = (struct kept_round){ row.org_id, row.id, row.title };
	return r;
}
