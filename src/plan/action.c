/* Actions in the database, and in words: see action.h. */
#include "plan/action.h"

#include "base/timing.h"
#include "base/token.h"
#include "base/utf8.h"
#include "plan/queries.h"

enum {
	DAY_MS = 24 * 60 * 60 * 1000,
	AUDIT_TEXT_MAX = 160, /* characters of a text in the audit log */
	AUDIT_JSON_MAX = 16 * 1024,
};

struct coded {
	struct str code;
	const char *words;
};

static const struct coded statuses[ACTION_STATUS_N] = {
	[ACTION_TODO] = { STR("todo"), N_("To do") },
	[ACTION_DOING] = { STR("doing"), N_("Under way") },
	[ACTION_DONE] = { STR("done"), N_("Done") },
	[ACTION_DROPPED] = { STR("dropped"), N_("Dropped") },
};

static const struct coded efforts[EFFORT_N] = {
	[EFFORT_UNSAID] = { STR(""), N_("Not estimated") },
	[EFFORT_SMALL] = { STR("small"), N_("Small: up to two days") },
	[EFFORT_MEDIUM] = { STR("medium"), N_("Medium: up to two weeks") },
	[EFFORT_LARGE] = { STR("large"), N_("Large: more than two weeks") },
};

/* Which of them has that code; -1: none. */
static int index_of_code(const struct coded *all, int n, struct str code)
{
	for (int i = 0; i < n; i++)
		if (str_eq(code, all[i].code))
			return i;
	return -1;
}

struct str action_status_code(enum action_status status)
{
	return statuses[status].code;
}

int action_status_parse(struct str code, enum action_status *ret)
{
	int i = index_of_code(statuses, ACTION_STATUS_N, code);

	if (i >= 0)
		*ret = (enum action_status)i;
	return i < 0;
}

struct str action_status_words(enum language l, enum action_status status)
{
	return tr(l, statuses[status].words);
}

struct str action_effort_code(enum action_effort effort)
{
	return efforts[effort].code;
}

int action_effort_parse(struct str code, enum action_effort *ret)
{
	int i = index_of_code(efforts, EFFORT_N, code);

	if (i >= 0)
		*ret = (enum action_effort)i;
	return i < 0;
}

struct str action_effort_words(enum language l, enum action_effort effort)
{
	return tr(l, efforts[effort].words);
}

/* ---- days ---- */

int64_t plan_today(const struct req *rq)
{
	return rq->now_ms / DAY_MS;
}

bool action_is_open(const struct action *x)
{
	return x->status == ACTION_TODO || x->status == ACTION_DOING;
}

bool action_is_late(const struct action *x, int64_t today)
{
	return action_is_open(x) && x->has_due && x->due < today;
}

struct str due_words(struct req *rq, int64_t day)
{
	return fmt_date(rq->arena, rq->language, day * DAY_MS);
}

struct str day_iso(struct arena *a, int64_t day)
{
	struct buf b = buf_make(a, sizeof DUE_MAX);

	day_put(&b, day);
	return buf_str(&b);
}

/* ---- the pack ---- */

const struct pack *plan_pack(void)
{
	return pack_builtin();
}

struct str plan_say(const struct req *rq, const struct text *t)
{
	return t->in[pack_language(plan_pack(), language_code(rq->language))];
}

bool questions_have(struct str questions, struct str id)
{
	while (questions.data && questions.len)
		if (str_eq(str_cut(&questions, ' '), id))
			return true;
	return false;
}

struct str phase_words(const struct req *rq, struct str phase)
{
	const struct pack *pack = plan_pack();

	for (size_t i = 0; i < pack->n_milestones; i++)
		if (str_eq(pack->milestones[i].id, phase))
			return plan_say(rq, &pack->milestones[i].name);
	return S("");
}

/* ---- addresses ---- */

struct str plan_url(struct req *rq, const char *page)
{
	return url(rq, "/o/%.*s/plan%s", STR_ARG(id_text(rq->arena, rq->actor.org_id)), page);
}

struct str action_url(struct req *rq, int64_t id, const char *page)
{
	return plan_url(rq,
			str_fmt(rq->arena, "/%.*s%s", STR_ARG(id_text(rq->arena, id)), page).data);
}

/* ---- reading ---- */

static struct action action_of(const struct plan_action_list_row *row)
{
	struct action x = {
		.id = row->id,
		.title = row->title,
		.detail = row->detail,
		.has_owner_account = row->has_owner_account,
		.owner_account = row->owner_account,
		.owner_name = row->owner_name,
		.note = row->note,
		.questions = row->questions,
		.phase = row->phase,
		.source_kind = row->source_kind,
		.source_id = row->source_id,
		.source_action = row->source_action,
		.has_done_ms = row->has_done_ms,
		.done_ms = row->done_ms,
		.created_ms = row->created_ms,
		.updated_ms = row->updated_ms,
		.version = row->version,
	};

	/* What another version of the program stored and this one does not know reads as the first. */
	if (action_status_parse(row->status, &x.status) != 0)
		x.status = ACTION_TODO;
	if (action_effort_parse(row->effort, &x.effort) != 0)
		x.effort = EFFORT_UNSAID;
	x.has_due = row->has_due && day_parse(row->due, &x.due) == 0;
	return x;
}

int actions_load(struct req *rq, struct actions *ret, struct err *err)
{
	struct plan_action_list_rows rows;
	int r = plan_action_list(rq->db, rq->arena, rq->actor.org_id, &rows, err);

	if (r != 0)
		return r;
	ret->n = rows.n;
	ret->items = arena_new(rq->arena, struct action, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		ret->items[i] = action_of(&rows.items[i]);
	return 0;
}

int action_load(struct req *rq, int64_t id, struct action *ret, struct err *err)
{
	struct actions all;
	int r = actions_load(rq, &all, err);

	if (r != 0)
		return r;
	for (size_t i = 0; i < all.n; i++) {
		if (all.items[i].id != id)
			continue;
		*ret = all.items[i];
		return 0;
	}
	return DB_NOT_FOUND;
}

/* ---- the audit log ---- */

/* What of an action is told there, by name. */
struct told {
	const char *name;
	struct str value;
};
enum { TOLD_N = 9 };

static void tell(struct arena *a, const struct action *x, struct told ret[TOLD_N])
{
	struct told all[TOLD_N] = {
		{ "title", x->title },
		{ "detail", x->detail },
		{ "owner", x->owner_name },
		{ "due", x->has_due ? day_iso(a, x->due) : S("") },
		{ "status", action_status_code(x->status) },
		{ "effort", action_effort_code(x->effort) },
		{ "note", x->note },
		{ "questions", x->questions },
		{ "phase", x->phase },
	};

	for (size_t i = 0; i < TOLD_N; i++)
		ret[i] = all[i];
}

/* A long text says that it goes on. */
static struct str told_short(struct arena *a, struct str text)
{
	struct str s = utf8_prefix(text, AUDIT_TEXT_MAX);

	return s.len == text.len ? s : str_fmt(a, "%.*s…", STR_ARG(str_trim(s)));
}

/* A JSON object of what `x` has and `other` has not; of all that is said when there is no other. */
static struct str told_json(struct arena *a, const struct action *x, const struct action *other)
{
	struct told mine[TOLD_N], theirs[TOLD_N];
	struct buf b = buf_make(a, AUDIT_JSON_MAX);

	tell(a, x, mine);
	if (other)
		tell(a, other, theirs);
	for (size_t i = 0; i < TOLD_N; i++) {
		if (other ? str_eq(mine[i].value, theirs[i].value) : mine[i].value.len == 0)
			continue;
		buf_putc(&b, b.len ? ',' : '{');
		buf_quoted(&b, str_from(mine[i].name));
		buf_putc(&b, ':');
		buf_quoted(&b, told_short(a, mine[i].value));
	}
	if (b.len)
		buf_putc(&b, '}');
	return buf_str(&b);
}

static int note(struct req *rq, const char *what, int64_t id, struct str before, struct str after,
		struct err *err)
{
	return audit_add(rq,
			 &(struct audit_entry){
				 .action = what,
				 .object_kind = "action",
				 .object_id = id,
				 .before = before,
				 .after = after,
			 },
			 err);
}

/* ---- writing ---- */

int action_add(struct req *rq, struct action *x, const char *what, bool *ret_added, struct err *err)
{
	struct plan_action_count_row count;
	struct plan_action_add_params p = {
		.org_id = rq->actor.org_id,
		.id = x->id ? x->id : id_make(rq->now_ms),
		.title = x->title,
		.detail = x->detail,
		.has_owner_account = x->has_owner_account,
		.owner_account = x->owner_account,
		.owner_name = x->owner_name,
		.has_due = x->has_due,
		.due = x->has_due ? day_iso(rq->arena, x->due) : S(""),
		.status = action_status_code(x->status),
		.effort = action_effort_code(x->effort),
		.note = x->note,
		.questions = x->questions,
		.phase = x->phase,
		.source_kind = x->source_kind,
		.has_source_id = x->source_id != 0,
		.source_id = x->source_id,
		.source_action = x->source_action,
		.has_done_ms = x->status == ACTION_DONE,
		.done_ms = rq->now_ms,
		.now_ms = rq->now_ms,
	};
	int64_t changed;
	int r = plan_action_count(rq->db, rq->arena, p.org_id, &count, err);

	if (r != 0)
		return r;
	if (count.n >= PLAN_ACTIONS_MAX)
		return PLAN_FULL;
	r = plan_action_add(rq->db, &p, &changed, err);
	if (r != 0)
		return r;
	*ret_added = changed > 0;
	x->id = p.id;
	return changed ? note(rq, what, p.id, S(""), told_json(rq->arena, x, NULL), err) : 0;
}

int action_change(struct req *rq, const struct action *before, const struct action *x,
		  struct err *err)
{
	bool is_still_done = x->status == ACTION_DONE && before->has_done_ms;
	struct plan_action_change_params p = {
		.org_id = rq->actor.org_id,
		.id = before->id,
		.version = before->version,
		.title = x->title,
		.detail = x->detail,
		.has_owner_account = x->has_owner_account,
		.owner_account = x->owner_account,
		.owner_name = x->owner_name,
		.has_due = x->has_due,
		.due = x->has_due ? day_iso(rq->arena, x->due) : S(""),
		.status = action_status_code(x->status),
		.effort = action_effort_code(x->effort),
		.note = x->note,
		.questions = x->questions,
		.phase = x->phase,
		.has_done_ms = x->status == ACTION_DONE,
		.done_ms = is_still_done ? before->done_ms : rq->now_ms,
		.now_ms = rq->now_ms,
	};
	struct str after = told_json(rq->arena, x, before);
	int64_t changed;
	int r;

	if (after.len == 0)
		return 0;
	r = plan_action_change(rq->db, &p, &changed, err);
	if (r != 0)
		return r;
	if (changed == 0)
		return DB_NOT_FOUND;
	return note(rq, N_("changed an action"), before->id, told_json(rq->arena, before, x), after,
		    err);
}

int action_move(struct req *rq, const struct action *x, enum action_status status, struct err *err)
{
	struct plan_action_move_params p = {
		.org_id = rq->actor.org_id,
		.id = x->id,
		.status = action_status_code(status),
		.has_done_ms = status == ACTION_DONE,
		.done_ms = rq->now_ms,
		.now_ms = rq->now_ms,
	};
	int r;

	if (status == x->status)
		return 0;
	r = plan_action_move(rq->db, &p, err);
	if (r != 0)
		return r;
	return note(rq, N_("moved an action"), x->id,
		    audit_value(rq->arena, "status", action_status_code(x->status)),
		    audit_value(rq->arena, "status", action_status_code(status)), err);
}

int action_remove(struct req *rq, const struct action *x, struct err *err)
{
	int64_t changed;
	int r = plan_action_remove(rq->db, rq->actor.org_id, x->id, &changed, err);

	if (r != 0 || changed == 0)
		return r;
	return note(rq, N_("removed an action"), x->id, told_json(rq->arena, x, NULL), S(""), err);
}
