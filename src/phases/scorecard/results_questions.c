/* A campaign's questions with how often each answer was given: see results.h. */
#include "base/num.h"
#include "phases/app.h"
#include "phases/scorecard/results_priv.h"

/* ---- how often each answer was given ---- */

/* "12 (52 %)" */
static struct str count_words(struct req *rq, const struct results_answer *a)
{
	struct str n = fmt_int(rq->arena, rq->language, a->n);

	if (!a->has_share)
		return n;
	return tr_fill(
		rq->arena, tr(rq->language, "{n} ({share})"),
		(const struct tr_arg[]){
			{ "n", n }, { "share", fmt_percent(rq->arena, rq->language, a->share) } },
		2);
}

static void set_share(struct results_answer *a, uint32_t given)
{
	a->has_share = given > 0;
	if (given > 0)
		a->share = (int)num_div_round((int64_t)a->n * SHARE_WHOLE, given);
}

/* The look of points: 1 for none, 5 for the most. */
static int look_of(int points, int max)
{
	return 1 + (int)num_div_round(4 * (int64_t)points, max > 0 ? max : 1);
}

/* The answers to one question being listed. */
struct answers {
	size_t index;
	const struct question *q;
	const struct question_spread *spread;
	struct results_answer *items;
	size_t n;
};

/* Of answers given equally often, none is marked. */
static bool is_mode(const struct question_spread *s, struct answer answer)
{
	return s->n_modes == 1 && answer_eq(s->mode, answer);
}

/* An option or a level. */
static struct results_answer valued(struct req *rq, const struct answers *of, size_t k, uint32_t n)
{
	const struct question *q = of->q;
	struct answer answer = q->kind == QUESTION_SCALE
				       ? (struct answer){ ANSWER_LEVEL, q->scale_min + (int)k }
				       : (struct answer){ ANSWER_OPTION, (int)k };
	struct results_answer a = {
		.value = answer_text(rq->arena, q, answer),
		.label = q->kind == QUESTION_SCALE ? fmt_int(rq->arena, rq->language, answer.value)
						   : answer_words(rq, of->index, answer),
		.n = n,
		.has_points = true,
		.points = question_points(q, answer),
		.is_mode = is_mode(of->spread, answer),
	};

	a.look = look_of(a.points, q->max);
	set_share(&a, of->spread->given);
	a.count = count_words(rq, &a);
	return a;
}

/* Those whose answer is not one that gives points. */
static void add_apart(struct req *rq, struct answers *of, const struct tally *t)
{
	const struct {
		const char *value;
		struct str label;
		uint32_t n;
		bool is_given;
	} apart[] = {
		{ "unknown", say(rq, &app_of(rq)->pack->scorecard.unknown.title), t->unknown,
		  true },
		{ RESULTS_NOT_ASKED, tr(rq->language, "not asked"), t->not_asked, false },
		{ RESULTS_BLANK, tr(rq->language, "no answer"), t->unanswered, false },
	};

	for (size_t i = 0; i < sizeof apart / sizeof *apart; i++) {
		struct results_answer a = { .value = str_from(apart[i].value),
					    .label = apart[i].label,
					    .n = apart[i].n };

		if (a.n == 0 && !apart[i].is_given)
			continue;
		if (apart[i].is_given) {
			set_share(&a, of->spread->given);
			a.is_mode = is_mode(of->spread, (struct answer){ .kind = ANSWER_UNKNOWN });
		}
		a.count = count_words(rq, &a);
		of->items[of->n++] = a;
	}
}

struct results_answer *results_answers(struct req *rq, const struct results *r, size_t index,
				       const struct question_spread *spread, const struct tally *t,
				       size_t *ret_n)
{
	enum { APART_MAX = 3 };
	struct answers of = {
		.index = index,
		.q = &r->pack->def.questions[index],
		.spread = spread,
		.items = arena_new(rq->arena, struct results_answer, t->n_values + APART_MAX),
	};

	for (size_t k = 0; k < t->n_values; k++)
		of.items[of.n++] = valued(rq, &of, k, t->values[k]);
	add_apart(rq, &of, t);
	*ret_n = of.n;
	return of.items;
}

/* ---- a question ---- */

struct modes results_modes(struct req *rq, size_t index, const struct question_spread *s)
{
	return (struct modes){
		.labels = { answer_words(rq, index, s->mode), answer_words(rq, index, s->also) },
		.n = s->n_modes,
		.share = s->given ? fmt_percent(rq->arena, rq->language, s->mode_share) : S("–"),
	};
}

/* "57 %"; of answers given equally often, that each of them has it, and of how many not named. */
static struct str mode_share(struct req *rq, const struct modes *m)
{
	if (m->n <= 1)
		return m->share;
	if (m->n <= MODES_NAMED)
		return results_fill(rq, tr(rq->language, "{share} each"), "share", m->share);
	return tr_fill(
		rq->arena, tr(rq->language, "{n} answers with {share} each"),
		(const struct tr_arg[]){ { "n", fmt_int(rq->arena, rq->language, (int64_t)m->n) },
					 { "share", m->share } },
		2);
}

static struct str as_answered(struct req *rq, const struct results_question *q)
{
	if (q->is_few)
		return tr(rq->language, "As answered: too few answers to be shown.");
	if (q->spread->given == 0)
		return tr(rq->language, "As answered: nobody gave an answer.");
	return tr_fill(rq->arena, tr(rq->language, "As answered: median {median}; {mode}."),
		       (const struct tr_arg[]){ { "median", q->median }, { "mode", q->mode_said } },
		       2);
}

/* Of how many the question was asked, where it was not of all. */
static struct str asked_words(struct req *rq, const struct results *r, const struct tally *t)
{
	if (t->not_asked == 0)
		return S("");
	return tr_fill(rq->arena,
		       trn(rq->language, "Asked of {n} person of {total}",
			   "Asked of {n} people of {total}", r->n_sent - t->not_asked),
		       (const struct tr_arg[]){
			       { "n", fmt_int(rq->arena, rq->language, r->n_sent - t->not_asked) },
			       { "total", fmt_int(rq->arena, rq->language, r->n_sent) } },
		       2);
}

/* Of what few answered only that it is so: its counts are empty already, and no "0" is to stand for them. */
static void hide_answers(struct req *rq, struct results_question *q)
{
	q->is_few = true;
	q->median = q->iqr = q->unknown = q->mode_share = S("–");
	q->mode = tr(rq->language, "too few answers to this question");
	q->mode_said = q->asked = S("");
	q->opinions = OPINIONS_FEW;
	q->not_asked = q->blank = 0;
}

static struct results_question question_words(struct req *rq, const struct results *r, size_t i)
{
	enum { IQR_DECIMALS = 2, QUARTER = 25 }; /* a quarter point in hundredths */
	const struct question *q = &r->pack->def.questions[i];
	const struct question_text *text = &r->pack->questions[i];
	const struct question_spread *s = &r->whole.questions[i];
	const struct tally *tally = &r->tallies.whole.questions[i];
	struct modes modes = results_modes(rq, i, s);
	struct results_question out = {
		.index = i,
		.number = (int)i + 1,
		.id = q->id,
		.label = say(rq, &text->label),
		.text = say(rq, &text->text),
		.category = say(rq, &r->pack->categories[q->category].title),
		.max = q->max,
		.spread = s,
		.median = half_words(rq, s->median),
		.iqr = fmt_fixed(rq->arena, rq->language, s->iqr * QUARTER, IQR_DECIMALS, true),
		.unknown = fmt_int(rq->arena, rq->language, s->unknown),
		.mode = mode_short(rq->arena, rq->language, &modes),
		.mode_share = mode_share(rq, &modes),
		.mode_said = mode_words(rq->arena, rq->language, &modes),
		.opinions = opinions_of(s),
		.not_asked = tally->not_asked,
		.blank = tally->unanswered,
		.asked = asked_words(rq, r, tally),
	};

	if (few_answered(r->round.terms.mode, tally))
		hide_answers(rq, &out);
	out.opinions_words = opinions_words(rq->language, out.opinions);
	out.as_answered = as_answered(rq, &out);
	if (out.spread->unknown > 0)
		out.ask = say(rq, &text->ask);
	if (!out.is_few)
		out.answers = results_answers(rq, r, i, s, tally, &out.n_answers);
	return out;
}

static struct str few_words(struct req *rq)
{
	return results_fill(
		rq,
		tr(rq->language,
		   "Some questions were answered by fewer than {n} people. This campaign is anonymous and each of them could be told apart: neither their answers nor the median nor how far they agree is shown. Nor do these answers count in the score and its category: such a question counts as left blank, so that nothing can be worked out by subtracting."),
		"n", fmt_int(rq->arena, rq->language, GROUP_THRESHOLD_MIN));
}

void results_say_questions(struct req *rq, struct results *r)
{
	r->n_questions = r->pack->def.n_questions;
	r->questions = arena_new(rq->arena, struct results_question, r->n_questions);
	for (size_t i = 0; i < r->n_questions; i++) {
		r->questions[i] = question_words(rq, r, i);
		r->n_apart += r->questions[i].opinions == OPINIONS_APART;
		r->n_unknown += r->questions[i].spread->unknown;
		r->n_not_asked += r->questions[i].not_asked;
		r->n_blank += r->questions[i].blank;
		if (r->questions[i].is_few)
			r->few_words = few_words(rq);
	}
}

void results_sort_questions(struct req *rq, struct results *r)
{
	struct results_question *sorted;

	if (r->by_pack)
		return;
	sorted = arena_new(rq->arena, struct results_question, r->n_questions);
	for (size_t k = 0; k < r->n_questions; k++)
		sorted[k] = r->questions[r->whole.disagreement[k]];
	r->questions = sorted;
}
