/* What the list of organisations and an organisation's first page say of the scorecard there. */
#include "base/token.h"
#include "i18n/zone.h"
#include "phases/app.h"
#include "phases/scorecard/results_priv.h"
#include "phases/scorecard/scorecard.h"

/* A closed round's score; the counts it takes are gone on return. */
static int score_of(struct req *rq, struct arena scratch, const struct shown_round *one,
		    struct consolidation *ret, struct err *err)
{
	const struct scorecard *sc = &app_of(rq)->pack->scorecard.def;
	struct round round = { .org_id = one->org_id, .id = one->id };
	struct round_tallies tallies;
	int r = tally_read(rq->db, &scratch, &round, VOTE_FIRST, sc, &tallies, err);

	if (r == 0)
		*ret = consolidate(rq->arena, sc, &tallies.whole);
	return r;
}

static struct str round_path(struct req *rq, int64_t org_id, int64_t id, const char *page)
{
	return url(rq, "/o/%.*s/rounds/%.*s%s", STR_ARG(id_text(rq->arena, org_id)),
		   STR_ARG(id_text(rq->arena, id)), page);
}

static int add_score(struct req *rq, int64_t org_id, struct scorecard_summary *s, struct err *err)
{
	const struct app *app = app_of(rq);
	struct consolidation now, before;
	struct shown_round *list;
	size_t n;
	int r = shown_list(rq->db, rq->arena, org_id, "scorecard", app->pack->id, true, rq->now_ms,
			   &list, &n, err);

	if (r != 0 || n == 0)
		return r;
	r = score_of(rq, rq->scratch, &list[0], &now, err);
	if (r == 0 && n > 1)
		r = score_of(rq, rq->scratch, &list[1], &before, err);
	if (r != 0)
		return r;
	s->score = score_words(rq, now.score);
	s->points = now.score;
	s->max = fmt_int(rq->arena, rq->language, app->pack->scorecard.def.max);
	s->estimate = say(rq, &app->pack->scorecard.bands[now.band].estimate);
	s->last_title = list[0].title;
	s->last_path = round_path(rq, org_id, list[0].id, "/results");
	if (n > 1)
		s->change = change_words_half(rq, now.score - before.score);
	return 0;
}

static void add_running(struct req *rq, int64_t org_id, const struct round_now *now,
			struct scorecard_summary *s)
{
	struct str zone = rq->actor.time_zone;

	if (now->has_next) {
		s->next_ms = now->next_ms;
		s->next_date = fmt_date(rq->arena, rq->language,
					now->next_ms + zone_offset(zone, now->next_ms));
	}
	s->is_open = now->is_open;
	if (!now->is_open)
		return;
	s->open_title = now->title;
	s->open_path = round_path(rq, org_id, now->round_id, "");
	s->response = results_fill(rq, trn(rq->language, "{n} answer", "{n} answers", now->n_sent),
				   "n", fmt_int(rq->arena, rq->language, now->n_sent));
	if (now->has_rate)
		s->response = tr_fill(
			rq->arena, tr(rq->language, "{n} of {total}"),
			(const struct tr_arg[]){
				{ "n", fmt_int(rq->arena, rq->language, now->n_sent) },
				{ "total", fmt_int(rq->arena, rq->language, now->n_invited) } },
			2);
}

int scorecard_summary(struct req *rq, int64_t org_id, struct scorecard_summary *ret,
		      struct err *err)
{
	struct scorecard_summary s = { .points = -1, .next_ms = INT64_MAX };
	struct round_now now;
	int r = add_score(rq, org_id, &s, err);

	if (r == 0)
		r = round_now(rq->db, rq->arena, org_id, rq->now_ms, &now, err);
	if (r != 0)
		return r;
	add_running(rq, org_id, &now, &s);
	if (s.score.len || now.is_open)
		s.phase = say(rq, &app_of(rq)->pack->milestones[0].title);
	*ret = s;
	return 0;
}
