/* What a campaign's score would be with other answers, and answers agreed on: both stand beside the score. */
#include "phases/app.h"
#include "phases/scorecard/results_page.h"
#include "phases/scorecard/results_priv.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "rounds/workshop.h"
#include "view/layout.h"

/* ---- what if ---- */

/* The query's answers; missing where the campaign's own count. 0, or 1 when one is not an answer. */
static int tried(struct req *rq, const struct results *r, struct answer *ret)
{
	const struct scorecard *sc = &r->pack->def;
	const struct try_args *args = rq->args;

	for (size_t i = 0; i < args->answers.n; i++) {
		const struct arg_pair *pair = &args->answers.items[i];
		int q = scorecard_find(sc, pair->name);

		if (q < 0)
			return 1;
		if (pair->value.len && answer_parse(&sc->questions[q], pair->value, &ret[q]) != 0)
			return 1;
	}
	return 0;
}

/* What counts unless something is tried. */
static struct str median_words(struct req *rq, const struct results_question *q)
{
	if (q->is_few)
		return tr(rq->language, "too few answers: counts 0");
	return tr_fill(
		rq->arena, tr(rq->language, "as answered: median {median} out of {max}"),
		(const struct tr_arg[]){ { "median", q->median },
					 { "max", fmt_int(rq->arena, rq->language, q->max) } },
		2);
}

static void add_questions(struct req *rq, const struct results *r, const struct answer *answers,
			  struct try_page *m)
{
	m->questions = arena_new(rq->arena, struct try_question, r->n_questions);
	for (size_t i = 0; i < r->n_questions; i++) {
		const struct results_question *q = &r->questions[i];
		struct try_question *out = &m->questions[m->n++];

		*out = (struct try_question){
			.id = q->id,
			.label = q->label,
			.median = median_words(rq, q),
			.is_changed = answers[i].kind != ANSWER_MISSING,
		};
		out->choices = results_choices(rq, i, answers[i], &out->n_choices);
	}
}

static struct try_page try_page(struct req *rq, const struct results *r,
				const struct answer *answers)
{
	struct standing s = standing_agreed(rq->arena, &r->pack->def, &r->whole, answers);
	struct try_page m = {
		.action = campaign_url(rq, r->round.id, "/results/what-if"),
		.back = campaign_url(rq, r->round.id, "/results"),
		.score = results_fill(
			rq, trn(rq->language, "{n} point", "{n} points", s.score < 4 ? 1 : 2), "n",
			score_words(rq, s.score)),
		.plain = str_fmt(rq->arena, "%d%s", s.score / 2, s.score % 2 ? ".5" : ""),
		.estimate = r->bands[s.band].estimate,
		.band = r->bands[s.band].id,
		.change = s.score == r->whole.score
				  ? tr(rq->language, "no change")
				  : change_words_half(rq, s.score - r->whole.score),
		.has_changes = s.score != r->whole.score,
		.scale =
			view_svg(results_scale_svg(rq, "what-if-scale", r, s.score, s.band, false)),
	};

	add_questions(rq, r, answers, &m);
	return m;
}

struct reply *results_try(struct req *rq)
{
	const struct try_args *args = rq->args;
	struct results_query q = { .round = args->round, .by_pack = true, .has_no_compare = true };
	struct view v = view_make(rq);
	struct answer *answers;
	struct try_page m;
	struct results r;
	struct reply *other = results_to_show(rq, &q, &r);

	if (other)
		return other;
	answers = arena_new(rq->arena, struct answer, r.pack->def.n_questions);
	if (tried(rq, &r, answers) != 0)
		return reply_status(rq, 400);
	m = try_page(rq, &r, answers);
	scorecard_try_page(&v, &m);
	return results_reply(rq, 200, &r.round,
			     &(struct layout){ .title = tr(rq->language, "Try other answers"),
					       .body = view_html(&v),
					       .band = m.band,
					       .exact_score = m.plain });
}

/* ---- what was agreed on ---- */

static struct form agree_form(struct req *rq, const struct results *r, size_t question,
			      struct str value, struct str reason)
{
	struct form f = form_make(rq, NULL, campaign_url(rq, r->round.id, "/results/agree"),
				  N_("Record it"), true);
	struct form_field *field =
		form_choose(&f, FIELD_SELECT, "value", N_("Agreed answer"), value);
	const struct answer none = { .kind = ANSWER_MISSING };
	size_t n;
	const struct choice_view *choices = results_choices(rq, question, none, &n);

	field->asks = true;
	for (size_t i = 0; i < n; i++)
		(void)form_offer(&f, field, choices[i].value, choices[i].title);
	form_text(&f, "reason", N_("Why"), reason, AGREEMENT_REASON_MAX, 4)->hint =
		tr(rq->language, "The reason stays beside the answer.");
	form_hide(&f, "question", r->questions[question].id);
	f.cancel = campaign_url(rq, r->round.id, "/results");
	return f;
}

static struct reply *ask(struct req *rq, int status, const struct results *r, size_t question,
			 const struct form *form)
{
	struct view v = view_make(rq);
	struct agree_page m = {
		.form = *form,
		.label = r->questions[question].label,
		.text = r->questions[question].text,
		.has_agreement = r->questions[question].has_agreement,
	};

	scorecard_agree_page(&v, &m);
	return results_reply(rq, status, &r->round,
			     &(struct layout){ .title = tr(rq->language, "Agreed answer"),
					       .body = view_html(&v) });
}

/* The results and the question that the arguments name. NULL, or what is answered instead. */
static struct reply *agree_load(struct req *rq, struct results *ret, size_t *ret_question)
{
	const struct agree_args *args = rq->args;
	struct results_query q = { .round = args->round, .by_pack = true, .has_no_compare = true };
	struct reply *other = results_to_show(rq, &q, ret);
	int question;

	if (other)
		return other;
	question = scorecard_find(&ret->pack->def, args->question);
	if (question < 0)
		return reply_status(rq, 404);
	*ret_question = (size_t)question;
	return NULL;
}

struct reply *results_agree_ask(struct req *rq)
{
	const struct results_agreement *now;
	struct form form;
	struct results r;
	size_t i;
	struct reply *other = agree_load(rq, &r, &i);

	if (other)
		return other;
	now = &r.questions[i].agreement;
	form = agree_form(rq, &r, i, r.questions[i].has_agreement ? now->value : S(""),
			  now->reason);
	return ask(rq, 200, &r, i, &form);
}

/* An answer to `item` as the log tells it, in the words of who notes it; empty when there is none. */
static struct str agreed_json(struct req *rq, struct str item, struct str value)
{
	const struct scorecard_pack *pack = &app_of(rq)->pack->scorecard;
	int q = scorecard_find(&pack->def, item);
	struct answer answer;

	if (value.len == 0 || q < 0 || answer_parse(&pack->def.questions[q], value, &answer) != 0)
		return S("");
	return audit_value(rq->arena, str_c(rq->arena, say(rq, &pack->questions[q].label)),
			   answer_words(rq, (size_t)q, answer));
}

/* `before`: what was agreed on until now; empty when nothing was. */
static int note_agreement(struct req *rq, const struct round *round, const char *action,
			  struct str item, struct str before, struct str after, struct err *err)
{
	return audit_add(rq,
			 &(struct audit_entry){
				 .action = action,
				 .object_kind = "round",
				 .object_id = round->id,
				 .before = agreed_json(rq, item, before),
				 .after = agreed_json(rq, item, after),
			 },
			 err);
}

int campaign_agree(struct req *rq, const struct round *round, struct str item, struct str value,
		   struct str reason, struct str before, struct err *err)
{
	int r = workshop_heed(rq, round, item, true, err);

	if (r == 0)
		r = agreement_set(rq->db, round,
				  &(struct agreement){
					  .item = item,
					  .value = value,
					  .reason = reason,
					  .account_id = rq->actor.account_id,
					  .at_ms = rq->now_ms,
				  },
				  err);
	if (r != 0)
		return r;
	return note_agreement(rq, round, N_("recorded an agreed answer"), item, before, value, err);
}

static int take_agreement_back(struct req *rq, const struct round *round, struct str item,
			       struct str before, struct err *err)
{
	int r = workshop_heed(rq, round, item, false, err);

	if (r == 0)
		r = agreement_clear(rq->db, round, item, err);

	/* Taken back twice: the second time there is nothing to note. */
	if (r != 0)
		return r == ROUND_ALREADY ? 0 : r;
	return note_agreement(rq, round, N_("withdrew an agreed answer"), item, before, S(""), err);
}

/* Does what the form asks of question `i`. */
static int agree_as_asked(struct req *rq, const struct results *r, size_t i, struct err *err)
{
	const struct agree_args *args = rq->args;
	const struct results_question *q = &r->questions[i];
	struct str before = q->has_agreement ? q->agreement.value : S("");

	if (args->clear)
		return take_agreement_back(rq, &r->round, q->id, before, err);
	return campaign_agree(rq, &r->round, q->id, args->value, str_trim(args->reason), before,
			      err);
}

struct reply *results_agree(struct req *rq)
{
	const struct agree_args *args = rq->args;
	struct form form;
	struct results r;
	struct err err;
	size_t i;
	int result;
	struct reply *other = agree_load(rq, &r, &i);

	if (other)
		return other;
	form = agree_form(rq, &r, i, args->value, args->reason);
	if (!args->clear)
		form_check(&form);
	if (form.n_faults)
		return ask(rq, 422, &r, i, &form);
	result = agree_as_asked(rq, &r, i, &err);
	if (result == ROUND_REFUSED) {
		form_fault(
			&form, "value",
			tr(rq->language,
			   "The workshop is voting on this question. Record the answer once the vote is revealed."));
		return ask(rq, 409, &r, i, &form);
	}
	if (result != 0)
		return campaign_failed(rq, result, &err);
	return reply_redirect(rq, campaign_url(rq, r.round.id, "/results?agreed=1#agreed"));
}
