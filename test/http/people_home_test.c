/*
 * Where people find themselves, on both databases: the public home page with and without a session, the
 * portfolio and its pages, an organisation's home at each stage, moments on their own clocks.
 */
#include "http/visit.h"

#include "base/buf.h"
#include "base/timing.h"
#include "base/token.h"
#include "people/portfolio.h"
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

struct many {
	const struct member *m;
	int n;
};

static int add_orgs(struct db *db, void *arg, struct err *err)
{
	const struct many *many = arg;
	const struct member *m = many->m;

	/* A millisecond for each: of a thousand ids made in one, two would be the same every so often. */
	for (int i = 0; i < many->n; i++) {
		int64_t now_ms = time_now_ms() + i, id;
		char name[32];

		(void)snprintf(name, sizeof name, "Client %03d", i);
		if (org_add(db, str_from(name), S("Europe/Paris"), now_ms, &id, err) != 0 ||
		    member_set(db, id, m->account_id, i % 2 ? ROLE_VIEWER : ROLE_OWNER, now_ms,
			       err) != 0)
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

	assert_ok(db_write(v->product->pool, add_orgs, &(struct many){ &m, 120 }, &err), &err);
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
	assert_true(holds(&got, "search=client&amp;role=owner&amp;show=&amp;sort=&amp;page=1"));
	got = member_visit(v->product, &m, "/portfolio?lang=en&search=nobody");
	assert_true(holds(&got, "No organisation matches these filters."));
}

/* A campaign of the organisation of that name; the `n`th token there is becomes its link's. */
static void add_round(struct visit *v, const char *org, int n, const char *state, int64_t closes_ms)
{
	(void)store_sql(
		v->store,
		str_fmt(v->a,
			"INSERT INTO round (org_id, id, kind, token_hash, title, pack, pack_version, "
			"state, mode, access, threshold, asks_department, shows_result, language, "
			"controller, contact, purpose, retention, opened_ms, closed_ms, closes_ms, "
			"created_ms, updated_ms, version) SELECT o.id, 1, 'scorecard', (SELECT "
			"token_hash FROM session ORDER BY id LIMIT 1 OFFSET %d), 'R', "
			"'carte-performance', 1, '%s', 'nominative', 'public', 3, 0, 0, 'en', '', "
			"'', '', '', 5, %s, %lld, 5, 5, 3 FROM org o WHERE o.name = '%s'",
			n, state, strcmp(state, "closed") == 0 ? "6" : "NULL", (long long)closes_ms,
			org)
			.data);
}

/* Answers that all gave, of a campaign that add_round() made. */
static void add_answers(struct visit *v, const char *org, const char *etl)
{
	(void)store_sql(
		v->store,
		str_fmt(v->a,
			"INSERT INTO tally SELECT o.id, 1, 1, 0, '', 0, '', 9 FROM org o WHERE "
			"o.name = '%s'; INSERT INTO tally SELECT o.id, 1, 1, 0, 'etl', 3, '%s', 9 "
			"FROM org o WHERE o.name = '%s'",
			org, etl, org)
			.data);
}

static void add_overdue(struct visit *v, const char *org, int n)
{
	for (int i = 1; i <= n; i++)
		(void)store_sql(
			v->store,
			str_fmt(v->a,
				"INSERT INTO plan_action SELECT o.id, %d, 'A', '', NULL, '', "
				"'2020-01-01', 'todo', '', '', '', '', '', NULL, '', NULL, 5, 5, 1 "
				"FROM org o WHERE o.name = '%s'",
				i, org)
				.data);
}

/* The last digits of the first `n` organisations that a page names. */
static struct str first_names(struct visit *v, const struct response *got, int n)
{
	struct buf b = buf_make(v->a, 100);
	struct str rest = got->body;

	while (n-- > 0) {
		const char *at = memmem(rest.data, rest.len, "<span>Client ", 13);

		if (!at)
			break;
		rest = str_slice(rest, (size_t)(at - rest.data) + 13, rest.len);
		buf_fmt(&b, "%s%.*s", b.len ? " " : "", 3, rest.data);
	}
	return buf_str(&b);
}

static void it_is_ordered_by_figures(void **state)
{
	static const struct {
		const char *asks, *first;
		int n;
		const char *says;
	} rows[] = {
		{ "sort=score", "020 010 000", 3, "1 to 50 of 120" },
		{ "sort=score-low", "010 020 000", 3, "1 to 50 of 120" },
		{ "sort=overdue", "007 003 000", 3, "1 to 50 of 120" },
		{ "sort=date", "090 005 000", 3, "1 to 50 of 120" },
		{ "sort=date&page=3", "100 101", 2, "101 to 120 of 120" },
		{ "show=overdue", "003 007", 9, "Only" },
		{ "show=overdue&sort=overdue", "007 003", 9, "Only" },
		{ "show=open", "005 090", 9, "Only" },
		{ "show=open&role=owner", "090", 9, "Only" },
		{ "show=open&search=nobody", "", 9, "No organisation matches" },
		{ "sort=anything&show=anything", "000 001", 2, "1 to 50 of 120" },
	};
	struct visit *v = *state;
	struct member m = product_member(v->product, NULL, ROLE_NONE);
	int64_t tomorrow = time_now_ms() + 86400000;
	struct err err;

	assert_ok(db_write(v->product->pool, add_orgs, &(struct many){ &m, 120 }, &err), &err);
	add_round(v, "Client 005", 0, "open", tomorrow + 86400000);
	add_round(v, "Client 090", 1, "open", tomorrow);
	add_round(v, "Client 010", 2, "closed", 6);
	add_answers(v, "Client 010", "no");
	(void)product_member(v->product, NULL, ROLE_NONE);
	add_round(v, "Client 020", 3, "closed", 6);
	add_answers(v, "Client 020", "yes");
	add_overdue(v, "Client 003", 1);
	add_overdue(v, "Client 007", 2);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct response got = member_visit(
			v->product, &m, str_fmt(v->a, "/portfolio?lang=en&%s", rows[i].asks).data);

		assert_status(&got, 200);
		assert_str(first_names(v, &got, rows[i].n), rows[i].first);
		assert_true(holds(&got, rows[i].says));
	}
}

/* Of more than can be looked at for one page, the order is that of names, and the page says so. */
static void too_many_figures_are_not_read(void **state)
{
	struct visit *v = *state;
	struct member m = product_member(v->product, NULL, ROLE_NONE);
	struct response got;
	struct err err;

	assert_ok(db_write(v->product->pool, add_orgs,
			   &(struct many){ &m, PORTFOLIO_FIGURES_MAX + 1 }, &err),
		  &err);
	got = member_visit(v->product, &m, "/portfolio?lang=en&sort=recent");
	assert_false(holds(&got, "search or choose a role first"));
	got = member_visit(v->product, &m, "/portfolio?lang=en&sort=score&show=open");
	assert_status(&got, 200);
	assert_true(holds(&got, "More than 1,000 organisations are found"));
	assert_str(first_names(v, &got, 2), "000 001");
	assert_true(holds(&got, "1 to 50 of 1,001"));
	got = member_visit(v->product, &m, "/portfolio?lang=en&sort=score&search=client+00");
	assert_false(holds(&got, "search or choose a role first"));
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
	assert_true(holds(&got, "31\u00a0December 2099 at 19:30"));
	(void)store_sql(v->store, "UPDATE account SET time_zone = 'America/Montreal'");
	got = member_get(v->product, &v->owner, "/members?lang=en");
	assert_true(holds(&got, "31\u00a0December 2099 at 05:30"));
	(void)store_sql(v->store, "UPDATE membership SET created_ms = 1767225600000");
	got = member_get(v->product, &v->owner, "/members?lang=en"); /* 2026-01-01T00:00Z */
	assert_true(holds(&got, "31\u00a0December 2025"));
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
	  visit_test(it_comes_in_pages), visit_test(it_is_ordered_by_figures),
	  visit_test(too_many_figures_are_not_read), visit_test(progress_follows_what_was_done),
	  visit_test(an_empty_organisation_says_how_to_begin),
	  visit_test(an_open_campaign_is_in_sight), visit_test(moments_are_on_ones_own_clocks),
	  visit_test(a_second_factor_can_be_scanned))
