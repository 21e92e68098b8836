/* Answers in and out of documents, shared by the calculators of the scorecard. */
#include <assert.h>

#include "base/buf.h"
#include "calc/calc_priv.h"

enum { CHOICES_TEXT_MAX = 512 };

const struct pack *reader_pack(struct reader *r, json_t *document)
{
	const struct path path = { .key = "pack" };
	json_t *v = reader_member(r, NULL, document, "pack", true);
	const struct pack *pack = pack_builtin();

	if (!v)
		return NULL;
	if (!json_is_string(v) || !str_eq(json_text(v), pack->id)) {
		reader_error(r, &path, N_("unknown pack; there is {pack}"),
			     VALUES({ "pack", reader_literal(r, pack->id) }));
		return NULL;
	}
	return pack;
}

static struct str choices_text(struct arena *a, const struct question *q)
{
	struct buf b = buf_make(a, CHOICES_TEXT_MAX);

	for (size_t i = 0; i < q->n_options; i++) {
		buf_putc(&b, '"');
		buf_put(&b, q->options[i].id);
		buf_puts(&b, "\", ");
	}
	buf_puts(&b, "\"unknown\"");
	return buf_str(&b);
}

/* Whether `v` answers `q`; reports when not. */
static bool read_answer(struct reader *r, const struct path *path, json_t *v,
			const struct question *q, struct answer *ret)
{
	int64_t level;

	if (json_is_string(v) && (q->kind == QUESTION_OPTIONS || str_is(json_text(v), "unknown")))
		if (answer_parse(q, json_text(v), ret) == 0)
			return true;
	if (q->kind == QUESTION_OPTIONS) {
		if (!reader_is_full(r))
			reader_error(r, path, N_("must be one of {choices}"),
				     VALUES({ "choices", choices_text(r->a, q) }));
		return false;
	}
	if (json_is_string(v)) {
		reader_error(r, path,
			     N_("must be a whole number from {min} to {max}, or {unknown}"),
			     VALUES({ "min", reader_number(r, q->scale_min) },
				    { "max", reader_number(r, q->scale_max) },
				    { "unknown", S("\"unknown\"") }));
		return false;
	}
	if (!reader_int(r, path, v, q->scale_min, q->scale_max, &level))
		return false;
	*ret = (struct answer){ ANSWER_LEVEL, (int)level };
	return true;
}

/* Whether a question that decides if `q` is asked has a wrong answer: then nobody can tell. */
static bool is_undecided(const struct question *q, const bool *is_wrong)
{
	for (size_t i = 0; i < q->asked_when.n; i++)
		for (size_t k = 0; k < q->asked_when.items[i].n; k++)
			if (is_wrong[q->asked_when.items[i].items[k].question])
				return true;
	return false;
}

static void refuse_not_asked(struct reader *r, const struct path *path, const struct scorecard *sc,
			     const struct answer *answers, const bool *is_wrong, json_t *v)
{
	struct answer settled[SCORECARD_QUESTIONS_MAX];

	answers_asked(sc, answers, settled);
	for (size_t i = 0; i < sc->n_questions; i++) {
		const struct question *q = &sc->questions[i];
		struct path at = { .parent = path };

		if (!json_object_getn(v, q->id.data, q->id.len) || is_undecided(q, is_wrong) ||
		    condition_holds(&q->asked_when, settled) || reader_is_full(r))
			continue;
		at.key = str_c(r->a, q->id);
		reader_error(r, &at, N_("this question is not asked, given the other answers"),
			     NULL);
	}
}

void reader_answers(struct reader *r, const struct path *path, json_t *v,
		    const struct scorecard *sc, struct answer *ret)
{
	bool is_wrong[SCORECARD_QUESTIONS_MAX] = { false };
	const char *key;
	json_t *value;

	assert(sc->n_questions <= SCORECARD_QUESTIONS_MAX);
	if (!json_is_object(v)) {
		reader_error(r, path, N_("must be an object"), NULL);
		return;
	}
	json_object_foreach(v, key, value)
	{
		struct path at = { .parent = path, .key = key };
		int i = scorecard_find(sc, str_from(key));

		if (i < 0)
			reader_error(r, &at, N_("there is no such question"), NULL);
		else
			is_wrong[i] = !read_answer(r, &at, value, &sc->questions[i], &ret[i]);
	}
	refuse_not_asked(r, path, sc, ret, is_wrong, v);
}

void emit_answer(struct emitter *e, const struct question *q, struct answer answer)
{
	switch (answer.kind) {
	case ANSWER_MISSING:
		emit_null(e);
		return;
	case ANSWER_UNKNOWN:
		emit_str(e, S("unknown"));
		return;
	case ANSWER_OPTION:
		emit_str(e, q->options[answer.value].id);
		return;
	case ANSWER_LEVEL:
		emit_int(e, answer.value);
		return;
	}
}
