/* Workshops on a campaign that has answers already, on both databases: they are the first vote, the room gives the second. */
#include "http/room_scene.h"

/* ---- a second vote on a campaign's answers ---- */

static void answers(struct scene *s, const char *lineage, const char *etl)
{
	struct str sheet = begin(s, s->link, "");

	(void)product_answer(s->p, sheet, "lineage", lineage);
	(void)product_answer(s->p, sheet, "etl", etl);
	send_it(s, sheet);
}

static struct response results_of(struct scene *s, const char *page)
{
	struct response got = member_get(s->v->product, &s->owner,
					 str_fmt(s->a, "%s%s?lang=en", s->round, page).data);

	assert_status(&got, 200);
	return got;
}

/* From the minutes to results, report and plan; what was agreed on is told where one looks first. */
static void leads_on(struct scene *s)
{
	struct response got = desk(s, "/minutes?lang=en");

	assert_hides(&got, "What next"); /* it is still under way */
	do_it(s, "/end", "");
	got = desk(s, "/minutes?lang=en");
	assert_shows(&got, "What next");
	assert_shows(&got, str_fmt(s->a, "%s/results#agreed\"", s->round).data);
	assert_shows(&got, str_fmt(s->a, "%s/results.pdf\"", s->round).data);
	assert_shows(&got, str_fmt(s->a, "%s/results#h-all\"", s->round).data);
	got = results_of(s, "/results");
	assert_shows(&got, "2 questions agreed in the workshop of ");
	assert_shows(&got, str_fmt(s->a, "%s/workshop/minutes\"", s->round).data);
	got = results_of(s, "");
	assert_shows(&got, "2 questions agreed in the workshop of ");
	/* Another one is noted beside the workshop. */
	got = member_post(s->p, &s->owner, str_fmt(s->a, "%s/results/agree", s->round).data,
			  "question=poc&value=one&reason=We+counted");
	assert_status(&got, 303);
	got = results_of(s, "");
	assert_shows(&got, "3 questions agreed, 2 in the workshop of ");
}

static void a_closed_campaign_gets_a_second_vote(void **state)
{
	static const char *const given[4] = { "yes", "yes", "some", "some" };
	struct scene s = scene_of(state);
	struct response got;

	hold_open(&s, "mode=anonymous");
	for (int i = 0; i < 4; i++)
		answers(&s, given[i], "yes");
	close_it(&s);
	start(&s, "order=disputed");
	assert_str(store_rows(s.v->store, "SELECT item FROM workshop_item WHERE position = 0"),
		   "lineage\n");
	join(&s, 3, "");
	got = desk(&s, "?lang=en");
	assert_shows(&got, "1 item agrees already:");
	/* The agenda says of each how far opinions lie apart, in the words of the results. */
	assert_shows(&got, "Mixed opinions</span></div></li>");      /* lineage: two and two */
	assert_shows(&got, "Convergent opinions</span></div></li>"); /* etl */
	do_it(&s, "/accept?lang=en", "");
	assert_str(store_rows(s.v->store, "SELECT item, value, reason FROM agreement"),
		   "etl|yes|Accepted without a vote: 100% gave this answer.\n");
	do_it(&s, "/go", "item=lineage");
	got = ask(&s, "GET", str_fmt(s.a, "%.*s?lang=en", STR_ARG(s.room)), s.phone[0], "");
	assert_shows(&got, "Answers before the workshop");
	/* What became of it, and what is thought of it, in words of their own. */
	assert_shows(&got, "To be voted on</span> <span class=\"tag\">Mixed opinions");
	do_it(&s, "/open", "item=lineage");
	got = vote(&s, 0, "lineage", 1, "no"); /* the campaign's answers stay what they are */
	assert_status(&got, 409);
	for (int i = 0; i < 3; i++)
		votes(&s, i, "lineage", 2, "some");
	/* Neither the page of results nor what is taken from it knows of the vote before it is revealed. */
	got = results_of(&s, "/results");
	assert_shows(&got, "data-answer=\"some\"");
	assert_shows(&got, "data-figure=\"mode\">tied: ");
	assert_hides(&got, "econd vote");
	got = results_of(&s, "/results.csv");
	assert_hides(&got, "3 votes");
	got = desk(&s, "?lang=en");
	assert_hides(&got, "Convergent opinions"); /* three votes, not yet revealed */
	do_it(&s, "/reveal", "item=lineage");
	got = desk(&s, "?lang=en");
	assert_shows(&got, "Convergent opinions</span></div></li>");
	assert_int_equal(counted(&s, 1, "yes"), 2);
	assert_int_equal(counted(&s, 2, "some"), 3);
	got = results_of(&s, "/results");
	assert_shows(&got, "Second vote: 3 votes, median 1; most frequent: “");
	assert_shows(&got, "<tr data-second=\"some\">");
	assert_shows(&got, "Nothing was agreed on.");
	got = results_of(&s, "/results.csv");
	assert_shows(&got, "3 votes");
	do_it(&s, "/agree", "item=lineage&value=yes&reason=We+looked");
	got = results_of(&s, "/results");
	assert_shows(&got, "As answered: median 1.5; tied: “");
	assert_shows(&got, "We looked");
	assert_hides(&got, "Nothing was agreed on.");
	got = press(&s, "/open", "item=lineage"); /* no third vote */
	assert_status(&got, 409);
	visit_assert_exact(s.v);
	leads_on(&s);
}

static struct response agree_beside(struct scene *s, const char *form)
{
	return member_post(s->p, &s->owner,
			   str_fmt(s->a, "%s/results/agree?lang=en", s->round).data, form);
}

static void assert_standing(struct scene *s, const char *item, const char *state)
{
	struct str sql = str_fmt(s->a, "SELECT state FROM workshop_item WHERE item = '%s'", item);

	assert_str(store_rows(s->v->store, sql.data), str_fmt(s->a, "%s\n", state).data);
}

/* What is agreed on, or taken back, on the page of results: the agenda and the minutes say the same. */
static void what_is_agreed_beside_the_room_is_heeded(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	hold_open(&s, "mode=anonymous");
	for (int i = 0; i < 3; i++)
		answers(&s, "yes", "yes");
	start(&s, "");
	join(&s, 3, "");
	got = agree_beside(&s, "question=poc&value=one&reason=We+counted");
	assert_status(&got, 303);
	assert_standing(&s, "poc", "agreed");
	do_it(&s, "/skip", "item=etl");
	got = agree_beside(&s, "question=etl&value=yes&reason=We+looked");
	assert_status(&got, 303);
	assert_standing(&s, "etl", "agreed");
	open_vote(&s, "lineage");
	got = agree_beside(&s, "question=lineage&value=yes&reason=We+hurried");
	assert_status(&got, 409);
	assert_shows(&got, "The workshop is voting on this question.");
	assert_shows(&got, "We hurried</textarea>");
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM agreement"), 2);
	do_it(&s, "/stop", "item=lineage");
	do_it(&s, "/end", "");
	got = agree_beside(&s, "question=poc&clear=1");
	assert_status(&got, 303);
	assert_standing(&s, "poc", "revealed");
	got = desk(&s, "/minutes?lang=en");
	assert_shows(&got, "1 item of 15 was agreed on.");
	/* What is agreed on later is not the workshop's. */
	got = agree_beside(&s, "question=poc&value=one&reason=We+counted+again");
	assert_status(&got, 303);
	assert_standing(&s, "poc", "revealed");
}

/* Answers too few to be shown: nor does the agenda tell how they lie. */
static void the_agenda_tells_nothing_of_too_few(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	hold_open(&s, "mode=anonymous");
	for (int i = 0; i < 2; i++)
		answers(&s, "yes", "yes");
	close_it(&s);
	got = desk(&s, "?lang=en");
	assert_shows(&got, "2 answers came before the workshop: too few to be shown");
	assert_hides(&got, "first vote");
	assert_hides(&got, "The most disputed items first");
	start(&s, "order=disputed");
	got = desk(&s, "?lang=en");
	assert_shows(&got, "To be voted on</span></div></li>");
	assert_hides(&got, "onvergent opinions");
	do_it(&s, "/end", "");
	got = desk(&s, "/minutes?lang=en");
	assert_hides(&got, "What next"); /* there are no results to go on to */
}

/* A question that was asked of two only: each would know what the other said. */
static void what_two_were_asked_is_hidden(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	hold_open(&s, "mode=anonymous");
	for (int i = 0; i < 4; i++) {
		got = ask(&s, "POST", s.link, S(""), "");
		(void)product_answer(s.p, answer_header(&got, "Location"), "bi-practice",
				     i < 2 ? "yes" : "no");
		if (i < 2)
			(void)product_answer(s.p, answer_header(&got, "Location"), "bi-success",
					     "9");
		(void)product_post(s.p, answer_header(&got, "Location"), "/send", "");
	}
	close_it(&s);
	start(&s, "order=disputed");
	join(&s, 3, "");
	do_it(&s, "/go", "item=bi-success");
	got = desk(&s, "?lang=en");
	assert_shows(&got, "hidden to protect the respondents");
	assert_hides(&got, "Convergent opinions</span></p>");
	do_it(&s, "/go", "item=bi-practice");
	got = desk(&s, "?lang=en");
	assert_hides(&got, "hidden to protect the respondents");
}

TEST_MAIN(visit_test(what_two_were_asked_is_hidden),
	  visit_test(a_closed_campaign_gets_a_second_vote),
	  visit_test(what_is_agreed_beside_the_room_is_heeded),
	  visit_test(the_agenda_tells_nothing_of_too_few))
