/* The installation's secret: see site.h. */
#include <string.h>

#include "base/token.h"
#include "phases/site/queries.h"
#include "phases/site/site.h"

enum { SECRET_BYTES = SHA256_BYTES };

struct secret_job {
	struct arena arena;
	uint8_t bytes[SECRET_BYTES];
};

static int work(struct db *db, void *arg, struct err *err)
{
	struct secret_job *job = arg;
	uint8_t fresh[SECRET_BYTES];
	struct site_instance_get_row row;
	int r;

	/* Adding first and reading back: two processes that start at once agree on one secret. */
	random_bytes(fresh, sizeof fresh);
	r = site_instance_add(db, S("secret"), str_make((const char *)fresh, sizeof fresh), err);
	if (r != 0)
		return r;
	r = site_instance_get(db, &job->arena, S("secret"), &row, err);
	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND || row.value.len != SECRET_BYTES)
		return err_set(err, FAULT_DB_SCHEMA,
			       "the installation's secret is not there, or not whole");
	memcpy(job->bytes, row.value.data, SECRET_BYTES);
	return 0;
}

int site_secret(struct db_pool *pool, uint8_t ret[SHA256_BYTES], struct err *err)
{
	struct secret_job job = { 0 };
	int r;

	arena_init(&job.arena, 64 * 1024);
	r = db_write(pool, work, &job, err);
	if (r == 0)
		memcpy(ret, job.bytes, SECRET_BYTES);
	arena_release(&job.arena);
	return r;
}
