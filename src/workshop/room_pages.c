/*
 * The participants' pages: joining, and one page that always shows where the workshop is. A device is known again
 * by a cookie that browsers send to that room's address only.
 */
#include "base/token.h"
#include "people/people.h"
#include "rounds/code.h"
#include "rounds/keep.h"
#include "view/layout.h"
#include "workshop/pages_priv.h"
#include "workshop/queries.h"
#include "workshop/workshop_tpl.h"

#define NO_DEPARTMENT "none"
enum { ROOM_COOKIE_SECONDS = 24 * 60 * 60 };

/* ---- loading ---- */

struct guest {
	struct scene scene;
	struct str org_name;
	bool is_in;      /* has joined, and not left */
	bool is_over;    /* for this device: one that left joins anew, by the code there is now */
	struct str code; /* that it came by */
	struct participant who;
	struct workshop_department_list_rows departments;
};

/* What becomes of a device that joined. One that left is not told another code than its own. */
static void note_device(struct req *rq, struct guest *g)
{
	const struct str *typed = rq->args;

	g->is_in = !g->who.is_revoked;
	g->is_over |= g->who.is_revoked;
	if (g->who.is_revoked && room_code_read(rq->arena, *typed, &g->code) != 0)
		g->code = S("");
}

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
	g->scene.time_zone = org.time_zone;
	g->code = g->scene.workshop.code;
	g->is_over = !g->scene.workshop.is_open;
	if (rq->actor.session_id != 0) {
		r = participant_load(rq->db, rq->arena, org_id, rq->actor.session_id, &g->who, err);
		if (r == 0)
			note_device(rq, g);
	}
	if (r == 0 && !g->is_in && g->scene.round.terms.asks_department)
		r = workshop_department_list(rq->db, rq->arena, org_id, &g->departments, err);
	return r;
}

static struct str room_url(struct req *rq, const struct guest *g)
{
	return url(rq, "/w/%.*s", STR_ARG(g->code));
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
		.notice = { .purpose = terms->purpose,
			    .controller = terms->controller,
			    .contact = terms->contact,
			    .retention = keep_words(rq->arena, rq->language, &g->scene.round,
						    g->scene.time_zone),
			    .is_anonymous = scene_is_anonymous(&g->scene),
			    .is_room = true },
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
	if (g.is_in || g.is_over)
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
	const struct agenda_item *here = g->is_over ? NULL : scene_here(s);
	struct room_page m = {
		.path = room_url(rq, g),
		.org = g->org_name,
		.title = s->round.terms.title,
		.version = s->workshop.version,
		.is_over = g->is_over,
		.is_part = rq->is_partial,
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
					      .has_events = !m.is_over });
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
	if (!g.is_over && !g.is_in) {
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
		return reply_page(rq, 404, S(""));
	return reply_events(rq, workshop_topic(rq->arena, &w), w.version, args->since);
}
