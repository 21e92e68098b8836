/* The scorecard's questions as a workshop rates them. */
#include "phases/app.h"
#include "phases/scorecard/scorecard.h"

/* Another version of the pack may have other questions under the same names. */
static const struct scorecard *card(const struct req *rq, const struct round *round)
{
	const struct pack *pack = app_of(rq)->pack;

	return str_eq(round->pack, pack->id) ? &pack->scorecard.def : NULL;
}

static void add_choices(struct req *rq, const struct question *q, const struct question_text *text,
			struct rating_text *t)
{
	t->n_choices = t->is_scale ? (size_t)(q->scale_max - q->scale_min + 1) : q->n_options;
	t->choices = arena_new(rq->arena, struct rating_choice, t->n_choices);
	for (size_t i = 0; i < t->n_choices; i++) {
		struct rating_choice *c = &t->choices[i];

		if (t->is_scale) {
			c->value = str_fmt(rq->arena, "%d", q->scale_min + (int)i);
			c->title = c->value;
		} else {
			c->value = q->options[i].id;
			c->title = say(rq, &text->options[i].title);
			c->detail = say(rq, &text->options[i].detail);
		}
	}
}

static struct rating_text text(struct req *rq, const struct round *round, size_t i)
{
	const struct scorecard_pack *pack = &app_of(rq)->pack->scorecard;
	const struct question *q = &pack->def.questions[i];
	const struct question_text *words = &pack->questions[i];
	struct rating_text t = {
		.label = say(rq, &words->label),
		.text = say(rq, &words->text),
		.help = say(rq, &words->help),
		.group = say(rq, &pack->categories[q->category].title),
		.is_scale = q->kind == QUESTION_SCALE,
		.low = say(rq, &words->low),
		.high = say(rq, &words->high),
		.unknown = { S("unknown"), say(rq, &pack->unknown.title),
			     say(rq, &pack->unknown.detail) },
	};

	(void)round;
	add_choices(rq, q, words, &t);
	return t;
}

const struct rating_kind scorecard_rating = { .name = "scorecard", .card = card, .text = text };
