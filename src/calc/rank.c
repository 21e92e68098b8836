/* jalon calc rank: an order from comparisons by pairs. */
#include "domain/rank.h"

#include <assert.h>

#include "base/map.h"
#include "calc/calc_priv.h"

static_assert((int)CALC_ITEMS_MAX == RANK_ITEMS_MAX && (int)CALC_COUNT_MAX == RANK_COUNT_MAX,
	      "the documents' limits are the arithmetic's");

/* What is ranked. */
struct contest {
	struct str *names;
	size_t n;
	struct map by_name; /* to elements of names */
	struct comparison *comparisons;
	size_t n_comparisons;
};

static void read_items(struct calc *c, json_t *document, struct contest *ret)
{
	const struct path path = { .key = "items" };
	json_t *v = reader_member(&c->reader, NULL, document, "items", true);
	json_t *item;
	size_t i;

	if (!v || !reader_array(&c->reader, &path, v, 1, CALC_ITEMS_MAX))
		return;
	ret->n = json_array_size(v);
	ret->names = arena_new(c->scratch, struct str, ret->n);
	json_array_foreach(v, i, item)
	{
		struct path at = { .parent = &path, .index = i };

		if (reader_name(&c->reader, &at, item, &ret->names[i]) &&
		    map_add(&ret->by_name, ret->names[i], &ret->names[i]))
			reader_error(&c->reader, &at, N_("this item appears twice"), NULL);
	}
}

/* The item that member `key` names. */
static size_t read_item(struct reader *r, const struct path *comparison, json_t *v, const char *key,
			const struct contest *contest)
{
	const struct path path = { .parent = comparison, .key = key };
	json_t *member = reader_member(r, comparison, v, key, true);
	const struct str *found;

	if (!member)
		return 0;
	found = map_get(&contest->by_name, json_text(member));
	if (!found) {
		reader_error(r, &path, N_("must be one of the items"), NULL);
		return 0;
	}
	return (size_t)(found - contest->names);
}

static void read_comparison(struct reader *r, const struct path *path, json_t *v,
			    const struct contest *contest, struct comparison *ret)
{
	static const char *const known[] = { "winner", "loser", "count", NULL };
	const struct path loser_path = { .parent = path, .key = "loser" };
	const struct path count_path = { .parent = path, .key = "count" };
	size_t errors = r->errors->n;
	json_t *count;

	if (!reader_object(r, path, v, known))
		return;
	ret->winner = read_item(r, path, v, "winner", contest);
	ret->loser = read_item(r, path, v, "loser", contest);
	if (r->errors->n == errors && ret->winner == ret->loser)
		reader_error(r, &loser_path, N_("an item is not compared with itself"), NULL);
	ret->count = 1;
	count = reader_member(r, path, v, "count", false);
	if (count)
		(void)reader_int(r, &count_path, count, 1, CALC_COUNT_MAX, &ret->count);
}

static void read_comparisons(struct calc *c, json_t *document, struct contest *ret)
{
	const struct path path = { .key = "comparisons" };
	json_t *v = reader_member(&c->reader, NULL, document, "comparisons", true);
	json_t *comparison;
	size_t i;

	if (!v || !reader_array(&c->reader, &path, v, 0, CALC_COMPARISONS_MAX))
		return;
	ret->n_comparisons = json_array_size(v);
	ret->comparisons = arena_new(c->scratch, struct comparison, ret->n_comparisons);
	json_array_foreach(v, i, comparison)
	{
		struct path at = { .parent = &path, .index = i };

		read_comparison(&c->reader, &at, comparison, ret, &ret->comparisons[i]);
	}
}

static void emit_ranking(struct emitter *e, const struct contest *contest, const struct ranking *r)
{
	emit_open(e, '{');
	emit_member_open(e, "items", '[');
	for (size_t i = 0; i < r->n; i++) {
		emit_open(e, '{');
		emit_member_str(e, "name", contest->names[r->items[i].item]);
		emit_member_fixed(e, "strength", r->items[i].strength, 6);
		emit_member_fixed(e, "standard_error", r->items[i].standard_error, 6);
		emit_member_int(e, "rank", (int64_t)r->items[i].rank);
		emit_close(e, '}');
	}
	emit_close(e, ']');
	emit_member_open(e, "suggest", '[');
	for (size_t i = 0; i < r->n_suggest; i++) {
		emit_open(e, '[');
		emit_str(e, contest->names[r->suggest[i].first]);
		emit_str(e, contest->names[r->suggest[i].second]);
		emit_close(e, ']');
	}
	emit_close(e, ']');
	emit_close(e, '}');
}

void calc_rank(struct calc *c, json_t *document)
{
	static const char *const known[] = { "items", "comparisons", NULL };
	struct contest contest = { .by_name = map_make(c->scratch) };
	struct ranking ranking;

	if (!reader_object(&c->reader, NULL, document, known))
		return;
	read_items(c, document, &contest);
	if (contest.n > 0)
		read_comparisons(c, document, &contest);
	if (c->reader.errors->n > 0)
		return;
	ranking = items_rank(c->reader.a, *c->scratch, contest.n, contest.comparisons,
			     contest.n_comparisons);
	emit_ranking(&c->out, &contest, &ranking);
}
