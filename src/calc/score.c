/* jalon calc score: one response. */
#include "calc/calc_priv.h"

static void emit_ids(struct emitter *e, const char *key, const struct scorecard *sc,
		     const size_t *questions, size_t n)
{
	emit_member_open(e, key, '[');
	for (size_t i = 0; i < n; i++)
		emit_str(e, sc->questions[questions[i]].id);
	emit_close(e, ']');
}

static void emit_band(struct emitter *e, const struct band *band)
{
	emit_member_open(e, "band", '{');
	emit_member_str(e, "id", band->id);
	emit_member_int(e, "min", band->min);
	emit_member_int(e, "max", band->max);
	emit_member_int(e, "maturity", band->maturity);
	emit_close(e, '}');
}

static void emit_categories(struct emitter *e, const struct scorecard *sc, const struct score *s)
{
	emit_member_open(e, "categories", '[');
	for (size_t i = 0; i < sc->n_categories; i++) {
		emit_open(e, '{');
		emit_member_str(e, "id", sc->categories[i].id);
		emit_member_int(e, "score", s->categories[i].points);
		emit_member_int(e, "max", s->categories[i].max);
		emit_member_fixed(e, "share", s->categories[i].share, 4);
		emit_close(e, '}');
	}
	emit_close(e, ']');
}

static void emit_questions(struct emitter *e, const struct scorecard *sc, const struct score *s)
{
	emit_member_open(e, "questions", '[');
	for (size_t i = 0; i < sc->n_questions; i++) {
		const struct question_score *q = &s->questions[i];

		emit_open(e, '{');
		emit_member_str(e, "id", sc->questions[i].id);
		emit_member_bool(e, "asked", q->asked);
		emit_key(e, "answer");
		emit_answer(e, &sc->questions[i], q->answer);
		emit_member_int(e, "points", q->points);
		emit_member_int(e, "max", q->max);
		emit_close(e, '}');
	}
	emit_close(e, ']');
}

static void emit_next_band(struct emitter *e, const struct scorecard *sc, const struct score *s)
{
	if (!s->has_next) {
		emit_member_null(e, "next_band");
		return;
	}
	emit_member_open(e, "next_band", '{');
	emit_member_str(e, "id", sc->bands[s->band + 1].id);
	emit_member_int(e, "points_needed", s->points_needed);
	emit_member_open(e, "steps", '[');
	for (size_t i = 0; i < s->steps.n; i++) {
		const struct step *step = &s->steps.items[i];
		const struct question *q = &sc->questions[step->question];

		emit_open(e, '{');
		emit_member_str(e, "question", q->id);
		emit_key(e, "from");
		emit_answer(e, q, step->from);
		emit_key(e, "to");
		emit_answer(e, q, step->to);
		emit_member_int(e, "points", step->points);
		emit_close(e, '}');
	}
	emit_close(e, ']');
	emit_close(e, '}');
}

static void emit_score(struct emitter *e, const struct scorecard *sc, const struct score *s)
{
	emit_open(e, '{');
	emit_member_int(e, "score", s->points);
	emit_member_int(e, "max", s->max);
	emit_member_fixed(e, "share", s->share, 4);
	emit_member_bool(e, "complete", s->complete);
	emit_ids(e, "missing", sc, s->missing, s->n_missing);
	emit_ids(e, "unknown", sc, s->unknown, s->n_unknown);
	emit_band(e, &sc->bands[s->band]);
	emit_categories(e, sc, s);
	emit_questions(e, sc, s);
	emit_next_band(e, sc, s);
	emit_close(e, '}');
}

void calc_score(struct calc *c, json_t *document)
{
	static const char *const known[] = { "pack", "answers", NULL };
	const struct path path = { .key = "answers" };
	struct answer answers[SCORECARD_QUESTIONS_MAX] = { 0 };
	const struct pack *pack;
	struct score score;
	json_t *v;

	if (!reader_object(&c->reader, NULL, document, known))
		return;
	pack = reader_pack(&c->reader, document);
	v = reader_member(&c->reader, NULL, document, "answers", true);
	if (pack && v)
		reader_answers(&c->reader, &path, v, &pack->scorecard.def, answers);
	if (c->reader.errors->n > 0)
		return;
	score = score_compute(c->scratch, &pack->scorecard.def, answers);
	emit_score(&c->out, &pack->scorecard.def, &score);
}
