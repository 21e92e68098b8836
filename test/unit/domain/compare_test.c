/* Rounds against earlier ones: a table of cases. */
#include "domain/compare.h"

#include "unit/test.h"
#include "base/buf.h"
#include "base/num.h"
#include "fixture.h"

/* "drop departments", "rename etl", "rescore etl"; only the last question can be dropped. */
static void change_pack(struct arena *a, struct scorecard *sc, struct str what)
{
	struct str verb = str_cut(&what, ' ');
	int at = scorecard_find(sc, what);
	struct question *q;

	assert_true(at >= 0);
	q = &sc->questions[at];
	if (str_is(verb, "drop")) {
		sc->n_questions--;
		assert_int_equal(at, sc->n_questions);
	} else if (str_is(verb, "rename")) {
		q->id = str_fmt(a, "%.*s-2", STR_ARG(q->id));
	} else {
		assert_true(str_is(verb, "rescore"));
		q->options[1].points++;
	}
}

static struct str changes_text(struct arena *a, const struct scorecard *sc,
			       const struct round_change *r)
{
	struct buf b = buf_make(a, 4096);

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < r->n_questions; i++) {
			const struct question_change *q = &r->questions[i];
			struct str id = sc->questions[q->now].id;

			assert_true(q->is_comparable || q->change == 0);
			if (q->is_comparable == (pass == 1) || (q->is_comparable && q->change == 0))
				continue;
			buf_fmt(&b, "%s%.*s", b.len ? " " : "", STR_ARG(id));
			if (pass)
				buf_putc(&b, '!');
			else
				buf_fmt(&b, "%c%d.%d", q->change < 0 ? '-' : '+',
					abs(q->change) / 2, abs(q->change) % 2 * 5);
		}
	return b.len ? buf_str(&b) : S("-");
}

static struct str member_text(struct arena *a, struct round_result now, struct round_result before,
			      struct str name)
{
	struct round_change r = round_compare(a, now, before);

	assert_int_equal(r.change, r.now - r.before);
	if (r.is_whole)
		assert_true(r.now == now.c->score && r.before == before.c->score);
	if (str_is(name, "changes"))
		return changes_text(a, now.sc, &r);
	if (str_is(name, "totals"))
		return str_fmt(a, "%d.%d %d.%d of %d", r.before / 2, r.before % 2 * 5, r.now / 2,
			       r.now % 2 * 5, r.max);
	if (str_is(name, "added"))
		return fixture_ids(a, now.sc, r.added, r.n_added);
	if (str_is(name, "removed"))
		return fixture_ids(a, before.sc, r.removed, r.n_removed);
	assert_true(str_is(name, "bands"));
	return r.is_whole ? str_fmt(a, "%+d", r.band_change) : S("-");
}

static void every_case_of_the_table_holds(void **state)
{
	struct arena *a = *state;
	struct scorecard earlier = fixture_scorecard(a), later = fixture_scorecard(a);
	struct consolidation before = { 0 }, now = { 0 };
	struct str rest = fixture_file(a, JALON_TEST_DATA "/compare.tsv"), title = S("");
	size_t checks = 0;

	while (rest.data) {
		struct str want = str_cut(&rest, '\n');
		struct str name = str_cut(&want, '\t');

		if (name.len == 0 || name.data[0] == '#')
			continue;
		if (str_is(name, "case")) {
			title = want;
			later = fixture_scorecard(a);
		} else if (str_is(name, "pack")) {
			change_pack(a, &later, want);
		} else if (str_is(name, "before")) {
			before = fixture_medians(a, &earlier, want);
		} else if (str_is(name, "now")) {
			now = fixture_medians(a, &later, want);
		} else {
			struct str got =
				member_text(a, (struct round_result){ &later, &now },
					    (struct round_result){ &earlier, &before }, name);

			if (!str_eq(got, want))
				fail_msg("%.*s: %.*s is %.*s", STR_ARG(title), STR_ARG(name),
					 STR_ARG(got));
			checks++;
		}
	}
	assert_true(checks >= 30);
}

static void other_bands_do_not_compare_as_wholes(void **state)
{
	struct arena *a = *state;
	struct scorecard earlier = fixture_scorecard(a), later = fixture_scorecard(a);
	struct consolidation c = fixture_medians(a, &later, S("lineage=1"));
	struct round_change r;

	later.bands[0].max = 15;
	later.bands[1].min = 16;
	r = round_compare(a, (struct round_result){ &later, &c },
			  (struct round_result){ &earlier, &c });
	assert_false(r.is_whole);
	assert_int_equal(r.max, 34);
}

static void an_added_question_alone_keeps_scores_apart(void **state)
{
	struct arena *a = *state;
	struct scorecard earlier = fixture_scorecard(a), later = fixture_scorecard(a);
	struct consolidation c = fixture_medians(a, &later, S("lineage=1"));
	struct round_change r;

	earlier.n_questions--;
	r = round_compare(a, (struct round_result){ &later, &c },
			  (struct round_result){ &earlier, &c });
	assert_int_equal(r.n_added, 1);
	assert_int_equal(r.n_removed, 0);
	assert_false(r.is_whole);
}

TEST_MAIN(unit_test(every_case_of_the_table_holds), unit_test(other_bands_do_not_compare_as_wholes),
	  unit_test(an_added_question_alone_keeps_scores_apart))
