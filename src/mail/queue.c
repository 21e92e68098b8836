/* Mail that waits: see mail.h. */
#include "mail/queue.h"

#include "base/token.h"

int mail_add(struct db *db, struct arena *a, const struct mail_new *mails, size_t n, int64_t now_ms,
	     size_t *ret_n, struct err *err)
{
	struct mail_queue_waiting_row waiting;
	size_t added = 0;
	int r = mail_queue_waiting(db, a, &waiting, err);

	if (r != 0)
		return r;
	for (size_t i = 0; i < n; i++) {
		size_t max =
			mails[i].kind->is_private ? MAIL_PRIVATE_WAITING_MAX : MAIL_WAITING_MAX;

		if (n > max || (size_t)waiting.n > max - n)
			return MAIL_FULL;
	}
	for (size_t i = 0; i < n; i++) {
		const struct mail_new *m = &mails[i];
		int64_t id = id_make(now_ms), changed;
		struct mail_queue_add_params p = {
			.org_id = m->org_id,
			.id = id,
			.kind = str_from(m->kind->name),
			.object_id = m->object_id ? m->object_id : id,
			.has_recipient = m->recipient.len > 0,
			.recipient = m->recipient,
			.language = m->language,
			/* Somebody sits and waits for these: before what goes to many. */
			.next_ms = m->kind->is_private ? 0 : now_ms,
			.now_ms = now_ms,
			.expires_ms = now_ms + m->kind->life_ms,
		};

		r = mail_queue_add(db, &p, &changed, err);
		if (r != 0)
			return r;
		added += changed > 0;
	}
	if (ret_n)
		*ret_n = added;
	return 0;
}

int mail_list(struct db *db, struct arena *a, int64_t org_id, const struct mail_kind *kind,
	      struct mail_state **ret, size_t *ret_n, struct err *err)
{
	struct mail_queue_list_rows rows;
	struct mail_state *list;
	int r = mail_queue_list(db, a, org_id, str_from(kind->name), &rows, err);

	if (r != 0)
		return r;
	list = arena_new(a, struct mail_state, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		list[i] = (struct mail_state){
			.object_id = rows.items[i].object_id,
			.has_failed = str_is(rows.items[i].state, "failed"),
			.attempts = rows.items[i].attempts,
			.answer = rows.items[i].said,
		};
	*ret = list;
	*ret_n = rows.n;
	return 0;
}

const struct mail_state *mail_state_of(const struct mail_state *list, size_t n, int64_t object_id)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (list[middle].object_id < object_id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < n && list[from].object_id == object_id ? &list[from] : NULL;
}

/* ---- the thread's side ---- */

static const struct mail_kind *kind_named(const struct mail_kind *const *kinds, struct str name)
{
	for (; *kinds; kinds++)
		if (str_is(name, (*kinds)->name))
			return *kinds;
	return NULL;
}

/* A mail of a newer Jalon's: it stays until that one is back, or until it is too old. */
static int unknown(struct queue_turn *t, struct db *db, struct err *err)
{
	t->is_skipped = true;
	return mail_queue_postpone(db, t->due.org_id, t->due.id, t->now_ms + t->lease_ms,
				   S("this version does not know such mails"), err);
}

int queue_take(struct db *db, void *arg, struct err *err)
{
	struct queue_turn *t = arg;
	struct mail_queue_take_row row;
	int r;

	t->is_skipped = t->is_idle = false;
	t->due.id = 0;
	r = mail_queue_take(db, t->arena, t->now_ms, t->now_ms + t->lease_ms, &row, err);
	if (r != 0) {
		t->is_idle = r == DB_NOT_FOUND;
		return r < 0 ? r : 0;
	}
	t->due = (struct mail_due){
		.org_id = row.org_id,
		.id = row.id,
		.object_id = row.object_id,
		.kind = row.kind,
		.recipient = row.recipient,
		.language = row.language,
		.attempts = row.attempts,
		.created_ms = row.created_ms,
	};
	db_scope(db, row.org_id); /* what the mail says is its organisation's */
	t->expires_ms = row.expires_ms;
	t->kind = kind_named(t->kinds, row.kind);
	if (!t->kind)
		return unknown(t, db, err);
	r = t->kind->compose(db, t->arena, t->site, &t->due, t->now_ms, &t->letter, err);
	if (r > 0 && r != MAIL_NOT_NEEDED)
		return err_set(err, FAULT_INTERNAL, "composing %s: outcome %d", t->kind->name, r);
	if (r != MAIL_NOT_NEEDED)
		return r;
	t->is_skipped = true;
	return mail_queue_remove(db, t->due.org_id, t->due.id, err);
}

/* Doubled each time, an hour at most. */
static int64_t backoff(const struct queue_turn *t)
{
	enum { HOUR_MS = 60 * 60 * 1000, DOUBLINGS_MAX = 12 };
	int64_t times = t->due.attempts < DOUBLINGS_MAX ? t->due.attempts : DOUBLINGS_MAX;
	int64_t wait = (int64_t)t->retry_ms << times;

	return wait < HOUR_MS ? wait : HOUR_MS;
}

static int give_up(struct queue_turn *t, struct db *db, struct err *err)
{
	if (t->kind->is_private)
		return mail_queue_remove(db, t->due.org_id, t->due.id, err);
	return mail_queue_fail(db, t->due.org_id, t->due.id, t->answer, err);
}

int queue_note(struct db *db, void *arg, struct err *err)
{
	struct queue_turn *t = arg;
	int64_t next_ms = t->now_ms + backoff(t);
	int r = 0;

	db_scope(db, t->due.org_id);
	t->will_retry = t->result == SMTP_LATER && next_ms < t->expires_ms;
	if (t->result == SMTP_SENT) {
		if (t->kind->sent)
			r = t->kind->sent(db, &t->due, t->now_ms, err);
		return r != 0 ? r
			      : mail_queue_sent(db, t->due.org_id, t->due.id, t->due.object_id,
						err);
	}
	if (!t->will_retry)
		return give_up(t, db, err);
	return mail_queue_postpone(db, t->due.org_id, t->due.id, next_ms, t->answer, err);
}

int queue_begin(struct db *db, void *arg, struct err *err)
{
	const struct queue_turn *t = arg;

	return mail_queue_release(db, t->now_ms, t->now_ms + t->lease_ms, err);
}

int queue_sweep(struct db *db, void *arg, struct err *err)
{
	const struct queue_turn *t = arg;
	const int64_t kept_ms = 30LL * 24 * 60 * 60 * 1000;

	return mail_queue_sweep(db, t->now_ms - kept_ms, err);
}

int queue_is_due(struct db_pool *pool, struct arena *a, int64_t now_ms, struct err *err)
{
	struct mail_queue_next_row row;
	struct db *db;
	int r = db_read_begin(pool, &db, err);

	if (r != 0)
		return r;
	r = mail_queue_next(db, a, &row, err);
	db_read_end(pool, db);
	if (r < 0)
		return r;
	return r == 0 && row.next_ms <= now_ms;
}
