/*
 * The way into a round: its public link, which everybody has, and personal links. Looking changes nothing:
 * mail programs and chat rooms open links before people do. A sheet is begun by the form.
 */
#include "base/token.h"
#include "phases/app.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/pages.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "rounds/keep.h"
#include "view/layout.h"

/* What a device keeps of the public link it came by: the token of its sheet. */
#define DEVICE_COOKIE "sheet"
enum { DEVICE_COOKIE_SECONDS = 180 * 24 * 60 * 60 };

/* "None of these" in the list of departments. */
#define NO_DEPARTMENT "none"

/* Who is at the door of what. */
struct door {
	struct round round;
	bool is_public;
	bool has_who; /* always, on a personal link */
	struct participant who;
	struct token token; /* who's */
	struct org_view org;
	struct scorecard_department_list_rows departments; /* when they are asked for */
};

/* ---- permissions ---- */

static int check_round_link(struct req *rq, struct actor *ret, struct err *err)
{
	const struct token *t = rq->args;
	struct round round;
	int r = round_by_link(rq->db, rq->arena, t, rq->now_ms, &round, err);

	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND || round.state == ROUND_DRAFT)
		return PERMIT_NOT_FOUND;
	if (round.terms.access == ROUND_PERSONAL)
		return PERMIT_GONE;
	*ret = (struct actor){ .org_id = round.org_id, .subject_id = round.id };
	return PERMIT_OK;
}

static int check_personal_link(struct req *rq, struct actor *ret, struct err *err)
{
	const struct token *t = rq->args;
	struct participant who;
	int r = participant_by_link(rq->db, rq->arena, t, &who, err);

	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND || who.kind != PARTICIPANT_PERSONAL)
		return PERMIT_NOT_FOUND;
	if (who.is_revoked)
		return PERMIT_GONE;
	*ret = (struct actor){ .org_id = who.org_id, .subject_id = who.id };
	return PERMIT_OK;
}

const struct permission permission_round_link = { .name = "round-link", .check = check_round_link };
const struct permission permission_personal_link = { .name = "personal-link",
						     .check = check_personal_link };

/* ---- loading ---- */

/* The device's sheet, if its cookie is one of this round's. */
static int load_device(struct req *rq, struct door *door, struct err *err)
{
	struct str cookie = req_cookie_below(rq, DEVICE_COOKIE);
	int64_t org_id, id;
	int r;

	if (base64url_decode(cookie, door->token.bytes, sizeof door->token.bytes) != 0)
		return 0;
	r = participant_find(rq->db, rq->arena, &door->token, &org_id, &id, err);
	if (r == 0 && org_id == door->round.org_id)
		r = participant_load(rq->db, rq->arena, org_id, id, &door->who, err);
	if (r < 0)
		return r;
	door->has_who = r == 0 && door->who.round_id == door->round.id &&
			door->who.kind == PARTICIPANT_DEVICE;
	return 0;
}

static int load_round(struct req *rq, struct door *door, int64_t round_id, struct err *err)
{
	int64_t org_id = rq->actor.org_id;
	int r = round_load(rq->db, rq->arena, org_id, round_id, rq->now_ms, &door->round, err);

	if (r == 0)
		r = org_view_load(rq, org_id, &door->org, err);
	if (r == 0 && door->round.terms.asks_department)
		r = scorecard_department_list(rq->db, rq->arena, org_id, &door->departments, err);
	return r;
}

static int door_load(struct req *rq, struct door *ret, struct err *err)
{
	const struct door_args *args = rq->args;
	struct door door = { .is_public = rq->route->permission == &permission_round_link };
	int64_t round_id = rq->actor.subject_id;
	int r = 0;

	if (!door.is_public) {
		door.has_who = true;
		door.token = args->token;
		r = participant_load(rq->db, rq->arena, rq->actor.org_id, rq->actor.subject_id,
				     &door.who, err);
		round_id = door.who.round_id;
	}
	if (r == 0)
		r = load_round(rq, &door, round_id, err);
	if (r == 0 && door.is_public)
		r = load_device(rq, &door, err);
	if (r == 0)
		*ret = door;
	return r;
}

/* ---- the page ---- */

static struct str door_url(struct req *rq, const struct door *door)
{
	return url(rq, "%s/%.*s", door->is_public ? "/r" : "/p", STR_ARG(link_text(rq)));
}

static struct str sheet_path(struct req *rq, const struct token *t, const char *page)
{
	return url(rq, "/c/%.*s%s", STR_ARG(base64url(rq->arena, t->bytes, sizeof t->bytes)), page);
}

/* A nominative round that comes by the link that everybody has would not know the name otherwise. */
static bool asks_name(const struct door *door)
{
	return !door->has_who && door->round.terms.mode == ROUND_NOMINATIVE;
}

static bool asks_department(const struct door *door)
{
	bool is_set = door->has_who && door->who.department_id != 0;

	return door->round.terms.asks_department && door->departments.n > 0 && !is_set;
}

static void add_department(struct form *f, const struct door *door, struct str chosen)
{
	const struct scorecard_department_list_rows *rows = &door->departments;
	enum language l = f->rq->language;
	int64_t threshold = door->round.terms.threshold;
	struct form_field *field =
		form_choose(f, FIELD_SELECT, "department", N_("Your department"), chosen);

	field->asks = true;
	field->hint =
		tr_fill(f->rq->arena,
			trn(l, "Results of a department are shown from {n} answer on.",
			    "Results of a department are shown from {n} answers on.", threshold),
			&(const struct tr_arg){ "n", fmt_int(f->rq->arena, l, threshold) }, 1);
	for (size_t i = 0; i < rows->n; i++)
		(void)form_offer(f, field, id_text(f->rq->arena, rows->items[i].id),
				 rows->items[i].name);
	(void)form_offer(f, field, S(NO_DEPARTMENT), tr(l, "None of these"));
}

/* What it asks, with what was typed. */
static struct form door_form(struct req *rq, const struct door *door, struct str name,
			     struct str department)
{
	struct form f = form_make(rq, NULL, door_url(rq, door), N_("Start"), true);
	struct form_field *field;

	f.button = "btn go big";
	f.leads_on = true;
	if (asks_name(door)) {
		field = form_line(&f, "name", N_("Your name"), name, PARTICIPANT_NAME_MAX);
		field->autocomplete = "name";
		field->hint =
			tr(rq->language, "Those who run the campaign read it beside your answers.");
	}
	if (asks_department(door))
		add_department(&f, door, department);
	return f;
}

struct data_notice campaign_notice(struct req *rq, const struct round *round, struct str zone)
{
	const struct round_terms *terms = &round->terms;

	return (struct data_notice){
		.purpose = terms->purpose,
		.controller = terms->controller,
		.contact = terms->contact,
		.retention = keep_words(rq->arena, rq->language, round, zone),
		.is_anonymous = terms->mode == ROUND_ANONYMOUS,
	};
}

static struct door_page door_page(struct req *rq, const struct door *door, const struct form *form)
{
	const struct round_terms *terms = &door->round.terms;
	const struct scorecard_pack *pack = &app_of(rq)->pack->scorecard;
	struct door_page m = {
		.form = *form,
		.org = door->org.name,
		.title = terms->title,
		.caveat = say(rq, &pack->caveat),
		.n_questions = (int)pack->def.n_questions,
		.minutes = pack->minutes,
		.is_anonymous = terms->mode == ROUND_ANONYMOUS,
		.shows_result = terms->shows_result && terms->mode == ROUND_NOMINATIVE,
		.threshold = terms->threshold,
		.notice = campaign_notice(rq, &door->round, door->org.time_zone),
		.is_public = door->is_public,
	};

	if (terms->has_closes)
		m.closes = when_words(rq, door->org.time_zone, terms->closes_ms);
	if (door->has_who && door->who.sheet_id != 0)
		m.resume = sheet_path(rq, &door->token, "");
	return m;
}

static struct reply *door_reply(struct req *rq, int status, const struct door *door,
				const struct form *form)
{
	struct door_page m = door_page(rq, door, form);
	struct view v = view_make(rq);

	scorecard_door_page(&v, &m);
	return layout_reply(
		rq, status,
		&(struct layout){ .title = door->round.terms.title, .body = view_html(&v) });
}

/* Loads it, or answers with what is shown instead of the welcome: already sent, not open. NULL: it is loaded. */
static struct reply *turned_away(struct req *rq, struct door *ret)
{
	struct err err;
	int r = door_load(rq, ret, &err);

	if (r != 0)
		return sheet_failed(rq, r, &err);
	if (ret->has_who && ret->who.state == PARTICIPANT_ANSWERED)
		return reply_redirect(rq, sheet_path(rq, &ret->token, "/sent"));
	if (ret->round.state != ROUND_OPEN)
		return round_shut_reply(rq, &ret->round, ret->has_who && ret->who.sheet_id != 0);
	return NULL;
}

struct reply *door_show(struct req *rq)
{
	struct door door;
	struct form form;
	struct reply *away = turned_away(rq, &door);

	if (away)
		return away;
	form = door_form(rq, &door, S(""), S(""));
	return door_reply(rq, 200, &door, &form);
}

/* ---- entering ---- */

/* Begins the sheet and goes to its first question; the device that came by the public link remembers. */
static struct reply *begin(struct req *rq, struct door *door)
{
	const struct door_args *args = rq->args;
	int64_t department_id = door->has_who ? door->who.department_id : 0;
	bool is_new = !door->has_who;
	struct reply *reply;
	struct err err;
	int64_t sheet_id;
	int r = 0;

	/* Checked already; "none of these" is no id. */
	if (asks_department(door) && id_parse(args->department, &department_id) != 0)
		department_id = 0;
	if (is_new) {
		r = participant_enter(rq, &door->round,
				      asks_name(door) ? str_trim(args->name) : S(""), &door->who.id,
				      &door->token, &err);
		if (r == 0)
			r = participant_load(rq->db, rq->arena, door->round.org_id, door->who.id,
					     &door->who, &err);
	}
	if (r == 0)
		r = ballot_begin(rq->db, &door->round, &door->who, rq->language, department_id,
				 rq->now_ms, &sheet_id, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	reply = reply_redirect(rq, sheet_path(rq, &door->token, ""));
	if (is_new)
		reply_cookie_below(
			rq, reply, DEVICE_COOKIE,
			base64url(rq->arena, door->token.bytes, sizeof door->token.bytes),
			DEVICE_COOKIE_SECONDS, door_url(rq, door));
	return reply;
}

struct reply *door_enter(struct req *rq)
{
	const struct door_args *args = rq->args;
	struct door door;
	struct form form;
	struct reply *away = turned_away(rq, &door);

	if (away)
		return away;
	if (door.has_who && door.who.sheet_id != 0)
		return reply_redirect(rq, sheet_path(rq, &door.token, ""));
	form = door_form(rq, &door, args->name, args->department);
	form_check(&form);
	return form.n_faults ? door_reply(rq, 422, &door, &form) : begin(rq, &door);
}
