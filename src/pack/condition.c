/* Conditions on answers, and the passages that depend on them. */
#include "base/buf.h"
#include "pack/decode_priv.h"
#include "pack/faults_priv.h"

enum { FRAGMENTS_MAX = 32 };

/* ---- conditions ---- */

/* Reports that no question read so far is called `id`, which stands at `n`, as a key or as a value. */
static void refuse_question(struct decoder *d, const struct yaml_node *n, bool is_key,
			    struct str id)
{
	struct guess g = { .word = id };
	const char *why = N_("question {id} does not come before this one");

	if (decode_is_full(d))
		return;
	if (!map_get(&d->question_nodes, id)) {
		for (size_t i = 0; i < d->sc->n_questions; i++)
			guess_offer(&g, d->sc->questions[i].id);
		why = g.best.len ? N_("no question is called {id}; did you mean {nearest}?")
				 : N_("no question is called {id}");
	}
	(is_key ? decode_fault_key : decode_fault)(
		d, n, why,
		VALUES({ "id", decode_quoted(d, id) }, { "nearest", decode_quoted(d, g.best) }));
}

bool decode_question(struct decoder *d, const struct yaml_node *n, size_t *ret)
{
	bool is_key = n->parent->kind == YAML_MAP;
	struct str id = is_key ? n->key : n->text;
	int found = scorecard_find(d->sc, id);

	if (found >= 0) {
		*ret = (size_t)found;
		return true;
	}
	refuse_question(d, n, is_key, id);
	return false;
}

static void refuse_answer(struct decoder *d, const struct yaml_node *n, const struct question *q)
{
	struct guess g = { .word = n->text };

	if (decode_is_full(d))
		return;
	for (size_t i = 0; i < q->n_options; i++)
		guess_offer(&g, q->options[i].id);
	decode_fault(d, n,
		     g.best.len ? N_("{answer} is no answer to {question}; did you mean {nearest}?")
				: N_("{answer} is no answer to {question}"),
		     VALUES({ "answer", decode_quoted(d, n->text) },
			    { "question", decode_quoted(d, q->id) },
			    { "nearest", decode_quoted(d, g.best) }));
}

static void read_answer(struct decoder *d, const struct yaml_node *n, const struct question *q,
			struct answer *ret)
{
	if (!decode_expect(d, n, YAML_SCALAR))
		return;
	if (str_is(n->text, "missing"))
		*ret = (struct answer){ .kind = ANSWER_MISSING };
	else if (answer_parse(q, n->text, ret) != 0)
		refuse_answer(d, n, q);
}

/* One entry of a mapping from questions to lists of answers. */
static void read_term(struct decoder *d, const struct yaml_node *n, struct term *ret)
{
	struct answer *answer;

	if (!decode_question(d, n, &ret->question) || !decode_expect(d, n, YAML_LIST))
		return;
	if (n->n == 0)
		decode_fault(d, n, N_("no answer is named"), NULL);
	ret->answers = arena_new(d->a, struct answer, n->n);
	ret->n = n->n;
	answer = ret->answers;
	for (const struct yaml_node *child = n->first; child; child = child->next)
		read_answer(d, child, &d->sc->questions[ret->question], answer++);
}

static void read_terms(struct decoder *d, const struct yaml_node *n, struct terms *ret)
{
	if (!decode_expect(d, n, YAML_MAP))
		return;
	if (n->n == 0)
		decode_fault(d, n, N_("no question is named"), NULL);
	for (const struct yaml_node *child = n->first; child; child = child->next)
		read_term(d, child, vec_push(d->a, ret));
}

void read_condition(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	struct condition *condition = to;

	(void)f;
	if (n->kind != YAML_LIST) {
		read_terms(d, n, vec_push(d->a, condition));
		return;
	}
	if (n->n == 0)
		decode_fault(d, n, N_("no question is named"), NULL);
	for (const struct yaml_node *child = n->first; child; child = child->next)
		read_terms(d, child, vec_push(d->a, condition));
}

/* ---- passages ---- */

static const struct field fragment_fields[] = {
	{ "when", read_condition, offsetof(struct fragment, when), .is_optional = true },
	{ "text", read_text, offsetof(struct fragment, text) },
	{ "otherwise", read_text, offsetof(struct fragment, otherwise), .is_optional = true },
};
static const struct record fragment_record = RECORD(fragment_fields);

static void read_fragment(struct decoder *d, const struct yaml_node *n, const struct field *f,
			  void *to)
{
	const struct yaml_node *otherwise = yaml_get(n, S("otherwise"));

	(void)f;
	decode_record(d, n, &fragment_record, to);
	if (otherwise && !yaml_get(n, S("when")))
		decode_fault(d, otherwise, N_("{otherwise} needs a {when}"),
			     VALUES({ "otherwise", decode_quoted(d, S("otherwise")) },
				    { "when", decode_quoted(d, S("when")) }));
}

static const struct list fragment_list = {
	.item = { .read = read_fragment },
	.size = sizeof(struct fragment),
	.min = 1,
	.max = FRAGMENTS_MAX,
};
static const struct field fragments_field = { .more = &fragment_list };

void read_passage(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	struct passage *passage = to;

	if (n->kind == YAML_LIST)
		read_list(d, n, &fragments_field, passage);
	else
		read_text(d, n, f, &vec_push(d->a, passage)->text);
}
