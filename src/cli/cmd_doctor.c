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

/* "3 rounds", as plurals go. */
static struct str counted(struct arena *a, struct str text, int64_t n)
{
	return tr_fill(a, text, &(const struct tr_arg){ "n", fmt_int(a, say_language(), n) }, 1);
}

static void say_counts(struct arena *a, const struct tally_check *t)
{
	enum language l = say_language();
	int64_t wrong = (int64_t)t->n_faults;

	say_line("counts: {rounds}, {sheets}, {wrong}",
		 VALUES({ "rounds",
			  counted(a, trn(l, "{n} round", "{n} rounds", t->n_rounds), t->n_rounds) },
			{ "sheets",
			  counted(a, trn(l, "{n} sheet", "{n} sheets", t->n_sheets), t->n_sheets) },
			{ "wrong", counted(a, trn(l, "{n} wrong", "{n} wrong", wrong), wrong) }));
	for (size_t i = 0; i < t->n_faults; i++) {
		const struct tally_fault *f = &t->faults[i];

		say_line("- round {round}, vote {vote}, {item} kind {kind} {value}: {off}",
			 VALUES({ "round", id_text(a, f->round_id) },
				{ "vote", str_i64(a, f->vote) },
				{ "item", fmt_quoted(a, l, f->item) },
				{ "kind", str_i64(a, f->kind) },
				{ "value", fmt_quoted(a, l, f->value) },
				{ "off", str_fmt(a, "%+" PRId64, f->off) }));
	}
}

static void say_all(struct arena *a, const struct diagnosis *d)
{
	if (d->is_foreign)
		say_line("schema: the database holds something that is not Jalon’s", NULL);
	else
		say_line("schema: version {version}, this program’s is {latest}",
			 VALUES({ "version", str_i64(a, d->schema) },
				{ "latest", str_i64(a, d->latest) }));
	if (d->damage.len)
		say_line("file: {damage}", VALUES({ "damage", d->damage }));
	else
		say_line("file: whole", NULL);
	if (d->bypasses_isolation)
		say_line(
			"isolation: the role is a superuser or has BYPASSRLS: PostgreSQL does not keep the organisations apart (doc/operations.md)",
			NULL);
	if (d->was_counted)
		say_counts(a, &d->tally);
	else
		say_line("counts: not looked at", NULL);
}

static int run(struct arena *a, struct config *config, void *arg)
{
	const bool *is_json = arg;
	struct diagnosis d = { .schema = 0 };
	struct buf b = buf_make(a, REPORT_MAX);
	struct db_pool *pool = NULL;
	struct err err;
	int r = open_pool(a, config, OPEN_WHAT_IS_THERE, &pool);

	if (r != CLI_OK)
		return r;
	if (examine(pool, a, &d, &err) != 0) {
		r = say_data_fault(&err);
	} else if (*is_json) {
		put_json(&b, a, &d);
		printf("%.*s", STR_ARG(buf_str(&b)));
	} else {
		say_all(a, &d);
	}
	if (r == CLI_OK && !is_well(&d))
		r = CLI_FAILED;
	db_pool_close(pool);
	return r;
}

int cmd_doctor(int argc, char **argv)
{
	bool is_json = false;
	const struct words_flag flags[] = { { "--json", &is_json }, { NULL, NULL } };
	static const struct usage usage[] = {
		{ N_("doctor [--json] [SETTING…]"),
		  N_("check the database and count every answer again") },
		{ NULL, NULL },
	};
	int r = words_take(NULL, flags, &argc, argv);

	return r != CLI_OK ? r : config_run(argc, argv, usage, run, &is_json);
}
