/*
 * Campaigns on both databases: an organiser makes, opens and follows one; respondents come by the public
 * link and by personal ones, answer, send, take back; and what is refused on the way.
 */
#include "http/campaign_scene.h"

#include "base/timing.h"
#include "rounds/tally.h"

static struct response answer(struct scene *s, struct str sheet, const char *question,
			      const char *value)
{
	return product_answer(s->p, sheet, question, value);
}

static struct response send_sheet(struct scene *s, struct str sheet)
{
	return product_post(s->p, sheet, "/send", "");
}

static struct response answer_and_send(struct scene *s, struct str sheet)
{
	(void)answer(s, sheet, "lineage", "yes");
	return send_sheet(s, sheet);
}

static struct response visit_it(struct scene *s, struct str path)
{
	return ask(s, "GET", path, S(""), "");
}

static void assert_to(const struct response *got, struct str base, const char *page)
{
	struct str to = answer_header(got, "Location");

	assert_status(got, 303);
	assert_true(str_starts(to, base));
	assert_str(str_slice(to, base.len, to.len), page);
}

static int64_t n_sent(struct scene *s)
{
	return store_sql(s->v->store, "SELECT coalesce(sum(n), 0) FROM tally WHERE item = ''");
}

/* ---- those who run it ---- */

static void a_campaign_is_made_opened_and_closed(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	make(&s, "mode=anonymous&access=both");
	got = get(&s, "?lang=en");
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("Nobody can answer yet")));
	assert_false(str_contains(got.body, S("/r/")));
	got = get(&s, "/open?lang=en");
	assert_status(&got, 200);
	open_it(&s);
	/* A second click, or a tab that is late. */
	got = post(&s, "/open", "version=1");
	assert_to(&got, s.owner.org, s.round);
	got = get(&s, "/edit?lang=en");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("name=\"mode\"")));
	got = post(&s, "/close", "version=2");
	assert_to(&got, s.owner.org, s.round);
	assert_str(store_rows(s.v->store, "SELECT state FROM round"), "closed\n");
	/* An anonymous one is not opened again. */
	got = post(&s, "/reopen", "version=3");
	assert_str(store_rows(s.v->store, "SELECT state FROM round"), "closed\n");
	got = member_get(s.p, &s.owner, "/rounds?lang=en");
	assert_true(str_contains(got.body, S("Printemps")));
	assert_int_equal(
		store_sql(s.v->store, "SELECT count(*) FROM audit WHERE object_kind = 'round'"), 3);
}

static void an_anonymous_one_closed_too_early_is_warned_of(void **state)
{
	struct scene s = scene_of(state);
	struct str link, sheet, cookie;
	struct response got;

	make(&s, "mode=anonymous&access=both");
	open_it(&s);
	link = link_on(&s, "", "/r/");
	for (int i = 0; i < 4; i++) {
		sheet = begin(&s, link, "");
		got = answer_and_send(&s, sheet);
		assert_to(&got, sheet, "/sent");
	}
	sheet = begin(&s, link, "");
	got = get(&s, "/close?lang=en");
	assert_true(str_contains(got.body,
				 S("There will never be results: 4 of the 5 answers needed.")));
	got = get(&s, "/close?lang=fr");
	assert_true(str_contains(got.body, S("4 des 5 réponses nécessaires")));
	/* The threshold reached, it only says that this is for good. */
	got = answer_and_send(&s, sheet);
	assert_to(&got, sheet, "/sent");
	got = ask(&s, "POST", link, S(""), "");
	cookie = cookie_of(&got);
	sheet = answer_header(&got, "Location");
	got = get(&s, "/close?lang=en");
	assert_false(str_contains(got.body, S("never be results")));
	assert_true(str_contains(got.body, S("An anonymous campaign is not opened again")));
	/* Whoever had begun is not told to wait. */
	got = post(&s, "/close", "version=2");
	assert_to(&got, s.owner.org, s.round);
	got = product_get(s.p, sheet, "?lang=en");
	assert_status(&got, 410);
	assert_true(str_contains(got.body, S("an anonymous campaign is not opened again")));
	assert_false(str_contains(got.body, S("resumes where you were")));
	got = ask(&s, "GET", str_fmt(s.a, "%.*s?lang=en", STR_ARG(link)), cookie, "");
	assert_status(&got, 410);
	assert_true(str_contains(got.body, S("an anonymous campaign is not opened again")));
	assert_false(str_contains(got.body, S("resumes where you were")));
}

static void one_page_says_the_same_as_one_question(void **state)
{
	static const char *const pages[] = { "/all?lang=en", "/q/lineage?lang=en" };
	struct scene s = scene_of(state);
	struct str sheet;

	make(&s, "mode=anonymous&access=both");
	open_it(&s);
	sheet = begin(&s, link_on(&s, "", "/r/"), "");
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct response got = product_get(s.p, sheet, pages[i]);

		assert_status(&got, 200);
		assert_true(str_contains(got.body, S("until they are sent")));
		assert_true(str_contains(got.body, S("without your name")));
		assert_false(str_contains(got.body, S("use a shared link")));
		assert_false(str_contains(got.body, S("in your result")));
	}
}

static void a_named_one_closed_early_can_wait(void **state)
{
	struct scene s = scene_of(state);
	struct str sheet;
	struct response got;

	make(&s, "mode=nominative&access=both");
	open_it(&s);
	sheet = begin(&s, link_on(&s, "", "/r/"), "name=Ada");
	got = get(&s, "/close?lang=en");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("never be results")));
	(void)post(&s, "/close", "version=2");
	got = product_get(s.p, sheet, "?lang=en");
	assert_status(&got, 410);
	assert_true(str_contains(got.body, S("resumes where you were")));
}

static void what_is_missing_is_told_before_opening(void **state)
{
	struct scene s = scene_of(state);
	struct response got = member_post(s.p, &s.owner, "/rounds?lang=en",
					  "title=Bare&threshold=5&mode=nominative&access=public");

	made(&s, &got);
	got = get(&s, "?lang=en");
	assert_true(str_contains(got.body, S("Before it can open, it lacks:")));
	assert_true(str_contains(got.body, S("how long they are kept")));
	got = post(&s, "/open", "version=1");
	assert_str(store_rows(s.v->store, "SELECT state FROM round"), "draft\n");
	got = post(&s, "/erase", "version=1");
	assert_to(&got, s.owner.org, "/rounds?erased=1");
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM round"), 0);
}

static void the_form_tells_what_is_wrong(void **state)
{
	static const struct {
		const char *form, *says;
	} rows[] = {
		{ "title=&threshold=5", "Name: Fill this field in." },
		{ "title=+&threshold=5", "Name: Fill this field in." },
		{ "title=Kept&threshold=2", "Give a whole number between 3 and 1,000." },
		{ "title=Kept&threshold=x", "Give a whole number between 3 and 1,000." },
		{ "title=Kept&threshold=5&closes=2026-02-30T08:00",
		  "Write the date and the time as" },
		{ "title=Kept&threshold=5&closes=2020-01-01T08:00", "The closing date must be" },
		{ "title=Kept&threshold=5&opens=2090-01-02T08:00&closes=2090-01-01T08:00",
		  "The closing date must be" },
	};
	struct scene s = scene_of(state);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct response got = member_post(s.p, &s.owner, "/rounds?lang=en", rows[i].form);

		assert_status(&got, 422);
		assert_true(str_contains(got.body, str_from(rows[i].says)));
		if (str_contains(str_from(rows[i].form), S("Kept")))
			assert_true(str_contains(got.body, S("value=\"Kept\"")));
	}
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM round"), 0);
}

static void two_editors_notice_one_another(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	make(&s, "mode=anonymous&access=both");
	got = post(&s, "/edit",
		   "version=1&title=First&threshold=5&mode=anonymous&access=both&" NOTICE);
	assert_status(&got, 303);
	got = post(&s, "/edit?lang=en",
		   "version=1&title=Second&threshold=5&mode=anonymous&access=both&" NOTICE);
	assert_status(&got, 409);
	assert_true(str_contains(got.body, S("value=\"Second\"")));
	assert_true(str_contains(got.body, S("Somebody else changed this campaign meanwhile")));
	assert_str(store_rows(s.v->store, "SELECT title FROM round"), "First\n");
}

static void roles_and_strangers(void **state)
{
	struct scene s = scene_of(state);
	struct member viewer = product_colleague(s.p, s.owner.org_id, ROLE_VIEWER);
	struct member other = product_member(s.p, "Another one", ROLE_OWNER);
	struct str path;
	struct response got;

	make(&s, "mode=nominative&access=personal");
	got = post(&s, "/participants", "people=Ada");
	assert_status(&got, 303);
	got = member_get(s.p, &viewer, str_fmt(s.a, "%s/participants", s.round).data);
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("/p/"))); /* who has a link answers as that person */
	got = member_get(s.p, &viewer, str_fmt(s.a, "%s/edit", s.round).data);
	assert_status(&got, 403);
	got = member_post(s.p, &viewer, str_fmt(s.a, "%s/open", s.round).data, "version=1");
	assert_status(&got, 403);
	/* The round's id under another organisation's address, and the organisation's to a stranger. */
	got = member_get(s.p, &other, s.round);
	assert_status(&got, 404);
	path = str_fmt(s.a, "%.*s%s", STR_ARG(s.owner.org), s.round);
	got = member_visit(s.p, &other, path.data);
	assert_status(&got, 404);
	got = member_send(s.p, &other, str_fmt(s.a, "%.*s/open", STR_ARG(path)).data, "version=1");
	assert_status(&got, 404);
	assert_str(store_rows(s.v->store, "SELECT state FROM round"), "draft\n");
}

/* ---- the public link ---- */

static void looking_consumes_nothing(void **state)
{
	struct scene s = scene_of(state);
	struct str rows;

	launch(&s, "title=Printemps&threshold=5&mode=anonymous&access=both&asks_department=1",
	       "Ada");
	rows = visit_rows(s.v);
	for (int i = 0; i < 2; i++) {
		struct response page = visit_it(&s, s.link);
		struct response head = ask(&s, "HEAD", s.link, S(""), "");

		assert_status(&page, 200);
		assert_status(&head, 200);
		page = visit_it(&s, s.own[0]);
		assert_status(&page, 200);
		assert_false(str_contains(answer_header(&page, "Set-Cookie"), S("sheet=")));
	}
	assert_true(str_eq(rows, visit_rows(s.v)));
}

static void a_device_answers_once_and_may_take_back(void **state)
{
	struct scene s = scene_of(state);
	struct str link, sheet, cookie, header;
	struct response got;

	make(&s, "mode=nominative&access=public&asks_department=1&shows_result=1");
	open_it(&s);
	link = link_on(&s, "", "/r/");
	got = ask(&s, "POST", link, S(""), "department=none");
	assert_status(&got, 422); /* no name */
	got = ask(&s, "POST", link, S(""), "name=Ada&department=0000000000099");
	assert_status(&got, 422); /* a department of nobody's */
	got = ask(&s, "POST", link, S(""), "name=Ada&name=Bob&department=none");
	assert_status(&got, 400);
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM participant"), 0);
	got = ask(&s, "POST", link, S(""), "name=Ada&department=none");
	header = answer_header(&got, "Set-Cookie");
	assert_true(str_contains(header, str_fmt(s.a, "; Path=%.*s;", STR_ARG(link))));
	assert_true(str_contains(header, S("HttpOnly; SameSite=Lax")));
	sheet = answer_header(&got, "Location");
	cookie = cookie_of(&got);
	/* Again from the same device: the same sheet. */
	got = ask(&s, "POST", link, cookie, "name=Bob&department=none");
	assert_to(&got, sheet, "");
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM participant"), 1);
	got = answer(&s, sheet, "lineage", "forged");
	assert_status(&got, 422);
	got = answer(&s, sheet, "lineage", "yes");
	assert_status(&got, 303);
	got = product_get(s.p, sheet, "/result");
	assert_to(&got, sheet, "/review"); /* not before it is sent */
	got = send_sheet(&s, sheet);
	assert_to(&got, sheet, "/sent");
	got = send_sheet(&s, sheet); /* clicked twice */
	assert_to(&got, sheet, "/sent");
	assert_int_equal(n_sent(&s), 1);
	got = product_get(s.p, sheet, "/sent?lang=en");
	assert_true(str_contains(got.body, S("See my own result")));
	got = product_get(s.p, sheet, "/result");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("/share")));
	assert_false(
		str_contains(got.body, S("h-next"))); /* the organisation's affair, not theirs */
	got = product_post(s.p, sheet, "/share", "");
	assert_status(&got, 404);
	/* The other tab. */
	got = answer(&s, sheet, "lineage", "no");
	assert_to(&got, sheet, "/sent");
	got = product_get(s.p, sheet, "/q/lineage");
	assert_to(&got, sheet, "/sent");
	got = ask(&s, "GET", link, cookie, "");
	assert_to(&got, sheet, "/sent");
	assert_str(store_rows(s.v->store,
			      "SELECT value FROM answer a JOIN sheet s ON s.id = a.sheet_id "
			      "WHERE s.round_id IS NOT NULL AND question = 'lineage'"),
		   "yes\n");
	got = product_post(s.p, sheet, "/withdraw", "");
	assert_to(&got, sheet, "/review");
	assert_int_equal(n_sent(&s), 0);
	got = answer(&s, sheet, "lineage", "some");
	assert_status(&got, 303);
	got = send_sheet(&s, sheet);
	visit_assert_exact(s.v);
	assert_int_equal(store_sql(s.v->store,
				   "SELECT n FROM tally WHERE item = 'lineage' AND value = 'some'"),
			 1);
}

/* A flood through the public link is slowed down; a company behind one address is not. */
static void a_flood_of_devices_is_slowed_down(void **state)
{
	struct scene s = scene_of(state);
	struct server_config config = s.p->config;
	struct response got;
	struct site *site;
	const char *link;
	int n;

	config.is_unlimited = false;
	make(&s, "mode=anonymous&access=public");
	open_it(&s);
	link = link_on(&s, "", "/r/").data;
	site = site_make(s.a, &config);
	/* Four come back each second: a slow machine begins some more. */
	for (n = 0; n < 1000; n++) {
		struct arena mark = *s.a;

		got = site_post(site, link, "");
		*s.a = mark;
		if (got.status != 303)
			break;
	}
	assert_int_equal(got.status, 429);
	assert_in_range(n, 240, 999);
	assert_int_equal(
		store_sql(s.v->store, "SELECT count(*) FROM sheet WHERE round_id IS NOT NULL"), n);
}

static void a_personal_link_resumes_anywhere_and_is_cut_off(void **state)
{
	struct scene s = scene_of(state);
	struct str link, sheet;
	struct response got;

	make(&s, "mode=anonymous&access=personal&asks_department=1");
	got = post(&s, "/participants", "people=Ada+Lovelace%3Bada%40example.org%3BVentes%3Ben");
	assert_status(&got, 303);
	open_it(&s);
	got = get(&s, "/participants");
	link = link_on(&s, "/participants", "/p/");
	assert_true(str_contains(got.body, S("?lang=en")));
	got = visit_it(&s, link);
	assert_false(str_contains(got.body, S("name=\"department\""))); /* known already */
	sheet = begin(&s, link, "");
	got = answer(&s, sheet, "lineage", "yes&comment=A+remark");
	/* Another device. */
	got = ask(&s, "POST", link, S(""), "");
	assert_to(&got, sheet, "");
	got = visit_it(&s, link);
	assert_true(str_contains(got.body, sheet));
	got = get(&s, "/participants?lang=en");
	assert_false(str_contains(got.body, S("begun"))); /* invited or answered, no more */
	got = send_sheet(&s, sheet);
	assert_to(&got, sheet, "/sent");
	/* The link still tells that it was sent, and opens nothing else. */
	got = send_sheet(&s, sheet);
	assert_to(&got, sheet, "/sent");
	got = product_get(s.p, sheet, "/sent?lang=en");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("/withdraw")));
	got = answer(&s, sheet, "lineage", "no");
	assert_to(&got, sheet, "/sent");
	got = product_get(s.p, sheet, "/review");
	assert_to(&got, sheet, "/sent");
	got = product_post(s.p, sheet, "/withdraw", "");
	assert_to(&got, sheet, "/sent");
	got = visit_it(&s, link);
	assert_to(&got, sheet, "/sent");
	assert_int_equal(n_sent(&s), 1);
	visit_assert_exact(s.v);
	assert_int_equal(store_sql(s.v->store,
				   "SELECT count(*) FROM sheet WHERE round_id IS NOT NULL AND "
				   "participant_id IS NULL AND sent_ms % 86400000 = 0"),
			 1);
	/* Nothing of it is in the log but the routes. */
	assert_false(str_contains(product_log(s.p), S("Lovelace")));
	assert_false(str_contains(product_log(s.p), str_slice(link, 3, link.len)));
	assert_int_equal(
		store_sql(s.v->store, "SELECT count(*) FROM audit WHERE account_id IS NULL"), 0);
}

/* Wherever others are given an address: also where their phones cannot open it. */
static void addresses_of_this_machine_alone_say_so(void **state)
{
	static const char *const pages[] = { "?lang=en", "/participants?lang=en", "/cards?lang=en",
					     "/workshop?lang=en" };
	struct scene s = scene_of(state);
	struct server_config config = s.p->config;
	struct site *everywhere = s.p->site, *here;
	struct response got;

	make(&s, "mode=nominative&access=both");
	got = post(&s, "/participants", "people=Ada");
	open_it(&s);
	got = post(&s, "/workshop", "");
	assert_status(&got, 303);
	config.base_url = S("http://127.0.0.1:8080");
	here = site_make(s.a, &config);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		s.p->site = here;
		got = get(&s, pages[i]);
		s.p->site = everywhere;
		assert_status(&got, 200);
		assert_true(str_contains(got.body, S("addresses open on this machine only")));
		got = get(&s, pages[i]);
		assert_status(&got, 200);
		assert_false(str_contains(got.body, S("addresses open on this machine only")));
	}
}

/* ---- outside its time ---- */

static void links_say_when_there_is_nothing_to_fill_in(void **state)
{
	struct scene s = scene_of(state);
	struct str link, sheet, cookie;
	struct response got;

	make(&s, "mode=nominative&access=both");
	got = visit_it(&s, S("/r/AAAAAAAAAAAAAAAAAAAAAA"));
	assert_status(&got, 404);
	got = visit_it(&s, S("/p/AAAAAAAAAAAAAAAAAAAAAA"));
	assert_status(&got, 404);
	open_it(&s);
	link = link_on(&s, "", "/r/");
	(void)store_sql(s.v->store, "UPDATE round SET state = 'draft'");
	got = visit_it(&s, link);
	assert_status(&got, 404);
	(void)store_sql(s.v->store, "UPDATE round SET state = 'open', opens_ms = 2000000000000");
	got = visit_it(&s, str_fmt(s.a, "%.*s?lang=en", STR_ARG(link)));
	assert_status(&got, 403);
	assert_true(str_contains(got.body, S("Not open yet")));
	assert_true(str_contains(got.body, S("18\u00a0May 2033 at 05:33"))); /* in Paris */
	(void)store_sql(s.v->store, "UPDATE round SET opens_ms = NULL");
	got = ask(&s, "POST", link, S(""), "name=Ada");
	cookie = cookie_of(&got);
	sheet = answer_header(&got, "Location");
	(void)store_sql(s.v->store, "UPDATE round SET closes_ms = 1");
	/* What was typed is kept, and told. */
	got = answer(&s, sheet, "lineage", "yes&comment=typed");
	assert_to(&got, sheet, "");
	assert_int_equal(
		store_sql(s.v->store, "SELECT count(*) FROM answer WHERE comment = 'typed'"), 1);
	got = product_get(s.p, sheet, "?lang=en");
	assert_status(&got, 410);
	assert_true(str_contains(got.body, S("What you typed is kept")));
	got = site_request(s.p->site, "POST", str_fmt(s.a, "%.*s/q/lineage", STR_ARG(sheet)).data,
			   "Sec-Fetch-Site: same-origin\nHX-Request: true\n",
			   S("answer=no&comment=typed"));
	assert_status(&got, 204);
	assert_str(answer_header(&got, "HX-Redirect"), str_c(s.a, sheet));
	got = send_sheet(&s, sheet);
	assert_status(&got, 410);
	got = ask(&s, "GET", link, cookie, "");
	assert_status(&got, 410);
	assert_int_equal(n_sent(&s), 0);
	(void)store_sql(s.v->store, "UPDATE round SET closes_ms = NULL, access = 'personal'");
	got = visit_it(&s, link);
	assert_status(&got, 410);
	got = product_post(s.p, sheet, "/erase", "");
	assert_status(&got, 200);
	assert_int_equal(
		store_sql(s.v->store, "SELECT count(*) FROM sheet WHERE round_id IS NOT NULL"), 0);
}

/* ---- the code ---- */

static const char *code_of(struct scene *s)
{
	return str_c(s->a, str_slice(store_rows(s->v->store, "SELECT code FROM round"), 0, 6));
}

/* The code as pages show it. */
static struct str shown_code(struct scene *s)
{
	const char *code = code_of(s);

	return str_fmt(s->a, ">%.3s %.3s<", code, code + 3);
}

/* ---- projected ---- */

/* The address where the page that is shown asks again. */
static const char *address_of_news(struct scene *s, const struct response *got)
{
	struct str address = between(got->body, "hx-get=\"", '"');

	assert_true(address.len > 0);
	return str_c(s->a, address);
}

/* As htmx asks; *ret gets where the next one goes, if anything came. */
static struct response ask_for_news(struct scene *s, const char **address)
{
	struct response got =
		site_request(s->p->site, "GET", str_fmt(s->a, "%s&lang=en", *address).data,
			     str_fmt(s->a, "%sHX-Request: true\n", s->owner.headers).data, S(""));

	if (got.status == 200)
		*address = address_of_news(s, &got);
	return got;
}

static void the_code_is_projected_while_it_is_open(void **state)
{
	struct scene s = scene_of(state);
	struct response got;
	struct str link;
	const char *news;

	make(&s, "mode=anonymous&access=both");
	got = post(&s, "/participants", "people=Ada");
	assert_status(&got, 303);
	got = get(&s, "/screen?lang=en");
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("Not open yet")));
	assert_false(str_contains(got.body, S("class=\"qr\"")));
	news = address_of_news(&s, &got);
	got = ask_for_news(&s, &news);
	assert_status(&got, 204);
	open_it(&s);
	link = link_on(&s, "", "/r/");
	got = ask_for_news(&s, &news);
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("class=\"qr\"")));
	assert_true(str_contains(got.body, S(">test.local/w<")));
	assert_true(str_contains(got.body, shown_code(&s)));
	assert_false(str_contains(got.body, S("/p/")));
	assert_false(str_contains(got.body, S("Ada")));
	(void)answer_and_send(&s, begin(&s, link, ""));
	got = ask_for_news(&s, &news);
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("1 answer<")));
	got = ask_for_news(&s, &news);
	assert_status(&got, 204);
	(void)store_sql(s.v->store, "UPDATE round SET closes_ms = 1"); /* by its date */
	got = ask_for_news(&s, &news);
	assert_true(str_contains(got.body, S("This campaign is closed")));
	assert_false(str_contains(got.body, S("class=\"qr\"")));
}

static void personal_links_are_not_projected(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	make(&s, "mode=nominative&access=personal");
	open_it(&s);
	got = post(&s, "/participants", "people=Ada");
	assert_status(&got, 303);
	got = get(&s, "");
	assert_false(str_contains(got.body, S("/screen")));
	got = get(&s, "/screen?lang=en");
	assert_status(&got, 404);
	assert_true(str_contains(got.body, S("There is nothing to project")));
	assert_false(str_contains(got.body, S("class=\"qr\"")));
	assert_false(str_contains(got.body, S("Ada")));
}

static void small_departments_are_hidden(void **state)
{
	struct scene s = scene_of(state);
	struct str link;
	struct response got;

	make(&s, "mode=anonymous&access=public&asks_department=1");
	open_it(&s);
	link = link_on(&s, "", "/r/");
	for (int i = 0; i < 8; i++) {
		struct str sheet = begin(&s, link, of_department(&s, i < 6 ? 0 : 1));

		got = answer_and_send(&s, sheet);
		assert_to(&got, sheet, "/sent");
	}
	got = get(&s, "?lang=en");
	assert_status(&got, 200);
	/* Two answered in Logistics: hidden, and Sales with it, or the whole less Sales would tell. */
	assert_int_equal(n_sent(&s), 8);
	assert_true(str_contains(got.body, S("hidden to protect the respondents")));
	assert_false(str_contains(got.body, S("<td class=\"r\">6</td>")));
	assert_false(str_contains(got.body, S("<td class=\"r\">2</td>")));
	visit_assert_exact(s.v);
}

static void the_organisation_keeps_its_distance(void **state)
{
	struct scene s = scene_of(state);
	struct str sheet;
	struct response got;

	make(&s, "mode=nominative&access=public&asks_department=1");
	open_it(&s);
	sheet = begin(&s, link_on(&s, "", "/r/"), "name=Ada&department=000000000000z");
	(void)answer_and_send(&s, sheet);
	/* Sheets of a campaign are not among those answered alone, nor can anybody claim them. */
	got = member_get(s.p, &s.owner, "/scorecards");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("<td")));
	got = member_send(s.p, &s.owner, str_fmt(s.a, "%.*s/claim", STR_ARG(sheet)).data, "org=");
	assert_true(got.status >= 400);
	/* A department that a campaign knows stays, and that is said. */
	got = member_post(s.p, &s.owner, "/departments/000000000000z?lang=en", "act=remove");
	assert_status(&got, 409);
	assert_true(str_contains(got.body, S("A campaign knows this department")));
	got = member_post(s.p, &s.owner, "/departments/0000000000010", "act=remove");
	assert_status(&got, 303);
	visit_assert_exact(s.v);
}

/* The way to a page, from the portfolio on: "Your organisations > Maison Belloy > …". */
static struct str way_to(struct scene *s, const char *page)
{
	struct response got = get(s, page);
	struct str body = got.body, way = S(""), part;
	const char *at = memmem(body.data, body.len, "<nav class=\"crumbs\"", 19);

	assert_status(&got, 200);
	assert_non_null(at);
	body = str_make(at, (size_t)(body.data + body.len - at));
	part = str_cut(&body, '\n');
	while ((part = str_cut(&body, '\n')).data && !str_starts(part, S("<nav"))) {
		struct str item = part;

		if (!str_starts(item, S("<li")))
			break;
		while (item.len) {
			(void)str_cut(&item, '>');
			part = str_cut(&item, '<');
			if (part.len)
				way = str_fmt(s->a, "%.*s%s%.*s", STR_ARG(way),
					      way.len ? " > " : "", STR_ARG(part));
		}
	}
	return way;
}

static void every_page_says_where_it_is(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	make(&s, "mode=nominative&access=public");
	assert_str(way_to(&s, "?lang=en"),
		   "Your organisations > Maison Belloy > Campaigns > Printemps");
	assert_str(
		way_to(&s, "/edit?lang=en"),
		"Your organisations > Maison Belloy > Campaigns > Printemps > Change the campaign");
	assert_str(way_to(&s, "/results?lang=en"),
		   "Your organisations > Maison Belloy > Campaigns > Printemps > Results");
	assert_str(way_to(&s, "/workshop?lang=en"),
		   "Your organisations > Maison Belloy > Campaigns > Printemps > Workshop");
	got = member_get(s.p, &s.owner, "/rounds/new?lang=en");
	assert_true(str_contains(got.body, S("Whom to involve")));
}

/* What typing a code comes to: the address it leads to, or the status of what is said instead. */
static struct response type(struct scene *s, const char *code)
{
	return ask(s, "POST", S("/w"), S(""), str_fmt(s->a, "code=%s", code).data);
}

/* As often as one likes: it is no wrong guess at a workshop's. */
static void a_code_typed_as_an_address_leads_on(void **state)
{
	struct scene s = scene_of(state);
	struct server_config config = s.p->config;
	struct site *site;
	struct response got;
	struct str path;

	make(&s, "mode=anonymous&access=public");
	open_it(&s);
	path = str_fmt(s.a, "/w/%s", code_of(&s));
	config.is_unlimited = false;
	site = site_make(s.a, &config);
	for (int i = 0; i < 30; i++) {
		got = site_request(site, "GET", path.data, "", S(""));
		assert_status(&got, 303);
		assert_true(str_eq(answer_header(&got, "Location"), link_on(&s, "", "/r/")));
	}
}

static void who_cannot_scan_types_a_code(void **state)
{
	struct scene s = scene_of(state);
	struct response got;
	const char *code, *first;

	make(&s, "mode=nominative&access=public");
	open_it(&s);
	code = code_of(&s);
	got = get(&s, "?lang=en");
	assert_true(str_contains(got.body, shown_code(&s)));
	assert_true(str_contains(got.body, S("Or go to test.local/w and type:")));
	got = type(&s, str_fmt(s.a, "%.2s-%s", code, code + 2).data);
	assert_to(&got, link_on(&s, "", "/r/"), "");
	got = visit_it(&s, answer_header(&got, "Location"));
	assert_status(&got, 200);

	(void)post(&s, "/close", "version=2");
	got = type(&s, code);
	assert_status(&got, 404);
	(void)post(&s, "/reopen", "version=3");
	first = code;
	code = code_of(&s);
	assert_string_not_equal(code, first);
	got = type(&s, first);
	assert_status(&got, 404);
	got = type(&s, code);
	assert_to(&got, link_on(&s, "", "/r/"), "");
	/* It leads to the public link, which a campaign by personal links has not. */
	(void)store_sql(s.v->store, "UPDATE round SET access = 'personal'");
	got = type(&s, code);
	assert_status(&got, 404);
	got = get(&s, "?lang=en");
	assert_false(str_contains(got.body, shown_code(&s)));
}

TEST_MAIN(visit_test(a_campaign_is_made_opened_and_closed),
	  visit_test(a_code_typed_as_an_address_leads_on), visit_test(who_cannot_scan_types_a_code),
	  visit_test(an_anonymous_one_closed_too_early_is_warned_of),
	  visit_test(one_page_says_the_same_as_one_question),
	  visit_test(a_named_one_closed_early_can_wait), visit_test(every_page_says_where_it_is),
	  visit_test(what_is_missing_is_told_before_opening),
	  visit_test(the_form_tells_what_is_wrong), visit_test(two_editors_notice_one_another),
	  visit_test(roles_and_strangers), visit_test(looking_consumes_nothing),
	  visit_test(a_device_answers_once_and_may_take_back),
	  visit_test(a_flood_of_devices_is_slowed_down),
	  visit_test(a_personal_link_resumes_anywhere_and_is_cut_off),
	  visit_test(addresses_of_this_machine_alone_say_so),
	  visit_test(links_say_when_there_is_nothing_to_fill_in),
	  visit_test(the_code_is_projected_while_it_is_open),
	  visit_test(personal_links_are_not_projected), visit_test(small_departments_are_hidden),
	  visit_test(the_organisation_keeps_its_distance))
