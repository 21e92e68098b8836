/* One's own account: profile, password, sessions. */
#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/lists.h"
#include "people/pages.h"
#include "people/password.h"
#include "people/people_tpl.h"
#include "people/queries.h"
#include "people/stale.h"

static const struct stale not_stale = { .n = 0 };

static struct form profile_form(struct req *rq, struct str name, struct str language,
				struct str zone)
{
	struct form f = form_make(rq, "profile", url(rq, "/account"), N_("Save"), false);
	struct form_field *field = form_line(&f, "name", N_("Your name"), name, LABEL_MAX);

	field->autocomplete = "name";
	(void)form_language(&f, N_("Language"), language);
	(void)form_zone(&f, zone);
	return f;
}

static struct form password_form(struct req *rq)
{
	struct form f = form_make(rq, "password", url(rq, "/account/password"),
				  N_("Change the password"), false);

	(void)form_password(&f, "current", N_("Current password"), false);
	(void)form_password(&f, "password", N_("New password"), true);
	return f;
}

static int add_sessions(struct req *rq, struct account_page *m, struct err *err)
{
	struct people_session_list_rows rows;
	int r = people_session_list(rq->db, rq->arena, rq->actor.account_id,
				    rq->now_ms - SESSION_IDLE_MS, rq->now_ms - SESSION_AGE_MS,
				    &rows, err);

	if (r != 0)
		return r;
	m->n_sessions = rows.n;
	m->sessions = arena_new(rq->arena, struct session_view, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		m->sessions[i] = (struct session_view){
			.id = id_text(rq->arena, rows.items[i].id),
			.agent = rows.items[i].agent,
			.seen = moment_words(rq, rows.items[i].seen_ms),
			.began = moment_words(rq, rows.items[i].created_ms),
			.is_this = rows.items[i].id == rq->actor.session_id,
		};
	return 0;
}

/* The page with both forms; one of them, when not NULL, as it was sent. */
static struct reply *show(struct req *rq, int status, const struct form *profile,
			  const struct form *password, struct str done, const struct stale *stale)
{
	struct account_page m = { .done = done, .stale = stale };
	struct people_account_get_row row;
	struct people_recovery_left_row left;
	struct form own_profile, own_password = password_form(rq);
	struct view v = view_make(rq);
	struct err err;
	int r = people_account_get(rq->db, rq->arena, rq->actor.account_id, &row, &err);

	if (r == 0)
		r = people_recovery_left(rq->db, rq->arena, rq->actor.account_id, &left, &err);
	if (r == 0)
		r = add_sessions(rq, &m, &err);
	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	own_profile = profile_form(rq, row.name, row.language, row.time_zone);
	stale_mark(&own_profile, &own_profile);
	m.email = row.email;
	m.profile = profile ? profile : &own_profile;
	m.password = password ? password : &own_password;
	m.has_factor = row.has_totp_confirmed_ms;
	m.codes_left = (int)left.n;
	m.is_admin = row.is_admin;
	people_account_page(&v, &m);
	return layout_reply(rq, status,
			    &(struct layout){
				    .title = tr(rq->language, "Your account"),
				    .body = view_html(&v),
			    });
}

struct reply *account_page(struct req *rq)
{
	const struct account_args *args = rq->args;
	struct str done = { "", 0 };

	if (args->saved)
		done = tr(rq->language, "Saved.");
	if (args->password_saved)
		done = tr(rq->language,
			  "Your password is changed. Your other sessions are closed.");
	if (args->closed)
		done = tr(rq->language, "Closed.");
	return show(rq, 200, NULL, NULL, done, &not_stale);
}

struct reply *account_save(struct req *rq)
{
	const struct profile_args *args = rq->args;
	struct form f = profile_form(rq, args->name, args->language, args->time_zone), now;
	struct people_account_get_row row;
	struct stale stale;
	struct people_account_save_params p = {
		.id = rq->actor.account_id,
		.name = args->name,
		.language = args->language,
		.time_zone = args->time_zone,
		.now_ms = rq->now_ms,
	};
	enum language language = LANG_FR;
	struct reply *r;
	struct err err;
	int found = people_account_get(rq->db, rq->arena, rq->actor.account_id, &row, &err);

	if (found != 0)
		return found < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	form_check_zone(&f, args->time_zone);
	now = profile_form(rq, row.name, row.language, row.time_zone);
	stale = stale_find(&f, &now, args->was);
	/* Whoever was told may save all the same. */
	stale_mark(&f, &now);
	if (stale.n || f.n_faults || language_parse(args->language, &language) != 0)
		return show(rq, stale.n ? 409 : 422, &f, NULL, (struct str){ "", 0 }, &stale);
	p.language = language_code(language);
	if (people_account_save(rq->db, &p, &err) != 0)
		return reply_fault(rq, &err);
	r = reply_redirect(rq, url(rq, "/account?saved=1"));
	reply_cookie(rq, r, "lang", p.language, 31536000);
	return r;
}

struct reply *account_password_prepare(struct req *rq)
{
	const struct password_args *args = rq->args;
	struct form f = password_form(rq);
	struct people_account_get_row row;
	struct str *encoded = arena_new(rq->arena, struct str, 1);
	struct str key = id_text(rq->arena, rq->actor.account_id);
	struct err err;
	static const struct limit limit = { "own-password", .burst = 10, .per_minute = 6 };
	int wait = limit_take(rq, &limit, key);
	int r = people_account_get(rq->db, rq->arena, rq->actor.account_id, &row, &err);

	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	if (wait)
		return reply_wait(rq, wait);
	form_check(&f);
	if (!password_fits(rq->scratch, row.password, args->current))
		form_fault(&f, "current", tr(rq->language, "This is not your current password."));
	form_check_password(&f, "password", args->password, row.email, row.name);
	if (f.n_faults)
		return show(rq, 422, NULL, &f, (struct str){ "", 0 }, &not_stale);
	if (password_encode(rq->arena, args->password, encoded, &err) != 0)
		return reply_fault(rq, &err);
	rq->prepared = encoded;
	return NULL;
}

struct reply *account_password(struct req *rq)
{
	const struct str *encoded = rq->prepared;
	struct err err;
	int r = people_account_password(rq->db, rq->actor.account_id, *encoded, rq->now_ms, &err);

	if (r == 0)
		r = people_session_end_others(rq->db, rq->actor.account_id, rq->actor.session_id,
					      &err);
	/* A link that somebody else asked for, or read, must not set it anew. */
	if (r == 0)
		r = people_link_close(rq->db, S("reset"), rq->actor.account_id, rq->now_ms, &err);
	if (r == 0)
		r = audit_add(rq,
			      &(struct audit_entry){ .org_id = ORG_PUBLIC,
						     .action = N_("changed their password"),
						     .object_kind = "account",
						     .object_id = rq->actor.account_id },
			      &err);
	if (r != 0)
		return reply_fault(rq, &err);
	/* Whoever had this one's cookie has nothing any more either. */
	return sign_in_as(rq, rq->actor.account_id, url(rq, "/account?password=1"));
}

struct reply *account_session_close(struct req *rq)
{
	const struct session_args *args = rq->args;
	int64_t changed;
	struct err err;
	int r;

	if (args->session)
		r = people_session_end_own(rq->db, args->session, rq->actor.account_id, &changed,
					   &err);
	else
		r = people_session_end_others(rq->db, rq->actor.account_id, rq->actor.session_id,
					      &err);
	if (r != 0)
		return reply_fault(rq, &err);
	return reply_redirect(rq, url(rq, "/account?closed=1"));
}
