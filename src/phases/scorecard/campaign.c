/* Campaigns: their list, and the form that makes or changes one. */
#include "phases/scorecard/campaign.h"

#include "base/token.h"
#include "i18n/zone.h"
#include "people/org_page.h"
#include "phases/app.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "view/layout.h"

/* ---- shared ---- */

struct str campaigns_url(struct req *rq, const char *page)
{
	return url(rq, "/o/%.*s/rounds%s", STR_ARG(id_text(rq->arena, rq->actor.org_id)), page);
}

struct str campaign_url(struct req *rq, int64_t round_id, const char *page)
{
	return url(rq, "/o/%.*s/rounds/%.*s%s", STR_ARG(id_text(rq->arena, rq->actor.org_id)),
		   STR_ARG(id_text(rq->arena, round_id)), page);
}

int campaign_load(struct req *rq, int64_t round_id, struct round *ret, struct err *err)
{
	return round_load(rq->db, rq->arena, rq->actor.org_id, round_id, rq->now_ms, ret, err);
}

bool may_edit(const struct req *rq)
{
	return role_allows(rq->actor.role, ROLE_EDITOR);
}

struct reply *campaign_reply(struct req *rq, int status, const struct round *round,
			     const struct layout *l)
{
	struct crumb crumb = { .label = S("") };

	if (round)
		crumb = (struct crumb){ campaign_url(rq, round->id, ""), round->terms.title };
	return org_reply_below(rq, status, l, TAB_CAMPAIGNS, &crumb, round ? 1 : 0);
}

struct reply *campaign_failed(struct req *rq, int result, const struct err *err)
{
	if (result == ROUND_STALE || result == ROUND_REFUSED || result == ROUND_LACKING)
		return reply_status(rq, 409);
	return sheet_failed(rq, result, err);
}

struct str state_words(enum language l, enum round_state state)
{
	switch (state) {
	case ROUND_DRAFT:
		return trc(l, "campaign", "Draft");
	case ROUND_WAITING:
		return trc(l, "campaign", "Opens later");
	case ROUND_OPEN:
		return trc(l, "campaign", "Open");
	case ROUND_CLOSED:
		return trc(l, "campaign", "Closed");
	}
	return S("");
}

/* ---- the list ---- */

struct str answers_words(struct req *rq, const struct round_line *line)
{
	if (line->access == ROUND_PERSONAL && line->n_invited > 0)
		return tr_fill(
			rq->arena, tr(rq->language, "{n} of {total}"),
			(const struct tr_arg[]){
				{ "n", fmt_int(rq->arena, rq->language, line->n_sent) },
				{ "total", fmt_int(rq->arena, rq->language, line->n_invited) } },
			2);
	return fmt_int(rq->arena, rq->language, line->n_sent);
}

static struct str detail_words(struct req *rq, const struct round_line *line, struct str zone)
{
	int64_t made = line->has_opened ? line->opened_ms : line->created_ms;
	const char *text = N_("created on {date}");

	if (line->state == ROUND_OPEN && line->has_closes) {
		text = N_("until {date}");
		made = line->closes_ms;
	} else if (line->has_opened) {
		text = N_("opened on {date}");
	}
	return tr_fill(rq->arena, tr(rq->language, text),
		       &(const struct tr_arg){ "date", fmt_date(rq->arena, rq->language,
								made + zone_offset(zone, made)) },
		       1);
}

struct reply *campaign_list(struct req *rq)
{
	struct campaigns_page m = { .org = id_text(rq->arena, rq->actor.org_id),
				    .may_edit = may_edit(rq),
				    .tabs = org_tabs_html(rq, TAB_CAMPAIGNS) };
	struct view v = view_make(rq);
	struct round_line *lines;
	struct org_view org;
	struct err err;
	int r = org_view_load(rq, rq->actor.org_id, &org, &err);

	if (r == 0)
		r = round_list(rq->db, rq->arena, rq->actor.org_id, rq->now_ms, &lines, &m.n, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	m.lines = arena_new(rq->arena, struct campaign_line, m.n);
	for (size_t i = 0; i < m.n; i++)
		m.lines[i] = (struct campaign_line){
			.path = campaign_url(rq, lines[i].id, ""),
			.results_path = campaign_url(rq, lines[i].id, "/results"),
			.title = lines[i].title,
			.state = state_words(rq->language, lines[i].state),
			.detail = detail_words(rq, &lines[i], org.time_zone),
			.is_open = lines[i].state == ROUND_OPEN,
			.is_draft = lines[i].state == ROUND_DRAFT,
			.is_closed = lines[i].state == ROUND_CLOSED,
			.is_anonymous = lines[i].mode == ROUND_ANONYMOUS,
			.answers = answers_words(rq, &lines[i]),
		};
	scorecard_campaigns_page(&v, &m);
	return org_reply(rq, 200, tr(rq->language, "Campaigns"), &v);
}

/* ---- the form ---- */

/* A form being read or shown. */
struct form {
	struct round round; /* only when one is changed */
	bool is_new;
	struct round_terms terms;
	struct org_view org;
	bool has_departments;
	struct form_fault faults[12];
	size_t n_faults;
};

static void complain(struct form *f, const char *id, struct str words)
{
	if (f->n_faults < sizeof f->faults / sizeof *f->faults)
		f->faults[f->n_faults++] = (struct form_fault){ str_from(id), words };
}

static struct str opening_of(struct req *rq, const struct form *f, bool has, int64_t ms)
{
	return has ? local_text(rq->arena, ms + zone_offset(f->org.time_zone, ms)) : S("");
}

static struct campaign_form form_page(struct req *rq, struct form *f)
{
	const struct round_terms *t = &f->terms;
	bool is_frozen = !f->is_new && f->round.state != ROUND_DRAFT;

	return (struct campaign_form){
		.action =
			f->is_new ? campaigns_url(rq, "") : campaign_url(rq, f->round.id, "/edit"),
		.back = f->is_new ? campaigns_url(rq, "") : campaign_url(rq, f->round.id, ""),
		.is_new = f->is_new,
		.is_frozen = is_frozen,
		.may_move_opening = !is_frozen || f->round.state == ROUND_WAITING,
		.version = f->round.version,
		.title = t->title,
		.controller = t->controller,
		.contact = t->contact,
		.purpose = t->purpose,
		.retention = t->retention,
		.opens = opening_of(rq, f, t->has_opens, t->opens_ms),
		.closes = opening_of(rq, f, t->has_closes, t->closes_ms),
		.is_anonymous = t->mode == ROUND_ANONYMOUS,
		.has_public = t->access != ROUND_PERSONAL,
		.has_personal = t->access != ROUND_PUBLIC,
		.threshold = t->threshold,
		.threshold_min = is_frozen ? f->round.terms.threshold : GROUP_THRESHOLD_MIN,
		.asks_department = t->asks_department,
		.shows_result = t->shows_result,
		.is_english = t->language == LANG_EN,
		.has_departments = f->has_departments,
		.zone = f->org.time_zone,
		.faults = f->faults,
		.n_faults = f->n_faults,
	};
}

static struct reply *form_reply(struct req *rq, int status, const struct form *f,
				const struct campaign_form *m)
{
	struct view v = view_make(rq);

	scorecard_campaign_form_page(&v, m);
	return campaign_reply(rq, status, f->is_new ? NULL : &f->round,
			      &(struct layout){
				      .title = f->is_new ? tr(rq->language, "New campaign")
							 : tr(rq->language, "Change the campaign"),
				      .body = view_html(&v),
			      });
}

/* The organisation, and the round when one is changed. */
static int form_load(struct req *rq, int64_t round_id, struct form *f, struct err *err)
{
	struct scorecard_department_list_rows departments;
	int r = org_view_load(rq, rq->actor.org_id, &f->org, err);

	if (r == 0)
		r = scorecard_department_list(rq->db, rq->arena, rq->actor.org_id, &departments,
					      err);
	if (r == 0 && !f->is_new)
		r = campaign_load(rq, round_id, &f->round, err);
	if (r != 0)
		return r;
	f->has_departments = departments.n > 0;
	f->terms = f->is_new ? (struct round_terms){
		.mode = ROUND_ANONYMOUS,
		.access = ROUND_BOTH,
		.threshold = GROUP_THRESHOLD_DEFAULT,
		.asks_department = f->has_departments,
		.language = rq->language,
		.controller = rq->actor.org_name,
	} : f->round.terms;
	return 0;
}

struct reply *campaign_new(struct req *rq)
{
	struct form f = { .is_new = true };
	struct campaign_form m;
	struct err err;
	int r = form_load(rq, 0, &f, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	m = form_page(rq, &f);
	return form_reply(rq, 200, &f, &m);
}

struct reply *campaign_edit(struct req *rq)
{
	const struct campaign_args *args = rq->args;
	struct form f = { .is_new = false };
	struct campaign_form m;
	struct err err;
	int r = form_load(rq, args->round, &f, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	if (f.round.state == ROUND_CLOSED)
		return reply_redirect(rq, campaign_url(rq, f.round.id, ""));
	m = form_page(rq, &f);
	return form_reply(rq, 200, &f, &m);
}

/* ---- reading what was typed ---- */

/* A date as typed, on the organisation's clocks; one that does not read is told. */
static void read_time(struct req *rq, struct form *f, const char *id, struct str typed,
		      bool *ret_has, int64_t *ret_ms)
{
	int64_t local;

	*ret_has = false;
	if (typed.len == 0)
		return;
	if (local_parse(typed, &local) != 0) {
		complain(f, id,
			 tr(rq->language, "Write the date and the time as 2026-03-09 08:30."));
		return;
	}
	*ret_has = true;
	*ret_ms = zone_to_utc(f->org.time_zone, local);
}

static enum round_access access_typed(struct str s)
{
	if (str_is(s, "both"))
		return ROUND_BOTH;
	return str_is(s, "personal") ? ROUND_PERSONAL : ROUND_PUBLIC;
}

/* What can only be decided before opening. */
static void read_promises(const struct campaign_form_args *args, struct round_terms *t)
{
	t->mode = str_is(args->mode, "anonymous") ? ROUND_ANONYMOUS : ROUND_NOMINATIVE;
	t->asks_department = args->asks_department;
	t->shows_result = args->shows_result && t->mode == ROUND_NOMINATIVE;
	t->controller = str_trim(args->controller);
	t->contact = str_trim(args->contact);
	t->purpose = str_trim(args->purpose);
	t->retention = str_trim(args->retention);
	if (language_parse(args->language, &t->language) != 0)
		t->language = LANG_FR;
}

static void check_terms(struct req *rq, struct form *f)
{
	const struct round_terms *t = &f->terms;
	int64_t least = !f->is_new && f->round.state != ROUND_DRAFT ? f->round.terms.threshold
								    : GROUP_THRESHOLD_MIN;

	if (t->title.len == 0)
		complain(f, "title", tr(rq->language, "Give the campaign a name."));
	if (t->threshold < least)
		complain(f, "threshold",
			 tr_fill(rq->arena, tr(rq->language, "Choose a threshold of {n} or more."),
				 &(const struct tr_arg){ "n",
							 fmt_int(rq->arena, rq->language, least) },
				 1));
	if (round_lacks(t, rq->now_ms) & LACK_DATES)
		complain(f, "closes",
			 tr(rq->language,
			    "The closing date must be to come, and after the opening."));
}

/* Fields that are too long, or no numbers. */
static void check_fields(struct req *rq, struct form *f)
{
	for (size_t i = 0; i < rq->n_arg_errors; i++) {
		const struct arg_error *e = &rq->arg_errors[i];

		if (str_is(str_from(e->name), "threshold"))
			f->terms.threshold = 0;
		else if (e->fault != ARG_MISSING)
			complain(f, e->name,
				 tr(rq->language,
				    "This is too long, or holds characters that are not text."));
	}
}

static void read_form(struct req *rq, struct form *f)
{
	const struct campaign_form_args *args = rq->args;
	bool is_frozen = !f->is_new && f->round.state != ROUND_DRAFT;
	struct round_terms *t = &f->terms;

	t->title = str_trim(args->title);
	t->access = access_typed(args->access);
	t->threshold = args->threshold;
	if (!is_frozen)
		read_promises(args, t);
	if (!is_frozen || f->round.state == ROUND_WAITING)
		read_time(rq, f, "opens", args->opens, &t->has_opens, &t->opens_ms);
	read_time(rq, f, "closes", args->closes, &t->has_closes, &t->closes_ms);
	check_fields(rq, f);
	check_terms(rq, f);
}

/* The form again with what was typed: also the dates that do not read. */
static struct reply *refuse_form(struct req *rq, int status, struct form *f, bool was_stale)
{
	const struct campaign_form_args *args = rq->args;
	struct campaign_form m = form_page(rq, f);

	m.opens = m.may_move_opening ? args->opens : m.opens;
	m.closes = args->closes;
	m.was_stale = was_stale;
	for (size_t i = 0; i < rq->n_arg_errors; i++)
		if (str_is(str_from(rq->arg_errors[i].name), "title"))
			m.title = rq->arg_errors[i].value;
	return form_reply(rq, status, f, &m);
}

static int note(struct req *rq, const char *action, int64_t round_id, struct str before,
		struct str after, struct err *err)
{
	return audit_add(
		rq,
		&(struct audit_entry){
			.action = action,
			.object_kind = "round",
			.object_id = round_id,
			.before = before.len ? audit_value(rq->arena, "title", before) : before,
			.after = audit_value(rq->arena, "title", after),
		},
		err);
}

int campaign_make(struct req *rq, const struct round_terms *terms, int64_t *ret, struct err *err)
{
	const struct pack *pack = app_of(rq)->pack;
	int r = round_create(rq, rq->actor.org_id, "scorecard", pack->id, pack->version, terms, ret,
			     err);

	return r == 0 ? note(rq, N_("created a campaign"), *ret, S(""), terms->title, err) : r;
}

struct reply *campaign_create(struct req *rq)
{
	struct form f = { .is_new = true };
	struct err err;
	int64_t id;
	int r = form_load(rq, 0, &f, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	read_form(rq, &f);
	if (f.n_faults)
		return refuse_form(rq, 422, &f, false);
	r = campaign_make(rq, &f.terms, &id, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	return reply_redirect(rq, campaign_url(rq, id, ""));
}

struct reply *campaign_save(struct req *rq)
{
	const struct campaign_form_args *args = rq->args;
	struct form f = { .is_new = false };
	struct round asked;
	struct err err;
	int r = form_load(rq, args->round, &f, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	read_form(rq, &f);
	if (f.round.version != args->version)
		return refuse_form(rq, 409, &f, true);
	if (f.n_faults)
		return refuse_form(rq, 422, &f, false);
	asked = f.round;
	r = round_edit(rq->db, &asked, &f.terms, rq->now_ms, &err);
	if (r == ROUND_STALE)
		return refuse_form(rq, 409, &f, true);
	if (r == 0)
		r = note(rq, N_("changed a campaign"), f.round.id, f.round.terms.title,
			 f.terms.title, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	return reply_redirect(rq, campaign_url(rq, f.round.id, ""));
}
