/* The departments of an organisation. */
#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/opaque.h"
#include "people/pages.h"
#include "people/people_tpl.h"
#include "people/queries.h"

enum { DEPARTMENTS_MAX = 60 };

static struct form add_form(struct req *rq, struct str name)
{
	struct str org = id_text(rq->arena, rq->actor.org_id);
	struct form f = form_make(rq, "department", url(rq, "/o/%.*s/departments", STR_ARG(org)),
				  N_("Add it"), true);

	(void)form_line(&f, "name", N_("Name"), name, LABEL_MAX);
	return f;
}

/* What was not done to a department, and why. */
struct refusal {
	int64_t id;
	bool is_rename;
	struct str typed; /* what it was to be called */
	struct str words;
};

static struct department_view department_view(struct req *rq,
					      const struct people_department_list_row *row,
					      const struct refusal *refused)
{
	struct department_view view = {
		.id = id_text(rq->arena, row->id),
		.name = row->name,
		.typed = row->name,
		.is_refused = refused && refused->id == row->id,
	};

	if (view.is_refused && refused->is_rename)
		view.typed = refused->typed;
	return view;
}

static struct reply *show(struct req *rq, int status, const struct form *sent,
			  const struct refusal *refused)
{
	struct form own = add_form(rq, (struct str){ "", 0 });
	struct people_department_list_rows rows;
	struct departments_page m = {
		.tabs = org_tabs(rq, TAB_DEPARTMENTS),
		.form = sent ? sent : &own,
		.may_change = role_allows(rq->actor.role, ROLE_EDITOR),
	};
	struct view v = view_make(rq);
	struct err err;

	if (people_department_list(rq->db, rq->arena, rq->actor.org_id, &rows, &err) != 0)
		return reply_fault(rq, &err);
	m.org = id_text(rq->arena, rq->actor.org_id);
	m.n_departments = rows.n;
	m.departments = arena_new(rq->arena, struct department_view, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		m.departments[i] = department_view(rq, &rows.items[i], refused);
	if (rows.n) {
		m.departments[0].is_first = true;
		m.departments[rows.n - 1].is_last = true;
	}
	if (refused) {
		m.fault = refused->words;
		m.fault_id = id_text(rq->arena, refused->id);
	}
	people_departments_page(&v, &m);
	return org_reply(rq, status, tr(rq->language, "Departments"), &v);
}

struct reply *departments_page(struct req *rq)
{
	return show(rq, 200, NULL, NULL);
}

static struct reply *done(struct req *rq)
{
	return reply_redirect(
		rq, url(rq, "/o/%.*s/departments", STR_ARG(id_text(rq->arena, rq->actor.org_id))));
}

static int note(struct req *rq, const char *action, int64_t id, struct str before, struct str after,
		struct err *err)
{
	return audit_add(
		rq,
		&(struct audit_entry){
			.action = action,
			.object_kind = "department",
			.object_id = id,
			.before = before.len ? audit_value(rq->arena, "name", before) : before,
			.after = after.len ? audit_value(rq->arena, "name", after) : after,
		},
		err);
}

int department_make(struct req *rq, struct str name, int64_t position, int64_t *ret_id,
		    struct err *err)
{
	const struct people_department_add_params p = {
		.org_id = rq->actor.org_id,
		.id = id_make(rq->now_ms),
		.name = name,
		.name_key = name_key(rq->arena, name),
		.position = position,
	};
	int64_t changed = 0;
	int r = people_department_add(rq->db, &p, &changed, err);

	if (r == 0 && changed == 0)
		return DB_CONFLICT;
	if (r == 0)
		r = note(rq, N_("added a department"), p.id, (struct str){ "", 0 }, name, err);
	if (r == 0)
		*ret_id = p.id;
	return r;
}

/* Departments older than name_key are looked at too. `but`: the place of the one that is being named, rows->n of a
 * new one. */
static bool is_taken(struct req *rq, const struct people_department_list_rows *rows, size_t but,
		     struct str name)
{
	struct str wanted = name_key(rq->arena, name);

	for (size_t i = 0; i < rows->n; i++)
		if (i != but && str_eq(name_key(rq->arena, rows->items[i].name), wanted))
			return true;
	return false;
}

static void fault_taken(struct req *rq, struct form *f)
{
	form_fault(f, "name",
		   tr(rq->language, "A department of this name exists already: choose another."));
}

struct reply *department_add(struct req *rq)
{
	const struct department_args *args = rq->args;
	struct str name = str_trim(args->name);
	struct form f = add_form(rq, args->name);
	struct people_department_list_rows rows;
	int64_t id;
	struct err err;
	int r = people_department_list(rq->db, rq->arena, rq->actor.org_id, &rows, &err);

	if (r != 0)
		return reply_fault(rq, &err);
	form_check(&f);
	if (f.n_faults == 0 && is_taken(rq, &rows, rows.n, name))
		fault_taken(rq, &f);
	if (rows.n >= DEPARTMENTS_MAX)
		form_fault(&f, "name",
			   tr(rq->language,
			      "There are already 60 departments, the maximum: remove one first."));
	if (f.n_faults)
		return show(rq, 422, &f, NULL);
	r = department_make(rq, name, rows.n ? rows.items[rows.n - 1].position + 1 : 0, &id, &err);
	if (r == DB_CONFLICT) {
		fault_taken(rq, &f);
		return show(rq, 422, &f, NULL);
	}
	return r != 0 ? reply_fault(rq, &err) : done(rq);
}

static int swap(struct req *rq, const struct people_department_list_rows *rows, size_t i, size_t k,
		struct err *err)
{
	int r = people_department_move(rq->db, rq->actor.org_id, rows->items[i].id,
				       rows->items[k].position, err);

	return r != 0 ? r
		      : people_department_move(rq->db, rq->actor.org_id, rows->items[k].id,
					       rows->items[i].position, err);
}

/* Shows the departments with what was not done to the one that is being changed. */
static struct reply *refuse(struct req *rq, int status, struct str words)
{
	const struct department_args *args = rq->args;
	struct refusal refused = { .id = args->department, .words = words };

	refused.is_rename = str_is(args->act, "rename");
	if (refused.is_rename)
		refused.typed = rq->n_arg_errors ? rq->arg_errors[0].value : args->name;
	return show(rq, status, NULL, &refused);
}

static struct str too_long_words(struct req *rq)
{
	return tr_fill(rq->arena,
		       tr(rq->language, "Give the department a name of {n} characters at most."),
		       &(const struct tr_arg){ "n", fmt_int(rq->arena, rq->language, LABEL_MAX) },
		       1);
}

/* Whether somebody else gave it another name since this one saw it. */
static bool is_stale(const struct department_args *args, struct str name)
{
	return args->was.len > 0 && !str_eq(args->was, name) && !str_eq(str_trim(args->name), name);
}

static struct str stale_words(struct req *rq, struct str name)
{
	return tr_fill(
		rq->arena,
		tr(rq->language,
		   "This department was renamed meanwhile: it is now called “{name}”. Nothing was done; ask again if it still should be."),
		&(const struct tr_arg){ "name", name }, 1);
}

struct reply *department_change(struct req *rq)
{
	const struct department_args *args = rq->args;
	struct str name = str_trim(args->name);
	const struct str none = { "", 0 };
	struct people_department_list_rows rows;
	int64_t changed;
	size_t i = 0;
	struct err err;
	int r = people_department_list(rq->db, rq->arena, rq->actor.org_id, &rows, &err);

	if (r != 0)
		return reply_fault(rq, &err);
	while (i < rows.n && rows.items[i].id != args->department)
		i++;
	if (i == rows.n)
		return reply_status(rq, 404);
	if (str_is(args->act, "up") && i > 0) {
		r = swap(rq, &rows, i, i - 1, &err);
	} else if (str_is(args->act, "down") && i + 1 < rows.n) {
		r = swap(rq, &rows, i, i + 1, &err);
	} else if (is_stale(args, rows.items[i].name)) {
		return refuse(rq, 409, stale_words(rq, rows.items[i].name));
	} else if (str_is(args->act, "remove")) {
		r = people_department_remove(rq->db, rq->actor.org_id, args->department, &changed,
					     &err);
		if (r == 0 && changed == 0)
			return refuse(rq, 409,
				      tr(rq->language,
					 "A campaign knows this department: rename it instead."));
		if (r == 0)
			r = note(rq, N_("removed a department"), args->department,
				 rows.items[i].name, none, &err);
	} else if (str_is(args->act, "rename")) {
		if (rq->n_arg_errors)
			return refuse(rq, 422, too_long_words(rq));
		if (name.len == 0 || is_taken(rq, &rows, i, name))
			return refuse(rq, 422,
				      tr(rq->language, "Give each department a name of its own."));
		r = people_department_rename(rq->db, rq->actor.org_id, args->department, name,
					     name_key(rq->arena, name), &changed, &err);
		/* Another process was between our look and our write. */
		if (r == DB_CONFLICT)
			return reply_status(rq, 503);
		if (r == 0)
			r = note(rq, N_("renamed a department"), args->department,
				 rows.items[i].name, name, &err);
	}
	return r != 0 ? reply_fault(rq, &err) : done(rq);
}
