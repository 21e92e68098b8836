/*
 * Workshops on both databases: from the code to the minutes, what phones may send and see, two facilitators,
 * an anonymous room, and that nothing of a vote shows before it is revealed.
 */
#include "http/room_scene.h"

#include "base/timing.h"

/* ---- the way through ---- */

static void from_the_code_to_the_minutes(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	hold_open(&s, "mode=nominative");
	got = desk(&s, "?lang=en");
	assert_status(&got, 200);
	assert_shows(&got, "Start a workshop");
	assert_hides(&got, "too few to be shown");
	start(&s, "names=1");
	got = ask(&s, "POST", S("/w"), S(""),
		  str_fmt(s.a, "code=%.*s", STR_ARG(str_slice(s.room, 3, s.room.len))).data);
	assert_status(&got, 303);
	assert_str(answer_header(&got, "Location"), s.room.data);
	got = ask(&s, "POST", s.room, S(""), "name=+");
	assert_status(&got, 422);
	join(&s, 4, "name=Ada");
	got = see(&s, 0);
	assert_status(&got, 200);
	open_vote(&s, "lineage");
	for (int i = 0; i < 3; i++)
		votes(&s, i, "lineage", 1, i ? "some" : "yes");
	got = desk(&s, "?lang=en");
	assert_shows(&got, "of 4 have voted");
	assert_shows(&got, "Still to vote:</b> Ada");
	/* One is missing, and is told to talk. */
	do_it(&s, "/reveal", "item=lineage");
	got = desk(&s, "?lang=en");
	assert_shows(&got, "Vote revealed</span> <span class=\"tag\">Mixed opinions</span>");
	got = ask(&s, "GET", str_fmt(s.a, "%.*s?lang=en", STR_ARG(s.room)), s.phone[3], "");
	assert_shows(&got, "3 answers; most frequent:");
	do_it(&s, "/open", "item=lineage");
	for (int i = 0; i < 4; i++)
		votes(&s, i, "lineage", 2, i == 3 ? "no" : "some");
	do_it(&s, "/reveal", "item=lineage");
	got = press(&s, "/agree?lang=en", "item=lineage&value=some&reason=");
	assert_status(&got, 422);
	got = press(&s, "/agree?lang=en", "item=lineage&value=unknown&reason=x");
	assert_status(&got, 422);
	assert_shows(&got, "x</textarea>"); /* what was typed is not lost */
	do_it(&s, "/agree", "item=lineage&value=some&reason=Only+the+sales+are+traced.");
	got = see(&s, 1);
	assert_shows(&got, "Only the sales are traced.");
	do_it(&s, "/skip", "item=etl");
	got = desk(&s, "?lang=en");
	assert_shows(&got, "<span>1 of 15 agreed</span> <span>1 set aside</span>");
	do_it(&s, "/end", "");
	got = see(&s, 1);
	assert_status(&got, 200);
	got = desk(&s, "/minutes?lang=en");
	assert_status(&got, 200);
	assert_shows(&got, "1 item of 15 was agreed on.");
	assert_shows(&got, "Only the sales are traced.");
	assert_shows(
		&got,
		"In the last vote shown, 1 of 4 had answered otherwise, half of the scale or more away from what was agreed.");
	assert_shows(&got, "4 people present, 4 voted");
	assert_shows(&got, "Present:</b> Ada, Ada, Ada and Ada");
	got = desk(&s, "/minutes.pdf");
	assert_status(&got, 200);
	assert_true(str_starts(got.body, S("%PDF")));
	got = desk(&s, "/minutes.docx");
	assert_true(str_starts(got.body, S("PK")));
	visit_assert_exact(s.v);
	assert_int_equal(counted(&s, 1, "some"), 2);
	assert_int_equal(counted(&s, 2, "some"), 3);
}

/* ---- votes ---- */

static void a_tie_is_shown_as_a_tie(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	live(&s, "nominative", 4);
	open_vote(&s, "lineage");
	for (int i = 0; i < 4; i++)
		votes(&s, i, "lineage", 1, i % 2 ? "some" : "yes");
	do_it(&s, "/reveal", "item=lineage");
	got = desk(&s, "?lang=en");
	assert_shows(&got, "4 answers; tied: “");
	assert_shows(&got, " (50% each).");
	assert_hides(&got, "class=\"ring\"");
	/* The form proposes neither, and takes no answer for none. */
	assert_shows(&got, "value=\"yes\" required>");
	assert_shows(&got, "value=\"some\" required>");
	assert_hides(&got, "required checked>");
	got = press(&s, "/agree?lang=en", "item=lineage&reason=We+looked");
	assert_status(&got, 422);
	assert_shows(&got, "Agreed answer: Choose one of these.");
	assert_false(str_contains(got.body, S("required checked>")));
	do_it(&s, "/open", "item=lineage");
	for (int i = 0; i < 4; i++)
		votes(&s, i, "lineage", 2, i ? "some" : "yes");
	do_it(&s, "/reveal", "item=lineage");
	got = desk(&s, "?lang=en");
	assert_shows(&got, "4 answers; most frequent: “");
	assert_shows(&got, "class=\"ring\"");
	assert_shows(&got, "value=\"some\" required checked>");
}

static void a_vote_counts_once_and_as_the_last(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	live(&s, "nominative", 2);
	do_it(&s, "/go", "item=lineage");
	got = vote(&s, 0, "lineage", 1, "yes");
	assert_status(&got, 409); /* not open yet */
	do_it(&s, "/open", "item=lineage");
	votes(&s, 0, "lineage", 1, "yes");
	votes(&s, 0, "lineage", 1, "yes"); /* sent again by a phone that lost the answer */
	assert_int_equal(counted(&s, 1, "yes"), 1);
	votes(&s, 0, "lineage", 1, "no"); /* the other tab */
	assert_int_equal(counted(&s, 1, "yes"), 0);
	assert_int_equal(counted(&s, 1, "no"), 1);
	got = see(&s, 0);
	assert_shows(&got, "value=\"no\" checked");
	votes(&s, 0, "lineage", 1, "unknown");
	assert_int_equal(counted(&s, 1, "no"), 0);
	got = vote(&s, 0, "lineage", 1, "forged");
	assert_status(&got, 422);
	got = vote(&s, 0, "etl", 1, "yes"); /* not what is talked about */
	assert_status(&got, 409);
	got = vote(&s, 0, "lineage", 2, "yes"); /* not the vote that is open */
	assert_status(&got, 409);
	got = ask(&s, "POST", str_fmt(s.a, "%.*s/vote", STR_ARG(s.room)), S(""),
		  "item=lineage&vote=1&answer=yes"); /* by nobody in the room */
	assert_status(&got, 303);
	votes(&s, 1, "lineage", 1, "yes");
	assert_int_equal(
		store_sql(s.v->store, "SELECT count(*) FROM answer WHERE kind IS NOT NULL"), 2);
	visit_assert_exact(s.v);
	/* Late by a moment: told so, and the former vote stays. */
	do_it(&s, "/reveal", "item=lineage");
	got = ask(&s, "POST", str_fmt(s.a, "%.*s/vote?lang=en", STR_ARG(s.room)), s.phone[1],
		  "item=lineage&vote=1&answer=no");
	assert_status(&got, 409);
	assert_shows(&got, "This vote was over before your answer arrived.");
	assert_int_equal(counted(&s, 1, "yes"), 1);
	assert_int_equal(counted(&s, 1, "no"), 0);
}

static void a_script_saves_without_a_page(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	live(&s, "nominative", 1);
	open_vote(&s, "lineage");
	got = ask_with(&s, "POST", str_fmt(s.a, "%.*s/vote", STR_ARG(s.room)), s.phone[0],
		       "HX-Request: true\n", "item=lineage&vote=1&answer=yes");
	assert_status(&got, 204);
	/* A part that has not changed is not sent again. */
	got = ask_with(&s, "GET",
		       str_fmt(s.a, "%.*s?since=%lld", STR_ARG(s.room), (long long)version(&s)),
		       s.phone[0], "HX-Request: true\n", "");
	assert_status(&got, 204);
	got = ask_with(&s, "GET", str_fmt(s.a, "%.*s?since=1", STR_ARG(s.room)), s.phone[0],
		       "HX-Request: true\n", "");
	assert_status(&got, 200);
	assert_true(str_starts(str_trim(got.body), S("<section id=\"live\"")));
}

static void a_stopped_vote_leaves_no_trace(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	live(&s, "anonymous", 3);
	open_vote(&s, "lineage");
	votes(&s, 0, "lineage", 1, "yes");
	votes(&s, 1, "lineage", 1, "no");
	got = member_get(s.p, &s.owner, desk_path(&s, "?lang=en"));
	assert_shows(&got, "The votes of this item go for good");
	do_it(&s, "/stop", "item=lineage");
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM tally"), 0);
	assert_int_equal(
		store_sql(s.v->store, "SELECT count(*) FROM answer WHERE kind IS NOT NULL"), 0);
	assert_str(store_rows(s.v->store,
			      "SELECT state, vote FROM workshop_item WHERE item = 'lineage'"),
		   "waiting|0\n");
	visit_assert_exact(s.v);
}

/* What the minutes say of two votes on one item, and of who was there. */
static void the_minutes_say_who_was_there_and_how_far_apart(void **state)
{
	static const char *const given[4] = { "4", "5", "8", "10" };
	struct scene s = scene_of(state);
	struct response got;

	live(&s, "nominative", 5);
	open_vote(&s, "lineage");
	votes(&s, 4, "lineage", 1, "yes");
	do_it(&s, "/stop", "item=lineage"); /* thrown away: that one has voted on nothing */
	got = desk(&s, "/minutes?lang=en");
	assert_shows(&got, "5 people present, 0 voted");
	open_vote(&s, "bi-success");
	for (int i = 0; i < 4; i++)
		votes(&s, i, "bi-success", 1, given[i]);
	do_it(&s, "/reveal", "item=bi-success");
	do_it(&s, "/open", "item=bi-success");
	votes(&s, 0, "bi-success", 2, "10");
	do_it(&s, "/stop", "item=bi-success"); /* the first vote is kept */
	do_it(&s, "/agree", "item=bi-success&value=10&reason=We+counted");
	got = desk(&s, "/minutes?lang=en");
	assert_shows(&got, "5 people present, 4 voted");
	assert_shows(&got, "Present:</b> Ada, Ada, Ada, Ada and Ada");
	assert_shows(
		&got,
		"3 of 4 had answered otherwise, 2 of them half of the scale or more away from what was agreed.");
	do_it(&s, "/agree", "item=bi-success&value=8&reason=We+counted");
	got = desk(&s, "/minutes?lang=en");
	assert_shows(&got, "In the last vote shown, 3 of 4 had answered otherwise.");
	got = desk(&s, "/minutes?lang=fr");
	assert_shows(&got, "Au dernier vote affiché, 3 personnes sur 4 avaient répondu autrement.");
}

/* ---- nothing before it is revealed ---- */

/* What every page says now, of everything that anybody may ask for, without what counts votes and changes. */
static struct str everything(struct scene *s)
{
	static const char *const pages[] = { "/workshop", "/workshop/screen", "/workshop/minutes",
					     "",          "/screen",          "/participants" };
	struct buf b = buf_make(s->a, 4 << 20);

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct response got =
			member_get(s->p, &s->owner, str_fmt(s->a, "%s%s", s->round, pages[i]).data);

		assert_status(&got, 200);
		assert_int_equal(answer_header(&got, "ETag").len, 0);
		buf_put(&b, got.body);
	}
	buf_put(&b, see(s, 3).body);
	buf_put(&b, desk(s, "/minutes.docx").body);
	return buf_str(&b);
}

/* Without what no two pages share: form tokens. */
static bool same_but_tokens(struct str a, struct str b)
{
	while (a.len && b.len) {
		struct str x = str_cut(&a, '"'), y = str_cut(&b, '"');

		if (!str_eq(x, y) && x.len < 40)
			return false;
	}
	return a.len == b.len;
}

static void nothing_shows_before_the_reveal(void **state)
{
	static const char *const answers[2][3] = { { "yes", "yes", "yes" },
						   { "no", "some", "unknown" } };
	struct scene s = scene_of(state);
	struct response got;
	struct str said[2];

	live(&s, "anonymous", 4);
	open_vote(&s, "lineage");
	/* The same three vote, quite differently: nobody else can tell. */
	got = press(&s, "/agree?lang=en", "item=lineage&value=yes&reason=");
	assert_status(&got, 409);
	assert_shows(&got, "That is not possible now.");
	for (int way = 0; way < 2; way++) {
		for (int i = 0; i < 3; i++)
			votes(&s, i, "lineage", 1, answers[way][i]);
		(void)store_sql(s.v->store, "UPDATE workshop SET news = 100");
		said[way] = everything(&s);
	}
	assert_true(same_but_tokens(said[0], said[1]));
	do_it(&s, "/reveal", "item=lineage");
	assert_false(same_but_tokens(said[0], everything(&s)));
}

/* Votes count as they come; the results of an open campaign would tell them before the reveal. */
static void the_results_wait_for_the_room(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	live(&s, "nominative", 6);
	open_vote(&s, "lineage");
	for (int i = 0; i < 6; i++)
		votes(&s, i, "lineage", 1, "yes");
	got = member_get(s.v->product, &s.owner, str_fmt(s.a, "%s/results?lang=en", s.round).data);
	assert_status(&got, 200);
	assert_shows(&got, "A workshop is voting on this campaign.");
	do_it(&s, "/reveal", "item=lineage");
	do_it(&s, "/end", "");
	got = member_get(s.v->product, &s.owner, str_fmt(s.a, "%s/results?lang=en", s.round).data);
	assert_status(&got, 200);
	assert_hides(&got, "A workshop is voting on this campaign.");
}

static void an_event_tells_a_number_only(void **state)
{
	struct scene s = scene_of(state);
	struct subscription *room, *desk_news;
	const char *headers;
	struct response got;

	live(&s, "anonymous", 3);
	open_vote(&s, "lineage");
	headers = str_fmt(s.a, "Cookie: %.*s\n", STR_ARG(s.phone[0])).data;
	got = site_subscribe(
		s.p->site,
		str_fmt(s.a, "%.*s/events?since=%lld", STR_ARG(s.room), (long long)version(&s))
			.data,
		headers, &room);
	assert_status(&got, 200);
	got = site_subscribe(s.p->site,
			     str_fmt(s.a, "%.*s%s?seen=%lld", STR_ARG(s.owner.org),
				     desk_path(&s, "/events"),
				     (long long)store_sql(s.v->store, "SELECT news FROM workshop"))
				     .data,
			     s.owner.headers, &desk_news);
	assert_status(&got, 200);
	votes(&s, 0, "lineage", 1, "yes");
	assert_int_equal(subscription_next(room), SUBSCRIPTION_QUIET);
	assert_int_equal(subscription_next(desk_news),
			 store_sql(s.v->store, "SELECT news FROM workshop"));
	got = press(&s, "/reveal", "item=lineage"); /* too few: undone, and not told */
	assert_status(&got, 409);
	assert_int_equal(subscription_next(room), SUBSCRIPTION_QUIET);
	votes(&s, 1, "lineage", 1, "yes");
	votes(&s, 2, "lineage", 1, "yes");
	do_it(&s, "/reveal", "item=lineage");
	assert_int_equal(subscription_next(room), version(&s));
	/* Who has not joined listens to nothing. */
	got = site_subscribe(s.p->site, str_fmt(s.a, "%.*s/events", STR_ARG(s.room)).data, "",
			     &room);
	assert_status(&got, 404);
}

/* ---- an anonymous room ---- */

static void an_anonymous_room_leads_to_nobody(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	live(&s, "anonymous", 3);
	got = ask(&s, "GET", s.room, S(""), "");
	assert_hides(&got, "name=\"name\"");
	open_vote(&s, "lineage");
	votes(&s, 0, "lineage", 1, "yes");
	votes(&s, 1, "lineage", 1, "no");
	got = desk(&s, "?lang=en");
	assert_shows(&got, "1 more vote is needed before it can be revealed.");
	assert_hides(&got, "/workshop/reveal");
	got = press(&s, "/reveal", "item=lineage");
	assert_status(&got, 409);
	votes(&s, 2, "lineage", 1, "no");
	do_it(&s, "/reveal", "item=lineage");
	assert_int_equal(
		store_sql(s.v->store,
			  "SELECT count(*) FROM participant WHERE kind = 'room' AND name IS NULL "
			  "AND created_ms % 86400000 = 0 AND answered_day % 86400000 = 0"),
		3);
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM answer WHERE kind IS NOT NULL "
					       "AND updated_ms % 86400000 <> 0"),
			 0);
	do_it(&s, "/end", "");
	assert_int_equal(store_sql(s.v->store,
				   "SELECT count(*) FROM sheet WHERE participant_id IS NOT NULL "
				   "AND round_id IS NOT NULL"),
			 0);
	assert_int_equal(counted(&s, 1, "no"), 2);
	visit_assert_exact(s.v);
	got = desk(&s, "/minutes?lang=en");
	assert_shows(&got, "3 people present, 3 voted");
	assert_hides(&got, "Present:");
}

/* ---- doors ---- */

static void wrong_codes_are_slowed_down(void **state)
{
	struct scene s = scene_of(state);
	struct server_config config = s.p->config;
	const char *code;
	struct response got;

	config.is_unlimited = false;
	live(&s, "nominative", 1);
	s.p->site = site_make(s.a, &config);
	code = str_fmt(s.a, "code=%.*s", STR_ARG(str_slice(s.room, 3, s.room.len))).data;
	got = ask(&s, "POST", S("/w"), S(""), code);
	assert_status(&got, 303);
	for (int i = 0; i < 10; i++) {
		got = ask(&s, "POST", S("/w?lang=en"), S(""), "code=000000");
		assert_status(&got, 404);
		assert_shows(&got, "Nothing that is open has this code.");
		got = ask(&s, "POST", S("/w"), S(""), "code=00000"); /* no guess */
		assert_status(&got, 404);
	}
	for (int i = 0; i < 10; i++) {
		got = ask(&s, "GET", S("/w/000000?lang=en"), S(""), "");
		assert_status(&got, 404);
	}
	/* Typed as an address, it is asked for again as where codes are typed. */
	assert_shows(&got, "Enter a code");
	assert_shows(&got, "Nothing that is open has this code.");
	/* No more guesses, neither wrong ones nor right ones; who is in the room does not notice. */
	got = ask(&s, "GET", S("/w/000000?lang=en"), S(""), "");
	assert_status(&got, 429);
	assert_shows(&got, "Too many wrong codes from here.");
	got = ask(&s, "GET", s.room, S(""), "");
	assert_status(&got, 429);
	got = ask(&s, "POST", S("/w"), S(""), code);
	assert_status(&got, 429);
	got = see(&s, 0);
	assert_status(&got, 200);
	site_peer(s.p->site, "192.0.2.7"); /* another network */
	got = ask(&s, "POST", S("/w"), S(""), code);
	assert_status(&got, 303);
}

/* A phone left open at the former code of a workshop that goes on: told that it is over and nothing else, and its
 * asking is no guess. */
static void left_open(struct scene *s, struct str room)
{
	struct str code = str_slice(s->room, 3, s->room.len);
	struct server_config config = s->p->config;
	struct site *site = s->p->site;
	struct response got;

	config.is_unlimited = false;
	s->p->site = site_make(s->a, &config);
	for (int i = 0; i < 30; i++) {
		got = ask_with(s, "GET", str_fmt(s->a, "%.*s?lang=en&since=1", STR_ARG(room)),
			       s->phone[0], i % 2 ? "HX-Request: true\n" : "", "");
		assert_status(&got, 200);
		assert_shows(&got, "The workshop is over");
		assert_shows(&got, "href=\"/w\"");
		assert_hides(&got, "hx-get");
		assert_hides(&got, "hx-sse:connect");
		assert_hides(&got, str_c(s->a, code));
	}
	/* The part takes away what listened. */
	assert_shows(&got, "<div id=\"news\" hx-swap-oob=\"delete\">");
	got = ask(s, "POST", room, s->phone[0], "name=Ada");
	assert_status(&got, 303);
	assert_str(answer_header(&got, "Location"), room.data);
	/* A device that nobody knows: no page within its page, and off to where codes are typed. */
	got = ask_with(s, "GET", str_fmt(s->a, "%.*s?since=1", STR_ARG(room)), S(""),
		       "HX-Request: true\n", "");
	assert_int_equal(got.body.len, 0);
	assert_str(answer_header(&got, "HX-Redirect"), "/w");
	got = ask(s, "GET", str_fmt(s->a, "%.*s/events", STR_ARG(room)), S(""), "");
	assert_status(&got, 404);
	assert_int_equal(got.body.len, 0);
	s->p->site = site;
}

static void a_workshop_that_is_over(void **state)
{
	struct scene s = scene_of(state);
	struct str room;
	struct response got;

	live(&s, "nominative", 2);
	open_vote(&s, "lineage");
	votes(&s, 0, "lineage", 1, "yes");
	got = press(&s, "/end", ""); /* not while a vote is open */
	assert_status(&got, 409);
	do_it(&s, "/reveal", "item=lineage");
	do_it(&s, "/end", "");
	got = ask(&s, "GET", str_fmt(s.a, "%.*s?lang=en", STR_ARG(s.room)), s.phone[0], "");
	assert_status(&got, 200);
	assert_shows(&got, "The workshop is over");
	got = vote(&s, 0, "lineage", 1, "no");
	assert_status(&got, 303); /* to the page that says so */
	assert_int_equal(counted(&s, 1, "yes"), 1);
	got = ask(&s, "GET", s.room, S(""), ""); /* a stranger */
	assert_status(&got, 404);
	got = press(&s, "/go", "item=etl");
	assert_status(&got, 303); /* to the minutes */
	/* Taken up again: another code, and the former phones join anew. */
	room = s.room;
	do_it(&s, "/resume", "");
	s.room = str_fmt(
		s.a, "/w/%.*s",
		STR_ARG(str_slice(store_rows(s.v->store, "SELECT code FROM workshop"), 0, 6)));
	assert_false(str_eq(room, s.room));
	left_open(&s, room);
	join(&s, 2, "name=Bea");
	got = desk(&s, "?lang=en");
	assert_shows(&got, "2 people in the room");
	assert_int_equal(store_sql(s.v->store,
				   "SELECT count(*) FROM audit WHERE object_kind = 'round' "
				   "AND action LIKE '%workshop%'"),
			 3);
}

static void only_editors_of_the_organisation_facilitate(void **state)
{
	static const char *const pages[] = { "", "/screen", "/minutes", "/minutes.pdf", "/events" };
	static const char *const acts[] = { "/go",    "/open",   "/reveal", "/stop",
					    "/skip",  "/return", "/agree",  "/accept",
					    "/timer", "/end",    "/resume" };
	struct scene s = scene_of(state);
	struct member other = product_member(s.p, "Another one", ROLE_OWNER), viewer;
	struct str rows;

	live(&s, "nominative", 1);
	do_it(&s, "/go", "item=lineage");
	viewer = product_colleague(s.p, s.owner.org_id, ROLE_VIEWER);
	rows = store_rows(s.v->store, "SELECT * FROM workshop");
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		const char *page = desk_path(&s, pages[i]);
		struct response got = member_get(s.p, &other, page);

		assert_status(&got, 404); /* under the other's own address */
		got = member_visit(s.p, &other,
				   str_fmt(s.a, "%.*s%s", STR_ARG(s.owner.org), page).data);
		assert_status(&got, 404);
		got = member_get(s.p, &viewer, page);
		assert_status(&got, i == 2 || i == 3 ? 200 : 403);
	}
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		const char *form = "version=2&item=etl&value=yes&reason=x&act=start";
		struct str path =
			str_fmt(s.a, "%.*s%s", STR_ARG(s.owner.org), desk_path(&s, acts[i]));
		const char *own = i == 6   ? form
				  : i == 8 ? "version=2&act=start"
					   : "version=2&item=etl";
		struct response got;

		own = i == 6 ? "version=2&item=etl&value=yes&reason=x" : own;
		got = member_send(s.p, &other, path.data, own);
		assert_status(&got, 404);
		got = member_post(s.p, &viewer, desk_path(&s, acts[i]), own);
		assert_status(&got, 403);
	}
	assert_true(str_eq(rows, store_rows(s.v->store, "SELECT * FROM workshop")));
}

static void two_facilitators_do_not_step_on_one_another(void **state)
{
	struct scene s = scene_of(state);
	const char *first;
	struct response got;

	live(&s, "nominative", 1);
	first = str_fmt(s.a, "version=%lld&item=lineage", (long long)version(&s)).data;
	got = member_post(s.p, &s.owner, desk_path(&s, "/go"), first);
	assert_status(&got, 303);
	got = member_post(s.p, &s.owner, desk_path(&s, "/go?lang=en"), first);
	assert_status(&got, 409);
	assert_shows(&got, "Somebody else moved the workshop on meanwhile.");
	assert_shows(&got, "/workshop/open"); /* and this is where it is */
	/* The other's page is told, without losing what is typed there. */
	got = member_get(s.p, &s.owner, desk_path(&s, "?lang=en&seen=1&shown=1"));
	got = site_request(s.p->site, "GET",
			   str_fmt(s.a, "%.*s%s?lang=en&seen=1&shown=1", STR_ARG(s.owner.org),
				   desk_path(&s, ""))
				   .data,
			   str_fmt(s.a, "%sHX-Request: true\n", s.owner.headers).data, S(""));
	assert_status(&got, 200);
	assert_shows(&got, "Somebody else moved the workshop on.");
	assert_hides(&got, "<textarea");
}

static void the_timer_is_stored(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	live(&s, "nominative", 1);
	do_it(&s, "/go", "item=lineage");
	got = press(&s, "/timer", "act=pause");
	assert_status(&got, 409);
	got = press(&s, "/timer", "act=start&minutes=5000");
	assert_status(&got, 422);
	assert_shows(&got, "value=\"5000\" inputmode=\"numeric\" aria-invalid=\"true\"");
	do_it(&s, "/timer", "act=start&minutes=3");
	got = see(&s, 0);
	assert_shows(&got, "data-running");
	do_it(&s, "/timer", "act=pause");
	do_it(&s, "/timer", "act=extend");
	got = see(&s, 0);
	assert_hides(&got, "data-running");
	assert_true(store_sql(s.v->store, "SELECT timer_left_ms FROM workshop") > 230000);
	do_it(&s, "/timer", "act=resume");
	do_it(&s, "/timer", "act=clear");
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM workshop WHERE "
					       "timer_ends_ms IS NULL AND timer_left_ms IS NULL"),
			 1);
}

TEST_MAIN(visit_test(from_the_code_to_the_minutes), visit_test(a_tie_is_shown_as_a_tie),
	  visit_test(a_vote_counts_once_and_as_the_last), visit_test(a_script_saves_without_a_page),
	  visit_test(a_stopped_vote_leaves_no_trace),
	  visit_test(the_minutes_say_who_was_there_and_how_far_apart),
	  visit_test(nothing_shows_before_the_reveal), visit_test(the_results_wait_for_the_room),
	  visit_test(an_event_tells_a_number_only), visit_test(an_anonymous_room_leads_to_nobody),
	  visit_test(wrong_codes_are_slowed_down), visit_test(a_workshop_that_is_over),
	  visit_test(only_editors_of_the_organisation_facilitate),
	  visit_test(two_facilitators_do_not_step_on_one_another), visit_test(the_timer_is_stored))
