/* The form that makes a campaign, or changes one. */
#include "phases/scorecard/campaign.h"

#include <string.h>

#include "base/num.h"
#include "base/timing.h"
#include "i18n/zone.h"
#include "phases/app.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "view/layout.h"

/* A campaign being written. */
struct draft {
	struct round round; /* only when one is changed */
	bool is_new;
	struct round_terms terms;
	struct org_view org;
	bool has_departments;
};

static bool is_frozen(const struct draft *d)
{
	return !d->is_new && d->round.state != ROUND_DRAFT;
}

static struct str local_time(struct req *rq, const struct draft *d, bool has, int64_t ms)
{
	return has ? local_text(rq->arena, ms + zone_offset(d->org.time_zone, ms)) : S("");
}

/* The day of a time, on the organisation's clocks: "2028-11-26". */
static struct str day_text(struct req *rq, const struct draft *d, int64_t ms)
{
	return str_slice(local_time(rq, d, true, ms), 0, strlen("2028-11-26"));
}

/* The terms as the form would send them. */
static struct campaign_form_args said_of(struct req *rq, const struct draft *d)
{
	const struct round_terms *t = &d->terms;

	return (struct campaign_form_args){
		.version = d->round.version,
		.title = t->title,
		.mode = t->mode == ROUND_ANONYMOUS ? S("anonymous") : S("nominative"),
		.access = t->access == ROUND_BOTH       ? S("both")
			  : t->access == ROUND_PERSONAL ? S("personal")
							: S("public"),
		.language = language_code(t->language),
		.controller = t->controller,
		.contact = t->contact,
		.purpose = t->purpose,
		.retention = t->retention,
		.opens = local_time(rq, d, t->has_opens, t->opens_ms),
		.closes = local_time(rq, d, t->has_closes, t->closes_ms),
		.keep_until = t->has_keep_until ? day_text(rq, d, t->keep_until_ms) : S(""),
		.threshold = t->threshold,
		.asks_department = t->asks_department,
		.shows_result = t->shows_result,
	};
}

static struct form_field *add_time(struct form *f, const char *name, const char *label,
				   struct str said, struct str zone, const char *hint)
{
	struct form_field *field =
		form_optional(f, form_date(f, name, label, said, "datetime-local"));

	field->hint = tr_fill(f->rq->arena, tr(f->rq->language, hint),
			      &(const struct tr_arg){ "zone", zone }, 1);
	return field;
}

static void add_mode(struct campaign_form *m, const struct campaign_form_args *said)
{
	struct form *f = &m->form;
	enum language l = f->rq->language;

	m->mode = form_choose(f, FIELD_CARDS, "mode", N_("With names or without"), said->mode);
	m->mode->hides_label = true;
	form_offer(f, m->mode, S("anonymous"), tr(l, "Anonymous"))->detail = tr(
		l,
		"Once sent, answers are cut off from their invitation: no page, file or link tells anybody who answered what, not even you.");
	form_offer(f, m->mode, S("nominative"), tr(l, "Named"))->detail = tr(
		l,
		"You read answers with the name of whoever gave them; respondents may take theirs back while the campaign is open.");
	m->shows_result = form_box(
		f, "shows_result",
		N_("Named: show respondents their own result once they have sent their answers"),
		said->shows_result);
}

static void add_access(struct campaign_form *m, const struct draft *d,
		       const struct campaign_form_args *said)
{
	struct form *f = &m->form;
	enum language l = f->rq->language;

	m->access = form_choose(f, FIELD_LINES, "access", N_("Links"), said->access);
	(void)form_offer(f, m->access, S("both"), tr(l, "A public link and personal links"));
	(void)form_offer(f, m->access, S("public"),
			 tr(l, "The public link only: show it or pass it on"));
	(void)form_offer(f, m->access, S("personal"),
			 tr(l, "Personal links only: each person answers once, for certain"));
	if (m->is_frozen)
		return;
	m->asks_department =
		form_box(f, "asks_department", N_("Ask respondents for their department"),
			 said->asks_department);
	m->asks_department->hint = tr(
		l,
		d->has_departments
			? N_("They choose in your organisation’s list, unless you noted it with their personal link.")
			: N_("Your organisation has no departments yet: until you add some, nobody is asked."));
}

static struct form_field *add_notice(struct form *f, const char *name, const char *label,
				     struct str said, const char *hint)
{
	struct form_field *field = form_line(f, name, label, said, ROUND_NOTICE_MAX);

	field->is_required = false; /* before opening only */
	if (hint)
		field->hint = tr(f->rq->language, hint);
	return field;
}

static void add_notices(struct campaign_form *m, const struct campaign_form_args *said)
{
	struct form *f = &m->form;

	m->purpose = form_text(f, "purpose", N_("What the answers are for"), said->purpose,
			       ROUND_NOTICE_MAX, 3);
	m->purpose->is_required = false;
	m->purpose->hint = tr(
		f->rq->language,
		"Respondents are told that you rely on legitimate interest, that answering is optional and that nothing leaves the server: say here what is otherwise, or that the server is outside the European Union.");
	m->controller = add_notice(f, "controller", N_("Who is responsible for the data"),
				   said->controller, NULL);
	m->retention = add_notice(f, "retention", N_("How long they are kept"), said->retention,
				  N_("“Two years, then erased”, for instance."));
	m->keep_until = form_optional(f, form_date(f, "keep_until", N_("Answers are kept until"),
						   said->keep_until, "date"));
	m->keep_until->hint = tr(
		f->rq->language,
		"On that day Jalon erases each questionnaire, the comments, the people invited and their links by itself; counts, agreed answers and minutes stay. Left empty: 24 months.");
	m->contact = add_notice(
		f, "contact", N_("Whom to ask"), said->contact,
		N_("A name and an address or a telephone number; your data protection officer’s too, if you have one."));
}

static struct campaign_form form_page(struct req *rq, const struct draft *d,
				      const struct campaign_form_args *said)
{
	struct campaign_form m = {
		.profiles = profiles_view(rq),
		.form = form_make(
			rq, NULL,
			d->is_new ? campaigns_url(rq, "") : campaign_url(rq, d->round.id, "/edit"),
			is_frozen(d) ? N_("Save the change") : N_("Save the draft"), true),
		.is_new = d->is_new,
		.is_frozen = is_frozen(d),
	};
	struct form *f = &m.form;

	f->button = "btn go big";
	f->cancel = d->is_new ? campaigns_url(rq, "") : campaign_url(rq, d->round.id, "");
	m.title = form_line(f, "title", N_("Name"), said->title, ROUND_TITLE_MAX);
	m.title->hint = tr(rq->language, "Respondents see it: “Data maturity, spring 2026”.");
	if (!m.is_frozen || d->round.state == ROUND_WAITING)
		m.opens = add_time(f, "opens", N_("Opens"), said->opens, d->org.time_zone,
				   N_("Left empty: as soon as you open it. Time zone: {zone}."));
	m.closes = add_time(f, "closes", N_("Closes"), said->closes, d->org.time_zone,
			    N_("Left empty: when you close it. Time zone: {zone}."));
	if (!m.is_frozen)
		add_mode(&m, said);
	add_access(&m, d, said);
	m.threshold = form_number(f, "threshold", N_("Threshold (smallest group shown)"),
				  str_fmt(rq->arena, "%lld", (long long)said->threshold),
				  m.is_frozen ? d->round.terms.threshold : GROUP_THRESHOLD_MIN,
				  ROUND_THRESHOLD_MAX);
	m.threshold->hint = tr(
		rq->language,
		"A department with fewer answers is never shown apart. The threshold can be raised later, never lowered once the campaign is open.");
	if (m.is_frozen)
		return m;
	m.language = form_language(f, N_("Language of the invitations"), said->language);
	m.language->look = "in short";
	add_notices(&m, said);
	return m;
}

static struct reply *form_reply(struct req *rq, int status, const struct draft *d,
				struct campaign_form *m)
{
	struct view v = view_make(rq);

	/* Saved over what is there now. */
	if (!d->is_new)
		form_hide(&m->form, "version",
			  str_fmt(rq->arena, "%lld", (long long)d->round.version));
	scorecard_campaign_form_page(&v, m);
	return campaign_reply(rq, status, d->is_new ? NULL : &d->round,
			      &(struct layout){
				      .title = d->is_new ? tr(rq->language, "New campaign")
							 : tr(rq->language, "Change the campaign"),
				      .body = view_html(&v),
			      });
}

/* The organisation, and the round when one is changed. */
static int form_load(struct req *rq, int64_t round_id, struct draft *d, struct err *err)
{
	struct scorecard_department_list_rows departments;
	int r = org_view_load(rq, rq->actor.org_id, &d->org, err);

	if (r == 0)
		r = scorecard_department_list(rq->db, rq->arena, rq->actor.org_id, &departments,
					      err);
	if (r == 0 && !d->is_new)
		r = campaign_load(rq, round_id, &d->round, err);
	if (r != 0)
		return r;
	d->has_departments = departments.n > 0;
	d->terms = d->is_new ? (struct round_terms){
		.mode = ROUND_ANONYMOUS,
		.access = ROUND_BOTH,
		.threshold = GROUP_THRESHOLD_DEFAULT,
		.asks_department = d->has_departments,
		.language = rq->language,
		.controller = rq->actor.org_name,
	} : d->round.terms;
	return 0;
}

struct reply *campaign_new(struct req *rq)
{
	struct draft d = { .is_new = true };
	struct campaign_form_args said;
	struct campaign_form m;
	struct err err;
	int r = form_load(rq, 0, &d, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	said = said_of(rq, &d);
	m = form_page(rq, &d, &said);
	return form_reply(rq, 200, &d, &m);
}

struct reply *campaign_edit(struct req *rq)
{
	const struct campaign_args *args = rq->args;
	struct draft d = { .is_new = false };
	struct campaign_form_args said;
	struct campaign_form m;
	struct err err;
	int r = form_load(rq, args->round, &d, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	if (d.round.state == ROUND_CLOSED)
		return reply_redirect(rq, campaign_url(rq, d.round.id, ""));
	said = said_of(rq, &d);
	m = form_page(rq, &d, &said);
	return form_reply(rq, 200, &d, &m);
}

/* ---- reading what was typed ---- */

/* A day as typed, at its beginning on the organisation's clocks. 0, or 1 when it is none. */
static int read_day(struct str typed, struct str zone, int64_t *ret_ms)
{
	enum { DAY_MS = 24 * 60 * 60 * 1000 };
	int64_t day;

	if (day_parse(typed, &day) != 0)
		return 1;
	*ret_ms = zone_to_utc(zone, day * DAY_MS);
	return 0;
}

/* The same day KEPT_YEARS later than the closing, or than now. */
static void keep_by_default(struct req *rq, const struct draft *d, struct round_terms *t)
{
	enum { KEPT_YEARS = 2, YEAR = 4, YEAR_MAX = 9999 };
	struct str day = day_text(rq, d, t->has_closes ? t->closes_ms : rq->now_ms);
	struct str rest = str_slice(day, YEAR, day.len);
	int64_t year;

	if (str_is(rest, "-02-29"))
		rest = S("-02-28");
	t->has_keep_until = num_parse(str_slice(day, 0, YEAR), 0, YEAR_MAX, &year) == 0 &&
			    read_day(str_fmt(rq->arena, "%04lld%.*s",
					     (long long)(year + KEPT_YEARS), STR_ARG(rest)),
				     d->org.time_zone, &t->keep_until_ms) == 0;
}

/* Until when answers are kept; left empty, two years after the closing. */
static void read_keep(struct form *f, struct str typed, const struct draft *d,
		      struct round_terms *t)
{
	if (typed.len == 0) {
		keep_by_default(f->rq, d, t);
		return;
	}
	t->has_keep_until = read_day(typed, d->org.time_zone, &t->keep_until_ms) == 0;
	if (!t->has_keep_until)
		form_fault(f, "keep_until", tr(f->rq->language, "Write the day as 2026-03-09."));
}

/* A date as typed, on the organisation's clocks; one that does not read is told. */
static void read_time(struct form *f, const char *name, struct str typed, struct str zone,
		      bool *ret_has, int64_t *ret_ms)
{
	int64_t local;

	*ret_has = false;
	if (typed.len == 0)
		return;
	if (local_parse(typed, &local) != 0) {
		form_fault(f, name,
			   tr(f->rq->language, "Write the date and the time as 2026-03-09 08:30."));
		return;
	}
	*ret_has = true;
	*ret_ms = zone_to_utc(zone, local);
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
	(void)!language_parse(args->language, &t->language);
}

/* What was typed; what no form of ours leaves out stays as it is. */
static struct campaign_form_args typed(struct req *rq, const struct draft *d)
{
	struct campaign_form_args args = *(const struct campaign_form_args *)rq->args;
	struct campaign_form_args now = said_of(rq, d);

	args.mode = args.mode.len ? args.mode : now.mode;
	args.access = args.access.len ? args.access : now.access;
	args.language = args.language.len ? args.language : now.language;
	return args;
}

/* The form with what was typed and what is wrong with it; what is right becomes the terms. */
static struct campaign_form read_form(struct req *rq, struct draft *d)
{
	const struct campaign_form_args said = typed(rq, d), *args = &said;
	struct campaign_form m = form_page(rq, d, args);
	struct round_terms *t = &d->terms;

	form_check(&m.form);
	t->title = str_trim(args->title);
	t->access = access_typed(args->access);
	t->threshold = args->threshold;
	if (!m.is_frozen)
		read_promises(args, t);
	if (m.opens)
		read_time(&m.form, "opens", args->opens, d->org.time_zone, &t->has_opens,
			  &t->opens_ms);
	read_time(&m.form, "closes", args->closes, d->org.time_zone, &t->has_closes, &t->closes_ms);
	if (!m.is_frozen)
		read_keep(&m.form, args->keep_until, d, t);
	if (round_lacks(t, rq->now_ms) & LACK_DATES)
		form_fault(&m.form, "closes",
			   tr(rq->language,
			      "The closing date must be to come, and after the opening."));
	if (t->has_keep_until && (round_lacks(t, rq->now_ms) & LACK_KEEP))
		form_fault(
			&m.form, m.is_frozen ? "closes" : "keep_until",
			tr(rq->language,
			   "Answers are kept until a day that is to come, and after the closing."));
	return m;
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
	struct draft d = { .is_new = true };
	struct campaign_form m;
	struct err err;
	int64_t id;
	int r = form_load(rq, 0, &d, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	m = read_form(rq, &d);
	if (m.form.n_faults)
		return form_reply(rq, 422, &d, &m);
	r = campaign_make(rq, &d.terms, &id, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	return reply_redirect(rq, campaign_url(rq, id, ""));
}

struct reply *campaign_save(struct req *rq)
{
	const struct campaign_form_args *args = rq->args;
	struct draft d = { .is_new = false };
	struct campaign_form m;
	struct round asked;
	struct err err;
	int r = form_load(rq, args->round, &d, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	m = read_form(rq, &d);
	m.was_stale = d.round.version != args->version;
	if (m.was_stale || m.form.n_faults)
		return form_reply(rq, m.was_stale ? 409 : 422, &d, &m);
	asked = d.round;
	r = round_edit(rq->db, &asked, &d.terms, rq->now_ms, &err);
	if (r == ROUND_STALE) {
		m.was_stale = true;
		return form_reply(rq, 409, &d, &m);
	}
	if (r == 0)
		r = note(rq, N_("changed a campaign"), d.round.id, d.round.terms.title,
			 d.terms.title, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	return reply_redirect(rq, campaign_url(rq, d.round.id, ""));
}
