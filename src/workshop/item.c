/* What is talked about, as everybody may see it: nothing of a vote before it is revealed. */
#include "workshop/pages_priv.h"

#include "base/buf.h"
#include "base/token.h"
#include "people/org_page.h"

struct str round_url(struct req *rq, int64_t round_id, const char *page)
{
	return url(rq, "/o/%.*s/rounds/%.*s%s", STR_ARG(id_text(rq->arena, rq->actor.org_id)),
		   STR_ARG(id_text(rq->arena, round_id)), page);
}

struct reply *scene_reply(struct req *rq, int status, const struct scene *s, const struct layout *l)
{
	const struct crumb crumb = { round_url(rq, s->round.id, ""), s->round.terms.title };

	return org_reply_below(rq, status, l, TAB_CAMPAIGNS, &crumb, 1);
}

/* Of what was answered before the workshop, or by nobody then, the room has not voted. */
static bool is_voted(const struct scene *s, struct item_standing at)
{
	return at.state == ITEM_REVEALED && at.vote >= s->workshop.first_vote;
}

struct str standing_words(enum language l, const struct scene *s, struct item_standing at)
{
	switch (at.state) {
	case ITEM_WAITING:
		break;
	case ITEM_VOTING:
		return at.vote == VOTE_SECOND ? tr(l, "Second vote under way")
					      : tr(l, "Vote under way");
	case ITEM_REVEALED:
		if (!is_voted(s, at))
			break;
		return trc(l, "item of a workshop", "Vote revealed");
	case ITEM_AGREED:
		return trc(l, "item of a workshop", "Agreed");
	case ITEM_SKIPPED:
		return trc(l, "item of a workshop", "Set aside");
	}
	return trc(l, "item of a workshop", "To be voted on");
}

struct opinions_tag opinions_tag(enum language l, enum opinions o)
{
	return (struct opinions_tag){ o, o == OPINIONS_NONE ? S("") : opinions_words(l, o) };
}

struct timer_view timer_view(struct req *rq, const struct workshop *w)
{
	enum { SECOND_MS = 1000, MINUTE_S = 60 };
	int64_t left = (timer_left(&w->timer, rq->now_ms) + SECOND_MS - 1) / SECOND_MS;

	return (struct timer_view){
		.is_set = w->timer.is_running || w->timer.is_paused,
		.is_running = w->timer.is_running,
		.is_over = w->timer.is_running && left == 0,
		.left_s = left,
		.left = str_fmt(rq->arena, "%lld:%02lld", (long long)(left / MINUTE_S),
				(long long)(left % MINUTE_S)),
	};
}

/* The votes that may be shown: those before the one under way. */
static int add_spreads(struct req *rq, const struct scene *s, size_t index,
		       struct item_standing standing, struct item_view *v, struct err *err)
{
	int last = standing.state == ITEM_VOTING ? standing.vote - 1 : standing.vote;
	int r = 0;

	v->spreads = arena_new(rq->arena, struct spread, (size_t)(last > 0 ? last : 0));
	for (int vote = last; r == 0 && vote >= VOTE_FIRST; vote--)
		r = spread_make(rq, s, index, vote, str_fmt(rq->arena, "vote-%d", vote).data,
				&v->spreads[v->n_spreads++], err);
	if (r == 0)
		spreads_draw(rq, v->spreads, v->n_spreads);
	return r;
}

static int add_agreement(struct req *rq, const struct scene *s, const struct rating_text *text,
			 struct item_view *v, struct err *err)
{
	struct agreement *list;
	size_t n;
	int r = agreement_list(rq->db, rq->arena, &s->round, &list, &n, err);

	for (size_t i = 0; r == 0 && i < n; i++)
		if (str_eq(list[i].item, v->id)) {
			v->agreed = value_words(rq, text, list[i].value);
			v->reason = list[i].reason;
		}
	return r;
}

static void add_choices(struct req *rq, const struct rating_text *text, struct item_view *v)
{
	v->choices = arena_new(rq->arena, struct choice_row, text->n_choices);
	v->n_choices = text->n_choices;
	for (size_t i = 0; i < text->n_choices; i++)
		v->choices[i] = (struct choice_row){ .value = text->choices[i].value,
						     .title = text->choices[i].title,
						     .detail = text->choices[i].detail };
	v->unknown = (struct choice_row){ .value = text->unknown.value,
					  .title = text->unknown.title,
					  .detail = text->unknown.detail };
}

int item_view_make(struct req *rq, const struct scene *s, const struct agenda_item *at,
		   struct item_view *ret, struct err *err)
{
	size_t index = (size_t)scene_index(s, at->item);
	struct rating_text text = scene_text(rq, s, index);
	enum item_state state = at->standing.state;
	struct item_view v = {
		.id = at->item,
		.label = text.label,
		.text = text.text,
		.help = text.help,
		.group = text.group,
		.number = (int)(at - s->agenda.items) + 1,
		.total = (int)s->agenda.n,
		.is_scale = text.is_scale,
		.low = text.low,
		.high = text.high,
		.is_voting = state == ITEM_VOTING,
		.is_waiting = state == ITEM_WAITING,
		.is_revealed = state == ITEM_REVEALED,
		.is_voted = is_voted(s, at->standing),
		.is_agreed = state == ITEM_AGREED,
		.is_skipped = state == ITEM_SKIPPED,
		.vote = at->standing.vote,
	};
	int r;

	add_choices(rq, &text, &v);
	r = add_spreads(rq, s, index, at->standing, &v, err);
	v.state = standing_words(rq->language, s, at->standing);
	if (v.is_revealed && v.n_spreads)
		v.tag = opinions_tag(rq->language, v.spreads[0].opinions);
	if (r == 0 && v.is_agreed)
		r = add_agreement(rq, s, &text, &v, err);
	if (r == 0)
		*ret = v;
	return r;
}
