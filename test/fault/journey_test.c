/*
 * Every call of the database fails once, at every step of a respondent's journey, in every way a database
 * fails. The answer is a page that says so, nothing is left half-stored, and the same request then works.
 */
#include "http/visit.h"

#include <stdio.h>

#include "db/fake.h"

enum base { SITE, SHEET, SHARE };

struct leg {
	enum base base;
	const char *page, *form; /* form NULL: GET */
	int status;              /* without faults */
};

static const struct leg legs[] = {
	{ SITE, "/scorecard", "", 303 },
	{ SHEET, "", NULL, 303 },
	{ SHEET, "/q/lineage", NULL, 200 },
	{ SHEET, "/q/lineage", "answer=yes&comment=kept", 303 },
	{ SHEET, "/q/lineage", "answer=&comment=", 303 },
	{ SHEET, "/q/etl", "comment=alone", 303 },
	{ SHEET, "/q/etl", "comment=", 303 },
	{ SHEET, "/q/etl", "answer=forged", 422 },
	{ SHEET, "/review", NULL, 200 },
	{ SHEET, "/finish", "", 303 },
	{ SHEET, "/result", NULL, 200 },
	{ SHEET, "/share", "", 303 },
	{ SHARE, "", NULL, 200 },
	{ SHARE, "/what-if?etl=yes", NULL, 200 },
	{ SHARE, "/result.pdf", NULL, 200 },
	{ SHARE, "/result.docx", NULL, 200 },
	{ SHEET, "/share/close", "", 303 },
	{ SHARE, "", NULL, 410 },
	{ SHEET, "/erase", NULL, 200 },
	{ SHEET, "/erase", "", 303 },
};

struct journey {
	struct visit v;
	struct fake_faults faults;
	int n_faults; /* that were met */
};

static int setup(void **state)
{
	struct journey *j;
	struct store *s;
	struct err err;
	int r = store_setup(state);

	if (r != 0)
		return r;
	s = *state;
	store_close(s);
	j = arena_new(&s->arena, struct journey, 1);
	j->v = (struct visit){ .store = s, .a = &s->arena };
	assert_ok(fake_pool_open(&s->config, &j->faults, &s->pool, &err), &err);
	j->v.product = product_make(j->v.a, s->pool);
	*state = j;
	return 0;
}

static int teardown(void **state)
{
	void *store = ((struct journey *)*state)->v.store;

	return store_teardown(&store);
}

static struct response ask(struct journey *j, const struct leg *leg)
{
	struct str base = leg->base == SHEET ? j->v.sheet : j->v.share;

	if (leg->base == SITE)
		base = S("");
	return leg->form ? product_post(j->v.product, base, leg->page, leg->form)
			 : product_get(j->v.product, base, leg->page);
}

/* A fault's answer: a page in the site's look with an incident number and nothing of the cause. */
static void assert_fault_page(const struct journey *j, const struct response *got)
{
	bool may_wait = j->faults.fault == FAULT_DB_GONE || j->faults.fault == FAULT_DB_FULL;

	if (j->faults.fault == FAULT_DB_UNSURE)
		assert_in_set((unsigned)got->status, ((LargestIntegralType[]){ 500, 503 }), 2);
	else
		assert_status(got, may_wait ? 503 : 500);
	assert_int_equal(answer_header(got, "Retry-After").len > 0, got->status == 503);
	assert_str(answer_header(got, "Content-Type"), "text/html; charset=utf-8");
	assert_true(str_contains(got->body, got->id));
	assert_true(str_contains(got->body, S("</html>")));
	assert_false(str_contains(got->body, S("on purpose")));
}

/* The request with its n-th call failing. True when there is no such call, or nothing left to ask for. */
static bool met(struct journey *j, const struct leg *leg, int n)
{
	struct str before = visit_rows(&j->v), after;
	int due = atomic_load(&j->faults.calls) + n;
	struct response got;

	atomic_store(&j->faults.fail_at, due);
	got = ask(j, leg);
	atomic_store(&j->faults.fail_at, 0);
	after = visit_rows(&j->v);
	if (atomic_load(&j->faults.calls) < due) {
		assert_status(&got, leg->status);
		return true;
	}
	j->n_faults++;
	assert_fault_page(j, &got);
	if (str_eq(before, after))
		return false;
	/* Only a COMMIT that was carried out and not heard of may have left something. */
	assert_int_equal(j->faults.fault, FAULT_DB_UNSURE);
	assert_non_null(leg->form);
	return strcmp(leg->page, "/erase") == 0;
}

static void links_of(struct journey *j, const struct leg *leg)
{
	if (leg->base == SITE)
		j->v.sheet = product_begin(j->v.product);
	if (strcmp(leg->page, "/share") == 0)
		j->v.share = product_share(j->v.product, j->v.sheet);
}

static void travel(struct journey *j, int fault)
{
	j->faults.fault = fault;
	for (size_t i = 0; i < sizeof legs / sizeof *legs; i++) {
		for (int n = 1; !met(j, &legs[i], n); n++)
			assert_in_range(n, 1, 200);
		links_of(j, &legs[i]);
	}
	/* The erased sheet's rows are gone; those begun by the way have none. */
	assert_int_equal(
		store_sql(j->v.store,
			  "SELECT (SELECT count(*) FROM answer) + (SELECT count(*) FROM share)"),
		0);
	assert_str(store_rows(j->v.store, "PRAGMA integrity_check; PRAGMA foreign_key_check"),
		   "ok\n");
	assert_true(str_contains(product_log(j->v.product), S("a fault on purpose")));
	assert_in_range(j->n_faults, 150, 1000);
}

static void an_error_undoes_what_it_met(void **state)
{
	travel(*state, FAULT_DB);
}

static void a_lost_connection_undoes_what_it_met(void **state)
{
	travel(*state, FAULT_DB_GONE);
}

static void a_full_disk_undoes_what_it_met(void **state)
{
	travel(*state, FAULT_DB_FULL);
}

static void a_commit_unheard_of_stores_all_or_nothing(void **state)
{
	travel(*state, FAULT_DB_UNSURE);
}

#define journey_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

TEST_MAIN(journey_test(an_error_undoes_what_it_met),
	  journey_test(a_lost_connection_undoes_what_it_met),
	  journey_test(a_full_disk_undoes_what_it_met),
	  journey_test(a_commit_unheard_of_stores_all_or_nothing))
