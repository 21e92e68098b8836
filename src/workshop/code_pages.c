/*
 * The code that a screen shows: asked for, guessed, and refused. Whoever has none that opens anything is asked for
 * one, wherever they came in.
 */
#include "base/token.h"
#include "people/people.h"
#include "rounds/code.h"
#include "view/layout.h"
#include "workshop/pages_priv.h"
#include "workshop/workshop_tpl.h"

enum { CODE_GUESSES = 20, CODE_GUESSES_A_MINUTE = 10 };

/* Only wrong codes take from it; while it is empty, right ones wait too. A room of forty behind one address mistypes
 * some; at that rate a thousand million codes last for centuries. */
static const struct limit limit_code = { "room-code", CODE_GUESSES, CODE_GUESSES_A_MINUTE };

/* ---- guessing ---- */

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

/* What check_room_code() goes to: a workshop's actor. A campaign's code is no wrong guess, and opens no room: the
 * actor stays as it is. */
static int find_door(struct req *rq, struct str code, void *ret, struct err *err)
{
	int64_t round;
	int r = find_room(rq, code, ret, err);

	return r == DB_NOT_FOUND ? round_by_code(rq->db, rq->arena, code, &round, err) : r;
}

static int guess_room(struct req *rq, struct str typed, struct actor *ret, struct err *err)
{
	int r = try_code(rq, typed, find_door, ret, err);

	return r == PERMIT_OK && ret->subject_id == 0 ? PERMIT_NOT_FOUND : r;
}

/* A device that has joined needs no guessing, and comes in also after the end: its workshop may have got another code
 * since, and it then is told no more than that the one it knew is over. */
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
		return guess_room(rq, *typed, ret, err);
	r = room_find(rq->db, rq->arena, &t, code, &org, &round, &participant, err);
	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND)
		return guess_room(rq, *typed, ret, err);
	*ret = (struct actor){ .org_id = org, .subject_id = round, .session_id = participant };
	return PERMIT_OK;
}

/* ---- asking ---- */

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

/* The form again, with what is wrong with the code; `outcome` is not PERMIT_OK. */
static struct reply *code_wrong(struct req *rq, enum permit_outcome outcome, struct str typed)
{
	struct form form = code_form(rq, typed);
	bool must_wait = outcome == PERMIT_WAIT;

	form_fault(
		&form, "code",
		must_wait
			? tr(rq->language,
			     "Too many wrong codes from here. Wait 15 seconds, then type it again.")
			: tr(rq->language,
			     "Nothing that is open has this code. Compare it with the screen."));
	return code_reply(rq, must_wait ? 429 : 404, &form);
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
	return code_wrong(rq, (enum permit_outcome)r, args->code);
}

/* A part of a page, or its news: no page comes in there. A phone whose room is not there any more, left open, would
 * ask for ever; it goes where codes are typed. */
static struct reply *refuse_part(struct req *rq, enum permit_outcome outcome)
{
	struct reply *reply = reply_page(rq, outcome == PERMIT_WAIT ? 429 : 404, S(""));

	if (rq->method == METHOD_GET && outcome == PERMIT_NOT_FOUND)
		reply_header(reply, "HX-Redirect", url(rq, "/w"));
	return reply;
}

/* An address that has no room: a campaign's code leads on, another is asked for again. */
static struct reply *refuse_room(struct req *rq, enum permit_outcome outcome)
{
	const struct str *typed = rq->args;
	struct str code, address;
	struct err err;
	int r = DB_NOT_FOUND;

	if (rq->is_partial || rq->route->class == ROUTE_EVENTS)
		return refuse_part(rq, outcome);
	if (outcome == PERMIT_NOT_FOUND && room_code_read(rq->arena, *typed, &code) == 0)
		r = find_address(rq, code, &address, &err);
	if (r < 0)
		return reply_fault(rq, &err);
	return r == 0 ? reply_redirect(rq, address) : code_wrong(rq, outcome, *typed);
}

const struct permission permission_room_code = { .name = "room-code",
						 .check = check_room_code,
						 .refuse = refuse_room };
