/* Categories and questions of a scorecard: see draft_priv.h. */
#include "pack/draft_priv.h"
#include "pack/faults_priv.h"

/* ---- categories ---- */

static const struct field category_fields[] = {
	{ "id", read_id, offsetof(struct category_draft, def.id) },
	{ "title", read_text, offsetof(struct category_draft, text.title) },
	{ "meaning", read_text, offsetof(struct category_draft, text.meaning) },
};
static const struct record category_record = RECORD(category_fields);
static const struct list category_list = {
	.item = { .read = read_record, .more = &category_record },
	.size = sizeof(struct category_draft),
	.min = 1,
	.max = SCORECARD_CATEGORIES_MAX,
	.has_ids = true,
};

static const struct field categories_field = { .more = &category_list };

/* Questions are read next and name their category, so the definition has them from here on. */
void read_categories(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	const struct category_drafts *drafts = to;

	(void)f;
	read_list(d, n, &categories_field, to);
	d->sc->categories = arena_new(d->a, struct category, drafts->n);
	d->sc->n_categories = drafts->n;
	for (size_t i = 0; i < drafts->n; i++)
		d->sc->categories[i] = drafts->items[i].def;
}

/* ---- options and scales ---- */

static const struct range points_range = { 0, 1000 };
static const struct range levels_range = { 0, 1000 };

static const struct field option_fields[] = {
	{ "id", read_id, offsetof(struct option_draft, def.id) },
	{ "points", read_int, offsetof(struct option_draft, def.points), .more = &points_range },
	{ "title", read_text, offsetof(struct option_draft, text.title) },
	{ "detail", read_text, offsetof(struct option_draft, text.detail) },
};
static const struct record option_record = RECORD(option_fields);

/* `unknown` and `missing` are answers to every question, so no option may be called so. */
static void read_option(struct decoder *d, const struct yaml_node *n, const struct field *f,
			void *to)
{
	struct option_draft *option = to;

	(void)f;
	decode_record(d, n, &option_record, option);
	if (str_is(option->def.id, "unknown") || str_is(option->def.id, "missing"))
		decode_fault(d, yaml_get(n, S("id")), N_("{id} is an answer to every question"),
			     VALUES({ "id", decode_quoted(d, option->def.id) }));
}

static const struct list option_list = {
	.item = { .read = read_option },
	.size = sizeof(struct option_draft),
	.min = 2,
	.max = SCORECARD_OPTIONS_MAX,
	.has_ids = true,
};

static const struct field step_fields[] = {
	{ "from", read_int, offsetof(struct scale_step, from), .more = &levels_range },
	{ "to", read_int, offsetof(struct scale_step, to), .more = &levels_range },
	{ "points", read_int, offsetof(struct scale_step, points), .more = &points_range },
};
static const struct record step_record = RECORD(step_fields);
static const struct list step_list = {
	.item = { .read = read_record, .more = &step_record },
	.size = sizeof(struct scale_step),
	.min = 1,
	.max = SCORECARD_LEVELS_MAX,
};

static const struct field scale_fields[] = {
	{ "min", read_int, offsetof(struct scale_draft, min), .more = &levels_range },
	{ "max", read_int, offsetof(struct scale_draft, max), .more = &levels_range },
	{ "low", read_text, offsetof(struct scale_draft, low) },
	{ "high", read_text, offsetof(struct scale_draft, high) },
	{ "points", read_list, offsetof(struct scale_draft, steps), .more = &step_list },
	{ "points", read_node, offsetof(struct scale_draft, steps_node) },
};
static const struct record scale_record = RECORD(scale_fields);

static void check_steps(struct decoder *d, const struct scale_draft *scale)
{
	struct span spans[SCORECARD_LEVELS_MAX];
	const struct yaml_node *node = scale->steps_node->first;

	for (size_t i = 0; i < scale->steps.n; i++, node = node->next)
		spans[i] =
			(struct span){ scale->steps.items[i].from, scale->steps.items[i].to, node };
	check_partition(d, scale->steps_node, spans, scale->steps.n, scale->min, scale->max);
}

static void read_scale(struct decoder *d, const struct yaml_node *n, const struct field *f,
		       void *to)
{
	struct scale_draft *scale = to;
	size_t n_before = d->report.faults->n;

	(void)f;
	decode_record(d, n, &scale_record, scale);
	if (d->report.faults->n > n_before)
		return;
	if (scale->max <= scale->min || scale->max - scale->min >= SCORECARD_LEVELS_MAX)
		decode_fault(d, n, N_("a scale has 2 to {max} levels"),
			     VALUES({ "max", decode_number(d, SCORECARD_LEVELS_MAX) }));
	else
		check_steps(d, scale);
}

/* ---- questions ---- */

static const struct field question_fields[] = {
	{ "id", read_id, offsetof(struct question_draft, def.id) },
	{ "category", read_node, offsetof(struct question_draft, category) },
	{ "label", read_text, offsetof(struct question_draft, text.label) },
	{ "text", read_text, offsetof(struct question_draft, text.text) },
	{ "help", read_text, offsetof(struct question_draft, text.help), .is_optional = true },
	{ "when", read_condition, offsetof(struct question_draft, def.asked_when),
	  .is_optional = true },
	{ "options", read_list, offsetof(struct question_draft, options), .is_optional = true,
	  .more = &option_list },
	{ "scale", read_scale, offsetof(struct question_draft, scale), .is_optional = true },
	{ "step", read_text, offsetof(struct question_draft, text.step) },
	{ "strong", read_text, offsetof(struct question_draft, text.strong) },
	{ "weak", read_text, offsetof(struct question_draft, text.weak) },
	{ "ask", read_text, offsetof(struct question_draft, text.ask) },
};
static const struct record question_record = RECORD(question_fields);

static void find_category(struct decoder *d, struct question_draft *q)
{
	struct guess g = { 0 };

	if (!q->category || !decode_expect(d, q->category, YAML_SCALAR))
		return;
	g.word = q->category->text;
	for (size_t i = 0; i < d->sc->n_categories; i++) {
		if (str_eq(d->sc->categories[i].id, g.word)) {
			q->def.category = i;
			return;
		}
		guess_offer(&g, d->sc->categories[i].id);
	}
	decode_fault(d, q->category,
		     g.best.len ? N_("no category is called {id}; did you mean {nearest}?")
				: N_("no category is called {id}"),
		     VALUES({ "id", decode_quoted(d, g.word) },
			    { "nearest", decode_quoted(d, g.best) }));
}

static void lay_out_options(struct decoder *d, struct question_draft *q)
{
	q->def.kind = QUESTION_OPTIONS;
	q->def.n_options = q->options.n;
	q->def.options = arena_new(d->a, struct option, q->options.n);
	q->text.options = arena_new(d->a, struct option_text, q->options.n);
	for (size_t i = 0; i < q->options.n; i++) {
		q->def.options[i] = q->options.items[i].def;
		q->text.options[i] = q->options.items[i].text;
		if (q->def.options[i].points > q->def.max)
			q->def.max = q->def.options[i].points;
	}
}

static void lay_out_scale(struct question_draft *q)
{
	q->def.kind = QUESTION_SCALE;
	q->def.scale_min = q->scale.min;
	q->def.scale_max = q->scale.max;
	q->def.steps = q->scale.steps.items;
	q->def.n_steps = q->scale.steps.n;
	q->text.low = q->scale.low;
	q->text.high = q->scale.high;
	for (size_t i = 0; i < q->def.n_steps; i++)
		if (q->def.steps[i].points > q->def.max)
			q->def.max = q->def.steps[i].points;
}

static void read_question(struct decoder *d, const struct yaml_node *n, const struct field *f,
			  void *to)
{
	bool has_options = yaml_get(n, S("options")), has_scale = yaml_get(n, S("scale"));
	struct question_draft *q = to;
	size_t n_before = d->report.faults->n;

	(void)f;
	decode_record(d, n, &question_record, q);
	find_category(d, q);
	if (n->kind == YAML_MAP && has_options == has_scale)
		decode_fault(d, n, N_("a question has either {options} or a {scale}"),
			     VALUES({ "options", decode_quoted(d, S("options")) },
				    { "scale", decode_quoted(d, S("scale")) }));
	if (has_scale)
		lay_out_scale(q);
	else
		lay_out_options(d, q);
	if (d->report.faults->n == n_before && q->def.max == 0)
		decode_fault(d, n, N_("no answer gives a point"), NULL);
	/* From here on conditions may refer to it. */
	d->sc->questions[d->sc->n_questions++] = q->def;
}

static const struct list question_list = {
	.item = { .read = read_question },
	.size = sizeof(struct question_draft),
	.min = 1,
	.max = SCORECARD_QUESTIONS_MAX,
	.has_ids = true,
};

static const struct field questions_field = { .more = &question_list };

void read_questions(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	(void)f;
	d->sc->questions = arena_new(d->a, struct question, SCORECARD_QUESTIONS_MAX);
	for (struct yaml_node *child = n->first; child; child = child->next) {
		const struct yaml_node *id = yaml_get(child, S("id"));

		if (id && id->kind == YAML_SCALAR)
			(void)map_add(&d->question_nodes, id->text, child);
	}
	read_list(d, n, &questions_field, to);
	/* All are read: whatever comes next in the tables may refer to any of them. */
	d->question_nodes = map_make(d->a);
}
