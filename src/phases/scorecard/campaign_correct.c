/* Who is invited is corrected: a name, an address, a department. */
#include "base/token.h"
#include "people/form.h"
#include "phases/app.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "rounds/invite.h"
#include "view/layout.h"

/* Whom it is about, of the campaign that the path names. */
struct correcting {
	struct round round;
	struct participant who;
	struct scorecard_department_list_rows departments;
};

/* DB_NOT_FOUND: also somebody of another campaign. */
static int load(struct req *rq, struct correcting *ret, struct err *err)
{
	const struct correct_args *args = rq->args;
	int r = campaign_load(rq, args->round, &ret->round, err);

	if (r == 0)
		r = participant_load(rq->db, rq->arena, ret->round.org_id, args->person, &ret->who,
				     err);
	if (r == 0 && (ret->who.round_id != ret->round.id || ret->who.kind != PARTICIPANT_PERSONAL))
		return DB_NOT_FOUND;
	if (r == 0)
		r = scorecard_department_list(rq->db, rq->arena, rq->actor.org_id,
					      &ret->departments, err);
	return r;
}

/* Once begun, the department is what that person says. */
static bool asks_department(const struct correcting *c)
{
	return c->who.state == PARTICIPANT_INVITED && c->departments.n > 0;
}

static void add_departments(struct form *f, const struct correcting *c, struct str chosen)
{
	struct form_field *field =
		form_choose(f, FIELD_SELECT, "department", N_("Department"), chosen);

	form_offer(f, field, S(""), tr(f->rq->language, "not specified"));
	for (size_t i = 0; i < c->departments.n; i++)
		form_offer(f, field, id_text(f->rq->arena, c->departments.items[i].id),
			   c->departments.items[i].name);
}

static struct form correct_form(struct req *rq, const struct correcting *c, struct str name,
				struct str email, struct str department)
{
	struct str id = id_text(rq->arena, c->who.id);
	const char *page = str_fmt(rq->arena, "/participants/%.*s", STR_ARG(id)).data;
	struct form f = form_make(rq, NULL, campaign_url(rq, c->round.id, page), N_("Save"), true);
	struct form_field *field = form_line(&f, "name", N_("Name"), name, PARTICIPANT_NAME_MAX);

	field->autocomplete = "off";
	(void)form_optional(&f, field);
	field = form_optional(&f, form_email(&f, email));
	field->autocomplete = "off";
	if (c->who.invited_ms || c->who.reminded_ms)
		field->hint =
			tr(rq->language, "To another address, the link can be sent once more.");
	if (asks_department(c))
		add_departments(&f, c, department);
	f.cancel = campaign_url(rq, c->round.id, "/participants");
	f.is_guarded = true;
	return f;
}

static struct reply *show(struct req *rq, int status, const struct correcting *c,
			  const struct form *form)
{
	struct correct_page m = {
		.form = form,
		.who = c->who.name.len ? c->who.name : c->who.email,
		.is_begun = c->who.state != PARTICIPANT_INVITED &&
			    c->round.terms.mode != ROUND_ANONYMOUS,
	};
	struct view v = view_make(rq);

	scorecard_campaign_correct_page(&v, &m);
	return campaign_reply(
		rq, status, &c->round,
		&(struct layout){ .title = tr(rq->language, "Correct"), .body = view_html(&v) });
}

static struct reply *back(struct req *rq, const struct correcting *c)
{
	return reply_redirect(rq, campaign_url(rq, c->round.id, "/participants"));
}

struct reply *campaign_correct_form(struct req *rq)
{
	struct correcting c;
	struct form f;
	struct err err;
	int r = load(rq, &c, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	if (!participant_may_be_corrected(&c.round, &c.who))
		return back(rq, &c);
	f = correct_form(rq, &c, c.who.name, c.who.email,
			 c.who.department_id ? id_text(rq->arena, c.who.department_id) : S(""));
	return show(rq, 200, &c, &f);
}

/* What was typed into *ret; what is wrong with it into the form. */
static int check(struct req *rq, const struct correcting *c, struct form *f, struct invitation *ret,
		 struct err *err)
{
	const struct correct_args *args = rq->args;
	struct str *emails;
	size_t n;
	int r = invite_known_emails(rq->db, rq->arena, &c->round, &emails, &n, err);

	*ret = (struct invitation){ .name = args->name, .department_id = c->who.department_id };
	form_check(f);
	if (r != 0)
		return r;
	if (args->email.len && email_normalise(rq->arena, args->email, &ret->email) != 0)
		form_fault(f, "email", tr(rq->language, "This is not an e-mail address."));
	for (size_t i = 0; i < n; i++)
		if (str_eq(emails[i], ret->email) && !str_eq(ret->email, c->who.email))
			form_fault(f, "email",
				   tr(rq->language, "This address is invited already."));
	if (ret->name.len == 0 && args->email.len == 0 && f->n_faults == 0)
		form_fault(f, "name", tr(rq->language, "Give a name or an address."));
	if (asks_department(c) && id_parse(args->department, &ret->department_id) != 0)
		ret->department_id = 0;
	return 0;
}

/* Whether `id` is one of the organisation's departments, or none at all. */
static bool is_department(const struct correcting *c, struct str id)
{
	int64_t department;

	if (id.len == 0)
		return true;
	return id_parse(id, &department) == 0 &&
	       department_name(&c->departments, department).len > 0;
}

struct reply *campaign_correct(struct req *rq)
{
	const struct correct_args *args = rq->args;
	struct correcting c;
	struct invitation as;
	struct form f;
	struct err err;
	int r = load(rq, &c, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	/* Where the form asks for one, it says so itself. */
	if (!asks_department(&c) && !is_department(&c, args->department))
		return reply_status(rq, 404);
	f = correct_form(rq, &c, args->name, args->email, args->department);
	r = check(rq, &c, &f, &as, &err);
	if (r == 0 && f.n_faults)
		return show(rq, 422, &c, &f);
	if (r == 0)
		r = participant_correct(rq->db, &c.round, c.who.id, &as, &err);
	/* Answered, by now at least. */
	if (r == ROUND_REFUSED)
		return back(rq, &c);
	if (r == 0)
		r = audit_add(rq,
			      &(struct audit_entry){ .action = N_("corrected who is invited"),
						     .object_kind = "participant",
						     .object_id = c.who.id },
			      &err);
	return r != 0 ? campaign_failed(rq, r, &err) : back(rq, &c);
}
