/* Joining an organisation by an invitation. */
#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/link.h"
#include "people/pages.h"
#include "people/password.h"
#include "people/people_tpl.h"
#include "people/queries.h"

/* The invitation itself, which the permission has found to work. */
static int load(struct req *rq, struct people_invitation_by_token_row *ret, struct err *err)
{
	const struct token *t = rq->args;

	return people_invitation_by_token(rq->db, rq->arena, token_hash(rq->arena, t), ret, err);
}

/* An open invitation; whoever is signed in is known too, in no organisation yet. */
static int check_invitation(struct req *rq, struct actor *ret, struct err *err)
{
	struct people_invitation_by_token_row row;
	struct actor actor = { .account_id = 0 };
	int r = load(rq, &row, err);

	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND)
		return PERMIT_NOT_FOUND;
	if (row.has_used_ms || row.has_revoked_ms || row.expires_ms < rq->now_ms)
		return PERMIT_GONE;
	r = session_check(rq, &actor, err);
	if (r < 0)
		return r;
	*ret = actor;
	ret->org_id = row.org_id;
	ret->subject_id = row.id;
	return PERMIT_OK;
}

const struct permission permission_invitation = { "invitation", check_invitation, "" };

static struct str token_text(struct req *rq)
{
	const struct token *t = rq->args;

	return base64url(rq->arena, t->bytes, sizeof t->bytes);
}

static struct form join_form(struct req *rq, struct str name, struct str email)
{
	struct form f =
		form_make(rq, "join", url(rq, "/join/%.*s/account", STR_ARG(token_text(rq))),
			  N_("Create my account and join"), true);

	form_account(&f, name, email);
	return f;
}

static struct reply *show(struct req *rq, int status, const struct form *sent)
{
	struct form own = join_form(rq, (struct str){ "", 0 }, (struct str){ "", 0 });
	struct people_invitation_by_token_row row;
	struct people_member_get_row member;
	struct join_page m = {
		.token = token_text(rq),
		.here = rq->path,
		.account_name = rq->actor.account_name,
		.is_signed_in = rq->actor.account_id != 0,
		.form = sent ? sent : &own,
	};
	enum role role = ROLE_NONE;
	struct view v = view_make(rq);
	struct err err;
	int r = load(rq, &row, &err);

	if (r == 0 && m.is_signed_in) {
		r = people_member_get(rq->db, rq->arena, row.org_id, rq->actor.account_id, &member,
				      &err);
		m.is_member = r == 0;
		r = r == DB_NOT_FOUND ? 0 : r;
	}
	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	(void)!role_parse(row.role, &role);
	m.name = row.name;
	m.role = role_name(rq->language, role);
	m.role_summary = role_summary(rq->language, role);
	people_join_page(&v, &m);
	return layout_reply(rq, status,
			    &(struct layout){
				    .title = tr_fill(rq->arena, tr(rq->language, "Join {name}"),
						     &(const struct tr_arg){ "name", row.name }, 1),
				    .body = view_html(&v),
				    .is_narrow = true,
			    });
}

struct reply *join_page(struct req *rq)
{
	return show(rq, 200, NULL);
}

/* Uses the invitation up for the account. 0, 1 when somebody was faster, or a fault. */
static int accept(struct req *rq, int64_t account_id, struct str who, struct err *err)
{
	struct people_invitation_by_token_row row;
	enum role role = ROLE_NONE;
	int64_t changed;
	int r = load(rq, &row, err);

	if (r == 0)
		r = people_invitation_use(rq->db, row.org_id, row.id, rq->now_ms, &changed, err);
	if (r != 0 || changed != 1 || role_parse(row.role, &role) != 0)
		return r < 0 ? r : 1;
	r = member_set(rq->db, row.org_id, account_id, role, rq->now_ms, err);
	if (r == 0)
		r = audit_add_as(rq->db, rq->now_ms, who,
				 &(struct audit_entry){
					 .org_id = row.org_id,
					 .action = N_("joined by an invitation"),
					 .object_kind = "member",
					 .object_id = account_id,
					 .after = audit_value(rq->arena, "role", row.role),
				 },
				 err);
	return r;
}

static struct str org_url(struct req *rq)
{
	return url(rq, "/o/%.*s", STR_ARG(id_text(rq->arena, rq->actor.org_id)));
}

struct reply *join(struct req *rq)
{
	struct people_member_get_row member;
	struct err err;
	int r;

	if (!rq->actor.account_id)
		return reply_status(rq, 401);
	r = people_member_get(rq->db, rq->arena, rq->actor.org_id, rq->actor.account_id, &member,
			      &err);
	if (r < 0)
		return reply_fault(rq, &err);
	/* Whoever belongs to it already loses nothing by pressing the button: not a higher role either. */
	if (r == 0)
		return reply_redirect(rq, org_url(rq));
	r = accept(rq, rq->actor.account_id, rq->actor.account_name, &err);
	if (r < 0)
		return reply_fault(rq, &err);
	return r > 0 ? reply_status(rq, 410) : reply_redirect(rq, org_url(rq));
}

struct reply *join_new_prepare(struct req *rq)
{
	const struct join_args *args = rq->args;
	struct form f = join_form(rq, args->name, args->email);

	return form_take_account(&f, args->name, args->email, args->password, false, show);
}

struct reply *join_new(struct req *rq)
{
	const struct new_account *account = rq->prepared;
	struct form f = join_form(rq, account->name, account->email);
	int64_t id;
	struct err err;
	int r = account_add(rq->db, account, rq->now_ms, &id, &err);

	if (r == ACCOUNT_EXISTS) {
		form_fault(
			&f, "email",
			tr(rq->language,
			   "This address cannot be used here. If it is yours and has an account, sign in."));
		return show(rq, 422, &f);
	}
	if (r == 0)
		r = accept(rq, id, account->name, &err);
	if (r < 0)
		return reply_fault(rq, &err);
	return r > 0 ? reply_status(rq, 410) : sign_in_as(rq, id, org_url(rq));
}
