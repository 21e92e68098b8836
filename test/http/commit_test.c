/* What a handler wrote is kept or undone with its answer, and readers cannot write. */
#include "harness/request.h"
#include "store/store.h"

#include <unistd.h>

#include "base/log.h"
#include "db/fake.h"
#include "queries.h"

static const struct logger quiet = { .fd = STDERR_FILENO, .least = LOG_ERROR + 1 };

/* Stores a row; a fault becomes the reply. */
static struct reply *put(struct req *rq, struct reply *reply)
{
	struct err err;
	int r = store_secret_put(rq->db, rq->id, S("1"), &err);

	return r < 0 ? reply_fault(rq, &err) : reply;
}

static struct reply *keep(struct req *rq)
{
	return put(rq, reply_redirect(rq, url(rq, "/done")));
}

static struct reply *refuse(struct req *rq)
{
	return put(rq, reply_status(rq, 422));
}

static struct reply *show_again(struct req *rq)
{
	return put(rq, reply_page(rq, 422, S("again")));
}

static struct reply *fail_late(struct req *rq)
{
	struct err err;

	(void)err_set(&err, FAULT_INTERNAL, "after the row");
	return put(rq, reply_fault(rq, &err));
}

#define WRITE(p, h)                                                                        \
	{                                                                                  \
		.method = METHOD_POST, .path = (p), .handler = (h),                        \
		.permission = &permission_public, .class = ROUTE_WRITE, .body = BODY_FORM, \
		.title = "writes"                                                          \
	}

static const struct limit often = { "often", .burst = 1000, .per_minute = 1000 };

static const struct route routes[] = {
	WRITE("/keep", keep),
	WRITE("/refuse", refuse),
	WRITE("/show-again", show_again),
	WRITE("/fail-late", fail_late),
	{ .method = METHOD_GET,
	  .path = "/read",
	  .handler = keep,
	  .permission = &permission_public,
	  .title = "a read that tries to write" },
	{ .method = METHOD_GET,
	  .path = "/slow",
	  .handler = keep,
	  .permission = &permission_public,
	  .class = ROUTE_SLOW,
	  .limit = &often,
	  .title = "a job that tries to write" },
	{ .handler = NULL },
};
static const struct route *const tables[] = { routes, NULL };

static void keeps_or_undoes(void **state)
{
	static const struct {
		const char *path;
		int status;
		int64_t rows; /* in all, afterwards */
	} cases[] = {
		{ "/keep", 303, 1 },      { "/refuse", 422, 1 }, { "/show-again", 422, 1 },
		{ "/fail-late", 500, 1 }, { "/keep", 303, 2 },
	};
	struct store *s = *state;
	const struct server_config config = { .log = &quiet, .routes = tables, .pool = s->pool };
	struct site *site = site_make(&s->arena, &config);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(site_post(site, cases[i].path, "").status, cases[i].status);
		assert_int_equal(store_sql(s, "SELECT count(*) FROM instance"), cases[i].rows);
	}
	assert_int_equal(site_get(site, "/readyz").status, 200);
}

static void readers_cannot_write(void **state)
{
	struct store *s = *state;
	const struct server_config config = { .log = &quiet, .routes = tables, .pool = s->pool };
	struct site *site = site_make(&s->arena, &config);

	assert_int_equal(site_get(site, "/read").status, 500);
	assert_int_equal(site_get(site, "/slow").status, 500);
	assert_int_equal(store_sql(s, "SELECT count(*) FROM instance"), 0);
}

/* Whichever call fails, the answer is a fault and nothing is stored, or it is a success and all is. */
static void answers_only_what_is_stored(void **state)
{
	struct store *s = *state;
	struct fake_faults faults = { .fault = FAULT_DB_FULL };
	struct server_config config = { .log = &quiet, .routes = tables };
	int64_t rows = 0;
	int n_faults = 0;
	struct err err;

	store_close(s);
	assert_ok(fake_pool_open(&s->config, &faults, &config.pool, &err), &err);
	for (int i = 1; i < 20; i++) {
		struct site *site = site_make(&s->arena, &config);
		int status;

		atomic_store(&faults.fail_at, atomic_load(&faults.calls) + i);
		status = site_post(site, "/keep", "").status;
		atomic_store(&faults.fail_at, 0);
		assert_true(status == 303 || status == 503);
		rows += status == 303;
		n_faults += status == 503;
		assert_int_equal(store_sql(s, "SELECT count(*) FROM instance"), rows);
	}
	assert_in_range(n_faults, 3, 18);
	db_pool_close(config.pool);
	store_open(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		store_test(keeps_or_undoes),
		store_test(readers_cannot_write),
		store_test(answers_only_what_is_stored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
