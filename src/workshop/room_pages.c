/*
 * The participants' pages: the code, joining, and one page that always shows where the workshop is. A device is
 * known again by a cookie that browsers send to that room's address only.
 */
#include "base/token.h"
#include "people/people.h"
#include "rounds/code.h"
#include "view/layout.h"
#include "workshop/pages_priv.h"
#include "workshop/queries.h"
#include "workshop/workshop_tpl.h"

#define ROOM_COOKIE "room"
#define NO_DEPARTMENT "none"
enum { ROOM_COOKIE_SECONDS = 24 * 60 * 60, CODE_GUESSES = 20, CODE_GUESSES_A_MINUTE = 10 };

/* Only wrong codes take from it; while it is empty, right ones wait too. A room of forty behind one address mistypes
 * some; at that rate a thousand million codes last for centuries. */
static const struct limit limit_code = { "room-code", CODE_GUESSES, CODE_GUESSES_A_MINUTE };

/* ---- the code ---- */

/* Gives what `find` finds under the code in *ret, unless too many wrong ones came before. */
static int try_code(struct req *rq, struct str typed,
		    int (*find)(struct req *rq, struct str code, void *ret, struct err *err),
		    void *ret, struct err *err)
{
	struct str code;
	int r;

	if (limit_wait(rq, &limit_code, S("")) > 0)
		return PERMIT_WAIT;
	if (room_code_read(rq->arena, typed, &code) != 0)
		return PERMIT_NOT_FOUND; /* no code at all, so no guess */
	r = find(rq, code, ret, err);
	if (r == DB_NOT_FOUND)
		return limit_take(rq, &limit_code, S("")) > 0 ? PERMIT_WAIT : PERMIT_NOT_FOUND;
	return r < 0 ? r : PERMIT_OK;
}

/* The workshop of a code, as a struct actor. */
static int find_room(struct req *rq, struct str code, void *ret, struct err *err)
{
	struct actor *actor = ret;

	return workshop_find(rq->db, rq->arena, code, &actor->org_id, &actor->subject_id, err);
}

/* The address that a code stands for, as a struct str: a workshop's room, or a campaign's public link. */
static int find_address(struct req *rq, struct str code, void *ret, struct err *err)
{
	struct str *address = ret;
	struct actor actor;
	int64_t round;
	int r = find_room(rq, code, &actor, err);

	if (r == 0)
		*address = url(rq, "/w/%.*s", STR_ARG(code));
	if (r != DB_NOT_FOUND)
		return r;
	r = round_by_code(rq->db, rq->arena, code, &round, err);
	if (r == 0)
		*address = url(rq, "%.*s", STR_ARG(round_link(rq, round)));
	return r;
}

/* A device that has joined needs no guessing, and comes in also after the end. */
static int check_room_code(struct req *rq, struct actor *ret, struct err *err)
{
	const struct str *typed = rq->args; /* begins with the code */
	struct str code, cookie = req_cookie_below(rq, ROOM_COOKIE);
	int64_t org, round, participant;
	struct token t;
	int r;

	*ret = (struct actor){ .org_id = 0 };
	if (base64url_decode(cookie, t.bytes, sizeof t.bytes) != 0 ||
	    room_code_read(rq->arena, *typed, &code) != 0)
		return try_code(rq, *typed, find_room, ret, err);
	r = room_find(rq->db, rq->arena, &t, code, &org, &round, &participant, err);
	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND)
		return try_code(rq, *typed, find_room, ret, err);
	*ret = (struct actor){ .org_id = org, .subject_id = round, .session_id = participant };
	return PERMIT_OK;
}

const struct permission permission_room_code = { .name = "room-code", .check = check_room_code };

static struct form code_form(struct req *rq, struct str typed)
{
	struct form f = form_make(rq, NULL, url(rq, "/w"), N_("Continue"), true);
	struct form_field *field = form_line(&f, "code", N_("Code"), typed, CODE_TYPED_MAX);

	field->look = "in codein";
	field->autocapitalize = "characters";
	field->is_verbatim = true;
	f.button = "btn go big full";
	f.leads_on = true;
	return f;
}

static struct reply *code_reply(struct req *rq, int status, const struct form *form)
{
	struct code_page m = { .form = *form };
	struct view v = view_make(rq);

	workshop_code_page(&v, &m);
	return layout_reply(rq, status,
			    &(struct layout){ .title = tr(rq->language, "Enter a code"),
					      .body = view_html(&v),
					      .is_narrow = true });
}

struct reply *code_ask(struct req *rq)
{
	struct form form = code_form(rq, S(""));

	return code_reply(rq, 200, &form);
}

struct reply *code_enter(struct req *rq)
{
	const struct code_args *args = rq->args;
	struct form form = code_form(rq, args->code);
	struct str address;
	struct err err;
	int r;

	form_check(&form);
	if (form.n_faults)
		return code_reply(rq, 422, &form);
	r = try_code(rq, args->code, find_address, &address, &err);
	if (r < 0)
		return reply_fault(rq, &err);
	if (r == PERMIT_OK)
		return reply_redirect(rq, address);
	form_fault(
		&form, "code",
		r == PERMIT_WAIT
			? tr(rq->language,
			     "Too many wrong codes from here. Wait 15 seconds, then type it again.")
			: tr(rq->language,
			     "Nothing that is open has this code. Compare it with the screen."));
	return code_reply(rq, r == PERMIT_WAIT ? 429 : 404, &form);
}

/* ---- loading ---- */

struct guest {
	struct scene scene;
	struct str org_name;
	bool is_in; /* has joined, and not left */
	struct participant who;
	struct workshop_department_list_rows departments;
};

static int guest_load(struct req *rq, struct guest *g, struct err *err)
{
	struct workshop_org_get_row org;
	int64_t org_id = rq->actor.org_id;
	int r = scene_load(rq, rq->actor.subject_id, &g->scene, err);

	if (r == 0 && !g->scene.has_workshop)
		return DB_NOT_FOUND;
	if (r == 0)
		r = workshop_org_get(rq->db, rq->arena, org_id, &org, err);
	if (r != 0)
		return r;
	g->org_name = org.name;
	if (rq->actor.session_id != 0) {
		r = participant_load(rq->db, rq->arena, org_id, rq->actor.session_id, &g->who, err);
		g->is_in = r == 0 && !g->who.is_revoked;
	}
	if (r == 0 && !g->is_in && g->scene.round.terms.asks_department)
		r = workshop_department_list(rq->db, rq->arena, org_id, &g->departments, err);
	return r;
}

static struct str room_url(struct req *rq, const struct guest *g)
{
	return url(rq, "/w/%.*s", STR_ARG(g->scene.workshop.code));
}

/* ---- joining ---- */

static bool asks_department(const struct guest *g)
{
	return g->scene.round.terms.asks_department && g->departments.n > 0;
}

/* What the campaign asks, with what was typed. */
static struct form join_form(struct req *rq, const struct guest *g, struct str name,
			     struct str department)
{
	struct form f = form_make(rq, NULL, room_url(rq, g), N_("Join"), true);
	struct form_field *field;

	f.button = "btn go big full";
	f.leads_on = true;
	if (!scene_is_anonymous(&g->scene))
		form_line(&f, "name", N_("Your first name"), name, ROOM_NAME_MAX)->autocomplete =
			"given-name";
	if (!asks_department(g))
		return f;
	field = form_choose(&f, FIELD_SELECT, "department", N_("Your department"), department);
	field->asks = true;
	for (size_t i = 0; i < g->departments.n; i++)
		(void)form_offer(&f, field, id_text(rq->arena, g->departments.items[i].id),
				 g->departments.items[i].name);
	(void)form_offer(&f, field, S(NO_DEPARTMENT), tr(rq->language, "None of these"));
	return f;
}

static struct reply *join_reply(struct req *rq, int status, const struct guest *g,
				const struct form *form)
{
	const struct round_terms *terms = &g->scene.round.terms;
	struct join_page m = {
		.form = *form,
		.org = g->org_name,
		.title = terms->title,
		.purpose = terms->purpose,
		.controller = terms->controller,
		.contact = terms->contact,
		.retention = terms->retention,
		.is_anonymous = scene_is_anonymous(&g->scene),
	};
	struct view v = view_make(rq);

	workshop_join_page(&v, &m);
	return layout_reply(
		rq, status,
		&(struct layout){ .title = m.title, .body = view_html(&v), .is_narrow = true });
}

struct reply *room_enter(struct req *rq)
{
	const struct room_args *args = rq->args;
	struct guest g = { .is_in = false };
	struct reply *reply;
	struct form form;
	struct token t;
	struct err err;
	int64_t department_id;
	int r = guest_load(rq, &g, &err);

	if (r != 0)
		return scene_failed(rq, r, &err);
	if (g.is_in || !g.scene.workshop.is_open)
		return reply_redirect(rq, room_url(rq, &g));
	form = join_form(rq, &g, args->name, args->department);
	form_check(&form);
	if (form.n_faults)
		return join_reply(rq, 422, &g, &form);
	/* Checked already; "none of these" is no id. */
	if (!asks_department(&g) || id_parse(args->department, &department_id) != 0)
		department_id = 0;
	r = room_join(rq, &g.scene.round, &g.scene.workshop,
		      scene_is_anonymous(&g.scene) ? S("") : str_trim(args->name), department_id,
		      &t, &err);
	if (r == ROUND_ALREADY)
		return reply_status(rq, 503); /* the room is full */
	if (r != 0)
		return scene_failed(rq, r, &err);
	reply = reply_redirect(rq, room_url(rq, &g));
	reply_cookie_below(rq, reply, ROOM_COOKIE, base64url(rq->arena, t.bytes, sizeof t.bytes),
			   ROOM_COOKIE_SECONDS, room_url(rq, &g));
	return reply;
}

/* ---- the page ---- */

/* Marks the participant's own vote. */
static int add_own_vote(struct req *rq, const struct guest *g, struct room_page *m, struct err *err)
{
	struct ballot_item own;
	int r = room_vote(rq->db, rq->arena, &g->who, m->item.vote, m->item.id, &m->has_voted, &own,
			  err);

	if (r != 0 || !m->has_voted)
		return r;
	m->item.unknown.is_chosen = own.kind == TALLY_UNKNOWN;
	for (size_t i = 0; i < m->item.n_choices; i++)
		m->item.choices[i].is_chosen =
			own.kind == TALLY_VALUE && str_eq(m->item.choices[i].value, own.value);
	return 0;
}

static int room_make(struct req *rq, const struct guest *g, struct room_page *ret, struct err *err)
{
	const struct scene *s = &g->scene;
	const struct agenda_item *here = s->workshop.is_open ? scene_here(s) : NULL;
	struct room_page m = {
		.path = room_url(rq, g),
		.org = g->org_name,
		.title = s->round.terms.title,
		.version = s->workshop.version,
		.is_over = !s->workshop.is_open,
		.has_item = here != NULL,
		.timer = timer_view(rq, &s->workshop),
	};
	int r = here ? item_view_make(rq, s, here, &m.item, err) : 0;

	if (r == 0 && m.item.is_voting)
		r = add_own_vote(rq, g, &m, err);
	if (r == 0)
		*ret = m;
	return r;
}

static struct reply *room_reply(struct req *rq, int status, const struct guest *g,
				struct str problem)
{
	struct view v = view_make(rq);
	struct room_page m;
	struct err err;
	int r = room_make(rq, g, &m, &err);

	if (r != 0)
		return scene_failed(rq, r, &err);
	m.problem = problem;
	if (rq->is_partial) {
		workshop_live(&v, &m);
		return reply_page(rq, status, view_html(&v).markup);
	}
	workshop_room_page(&v, &m);
	return layout_reply(rq, status,
			    &(struct layout){ .title = m.title,
					      .body = view_html(&v),
					      .is_question = true,
					      .has_events = true });
}

struct reply *room_show(struct req *rq)
{
	const struct room_args *args = rq->args;
	struct guest g = { .is_in = false };
	struct form form;
	struct err err;
	int r = guest_load(rq, &g, &err);

	if (r != 0)
		return scene_failed(rq, r, &err);
	if (g.scene.workshop.is_open && !g.is_in) {
		form = join_form(rq, &g, S(""), S(""));
		return join_reply(rq, 200, &g, &form);
	}
	if (rq->is_partial && args->since == g.scene.workshop.version)
		return reply_empty(rq);
	return room_reply(rq, 200, &g, S(""));
}

/* ---- voting ---- */

/* What was sent as an answer. 0, or 1 when it is none of those offered. */
static int read_answer(const struct question *q, struct str item, struct str sent,
		       struct ballot_item *ret)
{
	struct answer a;

	if (answer_parse(q, sent, &a) != 0)
		return 1;
	*ret = (struct ballot_item){
		.item = item,
		.kind = a.kind == ANSWER_UNKNOWN ? TALLY_UNKNOWN : TALLY_VALUE,
		.value = a.kind == ANSWER_UNKNOWN ? S("") : sent,
	};
	return 0;
}

static struct reply *vote_over(struct req *rq, const struct guest *g)
{
	return room_reply(
		rq, 409, g,
		tr(rq->language,
		   "This vote was over before your answer arrived. What you had answered before counts; this does not."));
}

struct reply *room_answer(struct req *rq)
{
	const struct room_args *args = rq->args;
	struct guest g = { .is_in = false };
	struct ballot_item item;
	struct err err;
	int r = guest_load(rq, &g, &err), index;

	if (r != 0)
		return scene_failed(rq, r, &err);
	if (!g.is_in)
		return rq->is_partial ? reply_status(rq, 409)
				      : reply_redirect(rq, room_url(rq, &g));
	index = scene_index(&g.scene, args->item);
	if (index < 0)
		return reply_status(rq, 404);
	if (rq->n_arg_errors > 0 ||
	    read_answer(&g.scene.card->questions[index], args->item, args->answer, &item) != 0)
		return room_reply(rq, 422, &g,
				  tr(rq->language, "Choose one of the answers offered."));
	r = room_cast(rq, &g.scene.round, g.who.id, (int)args->vote, &item, &err);
	if (r == ROUND_STALE)
		return vote_over(rq, &g);
	if (r != 0)
		return scene_failed(rq, r, &err);
	return rq->is_partial ? reply_empty(rq) : reply_redirect(rq, room_url(rq, &g));
}

struct reply *room_events(struct req *rq)
{
	const struct room_args *args = rq->args;
	struct workshop w;
	struct err err;
	int r = workshop_load(rq->db, rq->arena, rq->actor.org_id, rq->actor.subject_id, &w, &err);

	if (r != 0)
		return scene_failed(rq, r, &err);
	/* Only those who have joined listen: a stream costs a connection. */
	if (rq->actor.session_id == 0)
		return reply_status(rq, 404);
	return reply_events(rq, workshop_topic(rq->arena, &w), w.version, args->since);
}
