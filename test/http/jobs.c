/* See jobs.h. */
#include "http/jobs.h"

#include "db/tables.h"
#include "http/unzip.h"
#include "mail/queue.h"
#include "phases/mails.h"
#include "phases/scorecard/scorecard.h"
#include "plan/queries.h"
#include "transfer/transfer.h"

enum { LEASE_MS = 60 * 1000, TURNS_MAX = 10 };

/* ---- mail ---- */

/* One of Kestrel's mails that wait (world.c), and what the server said to it. */
static int hand_over(struct world *w, struct db *db, int64_t id, enum smtp_result result,
		     struct buf *told, struct err *err)
{
	const struct mail_site site = { S("http://test.local"),
					hmac_key(w->product->config.secret) };
	struct queue_turn turn = { .arena = w->a,
				   .kinds = all_mails,
				   .site = &site,
				   .now_ms = 1000 * LEASE_MS,
				   .lease_ms = LEASE_MS,
				   .retry_ms = 1000,
				   .result = result,
				   .answer = S("because") };

	for (int i = 0; i < TURNS_MAX; i++) {
		int r = queue_take(db, &turn, err);

		if (r != 0)
			return r;
		if (turn.is_idle)
			break;
		if (turn.is_skipped || turn.due.id != id)
			continue;
		buf_fmt(told, "%.*s|%.*s|%.*s|%.*s|", STR_ARG(turn.letter.to.address),
			STR_ARG(turn.letter.to.name), STR_ARG(turn.letter.subject),
			STR_ARG(turn.letter.body));
		return queue_note(db, &turn, err);
	}
	return err_set(err, FAULT_INTERNAL, "mail %lld was not due", (long long)id);
}

#define MAIL_JOB(name, id, result)                                                         \
	static int name(struct world *w, struct db *db, struct buf *told, struct err *err) \
	{                                                                                  \
		return hand_over(w, db, id, result, told, err);                            \
	}
MAIL_JOB(invitation_sent, 1003, SMTP_SENT)
MAIL_JOB(link_sent, 1004, SMTP_SENT)
MAIL_JOB(reminder_sent, 1005, SMTP_SENT)
MAIL_JOB(link_later, 1004, SMTP_LATER)
MAIL_JOB(link_refused, 1004, SMTP_REFUSED)

/* ---- tables, page by page ---- */

static void tell_row(const struct db_table *table, const struct db_value *row, struct buf *told)
{
	for (int i = 0; i < table->n_columns; i++)
		if (row[i].type == DB_I64)
			buf_fmt(told, "%lld|", (long long)row[i].i64);
		else
			buf_fmt(told, "%.*s|", STR_ARG(row[i].bytes));
}

/* The rows after the first: what an export reads as its second page. */
static int read_on(struct world *w, struct db *db, const struct db_table *table, struct buf *told,
		   struct err *err)
{
	struct db_value row[DB_COLUMNS_MAX];
	struct db_value place[DB_PARAMS_MAX] = { { .type = DB_I64, .i64 = w->orgs[KESTREL] } };
	struct db_rows *rows;
	int r = db_run(db, table->first, place, &rows, err);

	if (r != 0)
		return r;
	r = db_next(rows, row, err);
	for (int i = 0; r == DB_ROW && i < table->n_within; i++) {
		place[i + 1] = row[table->within[i]];
		place[i + 1].bytes = str_dup(w->a, place[i + 1].bytes);
	}
	db_finish(rows);
	if (r == DB_ROW)
		r = db_run(db, table->next, place, &rows, err);
	if (r != 0)
		return r;
	while ((r = db_next(rows, row, err)) == DB_ROW)
		tell_row(table, row, told);
	db_finish(rows);
	return r;
}

static int read_tables(struct world *w, struct db *db, struct buf *told, struct err *err)
{
	int r = 0;

	db_scope(db, w->orgs[KESTREL]);
	for (int t = 0; r == 0 && db_tables[t]; t++)
		if (db_tables[t]->next)
			r = read_on(w, db, db_tables[t], told, err);
	return r;
}

/* What an owner downloads; as text, since the archive says when it was made. */
static int export_as_shown(struct world *w, struct db *db, struct buf *told, struct err *err)
{
	enum { AT = 1700000000, ZIP_MAX = 16 << 20 };
	struct str zip;
	struct db *reader;
	int r = db_read_begin(w->store->pool, &reader, err);

	(void)db; /* an export reads one moment of its own */
	if (r != 0)
		return r;
	r = transfer_export(reader, w->a, w->orgs[KESTREL], TRANSFER_AS_SHOWN, AT, ZIP_MAX, &zip,
			    err);
	db_read_end(w->store->pool, reader);
	if (r == 0)
		buf_put(told, unzip_text(w->a, zip));
	return r;
}

/* ---- the bound of a plan ---- */

static int count_actions(struct world *w, struct db *db, struct buf *told, struct err *err)
{
	struct plan_action_count_row row;
	int r;

	db_scope(db, w->orgs[KESTREL]);
	r = plan_action_count(db, w->a, w->orgs[KESTREL], &row, err);
	if (r == 0)
		buf_i64(told, row.n);
	return r;
}

/* ---- what was promised ---- */

/* Kestrel's campaign whose day has come (world.c). */
static int carry_out(struct world *w, struct db *db, struct buf *told, struct err *err)
{
	struct keep_turn turn = { .arena = w->a, .now_ms = WORLD_PROMISED_MS };
	bool is_due;
	int r = keep_is_due(db, w->a, turn.now_ms, &is_due, err);

	if (r == 0)
		r = scorecard_keep(db, &turn, err);
	if (r == 0)
		buf_fmt(told, "%d %d", is_due, turn.is_idle);
	return r;
}

const struct job jobs[] = {
	{ "answers are erased on the day promised", carry_out },
	{ "an invitation is sent", invitation_sent },
	{ "a personal link is sent", link_sent },
	{ "a reminder is sent", reminder_sent },
	{ "a mail is put off", link_later },
	{ "a mail is given up", link_refused },
	{ "an export reads on", read_tables },
	{ "an owner exports", export_as_shown },
	{ "the actions of a plan are counted", count_actions },
	{ NULL, NULL },
};
