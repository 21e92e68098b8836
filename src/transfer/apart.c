/* See apart.h. */
#include "transfer/apart.h"

#include <stdlib.h>
#include <string.h>

#include "base/token.h"
#include "domain/consolidate.h"
#include "transfer/queries.h"
#include "transfer/transfer.h"

enum { FIRST_VOTE = 1 };
enum { SHEETS_MAX = 50 * 1000 /* what more hold is too large for a page anyway */ };

/* The answers to one question of a round: those from `from` to before `end`. */
struct pile {
	const struct transfer_anonymous_answer_list_row *first;
	size_t from, end; /* `from` grows as they are dealt out */
	bool is_few;      /* by the counts: they become blanks */
};

struct apart {
	struct transfer_anonymous_round_list_rows rounds;
	struct transfer_anonymous_sheet_list_rows sheets;
	struct transfer_anonymous_answer_list_rows answers;
	struct transfer_anonymous_tally_list_rows tallies;
	struct pile *piles; /* in the order of the answers */
	size_t n_piles;
	size_t tally; /* the next one to go along */
	bool is_torn; /* an answer was asked for that is not there */
};

/* ---- looking up ---- */

static int by_round(const void *key, const void *item)
{
	const int64_t *id = key;
	const struct transfer_anonymous_round_list_row *round = item;

	return (*id > round->id) - (*id < round->id);
}

/* The anonymous round of that id, or NULL. */
static const struct transfer_anonymous_round_list_row *round_at(const struct apart *x, int64_t id)
{
	return x->rounds.n == 0 ? NULL
				: bsearch(&id, x->rounds.items, x->rounds.n,
					  sizeof *x->rounds.items, by_round);
}

static int by_sheet(const void *key, const void *item)
{
	const int64_t *id = key;
	const struct transfer_anonymous_sheet_list_row *sheet = item;

	return (*id > sheet->id) - (*id < sheet->id);
}

static const struct transfer_anonymous_sheet_list_row *sheet_at(const struct apart *x, int64_t id)
{
	return x->sheets.n == 0 ? NULL
				: bsearch(&id, x->sheets.items, x->sheets.n,
					  sizeof *x->sheets.items, by_sheet);
}

/* Whether what was answered in a vote of a round may be told. */
static bool is_told(const struct apart *x, int64_t round_id, int64_t vote)
{
	const struct transfer_anonymous_round_list_row *round = round_at(x, round_id);

	return round && round->is_over && !(round->has_room_vote && vote >= round->room_vote);
}

static bool goes_along(const struct apart *x, const struct transfer_anonymous_sheet_list_row *sheet,
		       int64_t vote)
{
	return sheet->is_sent && is_told(x, sheet->round_id, vote);
}

/* ---- loading ---- */

static void leave_out_untold(struct apart *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->answers.n; i++)
		if (is_told(x, x->answers.items[i].round_id, x->answers.items[i].vote))
			x->answers.items[n++] = x->answers.items[i];
	x->answers.n = n;
	n = 0;
	for (size_t i = 0; i < x->tallies.n; i++)
		if (is_told(x, x->tallies.items[i].round_id, x->tallies.items[i].vote))
			x->tallies.items[n++] = x->tallies.items[i];
	x->tallies.n = n;
}

static int compare_places(const struct transfer_anonymous_answer_list_row *a, int64_t round_id,
			  int64_t vote, struct str question)
{
	if (a->round_id != round_id)
		return a->round_id < round_id ? -1 : 1;
	if (a->vote != vote)
		return a->vote < vote ? -1 : 1;
	return str_cmp(a->question, question);
}

/* Fisher and Yates, over the answers from `from` to before `end`. */
static void shuffle(struct transfer_anonymous_answer_list_row *items, size_t from, size_t end)
{
	for (size_t i = end - 1; i > from; i--) {
		struct transfer_anonymous_answer_list_row kept = items[i];
		uint64_t bits;
		size_t k;

		random_bytes(&bits, sizeof bits);
		k = from + (size_t)(bits % (i - from + 1));
		items[i] = items[k];
		items[k] = kept;
	}
}

static void make_piles(struct arena *a, struct apart *x)
{
	struct transfer_anonymous_answer_list_row *items = x->answers.items;

	x->piles = arena_new(a, struct pile, x->answers.n);
	for (size_t from = 0, end; from < x->answers.n; from = end) {
		for (end = from + 1; end < x->answers.n; end++)
			if (compare_places(&items[from], items[end].round_id, items[end].vote,
					   items[end].question) != 0)
				break;
		shuffle(items, from, end);
		x->piles[x->n_piles++] = (struct pile){ &items[from], from, end, .is_few = true };
	}
}

static struct pile *pile_of(const struct apart *x, int64_t round_id, int64_t vote,
			    struct str question)
{
	size_t from = 0, to = x->n_piles;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (compare_places(x->piles[middle].first, round_id, vote, question) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	if (from == x->n_piles ||
	    compare_places(x->piles[from].first, round_id, vote, question) != 0)
		return NULL;
	return &x->piles[from];
}

static bool counts_same(const struct transfer_anonymous_tally_list_row *a,
			const struct transfer_anonymous_tally_list_row *b)
{
	return a->round_id == b->round_id && a->vote == b->vote && str_eq(a->item, b->item);
}

/* Whether few answered what is counted from `items` on, which holds for the answers themselves, where there still are any. */
static bool few_counted(const struct apart *x,
			const struct transfer_anonymous_tally_list_row *items, size_t n)
{
	struct pile *pile = pile_of(x, items->round_id, items->vote, items->item);
	int64_t given = 0;
	bool is_few;

	for (size_t i = 0; i < n && counts_same(items, &items[i]); i++)
		given += tally_given_of((enum tally_kind)items[i].kind, items[i].n);
	is_few = given_by_few(given);
	if (pile)
		pile->is_few = is_few;
	return is_few;
}

/* Of each question that few answered one count is left: how many left it blank, which is all. */
static void clear_tallies(struct apart *x)
{
	struct transfer_anonymous_tally_list_row *items = x->tallies.items, *last = NULL,
						 now = { 0 };
	bool is_few = false;
	size_t n = 0;

	for (size_t i = 0; i < x->tallies.n; i++) {
		if (i == 0 || !counts_same(&now, &items[i]))
			is_few = few_counted(x, &items[i], x->tallies.n - i);
		now = items[i];
		if (!is_few) {
			items[n++] = now;
			continue;
		}
		if (last && counts_same(last, &now)) {
			last->n += now.n;
			continue;
		}
		last = &items[n++];
		*last = now;
		last->kind = TALLY_UNANSWERED;
		last->value = (struct str){ "", 0 };
	}
	x->tallies.n = n;
}

int apart_load(struct arena *a, struct db *db, int64_t org_id, int64_t now_ms, struct apart **ret,
	       struct err *err)
{
	struct apart *x = arena_new(a, struct apart, 1);
	int r = transfer_anonymous_round_list(db, a, org_id, now_ms, &x->rounds, err);

	if (r == 0)
		r = transfer_anonymous_sheet_list(db, a, org_id, &x->sheets, err);
	if (r == 0 && x->sheets.n > SHEETS_MAX)
		return TRANSFER_TOO_LARGE;
	if (r == 0)
		r = transfer_anonymous_answer_list(db, a, org_id, &x->answers, err);
	if (r == 0)
		r = transfer_anonymous_tally_list(db, a, org_id, &x->tallies, err);
	if (r != 0)
		return r;
	leave_out_untold(x);
	make_piles(a, x);
	clear_tallies(x);
	*ret = x;
	return 0;
}

/* The member `name` of a row; every table asked about has it. */
static struct db_value *value_of(const struct db_table *table, struct db_value *row,
				 const char *name)
{
	int i = 0;

	while (strcmp(table->columns[i].name, name) != 0)
		i++;
	return &row[i];
}

static void put_null(struct db_value *v)
{
	*v = (struct db_value){ .type = DB_NULL };
}

static void put_text(struct db_value *v, bool has, struct str text)
{
	*v = (struct db_value){ .type = has ? DB_TEXT : DB_NULL, .bytes = text };
}

/* ---- rows ---- */

static bool take_participant(struct apart *x, const struct db_table *table, struct db_value *row)
{
	struct db_value *state = value_of(table, row, "state");

	if (!round_at(x, value_of(table, row, "round_id")->i64))
		return true;
	put_null(value_of(table, row, "answered_day"));
	/* How many of a small department came by the public link is told nowhere. */
	if (!str_is(value_of(table, row, "kind")->bytes, "personal"))
		put_null(value_of(table, row, "department_id"));
	if (str_is(state->bytes, "begun"))
		state->bytes = S("invited");
	return true;
}

static bool take_sheet(struct apart *x, const struct db_table *table, struct db_value *row)
{
	const struct transfer_anonymous_sheet_list_row *sheet =
		sheet_at(x, value_of(table, row, "id")->i64);

	if (!sheet)
		return true;
	put_null(value_of(table, row, "participant_id"));
	put_null(value_of(table, row, "department_id"));
	return goes_along(x, sheet, FIRST_VOTE);
}

/* What hangs on a sheet and says nothing more of it. */
static bool take_share(struct apart *x, const struct db_table *table, struct db_value *row)
{
	const struct transfer_anonymous_sheet_list_row *sheet =
		sheet_at(x, value_of(table, row, "sheet_id")->i64);

	return !sheet || goes_along(x, sheet, FIRST_VOTE);
}

static bool take_answer(struct apart *x, const struct db_table *table, struct db_value *row)
{
	const struct transfer_anonymous_sheet_list_row *sheet =
		sheet_at(x, value_of(table, row, "sheet_id")->i64);
	int64_t vote = value_of(table, row, "vote")->i64;
	const struct transfer_anonymous_answer_list_row *dealt;
	struct pile *pile;

	if (!sheet)
		return true;
	if (!goes_along(x, sheet, vote))
		return false;
	pile = pile_of(x, sheet->round_id, vote, value_of(table, row, "question")->bytes);
	if (!pile || pile->from == pile->end) {
		x->is_torn = true;
		return false;
	}
	dealt = &x->answers.items[pile->from++];
	put_text(value_of(table, row, "value"), dealt->has_value && !pile->is_few, dealt->value);
	put_text(value_of(table, row, "comment"), dealt->has_comment, dealt->comment);
	*value_of(table, row, "kind") = (struct db_value){
		.type = dealt->has_kind ? DB_I64 : DB_NULL,
		.i64 = pile->is_few ? TALLY_UNANSWERED : dealt->kind,
	};
	return true;
}

/* Rows of departments become the same or fewer of all together, in their order. */
static bool take_tally(struct apart *x, const struct db_table *table, struct db_value *row)
{
	int64_t round_id = value_of(table, row, "round_id")->i64;
	const struct transfer_anonymous_tally_list_row *next;

	if (!round_at(x, round_id))
		return true;
	while (x->tally < x->tallies.n && x->tallies.items[x->tally].round_id < round_id)
		x->tally++;
	if (x->tally == x->tallies.n || x->tallies.items[x->tally].round_id != round_id)
		return false;
	next = &x->tallies.items[x->tally++];
	value_of(table, row, "vote")->i64 = next->vote;
	value_of(table, row, "department_id")->i64 = 0;
	put_text(value_of(table, row, "item"), true, next->item);
	value_of(table, row, "kind")->i64 = next->kind;
	put_text(value_of(table, row, "value"), true, next->value);
	value_of(table, row, "n")->i64 = next->n;
	return true;
}

bool apart_take(struct apart *x, const struct db_table *table, struct db_value *row)
{
	static const struct {
		const char *table;
		bool (*take)(struct apart *x, const struct db_table *table, struct db_value *row);
	} takers[] = {
		{ "participant", take_participant },
		{ "sheet", take_sheet },
		{ "share", take_share },
		{ "answer", take_answer },
		{ "tally", take_tally },
	};

	for (size_t i = 0; i < sizeof takers / sizeof *takers; i++)
		if (strcmp(takers[i].table, table->name) == 0)
			return takers[i].take(x, table, row);
	return true;
}

int apart_end(const struct apart *x, struct err *err)
{
	bool is_torn = x->is_torn;

	for (size_t i = 0; i < x->n_piles; i++)
		is_torn |= x->piles[i].from != x->piles[i].end;
	return is_torn ? err_set(err, FAULT_INTERNAL, "answers dealt out are not those there are")
		       : 0;
}
