/* A new organisation. */
#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/lists.h"
#include "people/pages.h"

static struct reply *show_new(struct req *rq, int status, struct form *f)
{
	const struct crumb crumb = portfolio_crumb(rq);

	return form_page_reply(
		rq, status,
		&(struct form_page){
			.title = tr(rq->language, "New organisation"),
			.lead = tr(
				rq->language,
				"You will be its owner: you invite the others, and choose what each may do."),
			.form = f,
			.crumbs = &crumb,
			.n_crumbs = 1,
		});
}

static struct form new_form(struct req *rq, struct str name, struct str zone)
{
	struct form f = form_make(rq, "org", url(rq, "/orgs/new"), N_("Create it"), true);
	struct form_field *field = form_line(&f, "name", N_("Name"), name, LABEL_MAX);

	field->autocomplete = "organization";
	(void)form_zone(&f, zone);
	return f;
}

struct reply *org_new_page(struct req *rq)
{
	struct form f = new_form(rq, (struct str){ "", 0 }, rq->actor.time_zone);

	return show_new(rq, 200, &f);
}

int org_make(struct req *rq, struct str name, struct str time_zone, int64_t *ret_id,
	     struct err *err)
{
	int64_t id;
	int r = org_add(rq->db, name, time_zone, rq->now_ms, &id, err);

	if (r == 0)
		r = member_set(rq->db, id, rq->actor.account_id, ROLE_OWNER, rq->now_ms, err);
	if (r == 0)
		r = audit_add(
			rq,
			&(struct audit_entry){ .org_id = id,
					       .action = N_("created the organisation"),
					       .object_kind = "organisation",
					       .object_id = id,
					       .after = audit_value(rq->arena, "name", name) },
			err);
	if (r == 0)
		*ret_id = id;
	return r;
}

struct reply *org_new(struct req *rq)
{
	const struct org_new_args *args = rq->args;
	struct form f = new_form(rq, args->name, args->time_zone);
	int64_t id;
	struct err err;
	int r;

	form_check_zone(&f, args->time_zone);
	if (f.n_faults)
		return show_new(rq, 422, &f);
	r = org_make(rq, str_trim(args->name), args->time_zone, &id, &err);
	if (r != 0)
		return reply_fault(rq, &err);
	return reply_redirect(rq, url(rq, "/o/%.*s", STR_ARG(id_text(rq->arena, id))));
}
