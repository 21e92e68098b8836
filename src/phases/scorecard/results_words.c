/* A campaign's results as a whole, in words: see results.h. */
#include "base/num.h"
#include "phases/app.h"
#include "phases/scorecard/results_priv.h"

static struct str number(struct req *rq, int64_t n)
{
	return fmt_int(rq->arena, rq->language, n);
}

/* ---- the whole ---- */

static struct str points_words(struct req *rq, const struct results *r)
{
	return tr_fill(rq->arena, tr(rq->language, "{score} points out of {max}"),
		       (const struct tr_arg[]){ { "score", r->score },
						{ "max", number(rq, r->pack->def.max) } },
		       2);
}

static struct str range_words(struct req *rq, const struct results *r)
{
	if (!r->range.is_known)
		return S("");
	return tr_fill(rq->arena,
		       tr(rq->language, "between {low} and {high}, nine times out of ten"),
		       (const struct tr_arg[]){ { "low", r->low }, { "high", r->high } }, 2);
}

struct str results_dates(struct req *rq, const struct results *r)
{
	const struct round *round = &r->round;
	bool is_closed = round->state == ROUND_CLOSED;

	if (!round->has_opened)
		return S("");
	return results_fill(
		rq,
		is_closed ? tr(rq->language, "closed on {when}")
			  : tr(rq->language, "open since {when}"),
		"when",
		when_words(rq, r->org.time_zone, is_closed ? round->closed_ms : round->opened_ms));
}

void results_say_whole(struct req *rq, struct results *r)
{
	r->score = score_words(rq, r->whole.score);
	r->score_plain =
		str_fmt(rq->arena, "%d%s", r->whole.score / 2, r->whole.score % 2 ? ".5" : "");
	r->points = points_words(rq, r);
	r->respondents = results_fill(rq, trn(rq->language, "{n} answer", "{n} answers", r->n_sent),
				      "n", number(rq, r->n_sent));
	r->low = half_words(rq, r->range.low);
	r->high = half_words(rq, r->range.high);
	r->range_words = range_words(rq, r);
	if (r->tallies.ignored)
		r->ignored = results_fill(
			rq,
			trn(rq->language,
			    "{n} answer to another version of the questions is left out.",
			    "{n} answers to another version of the questions are left out.",
			    (int64_t)r->tallies.ignored),
			"n", number(rq, (int64_t)r->tallies.ignored));
}

/* ---- categories ---- */

void results_say_categories(struct req *rq, struct results *r)
{
	const struct scorecard *sc = &r->pack->def;

	r->n_categories = sc->n_categories;
	r->categories = arena_new(rq->arena, struct result_category, sc->n_categories);
	for (size_t i = 0; i < sc->n_questions; i++)
		r->categories[sc->questions[i].category].points += r->raw.questions[i];
	for (size_t i = 0; i < sc->n_categories; i++) {
		struct result_category *c = &r->categories[i];

		c->id = sc->categories[i].id;
		c->title = say(rq, &r->pack->categories[i].title);
		c->meaning = say(rq, &r->pack->categories[i].meaning);
		c->max = sc->categories[i].max;
		c->is_halved = true;
		c->share = (int)num_div_round((int64_t)c->points * SHARE_WHOLE, 2 * c->max);
		c->share_words = fmt_percent(rq->arena, rq->language, c->share);
		c->points_words = half_words(rq, c->points);
		c->look = (int)i + 1;
	}
}

/* ---- bands ---- */

/* A share as a whole percent; what is rare is not said to be impossible. */
static struct str chance_words(struct req *rq, struct band_chance chance)
{
	if (chance.percent == 0 && chance.share > 0)
		return tr(rq->language, "under 1%");
	return fmt_percent(rq->arena, rq->language, chance.percent * (SHARE_WHOLE / 100));
}

void results_say_bands(struct req *rq, struct results *r)
{
	const struct scorecard *sc = &r->pack->def;

	r->n_bands = sc->n_bands;
	r->bands = arena_new(rq->arena, struct results_band, sc->n_bands);
	for (size_t i = 0; i < sc->n_bands; i++) {
		r->bands[i] = (struct results_band){
			.id = sc->bands[i].id,
			.title = say(rq, &r->pack->bands[i].title),
			.estimate = say(rq, &r->pack->bands[i].estimate),
			.min = sc->bands[i].min,
			.max = sc->bands[i].max,
			.is_here = i == r->whole.band,
		};
		if (!r->range.is_known)
			continue;
		r->bands[i].chance_share = r->range.bands[i].share;
		r->bands[i].chance = chance_words(rq, r->range.bands[i]);
	}
}

/* ---- the shortest way ---- */

/* "7.5 points". */
static struct str halves_words(struct req *rq, int half)
{
	return results_fill(rq, trn(rq->language, "{n} point", "{n} points", half <= 2 ? 1 : 2),
			    "n", half_words(rq, half));
}

/* From which score the next band begins: half a point below its first one, which that rounds to. */
static struct str needed_words(struct req *rq, const struct results *r)
{
	int first = r->pack->def.bands[r->whole.band + 1].min;

	return tr_fill(
		rq->arena,
		tr(rq->language,
		   "{n} short of the next band, which begins at {from} (rounded: {min})"),
		(const struct tr_arg[]){ { "n", halves_words(rq, r->way.needed) },
					 { "from", half_words(rq, r->whole.score + r->way.needed) },
					 { "min", number(rq, first) } },
		3);
}

/* What the steps bring together: more than is missing where the last of them cannot be cut short. */
static struct str sum_words(struct req *rq, const struct results *r)
{
	int sum = 0;
	struct str words;

	for (size_t i = 0; i < r->n_steps; i++)
		sum += r->way.steps.items[i].to - r->way.steps.items[i].from;
	words = tr_fill(
		rq->arena,
		trn(rq->language, "{n} step brings {points}, which makes {score}.",
		    "{n} steps together bring {points}, which makes {score}.", (int64_t)r->n_steps),
		(const struct tr_arg[]){ { "n", number(rq, (int64_t)r->n_steps) },
					 { "points", halves_words(rq, sum) },
					 { "score", score_words(rq, r->whole.score + sum) } },
		3);
	if (sum <= r->way.needed)
		return words;
	return str_fmt(
		rq->arena, "%.*s %.*s", STR_ARG(words),
		STR_ARG(results_fill(
			rq,
			tr(rq->language,
			   "That is {points} more than is missing: a step leads to the next answer and is not taken by halves."),
			"points", halves_words(rq, sum - r->way.needed))));
}

/* From which median to which answer. */
static void say_step(struct req *rq, const struct results_question *q, struct results_step *s)
{
	if (q->is_few) {
		s->from = S("–");
		s->detail =
			results_fill(rq,
				     tr(rq->language,
					"to “{to}”; too few answers, which count as if left blank"),
				     "to", s->to);
		return;
	}
	s->detail = tr_fill(rq->arena, tr(rq->language, "from a median of {from} to “{to}”"),
			    (const struct tr_arg[]){ { "from", s->from }, { "to", s->to } }, 2);
}

void results_say_way(struct req *rq, struct results *r)
{
	const struct scorecard *sc = &r->pack->def;

	r->n_steps = r->way.steps.n;
	r->steps = arena_new(rq->arena, struct results_step, r->n_steps);
	for (size_t i = 0; i < r->n_steps; i++) {
		const struct median_step *s = &r->way.steps.items[i];

		r->steps[i] = (struct results_step){
			.id = sc->questions[s->question].id,
			.value = answer_text(rq->arena, &sc->questions[s->question], s->answer),
			.title = say(rq, &r->pack->questions[s->question].step),
			.to = answer_words(rq, s->question, s->answer),
			.from = half_words(rq, s->from),
			.gain = change_words_half(rq, s->to - s->from),
		};
		say_step(rq, &r->questions[s->question], &r->steps[i]);
	}
	if (!r->way.has_next)
		return;
	r->way_needed = needed_words(rq, r);
	r->way_sum = sum_words(rq, r);
}

/* ---- what the band says ---- */

/* Why an action is proposed: the medians that leave points to gain. */
static struct str reason_words(struct req *rq, const struct results *r,
			       const struct pack_action *action)
{
	struct str *parts = arena_new(rq->arena, struct str, action->n_questions);
	size_t n = 0;

	for (size_t i = 0; i < action->n_questions; i++) {
		const struct results_question *q = &r->questions[action->questions[i]];

		if (q->is_few || q->spread->median >= 2 * q->max)
			continue;
		parts[n++] = tr_fill(rq->arena,
				     tr(rq->language, "“{question}”, median {median} out of {max}"),
				     (const struct tr_arg[]){ { "question", q->label },
							      { "median", q->median },
							      { "max", number(rq, q->max) } },
				     3);
	}
	if (n == 0)
		return S("");
	return results_fill(rq, tr(rq->language, "Based on the answers: {answers}."), "answers",
			    fmt_list(rq->arena, rq->language, parts, n));
}

/* What to say of the questions still to be discussed, by whether others were that are agreed on since. */
static struct str apart_words(enum language l, bool has_open, bool has_settled)
{
	if (has_open && has_settled)
		return tr(
			l,
			"Of the questions still open, opinions lie furthest apart on {questions}.");
	if (has_open)
		return tr(l, "Opinions lie furthest apart on {questions}.");
	if (has_settled)
		return tr(l,
			  "Wherever opinions lay far apart, an answer has been agreed on since.");
	return tr(
		l,
		"On no question do opinions lie far apart: at least half gave the same answer everywhere.");
}

/* Where opinions agree and where they do not. */
static struct str sentence(struct req *rq, const struct results *r)
{
	struct str names[RESULT_TOP_ACTIONS];
	bool has_settled = false;
	size_t n = 0;

	for (size_t k = 0; k < r->n_questions; k++) {
		const struct results_question *q = &r->questions[r->whole.disagreement[k]];

		has_settled |= q->has_agreement && opinions_of(q->spread) == OPINIONS_APART;
		if (q->opinions == OPINIONS_APART && n < RESULT_TOP_ACTIONS)
			names[n++] = results_fill(rq, tr(rq->language, "“{question}”"), "question",
						  q->label);
	}
	return results_fill(rq, apart_words(rq->language, n > 0, has_settled), "questions",
			    fmt_list(rq->arena, rq->language, names, n));
}

void results_say_band_texts(struct req *rq, struct results *r)
{
	const struct band_text *text = &r->pack->bands[r->whole.band];

	for (size_t i = 0; i < r->band.n_actions; i++)
		r->band.actions[i].reason =
			reason_words(rq, r, &text->actions[r->band.actions[i].number - 1]);
	r->sentence = sentence(rq, r);
}
