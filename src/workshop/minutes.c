/* The minutes of a workshop: what was voted, agreed on and left open, composed from what is stored. */
#include "base/token.h"
#include "people/people.h"
#include "view/layout.h"
#include "workshop/pages_priv.h"
#include "workshop/workshop_tpl.h"

static struct str fill2(struct req *rq, struct str text, const char *n1, int64_t v1, const char *n2,
			int64_t v2)
{
	return tr_fill(rq->arena, text,
		       (const struct tr_arg[]){ { n1, fmt_int(rq->arena, rq->language, v1) },
						{ n2, fmt_int(rq->arena, rq->language, v2) } },
		       2);
}

/* In the last vote shown. Whoever answered half of the item's points or more away is told apart. */
static struct str dissent_words(struct req *rq, const struct dissent *d)
{
	struct str other;

	if (d->n == 0)
		return S("");
	if (d->other == 0)
		return tr(rq->language, "In the last vote shown, nobody had answered otherwise.");
	other = fill2(
		rq,
		trn(rq->language, "In the last vote shown, {n} of {total} had answered otherwise",
		    "In the last vote shown, {n} of {total} had answered otherwise", d->other),
		"n", d->other, "total", d->n);
	if (d->far == 0)
		return str_fmt(rq->arena, "%.*s.", STR_ARG(other));
	return tr_fill(
		rq->arena,
		d->far == d->other
			? trn(rq->language,
			      "{others}, half of the scale or more away from what was agreed.",
			      "{others}, all of them half of the scale or more away from what was agreed.",
			      d->far)
			: trn(rq->language,
			      "{others}, {far} of them half of the scale or more away from what was agreed.",
			      "{others}, {far} of them half of the scale or more away from what was agreed.",
			      d->far),
		(const struct tr_arg[]){ { "others", other },
					 { "far", fmt_int(rq->arena, rq->language, d->far) } },
		2);
}

/* The votes that were revealed, the first one first. */
static int add_votes(struct req *rq, const struct scene *s, size_t index,
		     const struct agenda_item *at, struct minutes_item *m, struct err *err)
{
	int last = at->standing.state == ITEM_VOTING ? at->standing.vote - 1 : at->standing.vote;
	int r = 0;

	/* What the room neither voted nor agreed on is only named. */
	if (!m->is_agreed && last < s->workshop.first_vote)
		return 0;
	m->spreads = arena_new(rq->arena, struct spread, (size_t)(last > 0 ? last : 0));
	for (int vote = VOTE_FIRST; r == 0 && vote <= last; vote++) {
		const char *id = str_fmt(rq->arena, "q%zu-%d", index, vote).data;

		r = spread_make(rq, s, index, vote, id, &m->spreads[m->n_spreads++], err);
	}
	if (r == 0)
		spreads_draw(rq, m->spreads, m->n_spreads);
	return r;
}

static void add_decision(struct req *rq, const struct scene *s, size_t index,
			 const struct rating_text *text, const struct agreement *list, size_t n,
			 struct minutes_item *m)
{
	const struct spread *last = m->n_spreads ? &m->spreads[m->n_spreads - 1] : NULL;
	struct dissent d;

	for (size_t i = 0; i < n; i++) {
		if (!str_eq(list[i].item, s->card->questions[index].id))
			continue;
		m->agreed = value_words(rq, text, list[i].value);
		m->reason = list[i].reason;
		if (!last || last->hidden.len)
			continue;
		d = dissent_of(s->card, index, &last->tally, list[i].value);
		m->dissent = dissent_words(rq, &d);
	}
}

static int add_items(struct req *rq, const struct scene *s, struct minutes_page *m, struct err *err)
{
	struct agreement *list;
	size_t n_list;
	int r = agreement_list(rq->db, rq->arena, &s->round, &list, &n_list, err);

	m->items = arena_new(rq->arena, struct minutes_item, s->agenda.n);
	/* First what was agreed on, then the rest. */
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; r == 0 && i < s->agenda.n; i++) {
			const struct agenda_item *at = &s->agenda.items[i];
			bool is_agreed = at->standing.state == ITEM_AGREED;
			struct minutes_item *item = &m->items[m->n];
			int index = scene_index(s, at->item);
			struct rating_text text;

			if (index < 0 || is_agreed != (pass == 0))
				continue;
			text = scene_text(rq, s, (size_t)index);
			*item = (struct minutes_item){
				.label = text.label,
				.text = text.text,
				.group = text.group,
				.is_agreed = is_agreed,
				.was_skipped = at->standing.state == ITEM_SKIPPED,
			};
			r = add_votes(rq, s, (size_t)index, at, item, err);
			if (r == 0 && is_agreed)
				add_decision(rq, s, (size_t)index, &text, list, n_list, item);
			m->n_agreed += is_agreed;
			m->n_untreated += !is_agreed && item->n_spreads == 0;
			m->n++;
		}
	m->n_open = (int64_t)m->n - m->n_agreed;
	return r;
}

static struct str counted(struct req *rq, struct str text, int64_t n)
{
	return tr_fill(rq->arena, text,
		       &(const struct tr_arg){ "n", fmt_int(rq->arena, rq->language, n) }, 1);
}

/* "5 people present, 4 voted", and in a named workshop who was there, as each was told on joining. */
static int add_people(struct req *rq, const struct scene *s, struct minutes_page *m,
		      struct err *err)
{
	struct str *names, present, voted;
	struct room_person *people;
	int64_t n_voted = 0;
	size_t n;
	int r = room_everybody(rq->db, rq->arena, &s->workshop, &people, &n, err);

	if (r != 0)
		return r;
	names = arena_new(rq->arena, struct str, n);
	for (size_t i = 0; i < n; i++) {
		names[i] = people[i].name;
		n_voted += people[i].has_voted;
	}
	present = counted(rq,
			  trn(rq->language, "{n} person present", "{n} people present", (int64_t)n),
			  (int64_t)n);
	voted = counted(rq, trn(rq->language, "{n} voted", "{n} voted", n_voted), n_voted);
	m->people = str_fmt(rq->arena, "%.*s, %.*s", STR_ARG(present), STR_ARG(voted));
	if (!scene_is_anonymous(s) && n > 0)
		m->names = fmt_list(rq->arena, rq->language, names, n);
	return 0;
}

static int make(struct req *rq, const struct scene *s, struct minutes_page *ret, struct err *err)
{
	struct minutes_page m = {
		.path = round_url(rq, s->round.id, "/workshop"),
		.org_name = rq->actor.org_name,
		.title = s->round.terms.title,
		.date = scene_when(rq, s, s->workshop.started_ms),
		.is_over = !s->workshop.is_open,
		.may_resume = !s->workshop.is_open && !s->round.has_forgotten,
		.may_edit = role_allows(rq->actor.role, ROLE_EDITOR),
		.version = s->workshop.version,
	};
	int r = add_items(rq, s, &m, err);

	if (r == 0)
		r = add_people(rq, s, &m, err);
	if (r != 0)
		return r;
	m.summary = fill2(rq,
			  trn(rq->language, "{n} item of {total} was agreed on.",
			      "{n} items of {total} were agreed on.", m.n_agreed),
			  "n", m.n_agreed, "total", (int64_t)m.n);
	*ret = m;
	return 0;
}

int minutes_load(struct req *rq, struct scene *ret_scene, struct minutes_page *ret, struct err *err)
{
	const struct desk_args *args = rq->args;
	int r = scene_load(rq, args->round, ret_scene, err);

	if (r == 0 && !ret_scene->has_workshop)
		return DB_NOT_FOUND;
	return r == 0 ? make(rq, ret_scene, ret, err) : r;
}

struct reply *minutes_show(struct req *rq)
{
	struct view v = view_make(rq);
	struct minutes_page m;
	struct scene s;
	struct err err;
	int r = minutes_load(rq, &s, &m, &err);

	if (r != 0)
		return scene_failed(rq, r, &err);
	if (m.is_over)
		r = s.kind->next(rq, &s.round, &m.next, &m.n_next, &err);
	if (r != 0)
		return scene_failed(rq, r, &err);
	workshop_minutes_page(&v, &m);
	return scene_reply(rq, 200, &s,
			   &(struct layout){ .title = tr(rq->language, "Minutes of the workshop"),
					     .here = tr(rq->language, "Minutes"),
					     .body = view_html(&v) });
}
