/* The form of one action: see form.h. */
#include "plan/form.h"

#include "base/timing.h"
#include "base/token.h"

enum { QUESTIONS_BYTES = 8192 };

#define SERVES "serves-"
/* Beside members' ids in the list of owners. */
#define OWNER_OTHER "other"

static const struct {
	const char *name, *label;
} names[FIELD_N] = {
	[FIELD_TITLE] = { "title", N_("Title") },
	[FIELD_DETAIL] = { "detail", N_("Detail") },
	[FIELD_OWNER] = { "owner", N_("Person in charge") },
	[FIELD_OWNER_NAME] = { "owner-name", N_("Name of the person in charge") },
	[FIELD_DUE] = { "due", N_("Due date") },
	[FIELD_EFFORT] = { "effort", N_("Effort") },
	[FIELD_STATUS] = { "status", N_("Status") },
	[FIELD_PHASE] = { "phase", N_("Milestone") },
	[FIELD_NOTE] = { "note", N_("Note") },
	[FIELD_QUESTIONS] = { "questions", N_("Questions served") },
};

void action_form_fault(struct action_form *f, enum action_field field, struct str words)
{
	f->n_faults += f->fields[field].fault.len == 0;
	f->fields[field].fault = words;
}

static void offer(struct choices *c, struct str value, struct str label, struct str chosen)
{
	c->items[c->n++] = (struct choice){ value, label, str_eq(value, chosen) };
}

static struct choices choices_make(struct arena *a, size_t n)
{
	return (struct choices){ .items = arena_new(a, struct choice, n) };
}

/* ---- what is offered ---- */

static struct choices owners(struct req *rq, const struct plan_member_list_rows *members,
			     struct str chosen)
{
	struct choices c = choices_make(rq->arena, members->n + 2);

	offer(&c, S(""), tr(rq->language, "Nobody yet"), chosen);
	for (size_t i = 0; i < members->n; i++)
		offer(&c, id_text(rq->arena, members->items[i].account_id), members->items[i].name,
		      chosen);
	offer(&c, S(OWNER_OTHER), tr(rq->language, "Somebody else, by name"), chosen);
	return c;
}

static struct choices statuses(struct req *rq, struct str chosen)
{
	struct choices c = choices_make(rq->arena, ACTION_STATUS_N);

	for (int s = 0; s < ACTION_STATUS_N; s++)
		offer(&c, action_status_code((enum action_status)s),
		      action_status_words(rq->language, (enum action_status)s), chosen);
	return c;
}

static struct choices efforts(struct req *rq, struct str chosen)
{
	struct choices c = choices_make(rq->arena, EFFORT_N);

	for (int e = 0; e < EFFORT_N; e++)
		offer(&c, action_effort_code((enum action_effort)e),
		      action_effort_words(rq->language, (enum action_effort)e), chosen);
	return c;
}

static struct choices phases(struct req *rq, struct str chosen)
{
	const struct pack *pack = plan_pack();
	struct choices c = choices_make(rq->arena, pack->n_milestones + 1);

	offer(&c, S(""), tr(rq->language, "None in particular"), chosen);
	for (size_t i = 0; i < pack->n_milestones; i++)
		offer(&c, pack->milestones[i].id, plan_say(rq, &pack->milestones[i].name), chosen);
	return c;
}

/* Boxes; `served` has the ids of those ticked. */
static struct choices questions(struct req *rq, struct str served)
{
	const struct scorecard_pack *pack = &plan_pack()->scorecard;
	struct choices c = choices_make(rq->arena, pack->def.n_questions);

	for (size_t i = 0; i < pack->def.n_questions; i++)
		c.items[c.n++] = (struct choice){
			pack->def.questions[i].id,
			plan_say(rq, &pack->questions[i].label),
			questions_have(served, pack->def.questions[i].id),
		};
	return c;
}

static struct action_form empty_form(struct req *rq)
{
	struct action_form f = {
		.title_max = ACTION_TITLE_MAX,
		.text_max = ACTION_TEXT_MAX,
		.owner_max = ACTION_OWNER_MAX,
	};

	for (size_t i = 0; i < FIELD_N; i++) {
		f.fields[i].name = names[i].name;
		f.fields[i].label = tr(rq->language, names[i].label);
	}
	return f;
}

struct action_form form_of_action(struct req *rq, const struct plan_member_list_rows *members,
				  const struct action *x)
{
	static const struct action none = { .id = 0 };
	struct action_form f = empty_form(rq);
	struct str owner;

	if (!x)
		x = &none;
	owner = x->has_owner_account ? id_text(rq->arena, x->owner_account) : S("");
	if (!x->has_owner_account && x->owner_name.len)
		owner = S(OWNER_OTHER);
	f.title = x->title;
	f.detail = x->detail;
	f.note = x->note;
	f.due = x->has_due ? day_iso(rq->arena, x->due) : S("");
	f.owner_name = x->has_owner_account ? S("") : x->owner_name;
	f.owners = owners(rq, members, owner);
	f.statuses = statuses(rq, action_status_code(x->status));
	f.efforts = efforts(rq, action_effort_code(x->effort));
	f.phases = phases(rq, x->phase);
	f.questions = questions(rq, x->questions);
	f.version = x->version;
	return f;
}

/* ---- what was sent ---- */

/* The ids of the boxes ticked, in the pack's order. */
static struct str served_of(struct req *rq, const struct action_fields *fields)
{
	const struct scorecard *def = &plan_pack()->scorecard.def;
	struct buf b = buf_make(rq->arena, QUESTIONS_BYTES);

	for (size_t i = 0; i < def->n_questions; i++)
		for (size_t k = 0; k < fields->questions.n; k++) {
			struct str name = fields->questions.items[k].name;

			if (!str_starts(name, S(SERVES)) ||
			    !str_eq(str_slice(name, strlen(SERVES), name.len),
				    def->questions[i].id))
				continue;
			if (b.len)
				buf_putc(&b, ' ');
			buf_put(&b, def->questions[i].id);
		}
	return buf_str(&b);
}

struct action_form form_of_fields(struct req *rq, const struct plan_member_list_rows *members,
				  const struct action_fields *fields)
{
	struct action_form f = empty_form(rq);

	f.title = fields->title;
	f.detail = fields->detail;
	f.note = fields->note;
	f.due = fields->due;
	f.owner_name = fields->owner_name;
	/* What the dispatcher refused is missing from `fields`, and shown again as it was typed. */
	for (size_t i = 0; i < rq->n_arg_errors; i++) {
		const struct arg_error *e = &rq->arg_errors[i];
		struct str name = str_from(e->name);

		if (str_is(name, "title"))
			f.title = e->value;
		else if (str_is(name, "detail"))
			f.detail = e->value;
		else if (str_is(name, "note"))
			f.note = e->value;
		else if (str_is(name, "due"))
			f.due = e->value;
		else if (str_is(name, "owner-name"))
			f.owner_name = e->value;
	}
	f.owners = owners(rq, members, fields->owner);
	f.statuses = statuses(rq, fields->status);
	f.efforts = efforts(rq, fields->effort);
	f.phases = phases(rq, fields->phase);
	f.questions = questions(rq, served_of(rq, fields));
	f.version = fields->version;
	return f;
}

static const char *fault_words(enum arg_fault fault)
{
	switch (fault) {
	case ARG_MISSING:
		return N_("Fill this field in.");
	case ARG_TOO_LONG:
		return N_("This text is too long: shorten it.");
	case ARG_NOT_A_NUMBER:
	case ARG_OUT_OF_RANGE:
	case ARG_BAD_TEXT:
		break;
	}
	return N_("This cannot be stored: type it again.");
}

/* A name beside "Nobody yet" was typed without touching the list, and counts; the one stored already was left
 * there when the list was turned to nobody. */
static bool is_named(const struct action_fields *fields, const struct action *before)
{
	struct str name = str_trim(fields->owner_name);
	bool was_there = !before->has_owner_account && str_eq(name, before->owner_name);

	return str_is(fields->owner, OWNER_OTHER) ||
	       (fields->owner.len == 0 && name.len > 0 && !was_there);
}

/* *x has who was in charge before. */
static void read_owner(struct req *rq, struct action_form *f,
		       const struct plan_member_list_rows *members,
		       const struct action_fields *fields, struct action *x)
{
	bool by_name = is_named(fields, x);
	int64_t id;

	x->has_owner_account = false;
	x->owner_name = S("");
	if (by_name) {
		x->owner_name = str_trim(fields->owner_name);
		if (x->owner_name.len == 0)
			action_form_fault(
				f, FIELD_OWNER_NAME,
				tr(rq->language, N_("Give the name, or choose a member.")));
		return;
	}
	if (fields->owner.len == 0)
		return;
	for (size_t i = 0; id_parse(fields->owner, &id) == 0 && i < members->n; i++) {
		if (members->items[i].account_id != id)
			continue;
		x->has_owner_account = true;
		x->owner_account = id;
		x->owner_name = members->items[i].name;
		return;
	}
	action_form_fault(f, FIELD_OWNER,
			  tr(rq->language, N_("This person is not a member of the organisation.")));
}

static void read_due(struct req *rq, struct action_form *f, struct str typed, struct action *x)
{
	int64_t first, last;
	bool is_usual = day_parse(S(DUE_MIN), &first) == 0 && day_parse(S(DUE_MAX), &last) == 0;
	struct str day = str_trim(typed);

	x->has_due = false;
	if (day.len == 0)
		return;
	if (!is_usual || day_parse(day, &x->due) != 0)
		action_form_fault(
			f, FIELD_DUE,
			tr(rq->language, N_("There is no such day: write it as 2026-11-23.")));
	else if (x->due < first || x->due > last)
		action_form_fault(f, FIELD_DUE,
				  tr(rq->language, N_("Choose a day between 2000 and 2199.")));
	else
		x->has_due = true;
}

static void read_choices(struct req *rq, struct action_form *f, const struct action_fields *fields,
			 struct action *x)
{
	if (action_status_parse(fields->status, &x->status) != 0)
		action_form_fault(f, FIELD_STATUS,
				  tr(rq->language, N_("Choose one of the values offered.")));
	if (action_effort_parse(fields->effort, &x->effort) != 0)
		action_form_fault(f, FIELD_EFFORT,
				  tr(rq->language, N_("Choose one of the values offered.")));
	if (fields->phase.len && phase_words(rq, fields->phase).len == 0)
		action_form_fault(f, FIELD_PHASE,
				  tr(rq->language, N_("Choose one of the values offered.")));
	x->phase = fields->phase;
	x->questions = served_of(rq, fields);
}

void form_read(struct req *rq, struct action_form *f, const struct plan_member_list_rows *members,
	       const struct action_fields *fields, struct action *x)
{
	for (size_t i = 0; i < rq->n_arg_errors; i++)
		for (size_t k = 0; k < FIELD_N; k++)
			if (str_is(str_from(rq->arg_errors[i].name), names[k].name))
				action_form_fault(
					f, (enum action_field)k,
					tr(rq->language, fault_words(rq->arg_errors[i].fault)));
	x->title = str_trim(fields->title);
	x->detail = str_trim(fields->detail);
	x->note = str_trim(fields->note);
	if (f->n_faults == 0 && x->title.len == 0)
		action_form_fault(f, FIELD_TITLE, tr(rq->language, N_("Fill this field in.")));
	read_owner(rq, f, members, fields, x);
	read_due(rq, f, fields->due, x);
	read_choices(rq, f, fields, x);
}

/* ---- somebody else was first ---- */

static void add_other(struct action_form *f, enum action_field field, struct str theirs,
		      struct str mine)
{
	if (!str_eq(theirs, mine))
		f->others[f->n_others++] =
			(struct other_view){ f->fields[field].label, theirs, mine };
}

/* The labels of the questions, one after another. */
static struct str question_words(struct req *rq, struct str served)
{
	const struct scorecard_pack *pack = &plan_pack()->scorecard;
	struct str labels[SCORECARD_QUESTIONS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < pack->def.n_questions; i++)
		if (questions_have(served, pack->def.questions[i].id))
			labels[n++] = plan_say(rq, &pack->questions[i].label);
	return fmt_list(rq->arena, rq->language, labels, n);
}

void form_beaten(struct req *rq, struct action_form *f, const struct action *mine,
		 const struct action *theirs)
{
	enum language l = rq->language;

	f->is_beaten = true;
	f->version = theirs->version;
	add_other(f, FIELD_TITLE, theirs->title, mine->title);
	add_other(f, FIELD_DETAIL, theirs->detail, mine->detail);
	add_other(f, FIELD_OWNER, theirs->owner_name, mine->owner_name);
	add_other(f, FIELD_DUE, theirs->has_due ? due_words(rq, theirs->due) : S(""),
		  mine->has_due ? due_words(rq, mine->due) : S(""));
	add_other(f, FIELD_STATUS, action_status_words(l, theirs->status),
		  action_status_words(l, mine->status));
	add_other(f, FIELD_EFFORT, action_effort_words(l, theirs->effort),
		  action_effort_words(l, mine->effort));
	add_other(f, FIELD_PHASE, phase_words(rq, theirs->phase), phase_words(rq, mine->phase));
	add_other(f, FIELD_NOTE, theirs->note, mine->note);
	add_other(f, FIELD_QUESTIONS, question_words(rq, theirs->questions),
		  question_words(rq, mine->questions));
}
