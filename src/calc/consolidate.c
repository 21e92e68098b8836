/* jalon calc consolidate: several respondents. */
#include "domain/consolidate.h"

#include "base/map.h"
#include "calc/calc_priv.h"

/* The responses of one department. */
struct department {
	struct str name;
	struct tallies tallies;
};
struct departments VEC(struct department *);

/* All responses, counted. */
struct poll {
	const struct scorecard *sc;
	struct tallies all;
	struct departments departments; /* in the order they first appear */
	struct map by_name;
	uint32_t without_department;
	int64_t threshold;
};

/* The department of that name, a new one when there is none yet; NULL past the maximum. */
static struct department *department_of(struct arena *a, struct poll *p, struct str name)
{
	struct department *d = map_get(&p->by_name, name);

	if (d || p->departments.n == CALC_DEPARTMENTS_MAX)
		return d;
	d = arena_new(a, struct department, 1);
	*d = (struct department){ name, tallies_make(a, p->sc) };
	(void)map_add(&p->by_name, name, d);
	*vec_push(a, &p->departments) = d;
	return d;
}

static void read_response(struct calc *c, const struct path *path, json_t *v, struct poll *p)
{
	static const char *const known[] = { "department", "answers", NULL };
	const struct path department_path = { .parent = path, .key = "department" };
	const struct path answers_path = { .parent = path, .key = "answers" };
	struct answer answers[SCORECARD_QUESTIONS_MAX] = { 0 };
	struct department *department = NULL;
	struct str name;
	json_t *member;

	if (!reader_object(&c->reader, path, v, known))
		return;
	member = reader_member(&c->reader, path, v, "department", false);
	if (!member || json_is_null(member)) {
		p->without_department++;
	} else if (reader_name(&c->reader, &department_path, member, &name)) {
		department = department_of(c->scratch, p, name);
		if (!department)
			reader_error(
				&c->reader, &department_path, N_("more than {n} departments"),
				VALUES({ "n", reader_number(&c->reader, CALC_DEPARTMENTS_MAX) }));
	}
	member = reader_member(&c->reader, path, v, "answers", true);
	if (!member)
		return;
	reader_answers(&c->reader, &answers_path, member, p->sc, answers);
	tallies_count(p->sc, &p->all, answers);
	if (department)
		tallies_count(p->sc, &department->tallies, answers);
}

static void read_responses(struct calc *c, json_t *document, struct poll *p)
{
	const struct path path = { .key = "responses" };
	json_t *v = reader_member(&c->reader, NULL, document, "responses", true);
	json_t *response;
	size_t i;

	if (!v || !reader_array(&c->reader, &path, v, 1, CALC_RESPONSES_MAX))
		return;
	json_array_foreach(v, i, response)
	{
		struct path at = { .parent = &path, .index = i };

		read_response(c, &at, response, p);
	}
}

static void read_threshold(struct calc *c, json_t *document, struct poll *p)
{
	const struct path path = { .key = "threshold" };
	json_t *v = reader_member(&c->reader, NULL, document, "threshold", false);

	p->threshold = GROUP_THRESHOLD_DEFAULT;
	if (v)
		(void)reader_int(&c->reader, &path, v, GROUP_THRESHOLD_MIN, CALC_THRESHOLD_MAX,
				 &p->threshold);
}

static void emit_question(struct emitter *e, const struct question *q,
			  const struct question_spread *s)
{
	emit_open(e, '{');
	emit_member_str(e, "id", q->id);
	emit_member_fixed(e, "median", s->median * 5, 1);
	emit_key(e, "mode");
	emit_answer(e, q, s->mode);
	if (s->given > 0)
		emit_member_fixed(e, "mode_share", s->mode_share, 4);
	else
		emit_member_null(e, "mode_share");
	emit_member_fixed(e, "iqr", s->iqr * 25, 2);
	emit_member_int(e, "unknown", s->unknown);
	emit_close(e, '}');
}

static void emit_departments(struct calc *c, const struct poll *p)
{
	struct group *groups = arena_new(c->scratch, struct group, p->departments.n);
	size_t hidden;

	for (size_t i = 0; i < p->departments.n; i++)
		groups[i] = (struct group){
			.name = p->departments.items[i]->name,
			.respondents = p->departments.items[i]->tallies.respondents,
		};
	hidden = groups_hide(groups, p->departments.n, p->without_department,
			     (uint32_t)p->threshold);
	emit_member_open(&c->out, "departments", '[');
	for (size_t i = 0; i < p->departments.n; i++) {
		struct consolidation one;

		if (!groups[i].is_visible)
			continue;
		one = consolidate(c->scratch, p->sc, &p->departments.items[i]->tallies);
		emit_open(&c->out, '{');
		emit_member_str(&c->out, "name", groups[i].name);
		emit_member_int(&c->out, "respondents", groups[i].respondents);
		emit_member_fixed(&c->out, "score", one.score * 5, 1);
		emit_close(&c->out, '}');
	}
	emit_close(&c->out, ']');
	emit_member_int(&c->out, "hidden_departments", (int64_t)hidden);
}

static void emit_poll(struct calc *c, const struct poll *p)
{
	struct consolidation all = consolidate(c->scratch, p->sc, &p->all);

	emit_open(&c->out, '{');
	emit_member_int(&c->out, "respondents", all.respondents);
	emit_member_fixed(&c->out, "score", all.score * 5, 1);
	emit_member_str(&c->out, "band", p->sc->bands[all.band].id);
	emit_member_open(&c->out, "questions", '[');
	for (size_t i = 0; i < p->sc->n_questions; i++)
		emit_question(&c->out, &p->sc->questions[i], &all.questions[i]);
	emit_close(&c->out, ']');
	emit_member_open(&c->out, "disagreement", '[');
	for (size_t i = 0; i < p->sc->n_questions; i++)
		emit_str(&c->out, p->sc->questions[all.disagreement[i]].id);
	emit_close(&c->out, ']');
	emit_departments(c, p);
	emit_close(&c->out, '}');
}

void calc_consolidate(struct calc *c, json_t *document)
{
	static const char *const known[] = { "pack", "threshold", "responses", NULL };
	struct poll p = { .by_name = map_make(c->scratch) };
	const struct pack *pack;

	if (!reader_object(&c->reader, NULL, document, known))
		return;
	pack = reader_pack(&c->reader, document);
	read_threshold(c, document, &p);
	if (!pack)
		return;
	p.sc = &pack->scorecard.def;
	p.all = tallies_make(c->scratch, p.sc);
	read_responses(c, document, &p);
	if (c->reader.errors->n == 0)
		emit_poll(c, &p);
}
