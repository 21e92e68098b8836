/*
 * jalon doctor: is the database whole, of this program's version, and does counting every answer again give
 * the counts that the pages show? Changes nothing; may run beside the server.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/token.h"
#include "cli/cli.h"
#include "cli/open.h"
#include "cli/words.h"
#include "rounds/tally.h"

enum { REPORT_MAX = 1024 * 1024 };

/* What was found; texts in the command's arena. */
struct diagnosis {
	int schema, latest;
	bool is_foreign;
	bool bypasses_isolation; /* of PostgreSQL: a warning, no fault */
	struct str damage;       /* of the file; empty: none */
	bool was_counted;        /* only a current schema can be */
	struct tally_check tally;
};

static bool is_well(const struct diagnosis *d)
{
	return !d->is_foreign && d->schema == d->latest && d->damage.len == 0 && d->was_counted &&
	       d->tally.n_faults == 0;
}

static int examine(struct db_pool *pool, struct arena *a, struct diagnosis *ret, struct err *err)
{
	struct db_migration_report report = { .from = 0 };
	struct db *db;
	int outcome = db_migrate(pool, a, true, &report, err);
	int r;

	if (outcome < 0)
		return outcome;
	ret->schema = report.from;
	ret->latest = report.to;
	ret->is_foreign = outcome == DB_MIGRATE_FOREIGN;
	r = db_read_begin(pool, &db, err);
	if (r != 0)
		return r;
	r = db_check(db, a, &ret->damage, err);
	if (r == 0)
		r = db_bypasses_isolation(db, &ret->bypasses_isolation, err);
	if (r == 0 && !ret->is_foreign && ret->schema == ret->latest && ret->damage.len == 0) {
		r = tally_recount(db, a, &ret->tally, err);
		ret->was_counted = r == 0;
	}
	db_read_end(pool, db);
	return r;
}

static void put_fault_json(struct buf *b, struct arena *a, const struct tally_fault *f)
{
	buf_puts(b, "{\"org\":");
	buf_quoted(b, id_text(a, f->org_id));
	buf_puts(b, ",\"round\":");
	buf_quoted(b, id_text(a, f->round_id));
	buf_fmt(b, ",\"vote\":%" PRId64 ",\"department\":", f->vote);
	buf_quoted(b, f->department_id ? id_text(a, f->department_id) : S(""));
	buf_puts(b, ",\"item\":");
	buf_quoted(b, f->item);
	buf_fmt(b, ",\"kind\":%" PRId64 ",\"value\":", f->kind);
	buf_quoted(b, f->value);
	buf_fmt(b, ",\"off\":%" PRId64 "}", f->off);
}

static void put_json(struct buf *b, struct arena *a, const struct diagnosis *d)
{
	buf_fmt(b,
		"{\"ok\":%s,\"schema\":%d,\"latest\":%d,\"damage\":", is_well(d) ? "true" : "false",
		d->schema, d->latest);
	buf_quoted(b, d->damage);
	buf_fmt(b, ",\"isolated\":%s", d->bypasses_isolation ? "false" : "true");
	buf_fmt(b, ",\"counted\":%s,\"rounds\":%" PRId64 ",\"sheets\":%" PRId64 ",\"wrong\":[",
		d->was_counted ? "true" : "false", d->tally.n_rounds, d->tally.n_sheets);
	for (size_t i = 0; i < d->tally.n_faults; i++) {
		buf_puts(b, i ? "," : "");
		put_fault_json(b, a, &d->tally.faults[i]);
	}
	buf_puts(b, "]}\n");
}

static void put_text(struct buf *b, struct arena *a, const struct diagnosis *d)
{
	if (d->is_foreign)
		buf_puts(b, "schema: the database holds something that is not Jalon's\n");
	else
		buf_fmt(b, "schema: version %d, this program's is %d\n", d->schema, d->latest);
	buf_fmt(b, "file: %.*s\n", STR_ARG(d->damage.len ? d->damage : S("whole")));
	if (d->bypasses_isolation)
		buf_puts(
			b,
			"isolation: the role is a superuser or has BYPASSRLS: PostgreSQL does not keep the "
			"organisations apart (doc/operations.md)\n");
	if (!d->was_counted) {
		buf_puts(b, "counts: not looked at\n");
		return;
	}
	buf_fmt(b, "counts: %" PRId64 " rounds, %" PRId64 " sheets, %zu wrong\n", d->tally.n_rounds,
		d->tally.n_sheets, d->tally.n_faults);
	for (size_t i = 0; i < d->tally.n_faults; i++) {
		const struct tally_fault *f = &d->tally.faults[i];

		buf_fmt(b,
			"  round %.*s, vote %" PRId64 ", \"%.*s\" kind %" PRId64
			" \"%.*s\": %+" PRId64 "\n",
			STR_ARG(id_text(a, f->round_id)), f->vote, STR_ARG(f->item), f->kind,
			STR_ARG(f->value), f->off);
	}
}

static int run(struct arena *a, struct config *config, void *arg)
{
	const bool *is_json = arg;
	struct diagnosis d = { .schema = 0 };
	struct buf b = buf_make(a, REPORT_MAX);
	struct db_pool *pool = NULL;
	struct err err;
	int r = open_pool(a, config, &pool);

	if (r != CLI_OK)
		return r;
	if (examine(pool, a, &d, &err) != 0) {
		fprintf(stderr, "jalon: %s\n", err.text);
		r = CLI_DATA;
	} else {
		(*is_json ? put_json : put_text)(&b, a, &d);
		printf("%.*s", STR_ARG(buf_str(&b)));
		r = is_well(&d) ? CLI_OK : CLI_FAILED;
	}
	db_pool_close(pool);
	return r;
}

int cmd_doctor(int argc, char **argv)
{
	bool is_json = false;
	const struct words_flag flags[] = { { "--json", &is_json }, { NULL, NULL } };
	int r = words_take(NULL, flags, &argc, argv);

	return r != CLI_OK ? r
			   : config_run(argc, argv, "jalon doctor [--json] [SETTING...]", run,
					&is_json);
}
