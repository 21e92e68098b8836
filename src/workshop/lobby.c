/* Who is in the room, how many of them have voted, and how others come in. */
#include "base/buf.h"
#include "base/num.h"
#include "people/people.h"
#include "workshop/pages_priv.h"

static struct str names_where(struct req *rq, const struct room_person *people, size_t n,
			      bool has_voted)
{
	struct str *names = arena_new(rq->arena, struct str, n);
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (people[i].has_voted == has_voted)
			names[k++] =
				people[i].name.len ? people[i].name : tr(rq->language, "somebody");
	return fmt_list(rq->arena, rq->language, names, k);
}

static int add_names(struct req *rq, const struct scene *s, const struct agenda_item *here,
		     struct count_view *v, struct err *err)
{
	struct room_person *people;
	size_t n;
	int r = room_people(rq->db, rq->arena, &s->workshop, here->standing.vote, here->item,
			    &people, &n, err);

	if (r != 0)
		return r;
	v->voted = names_where(rq, people, n, true);
	v->missing = names_where(rq, people, n, false);
	return 0;
}

/* How many more votes an anonymous room needs before one may be shown. */
static struct str few_words(struct req *rq, const struct scene *s, int64_t n_voted)
{
	int64_t lacking = GROUP_THRESHOLD_MIN - n_voted;

	if (vote_may_show(s->round.terms.mode, n_voted))
		return S("");
	return tr_fill(rq->arena,
		       trn(rq->language, "{n} more vote is needed before it can be revealed.",
			   "{n} more votes are needed before it can be revealed.", lacking),
		       &(const struct tr_arg){ "n", fmt_int(rq->arena, rq->language, lacking) }, 1);
}

int count_view(struct req *rq, const struct scene *s, int64_t shown, struct count_view *ret,
	       struct err *err)
{
	const struct agenda_item *here = scene_here(s);
	bool is_voting = here && here->standing.state == ITEM_VOTING;
	struct room_count count;
	struct count_view v = {
		.path = round_url(rq, s->round.id, "/workshop"),
		.news = s->workshop.news,
		.version = shown ? shown : s->workshop.version,
		.is_old = shown && shown != s->workshop.version,
		.is_voting = is_voting,
		.shows_names = s->workshop.shows_names,
	};
	int r = room_count(rq->db, rq->arena, &s->workshop, is_voting ? here->standing.vote : 0,
			   is_voting ? here->item : S(""), &count, err);

	if (r == 0 && is_voting && v.shows_names)
		r = add_names(rq, s, here, &v, err);
	if (r != 0)
		return r;
	v.n_people = count.n_people;
	v.n_voted = count.n_voted;
	v.few = is_voting ? few_words(rq, s, count.n_voted) : S("");
	v.may_reveal = is_voting && v.few.len == 0 && !v.is_old;
	if (v.may_reveal)
		v.reveal = desk_act(rq, s, "/workshop/reveal", here->item, N_("Reveal"));
	v.reveal.is_go = true;
	*ret = v;
	return 0;
}

struct html code_qr(struct req *rq, struct str address, enum qr_use use)
{
	return view_svg(chart_qr_svg(rq->arena,
				     &(struct chart_qr){
					     .words = { .id = "qr",
							.title = tr(rq->language, "Scan to join"),
							.finding = address },
					     .address = address,
					     .use = use,
				     }));
}
