/* Counts and agreements: see tally.h. */
#include "rounds/tally.h"

#include "rounds/few.h"
#include "rounds/queries.h"

/* Counts being read. */
struct reading {
	const struct scorecard *sc;
	struct round_tallies t;
	bool is_anonymous;
	/* Of each question, answers of another version of the pack. */
	uint32_t outdated[SCORECARD_QUESTIONS_MAX];
};

/* The department's counts, made on its first row: rows come department by department. */
static struct tallies *department_of(struct arena *a, struct reading *x,
				     const struct rounds_tally_list_row *row)
{
	struct round_tallies *t = &x->t;
	struct department_tallies *last = t->n ? &t->departments[t->n - 1] : NULL;

	if (!last || last->id != row->department_id) {
		last = &t->departments[t->n++];
		*last = (struct department_tallies){
			.id = row->department_id,
			.name = row->name,
			.tallies = tallies_make(a, x->sc),
		};
	}
	return &last->tallies;
}

/* Adds what `n` people did with a question. 1, and adds nothing, where it is an answer of another version of the pack. */
static int add_answer(const struct scorecard *sc, struct tallies *t, size_t q, enum tally_kind kind,
		      struct str value, uint32_t n)
{
	struct answer answer = { .kind = ANSWER_MISSING };

	if (kind == TALLY_VALUE &&
	    (answer_parse(&sc->questions[q], value, &answer) != 0 || answer.kind == ANSWER_UNKNOWN))
		return 1;
	return tallies_add(sc, t, q, kind, answer.value, n);
}

/* Adds a row to the counts of its department and to those of all. */
static void add_row(struct reading *x, const struct rounds_tally_list_row *row,
		    struct tallies *department)
{
	const struct scorecard *sc = x->sc;
	struct tallies *whole = &x->t.whole;
	uint32_t n = (uint32_t)row->n;
	enum tally_kind kind = (enum tally_kind)row->kind;
	int q;

	if (row->item.len == 0) {
		department->respondents += n;
		whole->respondents += n;
		return;
	}
	q = scorecard_find(sc, row->item);
	if (q < 0) {
		x->t.ignored += n;
		return;
	}
	if (add_answer(sc, department, (size_t)q, kind, row->value, n) != 0 ||
	    add_answer(sc, whole, (size_t)q, kind, row->value, n) != 0)
		x->outdated[q] += n;
}

/* What few answered is settled by all together, and so for each department. Nor is it told how many of them gave an answer
 * that is outdated. */
static void settle(struct reading *x)
{
	for (size_t q = 0; q < x->sc->n_questions; q++) {
		if (!x->is_anonymous || !few_answered(ROUND_ANONYMOUS, &x->t.whole.questions[q])) {
			x->t.ignored += x->outdated[q];
			continue;
		}
		few_clear(&x->t.whole.questions[q]);
		for (size_t i = 0; i < x->t.n; i++)
			few_clear(&x->t.departments[i].tallies.questions[q]);
	}
}

static size_t count_departments(const struct rounds_tally_list_rows *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		n += i == 0 || rows->items[i].department_id != rows->items[i - 1].department_id;
	return n;
}

int tally_read(struct db *db, struct arena *a, const struct round *round, int vote,
	       const struct scorecard *sc, struct round_tallies *ret, struct err *err)
{
	struct reading x = { .sc = sc, .t = { .whole = tallies_make(a, sc) } };
	struct rounds_tally_list_rows rows;
	int r = rounds_tally_list(db, a, round->org_id, round->id, vote, &rows, err);

	if (r != 0)
		return r;
	x.t.departments = arena_new(a, struct department_tallies, count_departments(&rows));
	for (size_t i = 0; i < rows.n; i++) {
		x.is_anonymous = rows.items[i].is_anonymous;
		add_row(&x, &rows.items[i], department_of(a, &x, &rows.items[i]));
	}
	settle(&x);
	*ret = x.t;
	return 0;
}

int tally_one(struct db *db, struct arena *a, const struct round *round, int vote,
	      const struct scorecard *sc, size_t question, struct tally *ret, struct err *err)
{
	struct tallies t = tallies_make(a, sc);
	struct rounds_tally_item_rows rows;
	bool is_anonymous = false;
	int r = rounds_tally_item(db, a, round->org_id, round->id, vote, sc->questions[question].id,
				  &rows, err);

	if (r != 0)
		return r;
	for (size_t i = 0; i < rows.n; i++) {
		const struct rounds_tally_item_row *row = &rows.items[i];

		is_anonymous = row->is_anonymous;
		(void)!add_answer(sc, &t, question, (enum tally_kind)row->kind, row->value,
				  (uint32_t)row->n);
	}
	*ret = t.questions[question];
	if (is_anonymous && few_answered(ROUND_ANONYMOUS, ret))
		few_clear(ret);
	return 0;
}

int tally_sheets(struct db *db, struct arena *a, const struct round *round,
		 struct department_count **ret, size_t *ret_n, struct err *err)
{
	struct rounds_tally_sheets_rows rows;
	int r = rounds_tally_sheets(db, a, round->org_id, round->id, &rows, err);

	if (r != 0)
		return r;
	*ret = arena_new(a, struct department_count, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = (struct department_count){ rows.items[i].department_id,
						       (uint32_t)rows.items[i].n };
	*ret_n = rows.n;
	return 0;
}

int tally_recount(struct db *db, struct arena *a, struct tally_check *ret, struct err *err)
{
	struct rounds_tally_wrong_rows rows;
	struct rounds_tally_size_row size;
	struct tally_check check;
	int r = rounds_tally_size(db, a, &size, err);

	if (r == 0)
		r = rounds_tally_wrong(db, a, &rows, err);
	if (r != 0)
		return r;
	check = (struct tally_check){
		.n_rounds = size.n_rounds,
		.n_sheets = size.n_sheets,
		.faults = arena_new(a, struct tally_fault, rows.n),
		.n_faults = rows.n,
	};
	for (size_t i = 0; i < rows.n; i++) {
		const struct rounds_tally_wrong_row *row = &rows.items[i];

		check.faults[i] = (struct tally_fault){
			.org_id = row->org_id,
			.round_id = row->round_id,
			.vote = row->vote,
			.department_id = row->department_id,
			.item = row->item,
			.value = row->value,
			.kind = row->kind,
			.off = row->off,
		};
	}
	*ret = check;
	return 0;
}

/* ---- comments ---- */

int64_t comment_parts(uint32_t n_sent)
{
	return n_sent < 2 * COMMENT_SHEETS ? 1 : n_sent / COMMENT_SHEETS;
}

int comment_list(struct db *db, struct arena *a, const struct round *round, uint32_t n_sent,
		 struct str item, int64_t part, int64_t page, struct round_comment **ret,
		 size_t *ret_n, struct err *err)
{
	struct rounds_comment_list_rows rows;
	bool is_last = part + 1 >= comment_parts(n_sent);
	int r = rounds_comment_list(db, a,
				    &(struct rounds_comment_list_params){
					    .org_id = round->org_id,
					    .round_id = round->id,
					    .item = item,
					    .skip = part * COMMENT_SHEETS,
					    .max = is_last ? 2 * COMMENT_SHEETS : COMMENT_SHEETS,
					    .page_skip = page * COMMENTS_PER_PAGE,
					    .page_max = COMMENTS_PER_PAGE + 1,
				    },
				    &rows, err);

	if (r != 0)
		return r;
	*ret = arena_new(a, struct round_comment, rows.n);
	*ret_n = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		const struct rounds_comment_list_row *row = &rows.items[i];

		(*ret)[i].text = row->comment;
		/* Nothing leads from an anonymous sheet to its author; nor would it be told. */
		if (round->terms.mode == ROUND_NOMINATIVE)
			(*ret)[i].author = row->has_name ? row->name : row->email;
	}
	return 0;
}

int comment_counts(struct db *db, struct arena *a, const struct round *round,
		   struct comment_count **ret, size_t *ret_n, struct err *err)
{
	struct rounds_comment_counts_rows rows;
	int r = rounds_comment_counts(db, a, round->org_id, round->id, COMMENTS_COUNTED_SHEETS,
				      &rows, err);

	if (r != 0)
		return r;
	*ret = arena_new(a, struct comment_count, rows.n);
	*ret_n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = (struct comment_count){ rows.items[i].item, rows.items[i].n };
	return 0;
}

/* ---- agreements ---- */

int agreement_set(struct db *db, const struct round *round, const struct agreement *what,
		  struct err *err)
{
	if (round->state == ROUND_DRAFT)
		return ROUND_REFUSED;
	return rounds_agreement_set(db,
				    &(struct rounds_agreement_set_params){
					    .org_id = round->org_id,
					    .round_id = round->id,
					    .item = what->item,
					    .value = what->value,
					    .reason = what->reason,
					    .has_account_id = what->account_id != 0,
					    .account_id = what->account_id,
					    .now_ms = what->at_ms,
				    },
				    err);
}

int agreement_clear(struct db *db, const struct round *round, struct str item, struct err *err)
{
	int64_t changed;
	int r = rounds_agreement_clear(db, round->org_id, round->id, item, &changed, err);

	if (r != 0)
		return r;
	return changed ? 0 : ROUND_ALREADY;
}

int agreement_list(struct db *db, struct arena *a, const struct round *round,
		   struct agreement **ret, size_t *ret_n, struct err *err)
{
	struct rounds_agreement_list_rows rows;
	int r = rounds_agreement_list(db, a, round->org_id, round->id, &rows, err);

	if (r != 0)
		return r;
	*ret = arena_new(a, struct agreement, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		(*ret)[i] = (struct agreement){
			.item = rows.items[i].item,
			.value = rows.items[i].value,
			.reason = rows.items[i].reason,
			.account_id = rows.items[i].has_account_id ? rows.items[i].account_id : 0,
			.at_ms = rows.items[i].at_ms,
		};
	*ret_n = rows.n;
	return 0;
}
