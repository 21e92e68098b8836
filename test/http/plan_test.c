/* The action plan, on both databases: who may what, forms, adopting, the calendar, the exports. */
#include "http/visit.h"

#include "base/buf.h"
#include "base/num.h"
#include "base/token.h"
#include "plan/plan.h"

#define TITLE "Name+a+data+steward"
#define FORM           \
	"title=" TITLE \
	"&detail=One+per+data+set&status=todo&effort=small&due=2031-05-04&phase=scorecard&serves-lineage=1"

static bool holds(const struct response *got, const char *text)
{
	return str_contains(got->body, str_from(text));
}

static struct str one(struct visit *v, const char *sql)
{
	struct str rows = store_rows(v->store, sql);

	return str_cut(&rows, '\n');
}

/* Adds an action and returns its path in the organisation: "/plan/…". */
static const char *add(struct visit *v, const struct member *m, const char *form)
{
	struct response got = member_post(v->product, m, "/plan", form);
	struct str id;

	assert_status(&got, 303);
	id = id_text(v->a, store_sql(v->store, "SELECT max(id) FROM plan_action"));
	product_tick(); /* the next one's is greater */
	return str_fmt(v->a, "/plan/%.*s", STR_ARG(id)).data;
}

static const char *join(struct visit *v, const char *a, const char *b)
{
	return str_fmt(v->a, "%s%s", a, b).data;
}

/* The visit's sheet, as if it had been claimed: "/sheets/…". */
static const char *claim(struct visit *v, int64_t org_id)
{
	(void)product_post(v->product, v->sheet, "/finish", "");
	(void)store_sql(v->store,
			str_fmt(v->a,
				"UPDATE sheet SET org_id = %lld, updated_ms = updated_ms - 60000",
				(long long)org_id)
				.data);
	return str_fmt(v->a, "/sheets/%.*s",
		       STR_ARG(id_text(v->a, store_sql(v->store, "SELECT max(id) FROM sheet"))))
		.data;
}

/* ---- who may what ---- */

static void roles_see_and_do_what_they_may(void **state)
{
	static const struct {
		enum role role;
		int see, change, remove;
	} rows[] = {
		{ ROLE_VIEWER, 200, 403, 403 },      { ROLE_SPECIALIST, 200, 403, 403 },
		{ ROLE_CONTRIBUTOR, 200, 303, 403 }, { ROLE_EDITOR, 200, 303, 303 },
		{ ROLE_OWNER, 200, 303, 303 },
	};
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	const char *sheet = claim(v, owner.org_id);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct member m = product_colleague(p, owner.org_id, rows[i].role);
		const char *action = add(v, &owner, FORM);
		const char *const seen[] = { "/plan",
					     "/plan?view=board",
					     action,
					     "/plan.csv",
					     "/plan.xlsx",
					     sheet,
					     join(v, sheet, "/what-if"),
					     join(v, sheet, "/result.pdf") };
		struct response got;

		for (size_t k = 0; k < sizeof seen / sizeof *seen; k++) {
			got = member_get(p, &m, seen[k]);
			assert_status(&got, rows[i].see);
		}
		got = member_get(p, &m, "/plan/new");
		assert_status(&got, rows[i].change == 303 ? 200 : 403);
		got = member_post(p, &m, "/plan", FORM);
		assert_status(&got, rows[i].change);
		got = member_post(p, &m, join(v, action, "/move"), "to=doing");
		assert_status(&got, rows[i].change);
		got = member_post(p, &m, action, FORM "&version=2&note=x");
		assert_status(&got, rows[i].change == 303 ? 303 : 403);
		got = member_post(p, &m, join(v, sheet, "/adopt"), "");
		assert_status(&got, rows[i].change);
		got = member_get(p, &m, join(v, action, "/remove"));
		assert_status(&got, rows[i].remove == 303 ? 200 : 403);
		got = member_post(p, &m, join(v, action, "/remove"), "");
		assert_status(&got, rows[i].remove);
	}
}

static void another_organisations_things_are_not_found(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	struct member other = product_member(p, "Another one", ROLE_OWNER);
	const char *sheet = claim(v, owner.org_id), *action = add(v, &owner, FORM);
	const char *const pages[] = { action,
				      join(v, action, "/remove"),
				      sheet,
				      join(v, sheet, "/what-if"),
				      join(v, sheet, "/result.pdf"),
				      join(v, sheet, "/result.docx") };
	const char *const posts[] = { action, join(v, action, "/move"), join(v, action, "/remove"),
				      join(v, sheet, "/adopt") };
	const char *const forms[] = { FORM "&version=1", "to=done", "", "" };
	struct str before = visit_rows(v);
	struct response got;

	/* Their id under our own organisation, and their organisation's whole path. */
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		got = member_get(p, &other, pages[i]);
		assert_status(&got, 404);
		assert_false(holds(&got, "steward"));
		got = member_visit(p, &other,
				   str_fmt(v->a, "%.*s%s", STR_ARG(owner.org), pages[i]).data);
		assert_status(&got, 404);
		got = site_get(p->site, str_fmt(v->a, "%.*s%s", STR_ARG(owner.org), pages[i]).data);
		assert_status(&got, 303);
	}
	for (size_t i = 0; i < sizeof posts / sizeof *posts; i++) {
		got = member_post(p, &other, posts[i], forms[i]);
		assert_status(&got, 404);
		got = member_send(p, &other,
				  str_fmt(v->a, "%.*s%s", STR_ARG(owner.org), posts[i]).data,
				  forms[i]);
		assert_status(&got, 404);
	}
	got = member_get(p, &other, "/plan");
	assert_false(holds(&got, "steward"));
	got = member_get(p, &other, "/plan.csv?lang=en");
	assert_false(holds(&got, "steward"));
	assert_str(visit_rows(v), str_c(v->a, before));
}

static void only_members_can_be_in_charge(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	struct member other = product_member(p, "Another one", ROLE_OWNER);
	struct response got = member_post(
		p, &owner, "/plan?lang=en",
		str_fmt(v->a, FORM "&owner=%.*s", STR_ARG(id_text(v->a, other.account_id))).data);

	assert_status(&got, 422);
	assert_true(holds(&got, "Choose from the list"));
	/* The dispatcher refuses what is too long; here somebody without account. */
	(void)add(v, &owner, FORM "&owner=other&owner-name=Cabinet+Dr%C3%A9an");
	(void)add(v, &owner,
		  str_fmt(v->a, FORM "&owner=%.*s", STR_ARG(id_text(v->a, owner.account_id))).data);
	got = member_get(p, &owner, "/plan?owner=%3DCabinet+Dr%C3%A9an&lang=en");
	assert_true(holds(&got, "1 action of 2"));
	got = member_get(p, &owner, "/plan?owner=me&lang=en");
	assert_true(holds(&got, "1 action of 2"));
	got = member_get(p, &owner, "/plan?owner=nobody&lang=en");
	assert_true(holds(&got, "No action matches these filters."));
}

static void a_name_typed_without_touching_the_list_counts(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	const char *action = add(v, &owner, FORM "&owner=&owner-name=+Lou+");
	const char *me = str_fmt(v->a, FORM "&owner=%.*s&owner-name=Ada&version=3",
				 STR_ARG(id_text(v->a, owner.account_id)))
				 .data;
	struct response got;

	assert_str(one(v, "SELECT owner_name FROM plan_action"), "Lou");
	/* Turned to nobody, with the name left in its field. */
	got = member_post(p, &owner, action, FORM "&owner=&owner-name=Lou&version=1");
	assert_status(&got, 303);
	assert_str(one(v, "SELECT owner_name FROM plan_action"), "");
	got = member_post(p, &owner, action, FORM "&owner=&owner-name=Ada&version=2");
	assert_status(&got, 303);
	assert_str(one(v, "SELECT owner_name FROM plan_action"), "Ada");
	/* A member who was chosen stays chosen. */
	got = member_post(p, &owner, action, me);
	assert_status(&got, 303);
	assert_int_equal(store_sql(v->store, "SELECT owner_account FROM plan_action"),
			 owner.account_id);
	/* Both: the name would be lost without a word. */
	got = member_post(p, &owner, str_fmt(v->a, "%s?lang=en", action).data,
			  str_fmt(v->a, FORM "&owner=%.*s&owner-name=Noor&version=4",
				  STR_ARG(id_text(v->a, owner.account_id)))
				  .data);
	assert_status(&got, 422);
	assert_true(holds(&got, "A member is chosen as well"));
	assert_true(holds(&got, "value=\"Noor\""));
}

/* ---- forms ---- */

static void bad_fields_are_told_and_kept(void **state)
{
	static const struct {
		const char *form, *says;
	} rows[] = {
		{ "title=Kept&status=todo&due=2030-02-30", "There is no such day" },
		{ "title=Kept&status=todo&due=2030-13-01", "There is no such day" },
		{ "title=Kept&status=todo&due=0000-01-01", "There is no such day" },
		{ "title=Kept&status=todo&due=9999-12-31", "between 2000 and 2199" },
		{ "title=Kept&status=todo&due=1999-12-31", "between 2000 and 2199" },
		{ "title=Kept&status=todo&due=tomorrow", "There is no such day" },
		{ "title=Kept&status=urgent", "Choose from the list" },
		{ "title=Kept&status=todo&effort=huge", "Choose from the list" },
		{ "title=Kept&status=todo&phase=eighth", "Choose from the list" },
		{ "title=Kept&status=todo&owner=other", "Give the name" },
		{ "title=+++&detail=Kept&status=todo", "Fill this field in." },
		{ "detail=Kept&status=todo", "Fill this field in." },
	};
	struct visit *v = *state;
	struct member owner = product_member(v->product, "Maison Belloy", ROLE_OWNER);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct response got =
			member_post(v->product, &owner, "/plan?lang=en", rows[i].form);

		assert_status(&got, 422);
		assert_true(holds(&got, rows[i].says));
		assert_true(holds(&got, "Kept"));
	}
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM plan_action"), 0);
	/* A leap day there is. */
	(void)add(v, &owner, "title=Leap&status=todo&due=2028-02-29");
}

static struct str times(struct visit *v, const char *text, size_t n)
{
	struct buf b = buf_make(v->a, 1 << 20);

	while (n--)
		buf_puts(&b, text);
	return buf_str(&b);
}

static void long_texts_are_refused_and_shown_again(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	struct str longest = times(v, "%C3%A9", ACTION_TEXT_MAX),
		   title = times(v, "%C3%A9", ACTION_TITLE_MAX);
	struct response got;

	(void)add(v, &owner,
		  str_fmt(v->a, "title=%.*s&detail=%.*s&status=todo", STR_ARG(title),
			  STR_ARG(longest))
			  .data);
	got = member_post(
		p, &owner, "/plan?lang=en",
		str_fmt(v->a, "title=Kept&note=%.*s%%C3%%A9&status=todo", STR_ARG(longest)).data);
	assert_status(&got, 422);
	assert_true(holds(&got, "This is too long"));
	assert_true(holds(&got, "value=\"Kept\""));
	got = member_post(p, &owner, "/plan?lang=en",
			  str_fmt(v->a, "title=%.*sx&status=todo", STR_ARG(title)).data);
	assert_status(&got, 422);
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM plan_action"), 1);
	/* The audit log has its beginning, as well-formed JSON. */
	assert_int_equal(
		store_sql(
			v->store,
			"SELECT count(*) FROM audit WHERE object_kind = 'action' AND after LIKE '{\"title\":\"%\"}'"),
		1);
}

static void strange_forms_are_refused(void **state)
{
	static const char *const forms[] = {
		FORM "&title=Twice", FORM "&serves-lineage=1", FORM "&serves-nothing=1",
		FORM "&org_id=1",    FORM "&owner-account=1",
	};
	struct visit *v = *state;
	struct member owner = product_member(v->product, "Maison Belloy", ROLE_OWNER);
	const char *action = add(v, &owner, FORM);
	struct response got;

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		got = member_post(v->product, &owner, "/plan", forms[i]);
		assert_status(&got, 400);
		got = member_post(v->product, &owner, action, join(v, forms[i], "&version=1"));
		assert_status(&got, 400);
	}
	got = member_post(v->product, &owner, join(v, action, "/move"), "to=somewhere");
	assert_status(&got, 400);
	got = member_post(v->product, &owner, join(v, action, "/move"), "to=done&to=todo");
	assert_status(&got, 400);
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM plan_action WHERE version = 1"),
			 1);
}

static void who_saves_second_loses_nothing(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	struct member other = product_colleague(p, owner.org_id, ROLE_CONTRIBUTOR);
	const char *action = add(v, &owner, FORM);
	const char *english = join(v, action, "?lang=en");
	struct response got = member_post(p, &other, action, "title=Theirs&status=doing&version=1");

	assert_status(&got, 303);
	got = member_post(p, &owner, english, "title=Mine&status=todo&version=1&note=Typed+here");
	assert_status(&got, 409);
	assert_true(holds(&got, "Somebody else saved this action meanwhile"));
	assert_true(holds(&got, "Theirs"));
	assert_true(holds(&got, "value=\"Mine\""));
	assert_true(holds(&got, "Typed here</textarea>"));
	assert_true(holds(&got, "name=\"version\" value=\"2\""));
	assert_str(one(v, "SELECT title, version FROM plan_action"), "Theirs|2");
	/* What that page sends, if one insists. */
	got = member_post(p, &owner, action, "title=Mine&status=todo&version=2&note=Typed+here");
	assert_status(&got, 303);
	assert_str(one(v, "SELECT title, note, version FROM plan_action"), "Mine|Typed here|3");
	/* Without the version, or with one that is none. */
	got = member_post(p, &owner, action, "title=Blind&status=todo");
	assert_status(&got, 409);
	got = member_post(p, &owner, action, "title=Blind&status=todo&version=x");
	assert_status(&got, 409);
}

static void every_change_is_in_the_log(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	const char *action = add(v, &owner, "title=First&status=todo");
	struct response got = member_post(p, &owner, action, "title=Second&status=todo&version=1");

	assert_status(&got, 303);
	/* Nothing changed, nothing said. */
	got = member_post(p, &owner, action, "title=Second&status=todo&version=2");
	assert_status(&got, 303);
	got = member_post(p, &owner, join(v, action, "/move"), "to=done");
	assert_status(&got, 303);
	got = member_post(p, &owner, join(v, action, "/move"), "to=done");
	assert_status(&got, 303);
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM plan_action WHERE done_ms > 0"),
			 1);
	got = member_post(p, &owner, join(v, action, "/remove"), "");
	assert_status(&got, 303);
	got = member_post(p, &owner, join(v, action, "/remove"), "");
	assert_status(&got, 404);
	assert_str(
		store_rows(
			v->store,
			"SELECT action, before, after FROM audit WHERE object_kind = 'action' ORDER BY action"),
		"added an action||{\"title\":\"First\",\"status\":\"todo\"}\n"
		"changed an action|{\"title\":\"First\"}|{\"title\":\"Second\"}\n"
		"moved an action|{\"status\":\"todo\"}|{\"status\":\"done\"}\n"
		"removed an action|{\"title\":\"Second\",\"status\":\"done\"}|\n");
}

static void what_is_late_says_so(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	const char *late = add(v, &owner, "title=Late&status=todo&due=2001-01-01");
	struct response got;

	(void)add(v, &owner, "title=Finished&status=done&due=2001-01-01");
	(void)add(v, &owner, "title=Early&status=doing&due=2199-12-31");
	got = member_get(p, &owner, "/plan?late=1&lang=en");
	assert_true(holds(&got, "1 action of 3"));
	assert_true(holds(&got, ">Late</a>"));
	assert_true(holds(&got, " days overdue"));
	/* A move comes back to what was shown. */
	got = member_post(p, &owner, join(v, late, "/move?view=board&late=1&owner=nobody"),
			  "to=doing");
	assert_status(&got, 303);
	assert_true(str_contains(answer_header(&got, "Location"),
				 S("/plan?view=board&owner=nobody&late=1#a-")));
}

static void the_plan_does_not_grow_for_ever(void **state)
{
	struct visit *v = *state;
	struct member owner = product_member(v->product, "Maison Belloy", ROLE_OWNER);
	struct response got;

	for (int i = 1; i <= PLAN_ACTIONS_MAX; i++)
		(void)store_sql(
			v->store,
			str_fmt(v->a,
				"INSERT INTO plan_action (org_id, id, title, detail, owner_name, status, effort, "
				"note, questions, phase, source_kind, source_action, created_ms, updated_ms, version) "
				"VALUES (%lld, %d, 'Many', '', '', 'todo', '', '', '', '', '', '', 1, 1, 1)",
				(long long)owner.org_id, i)
				.data);
	got = member_get(v->product, &owner, "/plan");
	assert_status(&got, 200);
	got = member_post(v->product, &owner, "/plan?lang=en", FORM);
	assert_status(&got, 422);
	assert_true(holds(&got, "The plan has 500 actions"));
	assert_true(holds(&got, "Name a data steward"));
}

/* ---- adopting ---- */

static void recommendations_are_adopted_once(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	const char *sheet = claim(v, owner.org_id);
	struct response got = member_get(p, &owner, join(v, sheet, "?lang=en"));
	int64_t n;

	assert_true(holds(&got, "Add to the plan"));
	assert_false(holds(&got, "Already in the plan"));
	got = member_post(p, &owner, join(v, sheet, "/adopt?lang=en"), "");
	assert_status(&got, 303);
	n = store_sql(v->store, "SELECT count(*) FROM plan_action");
	assert_true(n > 1);
	assert_int_equal(
		store_sql(
			v->store,
			"SELECT count(*) FROM audit WHERE action = 'adopted a recommended action'"),
		n);
	assert_int_equal(
		store_sql(
			v->store,
			"SELECT count(*) FROM plan_action WHERE questions <> '' AND source_kind = 'sheet'"),
		n);
	got = member_post(p, &owner, join(v, sheet, "/adopt?lang=fr"), "");
	assert_status(&got, 303);
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM plan_action"), n);
	got = member_get(p, &owner, join(v, sheet, "?lang=en"));
	assert_true(holds(&got, "Already in the plan"));
	got = member_post(p, &owner, join(v, sheet, "/adopt"), "action=made-up");
	assert_status(&got, 422);
	/* The provisional score stands beside the official one. */
	got = member_get(p, &owner, "/plan?lang=en");
	assert_true(holds(&got, "Last official score"));
	assert_true(holds(&got, "If these actions are done"));
}

static void what_is_open_is_not_adopted_from_a_second_source(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	const char *sheet = claim(v, owner.org_id);
	int64_t n;

	(void)member_post(p, &owner, join(v, sheet, "/adopt"), "");
	n = store_sql(v->store, "SELECT count(*) FROM plan_action");
	(void)store_sql(v->store, "UPDATE plan_action SET source_id = 77");
	(void)member_post(p, &owner, join(v, sheet, "/adopt"), "");
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM plan_action"), n);
	/* Once done it may be recommended, and adopted, anew. */
	(void)store_sql(v->store, "UPDATE plan_action SET status = 'done'");
	(void)member_post(p, &owner, join(v, sheet, "/adopt"), "");
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM plan_action"), 2 * n);
}

static void the_order_of_what_is_recommended_is_kept(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	const char *sheet = claim(v, owner.org_id);
	struct response got = member_post(p, &owner, join(v, sheet, "/adopt"), "");
	struct str rows, page;

	assert_status(&got, 303);
	got = member_get(p, &owner, sheet);
	page = got.body;
	rows = store_rows(v->store, "SELECT id FROM plan_action ORDER BY id");
	while (rows.len) {
		int64_t id = 0;
		struct str address;
		const char *at;

		assert_int_equal(num_parse(str_cut(&rows, '\n'), 1, INT64_MAX, &id), NUM_OK);
		address = str_fmt(v->a, "/plan/%.*s\"", STR_ARG(id_text(v->a, id)));
		at = memmem(page.data, page.len, address.data, address.len);
		assert_non_null(at);
		page = str_slice(page, (size_t)(at - page.data), page.len);
	}
}

/* The visit's answers: tracing all sources instead of some gives 1 point more (2 instead of 1). An action
 * counts whether open or done since, not once dropped, and not when it was done before the answers. */
static void the_provisional_score_counts_each_question_once(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	const char *first, *second;
	struct response got;

	(void)claim(v, owner.org_id);
	first = add(v, &owner, "title=One&status=todo&serves-lineage=1");
	second = add(v, &owner, "title=Two&status=doing&serves-lineage=1");
	got = member_get(p, &owner, "/plan?lang=en");
	assert_true(holds(&got, "+1 point, provisional"));
	assert_true(holds(&got, "2 open actions serve a question"));
	(void)member_post(p, &owner, join(v, first, "/move"), "to=dropped");
	(void)member_post(p, &owner, join(v, second, "/move"), "to=done");
	got = member_get(p, &owner, "/plan?lang=en");
	assert_true(holds(&got, "With what was done since"));
	assert_true(holds(&got, "+1 point, provisional"));
	(void)store_sql(v->store, "UPDATE plan_action SET done_ms = 1");
	got = member_get(p, &owner, "/plan?lang=en");
	assert_false(holds(&got, "With what was done since"));
	assert_true(holds(&got, "no change, provisional"));
}

/* ---- the calendar ---- */

/* The path of the member's calendar, from their page. */
static const char *calendar_of(struct visit *v, const struct member *m)
{
	struct response got = member_get(v->product, m, "/plan");
	struct str path = between(got.body, "value=\"http://test.local", '"');

	return path.len ? str_c(v->a, path) : NULL;
}

static void the_calendar_shows_days_until_it_is_closed(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	struct member viewer = product_colleague(p, owner.org_id, ROLE_VIEWER);
	const char *path;
	struct response got;

	(void)add(v, &owner, FORM);
	(void)add(v, &owner, "title=Without+a+day&status=todo");
	assert_null(calendar_of(v, &viewer));
	got = member_post(p, &viewer, "/plan/calendar", "");
	assert_status(&got, 303);
	path = calendar_of(v, &viewer);
	assert_non_null(path);
	/* Anyone else has none; asking again gives the same. */
	assert_null(calendar_of(v, &owner));
	(void)member_post(p, &viewer, "/plan/calendar", "");
	assert_string_equal(calendar_of(v, &viewer), path);
	got = site_get(p->site, path);
	assert_status(&got, 200);
	assert_str(answer_header(&got, "Content-Type"), "text/calendar; charset=utf-8");
	assert_true(holds(&got, "SUMMARY:Name a data steward"));
	assert_true(holds(&got, "DTSTART;VALUE=DATE:20310504"));
	assert_true(holds(&got, "DTEND;VALUE=DATE:20310505"));
	assert_false(holds(&got, "Without a day"));
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM calendar_feed"), 1);
	got = member_post(p, &viewer, "/plan/calendar/close", "");
	assert_status(&got, 303);
	got = site_get(p->site, path);
	assert_status(&got, 410);
	/* A new one is another one. */
	(void)member_post(p, &viewer, "/plan/calendar", "");
	assert_string_not_equal(calendar_of(v, &viewer), path);
}

/* Each text as long as it may be, in characters of four bytes. */
static void the_longest_plan_is_written_whole(void **state)
{
	struct visit *v = *state;
	struct member owner = product_member(v->product, "Maison Belloy", ROLE_OWNER);
	char *text = arena_new(v->a, char, 4 * ACTION_TEXT_MAX + 1);
	struct response got;
	const char *sql;

	for (int i = 0; i < ACTION_TEXT_MAX; i++)
		memcpy(text + 4 * i, "\U0001F600", 4);
	sql = str_fmt(v->a,
		      "INSERT INTO plan_action (org_id, id, title, detail, owner_name, status, effort, note, "
		      "questions, phase, source_kind, source_action, created_ms, updated_ms, version, due) "
		      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
		      "SELECT %lld, i, 'Long', '%s', '', 'todo', '', '%s', '', '', '', '', 1, 1, 1, '2026-12-01' "
		      "FROM n",
		      PLAN_ACTIONS_MAX, (long long)owner.org_id, text, text)
		      .data;
	(void)store_sql(v->store, sql);
	(void)member_post(v->product, &owner, "/plan/calendar", "");
	got = site_get(v->product->site, calendar_of(v, &owner));
	assert_status(&got, 200);
	assert_true(got.body.len > (size_t)PLAN_ACTIONS_MAX * 4 * ACTION_TEXT_MAX);
	got = member_get(v->product, &owner, "/plan.xlsx");
	assert_status(&got, 200);
	got = member_get(v->product, &owner, "/plan.csv");
	assert_status(&got, 200);
	assert_true(got.body.len > (size_t)PLAN_ACTIONS_MAX * 8 * ACTION_TEXT_MAX);
}

static void the_calendar_ends_with_the_membership(void **state)
{
	static const char *const ends[] = { "UPDATE account SET disabled_ms = 1",
					    "DELETE FROM membership" };
	struct visit *v = *state;
	struct product *p = v->product;

	for (size_t i = 0; i < 2; i++) {
		struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
		const char *path;
		struct response got;

		(void)member_post(p, &owner, "/plan/calendar", "");
		path = calendar_of(v, &owner);
		got = site_get(p->site, path);
		assert_status(&got, 200);
		(void)store_sql(v->store, ends[i]);
		got = site_get(p->site, path);
		assert_status(&got, 404);
	}
}

static void made_up_calendars_are_not_found(void **state)
{
	static const char *const paths[] = { "/cal/AAAAAAAAAAAAAAAAAAAAAA.ics", "/cal/x.ics",
					     "/cal/.ics", "/cal/AAAAAAAAAAAAAAAAAAAAAA" };
	struct visit *v = *state;

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct response got = site_get(v->product->site, paths[i]);

		assert_status(&got, 404);
	}
}

/* ---- exports ---- */

static void csv_opens_in_a_french_spreadsheet(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	struct response got;

	(void)add(v, &owner,
		  "title=%3DHYPERLINK(%22x%22)&status=doing&due=2031-05-04&effort=small");
	got = member_get(p, &owner, "/plan.csv?lang=fr");
	assert_status(&got, 200);
	assert_true(str_starts(got.body, S("\xEF\xBB\xBFTitre;D\xC3\xA9tail;Responsable;")));
	assert_true(holds(&got, "\r\n\"'=HYPERLINK(\"\"x\"\")\";;;2031-05-04;;En cours;"));
	assert_true(str_starts(answer_header(&got, "Content-Disposition"),
			       S("attachment; filename=\"maison-belloy-plan-d-action-2")));
	got = member_get(p, &owner, "/plan.xlsx");
	assert_true(str_starts(got.body, S("PK\x03\x04")));
}

/* Documents occupy the few job threads: an organisation may have so many, and does not use up another's. */
static void an_organisation_has_so_many_documents(void **state)
{
	struct visit *v = *state;
	struct product *p = v->product;
	struct server_config limited = p->config;
	struct member other = product_member(p, "Orival", ROLE_VIEWER);
	struct member viewer = product_colleague(p, v->owner.org_id, ROLE_VIEWER);
	struct response got;
	int n = 0;

	limited.is_unlimited = false;
	p->site = site_make(v->a, &limited);
	do
		got = member_get(p, &v->owner, "/plan.csv");
	while (got.status == 200 && ++n < 100);
	assert_status(&got, 429);
	assert_int_equal(n, 60);
	assert_true(answer_header(&got, "Retry-After").len > 0);
	/* Whoever asks, wherever from, for whichever document. */
	site_peer(p->site, "192.0.2.7");
	got = member_get(p, &viewer, "/plan.xlsx");
	assert_status(&got, 429);
	got = member_get(p, &viewer, "/plan");
	assert_status(&got, 200);
	got = member_get(p, &other, "/plan.csv");
	assert_status(&got, 200);
	/* Who does not belong to it takes none of its own. */
	got = member_visit(p, &other, str_fmt(v->a, "%.*s/plan.csv", STR_ARG(v->owner.org)).data);
	assert_status(&got, 404);
}

TEST_MAIN(visit_test(roles_see_and_do_what_they_may),
	  visit_test(another_organisations_things_are_not_found),
	  visit_test(only_members_can_be_in_charge),
	  visit_test(a_name_typed_without_touching_the_list_counts),
	  visit_test(bad_fields_are_told_and_kept),
	  visit_test(long_texts_are_refused_and_shown_again), visit_test(strange_forms_are_refused),
	  visit_test(who_saves_second_loses_nothing), visit_test(every_change_is_in_the_log),
	  visit_test(what_is_late_says_so), visit_test(the_plan_does_not_grow_for_ever),
	  visit_test(the_longest_plan_is_written_whole),
	  visit_test(recommendations_are_adopted_once),
	  visit_test(what_is_open_is_not_adopted_from_a_second_source),
	  visit_test(the_order_of_what_is_recommended_is_kept),
	  visit_test(the_provisional_score_counts_each_question_once),
	  visit_test(the_calendar_shows_days_until_it_is_closed),
	  visit_test(the_calendar_ends_with_the_membership),
	  visit_test(made_up_calendars_are_not_found),
	  visit_test(csv_opens_in_a_french_spreadsheet),
	  visit_test(an_organisation_has_so_many_documents))
