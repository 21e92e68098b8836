/* jalon calc quadrant: where value and feasibility place projects. */
#include "domain/quadrant.h"

#include "calc/calc_priv.h"

/* The dimensions of value and the criteria of feasibility, all of weight 1, until packs define the
 * phases they belong to. */
static const struct criterion value_criteria[] = {
	{ STR("time"), 1 },
	{ STR("logic"), 1 },
	{ STR("data"), 1 },
};
static const struct criterion feasibility_criteria[] = {
	{ STR("data"), 1 },
	{ STR("use-cases"), 1 },
	{ STR("deployment"), 1 },
};
static const struct axis value_axis = {
	value_criteria,
	sizeof value_criteria / sizeof *value_criteria,
};
static const struct axis feasibility_axis = {
	feasibility_criteria,
	sizeof feasibility_criteria / sizeof *feasibility_criteria,
};

static const char *const placing_names[] = {
	[PLACING_RELATIVE] = "relative",
	[PLACING_ABSOLUTE] = "absolute",
};
static const char *const filter_names[] = {
	[FILTER_SUITED] = "suited",
	[FILTER_WATCH] = "watch",
	[FILTER_SET_ASIDE] = "set-aside",
};
static const char *const quadrant_names[] = {
	[QUADRANT_PRIORITY] = "priority",
	[QUADRANT_PREPARE] = "prepare",
	[QUADRANT_OPPORTUNITY] = "opportunity",
	[QUADRANT_LATER] = "later",
};
static const char *const horizon_names[] = {
	[HORIZON_SHORT] = "short",
	[HORIZON_MEDIUM] = "medium",
	[HORIZON_LONG] = "long",
};

/* The levels of one axis. Criteria are literals, so their ids end with NUL. */
static void read_levels(struct reader *r, const struct path *project, json_t *v, const char *key,
			const struct axis *axis, int *ret)
{
	const struct path path = { .parent = project, .key = key };
	const char *known[CRITERIA_MAX + 1] = { NULL };
	json_t *levels = reader_member(r, project, v, key, true);

	for (size_t i = 0; i < axis->n; i++)
		known[i] = axis->criteria[i].id.data;
	if (!levels || !reader_object(r, &path, levels, known))
		return;
	for (size_t i = 0; i < axis->n; i++) {
		struct path at = { .parent = &path, .key = known[i] };
		json_t *level = reader_member(r, &path, levels, known[i], true);

		if (level)
			(void)reader_half_level(r, &at, level, &ret[i]);
	}
}

static void read_project(struct reader *r, const struct path *path, json_t *v, struct project *ret)
{
	static const char *const known[] = { "name", "category", "value", "feasibility", NULL };
	const struct path name_path = { .parent = path, .key = "name" };
	const struct path category_path = { .parent = path, .key = "category" };
	struct str category;
	json_t *member;

	if (!reader_object(r, path, v, known))
		return;
	member = reader_member(r, path, v, "name", true);
	if (member)
		(void)reader_name(r, &name_path, member, &ret->name);
	member = reader_member(r, path, v, "category", false);
	if (member && !json_is_null(member))
		(void)reader_name(r, &category_path, member, &category);
	read_levels(r, path, v, "value", &value_axis, ret->value);
	read_levels(r, path, v, "feasibility", &feasibility_axis, ret->feasibility);
}

/* All projects, in scratch; NULL when there is no array of them. */
static struct project *read_projects(struct calc *c, json_t *document, size_t *ret_n)
{
	const struct path path = { .key = "projects" };
	json_t *v = reader_member(&c->reader, NULL, document, "projects", true);
	struct project *projects;
	json_t *project;
	size_t i;

	if (!v || !reader_array(&c->reader, &path, v, 0, CALC_PROJECTS_MAX))
		return NULL;
	*ret_n = json_array_size(v);
	projects = arena_new(c->scratch, struct project, *ret_n);
	json_array_foreach(v, i, project)
	{
		struct path at = { .parent = &path, .index = i };

		read_project(&c->reader, &at, project, &projects[i]);
	}
	return projects;
}

static enum placing read_mode(struct reader *r, json_t *document)
{
	const struct path path = { .key = "mode" };
	json_t *v = reader_member(r, NULL, document, "mode", false);

	if (!v || str_is(json_text(v), placing_names[PLACING_RELATIVE]))
		return PLACING_RELATIVE;
	if (!str_is(json_text(v), placing_names[PLACING_ABSOLUTE]))
		reader_error(
			r, &path, N_("must be {first} or {second}"),
			VALUES({ "first", S("\"relative\"") }, { "second", S("\"absolute\"") }));
	return PLACING_ABSOLUTE;
}

static void emit_placement(struct emitter *e, struct str name, const struct placement *p)
{
	emit_open(e, '{');
	emit_member_str(e, "name", name);
	emit_member_fixed(e, "value", p->value, 2);
	emit_member_fixed(e, "feasibility", p->feasibility, 2);
	emit_member_fixed(e, "x", p->x, 2);
	emit_member_fixed(e, "y", p->y, 2);
	emit_member_str(e, "filter", str_from(filter_names[p->filter]));
	emit_member_str(e, "quadrant", str_from(quadrant_names[p->quadrant]));
	emit_member_str(e, "horizon", str_from(horizon_names[p->horizon]));
	emit_member_open(e, "fallbacks", '[');
	for (size_t i = 0; i < feasibility_axis.n; i++)
		if (p->fallbacks[i])
			emit_str(e, feasibility_criteria[i].id);
	emit_close(e, ']');
	emit_member_int(e, "rank", (int64_t)p->rank);
	emit_close(e, '}');
}

static struct str too_few(struct calc *c, int64_t n)
{
	enum language l = c->reader.language;
	const struct tr_arg args[] = {
		{ "min", str_i64(c->scratch, PLACING_RELATIVE_MIN) },
		{ "n", str_i64(c->scratch, n) },
	};

	return tr_fill(c->scratch,
		       trn(l, "relative placing needs {min} projects, there is {n}",
			   "relative placing needs {min} projects, there are {n}", n),
		       args, 2);
}

void calc_quadrant(struct calc *c, json_t *document)
{
	static const char *const known[] = { "pack", "mode", "projects", NULL };
	struct placements placed;
	struct project *projects;
	enum placing mode;
	size_t n = 0;

	if (!reader_object(&c->reader, NULL, document, known))
		return;
	(void)reader_pack(&c->reader, document);
	mode = read_mode(&c->reader, document);
	projects = read_projects(c, document, &n);
	if (c->reader.errors->n > 0)
		return;
	placed = projects_place(c->scratch, &value_axis, &feasibility_axis, projects, n, mode);
	emit_open(&c->out, '{');
	emit_member_str(&c->out, "mode", str_from(placing_names[placed.placing]));
	if (placed.too_few)
		emit_member_str(&c->out, "reason", too_few(c, (int64_t)n));
	emit_member_open(&c->out, "projects", '[');
	for (size_t i = 0; i < n; i++)
		emit_placement(&c->out, projects[i].name, &placed.items[i]);
	emit_close(&c->out, ']');
	emit_close(&c->out, '}');
}
