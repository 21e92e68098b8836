/* Where an organisation stands among those of the installation that agreed to be compared: so coarsely that
 * nobody's score can be read out of it (domain/benchmark.h). */
#include "base/token.h"
#include "phases/app.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/results_page.h"
#include "phases/scorecard/results_priv.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "view/layout.h"

struct scores {
	int *items; /* half points */
	size_t n;
	bool has_own;
	size_t own;
	int64_t own_round;
};

/* One organisation's score; the counts it takes are gone on return. */
static int score_of(struct req *rq, struct arena scratch, const struct shown_round *one, int *ret,
		    struct err *err)
{
	const struct scorecard *sc = &app_of(rq)->pack->scorecard.def;
	struct round round = { .org_id = one->org_id, .id = one->id };
	struct round_tallies tallies;
	/* One of those that agreed to it. */
	int64_t before = db_scope(rq->db, one->org_id);
	int r = tally_read(rq->db, &scratch, &round, VOTE_FIRST, sc, &tallies, err);

	db_scope(rq->db, before);
	if (r == 0)
		*ret = consolidate(&scratch, sc, &tallies.whole).score;
	return r;
}

static int load_scores(struct req *rq, struct scores *ret, struct err *err)
{
	struct scores s = { .n = 0 };
	struct shown_round *list;
	size_t n;
	int r = shown_compared(rq->db, rq->arena, "scorecard", app_of(rq)->pack->id, rq->now_ms,
			       &list, &n, err);

	if (r != 0)
		return r;
	s.items = arena_new(rq->arena, int, n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		r = score_of(rq, rq->scratch, &list[i], &s.items[s.n], err);
		if (list[i].org_id == rq->actor.org_id) {
			s.has_own = true;
			s.own = s.n;
			s.own_round = list[i].id;
		}
		s.n++;
	}
	*ret = s;
	return r;
}

static struct str quarter_words(enum language l, int quarter)
{
	static const char *const words[] = {
		N_("in the lowest quarter"),
		N_("in the second quarter from below"),
		N_("in the second quarter from above"),
		N_("in the highest quarter"),
	};

	return tr(l, words[quarter - 1]);
}

static void say_place(struct req *rq, const struct scores *s, struct peers_page *m)
{
	struct benchmark b;

	if (!s->has_own)
		return;
	b = benchmark(s->items[s->own], s->items, s->n);
	m->kind = b.kind;
	if (b.kind == BENCHMARK_TOO_FEW)
		return;
	m->n_orgs = (int64_t)s->n;
	m->quarter = quarter_words(rq->language, b.quarter);
	if (b.kind == BENCHMARK_POSITION)
		m->position = results_fill(
			rq, tr(rq->language, "About {share} of them have a lower score."), "share",
			fmt_percent(rq->arena, rq->language, b.percentile * (SHARE_WHOLE / 100)));
}

static int load_own(struct req *rq, const struct scores *s, struct peers_page *m, struct err *err)
{
	struct scorecard_org_compared_row org;
	struct round own;
	int r = scorecard_org_compared(rq->db, rq->arena, rq->actor.org_id, &org, err);

	if (r != 0)
		return r;
	m->takes_part = org.benchmark;
	m->has_round = s->has_own;
	if (!s->has_own)
		return 0;
	r = campaign_load(rq, s->own_round, &own, err);
	if (r == 0)
		m->own_title = own.terms.title;
	return r;
}

/* "Among 12 organisations here: in the highest quarter. About 80 % of them have a lower score." */
static struct str place_words(struct req *rq, const struct peers_page *m)
{
	struct str words = tr_fill(
		rq->arena,
		trn(rq->language, "Among {n} organisation here: {place}.",
		    "Among {n} organisations here: {place}.", m->n_orgs),
		(const struct tr_arg[]){ { "n", fmt_int(rq->arena, rq->language, m->n_orgs) },
					 { "place", m->quarter } },
		2);

	return str_fmt(rq->arena, "%.*s%s%.*s", STR_ARG(words), m->position.len ? " " : "",
		       STR_ARG(m->position));
}

int results_place(struct req *rq, int64_t round, struct str *ret, struct err *err)
{
	struct scorecard_org_compared_row org;
	struct scores scores = { .n = 0 };
	struct peers_page m = { .kind = BENCHMARK_TOO_FEW };
	int r = scorecard_org_compared(rq->db, rq->arena, rq->actor.org_id, &org, err);

	*ret = S("");
	if (r != 0 || !org.benchmark)
		return r;
	r = load_scores(rq, &scores, err);
	if (r != 0 || !scores.has_own || scores.own_round != round)
		return r;
	say_place(rq, &scores, &m);
	if (m.kind != BENCHMARK_TOO_FEW)
		*ret = place_words(rq, &m);
	return 0;
}

struct reply *results_peers(struct req *rq)
{
	const struct campaign_args *args = rq->args;
	struct view v = view_make(rq);
	struct scores scores = { .n = 0 };
	struct peers_page m;
	struct round round;
	struct err err;
	int r = campaign_load(rq, args->round, &round, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	m = (struct peers_page){
		.back = campaign_url(rq, round.id, "/results"),
		.settings_path =
			url(rq, "/o/%.*s/settings", STR_ARG(id_text(rq->arena, rq->actor.org_id))),
		.may_change = rq->actor.role == ROLE_OWNER,
	};
	r = load_scores(rq, &scores, &err);
	if (r == 0)
		r = load_own(rq, &scores, &m, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	say_place(rq, &scores, &m);
	scorecard_peers_page(&v, &m);
	return results_reply(rq, 200, &round,
			     &(struct layout){ .title = tr(rq->language, "Among organisations"),
					       .body = view_html(&v) });
}
