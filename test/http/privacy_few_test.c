/*
 * What fewer than three people answered to a question of an anonymous campaign, looked for on both databases by its
 * owner: in every page and file, in what is agreed on, in workshops, beside other campaigns and organisations, and in
 * exports. Whatever they answered, all of it is the same to the last byte; of a named campaign it is not.
 */
#include "http/privacy_scene.h"

/* ---- a campaign of which two answered a question ---- */

enum { N = 12, THE_TWO = 2 };

/* Twelve people of two departments that are shown; of each, one answers `two` and the others `rest`. Closed. */
static void hold(struct scene *s, const char *rest, const char *two)
{
	hold_anonymous(s, 0);
	for (int i = 0; i < N; i++)
		respond(s, i % 2, i < THE_TWO ? two : rest);
	close_it(s);
}

#define ROUND_SQL "(SELECT id FROM round WHERE title = 'Printemps')"

/* Counts of what the sheets now say. */
static void count_again(struct scene *s)
{
	(void)store_sql(s->v->store, "DELETE FROM tally WHERE round_id = " ROUND_SQL);
	(void)store_sql(
		s->v->store,
		"INSERT INTO tally (org_id, round_id, vote, department_id, item, kind, value, n) "
		"SELECT s.org_id, s.round_id, a.vote, coalesce(s.department_id, 0), a.question, a.kind, "
		"CASE WHEN a.kind = 3 THEN a.value ELSE '' END, count(*) "
		"FROM answer a JOIN sheet s ON s.org_id = a.org_id AND s.id = a.sheet_id "
		"WHERE a.kind IS NOT NULL AND s.round_id = " ROUND_SQL
		" GROUP BY 1, 2, 3, 4, 5, 6, 7 "
		"UNION ALL SELECT org_id, round_id, 1, coalesce(department_id, 0), '', 0, '', count(*) "
		"FROM sheet WHERE round_id = " ROUND_SQL
		" AND sent_ms IS NOT NULL GROUP BY 1, 2, 3, 4");
}

/* The sheets of the two: those that have an answer to `question`, in the order of departments. */
static void find_two(struct scene *s, const char *question, struct str ret[THE_TWO])
{
	struct str rows = store_rows(
		s->v->store,
		str_fmt(s->a,
			"SELECT a.sheet_id FROM answer a JOIN sheet s ON s.org_id = a.org_id "
			"AND s.id = a.sheet_id WHERE s.round_id = " ROUND_SQL
			" AND a.question = '%s' AND a.kind IN (2, 3) ORDER BY s.department_id",
			question)
			.data);

	for (int i = 0; i < THE_TWO; i++)
		ret[i] = str_cut(&rows, '\n');
	assert_int_equal(rows.len, 0);
}

/* What a sheet says: an answer, "unknown", "blank" or "not asked". */
static void put(struct scene *s, struct str sheet, const char *question, const char *what)
{
	static const struct {
		const char *what;
		int kind;
	} kinds[] = { { "blank", TALLY_UNANSWERED },
		      { "not asked", TALLY_NOT_ASKED },
		      { "unknown", TALLY_UNKNOWN } };
	int kind = TALLY_VALUE;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].what, what) == 0)
			kind = kinds[i].kind;
	(void)store_sql(s->v->store,
			str_fmt(s->a,
				"UPDATE answer SET kind = %d, value = %s%s%s WHERE sheet_id = %.*s "
				"AND question = '%s'",
				kind, kind < TALLY_UNKNOWN ? "" : "'",
				kind < TALLY_UNKNOWN ? "NULL" : what,
				kind < TALLY_UNKNOWN ? "" : "'", STR_ARG(sheet), question)
				.data);
}

/* What the two may have answered to `etl`: the first is how it is at the beginning. */
static const char *const variants[][THE_TWO] = {
	{ "no", "no" }, { "yes", "yes" }, { "some", "unknown" }, { "unknown", "yes" }
};
enum { VARIANTS = sizeof variants / sizeof *variants };

static void answer_otherwise(struct scene *s, const struct str two[THE_TWO], size_t variant)
{
	for (int i = 0; i < THE_TWO; i++)
		put(s, two[i], "etl", variants[variant][i]);
	count_again(s);
}

/* From here on, who answered what is known. */
static void name_it(struct scene *s, bool is_named)
{
	(void)store_sql(s->v->store,
			str_fmt(s->a, "UPDATE round SET mode = '%s' WHERE id = " ROUND_SQL,
				is_named ? "nominative" : "anonymous")
				.data);
}

/* The plan shows the official score once there is something to do. */
static void plan_something(struct scene *s)
{
	struct response got = post(s, "/results/adopt", "");

	assert_status(&got, 303);
}

/* Every look is the same whatever the two answered. */
static void assert_untold(struct scene *s, const struct str two[THE_TWO])
{
	struct str before[LOOKS];

	answer_otherwise(s, two, 0);
	for (size_t i = 0; i < LOOKS; i++)
		before[i] = look_at(s, &looks[i]);
	for (size_t k = 1; k < VARIANTS; k++) {
		answer_otherwise(s, two, k);
		for (size_t i = 0; i < LOOKS; i++)
			assert_same(before[i], look_at(s, &looks[i]));
	}
	answer_otherwise(s, two, 0);
}

/* Of a named campaign, each look that has anything computed in it tells: so it would tell of an anonymous one. */
static void assert_told_when_named(struct scene *s, const struct str two[THE_TWO])
{
	struct str before[LOOKS];

	name_it(s, true);
	answer_otherwise(s, two, 0);
	for (size_t i = 0; i < LOOKS; i++)
		before[i] = look_at(s, &looks[i]);
	answer_otherwise(s, two, 1);
	for (size_t i = 0; i < LOOKS; i++)
		if (looks[i].is_computed && str_eq(before[i], look_at(s, &looks[i])))
			fail_msg("%s %s tells nothing", looks[i].page,
				 looks[i].file ? looks[i].file : "");
	name_it(s, false);
	answer_otherwise(s, two, 0);
}

static void what_two_answered_changes_not_a_byte(void **state)
{
	struct scene s = scene_of(state);
	struct str two[THE_TWO];
	struct response got;

	hold(&s, "lineage=some&poc=several", "lineage=some&poc=several&etl=no");
	find_two(&s, "etl", two);
	got = get(&s, "/results?lang=en");
	assert_true(str_contains(got.body, S("Too few answers to this question")));
	assert_true(str_contains(got.body, S("such a question counts as left blank")));
	got = get(&s, "/results.csv?lang=en&sort=pack");
	assert_true(str_contains(
		got.body,
		S("\netl,Data cleaning tool,Data,,2,too few answers to this question,,,,,,Too few answers,")));
	plan_something(&s);
	assert_untold(&s, two);
	assert_told_when_named(&s, two);
}

/* Nor is it found out by agreeing on an answer, or trying one: that replaces nothing. */
static void nor_is_it_told_by_what_is_agreed_on(void **state)
{
	struct scene s = scene_of(state);
	const struct look trying = { OF_ROUND, "/results/what-if?etl=yes&poc=one", NULL, true };
	struct str two[THE_TWO], before[2];
	struct response got;

	hold(&s, "lineage=some&poc=several", "lineage=some&poc=several&etl=no");
	find_two(&s, "etl", two);
	plan_something(&s);
	got = post(&s, "/results/agree", "question=etl&value=yes&reason=We+looked");
	assert_status(&got, 303);
	assert_untold(&s, two);
	assert_told_when_named(&s, two);
	for (size_t k = 0; k < 2; k++) {
		answer_otherwise(&s, two, k);
		before[k] = look_at(&s, &trying);
		assert_true(str_contains(before[k], S("data-score=\"4\"")));
	}
	assert_same(before[0], before[1]);
}

/* Two answered whether BI is practised, and who was then asked how well would tell what: that is not told either, nor by
 * a department that so falls below the threshold. */
static void nor_by_who_was_asked_further(void **state)
{
	struct scene s = scene_of(state);
	struct str two[THE_TWO], before;

	hold(&s, "lineage=some", "lineage=some&bi-practice=no");
	find_two(&s, "bi-practice", two);
	(void)store_sql(
		s.v->store,
		str_fmt(s.a, "UPDATE round SET threshold = %d WHERE id = " ROUND_SQL, N / 2).data);
	before = everything(&s);
	for (int i = 0; i < THE_TWO; i++) {
		put(&s, two[i], "bi-practice", i ? "tools" : "yes");
		put(&s, two[i], "bi-success", i ? "blank" : "7");
	}
	count_again(&s);
	assert_same(before, everything(&s));
	put(&s, two[0], "bi-success", "blank");
	count_again(&s);
	assert_same(before, everything(&s));
	name_it(&s, true);
	assert_false(str_eq(before, everything(&s)));
}

/* A third answer, and the same looks see them. */
static void three_are_told(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	hold_anonymous(&s, 0);
	for (int i = 0; i < N; i++)
		respond(&s, i % 2, i < 3 ? "lineage=some&etl=yes" : "lineage=some");
	close_it(&s);
	got = get(&s, "/results?lang=en");
	assert_true(str_contains(got.body, S("data-score=\"3\"")));
	got = get(&s, "/results.csv?lang=en&sort=pack");
	assert_true(str_contains(
		got.body,
		S("\netl,Data cleaning tool,Data,2.0,2,\"A suitable tool, in regular use\",100%,0.00,0,0,9,")));
}

/* ---- beside others ---- */

/* A later campaign is compared with it, question by question and as a whole. */
static void nor_by_a_later_campaign(void **state)
{
	static const struct look after[] = {
		{ OF_ROUND, "/results?lang=en", NULL, true },
		{ OF_ROUND, "/results.csv?lang=fr", NULL, true },
		{ OF_ROUND, "/results.pdf", NULL, true },
		{ OF_ORG, "?lang=en", NULL, true },
		{ OF_SITE, "/portfolio", NULL, true },
	};
	enum { AFTER = sizeof after / sizeof *after };
	struct scene s = scene_of(state);
	struct str two[THE_TWO], before[AFTER];

	hold(&s, "lineage=some", "lineage=some&etl=no");
	find_two(&s, "etl", two);
	(void)store_sql(s.v->store, "UPDATE round SET title = 'Hiver' WHERE title = 'Printemps'");
	hold_anonymous(&s, 0);
	for (int i = 0; i < N; i++)
		respond(&s, i % 2, "etl=yes");
	close_it(&s);
	(void)store_sql(s.v->store, "UPDATE round SET title = 'Automne' WHERE title = 'Printemps'");
	(void)store_sql(s.v->store, "UPDATE round SET title = 'Printemps' WHERE title = 'Hiver'");
	for (int is_named = 0; is_named < 2; is_named++) {
		name_it(&s, is_named);
		answer_otherwise(&s, two, 0);
		for (size_t i = 0; i < AFTER; i++)
			before[i] = look_at(&s, &after[i]);
		answer_otherwise(&s, two, 1);
		for (size_t i = 0; i < AFTER; i++)
			if (is_named)
				assert_false(str_eq(before[i], look_at(&s, &after[i])));
			else
				assert_same(before[i], look_at(&s, &after[i]));
	}
}

static void join_benchmark(struct scene *s, const struct member *m)
{
	(void)store_sql(s->v->store, str_fmt(s->a, "UPDATE org SET benchmark = 1 WHERE id = %lld",
					     (long long)m->org_id)
					     .data);
}

/* Four organisations that have a point more than where the two are left out. */
static void nor_by_the_place_among_organisations(void **state)
{
	static const struct look place = { OF_ROUND, "/results/peers?lang=en", NULL, true };
	struct scene s = scene_of(state);
	struct str two[THE_TWO], before;

	hold(&s, "lineage=some", "lineage=some&etl=no");
	find_two(&s, "etl", two);
	join_benchmark(&s, &s.owner);
	for (int k = 0; k < 4; k++) {
		struct scene other = s;

		other.owner = other.by =
			product_member(s.p, str_fmt(s.a, "Rival %d", k).data, ROLE_OWNER);
		join_benchmark(&s, &other.owner);
		hold_anonymous(&other, 0);
		for (int i = 0; i < 5; i++)
			respond(&other, -1, "lineage=yes");
		close_it(&other);
		(void)store_sql(s.v->store,
				str_fmt(s.a,
					"UPDATE round SET title = 'Theirs' WHERE org_id = %lld",
					(long long)other.owner.org_id)
					.data);
	}
	for (int is_named = 0; is_named < 2; is_named++) {
		name_it(&s, is_named);
		answer_otherwise(&s, two, 0);
		before = look_at(&s, &place);
		assert_true(str_contains(before, S("in the lowest quarter")));
		answer_otherwise(&s, two, 1);
		if (is_named)
			assert_false(str_eq(before, look_at(&s, &place)));
		else
			assert_same(before, look_at(&s, &place));
	}
}

/* ---- in a workshop ---- */

/* The order that is proposed, what may be accepted without a vote, and what is shown of the question. */
static struct str seen_in_a_workshop(struct scene *s)
{
	struct buf b = buf_make(s->a, 1 << 20);
	struct response got;

	(void)store_sql(s->v->store, "DELETE FROM workshop_item WHERE round_id = " ROUND_SQL);
	(void)store_sql(s->v->store, "DELETE FROM workshop WHERE round_id = " ROUND_SQL);
	start(s, "order=disputed");
	(void)store_sql(
		s->v->store,
		"UPDATE workshop SET code = 'CCCCCC', started_ms = 1 WHERE round_id = " ROUND_SQL);
	buf_put(&b, store_rows(s->v->store, "SELECT position, item, state, vote FROM workshop_item "
					    "WHERE round_id = " ROUND_SQL " ORDER BY position"));
	for (int i = 0; i < 2; i++) {
		got = get(s, "/workshop?lang=en");
		assert_status(&got, 200);
		visit_put_page(&b, got.body);
		got = get(s, "/workshop/minutes?lang=en");
		assert_status(&got, 200);
		visit_put_page(&b, got.body);
		do_it(s, "/go", "item=etl");
	}
	assert_false(b.full);
	return buf_str(&b);
}

static void nor_by_a_workshop(void **state)
{
	struct scene s = scene_of(state);
	struct str two[THE_TWO], before;

	hold(&s, "lineage=some", "lineage=some&etl=no");
	find_two(&s, "etl", two);
	before = seen_in_a_workshop(&s);
	for (size_t k = 1; k < VARIANTS; k++) {
		answer_otherwise(&s, two, k);
		assert_same(before, seen_in_a_workshop(&s));
	}
	name_it(&s, true);
	answer_otherwise(&s, two, 0);
	before = seen_in_a_workshop(&s);
	answer_otherwise(&s, two, VARIANTS - 1);
	assert_false(str_eq(before, seen_in_a_workshop(&s)));
}

/* ---- taken along ---- */

static int by_line(const void *x, const void *y)
{
	const struct str *a = x, *b = y;

	return str_cmp(*a, *b);
}

/* What an export says, without how answers were dealt out over the sheets, which is by chance. */
static struct str told_by_export(struct scene *s)
{
	enum { LINES_MAX = 1000 };
	struct str zip = export(s), rest = unzip_file(s->a, zip, "tables/answer.jsonl");
	struct str *lines = arena_new(s->a, struct str, LINES_MAX);
	struct buf b = buf_make(s->a, 1 << 20);
	size_t n = 0;

	while (rest.len && n < LINES_MAX) {
		struct str line = str_cut(&rest, '\n');
		const char *at = memmem(line.data, line.len, "\"vote\"", 6);

		assert_non_null(at);
		lines[n++] = str_slice(line, (size_t)(at - line.data), line.len);
	}
	qsort(lines, n, sizeof *lines, by_line);
	for (size_t i = 0; i < n; i++) {
		buf_put(&b, lines[i]);
		buf_putc(&b, '\n');
	}
	buf_put(&b, unzip_file(s->a, zip, "tables/tally.jsonl"));
	buf_put(&b, unzip_file(s->a, zip, "tables/sheet.jsonl"));
	buf_put(&b, unzip_file(s->a, zip, "tables/agreement.jsonl"));
	assert_false(b.full);
	return buf_str(&b);
}

static void nor_by_what_is_taken_along(void **state)
{
	static const struct look again[] = {
		{ OF_ROUND, "/results.csv?lang=fr&sort=pack", NULL, true },
		{ OF_ROUND, "/results/what-if?lineage=yes", NULL, true },
	};
	struct scene s = scene_of(state);
	struct str two[THE_TWO], before, shown[2];

	hold(&s, "lineage=some&etl.comment=Why", "lineage=some&etl=no&etl.comment=Because");
	find_two(&s, "etl", two);
	before = told_by_export(&s);
	assert_true(str_contains(before, S("Because")));
	for (size_t k = 1; k < VARIANTS; k++) {
		answer_otherwise(&s, two, k);
		assert_same(before, told_by_export(&s));
	}
	name_it(&s, true);
	assert_false(str_eq(before, told_by_export(&s)));
	name_it(&s, false);
	/* Where it comes in again, pages say what they said. */
	for (int i = 0; i < 2; i++)
		shown[i] = look_at(&s, &again[i]);
	move_in_again(&s, export(&s));
	assert_int_equal(
		store_sql(s.v->store,
			  "SELECT count(*) FROM answer a JOIN sheet s ON s.id = a.sheet_id "
			  "WHERE s.round_id = " ROUND_SQL " AND a.question = 'etl' "
			  "AND a.value IS NOT NULL"),
		0);
	for (int i = 0; i < 2; i++)
		assert_same(shown[i], look_at(&s, &again[i]));
}

/* Three answered, one of them what only another version of the pack knew: pages can count two, and hide what they said;
 * what is taken along are the answers of three. */
static void an_answer_that_is_outdated_counts_as_given(void **state)
{
	static const struct look csv = { OF_ROUND, "/results.csv?lang=en&sort=pack", NULL, true };
	struct scene s = scene_of(state);
	struct str tallies;

	hold_anonymous(&s, 0);
	for (int i = 0; i < N; i++)
		respond(&s, 0, i < THE_TWO + 1 ? "lineage=some&etl=yes" : "lineage=some");
	close_it(&s);
	(void)store_sql(s.v->store,
			"UPDATE answer SET value = 'once' WHERE question = 'etl' AND sheet_id = "
			"(SELECT min(sheet_id) FROM answer WHERE question = 'etl' AND kind = 3)");
	count_again(&s);
	assert_true(str_contains(look_at(&s, &csv), S(",too few answers to this question,")));
	tallies = unzip_file(s.a, export(&s), "tables/tally.jsonl");
	assert_true(
		str_contains(tallies, S("\"item\":\"etl\",\"kind\":3,\"value\":\"once\",\"n\":1")));
	assert_true(
		str_contains(tallies, S("\"item\":\"etl\",\"kind\":3,\"value\":\"yes\",\"n\":2")));
}

TEST_MAIN(visit_test(what_two_answered_changes_not_a_byte),
	  visit_test(nor_is_it_told_by_what_is_agreed_on), visit_test(nor_by_who_was_asked_further),
	  visit_test(three_are_told), visit_test(nor_by_a_later_campaign),
	  visit_test(nor_by_the_place_among_organisations), visit_test(nor_by_a_workshop),
	  visit_test(nor_by_what_is_taken_along),
	  visit_test(an_answer_that_is_outdated_counts_as_given))
