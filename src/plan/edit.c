/* One action: its page, adding, changing, moving and removing it. */
#include "base/token.h"
#include "people/org_page.h"
#include "plan/form.h"
#include "plan/handlers.h"
#include "plan/pages.h"
#include "plan/plan_tpl.h"

/* A fault or an outcome of the database as a reply. */
static struct reply *failed(struct req *rq, int result, const struct err *err)
{
	if (result == DB_NOT_FOUND)
		return reply_status(rq, 404);
	/* An account or an organisation went between our look and our write: asking again settles it. */
	if (result == DB_CONFLICT)
		return reply_status(rq, 503);
	return reply_fault(rq, err);
}

static int load_members(struct req *rq, struct plan_member_list_rows *ret, struct err *err)
{
	return plan_member_list(rq->db, rq->arena, rq->actor.org_id, ret, err);
}

/* ---- the page of an action, or of a new one ---- */

static struct reply *show(struct req *rq, int status, struct action_page_view *m)
{
	struct view v = view_make(rq);

	plan_action_page(&v, m);
	return org_reply_below(rq, status,
			       &(struct layout){ .title = m->title,
						 .body = view_html(&v),
						 .is_narrow = m->is_new },
			       TAB_PLAN, NULL, 0);
}

static struct reply *show_new(struct req *rq, int status, const struct action_form *form)
{
	struct action_page_view m = {
		.title = tr(rq->language, "New action"),
		.is_new = true,
		.may_change = true,
		.form = *form,
	};

	m.form.form.action = plan_url(rq, "");
	m.form.form.submit = tr(rq->language, "Add to the plan");
	return show(rq, status, &m);
}

static struct str source_words(struct req *rq, const struct action *x)
{
	if (str_is(x->source_kind, "sheet"))
		return tr(rq->language, "Recommended by a scorecard answered alone");
	if (str_is(x->source_kind, "round"))
		return tr(rq->language, "Recommended by a scorecard campaign");
	return tr(rq->language, "Written by hand");
}

static struct reply *show_action(struct req *rq, int status, const struct action *x,
				 const struct action_form *form, bool was_saved)
{
	const struct plan_filter none = { .late = false };
	struct action_page_view m = {
		.title = x->title,
		.may_change = role_allows(rq->actor.role, ROLE_CONTRIBUTOR),
		.may_remove = role_allows(rq->actor.role, ROLE_EDITOR),
		.form = *form,
		.action = action_view(rq, x, &none),
		.detail = x->detail,
		.note = x->note,
		.effort = action_effort_words(rq->language, x->effort),
		.source = source_words(rq, x),
		.created = fmt_date(rq->arena, rq->language, x->created_ms),
		.updated = fmt_date(rq->arena, rq->language, x->updated_ms),
		.finished = x->has_done_ms ? fmt_date(rq->arena, rq->language, x->done_ms) : S(""),
		.remove_address = action_url(rq, x->id, "/remove"),
		.was_saved = was_saved,
	};

	m.form.form.action = action_url(rq, x->id, "");
	form_hide(&m.form.form, "version", str_fmt(rq->arena, "%lld", (long long)form->version));
	if (form->is_beaten)
		m.form.form.submit = tr(rq->language, "Save mine over it");
	return show(rq, status, &m);
}

struct reply *action_new_page(struct req *rq)
{
	struct plan_member_list_rows members;
	struct action_form form;
	struct err err;

	if (load_members(rq, &members, &err) != 0)
		return reply_fault(rq, &err);
	form = form_of_action(rq, &members, NULL);
	return show_new(rq, 200, &form);
}

struct reply *action_page(struct req *rq)
{
	const struct action_args *args = rq->args;
	struct plan_member_list_rows members;
	struct action_form form;
	struct action x;
	struct err err;
	int r = action_load(rq, args->action, &x, &err);

	if (r == 0)
		r = load_members(rq, &members, &err);
	if (r != 0)
		return failed(rq, r, &err);
	form = form_of_action(rq, &members, &x);
	return show_action(rq, 200, &x, &form, args->saved);
}

/* ---- changes ---- */

/* Boxes that no form of ours has. */
static bool has_unknown_field(const struct action_fields *fields)
{
	const struct scorecard *def = &plan_pack()->scorecard.def;

	for (size_t i = 0; i < fields->questions.n; i++) {
		struct str rest = fields->questions.items[i].name;

		if (!str_is(str_cut(&rest, '-'), "serves") || scorecard_find(def, rest) < 0)
			return true;
	}
	return false;
}

struct reply *action_new(struct req *rq)
{
	const struct add_args *args = rq->args;
	struct plan_member_list_rows members;
	struct action_form form;
	struct action x = { .id = 0 };
	bool added;
	struct err err;
	int r = load_members(rq, &members, &err);

	if (r != 0)
		return reply_fault(rq, &err);
	if (has_unknown_field(&args->fields))
		return reply_status(rq, 400);
	form = form_of_fields(rq, &members, &args->fields);
	form_read(rq, &form, &members, &args->fields, &x);
	if (form.form.n_faults)
		return show_new(rq, 422, &form);
	r = action_add(rq, &x, N_("added an action"), &added, &err);
	if (r == PLAN_FULL) {
		form_fault(&form.form, "title",
			   tr(rq->language,
			      "The plan has 500 actions, the maximum: remove some first."));
		return show_new(rq, 422, &form);
	}
	return r != 0 ? failed(rq, r, &err) : reply_redirect(rq, plan_url(rq, "?done=added"));
}

/* The same form again, with what somebody else saved meanwhile. */
static struct reply *beaten(struct req *rq, const struct action *theirs, const struct action *mine,
			    struct action_form *form)
{
	form_beaten(rq, form, mine, theirs);
	return show_action(rq, 409, theirs, form, false);
}

struct reply *action_save(struct req *rq)
{
	const struct change_args *args = rq->args;
	struct plan_member_list_rows members;
	struct action_form form;
	struct action before, x;
	struct err err;
	int r = action_load(rq, args->action, &before, &err);

	if (r == 0)
		r = load_members(rq, &members, &err);
	if (r != 0)
		return failed(rq, r, &err);
	if (has_unknown_field(&args->fields))
		return reply_status(rq, 400);
	form = form_of_fields(rq, &members, &args->fields);
	x = before;
	form_read(rq, &form, &members, &args->fields, &x);
	if (form.form.n_faults)
		return show_action(rq, 422, &before, &form, false);
	if (before.version != args->fields.version)
		return beaten(rq, &before, &x, &form);
	r = action_change(rq, &before, &x, &err);
	/* Another process was between our look and our write. */
	if (r == DB_NOT_FOUND)
		return reply_status(rq, 503);
	return r != 0 ? failed(rq, r, &err) : reply_redirect(rq, action_url(rq, x.id, "?saved=1"));
}

/* Nothing is typed in a move, so nothing can be lost: the last one counts. */
struct reply *action_move_to(struct req *rq)
{
	const struct move_args *args = rq->args;
	enum action_status to;
	struct action x;
	struct str back;
	struct err err;
	int r = action_load(rq, args->action, &x, &err);

	if (r != 0)
		return failed(rq, r, &err);
	if (action_status_parse(args->to, &to) != 0)
		return reply_status(rq, 400);
	r = action_move(rq, &x, to, &err);
	if (r != 0)
		return failed(rq, r, &err);
	back = filter_url(rq, plan_url(rq, ""), &args->filter);
	return reply_redirect(rq, str_fmt(rq->arena, "%.*s#a-%.*s", STR_ARG(back),
					  STR_ARG(id_text(rq->arena, x.id))));
}

/* ---- removing ---- */

struct reply *action_remove_page(struct req *rq)
{
	const struct action_args *args = rq->args;
	struct remove_view m;
	struct view v = view_make(rq);
	struct action x;
	struct err err;
	int r = action_load(rq, args->action, &x, &err);

	if (r != 0)
		return failed(rq, r, &err);
	m = (struct remove_view){
		.title = x.title,
		.address = action_url(rq, x.id, ""),
		.action = action_url(rq, x.id, "/remove"),
	};
	plan_remove_page(&v, &m);
	return org_reply_below(rq, 200,
			       &(struct layout){ .title = tr(rq->language, "Remove an action"),
						 .body = view_html(&v),
						 .is_narrow = true },
			       TAB_PLAN, &(const struct crumb){ m.address, m.title }, 1);
}

struct reply *action_remove_now(struct req *rq)
{
	const struct action_args *args = rq->args;
	struct action x;
	struct err err;
	int r = action_load(rq, args->action, &x, &err);

	if (r == 0)
		r = action_remove(rq, &x, &err);
	return r != 0 ? failed(rq, r, &err) : reply_redirect(rq, plan_url(rq, "?done=removed"));
}
