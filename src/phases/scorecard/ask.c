/* One question as both ways of answering show it: alone on a screen, and among all of them. */
#include "phases/app.h"
#include "phases/scorecard/handlers.h"

static void add_choices(struct req *rq, const struct sheet *sheet, size_t i, struct ask_view *v)
{
	const struct question *q = &sheet->pack->def.questions[i];
	const struct question_text *text = &sheet->pack->questions[i];
	struct answer chosen = sheet->answers[i];

	v->n_choices = v->is_scale ? (size_t)(q->scale_max - q->scale_min + 1) : q->n_options;
	v->choices = arena_new(rq->arena, struct choice_view, v->n_choices);
	for (size_t k = 0; k < v->n_choices; k++) {
		int value = v->is_scale ? q->scale_min + (int)k : (int)k;
		struct choice_view *c = &v->choices[k];

		c->is_chosen = chosen.value == value &&
			       chosen.kind == (v->is_scale ? ANSWER_LEVEL : ANSWER_OPTION);
		c->value = v->is_scale ? str_fmt(rq->arena, "%d", value) : q->options[k].id;
		if (!v->is_scale) {
			c->title = say(rq, &text->options[k].title);
			c->detail = say(rq, &text->options[k].detail);
		} else if (value == q->scale_min || value == q->scale_max) {
			c->title = value == q->scale_min ? v->low : v->high;
		}
	}
	v->unknown = (struct choice_view){
		.value = S("unknown"),
		.title = say(rq, &sheet->pack->unknown.title),
		.detail = say(rq, &sheet->pack->unknown.detail),
		.is_chosen = chosen.kind == ANSWER_UNKNOWN,
	};
}

struct ask_view ask_view(struct req *rq, const struct sheet *sheet, size_t i)
{
	const struct question *q = &sheet->pack->def.questions[i];
	const struct question_text *text = &sheet->pack->questions[i];
	struct ask_view v = {
		.id = q->id,
		.text = say(rq, &text->text),
		.help = say(rq, &text->help),
		.has_help = say(rq, &text->help).len > 0,
		.is_scale = q->kind == QUESTION_SCALE,
		.low = say(rq, &text->low),
		.high = say(rq, &text->high),
		.comment = sheet->comments[i],
		.comment_limit = SHEET_COMMENT_MAX,
	};

	add_choices(rq, sheet, i, &v);
	return v;
}

struct str comment_fault_words(struct req *rq, enum arg_fault fault)
{
	struct str max = fmt_int(rq->arena, rq->language, SHEET_COMMENT_MAX);

	if (fault == ARG_BAD_TEXT)
		return tr(rq->language,
			  "This comment holds characters that are not text. Type it again.");
	return tr_fill(rq->arena,
		       tr(rq->language, "This comment is too long: {max} characters at most."),
		       &(const struct tr_arg){ "max", max }, 1);
}
