/*
 * What a pack holds, as tables over decode_priv.h, and what its parts owe one another. The format is
 * told to its writers in doc/packs.md and to their editors in packs/pack.schema.json.
 */
#include "pack/draft_priv.h"
#include "pack/faults_priv.h"

enum { MILESTONES = 7, PROFILES_MAX = 12 };

struct milestones VEC(struct milestone);

struct draft {
	struct pack pack;
	int format;
	struct milestones milestones;
	struct scorecard_draft scorecard;
};

/* ---- the whole ---- */

static const struct list purpose_list = {
	.item = { .read = read_text },
	.size = sizeof(struct text),
	.min = 1,
	.max = ELEMENTS_MAX,
};
static const struct range minutes_range = { 1, 600 };

/* The answer "unknown"; somebody to involve. */
static const struct field explained_fields[] = {
	{ "title", read_text, offsetof(struct option_text, title) },
	{ "detail", read_text, offsetof(struct option_text, detail) },
};
static const struct record explained_record = RECORD(explained_fields);
static const struct list profile_list = {
	.item = { .read = read_record, .more = &explained_record },
	.size = sizeof(struct option_text),
	.min = 1,
	.max = PROFILES_MAX,
};

static const struct field scorecard_fields[] = {
	{ "minutes", read_int, offsetof(struct scorecard_draft, pack.minutes),
	  .more = &minutes_range },
	{ "purpose", read_list, offsetof(struct scorecard_draft, pack.purpose),
	  .more = &purpose_list },
	{ "caveat", read_text, offsetof(struct scorecard_draft, pack.caveat) },
	{ "profiles", read_list, offsetof(struct scorecard_draft, pack.profiles),
	  .is_optional = true, .more = &profile_list },
	{ "categories", read_categories, offsetof(struct scorecard_draft, categories) },
	{ "questions", read_questions, offsetof(struct scorecard_draft, questions) },
	{ "unknown", read_record, offsetof(struct scorecard_draft, pack.unknown),
	  .more = &explained_record },
	{ "leverage", read_leverage, 0 },
	{ "bands", read_bands, offsetof(struct scorecard_draft, bands) },
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
		decode_fault(d, n, N_("milestone {n} is {id}"),
			     VALUES({ "n", decode_number(d, (int64_t)n->parent->index + 1) },
				    { "id", decode_quoted(d, str_from(ids[n->parent->index])) }));
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
		decode_fault(d, n, N_("{language} is not a language: two letters, as in {example}"),
			     VALUES({ "language", decode_quoted(d, n->text) },
				    { "example", decode_quoted(d, S("fr")) }));
	else if (!is_new)
		decode_fault(d, n, N_("{name} is named twice"),
			     VALUES({ "name", decode_quoted(d, n->text) }));
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
		decode_fault(d, n, N_("a pack has 1 to {max} languages"),
			     VALUES({ "max", decode_number(d, PACK_LANGUAGES_MAX) }));
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
			decode_fault(d, node, N_("no question is in this category"), NULL);
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

static void read_pack(const struct reporter *report, const struct yaml_node *root,
		      struct draft *draft)
{
	struct decoder d = {
		.a = report->a,
		.report = *report,
		.pack = &draft->pack,
		.sc = &draft->scorecard.pack.def,
		.question_nodes = map_make(report->a),
	};

	decode_record(&d, root, &pack_record, draft);
	if (report->faults->n > 0)
		return;
	add_up(d.sc);
	check_categories(&d, yaml_get(root, S("scorecard")));
	check_bands(&d, &draft->scorecard);
}

int pack_load(struct arena *a, enum language l, struct str yaml, struct pack *ret,
	      struct pack_faults *ret_faults)
{
	struct pack_faults faults = { 0 };
	const struct reporter report = { a, l, &faults };
	struct draft *draft = arena_new(a, struct draft, 1);
	const struct yaml_node *root;

	if (yaml_parse(&report, yaml, &root) == YAML_OK)
		read_pack(&report, root, draft);
	if (faults.n > 0) {
		faults_sort(&faults);
		*ret_faults = faults;
		return PACK_INVALID;
	}
	lay_out(a, draft, ret);
	return PACK_OK;
}
