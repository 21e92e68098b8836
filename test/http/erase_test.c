/*
 * What is erased for good, on both databases: a campaign with all that belongs to it, and what one person answered in
 * a named one, by those who run it or by that person; and by the program, on the day that was promised. Nothing of it stays in any table, what is counted stays exact, and what goes is said before it does.
 */
#include "http/campaign_scene.h"

#include "base/timing.h"
#include "base/token.h"
#include "db/tables.h"
#include "http/unzip.h"
#include "phases/scorecard/scorecard.h"

enum { ENOUGH = 5 };

/* An open campaign, to which Bea is invited. */
static void invite_bea(struct scene *s, const char *title, const char *mode)
{
	launch(s, str_fmt(s->a, "title=%s&mode=%s&threshold=5&access=both", title, mode).data,
	       "Bea%3Bbea%40belloy.example");
}

/* As many as it takes to show results, all with the same answers. */
static void answer_enough(struct scene *s, const char *form)
{
	for (int i = 0; i < ENOUGH; i++)
		send_it(s, fill_in(s, s->link, s->is_named ? "name=Ada" : "", form));
}

/* How many rows of any table belong to the round. */
static int64_t rows_left(struct scene *s)
{
	int64_t n = 0;

	for (int t = 0; db_tables[t]; t++)
		for (int i = 0; i < db_tables[t]->n_columns; i++)
			if (strcmp(db_tables[t]->columns[i].name, "round_id") == 0)
				n += store_sql(
					s->v->store,
					str_fmt(s->a,
						"SELECT count(*) FROM %s WHERE round_id = %lld",
						db_tables[t]->name, (long long)s->id)
						.data);
	n += store_sql(
		s->v->store,
		str_fmt(s->a, "SELECT count(*) FROM round WHERE id = %lld", (long long)s->id).data);
	n += store_sql(s->v->store, "SELECT count(*) FROM answer a WHERE NOT EXISTS (SELECT 1 FROM "
				    "sheet s WHERE s.org_id = a.org_id AND s.id = a.sheet_id)");
	return n;
}

/* What is written anywhere, of the whole database. */
static int64_t says(struct scene *s, const char *table, const char *column, const char *text)
{
	return store_sql(
		s->v->store,
		str_fmt(s->a, "SELECT count(*) FROM %s WHERE %s LIKE '%%%s%%'", table, column, text)
			.data);
}

/* ---- a campaign ---- */

/* Everything that can hang on a campaign: answers, drafts, a workshop with minutes, an agreement, a plan, mails. */
static void live_through(struct scene *s, const char *mode)
{
	struct response got;

	invite_bea(s, "Printemps", mode);
	answer_enough(s, "lineage=no&lineage.comment=Whispered&etl=no");
	(void)fill_in(s, s->own[0], "", "lineage=yes&lineage.comment=Begun");
	turn(s, "/close");
	got = post(s, "/results/agree", "question=etl&value=yes&reason=Looked+twice");
	assert_status(&got, 303);
	got = post(s, "/results/adopt", "");
	assert_status(&got, 303);
	got = post(s, "/workshop", "order=disputed");
	assert_status(&got, 303);
	(void)store_sql(
		s->v->store,
		str_fmt(s->a,
			"INSERT INTO mail (org_id, id, kind, object_id, language, state, attempts, "
			"next_ms, created_ms, expires_ms, said) SELECT p.org_id, p.id, "
			"'campaign-reminder', p.id, '', 'failed', 1, 1, 1, 9999999999999, 'no such' "
			"FROM participant p WHERE p.round_id = %lld AND p.kind = 'personal'",
			(long long)s->id)
			.data);
	/* Not under its feet. */
	got = get_text(s, "?lang=en");
	assert_shows(&got, "once its workshop has ended");
	assert_hides(&got, "/erase\"");
	got = get_text(s, "/erase");
	assert_status(&got, 303);
	turn(s, "/erase");
	assert_in_range(rows_left(s), 10, 1000);
	got = post(s, "/workshop/end", "version=1");
	assert_status(&got, 303);
}

static void it_goes_with_all_that_belongs_to_it(void **state)
{
	static const char *const modes[] = { "nominative", "anonymous" };

	for (int i = 0; i < 2; i++) {
		struct scene s = scene_of_editor(state);
		int64_t n_actions, n_others;
		struct str sheet, title;
		struct response got;

		live_through(&s, modes[i]);
		n_actions = store_sql(s.v->store, "SELECT count(*) FROM plan_action");
		assert_in_range(n_actions, 1, 100);
		title = store_rows(s.v->store, "SELECT title FROM plan_action ORDER BY id");
		n_others = store_sql(s.v->store, "SELECT count(*) FROM round");
		sheet = str_fmt(s.a, "/c/%.*s", STR_ARG(str_slice(s.own[0], 3, s.own[0].len)));
		assert_int_equal(says(&s, "mail", "said", "no such"), 1);
		got = get_text(&s, "/erase?lang=en");
		assert_shows(&got, "Erase “Printemps”?");
		assert_shows(&got, "5 answered questionnaires, with their comments");
		assert_shows(&got, "Its workshop, the votes and the minutes");
		assert_shows(&got, "What was agreed on, with the reasons");
		got = get_text(&s, "/erase?lang=fr");
		assert_shows(&got, "5 questionnaires remplis");
		turn(&s, "/erase");
		assert_int_equal(rows_left(&s), 0);
		assert_int_equal(says(&s, "answer", "comment", "Whispered"), 0);
		assert_int_equal(says(&s, "answer", "comment", "Begun"), 0);
		assert_int_equal(says(&s, "participant", "email", "bea@"), 0);
		assert_int_equal(says(&s, "mail", "said", "no such"), 0);
		visit_assert_exact(s.v);
		/* What others have stays, and the plan, word for word. */
		assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM round"), n_others - 1);
		assert_str(store_rows(s.v->store, "SELECT title FROM plan_action ORDER BY id"),
			   title.data);
		got = member_get(s.p, &s.by, "/plan");
		assert_status(&got, 200);
		got = member_get(s.p, &s.by, "");
		assert_status(&got, 200);
		/* Nothing leads there any more. */
		assert_int_equal(get_text(&s, "").status, 404);
		assert_int_equal(get_text(&s, "/results").status, 404);
		assert_int_equal(get_text(&s, "/workshop/minutes").status, 404);
		assert_int_equal(site_get(s.p->site, s.link.data).status, 404);
		assert_int_equal(site_get(s.p->site, s.own[0].data).status, 404);
		assert_int_equal(site_get(s.p->site, sheet.data).status, 404);
		assert_str(
			store_rows(
				s.v->store,
				str_fmt(s.a,
					"SELECT action, before FROM audit WHERE object_id = %lld "
					"AND action LIKE 'erased%%'",
					(long long)s.id)
					.data),
			"erased a campaign|{\"title\":\"Printemps\"}\n");
		(void)store_sql(s.v->store, "DELETE FROM plan_action");
	}
}

static void the_list_says_that_it_went(void **state)
{
	struct scene s = scene_of_editor(state);
	struct response got;

	invite_bea(&s, "Printemps", "nominative");
	turn(&s, "/close");
	got = get_text(&s, "?lang=en");
	assert_shows(&got, "Erase this campaign");
	got = post(&s, "/erase", "version=3");
	assert_status(&got, 303);
	assert_str(answer_header(&got, "Location"),
		   str_fmt(s.a, "%.*s/rounds?erased=1", STR_ARG(s.owner.org)).data);
	got = member_get(s.p, &s.by, "/rounds?erased=1&lang=en");
	assert_shows(&got, "The campaign is erased");
	assert_hides(&got, "Printemps");
	got = member_get(s.p, &s.by, "/rounds?erased=1&lang=fr");
	assert_shows(&got, "La campagne est effacée");
	got = member_get(s.p, &s.by, "/rounds?lang=en");
	assert_hides(&got, "The campaign is erased");
}

/* Not while people answer, nor on the word of a page that somebody has changed since. */
static void not_while_it_is_open(void **state)
{
	struct scene s = scene_of_editor(state);
	struct response got;

	invite_bea(&s, "Printemps", "nominative");
	got = get_text(&s, "?lang=en");
	assert_shows(&got, "once it is closed");
	assert_hides(&got, "/erase\"");
	got = get_text(&s, "/erase");
	assert_status(&got, 303);
	turn(&s, "/erase");
	assert_in_range(rows_left(&s), 2, 10);
	turn(&s, "/close");
	got = post(&s, "/erase", "version=2");
	assert_status(&got, 303);
	assert_in_range(rows_left(&s), 2, 10);
	/* Opened for a date that is to come: nobody answers it yet. */
	turn(&s, "/reopen");
	(void)store_sql(s.v->store,
			str_fmt(s.a, "UPDATE round SET opens_ms = 4000000000000 WHERE id = %lld",
				(long long)s.id)
				.data);
	turn(&s, "/erase");
	assert_int_equal(rows_left(&s), 0);
}

static void only_those_who_run_it_may(void **state)
{
	struct scene s = scene_of_editor(state);
	struct member below = product_colleague(s.p, s.owner.org_id, ROLE_CONTRIBUTOR);
	struct response got;

	invite_bea(&s, "Printemps", "nominative");
	turn(&s, "/close");
	got = member_get(s.p, &below, str_fmt(s.a, "%s?lang=en", s.round).data);
	assert_hides(&got, "Erase this campaign");
	got = member_post(s.p, &below, str_fmt(s.a, "%s/erase", s.round).data, "version=3");
	assert_status(&got, 403);
	got = member_post(s.p, &s.owner, str_fmt(s.a, "%s/erase", s.round).data, "version=3");
	assert_status(&got, 303);
	assert_int_equal(rows_left(&s), 0);
}

/* What was compared with it is compared with the one before; the first pages show that one's score. */
static void the_one_before_takes_its_place(void **state)
{
	struct scene s = scene_of_editor(state);
	struct scene middle, last;
	struct response got;

	invite_bea(&s, "Premier", "nominative");
	answer_enough(&s, "lineage=no");
	turn(&s, "/close");
	middle = s;
	invite_bea(&middle, "Deuxieme", "nominative");
	answer_enough(&middle, "lineage=some");
	turn(&middle, "/close");
	last = s;
	invite_bea(&last, "Dernier", "nominative");
	answer_enough(&last, "lineage=yes");
	turn(&last, "/close");
	/* Ids are made by the clock, and days may be the same: the order of opening decides. */
	(void)store_sql(s.v->store, "UPDATE round SET opened_ms = 1000 WHERE title = 'Premier'; "
				    "UPDATE round SET opened_ms = 2000 WHERE title = 'Deuxieme'; "
				    "UPDATE round SET opened_ms = 3000 WHERE title = 'Dernier'");
	got = get_text(&last, "/results?lang=en");
	assert_shows(&got, "Deuxieme");
	got = member_get(s.p, &s.by, "?lang=en");
	assert_shows(&got, "Dernier");
	turn(&middle, "/erase");
	got = get_text(&last, "/results?lang=en");
	assert_hides(&got, "Deuxieme");
	assert_shows(&got, "Premier");
	turn(&last, "/erase");
	got = member_get(s.p, &s.by, "?lang=en");
	assert_hides(&got, "Dernier");
	assert_shows(&got, "Premier");
	got = member_visit(s.p, &s.by, "/portfolio");
	assert_status(&got, 200);
	turn(&s, "/erase");
	got = member_get(s.p, &s.by, "?lang=en");
	assert_hides(&got, "Premier");
	visit_assert_exact(s.v);
}

/* ---- what one person answered ---- */

/* "/answers/…" of the sheet that says so. */
static const char *answers_of(struct scene *s, const char *comment)
{
	int64_t id = store_sql(
		s->v->store,
		str_fmt(s->a, "SELECT sheet_id FROM answer WHERE comment = '%s'", comment).data);

	return str_fmt(s->a, "/answers/%.*s", STR_ARG(id_text(s->a, id))).data;
}

static int64_t n_counted(struct scene *s)
{
	return store_sql(s->v->store,
			 str_fmt(s->a,
				 "SELECT coalesce(sum(n), 0) FROM tally WHERE round_id = %lld AND "
				 "vote = 1 AND item = ''",
				 (long long)s->id)
				 .data);
}

/* Cleo by the public link, Bea by hers, and as many as show results. */
static void let_them_answer(struct scene *s)
{
	invite_bea(s, "Printemps", "nominative");
	answer_enough(s, "lineage=no");
	send_it(s, fill_in(s, s->link, "name=Cleo", "lineage=yes&lineage.comment=Cleo-said"));
	send_it(s, fill_in(s, s->own[0], "", "lineage=some&lineage.comment=Bea-said"));
}

static void erase_answers(struct scene *s, const char *page)
{
	struct response got = post(s, str_fmt(s->a, "%s/erase", page).data, "");

	assert_status(&got, 303);
	assert_true(str_contains(answer_header(&got, "Location"), S("/answers?erased=1")));
	visit_assert_exact(s->v);
}

/* In an open campaign and in a closed one. */
static void what_one_person_answered_goes(void **state)
{
	for (int is_closed = 0; is_closed < 2; is_closed++) {
		struct scene s = scene_of_editor(state);
		const char *cleo, *bea;
		struct response got;

		let_them_answer(&s);
		got = post(&s, "/results/agree", "question=lineage&value=yes&reason=Agreed");
		assert_status(&got, 303);
		if (is_closed)
			turn(&s, "/close");
		cleo = answers_of(&s, "Cleo-said");
		bea = answers_of(&s, "Bea-said");
		got = get_text(&s, str_fmt(s.a, "%s?lang=en", cleo).data);
		assert_shows(&got, str_fmt(s.a, "%s/erase\"", cleo).data);
		got = get_text(&s, str_fmt(s.a, "%s/erase?lang=en", cleo).data);
		assert_shows(&got, "Erase the answers of Cleo?");
		assert_shows(&got, "The name they gave goes with them.");
		assert_hides(&got, "results are no longer shown");
		got = get_text(&s, str_fmt(s.a, "%s/erase?lang=fr", bea).data);
		assert_shows(&got, "Effacer les réponses de Bea");
		assert_shows(&got, "Son lien personnel est fermé.");
		erase_answers(&s, cleo);
		assert_int_equal(n_counted(&s), ENOUGH + 1);
		assert_int_equal(says(&s, "answer", "comment", "Cleo-said"), 0);
		assert_int_equal(says(&s, "participant", "name", "Cleo"), 0);
		erase_answers(&s, bea);
		assert_int_equal(n_counted(&s), ENOUGH);
		assert_int_equal(says(&s, "answer", "comment", "Bea-said"), 0);
		assert_int_equal(get_text(&s, bea).status, 404);
		/* Twice is once. */
		got = post(&s, str_fmt(s.a, "%s/erase", bea).data, "");
		assert_status(&got, 404);
		assert_int_equal(n_counted(&s), ENOUGH);
		got = get_text(&s, "/answers?erased=1&lang=en");
		assert_shows(&got, "The answers are erased, and no longer count.");
		assert_shows(&got, "5 people have sent answers");
		assert_hides(&got, "Cleo");
		assert_hides(&got, "Bea");
		/* What was agreed on stays. */
		assert_int_equal(says(&s, "agreement", "reason", "Agreed"), 1 + is_closed);
		assert_int_equal(
			store_sql(s.v->store,
				  str_fmt(s.a,
					  "SELECT count(*) FROM audit WHERE object_id = %lld AND "
					  "action = 'erased what one person answered' AND "
					  "after = '{\"title\":\"Printemps\"}'",
					  (long long)s.id)
					  .data),
			2);
	}
}

/* Her link brings nothing back; opened again, it begins anew, as long as the campaign takes answers. */
static void the_link_does_not_bring_it_back(void **state)
{
	struct scene s = scene_of_editor(state);
	struct str sheet;
	struct response got;
	struct str person;

	let_them_answer(&s);
	sheet = str_fmt(s.a, "/c/%.*s", STR_ARG(str_slice(s.own[0], 3, s.own[0].len)));
	turn(&s, "/close");
	erase_answers(&s, answers_of(&s, "Bea-said"));
	assert_int_equal(site_get(s.p->site, s.own[0].data).status, 410);
	assert_int_equal(site_get(s.p->site, sheet.data).status, 404);
	got = product_post(s.p, sheet, "/withdraw", "");
	assert_status(&got, 404);
	got = get_text(&s, "/participants?lang=en");
	assert_shows(&got, "link closed");
	turn(&s, "/reopen");
	assert_int_equal(site_get(s.p->site, s.own[0].data).status, 410);
	person = id_text(s.a, store_sql(s.v->store,
					str_fmt(s.a,
						"SELECT id FROM participant WHERE round_id = %lld "
						"AND kind = 'personal'",
						(long long)s.id)
						.data));
	got = post(&s, str_fmt(s.a, "/participants/%.*s/restore", STR_ARG(person)).data, "");
	assert_status(&got, 303);
	sheet = fill_in(&s, s.own[0], "", "etl=yes");
	got = product_get(s.p, sheet, "/review?lang=en");
	assert_hides(&got, "Bea-said");
	send_it(&s, sheet);
	assert_int_equal(n_counted(&s), ENOUGH + 2);
	visit_assert_exact(s.v);
}

static void falling_under_the_threshold_is_told(void **state)
{
	struct scene s = scene_of_editor(state);
	struct response got;
	const char *page;

	invite_bea(&s, "Printemps", "nominative");
	for (int i = 1; i < ENOUGH; i++)
		send_it(&s, fill_in(&s, s.link, "name=Ada", "lineage=no"));
	send_it(&s, fill_in(&s, s.link, "name=Cleo", "lineage=yes&lineage.comment=Cleo-said"));
	turn(&s, "/close");
	got = get_text(&s, "/results?lang=en");
	assert_shows(&got, "data-score=");
	page = answers_of(&s, "Cleo-said");
	got = get_text(&s, str_fmt(s.a, "%s/erase?lang=en", page).data);
	assert_shows(&got, "With 4 answers left, results are no longer shown: 5 are needed.");
	erase_answers(&s, page);
	got = get_text(&s, "/results?lang=en");
	assert_hides(&got, "data-score=");
}

/* Of an anonymous one nobody knows whose a sheet is; of a draft there is nothing to read, nor to erase. */
static void only_what_was_sent_in_a_named_one(void **state)
{
	struct scene s = scene_of_editor(state);
	struct response got;
	const char *page;

	invite_bea(&s, "Printemps", "anonymous");
	send_it(&s, fill_in(&s, s.own[0], "", "lineage=yes&lineage.comment=Cut-off"));
	page = answers_of(&s, "Cut-off");
	assert_int_equal(get_text(&s, str_fmt(s.a, "%s/erase", page).data).status, 404);
	got = post(&s, str_fmt(s.a, "%s/erase", page).data, "");
	assert_status(&got, 404);
	assert_int_equal(says(&s, "answer", "comment", "Cut-off"), 1);
	invite_bea(&s, "Automne", "nominative");
	(void)fill_in(&s, s.own[0], "", "lineage=yes&lineage.comment=Not-sent");
	page = answers_of(&s, "Not-sent");
	assert_int_equal(get_text(&s, str_fmt(s.a, "%s/erase", page).data).status, 404);
	got = post(&s, str_fmt(s.a, "%s/erase", page).data, "");
	assert_status(&got, 404);
	assert_int_equal(says(&s, "answer", "comment", "Not-sent"), 1);
}

/* ---- what one sent oneself ---- */

static struct response look(struct scene *s, struct str sheet, const char *page)
{
	struct response got = product_get(s->p, sheet, page);

	got.body = visit_unescape(s->a, got.body);
	return got;
}

static void assert_leads(const struct response *got, const char *page)
{
	struct str to = answer_header(got, "Location");

	assert_status(got, 303);
	if (!str_eq(str_slice(to, to.len - strlen(page), to.len), str_from(page)))
		fail_msg("it leads to %.*s", STR_ARG(to));
}

/* Read again by who sent it, while the campaign is open and later; without any score. */
static void one_reads_what_one_sent(void **state)
{
	struct scene s = scene_of_editor(state);
	struct str sheet;
	struct response got;

	let_them_answer(&s);
	sheet = fill_in(&s, s.link, "name=Dan", "lineage=yes&lineage.comment=Dan-said&etl=unknown");
	got = look(&s, sheet, "/answers");
	assert_leads(&got, "/review");
	send_it(&s, sheet);
	got = look(&s, sheet, "/sent?lang=en");
	assert_shows(&got, "See what I sent");
	got = look(&s, sheet, "/answers?lang=en");
	assert_shows(&got, "All sources are traced and up to date");
	assert_shows(&got, "<p class=\"quote\">Dan-said</p>");
	assert_shows(&got, "Left blank");
	assert_shows(&got, "To take them back");
	assert_hides(&got, "points");
	assert_hides(&got, "Cleo-said");
	assert_hides(&got, "/q/");
	assert_hides(&got, "/erase\"");
	got = look(&s, sheet, "/erase");
	assert_leads(&got, "/sent");
	turn(&s, "/close");
	got = look(&s, sheet, "/answers?lang=en");
	assert_shows(&got, "Dan-said");
	assert_hides(&got, "take them back");
	assert_shows(&got, "/erase\"");
	got = look(&s, sheet, "/answers?lang=fr");
	assert_shows(&got, "La campagne est close");
	/* The door leads there, too. */
	sheet = str_fmt(s.a, "/c/%.*s", STR_ARG(str_slice(s.own[0], 3, s.own[0].len)));
	got = site_get(s.p->site, s.own[0].data);
	assert_leads(&got, "/sent");
	got = look(&s, sheet, "/answers?lang=en");
	assert_shows(&got, "Bea-said");
}

static void one_erases_what_one_sent(void **state)
{
	struct scene s = scene_of_editor(state);
	struct str sheet, bea;
	struct response got;
	int64_t n_logged;

	let_them_answer(&s);
	sheet = fill_in(&s, s.link, "name=Dan", "lineage=yes&lineage.comment=Dan-said");
	send_it(&s, sheet);
	bea = str_fmt(s.a, "/c/%.*s", STR_ARG(str_slice(s.own[0], 3, s.own[0].len)));
	turn(&s, "/close");
	n_logged = store_sql(s.v->store, "SELECT count(*) FROM audit");
	got = look(&s, sheet, "/erase?lang=en");
	assert_shows(&got, "no longer count in the results");
	assert_int_equal(n_counted(&s), ENOUGH + 3);
	got = product_post(s.p, sheet, "/erase?lang=en", "");
	assert_shows(&got, "Nothing of them is left");
	assert_int_equal(n_counted(&s), ENOUGH + 2);
	assert_int_equal(says(&s, "answer", "comment", "Dan-said"), 0);
	assert_int_equal(says(&s, "participant", "name", "Dan"), 0);
	got = product_post(s.p, bea, "/erase?lang=fr", "");
	assert_shows(&got, "Il n’en reste rien");
	assert_int_equal(n_counted(&s), ENOUGH + 1);
	assert_int_equal(says(&s, "answer", "comment", "Bea-said"), 0);
	visit_assert_exact(s.v);
	/* The links open nothing of it any more, and what respondents do is not logged. */
	assert_int_equal(site_get(s.p->site, sheet.data).status, 404);
	assert_int_equal(site_get(s.p->site, bea.data).status, 404);
	got = product_post(s.p, bea, "/erase", "");
	assert_status(&got, 404);
	assert_int_equal(site_get(s.p->site, s.own[0].data).status, 410); /* it is closed */
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM audit"), n_logged);
	/* Hers is open: whoever opens the campaign again lets her begin anew. */
	turn(&s, "/reopen");
	bea = fill_in(&s, s.own[0], "", "etl=yes");
	send_it(&s, bea);
	got = look(&s, bea, "/answers?lang=en");
	assert_hides(&got, "Bea-said");
	assert_int_equal(n_counted(&s), ENOUGH + 2);
	visit_assert_exact(s.v);
}

/* Sent from one tab, and erased from another that still shows a draft: what is said is true. */
static void what_was_sent_meanwhile_is_not_said_to_be_erased(void **state)
{
	static const char *const modes[] = { "nominative", "anonymous" };
	static const char *const words[] = { "take them back first", "cut off from your link" };

	for (int i = 0; i < 2; i++) {
		struct scene s = scene_of_editor(state);
		struct response got;
		struct str sheet;

		invite_bea(&s, "Printemps", modes[i]);
		sheet = fill_in(&s, s.own[0], "", "lineage=yes&lineage.comment=Meanwhile");
		got = look(&s, sheet, "/erase?lang=en");
		assert_shows(&got, "Your answers and your comments will be erased.");
		assert_hides(&got, "shared link");
		send_it(&s, sheet);
		got = look(&s, sheet, "/erase");
		assert_leads(&got, "/sent");
		for (int is_closed = 0; is_closed < 1 + i; is_closed++) {
			got = product_post(s.p, sheet, "/erase?lang=en", "");
			assert_status(&got, 409);
			assert_true(str_contains(got.body, S("Your answers are not erased")));
			assert_true(str_contains(got.body, str_from(words[i])));
			assert_true(str_contains(got.body, S("/sent\"")));
			assert_int_equal(n_counted(&s), 1);
			if (is_closed == 0)
				turn(&s, "/close");
		}
		assert_int_equal(says(&s, "answer", "comment", "Meanwhile"), 1);
		/* Of an anonymous one there is nothing to read again. */
		got = look(&s, sheet, "/answers");
		if (i)
			assert_leads(&got, "/sent");
		else
			assert_status(&got, 200);
		(void)store_sql(s.v->store, "DELETE FROM answer WHERE comment = 'Meanwhile'");
	}
}

/* ---- on the day that was promised ---- */

enum { DAY_MS = 86400000, YEAR_DAYS = 365 };

/* What the server does by itself at that time; how many campaigns it was. */
static int carry_out(struct scene *s, int64_t now_ms)
{
	struct keep_turn turn = { .arena = s->a, .now_ms = now_ms };
	int n = 0;

	do {
		struct err err;

		assert_ok(db_write(s->v->store->pool, scorecard_keep, &turn, &err), &err);
		n += !turn.is_idle;
	} while (!turn.is_idle);
	return n;
}

static int64_t promised(struct scene *s)
{
	return store_sql(
		s->v->store,
		str_fmt(s->a, "SELECT keep_until_ms FROM round WHERE id = %lld", (long long)s->id)
			.data);
}

/* Others would be due on the same day. */
static void alone(struct scene *s)
{
	(void)store_sql(s->v->store,
			str_fmt(s->a, "UPDATE round SET keep_until_ms = NULL WHERE id <> %lld",
				(long long)s->id)
				.data);
}

static struct str book_of(struct scene *s)
{
	return unzip_file(s->a, get_text(s, "/results.xlsx").body, "xl/worksheets/sheet1.xml");
}

/* Sheets, comments, people and links go; what is counted is told as before, and by exports too. */
static void on_the_day_what_each_answered_goes(void **state)
{
	static const char *const modes[] = { "nominative", "anonymous" };

	for (int i = 0; i < 2; i++) {
		struct scene s = scene_of_editor(state);
		struct str csv, book;
		struct response got;
		int64_t day;

		live_through(&s, modes[i]);
		alone(&s);
		day = promised(&s);
		csv = get_text(&s, "/results.csv?lang=en&sort=pack").body;
		book = book_of(&s);
		assert_int_equal(carry_out(&s, day - 1), 0);
		assert_int_equal(says(&s, "answer", "comment", "Whispered"), ENOUGH);
		assert_int_equal(carry_out(&s, day), 1);
		assert_int_equal(carry_out(&s, day + DAY_MS), 0);
		assert_int_equal(says(&s, "answer", "comment", "Whispered"), 0);
		assert_int_equal(says(&s, "answer", "comment", "Begun"), 0);
		assert_int_equal(says(&s, "participant", "email", "bea@"), 0);
		assert_int_equal(says(&s, "mail", "said", "no such"), 0);
		assert_int_equal(
			store_sql(
				s.v->store,
				str_fmt(s.a,
					"SELECT (SELECT count(*) FROM sheet WHERE round_id = %lld) + "
					"(SELECT count(*) FROM participant WHERE round_id = %lld)",
					(long long)s.id, (long long)s.id)
					.data),
			0);
		visit_assert_exact(s.v);
		assert_int_equal(site_get(s.p->site, s.own[0].data).status, 404);
		/* What was counted, and what was agreed on. */
		assert_str(get_text(&s, "/results.csv?lang=en&sort=pack").body, str_c(s.a, csv));
		assert_str(book_of(&s), str_c(s.a, book));
		got = get_text(&s, "/results?lang=en");
		assert_shows(&got, "data-score=");
		got = get_text(&s, "/workshop/minutes?lang=en");
		assert_hides(&got, "/workshop/resume");
		assert_int_equal(says(&s, "agreement", "reason", "Looked twice"), 1 + i);
		got = get_text(&s, "?lang=en");
		assert_shows(&got, "as respondents were told");
		assert_shows(&got, "5 answers");
		assert_hides(&got, "By the public link");
		assert_hides(&got, "/participants\"");
		assert_hides(&got, "/reopen\"");
		got = get_text(&s, "?lang=fr");
		assert_shows(&got, "comme annoncé aux répondants");
		if (i == 0) {
			got = get_text(&s, "/answers?lang=en");
			assert_shows(&got, "as respondents were told");
		}
		got = post(&s, "/workshop/resume", "version=2");
		assert_status(&got, 409);
		assert_str(
			store_rows(
				s.v->store,
				str_fmt(s.a,
					"SELECT who, after FROM audit WHERE object_id = %lld AND "
					"action LIKE 'erased what was answered%%'",
					(long long)s.id)
					.data),
			"Jalon|{\"title\":\"Printemps\"}\n");
		(void)store_sql(s.v->store, "DELETE FROM plan_action");
	}
}

static struct str exported_counts(struct scene *s)
{
	struct response got = member_post(s->p, &s->owner, "/settings/export", "");

	assert_status(&got, 200);
	return unzip_file(s->a, got.body, "tables/tally.jsonl");
}

/* What fewer than three answered stays a blank in what an owner takes along, though no sheet tells any more. */
static void what_few_answered_stays_untold(void **state)
{
	struct scene s = scene_of_editor(state);
	struct str before;

	invite_bea(&s, "Printemps", "anonymous");
	alone(&s);
	answer_enough(&s, "lineage=no");
	for (int i = 0; i < 2; i++)
		send_it(&s, fill_in(&s, s.link, "", "lineage=no&etl=yes"));
	turn(&s, "/close");
	before = exported_counts(&s);
	assert_true(str_contains(before, S("\"item\":\"etl\",\"kind\":0")));
	assert_int_equal(carry_out(&s, promised(&s)), 1);
	assert_str(exported_counts(&s), str_c(s.a, before));
}

/* A workshop that nobody ended puts the day off by a day at most, and is over then. */
static void a_forgotten_workshop_is_not_waited_for(void **state)
{
	struct scene s = scene_of_editor(state);
	struct response got;
	int64_t day;

	invite_bea(&s, "Printemps", "nominative");
	alone(&s);
	answer_enough(&s, "lineage=no");
	got = post(&s, "/workshop", "order=disputed");
	assert_status(&got, 303);
	day = promised(&s);
	(void)store_sql(s.v->store, str_fmt(s.a, "UPDATE workshop SET started_ms = %lld",
					    (long long)(day - DAY_MS))
					    .data);
	assert_int_equal(carry_out(&s, day), 0);
	assert_int_equal(carry_out(&s, day + 1), 1);
	assert_int_equal(
		store_sql(s.v->store, str_fmt(s.a,
					      "SELECT over_ms FROM workshop WHERE round_id = %lld "
					      "AND state = 'over'",
					      (long long)s.id)
					      .data),
		day + 1);
	got = get_text(&s, "/workshop/minutes?lang=en");
	assert_hides(&got, "/workshop/resume");
	got = get_text(&s, "/results?lang=en");
	assert_shows(&got, "data-score=");
}

/* One that was left open closes on that day; one on which a workshop votes waits until it has ended. */
static void an_open_one_closes_and_a_workshop_is_waited_for(void **state)
{
	struct scene s = scene_of_editor(state);
	struct response got;
	int64_t day;

	invite_bea(&s, "Printemps", "nominative");
	alone(&s);
	day = promised(&s);
	answer_enough(&s, "lineage=no");
	got = post(&s, "/workshop", "order=disputed");
	assert_status(&got, 303);
	(void)store_sql(s.v->store,
			str_fmt(s.a, "UPDATE workshop SET started_ms = %lld", (long long)day).data);
	assert_int_equal(carry_out(&s, day), 0);
	got = post(&s, "/workshop/end", "version=1");
	assert_status(&got, 303);
	assert_int_equal(carry_out(&s, day), 1);
	assert_str(store_rows(s.v->store, str_fmt(s.a, "SELECT state FROM round WHERE id = %lld",
						  (long long)s.id)
						  .data),
		   "closed\n");
	got = get_text(&s, "/results?lang=en");
	assert_shows(&got, "data-score=");
	turn(&s, "/reopen");
	assert_str(store_rows(s.v->store, str_fmt(s.a, "SELECT state FROM round WHERE id = %lld",
						  (long long)s.id)
						  .data),
		   "closed\n");
	/* It can still be erased whole. */
	turn(&s, "/erase");
	assert_int_equal(rows_left(&s), 0);
}

/* Told before the first question, frozen by opening, two years when nothing else is said. */
static void the_day_is_promised(void **state)
{
	struct scene s = scene_of_editor(state);
	const char *form = "title=Printemps&mode=anonymous&threshold=5&access=both&" NOTICE;
	struct response got;
	int64_t day;

	invite_bea(&s, "Printemps", "anonymous");
	day = promised(&s);
	assert_in_range(day - time_now_ms(), (int64_t)(2 * YEAR_DAYS - 2) * DAY_MS,
			(int64_t)(2 * YEAR_DAYS + 2) * DAY_MS);
	got = site_get(s.p->site, str_fmt(s.a, "%.*s?lang=en", STR_ARG(s.link)).data);
	assert_shows(&got, "Two years (erased automatically on ");
	got = post(&s, "/edit", str_fmt(s.a, "%s&version=2&keep_until=2090-01-01", form).data);
	assert_status(&got, 303);
	assert_int_equal(promised(&s), day);
	/* Nor can it be kept open beyond. */
	got = post(&s, "/edit?lang=en",
		   str_fmt(s.a, "%s&version=3&closes=2090-01-01T08:00", form).data);
	assert_status(&got, 422);
	got = member_post(s.p, &s.by, "/rounds?lang=en",
			  str_fmt(s.a, "%s&keep_until=2020-01-01", form).data);
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("Answers are kept until a day that is to come")));
	got = member_post(s.p, &s.by, "/rounds?lang=en",
			  str_fmt(s.a, "%s&keep_until=soon", form).data);
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("Write the day as 2026-03-09.")));
	got = member_post(s.p, &s.by, "/rounds",
			  str_fmt(s.a, "%s&keep_until=2090-03-09", form).data);
	assert_status(&got, 303);
	/* At its beginning, in Paris. */
	assert_int_equal(
		store_sql(s.v->store,
			  "SELECT count(*) FROM round WHERE keep_until_ms = 3792697200000"),
		1);
}

TEST_MAIN(visit_test(it_goes_with_all_that_belongs_to_it), visit_test(the_list_says_that_it_went),
	  visit_test(not_while_it_is_open), visit_test(only_those_who_run_it_may),
	  visit_test(the_one_before_takes_its_place), visit_test(what_one_person_answered_goes),
	  visit_test(the_link_does_not_bring_it_back),
	  visit_test(falling_under_the_threshold_is_told),
	  visit_test(only_what_was_sent_in_a_named_one), visit_test(one_reads_what_one_sent),
	  visit_test(one_erases_what_one_sent),
	  visit_test(what_was_sent_meanwhile_is_not_said_to_be_erased),
	  visit_test(on_the_day_what_each_answered_goes),
	  visit_test(what_few_answered_stays_untold),
	  visit_test(an_open_one_closes_and_a_workshop_is_waited_for),
	  visit_test(a_forgotten_workshop_is_not_waited_for), visit_test(the_day_is_promised))
