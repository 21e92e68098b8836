/*
 * Where people find themselves, on both databases: the public home page with and without a session, the
 * portfolio and its pages, an organisation's home at each stage, moments on their own clocks.
 */
#include "http/visit.h"

#include "base/timing.h"
#include "base/token.h"
#include "phases/overview/progress.h"

static bool holds(const struct response *got, const char *text)
{
	return str_contains(got->body, str_from(text));
}

/* ---- the public home page ---- */

static void signing_in_is_offered_once_there_are_accounts(void **state)
{
	struct visit *v = *state;
	struct response got = site_get(v->product->site, "/");

	assert_true(holds(&got, "href=\"/sign-in\""));
	/* Not on the pages of respondents. */
	got = product_get(v->product, v->sheet, "/review");
	assert_false(holds(&got, "/sign-in"));
	got = site_get(v->product->site, "/method");
	assert_true(holds(&got, "href=\"/sign-in\""));
	got = site_get(v->product->site, "/scorecard");
	assert_false(holds(&got, "/sign-in"));
	(void)store_sql(v->store, "DELETE FROM account");
	got = site_get(v->product->site, "/");
	assert_status(&got, 200);
	assert_false(holds(&got, "/sign-in"));
	got = site_get(v->product->site, "/sign-in?lang=en");
	assert_true(holds(&got, "Nobody has an account here yet."));
}

static void it_leads_to_ones_own_work(void **state)
{
	struct visit *v = *state;
	struct member nowhere = product_member(v->product, NULL, ROLE_NONE);
	struct response got = member_visit(v->product, &v->owner, "/");

	assert_true(holds(&got, str_fmt(v->a, "href=\"%.*s\"", STR_ARG(v->owner.org)).data));
	assert_false(holds(&got, "href=\"/sign-in\""));
	got = member_visit(v->product, &nowhere, "/");
	assert_true(holds(&got, "<a class=\"btn go big\" href=\"/portfolio\">"));
}

/* ---- the portfolio ---- */

static void an_empty_portfolio_says_how_to_begin(void **state)
{
	struct visit *v = *state;
	struct member m = product_member(v->product, NULL, ROLE_NONE);
	struct response got = member_visit(v->product, &m, "/portfolio?lang=en");

	assert_true(holds(&got, "Create your first organisation"));
	assert_false(holds(&got, "/admin/users"));
	got = member_visit(v->product, &v->admin, "/portfolio?lang=en");
	assert_true(holds(&got, "/admin/users"));
}

static int add_orgs(struct db *db, void *arg, struct err *err)
{
	const struct member *m = arg;

	for (int i = 0; i < 120; i++) {
		char name[32];
		int64_t id;

		(void)snprintf(name, sizeof name, "Client %03d", i);
		if (org_add(db, str_from(name), S("Europe/Paris"), time_now_ms(), &id, err) != 0 ||
		    member_set(db, id, m->account_id, i % 2 ? ROLE_VIEWER : ROLE_OWNER,
			       time_now_ms(), err) != 0)
			return FAULT_DB;
	}
	return 0;
}

static void it_comes_in_pages(void **state)
{
	struct visit *v = *state;
	struct member m = product_member(v->product, NULL, ROLE_NONE);
	struct response got;
	struct err err;

	assert_ok(db_write(v->product->pool, add_orgs, &m, &err), &err);
	got = member_visit(v->product, &m, "/portfolio?lang=en");
	assert_true(holds(&got, "120 organisations"));
	assert_true(holds(&got, "1 to 50 of 120"));
	assert_true(holds(&got, ">Client 049<"));
	assert_false(holds(&got, ">Client 050<"));
	assert_false(holds(&got, "rel=\"prev\""));
	got = member_visit(v->product, &m, "/portfolio?lang=en&page=3");
	assert_true(holds(&got, "101 to 120 of 120"));
	assert_false(holds(&got, "rel=\"next\""));
	/* A page too far is the last one; filters hold on every page. */
	got = member_visit(v->product, &m, "/portfolio?lang=en&page=99");
	assert_true(holds(&got, "101 to 120 of 120"));
	got = member_visit(v->product, &m, "/portfolio?lang=en&role=owner&search=client&page=2");
	assert_true(holds(&got, "51 to 60 of 60"));
	assert_true(holds(&got, "search=client&amp;role=owner&amp;sort=&amp;page=1"));
	got = member_visit(v->product, &m, "/portfolio?lang=en&search=nobody");
	assert_true(holds(&got, "No organisation matches these filters."));
}

/* ---- an organisation's home ---- */

static void progress_follows_what_was_done(void **state)
{
	struct round_line lines[2] = { { .state = ROUND_DRAFT }, { .state = ROUND_CLOSED } };
	struct scorecard_facts f = { .n_rounds = 0 };

	(void)state;
	assert_int_equal(scorecard_progress(&f), PROGRESS_NONE);
	assert_null(round_to_show(&f));
	f.kept = (struct kept_facts){ .n = 1 };
	assert_int_equal(scorecard_progress(&f), PROGRESS_NONE);
	f.kept.n_finished = 1;
	assert_int_equal(scorecard_progress(&f), PROGRESS_DOING);
	f = (struct scorecard_facts){ .rounds = lines, .n_rounds = 2 };
	assert_int_equal(scorecard_progress(&f), PROGRESS_DOING);
	assert_ptr_equal(round_to_show(&f), &lines[0]);
	lines[1].n_sent = 5;
	assert_int_equal(scorecard_progress(&f), PROGRESS_DONE);
	lines[1].state = ROUND_OPEN;
	assert_int_equal(scorecard_progress(&f), PROGRESS_DOING);
	assert_ptr_equal(round_to_show(&f), &lines[1]);
}

static void an_empty_organisation_says_how_to_begin(void **state)
{
	struct visit *v = *state;
	struct member owner = product_member(v->product, "Atelier", ROLE_OWNER);
	struct member viewer = product_colleague(v->product, owner.org_id, ROLE_VIEWER);
	struct response got = member_get(v->product, &owner, "?lang=en");

	assert_status(&got, 200);
	assert_true(holds(&got, "Launch a first campaign"));
	assert_true(holds(&got, "Name the departments"));
	assert_false(holds(&got, "Invite colleagues")); /* there is one */
	assert_true(holds(&got, "/audit\">"));
	got = member_get(v->product, &viewer, "?lang=en");
	assert_true(holds(&got, "Nothing waits for you here."));
	assert_false(holds(&got, "/rounds/new"));
	assert_false(holds(&got, "/audit"));
	/* All seven milestones are there, one of them can be gone to. */
	assert_true(holds(&got, "<span class=\"mk\" aria-hidden=\"true\">7</span>"));
	/* Those to come say what they will bring, and that they are not there yet. */
	assert_true(holds(
		&got,
		"<p>Rank AI projects in a decision matrix, by added value and feasibility.</p>"));
	assert_true(holds(&got, "<p class=\"when\">in preparation</p>"));
	assert_true(holds(&got, "/scorecard/questionnaire.pdf"));
}

static void an_open_campaign_is_in_sight(void **state)
{
	struct visit *v = *state;
	struct response got = member_get(v->product, &v->owner, "?lang=en");

	assert_true(holds(&got, str_fmt(v->a, "href=\"%.*s/rounds/%.*s\"", STR_ARG(v->owner.org),
					STR_ARG(v->round))
					.data));
	assert_true(holds(&got, "You are here"));
	assert_true(holds(&got, "0 answers so far"));
	(void)store_sql(v->store, "UPDATE round SET state = 'closed', closed_ms = 5");
	got = member_get(v->product, &v->owner, "?lang=en");
	assert_true(holds(&got, "Missing: answers. The campaign closed without any"));
	/* What comes next goes where it says. */
	assert_true(holds(&got, str_fmt(v->a, "href=\"%.*s/rounds/%.*s/results\">Read the results<",
					STR_ARG(v->owner.org), STR_ARG(v->round))
					.data));
	got = member_get(v->product, &v->owner, "?lang=fr");
	assert_true(holds(&got, ">Lire les résultats<"));
}

/* ---- one's own clocks ---- */

static void moments_are_on_ones_own_clocks(void **state)
{
	struct visit *v = *state;
	struct response got;

	(void)store_sql(v->store,
			str_fmt(v->a, "UPDATE account SET time_zone = 'Asia/Tokyo' WHERE id = %lld",
				(long long)v->owner.account_id)
				.data);
	/* Recent, at half past an hour: a day or an hour off would show. */
	(void)store_sql(v->store, "UPDATE org_invitation SET expires_ms = 4102396200000");
	got = member_get(v->product, &v->owner, "/members?lang=en");
	/* 2099-12-31T10:30Z */
	assert_true(holds(&got, "31 December 2099 at 19:30"));
	(void)store_sql(v->store, "UPDATE account SET time_zone = 'America/Montreal'");
	got = member_get(v->product, &v->owner, "/members?lang=en");
	assert_true(holds(&got, "31 December 2099 at 05:30"));
	(void)store_sql(v->store, "UPDATE membership SET created_ms = 1767225600000");
	got = member_get(v->product, &v->owner, "/members?lang=en"); /* 2026-01-01T00:00Z */
	assert_true(holds(&got, "31 December 2025"));
}

static void a_second_factor_can_be_scanned(void **state)
{
	struct visit *v = *state;
	struct response got = member_send(v->product, &v->owner, "/account/second-factor", "");

	assert_status(&got, 303);
	got = member_visit(v->product, &v->owner, "/account/second-factor");
	assert_true(holds(&got, "<svg class=\"qr\""));
	assert_true(holds(&got, "otpauth://totp/Jalon:"));
}

TEST_MAIN(visit_test(signing_in_is_offered_once_there_are_accounts),
	  visit_test(it_leads_to_ones_own_work), visit_test(an_empty_portfolio_says_how_to_begin),
	  visit_test(it_comes_in_pages), visit_test(progress_follows_what_was_done),
	  visit_test(an_empty_organisation_says_how_to_begin),
	  visit_test(an_open_campaign_is_in_sight), visit_test(moments_are_on_ones_own_clocks),
	  visit_test(a_second_factor_can_be_scanned))
