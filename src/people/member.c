/* Members of an organisation, and invitations. */
#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/invitation.h"
#include "people/link.h"
#include "people/mails.h"
#include "people/pages.h"
#include "people/people_tpl.h"
#include "people/queries.h"

enum { INVITATIONS_MAX = 500 /* open ones; invitation_list reads more, and no more than it may */ };
static const int64_t day_ms = 24 * 60 * 60 * 1000;

struct token invitation_token(struct arena *a, const struct hmac_key *key, int64_t id)
{
	return row_token(a, key, "invitation", id);
}

static struct form invite_form(struct req *rq, const struct invite_args *said)
{
	struct str org = id_text(rq->arena, rq->actor.org_id);
	struct form f = form_make(rq, "invite", url(rq, "/o/%.*s/members/invite", STR_ARG(org)),
				  N_("Create the link"), true);
	struct form_field *field =
		form_optional(&f, form_line(&f, "label", N_("For whom"), said->label, LABEL_MAX));

	field->hint = tr(rq->language, "A name, to tell invitations apart. Only owners see it.");
	if (rq->site->has_mail) {
		field = form_optional(&f, form_email(&f, said->email));
		field->autocomplete = "off";
		field->hint =
			tr(rq->language,
			   "The link is sent there. Without an address, you copy it yourself.");
	}
	(void)form_role(&f, said->role);
	field = form_choose(&f, FIELD_SELECT, "days", N_("Works for"),
			    str_fmt(rq->arena, "%lld", (long long)said->days));
	(void)form_offer(&f, field, S("7"), tr(rq->language, "one week"));
	(void)form_offer(&f, field, S("30"), tr(rq->language, "30 days"));
	(void)form_offer(&f, field, S("1"), tr(rq->language, "one day"));
	return f;
}

static void add_member(struct req *rq, struct members_page *m,
		       const struct people_member_list_row *row)
{
	struct member_view *view = &m->members[m->n_members++];
	enum role role = ROLE_NONE;

	(void)!role_parse(row->role, &role);
	*view = (struct member_view){
		.id = id_text(rq->arena, row->account_id),
		.name = row->name,
		.email = row->email,
		.role = role_name(rq->language, role),
		.since = day_words(rq, row->created_ms),
		.is_self = row->account_id == rq->actor.account_id,
		.is_disabled = row->has_disabled_ms,
	};
	for (int r = ROLE_VIEWER; r < ROLE_N; r++)
		(void)choice_add(rq->arena, &view->roles, role_code((enum role)r),
				 role_name(rq->language, (enum role)r), (enum role)r == role);
}

/* What became of the mail, in words. */
static void put_mail(struct req *rq, struct invitation_view *view,
		     const struct people_invitation_list_row *row, const struct mail_state *mail)
{
	const struct tr_arg args[] = {
		{ "email", row->email },
		{ "date", moment_words(rq, row->mailed_ms) },
		{ "said", mail ? mail->answer : (struct str){ "", 0 } },
	};
	const char *text = N_("Not sent to {email}.");

	if (!row->has_email)
		return;
	view->is_mailed = row->has_mailed_ms;
	view->has_failed = !row->has_mailed_ms && (!mail || mail->has_failed);
	if (row->has_mailed_ms)
		text = N_("Sent to {email}, {date}.");
	else if (mail && mail->has_failed)
		text = N_("Not delivered to {email}. The mail server says: {said}");
	else if (mail && mail->attempts)
		text = N_("Not sent to {email} yet, it will be tried again. Last answer: {said}");
	else if (mail)
		text = N_("On its way to {email}.");
	view->mail = tr_fill(rq->arena, tr(rq->language, text), args, 3);
}

static struct invitation_view invitation_view(struct req *rq,
					      const struct people_invitation_list_row *row)
{
	struct token t = invitation_token(rq->arena, rq->key, row->id);
	enum role role = ROLE_NONE;
	struct invitation_view view = { .id = id_text(rq->arena, row->id) };
	const struct tr_arg args[] = {
		{ "label", row->label },
		{ "role", (role_parse(row->role, &role) == 0 ? role_name(rq->language, role)
							     : (struct str){ "", 0 }) },
		{ "date", moment_words(rq, row->expires_ms) },
	};

	view.link = (struct copy_link){
		.id = str_fmt(rq->arena, "i-%.*s", STR_ARG(view.id)),
		.label = tr_fill(rq->arena,
				 row->label.len ? tr(rq->language, "{label}, as {role}")
						: tr(rq->language, "Somebody, as {role}"),
				 args, 3),
		.hint = tr_fill(rq->arena, tr(rq->language, "Works once, until {date}."), args, 3),
		.address = url_absolute(rq, "/join/%.*s",
					STR_ARG(base64url(rq->arena, t.bytes, sizeof t.bytes))),
	};
	return view;
}

static struct reply *show(struct req *rq, int status, const struct form *sent, struct str done,
			  struct str fault)
{
	struct form own = invite_form(rq, &(struct invite_args){ .role = S("viewer"), .days = 7 });
	struct people_member_list_rows members;
	struct people_invitation_list_rows open;
	struct mail_state *mails = NULL;
	size_t n_mails = 0;
	struct members_page m = {
		.tabs = org_tabs(rq, TAB_MEMBERS),
		.done = done,
		.fault = fault,
		.form = sent ? sent : &own,
		.may_change = rq->actor.role == ROLE_OWNER,
	};
	struct view v = view_make(rq);
	struct err err;
	int r = people_member_list(rq->db, rq->arena, rq->actor.org_id, &members, &err);

	if (r == 0)
		r = people_invitation_list(rq->db, rq->arena, rq->actor.org_id, rq->now_ms, &open,
					   &err);
	if (r == 0 && m.may_change)
		r = mail_list(rq->db, rq->arena, rq->actor.org_id, &mail_invitation, &mails,
			      &n_mails, &err);
	if (r != 0)
		return reply_fault(rq, &err);
	m.org = id_text(rq->arena, rq->actor.org_id);
	m.has_mail = rq->site->has_mail;
	m.members = arena_new(rq->arena, struct member_view, members.n);
	for (size_t i = 0; i < members.n; i++)
		add_member(rq, &m, &members.items[i]);
	/* An invitation is a key: only whoever may make one sees them. */
	m.n_invitations = m.may_change ? open.n : 0;
	m.invitations = arena_new(rq->arena, struct invitation_view, open.n);
	for (size_t i = 0; i < m.n_invitations; i++) {
		m.invitations[i] = invitation_view(rq, &open.items[i]);
		put_mail(rq, &m.invitations[i], &open.items[i],
			 mail_state_of(mails, n_mails, open.items[i].id));
	}
	people_members_page(&v, &m);
	return org_reply(rq, status, tr(rq->language, "Members"), &v);
}

struct reply *members_page(struct req *rq)
{
	const struct members_args *args = rq->args;
	struct str none = { "", 0 };
	struct str done = none;

	if (args->changed)
		done = tr(rq->language, "Done.");
	if (args->invited)
		done = args->mailed
			       ? tr(rq->language,
				    "The invitation is on its way by e-mail. Its link is below too.")
			       : tr(rq->language,
				    "The invitation is ready: copy its link below and send it.");
	return show(rq, 200, NULL, done, none);
}

static struct reply *back(struct req *rq, const char *query)
{
	return reply_redirect(rq, url(rq, "/o/%.*s/members?%s",
				      STR_ARG(id_text(rq->arena, rq->actor.org_id)), query));
}

/* ---- roles ---- */

/* What the account is in this organisation: its row, or NULL. */
static const struct people_member_list_row *find(const struct people_member_list_rows *rows,
						 int64_t account_id)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->items[i].account_id == account_id)
			return &rows->items[i];
	return NULL;
}

static int note(struct req *rq, const char *action, int64_t account_id, struct str name,
		const char *key, struct str before, struct str after, struct err *err)
{
	struct buf b = buf_make(rq->arena, 1024), c = buf_make(rq->arena, 1024);

	buf_puts(&b, "{\"name\":");
	buf_quoted(&b, name);
	buf_fmt(&b, ",\"%s\":", key);
	buf_put(&c, buf_str(&b));
	buf_quoted(&b, before);
	buf_quoted(&c, after);
	buf_putc(&b, '}');
	buf_putc(&c, '}');
	return audit_add(rq,
			 &(struct audit_entry){
				 .action = action,
				 .object_kind = "member",
				 .object_id = account_id,
				 .before = before.len ? buf_str(&b) : before,
				 .after = after.len ? buf_str(&c) : after,
			 },
			 err);
}

/* Whether the organisation would be left without an owner if this member were none. 0, 1 when it would,
 * or a fault. */
static int is_last_owner(struct req *rq, struct str role, struct err *err)
{
	struct people_owner_count_row owners;
	int r;

	if (!str_eq(role, role_code(ROLE_OWNER)))
		return 0;
	r = people_owner_count(rq->db, rq->arena, rq->actor.org_id, &owners, err);
	return r != 0 ? r : owners.n <= 1;
}

struct reply *member_role(struct req *rq)
{
	const struct member_args *args = rq->args;
	struct str none = { "", 0 };
	struct people_member_list_rows rows;
	const struct people_member_list_row *row;
	enum role role;
	struct err err;
	int r = people_member_list(rq->db, rq->arena, rq->actor.org_id, &rows, &err);

	if (r != 0)
		return reply_fault(rq, &err);
	row = find(&rows, args->account);
	if (!row)
		return reply_status(rq, 404);
	if (role_parse(args->role, &role) != 0)
		return reply_status(rq, 400);
	r = role == ROLE_OWNER ? 0 : is_last_owner(rq, row->role, &err);
	if (r > 0)
		return show(rq, 422, NULL, none,
			    tr(rq->language,
			       "The organisation needs an owner: make somebody else one first."));
	if (r == 0)
		r = member_set(rq->db, rq->actor.org_id, args->account, role, rq->now_ms, &err);
	if (r == 0)
		r = note(rq, N_("changed a role"), args->account, row->name, "role", row->role,
			 args->role, &err);
	return r != 0 ? reply_fault(rq, &err) : back(rq, "changed=1");
}

/* Ends a membership. 0, 1 when it is the last owner's, 2 when there is none, or a fault. */
static int remove_member(struct req *rq, int64_t account_id, const char *action, struct err *err)
{
	struct people_member_list_rows rows;
	const struct people_member_list_row *row;
	int64_t changed;
	int r = people_member_list(rq->db, rq->arena, rq->actor.org_id, &rows, err);

	if (r != 0)
		return r;
	row = find(&rows, account_id);
	if (!row)
		return 2;
	r = is_last_owner(rq, row->role, err);
	if (r == 0)
		r = people_member_remove(rq->db, rq->actor.org_id, account_id, &changed, err);
	if (r == 0)
		r = note(rq, action, account_id, row->name, "role", row->role,
			 (struct str){ "", 0 }, err);
	return r;
}

struct reply *member_remove(struct req *rq)
{
	const struct member_args *args = rq->args;
	struct err err;
	int r = remove_member(rq, args->account, N_("removed a member"), &err);

	if (r < 0)
		return reply_fault(rq, &err);
	if (r == 1)
		return show(rq, 422, NULL, (struct str){ "", 0 },
			    tr(rq->language,
			       "The organisation needs an owner: make somebody else one first."));
	return r == 2 ? reply_status(rq, 404) : back(rq, "changed=1");
}

static struct reply *ask_leave(struct req *rq, int status, bool is_last)
{
	struct leave_page m = {
		.org = id_text(rq->arena, rq->actor.org_id),
		.name = rq->actor.org_name,
		.is_last_owner = is_last,
	};
	struct view v = view_make(rq);

	people_leave_page(&v, &m);
	return org_reply(rq, status, tr(rq->language, "Leave this organisation"), &v);
}

struct reply *leave_page(struct req *rq)
{
	struct err err;
	int r = is_last_owner(rq, role_code(rq->actor.role), &err);

	return r < 0 ? reply_fault(rq, &err) : ask_leave(rq, 200, r > 0);
}

struct reply *leave(struct req *rq)
{
	struct err err;
	int r = remove_member(rq, rq->actor.account_id, N_("left the organisation"), &err);

	if (r < 0)
		return reply_fault(rq, &err);
	if (r != 0)
		return ask_leave(rq, 422, true);
	return reply_redirect(rq, url(rq, "/portfolio?left=1"));
}

/* ---- invitations ---- */

/* Has the link mailed. 0, MAIL_FULL or a fault. */
static int mail_it(struct req *rq, const struct people_invitation_add_params *p, struct err *err)
{
	const struct mail_new mail = {
		.kind = &mail_invitation,
		.org_id = p->org_id,
		.object_id = p->id,
		.language = language_code(rq->language),
	};

	if (!p->has_email)
		return 0;
	return mail_add(rq->db, rq->arena, &mail, 1, rq->now_ms, NULL, err);
}

/* The form's mistakes, found into `f`; the address into *ret. 0 or a fault. */
static int check_invitation(struct req *rq, struct form *f, struct str *ret_email, struct err *err)
{
	const struct invite_args *args = rq->args;
	struct people_invitation_list_rows open;
	int r = people_invitation_list(rq->db, rq->arena, rq->actor.org_id, rq->now_ms, &open, err);

	if (r != 0)
		return r;
	form_check(f);
	if (open.n >= INVITATIONS_MAX)
		form_fault(
			f, "label",
			tr(rq->language,
			   "There are already 500 open invitations, the maximum: withdraw one first."));
	if (args->email.len == 0 || !rq->site->has_mail || f->n_faults)
		return 0;
	if (email_normalise(rq->arena, args->email, ret_email) != 0 || !mail_address_ok(*ret_email))
		form_fault(f, "email", tr(rq->language, "This is not an e-mail address."));
	return 0;
}

struct reply *invite(struct req *rq)
{
	const struct invite_args *args = rq->args;
	struct form f = invite_form(rq, args);
	struct people_invitation_add_params p = {
		.org_id = rq->actor.org_id,
		.id = id_make(rq->now_ms),
		.role = args->role,
		.label = str_trim(args->label),
		.created_by = rq->actor.account_id,
		.now_ms = rq->now_ms,
		.expires_ms = rq->now_ms + args->days * day_ms,
		.email = { "", 0 },
	};
	struct token t = invitation_token(rq->arena, rq->key, p.id);
	struct str none = { "", 0 };
	struct err err;
	int r = check_invitation(rq, &f, &p.email, &err);

	if (r != 0)
		return reply_fault(rq, &err);
	if (f.n_faults)
		return show(rq, 422, &f, none, none);
	p.has_email = p.email.len > 0;
	if (p.label.len == 0)
		p.label = p.email;
	p.token_hash = token_hash(rq->arena, &t);
	r = people_invitation_add(rq->db, &p, &err);
	if (r == 0)
		r = mail_it(rq, &p, &err);
	if (r == MAIL_FULL)
		return reply_status(rq, 503);
	if (r == 0)
		r = note(rq, N_("invited somebody"), p.id, p.label, "role", none, args->role, &err);
	if (r != 0)
		return reply_fault(rq, &err);
	return back(rq, str_fmt(rq->arena, "invited=%.*s%s#open", STR_ARG(id_text(rq->arena, p.id)),
				p.has_email ? "&mailed=1" : "")
				.data);
}

struct reply *invitation_revoke(struct req *rq)
{
	const struct invitation_args *args = rq->args;
	int64_t changed;
	struct err err;
	int r = people_invitation_revoke(rq->db, rq->actor.org_id, args->invitation, rq->now_ms,
					 &changed, &err);

	if (r == 0 && changed)
		r = note(rq, N_("withdrew an invitation"), args->invitation, (struct str){ "", 0 },
			 "role", (struct str){ "", 0 }, (struct str){ "", 0 }, &err);
	if (r != 0)
		return reply_fault(rq, &err);
	return changed ? back(rq, "changed=1") : reply_status(rq, 404);
}
