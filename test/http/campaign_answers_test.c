/*
 * Who answered what, on both databases: those who run a named campaign read it, for everybody who sent a sheet and
 * for nothing else; of an anonymous campaign there is no such page.
 */
#include "http/visit.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/token.h"
#include "http/unzip.h"

#define NOTICE "controller=Belloy&contact=Claire&purpose=To+know&retention=Two+years"

enum { TOKEN = 22, PER_PAGE = 50, FIRST_DEPARTMENT = 31 };

struct scene {
	struct visit *v;
	struct product *p;
	struct arena *a;
	struct member owner, editor;
	const char *round; /* "/rounds/…" */
};

static struct scene scene_of(void **state)
{
	struct visit *v = *state;
	struct scene s = { .v = v, .p = v->product, .a = v->a };

	s.owner = product_member(s.p, "Maison Belloy", ROLE_OWNER);
	s.editor = product_colleague(s.p, s.owner.org_id, ROLE_EDITOR);
	visit_departments(v, &s.owner, FIRST_DEPARTMENT,
			  (const char *const[]){ "Ventes", "Logistique" }, 2);
	return s;
}

static struct response post(struct scene *s, const char *page, const char *form)
{
	return member_post(s->p, &s->owner, str_fmt(s->a, "%s%s", s->round, page).data, form);
}

/* As an editor, who runs campaigns; in English, text as a reader sees it. */
static struct response get(struct scene *s, const char *page)
{
	struct response got = member_get(
		s->p, &s->editor,
		str_fmt(s->a, "%s%s%slang=en", s->round, page, strchr(page, '?') ? "&" : "?").data);

	got.body = visit_unescape(s->a, got.body);
	return got;
}

/* An open campaign in which Bea, of Logistique, has a personal link. */
static void launch(struct scene *s, const char *mode)
{
	struct response got = member_post(
		s->p, &s->owner, "/rounds",
		str_fmt(s->a,
			"title=Printemps&mode=%s&threshold=5&access=both&asks_department=1&" NOTICE,
			mode)
			.data);
	struct str to = answer_header(&got, "Location");

	assert_status(&got, 303);
	s->round = str_c(s->a, str_slice(to, s->owner.org.len, to.len));
	got = post(s, "/participants", "people=Bea%3Bbea%40belloy.example%3BLogistique");
	assert_status(&got, 303);
	got = post(s, "/open", "version=1");
	assert_status(&got, 303);
}

/* The first link of that kind ("/r/", "/p/") that a page shows. */
static struct str link_on(struct scene *s, const char *page, const char *kind)
{
	struct response got = get(s, page);
	const char *before = str_fmt(s->a, "http://test.local%s", kind).data;
	const char *at = memmem(got.body.data, got.body.len, before, strlen(before));

	assert_non_null(at);
	return str_dup(s->a, str_make(at + strlen("http://test.local"), strlen(kind) + TOKEN));
}

/* Begins by a link and fills in: the sheet's path. */
static struct str fill_in(struct scene *s, struct str link, const char *who, const char *form)
{
	struct response got = site_post(s->p->site, link.data, who);
	struct str sheet =
		str_dup(s->a, str_slice(answer_header(&got, "Location"), 0, strlen("/c/") + TOKEN));

	assert_status(&got, 303);
	got = product_post(s->p, sheet, "/all", form);
	assert_status(&got, 303);
	return sheet;
}

static void act(struct scene *s, struct str sheet, const char *page)
{
	struct response got = product_post(s->p, sheet, page, "");

	assert_status(&got, 303);
}

/* "/answers/…" of each sheet of the campaign, whatever became of it, on a line of its own. */
static struct str all_sheets(struct scene *s)
{
	int64_t round = 0;
	struct str rows;
	struct buf b = buf_make(s->a, 64 * 1024);

	assert_int_equal(id_parse(str_from(s->round + strlen("/rounds/")), &round), 0);
	rows = store_rows(s->v->store,
			  str_fmt(s->a, "SELECT id FROM sheet WHERE round_id = %lld ORDER BY id",
				  (long long)round)
				  .data);
	while (rows.len) {
		int64_t id = 0;
		struct str line = str_cut(&rows, '\n');

		assert_int_equal(sscanf(str_c(s->a, line), "%" SCNd64, &id), 1);
		buf_fmt(&b, "/answers/%.*s\n", STR_ARG(id_text(s->a, id)));
	}
	return buf_str(&b);
}

/* ---- what is shown ---- */

static void a_named_one_says_who_answered_what(void **state)
{
	struct scene s = scene_of(state);
	struct response got;
	struct str sheets, page;

	launch(&s, "nominative");
	got = get(&s, "/answers");
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("Nobody has sent answers yet.")));
	got = get(&s, "");
	assert_false(str_contains(got.body, S("/answers")));
	act(&s,
	    fill_in(&s, link_on(&s, "", "/r/"),
		    str_fmt(s.a, "name=Ada&department=%s", id_text(s.a, FIRST_DEPARTMENT).data)
			    .data,
		    "lineage=yes&lineage.comment=All+of+it&etl=unknown"),
	    "/send");
	act(&s, fill_in(&s, link_on(&s, "/participants", "/p/"), "", "lineage=no"), "/send");
	/* Far under the threshold, while it is open: names are known here. */
	got = get(&s, "");
	assert_true(str_contains(got.body, S("/answers\"")));
	got = get(&s, "/answers");
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("2 people have sent answers")));
	assert_true(str_contains(got.body, S(">Ada</a>")));
	assert_true(str_contains(got.body, S(">Bea</a>")));
	assert_true(str_contains(got.body, S("bea@belloy.example")));
	assert_true(str_contains(got.body, S("Ventes")));
	assert_true(str_contains(got.body, S("Logistique")));
	/* The first is Ada. */
	sheets = all_sheets(&s);
	page = str_cut(&sheets, '\n');
	assert_true(str_contains(got.body, page));
	got = get(&s, str_c(s.a, page));
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("Answers of Ada")));
	assert_true(str_contains(got.body, S("All sources are traced and up to date")));
	assert_true(str_contains(got.body, S("<p class=\"quote\">All of it</p>")));
	assert_true(str_contains(got.body, S("<b data-figure=\"points\">2 points out of 34</b>")));
	got = get(&s, str_c(s.a, str_cut(&sheets, '\n')));
	assert_true(str_contains(got.body, S("Answers of Bea")));
	assert_false(str_contains(got.body, S("All of it")));
	/* As well once it is closed, and from the results where there are any. */
	got = post(&s, "/close", "version=2");
	got = get(&s, str_c(s.a, page));
	assert_status(&got, 200);
}

static void the_results_lead_there(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	launch(&s, "nominative");
	for (int i = 0; i < 5; i++)
		act(&s,
		    fill_in(&s, link_on(&s, "", "/r/"), "name=Ada&department=none", "lineage=yes"),
		    "/send");
	got = get(&s, "/results");
	assert_true(str_contains(got.body, S("/answers\"")));
	s.editor = product_colleague(s.p, s.owner.org_id, ROLE_CONTRIBUTOR);
	got = get(&s, "/results");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("/answers\"")));
	got = get(&s, "");
	assert_false(str_contains(got.body, S("/answers\"")));
}

/* The texts of the workbook of results, as `who` downloads it. */
static struct str workbook(struct scene *s, const struct member *who)
{
	struct response got =
		member_get(s->p, who, str_fmt(s->a, "%s/results.xlsx?lang=en", s->round).data);

	assert_status(&got, 200);
	return str_dup(s->a, unzip_text(s->a, got.body));
}

static void the_workbook_says_it_to_those_who_run_it(void **state)
{
	struct scene s = scene_of(state);
	struct member viewer = product_colleague(s.p, s.owner.org_id, ROLE_VIEWER);
	struct member contributor = product_colleague(s.p, s.owner.org_id, ROLE_CONTRIBUTOR);
	struct str link, book;
	struct response got;

	launch(&s, "nominative");
	link = link_on(&s, "", "/r/");
	for (int i = 0; i <= PER_PAGE; i++)
		act(&s,
		    fill_in(&s, link, str_fmt(s.a, "name=Person+%d.&department=none", i).data,
			    "lineage=yes"),
		    "/send");
	(void)fill_in(&s, link, "name=Drafty&department=none", "lineage=yes");
	book = workbook(&s, &s.editor);
	assert_true(str_contains(book, S("Answers by person")));
	assert_true(str_contains(book, S("Person 0.")));
	assert_true(str_contains(book, S("Person 50.")));
	assert_false(str_contains(book, S("Drafty")));
	book = workbook(&s, &viewer);
	assert_false(str_contains(book, S("Answers by person")));
	assert_false(str_contains(book, S("Person 0.")));
	assert_false(str_contains(workbook(&s, &contributor), S("Person 0.")));
	launch(&s, "anonymous");
	link = link_on(&s, "", "/r/");
	for (int i = 0; i < 5; i++)
		act(&s, fill_in(&s, link, "department=none", "lineage=yes"), "/send");
	got = post(&s, "/close", "version=2");
	assert_status(&got, 303);
	assert_false(str_contains(workbook(&s, &s.editor), S("Answers by person")));
}

static void the_list_comes_in_pages(void **state)
{
	struct scene s = scene_of(state);
	struct str link;
	struct response got;

	launch(&s, "nominative");
	link = link_on(&s, "", "/r/");
	for (int i = 0; i <= PER_PAGE; i++)
		act(&s,
		    fill_in(&s, link, str_fmt(s.a, "name=Person+%d.&department=none", i).data,
			    "lineage=yes"),
		    "/send");
	got = get(&s, "/answers");
	assert_true(str_contains(got.body, S("51 people have sent answers")));
	assert_true(str_contains(got.body, S("Page 1 of 2")));
	assert_true(str_contains(got.body, S("Person 49.")));
	assert_false(str_contains(got.body, S("Person 50.")));
	assert_true(str_contains(got.body, S("/answers?page=2\"")));
	got = get(&s, "/answers?page=2");
	assert_true(str_contains(got.body, S("Person 50.")));
	assert_false(str_contains(got.body, S("Person 49.")));
	assert_true(str_contains(got.body, S("/answers?page=1\"")));
	got = get(&s, "/answers?page=3");
	assert_status(&got, 404);
}

/* ---- what is not ---- */

static void drafts_and_what_was_taken_back_are_nobodys_to_read(void **state)
{
	struct scene s = scene_of(state);
	struct str sheet, page;
	struct response got;

	launch(&s, "nominative");
	sheet = fill_in(&s, link_on(&s, "", "/r/"), "name=Ada&department=none",
			"lineage=yes&lineage.comment=Whispered");
	page = all_sheets(&s);
	page = str_cut(&page, '\n');
	for (int i = 0; i < 2; i++) {
		got = get(&s, str_c(s.a, page));
		assert_status(&got, 404);
		got = get(&s, "/answers");
		assert_false(str_contains(got.body, S("Ada")));
		act(&s, sheet, "/send");
		got = get(&s, str_c(s.a, page));
		assert_status(&got, 200);
		assert_true(str_contains(got.body, S("Whispered")));
		act(&s, sheet, "/withdraw");
	}
	got = get(&s, str_c(s.a, page));
	assert_status(&got, 404);
}

static void an_anonymous_one_has_no_such_page(void **state)
{
	struct scene s = scene_of(state);
	struct str sheets;
	struct response got;

	launch(&s, "anonymous");
	for (int i = 0; i < 5; i++)
		act(&s, fill_in(&s, link_on(&s, "", "/r/"), "department=none", "lineage=yes"),
		    "/send");
	(void)fill_in(&s, link_on(&s, "/participants", "/p/"), "", "lineage=no");
	for (int i = 0; i < 2; i++) {
		got = get(&s, "/answers");
		assert_status(&got, 404);
		for (sheets = all_sheets(&s); sheets.len;) {
			got = get(&s, str_c(s.a, str_cut(&sheets, '\n')));
			assert_status(&got, 404);
		}
		got = get(&s, "");
		assert_false(str_contains(got.body, S("/answers\"")));
		got = get(&s, "/results");
		assert_false(str_contains(got.body, S("/answers\"")));
		got = post(&s, "/close", "version=2");
	}
}

static void only_those_who_run_it_may(void **state)
{
	struct scene s = scene_of(state);
	struct member viewer = product_colleague(s.p, s.owner.org_id, ROLE_VIEWER);
	struct member contributor = product_colleague(s.p, s.owner.org_id, ROLE_CONTRIBUTOR);
	struct member other = product_member(s.p, "Another one", ROLE_OWNER);
	const char *first, *pages[2];
	struct str sheets;

	launch(&s, "nominative");
	act(&s, fill_in(&s, link_on(&s, "", "/r/"), "name=Ada&department=none", "lineage=yes"),
	    "/send");
	first = s.round;
	sheets = all_sheets(&s);
	pages[0] = "/answers";
	pages[1] = str_c(s.a, str_cut(&sheets, '\n'));
	for (size_t i = 0; i < 2; i++) {
		const char *page = str_fmt(s.a, "%s%s", s.round, pages[i]).data;
		const char *path = str_fmt(s.a, "%.*s%s", STR_ARG(s.owner.org), page).data;
		struct response got = member_get(s.p, &s.owner, page);

		assert_status(&got, 200);
		got = member_get(s.p, &viewer, page);
		assert_status(&got, 403);
		got = member_get(s.p, &contributor, page);
		assert_status(&got, 403);
		got = member_get(s.p, &other, page);
		assert_status(&got, 404);
		got = member_visit(s.p, &other, path);
		assert_status(&got, 404);
		got = site_get(s.p->site, path);
		assert_status(&got, 303);
	}
	/* Under another campaign of the same organisation the sheet is nobody's. */
	launch(&s, "nominative");
	assert_string_not_equal(first, s.round);
	assert_int_equal(get(&s, pages[1]).status, 404);
}

TEST_MAIN(visit_test(a_named_one_says_who_answered_what), visit_test(the_results_lead_there),
	  visit_test(the_workbook_says_it_to_those_who_run_it), visit_test(the_list_comes_in_pages),
	  visit_test(drafts_and_what_was_taken_back_are_nobodys_to_read),
	  visit_test(an_anonymous_one_has_no_such_page), visit_test(only_those_who_run_it_may))
