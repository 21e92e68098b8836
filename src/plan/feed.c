/* The plan in a calendar: an address of their own for each member, which they can close. */
#include <string.h>

#include "base/timing.h"
#include "base/token.h"
#include "document/calendar.h"
#include "plan/handlers.h"
#include "plan/pages.h"
#include "plan/queries.h"

#define FILE_END ".ics"

static struct token feed_token(struct req *rq, int64_t id)
{
	return row_token(rq->arena, rq->key, "calendar", id);
}

int calendar_view(struct req *rq, struct calendar_view *ret, struct err *err)
{
	struct plan_calendar_open_row row;
	struct token t;
	int r = plan_calendar_open(rq->db, rq->arena, rq->actor.org_id, rq->actor.account_id, &row,
				   err);

	ret->open = plan_url(rq, "/calendar");
	ret->close = plan_url(rq, "/calendar/close");
	if (r == DB_NOT_FOUND)
		return 0;
	if (r != 0)
		return r;
	t = feed_token(rq, row.id);
	ret->address = url_absolute(rq, "/cal/%.*s" FILE_END,
				    STR_ARG(base64url(rq->arena, t.bytes, sizeof t.bytes)));
	return 0;
}

/* ---- opening and closing ---- */

static int note(struct req *rq, const char *what, int64_t id, struct err *err)
{
	return audit_add(
		rq,
		&(struct audit_entry){ .action = what, .object_kind = "calendar", .object_id = id },
		err);
}

struct reply *calendar_open(struct req *rq)
{
	int64_t org = rq->actor.org_id, account = rq->actor.account_id, id = id_make(rq->now_ms);
	struct token t = feed_token(rq, id);
	struct plan_calendar_open_row row;
	struct plan_calendar_add_params p = {
		.org_id = org,
		.id = id,
		.account_id = account,
		.token_hash = token_hash(rq->arena, &t),
		.now_ms = rq->now_ms,
	};
	struct err err;
	int r = plan_calendar_open(rq->db, rq->arena, org, account, &row, &err);

	/* One is enough: asking twice gives the same. */
	if (r == DB_NOT_FOUND) {
		r = plan_calendar_add(rq->db, &p, &err);
		if (r == 0)
			r = note(rq, N_("opened a calendar address"), id, &err);
	}
	return r != 0 ? reply_fault(rq, &err)
		      : reply_redirect(rq, plan_url(rq, "?done=calendar#calendar"));
}

struct reply *calendar_close(struct req *rq)
{
	int64_t org = rq->actor.org_id, account = rq->actor.account_id, changed;
	struct err err;
	int r = plan_calendar_revoke(rq->db, org, account, rq->now_ms, &changed, &err);

	if (r == 0 && changed)
		r = note(rq, N_("closed a calendar address"), 0, &err);
	return r != 0 ? reply_fault(rq, &err)
		      : reply_redirect(rq, plan_url(rq, "?done=no-calendar#calendar"));
}

/* ---- what calendar programs read ---- */

static int check_calendar_link(struct req *rq, struct actor *ret, struct err *err)
{
	const struct calendar_args *args = rq->args;
	struct plan_calendar_by_token_row row;
	enum language language;
	struct token t;
	int r;

	if (!str_ends(args->file, S(FILE_END)) ||
	    base64url_decode(str_slice(args->file, 0, args->file.len - strlen(FILE_END)), t.bytes,
			     sizeof t.bytes) != 0)
		return PERMIT_NOT_FOUND;
	r = plan_calendar_by_token(rq->db, rq->arena, token_hash(rq->arena, &t), &row, err);
	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND)
		return PERMIT_NOT_FOUND;
	if (row.has_revoked_ms)
		return PERMIT_GONE;
	*ret = (struct actor){ .org_id = row.org_id, .subject_id = row.id, .org_name = row.name };
	/* A calendar program says nothing of its reader's language; the account does. */
	if (language_parse(row.language, &language) == 0)
		rq->language = language;
	return PERMIT_OK;
}

const struct permission permission_calendar_link = { "calendar-link", check_calendar_link, "" };

/* "jalon.example.org:8080" */
static struct str host_of(const struct req *rq)
{
	struct str origin = rq->site->origin;

	(void)str_cut(&origin, '/');
	(void)str_cut(&origin, '/');
	return origin;
}

static struct str description_of(struct req *rq, const struct action *x)
{
	struct str parts[] = {
		action_status_words(rq->language, x->status),
		x->owner_name,
		x->detail,
	};
	enum { DESCRIPTION_BYTES = 32 * 1024 };
	struct buf b = buf_make(rq->arena, DESCRIPTION_BYTES);

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].len == 0)
			continue;
		if (b.len)
			buf_putc(&b, '\n');
		buf_put(&b, parts[i]);
	}
	return buf_str(&b);
}

static struct calendar_event event_of(struct req *rq, const struct action *x)
{
	struct str id = id_text(rq->arena, x->id), host = host_of(rq);
	struct str summary = x->title;

	if (x->status == ACTION_DONE)
		summary = tr_fill(rq->arena, tr(rq->language, "{action} (done)"),
				  &(const struct tr_arg){ "action", x->title }, 1);
	return (struct calendar_event){
		.uid = str_fmt(rq->arena, "action-%.*s@%.*s", STR_ARG(id), STR_ARG(host)),
		.summary = summary,
		.description = description_of(rq, x),
		.url = url_absolute(rq, "/o/%.*s/plan/%.*s",
				    STR_ARG(id_text(rq->arena, rq->actor.org_id)), STR_ARG(id)),
		.first_day = x->due,
		.last_day = x->due,
		.sequence = (int)x->version,
		.changed_ms = x->updated_ms,
		.is_cancelled = x->status == ACTION_DROPPED,
	};
}

struct reply *calendar_show(struct req *rq)
{
	struct calendar c = {
		.name = tr_fill(rq->arena, tr(rq->language, "Action plan of {organisation}"),
				&(const struct tr_arg){ "organisation", rq->actor.org_name }, 1),
		.language = language_code(rq->language),
	};
	struct calendar_event *events;
	struct actions all;
	struct str ics;
	struct err err;

	req_need(rq, PLAN_FILE_BYTES);
	if (actions_load(rq, &all, &err) != 0)
		return reply_fault(rq, &err);
	events = arena_new(rq->arena, struct calendar_event, all.n);
	for (size_t i = 0; i < all.n; i++)
		if (all.items[i].has_due)
			events[c.n_events++] = event_of(rq, &all.items[i]);
	c.events = events;
	/* PLAN_ACTIONS_MAX texts of ACTION_TEXT_MAX are within its limits. */
	if (calendar_ics(rq->arena, &c, &ics) != DOCUMENT_OK)
		return reply_status(rq, 500);
	return reply_file(rq, "text/calendar; charset=utf-8", ics);
}
