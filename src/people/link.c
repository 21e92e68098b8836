/* Links that work once: see link.h. Only a POST uses one up; looking at it does not. */
#include "people/link.h"

#include "base/timing.h"
#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/lists.h"
#include "people/pages.h"
#include "people/password.h"
#include "people/queries.h"

int link_make(struct db *db, struct arena *a, int64_t account_id, int64_t now_ms, struct token *ret,
	      struct err *err)
{
	struct token t;
	struct people_link_add_params p = {
		.id = id_make(now_ms),
		.kind = account_id ? S("reset") : S("setup"),
		.has_account_id = account_id != 0,
		.account_id = account_id,
		.now_ms = now_ms,
		.expires_ms = now_ms + (account_id ? RESET_LINK_MS : SETUP_LINK_MS),
	};
	int r;

	random_bytes(t.bytes, sizeof t.bytes);
	p.token_hash = token_hash(a, &t);
	r = people_link_close(db, p.kind, account_id, now_ms, err);
	if (r == 0)
		r = people_link_add(db, &p, err);
	if (r == 0)
		*ret = t;
	return r;
}

struct making {
	struct arena *arena;
	int64_t account_id;
	struct str text;
};

static int make_work(struct db *db, void *arg, struct err *err)
{
	struct making *m = arg;
	struct people_admin_count_row admins = { .n = 0 };
	struct token t;
	int r = m->account_id ? 0 : people_admin_count(db, m->arena, &admins, err);

	if (r != 0 || admins.n > 0)
		return r;
	r = link_make(db, m->arena, m->account_id, time_now_ms(), &t, err);
	if (r == 0)
		m->text = base64url(m->arena, t.bytes, sizeof t.bytes);
	return r;
}

int reset_link_make(struct db_pool *pool, struct arena *a, int64_t account_id, struct str *ret_text,
		    struct err *err)
{
	struct making m = { .arena = a, .account_id = account_id, .text = { "", 0 } };
	int r = db_write(pool, make_work, &m, err);

	if (r == 0)
		*ret_text = m.text;
	return r;
}

int setup_link_make(struct db_pool *pool, struct arena *a, struct str *ret_text, struct err *err)
{
	return reset_link_make(pool, a, 0, ret_text, err);
}

/* ---- who may: the link, while it works ---- */

static int check_link(struct req *rq, const char *kind, struct actor *ret, struct err *err)
{
	const struct token *t = rq->args;
	struct people_link_get_row row;
	int r = people_link_get(rq->db, rq->arena, token_hash(rq->arena, t), &row, err);

	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND || !str_is(row.kind, kind))
		return PERMIT_NOT_FOUND;
	if (row.has_used_ms || row.expires_ms < rq->now_ms)
		return PERMIT_GONE;
	/* Not account_id: holding the link is not being signed in. */
	*ret = (struct actor){ .subject_id = row.id };
	return PERMIT_OK;
}

static int check_setup(struct req *rq, struct actor *ret, struct err *err)
{
	struct people_admin_count_row admins;
	int r = check_link(rq, "setup", ret, err);

	if (r != PERMIT_OK)
		return r;
	r = people_admin_count(rq->db, rq->arena, &admins, err);
	if (r < 0)
		return r;
	return admins.n > 0 ? PERMIT_GONE : PERMIT_OK;
}

static int check_reset(struct req *rq, struct actor *ret, struct err *err)
{
	return check_link(rq, "reset", ret, err);
}

const struct permission permission_setup_link = { "setup-link", check_setup, "" };
const struct permission permission_reset_link = { "reset-link", check_reset, "" };

static struct str token_text(struct req *rq)
{
	const struct token *t = rq->args;

	return base64url(rq->arena, t->bytes, sizeof t->bytes);
}

/* Uses the link up. 0, 1 when somebody was faster, or a fault. */
static int use_link(struct req *rq, struct err *err)
{
	int64_t changed;
	int r = people_link_use(rq->db, rq->actor.subject_id, rq->now_ms, &changed, err);

	return r != 0 ? r : changed != 1;
}

/* ---- the first administrator ---- */

static struct form setup_form(struct req *rq, struct str name, struct str email)
{
	struct form f = form_make(rq, "setup", url(rq, "/setup/%.*s", STR_ARG(token_text(rq))),
				  N_("Create my account"), true);

	form_account(&f, name, email);
	return f;
}

static struct reply *setup_reply(struct req *rq, int status, const struct form *f)
{
	return form_page_reply(
		rq, status,
		&(struct form_page){
			.title = tr(rq->language, "Set up Jalon"),
			.lead = tr(
				rq->language,
				"Nobody administers this installation yet. This account will: it opens "
				"accounts for others and hands out links for new passwords. It sees the "
				"data of the organisations it belongs to, and of no others."),
			.form = f,
		});
}

struct reply *setup_page(struct req *rq)
{
	struct form f = setup_form(rq, (struct str){ "", 0 }, (struct str){ "", 0 });

	return setup_reply(rq, 200, &f);
}

/* Checks the form and turns the password into what is kept. */
struct reply *setup_prepare(struct req *rq)
{
	const struct setup_args *args = rq->args;
	struct form f = setup_form(rq, args->name, args->email);

	return form_take_account(&f, args->name, args->email, args->password, true, setup_reply);
}

struct reply *setup(struct req *rq)
{
	const struct new_account *account = rq->prepared;
	int64_t id;
	struct err err;
	int r = use_link(rq, &err);

	if (r > 0)
		return reply_status(rq, 410);
	if (r == 0)
		r = account_add(rq->db, account, rq->now_ms, &id, &err);
	if (r == ACCOUNT_EXISTS) {
		struct form f = setup_form(rq, account->name, account->email);

		form_fault(&f, "email",
			   tr(rq->language, "This address already has an account: give another."));
		return setup_reply(rq, 422, &f);
	}
	if (r == 0)
		r = audit_add_as(rq->db, rq->now_ms, account->name,
				 &(struct audit_entry){ .org_id = ORG_PUBLIC,
							.action = N_("set up the installation"),
							.object_kind = "account",
							.object_id = id },
				 &err);
	return r != 0 ? reply_fault(rq, &err) : sign_in_as(rq, id, url(rq, "/portfolio"));
}

/* ---- a new password ---- */

static struct form reset_form(struct req *rq)
{
	struct form f = form_make(rq, "reset", url(rq, "/reset/%.*s", STR_ARG(token_text(rq))),
				  N_("Save this password"), true);

	(void)form_password(&f, "password", N_("New password"), true);
	return f;
}

static struct reply *reset_reply(struct req *rq, int status, const struct form *f)
{
	return form_page_reply(
		rq, status,
		&(struct form_page){
			.title = tr(rq->language, "Choose your password"),
			.lead = tr(
				rq->language,
				"This link works once. Your sessions on other devices will be closed."),
			.form = f,
		});
}

struct reply *reset_page(struct req *rq)
{
	struct form f = reset_form(rq);

	return reset_reply(rq, 200, &f);
}

struct reply *reset_prepare(struct req *rq)
{
	const struct reset_args *args = rq->args;
	struct form f = reset_form(rq);
	struct str *encoded = arena_new(rq->arena, struct str, 1);
	struct people_link_account_row account;
	struct err err;
	int r = people_link_account(rq->db, rq->arena, rq->actor.subject_id, &account, &err);

	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 410);
	form_check(&f);
	form_check_password(&f, "password", args->password, account.email, account.name);
	if (f.n_faults)
		return reset_reply(rq, 422, &f);
	if (password_encode(rq->arena, args->password, encoded, &err) != 0)
		return reply_fault(rq, &err);
	rq->prepared = encoded;
	return NULL;
}

struct reply *reset(struct req *rq)
{
	const struct str *encoded = rq->prepared;
	struct people_link_account_row account;
	struct err err;
	int r = use_link(rq, &err);

	if (r > 0)
		return reply_status(rq, 410);
	if (r == 0)
		r = people_link_account(rq->db, rq->arena, rq->actor.subject_id, &account, &err);
	if (r == DB_NOT_FOUND)
		return reply_status(rq, 410);
	if (r == 0)
		r = people_account_password(rq->db, account.id, *encoded, rq->now_ms, &err);
	if (r == 0)
		r = people_session_end_others(rq->db, account.id, 0, &err);
	if (r == 0)
		r = audit_add_as(rq->db, rq->now_ms, account.name,
				 &(struct audit_entry){ .org_id = ORG_PUBLIC,
							.action = N_("chose a password by a link"),
							.object_kind = "account",
							.object_id = account.id },
				 &err);
	return r != 0 ? reply_fault(rq, &err)
		      : reply_redirect(rq, url(rq, SIGN_IN_PATH "?reset=1"));
}
