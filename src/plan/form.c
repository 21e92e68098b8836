/* The form of one action: see form.h. */
#include "plan/form.h"

#include "base/timing.h"
#include "base/token.h"

enum { QUESTIONS_BYTES = 8192 };

#define SERVES "serves"
/* Beside members' ids in the list of owners. */
#define OWNER_OTHER "other"

/* ---- its fields ---- */

static void add_owner(struct form *f, const struct plan_member_list_rows *members,
		      const struct action_fields *said)
{
	struct req *rq = f->rq;
	struct form_field *who =
		form_choose(f, FIELD_SELECT, "owner", N_("Person in charge"), said->owner);
	struct form_field *name = form_line(f, "owner-name", N_("Name of the person in charge"),
					    said->owner_name, ACTION_OWNER_MAX);

	(void)form_offer(f, who, S(""), tr(rq->language, "Nobody yet"));
	for (size_t i = 0; i < members->n; i++)
		(void)form_offer(f, who, id_text(rq->arena, members->items[i].account_id),
				 members->items[i].name);
	(void)form_offer(f, who, S(OWNER_OTHER), tr(rq->language, "Somebody else, by name"));
	name->is_required = false;
	name->note = tr(rq->language, "(who is not a member)");
	form_pair(who, name);
}

static struct form_field *add_effort(struct form *f, struct str said)
{
	struct form_field *field = form_choose(f, FIELD_SELECT, "effort", N_("Effort"), said);

	for (int e = 0; e < EFFORT_N; e++)
		(void)form_offer(f, field, action_effort_code((enum action_effort)e),
				 action_effort_words(f->rq->language, (enum action_effort)e));
	return field;
}

static struct form_field *add_status(struct form *f, struct str said)
{
	struct form_field *field = form_choose(f, FIELD_SELECT, "status", N_("Status"), said);

	for (int s = 0; s < ACTION_STATUS_N; s++)
		(void)form_offer(f, field, action_status_code((enum action_status)s),
				 action_status_words(f->rq->language, (enum action_status)s));
	return field;
}

static struct form_field *add_phase(struct form *f, struct str said)
{
	const struct pack *pack = plan_pack();
	struct form_field *field = form_choose(f, FIELD_SELECT, "phase", N_("Milestone"), said);

	(void)form_offer(f, field, S(""), tr(f->rq->language, "None in particular"));
	for (size_t i = 0; i < pack->n_milestones; i++)
		(void)form_offer(f, field, pack->milestones[i].id,
				 plan_say(f->rq, &pack->milestones[i].name));
	return field;
}

/* Boxes; `served` has the ids of those ticked. */
static void add_questions(struct form *f, struct str served)
{
	const struct scorecard_pack *pack = &plan_pack()->scorecard;
	struct form_field *field =
		form_choose(f, FIELD_BOXES, SERVES, N_("Scorecard questions it serves"), S(""));

	field->hint = tr(f->rq->language, "The provisional score is computed from them.");
	for (size_t i = 0; i < pack->def.n_questions; i++) {
		struct str id = pack->def.questions[i].id;

		form_offer(f, field, id, plan_say(f->rq, &pack->questions[i].label))->is_chosen =
			questions_have(served, id);
	}
}

static struct action_form make(struct req *rq, const struct plan_member_list_rows *members,
			       const struct action_fields *said, struct str served)
{
	struct action_form x = { .form = form_make(rq, "x", S(""), N_("Save"), true),
				 .version = said->version };
	struct form *f = &x.form;
	struct form_field *due;

	form_line(f, "title", N_("Title"), said->title, ACTION_TITLE_MAX)->hint =
		tr(rq->language, "What will be done, beginning with a verb.");
	(void)form_optional(f,
			    form_text(f, "detail", N_("Detail"), said->detail, ACTION_TEXT_MAX, 4));
	add_owner(f, members, said);
	due = form_optional(f, form_date(f, "due", N_("Due date"), said->due, "date"));
	due->least = S(DUE_MIN);
	due->most = S(DUE_MAX);
	form_pair(due, add_effort(f, said->effort));
	form_pair(add_status(f, said->status), add_phase(f, said->phase));
	form_optional(f, form_text(f, "note", N_("Note"), said->note, ACTION_TEXT_MAX, 3))->hint =
		tr(rq->language,
		   "Progress, obstacles, decisions: what the next reader should know.");
	add_questions(f, served);
	return x;
}

struct action_form form_of_action(struct req *rq, const struct plan_member_list_rows *members,
				  const struct action *x)
{
	static const struct action none = { .id = 0 };
	struct action_fields said = { .version = 0 };

	if (!x)
		x = &none;
	said.title = x->title;
	said.detail = x->detail;
	said.note = x->note;
	said.due = x->has_due ? day_iso(rq->arena, x->due) : S("");
	said.owner = x->has_owner_account ? id_text(rq->arena, x->owner_account)
		     : x->owner_name.len  ? S(OWNER_OTHER)
					  : S("");
	said.owner_name = x->has_owner_account ? S("") : x->owner_name;
	said.status = action_status_code(x->status);
	said.effort = action_effort_code(x->effort);
	said.phase = x->phase;
	said.version = x->version;
	return make(rq, members, &said, x->questions);
}

/* ---- what was sent ---- */

/* The ids of the boxes ticked, in the pack's order. */
static struct str served_of(struct req *rq, const struct action_fields *fields)
{
	const struct scorecard *def = &plan_pack()->scorecard.def;
	struct buf b = buf_make(rq->arena, QUESTIONS_BYTES);

	for (size_t i = 0; i < def->n_questions; i++)
		for (size_t k = 0; k < fields->questions.n; k++) {
			struct str rest = fields->questions.items[k].name;

			if (!str_is(str_cut(&rest, '-'), SERVES) ||
			    !str_eq(rest, def->questions[i].id))
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
	return make(rq, members, fields, served_of(rq, fields));
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
static void read_owner(struct req *rq, struct form *f, const struct plan_member_list_rows *members,
		       const struct action_fields *fields, struct action *x)
{
	struct str name = str_trim(fields->owner_name);
	bool by_name = is_named(fields, x);
	bool is_new = name.len > 0 && (x->has_owner_account || !str_eq(name, x->owner_name));
	int64_t id;

	x->has_owner_account = false;
	x->owner_name = S("");
	if (by_name) {
		x->owner_name = name;
		if (name.len == 0)
			form_fault(f, "owner-name",
				   tr(rq->language, "Give the name, or choose a member."));
		return;
	}
	for (size_t i = 0; id_parse(fields->owner, &id) == 0 && i < members->n; i++) {
		if (members->items[i].account_id != id)
			continue;
		x->has_owner_account = true;
		x->owner_account = id;
		x->owner_name = members->items[i].name;
	}
	/* Of the two, the name would be lost. */
	if (is_new)
		form_fault(
			f, "owner-name",
			tr(rq->language,
			   "A member is chosen as well: clear this name, or choose “Somebody else, by name”."));
}

static void read_due(struct req *rq, struct form *f, struct str typed, struct action *x)
{
	int64_t first, last;
	bool is_usual = day_parse(S(DUE_MIN), &first) == 0 && day_parse(S(DUE_MAX), &last) == 0;
	struct str day = str_trim(typed);

	x->has_due = false;
	if (day.len == 0)
		return;
	if (!is_usual || day_parse(day, &x->due) != 0)
		form_fault(f, "due",
			   tr(rq->language, "There is no such day: write it as 2026-11-23."));
	else if (x->due < first || x->due > last)
		form_fault(f, "due", tr(rq->language, "Choose a day between 2000 and 2199."));
	else
		x->has_due = true;
}

void form_read(struct req *rq, struct action_form *form,
	       const struct plan_member_list_rows *members, const struct action_fields *fields,
	       struct action *x)
{
	struct form *f = &form->form;

	form_check(f);
	x->title = str_trim(fields->title);
	x->detail = str_trim(fields->detail);
	x->note = str_trim(fields->note);
	x->phase = fields->phase;
	x->questions = served_of(rq, fields);
	/* What was not offered is told of already. */
	(void)!action_status_parse(fields->status, &x->status);
	(void)!action_effort_parse(fields->effort, &x->effort);
	read_owner(rq, f, members, fields, x);
	read_due(rq, f, fields->due, x);
}

/* ---- somebody else was first ---- */

static void add_other(struct action_form *f, const char *label, struct str theirs, struct str mine)
{
	if (!str_eq(theirs, mine))
		f->others[f->n_others++] =
			(struct other_view){ tr(f->form.rq->language, label), theirs, mine };
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
	add_other(f, N_("Title"), theirs->title, mine->title);
	add_other(f, N_("Detail"), theirs->detail, mine->detail);
	add_other(f, N_("Person in charge"), theirs->owner_name, mine->owner_name);
	add_other(f, N_("Due date"), theirs->has_due ? due_words(rq, theirs->due) : S(""),
		  mine->has_due ? due_words(rq, mine->due) : S(""));
	add_other(f, N_("Status"), action_status_words(l, theirs->status),
		  action_status_words(l, mine->status));
	add_other(f, N_("Effort"), action_effort_words(l, theirs->effort),
		  action_effort_words(l, mine->effort));
	add_other(f, N_("Milestone"), phase_words(rq, theirs->phase), phase_words(rq, mine->phase));
	add_other(f, N_("Note"), theirs->note, mine->note);
	add_other(f, N_("Questions served"), question_words(rq, theirs->questions),
		  question_words(rq, mine->questions));
}
