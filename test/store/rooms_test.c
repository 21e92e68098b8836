/*
 * The queries of every room: each is prepared on both engines, and must have the parameters and columns
 * that its C functions were made for. (The build prepares them on SQLite; only this does on PostgreSQL.)
 */
#include "store/store.h"

#include "mail/queries.h"
#include "people/queries.h"
#include "phases/scorecard/queries.h"
#include "phases/site/queries.h"
#include "plan/queries.h"
#include "rounds/queries.h"
#include "workshop/queries.h"

static int prepare_work(struct db *db, void *arg, struct err *err)
{
	const struct db_query *const *queries = arg;
	int r = 0;

	for (; r == 0 && *queries; queries++)
		r = db_prepare(db, *queries, err);
	return r;
}

/* On the writer, since a reader may refuse to prepare a statement that writes. */
static void assert_prepared(struct store *s, const struct db_query *const *queries)
{
	struct err err;

	assert_non_null(*queries);
	assert_ok(db_write(s->pool, prepare_work, (void *)(uintptr_t)queries, &err), &err);
}

static void mail(void **state)
{
	assert_prepared(*state, mail_queries);
}

static void people(void **state)
{
	assert_prepared(*state, people_queries);
}

static void rounds(void **state)
{
	assert_prepared(*state, rounds_queries);
}

static void plan(void **state)
{
	assert_prepared(*state, plan_queries);
}

static void scorecard(void **state)
{
	assert_prepared(*state, scorecard_queries);
}

static void site(void **state)
{
	assert_prepared(*state, site_queries);
}

static void workshop(void **state)
{
	assert_prepared(*state, workshop_queries);
}

TEST_MAIN(store_test(mail), store_test(people), store_test(rounds), store_test(plan),
	  store_test(scorecard), store_test(site), store_test(workshop))
