/*
 * Signing in and out. Whether an address has an account cannot be told by the text, the status or the
 * time of the answer; tries are slowed down by account and network, and never stopped for good.
 */
#include <string.h>

#include "base/num.h"
#include "base/token.h"
#include "people/demo.h"
#include "people/handlers_priv.h"
#include "people/pages.h"
#include "people/password.h"
#include "people/queries.h"
#include "people/totp.h"

enum {
	TICKET_MS = 5 * 60 * 1000, /* between the password and the code */
};

/* Tries of one account from one network, and of all accounts from one network. */
static const struct limit limit_account = { "sign-in", .burst = 6, .per_minute = 3 };
static const struct limit limit_network = { "sign-in-network", .burst = 40, .per_minute = 30 };

/* What the password's check found. */
struct found {
	int64_t account_id;
	struct str before,
		encoded; /* the password as it is kept, and as it is to be; empty: as it is */
	bool has_factor;
	struct str language;
};

/* Local, and nowhere that would bring one back here. */
static bool is_safe(struct str next)
{
	if (next.len < 2 || next.len > 2000 || next.data[0] != '/' || next.data[1] == '/')
		return false;
	for (size_t i = 0; i < next.len; i++)
		if ((unsigned char)next.data[i] <= ' ' || (unsigned char)next.data[i] >= 0x7F ||
		    next.data[i] == '\\')
			return false;
	return !str_starts(next, S("/sign-"));
}

/* `next` when it is a path of this site, else the portfolio; made with url(). */
static struct str safe_next(struct req *rq, struct str next)
{
	return url(rq, "%.*s", STR_ARG(is_safe(next) ? next : S("/portfolio")));
}

static int too_many(struct req *rq, struct str email)
{
	struct str network = req_network(rq);
	struct str both = str_fmt(rq->arena, "%.*s %.*s", STR_ARG(network), STR_ARG(email));
	int wait = limit_take(rq, &limit_network, network);

	return wait ? wait : limit_take(rq, &limit_account, both);
}

/* ---- the form ---- */

/* A demonstration keeps no secret: it says who can sign in. */
static struct str demo_words(struct req *rq)
{
	struct str who[DEMO_ACCOUNTS];

	for (size_t i = 0; i < DEMO_ACCOUNTS; i++)
		who[i] = tr_fill(rq->arena, tr(rq->language, "{email} ({what})"),
				 (const struct tr_arg[]){
					 { "email", demo_accounts[i].email },
					 { "what", tr(rq->language, demo_accounts[i].what) } },
				 2);
	return tr_fill(
		rq->arena,
		tr(rq->language,
		   "This is a demonstration. Two accounts are there: {accounts}. The password of both is {password}."),
		(const struct tr_arg[]){
			{ "accounts", fmt_list(rq->arena, rq->language, who, DEMO_ACCOUNTS) },
			{ "password", S(DEMO_PASSWORD) } },
		2);
}

static struct reply *show(struct req *rq, int status, struct str email, struct str next,
			  struct str done, bool is_wrong)
{
	struct form f = form_make(rq, "sign-in", url(rq, SIGN_IN_PATH), N_("Sign in"), true);
	struct form_page m = {
		.title = tr(rq->language, "Sign in"),
		.done = done,
		.aside =
			rq->site->has_mail
				? tr(rq->language,
				     "No account yet? Ask the person who runs this site, or an "
				     "owner of your organisation, for a link.")
				: tr(rq->language,
				     "Forgotten password, or no account yet? Ask the person who "
				     "runs this site, or an owner of your organisation, for a link."),
		.form = &f,
	};
	bool has_accounts = true;
	struct err err;

	if (accounts_exist(rq, &has_accounts, &err) != 0)
		return reply_fault(rq, &err);
	if (!has_accounts)
		m.lead = tr(
			rq->language,
			"Nobody has an account here yet. Whoever installed Jalon finds, where it was "
			"started, an address that creates the first one.");

	if (rq->site->has_mail) {
		m.link = url(rq, SIGN_IN_PATH "/forgotten");
		m.link_words = tr(rq->language, "Forgotten password?");
	}
	if (rq->site->is_demo)
		m.lead = demo_words(rq);
	(void)form_email(&f, email);
	(void)form_password(&f, "password", N_("Password"), false);
	form_hide(&f, "next", next);
	if (is_wrong)
		form_fault(
			&f, "email",
			tr(rq->language,
			   "This address and this password do not go together. Check them, then try again."));
	return form_page_reply(rq, status, &m);
}

struct reply *sign_in_page(struct req *rq)
{
	const struct sign_in_args *args = rq->args;
	struct str done = { "", 0 };
	struct actor actor;
	struct err err;
	int r = session_check(rq, &actor, &err);

	if (r < 0)
		return reply_fault(rq, &err);
	if (r == PERMIT_OK)
		return reply_redirect(rq, safe_next(rq, args->next));
	if (args->out)
		done = tr(rq->language, "You are signed out.");
	if (args->reset)
		done = tr(rq->language, "Your password is set. Sign in with it.");
	return show(rq, 200, (struct str){ "", 0 }, args->next, done, false);
}

/* ---- the password ---- */

struct reply *sign_in_prepare(struct req *rq)
{
	const struct credentials_args *args = rq->args;
	struct people_account_credentials_row row = { .id = 0 };
	struct found *found = arena_new(rq->arena, struct found, 1);
	struct str email = args->email;
	struct err err;
	int wait, r = DB_NOT_FOUND;

	if (email_normalise(rq->arena, args->email, &email) == 0)
		r = people_account_credentials(rq->db, rq->arena, email, &row, &err);
	if (r < 0)
		return reply_fault(rq, &err);
	wait = too_many(rq, email);
	if (wait)
		return reply_wait(rq, wait);
	/* Also when there is nothing to compare with: the answer takes as long. */
	if (!password_fits(rq->scratch, row.password, args->password) || row.has_disabled_ms)
		return show(rq, 422, args->email, args->next, (struct str){ "", 0 }, true);
	*found = (struct found){ .account_id = row.id,
				 .has_factor = row.has_totp_confirmed_ms,
				 .language = row.language };
	/* Only now is the password there to be kept with today's costs. */
	if (password_is_outdated(rq->scratch, row.password) &&
	    password_encode(rq->arena, args->password, &found->encoded, &err) != 0)
		return reply_fault(rq, &err);
	found->before = row.password;
	rq->prepared = found;
	return NULL;
}

struct reply *sign_in_as(struct req *rq, int64_t account_id, struct str to)
{
	struct str cookie;
	struct reply *r;
	struct err err;

	/* A new session whatever was there before: one that somebody else planted is worth nothing. */
	if (rq->actor.session_id && people_session_end(rq->db, rq->actor.session_id, &err) != 0)
		return reply_fault(rq, &err);
	if (session_begin(rq->db, rq->arena, account_id, req_header(rq, "user-agent"), rq->now_ms,
			  &cookie, &err) != 0)
		return reply_fault(rq, &err);
	r = reply_redirect(rq, to);
	reply_cookie(rq, r, SESSION_COOKIE, cookie, SESSION_AGE_MS / 1000);
	return r;
}

/* ---- the second factor ---- */

/* Says that the password of this account was right until then; nobody else can make it. */
static struct str ticket_make(struct req *rq, int64_t account_id, int64_t until_ms)
{
	struct str said =
		str_fmt(rq->arena, "%lld.%lld", (long long)account_id, (long long)until_ms);
	struct sha256 mac = req_sign(rq, "sign-in", said);

	return str_fmt(rq->arena, "%.*s.%.*s", STR_ARG(said),
		       STR_ARG(base64url(rq->arena, mac.bytes, sizeof mac.bytes)));
}

/* The ticket's account, or 0. */
static int64_t ticket_account(struct req *rq, struct str ticket)
{
	struct str rest = ticket, made;
	struct str account = str_cut(&rest, '.'), until = str_cut(&rest, '.');
	int64_t id, until_ms;

	if (num_parse(account, 1, INT64_MAX, &id) != NUM_OK ||
	    num_parse(until, 1, INT64_MAX, &until_ms) != NUM_OK || until_ms < rq->now_ms)
		return 0;
	made = ticket_make(rq, id, until_ms);
	return made.len == ticket.len && bytes_equal(made.data, ticket.data, made.len) ? id : 0;
}

static struct reply *ask_code(struct req *rq, int status, int64_t account_id, struct str next,
			      bool is_wrong)
{
	struct form f = form_make(
		rq, "code",
		url(rq, SIGN_IN_PATH "/code?next=%.*s", STR_ARG(percent_encode(rq->arena, next))),
		N_("Continue"), true);
	struct form_page m = {
		.title = tr(rq->language, "Your code"),
		.lead = tr(
			rq->language,
			"Type the six digits that your authenticator application shows for Jalon. "
			"Without your telephone, type one of your recovery codes."),
		.form = &f,
	};

	(void)form_code(&f);
	form_hide(&f, "ticket", ticket_make(rq, account_id, rq->now_ms + TICKET_MS));
	if (is_wrong)
		form_fault(&f, "code",
			   tr(rq->language,
			      "This code is not the right one, or has been used already."));
	return form_page_reply(rq, status, &m);
}

struct reply *sign_in(struct req *rq)
{
	const struct credentials_args *args = rq->args;
	const struct found *found = rq->prepared;
	struct actor before = { .session_id = 0 };
	int64_t changed;
	struct err err;
	struct reply *r;

	if (found->encoded.len && people_account_rehash(rq->db, found->account_id, found->before,
							found->encoded, &changed, &err) != 0)
		return reply_fault(rq, &err);
	if (found->has_factor)
		return ask_code(rq, 200, found->account_id, args->next, false);
	if (session_check(rq, &before, &err) < 0)
		return reply_fault(rq, &err);
	rq->actor.session_id = before.session_id;
	r = sign_in_as(rq, found->account_id, safe_next(rq, args->next));
	reply_cookie(rq, r, "lang", found->language, 31536000);
	return r;
}

/* Takes the code: of the application, or a recovery code. 0, 1 when it is none of them, or a fault. */
static int take_code(struct req *rq, int64_t account_id, struct str typed, struct err *err)
{
	struct people_factor_get_row row;
	int64_t step, changed = 0;
	int r = people_factor_get(rq->db, rq->arena, account_id, &row, err);

	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND || !row.has_totp_confirmed_ms || row.has_disabled_ms)
		return 1;
	if (totp_check(row.totp_secret, typed, rq->now_ms, row.totp_step, &step) == 0)
		r = people_factor_step(rq->db, account_id, step, &changed, err);
	else
		r = people_recovery_use(rq->db, account_id, recovery_hash(rq->arena, typed),
					rq->now_ms, &changed, err);
	return r != 0 ? r : changed == 0;
}

struct reply *sign_in_code(struct req *rq)
{
	const struct code_args *args = rq->args;
	int64_t account_id = ticket_account(rq, args->ticket);
	struct err err;
	int r, wait;

	if (!account_id)
		return reply_redirect(rq, url(rq, SIGN_IN_PATH));
	wait = too_many(rq, id_text(rq->arena, account_id));
	if (wait)
		return reply_wait(rq, wait);
	r = take_code(rq, account_id, args->code, &err);
	if (r < 0)
		return reply_fault(rq, &err);
	if (r != 0)
		return ask_code(rq, 422, account_id, args->next, true);
	return sign_in_as(rq, account_id, safe_next(rq, args->next));
}

struct reply *sign_out(struct req *rq)
{
	struct actor actor;
	struct reply *reply;
	struct err err;
	int r = session_check(rq, &actor, &err);

	if (r == PERMIT_OK)
		r = people_session_end(rq->db, actor.session_id, &err);
	if (r < 0)
		return reply_fault(rq, &err);
	reply = reply_redirect(rq, url(rq, SIGN_IN_PATH "?out=1"));
	reply_cookie(rq, reply, SESSION_COOKIE, (struct str){ "", 0 }, -1);
	return reply;
}
