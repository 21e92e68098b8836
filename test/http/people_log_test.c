/* The log of an organisation on both databases: its pages, its filters, its words and its table. */
#include "http/visit.h"

#include "base/token.h"

static bool has(struct visit *v, const char *page, const char *text)
{
	struct response got = member_get(v->product, &v->owner, page);

	assert_status(&got, 200);
	return str_contains(got.body, str_from(text));
}

static void it_pages(void **state)
{
	struct visit *v = *state;
	struct response got;
	struct str older;

	/* Entries of one millisecond stand in any order: what is looked for is far from where a page ends. */
	for (int i = 0; i < 58; i++) {
		got = member_post(v->product, &v->owner, "/departments",
				  str_fmt(v->a, "name=Service+%d", i).data);
		assert_status(&got, 303);
	}
	got = member_get(v->product, &v->owner, "/audit?lang=en");
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("Service 57")));
	assert_false(str_contains(got.body, S("Service 0<")));
	older = between(got.body, "before=", '"');
	assert_int_equal(older.len, 13);
	got = member_get(v->product, &v->owner,
			 str_fmt(v->a, "/audit?before=%.*s", STR_ARG(older)).data);
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("Service 0<")));
}

static void others_see_nothing_of_it(void **state)
{
	struct visit *v = *state;
	struct member stranger = product_member(v->product, "Another", ROLE_OWNER);
	struct response got = member_get(v->product, &stranger, "/audit?lang=en");

	(void)member_post(v->product, &v->owner, "/departments", "name=Secret");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("Secret")));
	got = member_get(v->product, &stranger, "/audit.csv");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("Secret")));
	got = member_visit(v->product, &stranger,
			   str_fmt(v->a, "%.*s/audit.csv", STR_ARG(v->owner.org)).data);
	assert_status(&got, 404);
}

static void it_filters(void **state)
{
	struct visit *v = *state;
	struct str object;
	struct response got;

	(void)member_post(v->product, &v->owner, "/departments", "name=Ventes");
	(void)store_sql(v->store, "UPDATE audit SET at_ms = 1772407800000 " /* 2026-03-01T23:30Z */
				  "WHERE action = 'added a department' AND after LIKE '%Ventes%'");
	assert_true(has(v, "/audit?kind=department", "Ventes"));
	assert_false(has(v, "/audit?kind=member", "Ventes"));
	assert_false(has(v, "/audit?action=invited+somebody", "Ventes"));
	/* Half past midnight of the 2nd in Paris, where the owner is. */
	assert_true(has(v, "/audit?from=2026-03-02&to=2026-03-02", "Ventes"));
	assert_true(has(v, "/audit?from=2026-03-02&to=2026-03-02",
			"2\u00a0mars 2026 à 0\u00a0h\u00a030"));
	assert_false(has(v, "/audit?from=2026-03-01&to=2026-03-01", "Ventes"));
	assert_false(has(v, "/audit?from=2026-03-03", "Ventes"));
	assert_false(has(v, "/audit?to=2026-03-01", "Ventes"));
	got = member_get(v->product, &v->owner, "/audit?from=yesterday");
	assert_status(&got, 422);
	/* The wrong day is marked, and not the other. */
	assert_true(str_contains(got.body, S("value=\"yesterday\" aria-invalid=\"true\"")));
	assert_true(str_contains(got.body, S("name=\"to\" type=\"date\" value=\"\">")));
	got = member_get(v->product, &v->owner, "/audit?from=2026-03-02&to=tomorrow");
	assert_true(str_contains(got.body, S("value=\"2026-03-02\">")));
	assert_true(str_contains(got.body, S("value=\"tomorrow\" aria-invalid=\"true\"")));
	assert_true(has(v, "/audit?lang=en&from=2026-03-02&to=2026-03-01",
			"The first day comes after the last one"));
	assert_false(has(v, "/audit?lang=en&from=2026-03-02&to=2026-03-02",
			 "The first day comes after the last one"));
	got = member_get(v->product, &v->owner,
			 "/audit?kind=department&from=2026-03-02&to=2026-03-02");
	object = between(got.body, "audit?object=", '"');
	assert_int_equal(object.len, 13);
	assert_true(has(v, str_fmt(v->a, "/audit?object=%.*s", STR_ARG(object)).data, "Ventes"));
	assert_false(has(v, str_fmt(v->a, "/audit?object=%.*s", STR_ARG(object)).data, "Finance<"));
}

static void it_speaks_in_words(void **state)
{
	struct visit *v = *state;
	struct response got =
		member_post(v->product, &v->owner, "/settings",
			    "name=A+%22b%22+%5C+c&time-zone=Europe%2FParis&size=10-49");

	assert_status(&got, 303);
	got = member_get(v->product, &v->owner, "/audit?lang=en");
	assert_true(str_contains(got.body, S("Role: Editor")));
	assert_true(str_contains(got.body, S("<ins>A &quot;b&quot; \\ c</ins>")) ||
		    str_contains(got.body, S("<ins>A &#34;b&#34; \\ c</ins>")));
	assert_true(str_contains(got.body, S("Size: <del>Not specified</del>")));
	assert_true(str_contains(got.body, S("<ins>10 to 49 people</ins>")));
	assert_false(str_contains(got.body, S("{&quot;")));
	got = member_get(v->product, &v->owner, "/audit?lang=fr");
	assert_true(str_contains(got.body, S("Rôle\u00a0: Gestion")));
}

/* Nor does the plan's part of it show what programs call things. */
static void it_speaks_of_the_plan_too(void **state)
{
	struct visit *v = *state;
	struct response got = member_post(v->product, &v->owner, "/plan",
					  "title=Catalogue&status=doing&effort=small&due=2026-12-08"
					  "&phase=scorecard&serves-governance=1");

	assert_status(&got, 303);
	got = member_get(v->product, &v->owner, "/audit?lang=en&kind=action");
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("Action of the plan: its history")));
	assert_true(str_contains(got.body, S("Status: Under way")));
	assert_true(str_contains(got.body, S("Effort: Small: up to two days")));
	assert_true(str_contains(got.body, S("Due date: 8\u00a0December 2026")));
	assert_false(str_contains(got.body, S("scorecard</li>")));
	assert_false(str_contains(got.body, S("governance")));
}

static void it_comes_as_a_table(void **state)
{
	struct visit *v = *state;
	struct response got;

	(void)member_post(v->product, &v->owner, "/departments", "name=%3DSUM(A1)");
	got = member_get(v->product, &v->owner, "/audit.csv?lang=fr&kind=department");
	assert_status(&got, 200);
	assert_true(str_contains(answer_header(&got, "Content-Disposition"),
				 S("maison-belloy-journal-2")));
	assert_true(str_starts(got.body, S("\xEF\xBB\xBFQuand (Europe/Paris);Qui;Quoi;")));
	assert_true(str_contains(got.body, S("a ajouté un service;Service;")));
	assert_true(str_contains(got.body, S("Nom\u00a0: =SUM(A1)\r\n")));
	assert_false(str_contains(got.body, S("invité")));
	got = member_get(v->product, &v->owner, "/audit.csv?from=nonsense");
	assert_status(&got, 400);
}

/* What the log keeps of the longest action of a plan, each text beginning with `mark`. */
static const char *longest_action(struct visit *v, const char *mark)
{
	enum { TITLE = 200, SHORTENED = 160 };
	char *smile = arena_new(v->a, char, 4 * TITLE + 1);

	for (int i = 0; i < TITLE; i++)
		memcpy(smile + 4 * i, "\U0001F600", 4);
	return str_fmt(v->a, "{\"title\":\"%s%s\",\"detail\":\"%s%.*s\",\"note\":\"%s%.*s\"}", mark,
		       smile, mark, 4 * SHORTENED, smile, mark, 4 * SHORTENED, smile)
		.data;
}

/* As many entries as fit into one, with all that each says. */
static void the_longest_table_is_written_whole(void **state)
{
	enum { ENTRIES = 7000 };
	struct visit *v = *state;
	const char *before = longest_action(v, "a"), *after = longest_action(v, "b");
	struct response got;

	(void)store_sql(
		v->store,
		str_fmt(v->a,
			"INSERT INTO audit (org_id, id, at_ms, who, action, object_kind, object_id, before, after) "
			"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
			"SELECT %lld, i, i, 'Ada', 'changed an action of the plan', 'action', 1, '%s', '%s' FROM n",
			ENTRIES, (long long)v->owner.org_id, before, after)
			.data);
	got = member_get(v->product, &v->owner, "/audit.csv?kind=action");
	assert_status(&got, 200);
	assert_true(got.body.len > ENTRIES * (strlen(before) + strlen(after) - 100));
}

TEST_MAIN(visit_test(it_pages), visit_test(others_see_nothing_of_it), visit_test(it_filters),
	  visit_test(it_speaks_in_words), visit_test(it_speaks_of_the_plan_too),
	  visit_test(it_comes_as_a_table), visit_test(the_longest_table_is_written_whole))
