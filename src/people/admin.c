/* The accounts of the installation, for its administrators. They see no organisation's data here. */
#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/link.h"
#include "people/pages.h"
#include "people/people_tpl.h"
#include "people/queries.h"

static struct form add_form(struct req *rq, struct str name, struct str email)
{
	struct form f =
		form_make(rq, "add", url(rq, "/admin/users/new"), N_("Create the account"), true);

	(void)form_line(&f, "name", N_("Name"), name, LABEL_MAX);
	form_email(&f, email)->autocomplete = "off";
	return f;
}

static struct user_view user_view(struct req *rq, const struct people_account_list_row *row)
{
	return (struct user_view){
		.id = id_text(rq->arena, row->id),
		.name = row->name,
		.email = row->email,
		.created = day_words(rq, row->created_ms),
		.is_admin = row->is_admin,
		.is_disabled = row->has_disabled_ms,
		.has_password = row->has_password,
		.has_factor = row->has_factor,
		.is_self = row->id == rq->actor.account_id,
		.orgs = row->orgs,
	};
}

/* % and _ of what was typed stand for themselves nowhere; a person's search loses nothing by it. */
static struct str pattern_of(struct arena *a, struct str search)
{
	struct buf b = buf_make(a, search.len + 3);

	buf_putc(&b, '%');
	for (size_t i = 0; i < search.len; i++) {
		char c = search.data[i];

		if (c == '%' || c == '\\')
			c = '_';
		buf_putc(&b, (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
	}
	buf_putc(&b, '%');
	return buf_str(&b);
}

static struct reply *show(struct req *rq, int status, struct users_page m, const struct form *sent)
{
	struct form own = add_form(rq, (struct str){ "", 0 }, (struct str){ "", 0 });
	struct people_account_list_rows rows;
	const struct crumb crumb = { url(rq, "/account"), tr(rq->language, "Your account") };
	struct view v = view_make(rq);
	struct err err;

	if (people_account_list(rq->db, rq->arena, pattern_of(rq->arena, m.search), &rows, &err) !=
	    0)
		return reply_fault(rq, &err);
	m.add = sent ? sent : &own;
	m.n_users = rows.n;
	m.users = arena_new(rq->arena, struct user_view, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		m.users[i] = user_view(rq, &rows.items[i]);
	people_users_page(&v, &m);
	return layout_reply(rq, status,
			    &(struct layout){
				    .title = tr(rq->language, "Accounts of this site"),
				    .body = view_html(&v),
				    .crumbs = &crumb,
				    .n_crumbs = 1,
			    });
}

struct reply *users_page(struct req *rq)
{
	const struct users_args *args = rq->args;
	struct users_page m = { .search = str_trim(args->search) };

	if (args->changed)
		m.done = tr(rq->language, "Done.");
	return show(rq, 200, m, NULL);
}

static int note(struct req *rq, const char *action, int64_t account_id, struct err *err)
{
	return audit_add(rq,
			 &(struct audit_entry){ .org_id = ORG_PUBLIC,
						.action = action,
						.object_kind = "account",
						.object_id = account_id },
			 err);
}

/* The page with a new link for the account, shown this once. */
static struct reply *show_link(struct req *rq, int64_t account_id, struct str name)
{
	struct users_page m = { .link_for = name };
	struct token t;
	struct err err;

	if (link_make(rq->db, rq->arena, account_id, rq->now_ms, &t, &err) != 0 ||
	    note(rq, N_("created a link for a new password"), account_id, &err) != 0)
		return reply_fault(rq, &err);
	m.link = (struct copy_link){
		.id = S("link"),
		.label = tr(rq->language, "Link"),
		.hint = tr(
			rq->language,
			"It works once, for 24 hours, and is not shown again. Whoever has it chooses the password."),
		.address = url_absolute(rq, "/reset/%.*s",
					STR_ARG(base64url(rq->arena, t.bytes, sizeof t.bytes))),
	};
	return show(rq, 200, m, NULL);
}

struct reply *user_add(struct req *rq)
{
	const struct user_new_args *args = rq->args;
	struct form f = add_form(rq, args->name, args->email);
	struct new_account account = {
		.name = str_trim(args->name),
		.language = rq->language,
		.time_zone = S("Europe/Paris"),
	};
	int64_t id;
	struct err err;
	int r;

	form_check(&f);
	if (email_normalise(rq->arena, args->email, &account.email) != 0)
		form_fault(&f, "email", tr(rq->language, "This is not an e-mail address."));
	if (f.n_faults)
		return show(rq, 422, (struct users_page){ .n_users = 0 }, &f);
	r = account_add(rq->db, &account, rq->now_ms, &id, &err);
	if (r == ACCOUNT_EXISTS) {
		form_fault(&f, "email",
			   tr(rq->language, "This address already has an account: give another."));
		return show(rq, 422, (struct users_page){ .n_users = 0 }, &f);
	}
	if (r == 0)
		r = note(rq, N_("created an account"), id, &err);
	return r != 0 ? reply_fault(rq, &err) : show_link(rq, id, account.name);
}

struct reply *user_link(struct req *rq)
{
	const struct user_args *args = rq->args;
	struct people_account_get_row row;
	struct err err;
	int r = people_account_get(rq->db, rq->arena, args->account, &row, &err);

	if (r < 0)
		return reply_fault(rq, &err);
	if (r != 0 || row.has_disabled_ms)
		return reply_status(rq, 404);
	return show_link(rq, args->account, row.name);
}

struct reply *user_state(struct req *rq)
{
	const struct user_state_args *args = rq->args;
	static const struct {
		const char *state, *action;
	} states[] = {
		{ "disable", N_("closed an account") },
		{ "enable", N_("opened an account again") },
		{ "make-admin", N_("gave somebody the rights of an administrator") },
		{ "unmake-admin", N_("took back the rights of an administrator") },
	};
	enum { STATES = sizeof states / sizeof *states };
	size_t i = 0;
	int64_t changed = 0;
	struct err err;
	int r;

	while (i < STATES && !str_is(args->state, states[i].state))
		i++;
	/* Not of oneself: nobody locks themself out by a slip. */
	if (i == STATES || args->account == rq->actor.account_id)
		return reply_status(rq, 400);
	if (i < 2)
		r = people_account_disable(rq->db, args->account, i == 0, rq->now_ms, rq->now_ms,
					   &changed, &err);
	else
		r = people_account_make_admin(rq->db, args->account, i == 2, rq->now_ms, &changed,
					      &err);
	if (r == 0 && i == 0)
		r = people_session_end_others(rq->db, args->account, 0, &err);
	if (r == 0 && changed)
		r = note(rq, states[i].action, args->account, &err);
	if (r != 0)
		return reply_fault(rq, &err);
	return changed ? reply_redirect(rq, url(rq, "/admin/users?changed=1"))
		       : reply_status(rq, 404);
}
