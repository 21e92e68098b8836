/* Campaigns of a demonstration: made, opened, answered, closed and agreed on by what the pages call too. */
#include "base/buf.h"
#include "base/token.h"
#include "domain/scorecard.h"
#include "phases/app.h"
#include "phases/scorecard/demo_priv.h"
#include "phases/scorecard/queries.h"

enum {
	WHOLE = 101,         /* levels from 0 to 100 */
	NOISE = 22,          /* how far two of a group may stand from its level */
	BEGUN_QUESTIONS = 7, /* that those who have not sent answered */
	OPENING_HOUR = 8,
	CLOSING_HOUR = 17,
	ANSWER_EVERY_MS = 47 * 60 * 1000,
};

/* ---- what somebody answers ---- */

/* The same campaign is answered alike every time. */
static int draw(uint32_t *state, int n)
{
	*state = *state * 1664525u + 1013904223u;
	return (int)((*state >> 8) % (uint32_t)n);
}

/* Options stand from the least to the most in packs, as levels do. */
static struct answer answer_at(const struct question *q, int level)
{
	if (q->kind == QUESTION_SCALE)
		return (struct answer){ ANSWER_LEVEL,
					q->scale_min +
						level * (q->scale_max - q->scale_min + 1) / WHOLE };
	return (struct answer){ ANSWER_OPTION, level * (int)q->n_options / WHOLE };
}

static struct answer draw_answer(const struct demo_campaign *c, size_t group,
				 const struct question *q, uint32_t *state)
{
	int level = c->groups[group].level + draw(state, 2 * NOISE + 1) - NOISE;
	int doubt = draw(state, 100);

	for (const struct demo_lean *lean = c->leans; lean->question; lean++) {
		if ((size_t)lean->group != group || !str_is(q->id, lean->question))
			continue;
		if (doubt < lean->unknown)
			return (struct answer){ .kind = ANSWER_UNKNOWN };
		level += lean->shift;
	}
	if (level < 0)
		level = 0;
	return answer_at(q, level < WHOLE ? level : WHOLE - 1);
}

/* One per question; missing where it is not asked. */
static struct answer *draw_answers(struct demo *d, const struct demo_campaign *c, size_t group,
				   uint32_t *state)
{
	const struct scorecard *def = &app_of(&d->rq)->pack->scorecard.def;
	struct answer *answers = arena_new(d->rq.arena, struct answer, def->n_questions);

	for (size_t i = 0; i < def->n_questions; i++)
		answers[i] = draw_answer(c, group, &def->questions[i], state);
	answers_asked(def, answers, answers);
	return answers;
}

static struct str comment_of(const struct demo_campaign *c, size_t group, int who, struct str id)
{
	const struct demo_comment *x = c->comments;

	for (; x && x->question; x++)
		if ((size_t)x->group == group && x->who == who && str_is(id, x->question))
			return str_from(x->text);
	return S("");
}

/* ---- answering ---- */

/* Somebody of a campaign, and how far they get. */
struct demo_person {
	int64_t participant, department;
	size_t group;
	int who; /* of the group */
	bool sends;
};

static int save_answers(struct demo *d, const struct demo_campaign *c,
			const struct demo_person *who, int64_t sheet_id,
			const struct answer *answers)
{
	const struct scorecard *def = &app_of(&d->rq)->pack->scorecard.def;
	size_t n = who->sends ? def->n_questions : BEGUN_QUESTIONS;
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++) {
		const struct question *q = &def->questions[i];

		if (answers[i].kind == ANSWER_MISSING)
			continue;
		r = ballot_save(d->rq.db,
				&(struct ballot_answer){
					.org_id = d->rq.actor.org_id,
					.sheet_id = sheet_id,
					.item = q->id,
					.value = answer_text(d->rq.arena, q, answers[i]),
					.comment = comment_of(c, who->group, who->who, q->id),
				},
				d->rq.now_ms, d->err);
	}
	return r;
}

static int respond(struct demo *d, const struct demo_campaign *c, const struct round *round,
		   const struct demo_person *who, uint32_t *state)
{
	const struct scorecard *def = &app_of(&d->rq)->pack->scorecard.def;
	struct answer *answers = draw_answers(d, c, who->group, state);
	struct participant p;
	int64_t sheet_id;
	int r = participant_load(d->rq.db, d->rq.arena, round->org_id, who->participant, &p,
				 d->err);

	if (r == 0)
		r = ballot_begin(d->rq.db, round, &p, LANG_FR, who->department, d->rq.now_ms,
				 &sheet_id, d->err);
	if (r == 0)
		r = save_answers(d, c, who, sheet_id, answers);
	if (r == 0 && who->sends)
		r = ballot_send(d->rq.db, d->rq.arena, round, sheet_id,
				ballot_of(d->rq.arena, def, answers), def->n_questions,
				d->rq.now_ms, d->err);
	d->rq.now_ms += ANSWER_EVERY_MS;
	return r;
}

/* ---- who answers ---- */

static int64_t department_named(const struct scorecard_department_list_rows *rows, const char *name)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_is(rows->items[i].name, name))
			return rows->items[i].id;
	return 0;
}

/* Everybody comes by the public link. */
static int enter_all(struct demo *d, const struct demo_campaign *c, const struct round *round,
		     const struct scorecard_department_list_rows *departments)
{
	uint32_t state = c->seed;
	struct token t;
	int r = 0;

	for (size_t g = 0; c->groups[g].department; g++)
		for (int i = 0; r == 0 && i < c->groups[g].n; i++) {
			struct demo_person who = {
				.department =
					department_named(departments, c->groups[g].department),
				.group = g,
				.who = i,
				.sends = true,
			};

			r = participant_enter(&d->rq, round, S(""), &who.participant, &t, d->err);
			if (r == 0)
				r = respond(d, c, round, &who, &state);
		}
	return r;
}

/* Of a domain that can never be written to (RFC 2606). */
static struct str address_of(struct demo *d, size_t i)
{
	return str_fmt(d->rq.arena, "personne%zu@belloy.example", i + 1);
}

static int invite_all(struct demo *d, const struct demo_campaign *c, const struct round *round,
		      const struct scorecard_department_list_rows *departments)
{
	struct invitation *list;
	size_t n = 0, k = 0;

	while (c->names[n])
		n++;
	list = arena_new(d->rq.arena, struct invitation, n);
	for (size_t g = 0; c->groups[g].department; g++)
		for (int i = 0; i < c->groups[g].n; i++, k++)
			list[k] = (struct invitation){
				.name = str_from(c->names[k]),
				.email = address_of(d, k),
				.department_id =
					department_named(departments, c->groups[g].department),
			};
	return campaign_invite_all(&d->rq, round, list, n, d->err);
}

/* Of each group some answer, some begin, the others do not. */
static int answer_links(struct demo *d, const struct demo_campaign *c, const struct round *round)
{
	uint32_t state = c->seed;
	struct participant *people;
	size_t n, k = 0;
	int r = participant_list(d->rq.db, d->rq.arena, round, &people, &n, d->err);

	for (size_t g = 0; r == 0 && c->groups[g].department; g++)
		for (int i = 0; r == 0 && i < c->groups[g].n; i++, k++) {
			if (i < c->n_answered + c->n_begun)
				r = respond(d, c, round,
					    &(struct demo_person){
						    .participant = people[k].id,
						    .department = people[k].department_id,
						    .group = g,
						    .who = i,
						    .sends = i < c->n_answered,
					    },
					    &state);
		}
	return r;
}

/* ---- from its making to what was agreed on ---- */

enum { KEPT_DAYS = 730 };

static struct round_terms terms_of(struct demo *d, const struct demo_campaign *c)
{
	return (struct round_terms){
		.title = str_from(c->title),
		.mode = c->mode,
		.access = c->access,
		.threshold = 5,
		.asks_department = true,
		.shows_result = c->mode == ROUND_NOMINATIVE,
		.language = LANG_FR,
		.controller = d->rq.actor.org_name,
		.contact = S("Camille Exemple, camille@demo.example"),
		.purpose = S(
			"Savoir où nous en sommes avec nos données, et choisir par quoi commencer."),
		.retention = S("Deux ans, puis seuls les totaux sont gardés."),
		.has_closes = true,
		.closes_ms = demo_time(d, c->closes, CLOSING_HOUR),
		.has_keep_until = true,
		.keep_until_ms = demo_time(d, c->closes + KEPT_DAYS, 0),
	};
}

static int turn(struct demo *d, int64_t id, enum round_event event, struct round *ret)
{
	int r = campaign_load(&d->rq, id, ret, d->err);

	if (r == 0)
		r = campaign_turn(&d->rq, ret, event, d->err);
	return r == 0 ? campaign_load(&d->rq, id, ret, d->err) : r;
}

static int answer(struct demo *d, const struct demo_campaign *c, const struct round *round)
{
	struct scorecard_department_list_rows departments;
	int r = scorecard_department_list(d->rq.db, d->rq.arena, round->org_id, &departments,
					  d->err);

	if (r != 0)
		return r;
	if (!c->names)
		return enter_all(d, c, round, &departments);
	r = invite_all(d, c, round, &departments);
	return r == 0 ? answer_links(d, c, round) : r;
}

/* The workshop notes them; the log is told as by the pages. */
static int agree(struct demo *d, const struct demo_campaign *c, const struct round *round)
{
	int r = c->agreements ? demo_workshop(d, round, c->agreements) : 0;

	for (const struct demo_agreement *x = c->agreements; r == 0 && x && x->question; x++)
		r = campaign_agree(&d->rq, round, str_from(x->question), str_from(x->value),
				   str_from(x->reason), S(""), d->err);
	return r;
}

int demo_campaign(struct demo *d, const struct demo_campaign *c, int64_t *ret)
{
	struct round_terms terms = terms_of(d, c);
	struct round round;
	int r;

	d->rq.now_ms = demo_time(d, c->made, OPENING_HOUR);
	r = campaign_make(&d->rq, &terms, ret, d->err);
	if (r != 0 || c->is_draft)
		return r;
	d->rq.now_ms = demo_time(d, c->opened, OPENING_HOUR);
	r = turn(d, *ret, ROUND_OPENS, &round);
	if (r == 0)
		r = answer(d, c, &round);
	if (r != 0 || c->closes > 0)
		return r;
	/* By hand, before it would by itself. */
	d->rq.now_ms = demo_time(d, c->closes, CLOSING_HOUR - 1);
	r = turn(d, *ret, ROUND_CLOSES, &round);
	d->rq.now_ms = demo_time(d, c->agreed, OPENING_HOUR);
	return r == 0 ? agree(d, c, &round) : r;
}
