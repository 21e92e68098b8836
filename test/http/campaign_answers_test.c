/*
 * Who answered what, on both databases: those who run a named campaign read it, for everybody who sent a sheet and
 * for nothing else; of an anonymous campaign there is no such page.
 */
#include "http/campaign_scene.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/token.h"
#include "http/unzip.h"

enum { PER_PAGE = 50 };

/* In English, text as a reader sees it. */
static struct response read_page(struct scene *s, const char *page)
{
	return get_text(s, str_fmt(s->a, "%s%slang=en", page, strchr(page, '?') ? "&" : "?").data);
}

/* An open campaign in which Bea, of Logistique, has a personal link. */
static void invite_bea(struct scene *s, const char *mode)
{
	launch(s,
	       str_fmt(s->a, "title=Printemps&mode=%s&threshold=5&access=both&asks_department=1",
		       mode)
		       .data,
	       "Bea%3Bbea%40belloy.example%3BLogistique");
}

/* "/answers/…" of each sheet of the campaign, whatever became of it, on a line of its own. */
static struct str all_sheets(struct scene *s)
{
	struct str rows;
	struct buf b = buf_make(s->a, 64 * 1024);

	rows = store_rows(s->v->store,
			  str_fmt(s->a, "SELECT id FROM sheet WHERE round_id = %lld ORDER BY id",
				  (long long)s->id)
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
	struct scene s = scene_of_editor(state);
	struct response got;
	struct str sheets, page;

	invite_bea(&s, "nominative");
	got = read_page(&s, "/answers");
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("Nobody has sent answers yet.")));
	got = read_page(&s, "");
	assert_false(str_contains(got.body, S("/answers")));
	send_it(&s, fill_in(&s, s.link, of_department(&s, 0),
			    "lineage=yes&lineage.comment=All+of+it&etl=unknown"));
	send_it(&s, fill_in(&s, s.own[0], "", "lineage=no"));
	/* Far under the threshold, while it is open: names are known here. */
	got = read_page(&s, "");
	assert_true(str_contains(got.body, S("/answers\"")));
	got = read_page(&s, "/answers");
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
	got = read_page(&s, str_c(s.a, page));
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("Answers of Ada")));
	assert_true(str_contains(got.body, S("All sources are traced and up to date")));
	assert_true(str_contains(got.body, S("<p class=\"quote\">All of it</p>")));
	assert_true(str_contains(got.body, S("<b data-figure=\"points\">2 points out of 34</b>")));
	got = read_page(&s, str_c(s.a, str_cut(&sheets, '\n')));
	assert_true(str_contains(got.body, S("Answers of Bea")));
	assert_false(str_contains(got.body, S("All of it")));
	/* As well once it is closed, and from the results where there are any. */
	close_it(&s);
	got = read_page(&s, str_c(s.a, page));
	assert_status(&got, 200);
}

static void the_results_lead_there(void **state)
{
	struct scene s = scene_of_editor(state);
	struct response got;

	invite_bea(&s, "nominative");
	for (int i = 0; i < 5; i++)
		respond(&s, -1, "lineage=yes");
	got = read_page(&s, "/results");
	assert_true(str_contains(got.body, S("/answers\"")));
	s.by = product_colleague(s.p, s.owner.org_id, ROLE_CONTRIBUTOR);
	got = read_page(&s, "/results");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("/answers\"")));
	got = read_page(&s, "");
	assert_false(str_contains(got.body, S("/answers\"")));
}

/* One more than a page has room for, each by a name of their own. */
static void hold_more_than_a_page(struct scene *s)
{
	invite_bea(s, "nominative");
	for (int i = 0; i <= PER_PAGE; i++)
		send_it(s, fill_in(s, s->link,
				   str_fmt(s->a, "name=Person+%d.&department=none", i).data,
				   "lineage=yes"));
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
	struct scene s = scene_of_editor(state);
	struct member viewer = product_colleague(s.p, s.owner.org_id, ROLE_VIEWER);
	struct member contributor = product_colleague(s.p, s.owner.org_id, ROLE_CONTRIBUTOR);
	struct str book;

	hold_more_than_a_page(&s);
	(void)fill_in(&s, s.link, "name=Drafty&department=none", "lineage=yes");
	book = workbook(&s, &s.by);
	assert_true(str_contains(book, S("Answers by person")));
	assert_true(str_contains(book, S("Person 0.")));
	assert_true(str_contains(book, S("Person 50.")));
	assert_false(str_contains(book, S("Drafty")));
	book = workbook(&s, &viewer);
	assert_false(str_contains(book, S("Answers by person")));
	assert_false(str_contains(book, S("Person 0.")));
	assert_false(str_contains(workbook(&s, &contributor), S("Person 0.")));
	invite_bea(&s, "anonymous");
	for (int i = 0; i < 5; i++)
		respond(&s, -1, "lineage=yes");
	close_it(&s);
	assert_false(str_contains(workbook(&s, &s.by), S("Answers by person")));
}

static void the_list_comes_in_pages(void **state)
{
	struct scene s = scene_of_editor(state);
	struct response got;

	hold_more_than_a_page(&s);
	got = read_page(&s, "/answers");
	assert_true(str_contains(got.body, S("51 people have sent answers")));
	assert_true(str_contains(got.body, S("Page 1 of 2")));
	assert_true(str_contains(got.body, S("Person 49.")));
	assert_false(str_contains(got.body, S("Person 50.")));
	assert_true(str_contains(got.body, S("/answers?page=2\"")));
	got = read_page(&s, "/answers?page=2");
	assert_true(str_contains(got.body, S("Person 50.")));
	assert_false(str_contains(got.body, S("Person 49.")));
	assert_true(str_contains(got.body, S("/answers?page=1\"")));
	got = read_page(&s, "/answers?page=3");
	assert_status(&got, 404);
}

/* ---- what is not ---- */

static void drafts_and_what_was_taken_back_are_nobodys_to_read(void **state)
{
	struct scene s = scene_of_editor(state);
	struct str sheet, page;
	struct response got;

	invite_bea(&s, "nominative");
	sheet = fill_in(&s, s.link, of_department(&s, -1), "lineage=yes&lineage.comment=Whispered");
	page = all_sheets(&s);
	page = str_cut(&page, '\n');
	for (int i = 0; i < 2; i++) {
		got = read_page(&s, str_c(s.a, page));
		assert_status(&got, 404);
		got = read_page(&s, "/answers");
		assert_false(str_contains(got.body, S("Ada")));
		send_it(&s, sheet);
		got = read_page(&s, str_c(s.a, page));
		assert_status(&got, 200);
		assert_true(str_contains(got.body, S("Whispered")));
		got = product_post(s.p, sheet, "/withdraw", "");
		assert_status(&got, 303);
	}
	got = read_page(&s, str_c(s.a, page));
	assert_status(&got, 404);
}

static void an_anonymous_one_has_no_such_page(void **state)
{
	struct scene s = scene_of_editor(state);
	struct str sheets;
	struct response got;

	invite_bea(&s, "anonymous");
	for (int i = 0; i < 5; i++)
		respond(&s, -1, "lineage=yes");
	(void)fill_in(&s, s.own[0], "", "lineage=no");
	for (int i = 0; i < 2; i++) {
		got = read_page(&s, "/answers");
		assert_status(&got, 404);
		for (sheets = all_sheets(&s); sheets.len;) {
			got = read_page(&s, str_c(s.a, str_cut(&sheets, '\n')));
			assert_status(&got, 404);
		}
		got = read_page(&s, "");
		assert_false(str_contains(got.body, S("/answers\"")));
		got = read_page(&s, "/results");
		assert_false(str_contains(got.body, S("/answers\"")));
		close_it(&s);
	}
}

static void only_those_who_run_it_may(void **state)
{
	struct scene s = scene_of_editor(state);
	struct member viewer = product_colleague(s.p, s.owner.org_id, ROLE_VIEWER);
	struct member contributor = product_colleague(s.p, s.owner.org_id, ROLE_CONTRIBUTOR);
	struct member other = product_member(s.p, "Another one", ROLE_OWNER);
	const char *first, *pages[2];
	struct str sheets;

	invite_bea(&s, "nominative");
	respond(&s, -1, "lineage=yes");
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
	invite_bea(&s, "nominative");
	assert_string_not_equal(first, s.round);
	assert_int_equal(read_page(&s, pages[1]).status, 404);
}

TEST_MAIN(visit_test(a_named_one_says_who_answered_what), visit_test(the_results_lead_there),
	  visit_test(the_workbook_says_it_to_those_who_run_it), visit_test(the_list_comes_in_pages),
	  visit_test(drafts_and_what_was_taken_back_are_nobodys_to_read),
	  visit_test(an_anonymous_one_has_no_such_page), visit_test(only_those_who_run_it_may))
