/*
 * What a pack holds, as tables over decode_priv.h, and what its parts owe one another. The format is
 * told to its writers in doc/packs.md and to their editors in packs/pack.schema.json.
 */
#include "base/buf.h"
#include "pack/decode_priv.h"
#include "pack/faults_priv.h"

enum {
	ELEMENTS_MAX = 32, /* paragraphs, actions */
	MILESTONES = 7,
};

/* What the tables fill, in the order of a file, before it is laid out as struct pack. */
struct option_draft {
	struct option def;
	struct option_text text;
};
struct option_drafts VEC(struct option_draft);
struct scale_steps VEC(struct scale_step);

struct scale_draft {
	int min, max;
	struct text low, high;
	struct scale_steps steps;
	const struct yaml_node *steps_node;
};

struct question_draft {
	struct question def;
	struct question_text text;
	const struct yaml_node *category;
	struct option_drafts options;
	struct scale_draft scale;
};
struct question_drafts VEC(struct question_draft);

struct category_draft {
	struct category def;
	struct category_text text;
};
struct category_drafts VEC(struct category_draft);

struct actions VEC(struct pack_action);

struct band_draft {
	struct band def;
	struct band_text text;
	struct actions actions;
};
struct band_drafts VEC(struct band_draft);
struct milestones VEC(struct milestone);

struct scorecard_draft {
	struct scorecard_pack pack;
	struct category_drafts categories;
	struct question_drafts questions;
	struct band_drafts bands;
	const struct yaml_node *bands_node;
};

struct draft {
	struct pack pack;
	int format;
	struct milestones milestones;
	struct scorecard_draft scorecard;
};

static const struct range points_range = { 0, 1000 };
static const struct range levels_range = { 0, 1000 };

/* ---- pieces without gap or overlap: a scale's steps, the bands ---- */

struct span {
	int from, to;
	const struct yaml_node *node;
};

/* "4", or "4 to 6", for a message. */
static const char *from_to(struct decoder *d, int from, int to)
{
	if (from == to)
		return str_fmt(d->a, "%d", from).data;
	return str_fmt(d->a, "%d to %d", from, to).data;
}

/* One span, given where it should begin and the highest value there is. */
static void check_span(struct decoder *d, struct span s, int begin, int max)
{
	if (s.from > s.to)
		decode_fault(d, s.node, "ends at %d, before it begins at %d", s.to, s.from);
	else if (s.from > begin)
		decode_fault(d, s.node, "begins at %d, after a gap: %s", s.from,
			     from_to(d, begin, s.from - 1));
	else if (s.from < begin)
		decode_fault(d, s.node, "begins at %d, where it should begin at %d", s.from, begin);
	else if (s.to > max)
		decode_fault(d, s.node, "ends at %d, above the highest: %d", s.to, max);
}

/* Checks that `spans`, in their order, cover min..max. `list` is where they stand. */
static void check_partition(struct decoder *d, const struct yaml_node *list,
			    const struct span *spans, size_t n, int min, int max)
{
	int begin = min;

	for (size_t i = 0; i < n; i++) {
		check_span(d, spans[i], begin, max);
		if (spans[i].to >= begin)
			begin = spans[i].to + 1;
	}
	if (begin <= max)
		decode_fault(d, list, "nothing holds %s", from_to(d, begin, max));
}

/* ---- questions ---- */

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
		decode_fault(d, yaml_get(n, S("id")), "\"%.*s\" is an answer to every question",
			     STR_ARG(option->def.id));
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
	size_t n_before = d->faults->n;

	(void)f;
	decode_record(d, n, &scale_record, scale);
	if (d->faults->n > n_before)
		return;
	if (scale->max <= scale->min || scale->max - scale->min >= SCORECARD_LEVELS_MAX)
		decode_fault(d, n, "a scale has 2 to %d levels", SCORECARD_LEVELS_MAX);
	else
		check_steps(d, scale);
}

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
	decode_fault(d, q->category, "no category is called \"%.*s\"%s",
		     STR_ARG(fault_part(g.word)), decode_hint(d->a, &g));
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
	size_t n_before = d->faults->n;

	(void)f;
	decode_record(d, n, &question_record, q);
	find_category(d, q);
	if (n->kind == YAML_MAP && has_options == has_scale)
		decode_fault(d, n, "a question has either \"options\" or a \"scale\"");
	if (has_scale)
		lay_out_scale(q);
	else
		lay_out_options(d, q);
	if (d->faults->n == n_before && q->def.max == 0)
		decode_fault(d, n, "no answer gives a point");
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

static void read_questions(struct decoder *d, const struct yaml_node *n, const struct field *f,
			   void *to)
{
	d->sc->questions = arena_new(d->a, struct question, SCORECARD_QUESTIONS_MAX);
	for (struct yaml_node *child = n->first; child; child = child->next) {
		const struct yaml_node *id = yaml_get(child, S("id"));

		if (id && id->kind == YAML_SCALAR)
			(void)map_add(&d->question_nodes, id->text, child);
	}
	read_list(d, n, f, to);
	/* All are read: whatever comes next in the tables may refer to any of them. */
	d->question_nodes = map_make(d->a);
}

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

/* Questions are read next and name their category, so the definition has them from here on. */
static void read_categories(struct decoder *d, const struct yaml_node *n, const struct field *f,
			    void *to)
{
	const struct category_drafts *drafts = to;

	read_list(d, n, f, to);
	d->sc->categories = arena_new(d->a, struct category, drafts->n);
	d->sc->n_categories = drafts->n;
	for (size_t i = 0; i < drafts->n; i++)
		d->sc->categories[i] = drafts->items[i].def;
}

/* ---- lists of questions ---- */

/* Question ids as indexes; false when one is not right. */
static bool read_indexes(struct decoder *d, const struct yaml_node *n, size_t *ret)
{
	bool seen[SCORECARD_QUESTIONS_MAX] = { 0 };
	size_t n_before = d->faults->n;

	for (const struct yaml_node *child = n->first; child; child = child->next, ret++) {
		if (!decode_expect(d, child, YAML_SCALAR) || !decode_question(d, child, ret))
			continue;
		if (seen[*ret])
			decode_fault(d, child, "\"%.*s\" is named twice", STR_ARG(child->text));
		seen[*ret] = true;
	}
	return d->faults->n == n_before;
}

static void read_leverage(struct decoder *d, const struct yaml_node *n, const struct field *f,
			  void *to)
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
			decode_fault(d, n, "question \"%.*s\" is missing",
				     STR_ARG(sc->questions[i].id));
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
		decode_fault(d, n, "an action serves one question or more");
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
		decode_fault(d, n, "\"%.*s\" is neither \"action-plan\" nor \"identify\"",
			     STR_ARG(fault_part(n->text)));
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

/* ---- the whole ---- */

static const struct list purpose_list = {
	.item = { .read = read_text },
	.size = sizeof(struct text),
	.min = 1,
	.max = ELEMENTS_MAX,
};
static const struct range minutes_range = { 1, 600 };

static const struct field unknown_fields[] = {
	{ "title", read_text, offsetof(struct option_text, title) },
	{ "detail", read_text, offsetof(struct option_text, detail) },
};
static const struct record unknown_record = RECORD(unknown_fields);

static const struct field scorecard_fields[] = {
	{ "minutes", read_int, offsetof(struct scorecard_draft, pack.minutes),
	  .more = &minutes_range },
	{ "purpose", read_list, offsetof(struct scorecard_draft, pack.purpose),
	  .more = &purpose_list },
	{ "caveat", read_text, offsetof(struct scorecard_draft, pack.caveat) },
	{ "categories", read_categories, offsetof(struct scorecard_draft, categories),
	  .more = &category_list },
	{ "questions", read_questions, offsetof(struct scorecard_draft, questions),
	  .more = &question_list },
	{ "unknown", read_record, offsetof(struct scorecard_draft, pack.unknown),
	  .more = &unknown_record },
	{ "leverage", read_leverage, 0 },
	{ "bands", read_list, offsetof(struct scorecard_draft, bands), .more = &band_list },
	{ "bands", read_node, offsetof(struct scorecard_draft, bands_node) },
};
static const struct record scorecard_record = RECORD(scorecard_fields);

static void read_milestone_id(struct decoder *d, const struct yaml_node *n, const struct field *f,
			      void *to)
{
	static const char *const ids[MILESTONES] = {
		"scorecard", "identify", "feasibility", "priorities", "scope", "team", "success",
	};
	const struct str *id = to;

	read_id(d, n, f, to);
	if (!str_is(*id, ids[n->parent->index]))
		decode_fault(d, n, "milestone %zu is \"%s\"", n->parent->index + 1,
			     ids[n->parent->index]);
}

static const struct field milestone_fields[] = {
	{ "id", read_milestone_id, offsetof(struct milestone, id) },
	{ "title", read_text, offsetof(struct milestone, title) },
	{ "name", read_text, offsetof(struct milestone, name) },
	{ "summary", read_text, offsetof(struct milestone, summary) },
};
static const struct record milestone_record = RECORD(milestone_fields);
static const struct list milestone_list = {
	.item = { .read = read_record, .more = &milestone_record },
	.size = sizeof(struct milestone),
	.min = MILESTONES,
	.max = MILESTONES,
};

static bool is_language(struct str s)
{
	return s.len == 2 && s.data[0] >= 'a' && s.data[0] <= 'z' && s.data[1] >= 'a' &&
	       s.data[1] <= 'z';
}

static void read_language(struct decoder *d, const struct yaml_node *n, struct pack *pack)
{
	bool is_new = true;

	if (!decode_expect(d, n, YAML_SCALAR))
		return;
	for (size_t i = 0; i < pack->n_languages; i++)
		is_new = is_new && !str_eq(pack->languages[i], n->text);
	if (!is_language(n->text))
		decode_fault(d, n, "\"%.*s\" is not a language: two letters, as in \"fr\"",
			     STR_ARG(fault_part(n->text)));
	else if (!is_new)
		decode_fault(d, n, "\"%.*s\" is named twice", STR_ARG(n->text));
	else
		pack->languages[pack->n_languages++] = n->text;
}

static void read_languages(struct decoder *d, const struct yaml_node *n, const struct field *f,
			   void *to)
{
	(void)f;
	if (!decode_expect(d, n, YAML_LIST))
		return;
	if (n->n < 1 || n->n > PACK_LANGUAGES_MAX) {
		decode_fault(d, n, "a pack has 1 to %d languages", PACK_LANGUAGES_MAX);
		return;
	}
	for (const struct yaml_node *child = n->first; child; child = child->next)
		read_language(d, child, to);
}

static const struct range format_range = { 1, 1 };
static const struct range version_range = { 1, 1000000 };

static const struct field pack_fields[] = {
	{ "format", read_int, offsetof(struct draft, format), .more = &format_range },
	{ "id", read_id, offsetof(struct draft, pack.id) },
	{ "version", read_int, offsetof(struct draft, pack.version), .more = &version_range },
	{ "languages", read_languages, offsetof(struct draft, pack) },
	{ "title", read_text, offsetof(struct draft, pack.title) },
	{ "summary", read_text, offsetof(struct draft, pack.summary) },
	{ "milestones", read_list, offsetof(struct draft, milestones), .more = &milestone_list },
	{ "scorecard", read_record, offsetof(struct draft, scorecard), .more = &scorecard_record },
};
static const struct record pack_record = RECORD(pack_fields);

/* ---- what the parts owe one another, once each is right ---- */

static void add_up(struct scorecard *sc)
{
	for (size_t i = 0; i < sc->n_questions; i++) {
		sc->categories[sc->questions[i].category].max += sc->questions[i].max;
		sc->max += sc->questions[i].max;
	}
}

static void check_categories(struct decoder *d, const struct yaml_node *scorecard)
{
	const struct yaml_node *node = yaml_get(scorecard, S("categories"))->first;

	/* Every question gives a point or more, so a category without points has no question. */
	for (size_t i = 0; i < d->sc->n_categories; i++, node = node->next)
		if (d->sc->categories[i].max == 0)
			decode_fault(d, node, "no question is in this category");
}

static void check_bands(struct decoder *d, const struct scorecard_draft *s)
{
	const struct yaml_node *node = s->bands_node->first;
	struct span spans[SCORECARD_BANDS_MAX];

	for (size_t i = 0; i < s->bands.n; i++, node = node->next)
		spans[i] =
			(struct span){ s->bands.items[i].def.min, s->bands.items[i].def.max, node };
	check_partition(d, s->bands_node, spans, s->bands.n, 0, d->sc->max);
}

/* ---- from the draft to the pack ---- */

static void lay_out_scorecard(struct arena *a, const struct scorecard_draft *s,
			      struct scorecard_pack *to)
{
	to->categories = arena_new(a, struct category_text, s->categories.n);
	for (size_t i = 0; i < s->categories.n; i++)
		to->categories[i] = s->categories.items[i].text;
	to->questions = arena_new(a, struct question_text, s->questions.n);
	for (size_t i = 0; i < s->questions.n; i++)
		to->questions[i] = s->questions.items[i].text;
	to->def.n_bands = s->bands.n;
	to->def.bands = arena_new(a, struct band, s->bands.n);
	to->bands = arena_new(a, struct band_text, s->bands.n);
	for (size_t i = 0; i < s->bands.n; i++) {
		to->def.bands[i] = s->bands.items[i].def;
		to->bands[i] = s->bands.items[i].text;
		to->bands[i].actions = s->bands.items[i].actions.items;
		to->bands[i].n_actions = s->bands.items[i].actions.n;
	}
}

static void lay_out(struct arena *a, const struct draft *draft, struct pack *ret)
{
	*ret = draft->pack;
	ret->milestones = draft->milestones.items;
	ret->n_milestones = draft->milestones.n;
	ret->scorecard = draft->scorecard.pack;
	lay_out_scorecard(a, &draft->scorecard, &ret->scorecard);
}

static void read_pack(struct arena *a, const struct yaml_node *root, struct pack_faults *faults,
		      struct draft *draft)
{
	struct decoder d = {
		.a = a,
		.faults = faults,
		.pack = &draft->pack,
		.sc = &draft->scorecard.pack.def,
		.question_nodes = map_make(a),
	};

	decode_record(&d, root, &pack_record, draft);
	if (faults->n > 0)
		return;
	add_up(d.sc);
	check_categories(&d, yaml_get(root, S("scorecard")));
	check_bands(&d, &draft->scorecard);
}

int pack_load(struct arena *a, struct str yaml, struct pack *ret, struct pack_faults *ret_faults)
{
	struct pack_faults faults = { 0 };
	struct draft *draft = arena_new(a, struct draft, 1);
	const struct yaml_node *root;

	if (yaml_parse(a, yaml, &faults, &root) == YAML_OK)
		read_pack(a, root, &faults, draft);
	if (faults.n > 0) {
		faults_sort(&faults);
		*ret_faults = faults;
		return PACK_INVALID;
	}
	lay_out(a, draft, ret);
	return PACK_OK;
}
