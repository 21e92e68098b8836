/* What the pages of a workshop are made from: see scene_priv.h. */
#include "workshop/scene_priv.h"

#include "i18n/zone.h"
#include "workshop/queries.h"

static const struct rating_kind *kind_named(struct str name)
{
	for (size_t i = 0; rating_kinds[i]; i++)
		if (str_is(name, rating_kinds[i]->name))
			return rating_kinds[i];
	return NULL;
}

static int load_workshop(struct req *rq, struct scene *s, struct err *err)
{
	int r = workshop_load(rq->db, rq->arena, s->round.org_id, s->round.id, &s->workshop, err);

	s->has_workshop = r == 0;
	if (r == DB_NOT_FOUND)
		return 0;
	if (r == 0)
		r = workshop_agenda(rq->db, rq->arena, &s->workshop, &s->agenda, err);
	return r;
}

int scene_load(struct req *rq, int64_t round_id, struct scene *ret, struct err *err)
{
	struct workshop_org_get_row org;
	struct scene s = { .has_workshop = false };
	int r = round_load(rq->db, rq->arena, rq->actor.org_id, round_id, rq->now_ms, &s.round,
			   err);

	if (r == 0)
		r = workshop_org_get(rq->db, rq->arena, rq->actor.org_id, &org, err);
	if (r != 0)
		return r;
	s.time_zone = org.time_zone;
	s.kind = kind_named(s.round.kind);
	s.card = s.kind ? s.kind->card(rq, &s.round) : NULL;
	if (!s.card)
		return DB_NOT_FOUND;
	r = load_workshop(rq, &s, err);
	if (r == 0)
		*ret = s;
	return r;
}

int scene_index(const struct scene *s, struct str item)
{
	return scorecard_find(s->card, item);
}

const struct agenda_item *scene_here(const struct scene *s)
{
	const struct agenda_item *at = agenda_find(&s->agenda, s->workshop.item);

	return at && scene_index(s, at->item) >= 0 ? at : NULL;
}

struct rating_text scene_text(struct req *rq, const struct scene *s, size_t i)
{
	return s->kind->text(rq, &s->round, i);
}

bool scene_is_anonymous(const struct scene *s)
{
	return s->round.terms.mode == ROUND_ANONYMOUS;
}

struct str scene_when(struct req *rq, const struct scene *s, int64_t ms)
{
	return zone_words(rq->arena, rq->language, s->time_zone, ms);
}

struct str value_words(struct req *rq, const struct rating_text *t, struct str value)
{
	if (t->is_scale && t->n_choices > 0)
		return tr_fill(
			rq->arena, tr(rq->language, "{level} out of {max}"),
			(const struct tr_arg[]){ { "level", value },
						 { "max", t->choices[t->n_choices - 1].title } },
			2);
	for (size_t i = 0; i < t->n_choices; i++)
		if (str_eq(t->choices[i].value, value))
			return t->choices[i].title;
	return str_eq(t->unknown.value, value) ? t->unknown.title : value;
}

struct reply *scene_failed(struct req *rq, int result, const struct err *err)
{
	if (result < 0)
		return reply_fault(rq, err);
	if (result == DB_NOT_FOUND)
		return reply_status(rq, 404);
	/* An id made twice in the same millisecond, or another process: asking again settles it. */
	return reply_status(rq, result == DB_CONFLICT ? 503 : 409);
}
