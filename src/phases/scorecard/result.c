/* The result in words: see result.h. Arithmetic is domain/'s; this file only words it. */
#include "phases/scorecard/result.h"

#include "phases/app.h"

struct str answer_words(struct req *rq, size_t question, struct answer answer)
{
	const struct scorecard_pack *pack = &app_of(rq)->pack->scorecard;
	const struct question *q = &pack->def.questions[question];
	enum language l = rq->language;

	switch (answer.kind) {
	case ANSWER_MISSING:
		return tr(l, "No answer");
	case ANSWER_UNKNOWN:
		return say(rq, &pack->unknown.title);
	case ANSWER_OPTION:
		return say(rq, &pack->questions[question].options[answer.value].title);
	case ANSWER_LEVEL:
		break;
	}
	return tr_fill(rq->arena, tr(l, "{level} out of {max}"),
		       (const struct tr_arg[]){ { "level", fmt_int(rq->arena, l, answer.value) },
						{ "max", fmt_int(rq->arena, l, q->scale_max) } },
		       2);
}

/* What the making of a result needs at hand. */
struct maker {
	struct req *rq;
	struct arena *a;
	enum language l;
	size_t pack_language;
	const struct sheet *sheet;
	const struct scorecard_pack *pack;
	struct answer *answers; /* as counted: missing where the question is not asked */
	struct result *result;
};

static struct str fill1(const struct maker *m, struct str text, const char *name, struct str value)
{
	return tr_fill(m->a, text, &(const struct tr_arg){ name, value }, 1);
}

static struct result_question question_words(const struct maker *m, size_t i, int number)
{
	const struct question_score *qs = &m->result->score.questions[i];
	const struct question *q = &m->pack->def.questions[i];
	const struct question_text *text = &m->pack->questions[i];

	return (struct result_question){
		.index = i,
		.number = number,
		.id = q->id,
		.label = say(m->rq, &text->label),
		.category = say(m->rq, &m->pack->categories[q->category].title),
		.is_asked = qs->asked,
		.is_blank = qs->asked && qs->answer.kind == ANSWER_MISSING,
		.answer = answer_words(m->rq, i, qs->answer),
		.comment = m->sheet->comments[i],
		.points = qs->points,
		.max = qs->max,
		.has_gain = qs->gain > 0,
		.gain = qs->gain,
		.next = qs->gain > 0 ? answer_words(m->rq, i, qs->next) : (struct str){ 0 },
	};
}

static void make_questions(const struct maker *m)
{
	struct result *r = m->result;
	int counted = 0; /* those before, as sheet_count() counts them */

	r->n_questions = m->pack->def.n_questions;
	r->questions = arena_new(m->a, struct result_question, r->n_questions);
	for (size_t i = 0; i < r->n_questions; i++) {
		r->questions[i] = question_words(m, i, counted + 1);
		counted += sheet_counts(m->sheet, i);
	}
}

enum remark { REMARK_STRONG, REMARK_WEAK, REMARK_ASK };

/* The questions at `indexes` with the remark that goes with the list they stand in. */
static struct result_question *pick(const struct maker *m, const size_t *indexes, size_t n,
				    enum remark which)
{
	struct result_question *list = arena_new(m->a, struct result_question, n);

	for (size_t i = 0; i < n; i++) {
		const struct question_text *text = &m->pack->questions[indexes[i]];
		const struct text *const remarks[] = {
			[REMARK_STRONG] = &text->strong,
			[REMARK_WEAK] = &text->weak,
			[REMARK_ASK] = &text->ask,
		};

		list[i] = m->result->questions[indexes[i]];
		list[i].remark = say(m->rq, remarks[which]);
	}
	return list;
}

static void make_findings(const struct maker *m)
{
	struct result *r = m->result;
	const struct score *s = &r->score;

	r->strengths = pick(m, s->strengths, s->n_strengths, REMARK_STRONG);
	r->n_strengths = s->n_strengths;
	r->weaknesses = pick(m, s->weaknesses, s->n_weaknesses, REMARK_WEAK);
	r->n_weaknesses = s->n_weaknesses;
	r->unknowns = pick(m, s->unknown, s->n_unknown, REMARK_ASK);
	r->n_unknowns = s->n_unknown;
	r->blanks = pick(m, s->missing, s->n_missing, REMARK_ASK);
	r->n_blanks = s->n_missing;
}

static void make_categories(const struct maker *m)
{
	struct result *r = m->result;

	r->n_categories = m->pack->def.n_categories;
	r->categories = arena_new(m->a, struct result_category, r->n_categories);
	for (size_t i = 0; i < r->n_categories; i++)
		r->categories[i] = (struct result_category){
			.id = m->pack->def.categories[i].id,
			.title = say(m->rq, &m->pack->categories[i].title),
			.meaning = say(m->rq, &m->pack->categories[i].meaning),
			.points = r->score.categories[i].points,
			.max = r->score.categories[i].max,
			.share = r->score.categories[i].share,
			.points_words = fmt_int(m->a, m->l, r->score.categories[i].points),
			.share_words = fmt_percent(m->a, m->l, r->score.categories[i].share),
			.look = (int)i + 1,
		};
}

/* The row of question `id` among those made so far, or a new one that begins at `from`. */
static struct result_step *step_row(const struct maker *m, const struct step *s)
{
	struct result *r = m->result;
	struct str id = m->pack->def.questions[s->question].id;

	for (size_t i = 0; i < r->n_steps; i++)
		if (str_eq(r->steps[i].id, id))
			return &r->steps[i];
	r->steps[r->n_steps] = (struct result_step){
		.number = (int)r->n_steps + 1,
		.id = id,
		.title = say(m->rq, &m->pack->questions[s->question].step),
		.from = answer_words(m->rq, s->question, s->from),
	};
	return &r->steps[r->n_steps++];
}

/* A question that takes several steps is one row: from its answer to the last of them. */
static void make_steps(const struct maker *m)
{
	const struct steps *steps = &m->result->score.steps;

	m->result->steps = arena_new(m->a, struct result_step, steps->n);
	for (size_t i = 0; i < steps->n; i++) {
		const struct step *s = &steps->items[i];
		struct result_step *row = step_row(m, s);

		row->value = answer_text(m->a, &m->pack->def.questions[s->question], s->to);
		row->to = answer_words(m->rq, s->question, s->to);
		row->points += s->points;
	}
}

/* Where the score stands: points, band, estimate, and what comes next. */
static void make_position(const struct maker *m)
{
	struct result *r = m->result;
	const struct score *s = &r->score;
	const struct band *band = &m->pack->def.bands[s->band];
	const struct band_text *text = &m->pack->bands[s->band];

	r->band_id = band->id;
	r->band_title = say(m->rq, &text->title);
	r->estimate = say(m->rq, &text->estimate);
	r->points = tr_fill(
		m->a, trn(m->l, "{n} point out of {max}", "{n} points out of {max}", s->points),
		(const struct tr_arg[]){ { "n", fmt_int(m->a, m->l, s->points) },
					 { "max", fmt_int(m->a, m->l, s->max) } },
		2);
	r->share = fmt_percent(m->a, m->l, s->share);
	r->band_range =
		tr_fill(m->a, tr(m->l, "from {min} to {max} points"),
			(const struct tr_arg[]){ { "min", fmt_int(m->a, m->l, band->min) },
						 { "max", fmt_int(m->a, m->l, band->max) } },
			2);
	if (s->has_next)
		r->needed = fill1(m,
				  trn(m->l, "{n} point short of the next band",
				      "{n} points short of the next band", s->points_needed),
				  "n", fmt_int(m->a, m->l, s->points_needed));
	r->next_title = say(m->rq, &text->next_title);
	r->next_text = say(m->rq, &text->next_text);
	r->next_is_identify = text->next_target == NEXT_IDENTIFY;
	r->date = fmt_date(m->a, m->l, m->sheet->updated_ms);
}

/* What is said of a whole band. */
static void make_band(const struct maker *m)
{
	struct result *r = m->result;
	const struct band_text *text = &m->pack->bands[r->score.band];

	r->headline = passage_text(m->a, &text->headline, m->pack_language, m->answers);
	r->actions_title = say(m->rq, &text->actions_title);

	r->commentary = arena_new(m->a, struct str, text->commentary.n);
	for (size_t i = 0; i < text->commentary.n; i++) {
		struct str p = passage_text(m->a, &text->commentary.items[i], m->pack_language,
					    m->answers);

		/* Every fragment of a paragraph may have fallen to its condition. */
		if (p.len)
			r->commentary[r->n_commentary++] = p;
	}
}

static void make_bands(const struct maker *m)
{
	struct result *r = m->result;

	r->n_bands = m->pack->def.n_bands;
	r->bands = arena_new(m->a, struct result_band, r->n_bands);
	for (size_t i = 0; i < r->n_bands; i++)
		r->bands[i] = (struct result_band){
			.id = m->pack->def.bands[i].id,
			.title = say(m->rq, &m->pack->bands[i].title),
			.estimate = say(m->rq, &m->pack->bands[i].estimate),
			.min = m->pack->def.bands[i].min,
			.max = m->pack->def.bands[i].max,
			.is_here = i == r->score.band,
		};
}

/* Why an action is proposed: the answers that leave points to gain, in words. */
static struct str action_reason(const struct maker *m, const struct pack_action *action)
{
	struct str *parts = arena_new(m->a, struct str, action->n_questions);
	size_t n = 0;

	for (size_t i = 0; i < action->n_questions; i++) {
		const struct result_question *q = &m->result->questions[action->questions[i]];

		if (q->is_asked && q->points < q->max)
			parts[n++] = tr_fill(m->a,
					     q->is_blank ? tr(m->l, "none for “{question}”")
							 : tr(m->l, "“{answer}” for “{question}”"),
					     (const struct tr_arg[]){ { "question", q->label },
								      { "answer", q->answer } },
					     2);
	}
	if (n == 0)
		return (struct str){ 0 };
	return fill1(m, tr(m->l, "Based on your answers: {answers}."), "answers",
		     fmt_list(m->a, m->l, parts, n));
}

/*
 * How early an action comes: those already in place last; then by the most influential question it
 * serves that still has points to gain; actions whose questions are all at their top after those.
 */
static size_t action_rank(const struct maker *m, const struct pack_action *action, bool is_done)
{
	const struct scorecard *def = &m->pack->def;

	if (is_done)
		return 2 * def->n_questions;
	for (size_t rank = 0; rank < def->n_questions; rank++)
		for (size_t i = 0; i < action->n_questions; i++)
			if (action->questions[i] == def->leverage[rank] &&
			    m->result->score.questions[def->leverage[rank]].gain > 0)
				return rank;
	return def->n_questions;
}

static struct result_action action_words(const struct maker *m, const struct pack_action *action,
					 int number)
{
	struct result_action out = {
		.number = number,
		.id = action->id,
		.title = passage_text(m->a, &action->title, m->pack_language, m->answers),
		.detail = passage_text(m->a, &action->detail, m->pack_language, m->answers),
		.is_done = action->has_done && condition_holds(&action->done, m->answers),
		.reason = action_reason(m, action),
		.n_labels = action->n_questions,
		.labels = arena_new(m->a, struct str, action->n_questions),
	};

	for (size_t i = 0; i < action->n_questions; i++)
		out.labels[i] = m->result->questions[action->questions[i]].label;
	return out;
}

static void make_actions(const struct maker *m)
{
	struct result *r = m->result;
	const struct band_text *text = &m->pack->bands[r->score.band];
	size_t *ranks = arena_new(m->a, size_t, text->n_actions);

	r->actions = arena_new(m->a, struct result_action, text->n_actions);
	for (size_t i = 0; i < text->n_actions; i++) {
		struct result_action action = action_words(m, &text->actions[i], (int)i + 1);
		size_t rank = action_rank(m, &text->actions[i], action.is_done);
		size_t at = r->n_actions++;

		/* Insertion keeps the pack's order between equals. */
		for (; at > 0 && ranks[at - 1] > rank; at--) {
			ranks[at] = ranks[at - 1];
			r->actions[at] = r->actions[at - 1];
		}
		ranks[at] = rank;
		r->actions[at] = action;
		if (!action.is_done && r->n_top < RESULT_TOP_ACTIONS)
			r->n_top++;
	}
}

static struct maker maker_of(struct req *rq, const struct sheet *sheet, struct score score,
			     struct result *result)
{
	struct maker m = {
		.rq = rq,
		.a = rq->arena,
		.l = rq->language,
		.pack_language = app_of(rq)->pack_language[rq->language],
		.sheet = sheet,
		.pack = sheet->pack,
		.answers = arena_new(rq->arena, struct answer, sheet->pack->def.n_questions),
		.result = result,
	};

	*result = (struct result){
		.sheet = sheet,
		.score = score,
	};
	for (size_t i = 0; i < sheet->pack->def.n_questions; i++)
		m.answers[i] = result->score.questions[i].answer;
	return m;
}

struct result result_position(struct req *rq, const struct sheet *sheet)
{
	struct result result;
	struct maker m = maker_of(
		rq, sheet, score_compute(rq->arena, &sheet->pack->def, sheet->answers), &result);

	make_position(&m);
	make_bands(&m);
	return result;
}

struct result result_make(struct req *rq, const struct sheet *sheet)
{
	return result_make_from(rq, sheet,
				score_compute(rq->arena, &sheet->pack->def, sheet->answers));
}

struct result result_make_from(struct req *rq, const struct sheet *sheet, struct score score)
{
	struct result result;
	struct maker m = maker_of(rq, sheet, score, &result);

	result.caveat = say(rq, &sheet->pack->caveat);
	make_questions(&m);
	make_findings(&m);
	make_categories(&m);
	make_steps(&m);
	make_position(&m);
	make_band(&m);
	make_bands(&m);
	make_actions(&m);
	return result;
}
