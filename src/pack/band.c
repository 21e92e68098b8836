/* Bands of a scorecard, their actions, and the order of leverage: see draft_priv.h. */
#include "pack/draft_priv.h"
#include "pack/faults_priv.h"

/* ---- lists of questions ---- */

/* Question ids as indexes; false when one is not right. */
static bool read_indexes(struct decoder *d, const struct yaml_node *n, size_t *ret)
{
	bool seen[SCORECARD_QUESTIONS_MAX] = { 0 };
	size_t n_before = d->report.faults->n;

	for (const struct yaml_node *child = n->first; child; child = child->next, ret++) {
		if (!decode_expect(d, child, YAML_SCALAR) || !decode_question(d, child, ret))
			continue;
		if (seen[*ret])
			decode_fault(d, child, N_("{name} is named twice"),
				     VALUES({ "name", decode_quoted(d, child->text) }));
		seen[*ret] = true;
	}
	return d->report.faults->n == n_before;
}

void read_leverage(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	struct scorecard *sc = d->sc;
	bool seen[SCORECARD_QUESTIONS_MAX] = { 0 };

	(void)f;
	(void)to;
	if (!decode_expect(d, n, YAML_LIST))
		return;
	sc->leverage = arena_new(d->a, size_t, n->n);
	if (!read_indexes(d, n, sc->leverage))
		return;
	for (size_t i = 0; i < n->n; i++)
		seen[sc->leverage[i]] = true;
	for (size_t i = 0; i < sc->n_questions; i++)
		if (!seen[i])
			decode_fault(d, n, N_("question {id} is missing"),
				     VALUES({ "id", decode_quoted(d, sc->questions[i].id) }));
}

/* ---- bands ---- */

static void read_served(struct decoder *d, const struct yaml_node *n, const struct field *f,
			void *to)
{
	struct pack_action *action = to;

	(void)f;
	if (!decode_expect(d, n, YAML_LIST))
		return;
	action->questions = arena_new(d->a, size_t, n->n);
	action->n_questions = n->n;
	if (read_indexes(d, n, action->questions) && n->n == 0)
		decode_fault(d, n, N_("an action serves one question or more"), NULL);
}

static void read_done(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	struct pack_action *action = to;

	action->has_done = true;
	read_condition(d, n, f, &action->done);
}

static const struct field action_fields[] = {
	{ "id", read_id, offsetof(struct pack_action, id) },
	{ "title", read_passage, offsetof(struct pack_action, title) },
	{ "detail", read_passage, offsetof(struct pack_action, detail) },
	{ "questions", read_served, 0 },
	{ "done", read_done, 0, .is_optional = true },
};
static const struct record action_record = RECORD(action_fields);
static const struct list action_list = {
	.item = { .read = read_record, .more = &action_record },
	.size = sizeof(struct pack_action),
	.min = 1,
	.max = ELEMENTS_MAX,
	.has_ids = true,
};
static const struct list commentary_list = {
	.item = { .read = read_passage },
	.size = sizeof(struct passage),
	.min = 1,
	.max = ELEMENTS_MAX,
};

static void read_target(struct decoder *d, const struct yaml_node *n, const struct field *f,
			void *to)
{
	enum next_target *target = to;

	(void)f;
	if (!decode_expect(d, n, YAML_SCALAR))
		return;
	if (str_is(n->text, "action-plan"))
		*target = NEXT_ACTION_PLAN;
	else if (str_is(n->text, "identify"))
		*target = NEXT_IDENTIFY;
	else
		decode_fault(d, n, N_("{target} is neither {first} nor {second}"),
			     VALUES({ "target", decode_quoted(d, n->text) },
				    { "first", decode_quoted(d, S("action-plan")) },
				    { "second", decode_quoted(d, S("identify")) }));
}

static const struct field next_fields[] = {
	{ "title", read_text, offsetof(struct band_text, next_title) },
	{ "text", read_text, offsetof(struct band_text, next_text) },
	{ "target", read_target, offsetof(struct band_text, next_target) },
};
static const struct record next_record = RECORD(next_fields);

static const struct range percent_range = { 0, 100 };
static const struct range totals_range = { 0, 1000 * SCORECARD_QUESTIONS_MAX };

static const struct field band_fields[] = {
	{ "id", read_id, offsetof(struct band_draft, def.id) },
	{ "min", read_int, offsetof(struct band_draft, def.min), .more = &totals_range },
	{ "max", read_int, offsetof(struct band_draft, def.max), .more = &totals_range },
	{ "maturity", read_int, offsetof(struct band_draft, def.maturity), .more = &percent_range },
	{ "estimate", read_text, offsetof(struct band_draft, text.estimate) },
	{ "title", read_text, offsetof(struct band_draft, text.title) },
	{ "headline", read_passage, offsetof(struct band_draft, text.headline) },
	{ "commentary", read_list, offsetof(struct band_draft, text.commentary),
	  .more = &commentary_list },
	{ "actions_title", read_text, offsetof(struct band_draft, text.actions_title) },
	{ "actions", read_list, offsetof(struct band_draft, actions), .more = &action_list },
	{ "next", read_record, offsetof(struct band_draft, text), .more = &next_record },
};
static const struct record band_record = RECORD(band_fields);
static const struct list band_list = {
	.item = { .read = read_record, .more = &band_record },
	.size = sizeof(struct band_draft),
	.min = 1,
	.max = SCORECARD_BANDS_MAX,
	.has_ids = true,
};
static const struct field bands_field = { .more = &band_list };

void read_bands(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	(void)f;
	read_list(d, n, &bands_field, to);
}
