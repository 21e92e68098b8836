/* What was agreed on, and the score that comes of it, beside the one as answered: see results.h. */
#include "i18n/zone.h"
#include "phases/app.h"
#include "phases/scorecard/results_priv.h"
#include "rounds/workshop.h"

static struct str number(struct req *rq, size_t n)
{
	return fmt_int(rq->arena, rq->language, (int64_t)n);
}

/* ---- each of them ---- */

/* What is agreed is no longer to be discussed, however far apart the answers were. */
static void settle(struct req *rq, struct results *r, struct results_question *q,
		   struct answer agreed, const struct agreement *what)
{
	q->has_agreement = true;
	q->agreement = (struct results_agreement){
		.choice = agreed,
		.value = what->value,
		.answer = answer_words(rq, q->index, agreed),
		.reason = what->reason,
		.when = when_words(rq, r->org.time_zone, what->at_ms),
	};
	r->n_apart -= q->opinions == OPINIONS_APART;
	q->opinions = OPINIONS_AGREED;
	q->opinions_words = opinions_words(rq->language, OPINIONS_AGREED);
	r->n_agreed++;
}

/* ---- in words ---- */

/* How many of them the workshop agreed on; an editor may have noted others beside it. */
static size_t in_workshop(const struct results *r, const struct agenda *agenda)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_questions; i++) {
		const struct agenda_item *at = agenda_find(agenda, r->questions[i].id);

		n += r->questions[i].has_agreement && at && at->standing.state == ITEM_AGREED;
	}
	return n;
}

static struct str title_words(struct req *rq, const struct results *r, const struct workshop *w,
			      size_t n_there)
{
	struct str zone = r->org.time_zone, text;

	if (n_there == 0)
		text = trn(rq->language, "{n} question agreed", "{n} questions agreed",
			   (int64_t)r->n_agreed);
	else if (n_there == r->n_agreed)
		text = trn(rq->language, "{n} question agreed in the workshop of {date}",
			   "{n} questions agreed in the workshop of {date}", (int64_t)r->n_agreed);
	else
		text = trn(rq->language, "{n} question agreed, {some} in the workshop of {date}",
			   "{n} questions agreed, {some} in the workshop of {date}",
			   (int64_t)r->n_agreed);
	return tr_fill(
		rq->arena, text,
		(const struct tr_arg[]){
			{ "n", number(rq, r->n_agreed) },
			{ "some", number(rq, n_there) },
			{ "date", fmt_date(rq->arena, rq->language,
					   w->started_ms + zone_offset(zone, w->started_ms)) },
		},
		3);
}

static struct str score_sentence(struct req *rq, const struct results *r)
{
	return tr_fill(
		rq->arena,
		tr(rq->language,
		   "With what was agreed on: {agreed} points, {estimate}. The official score stays the one as answered: {score}."),
		(const struct tr_arg[]){ { "agreed", r->agreed_score },
					 { "estimate", r->agreed_estimate },
					 { "score", r->score } },
		3);
}

static int say_agreed(struct req *rq, struct results *r, struct err *err)
{
	struct workshop w = { .round_id = r->round.id };
	struct agenda agenda = { .n = 0 };
	size_t n_there;
	int result = workshop_load(rq->db, rq->arena, r->round.org_id, r->round.id, &w, err);

	if (result == 0)
		result = workshop_agenda(rq->db, rq->arena, &w, &agenda, err);
	if (result != 0 && result != DB_NOT_FOUND)
		return result;
	n_there = in_workshop(r, &agenda);
	r->has_minutes = n_there > 0;
	r->agreed_title = title_words(rq, r, &w, n_there);
	r->agreed_words = score_sentence(rq, r);
	return 0;
}

int results_load_agreed(struct req *rq, struct results *r, struct err *err)
{
	const struct scorecard *sc = &r->pack->def;
	struct answer *agreed = arena_new(rq->arena, struct answer, sc->n_questions);
	struct agreement *list;
	size_t n;
	int result = agreement_list(rq->db, rq->arena, &r->round, &list, &n, err);

	if (result != 0)
		return result;
	for (size_t i = 0; i < n; i++) {
		int q = scorecard_find(sc, list[i].item);

		/* Of another version of the pack: nothing to show it by. */
		if (q >= 0 && answer_parse(&sc->questions[q], list[i].value, &agreed[q]) == 0)
			settle(rq, r, &r->questions[q], agreed[q], &list[i]);
	}
	r->has_agreed = r->n_agreed > 0;
	if (!r->has_agreed)
		return 0;
	r->agreed = standing_agreed(rq->arena, sc, &r->whole, agreed);
	r->agreed_score = score_words(rq, r->agreed.score);
	r->agreed_estimate = say(rq, &r->pack->bands[r->agreed.band].estimate);
	return say_agreed(rq, r, err);
}

/* ---- the recommended actions, which follow the answers given ---- */

/* The typical answers, with what was agreed on in their place. */
static struct answer *agreed_answers(struct req *rq, const struct results *r)
{
	const struct scorecard *sc = &r->pack->def;
	struct answer *answers = arena_new(rq->arena, struct answer, sc->n_questions);

	for (size_t i = 0; i < sc->n_questions; i++) {
		answers[i] = r->band.sheet->answers[i];
		if (r->questions[i].has_agreement)
			answers[i] = r->questions[i].agreement.choice;
	}
	answers_asked(sc, answers, answers);
	return answers;
}

static const struct result_action *same_action(const struct result *in, struct str id)
{
	size_t i = 0;

	while (!str_eq(in->actions[i].id, id))
		i++;
	return &in->actions[i];
}

/* "Agreed since: “Data warehouse”: A warehouse in service. …": of its questions those that were answered otherwise. */
static struct str settled_words(struct req *rq, const struct results *r,
				const struct pack_action *action, const struct answer *agreed)
{
	struct str *parts = arena_new(rq->arena, struct str, action->n_questions);
	size_t n = 0;

	for (size_t i = 0; i < action->n_questions; i++) {
		const struct results_question *q = &r->questions[action->questions[i]];

		if (q->has_agreement &&
		    !answer_eq(agreed[q->index], r->band.sheet->answers[q->index]))
			parts[n++] =
				tr_fill(rq->arena, tr(rq->language, "“{answer}” for “{question}”"),
					(const struct tr_arg[]){ { "answer", q->agreement.answer },
								 { "question", q->label } },
					2);
	}
	if (n == 0)
		return S("");
	return results_fill(
		rq,
		tr(rq->language,
		   "Agreed since: {answers}. This action still follows the answers given."),
		"answers", fmt_list(rq->arena, rq->language, parts, n));
}

void results_settle_actions(struct req *rq, struct results *r)
{
	const struct band_text *text = &r->pack->bands[r->whole.band];
	struct answer *agreed;
	struct result after;

	if (!r->has_agreed)
		return;
	agreed = agreed_answers(rq, r);
	after = results_band_for(rq, r, agreed);
	for (size_t i = 0; i < r->band.n_actions; i++) {
		struct result_action *a = &r->band.actions[i];
		const struct result_action *b = same_action(&after, a->id);

		if (a->is_done != b->is_done || !str_eq(a->title, b->title) ||
		    !str_eq(a->detail, b->detail))
			a->settled = settled_words(rq, r, &text->actions[a->number - 1], agreed);
	}
}
