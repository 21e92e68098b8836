/* The second factor: an authenticator application, and recovery codes. */
#include "base/token.h"
#include "chart/qr.h"
#include "people/handlers_priv.h"
#include "people/pages.h"
#include "people/people_tpl.h"
#include "people/queries.h"
#include "people/totp.h"

static struct reply *page(struct req *rq, int status, const struct factor_page *m)
{
	const struct crumb crumb = { url(rq, "/account"), tr(rq->language, "Your account") };
	struct view v = view_make(rq);

	people_factor_page(&v, m);
	return layout_reply(rq, status,
			    &(struct layout){
				    .title = tr(rq->language, "Sign in with a code too"),
				    .body = view_html(&v),
				    .is_narrow = true,
				    .crumbs = &crumb,
				    .n_crumbs = 1,
			    });
}

static struct form code_form(struct req *rq, bool has_factor)
{
	struct form f =
		form_make(rq, "factor",
			  url(rq, has_factor ? "/account/second-factor/remove"
					     : "/account/second-factor/confirm"),
			  has_factor ? N_("Go back to the password alone") : N_("Check the code"),
			  !has_factor);

	form_code(&f)->hint = tr(rq->language, "The six digits that the application shows now.");
	return f;
}

/* What the telephone's camera reads; its key stands beside it as text. */
static struct html address_qr(struct req *rq, struct str address)
{
	return view_svg(chart_qr_svg(
		rq->arena,
		&(struct chart_qr){
			.words = { .id = "qr",
				   .title = tr(rq->language, "Scan with the application"),
				   .finding = tr(rq->language, "The key below, as a picture") },
			.address = address,
			.use = QR_SCREEN,
		}));
}

static struct reply *show(struct req *rq, int status, bool is_wrong)
{
	struct people_factor_get_row row;
	struct factor_page m = { .has_factor = false };
	struct form f;
	struct err err;
	int r = people_factor_get(rq->db, rq->arena, rq->actor.account_id, &row, &err);

	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	m.has_factor = row.has_totp_confirmed_ms;
	m.has_begun = row.has_totp_secret && !m.has_factor;
	f = code_form(rq, m.has_factor);
	if (is_wrong)
		form_fault(&f, "code",
			   tr(rq->language,
			      "This code is not the right one, or has been used already."));
	m.form = &f;
	if (m.has_begun) {
		m.secret = base32(rq->arena, row.totp_secret, true);
		m.address = totp_address(rq->arena, row.totp_secret, row.email);
		m.qr = address_qr(rq, m.address);
	}
	return page(rq, status, &m);
}

struct reply *factor_page(struct req *rq)
{
	return show(rq, 200, false);
}

struct reply *factor_begin(struct req *rq)
{
	uint8_t secret[TOTP_SECRET_BYTES];
	struct err err;

	random_bytes(secret, sizeof secret);
	if (people_factor_begin(rq->db, rq->actor.account_id,
				str_make((const char *)secret, sizeof secret), rq->now_ms,
				&err) != 0)
		return reply_fault(rq, &err);
	return reply_redirect(rq, url(rq, "/account/second-factor"));
}

/* New recovery codes instead of those there were; they are shown this once. */
static int make_codes(struct req *rq, struct factor_page *m, struct err *err)
{
	int r = people_recovery_clear(rq->db, rq->actor.account_id, err);

	m->codes = arena_new(rq->arena, struct str, RECOVERY_CODES);
	for (m->n_codes = 0; r == 0 && m->n_codes < RECOVERY_CODES; m->n_codes++) {
		m->codes[m->n_codes] = recovery_make(rq->arena);
		r = people_recovery_add(rq->db, rq->actor.account_id,
					recovery_hash(rq->arena, m->codes[m->n_codes]), err);
	}
	return r;
}

static int note(struct req *rq, const char *action, struct err *err)
{
	return audit_add(rq,
			 &(struct audit_entry){ .org_id = ORG_PUBLIC,
						.action = action,
						.object_kind = "account",
						.object_id = rq->actor.account_id },
			 err);
}

/* Tries of a code are slowed down like those at sign-in. */
static int too_many(struct req *rq)
{
	static const struct limit limit = { "factor", .burst = 6, .per_minute = 3 };

	return limit_take(rq, &limit, id_text(rq->arena, rq->actor.account_id));
}

/* Checks the code that was sent, where a factor is confirmed or still is not. NULL, or what is answered instead. */
static struct reply *refuse_code(struct req *rq, bool is_confirmed, int64_t *ret_step)
{
	const struct factor_args *args = rq->args;
	struct people_factor_get_row row;
	struct err err;
	int wait = too_many(rq);
	int r = people_factor_get(rq->db, rq->arena, rq->actor.account_id, &row, &err);

	if (wait)
		return reply_wait(rq, wait);
	if (r < 0)
		return reply_fault(rq, &err);
	if (r != 0 || !row.has_totp_secret || row.has_totp_confirmed_ms != is_confirmed)
		return reply_redirect(rq, url(rq, "/account/second-factor"));
	if (totp_check(row.totp_secret, args->code, rq->now_ms, row.totp_step, ret_step) != 0)
		return show(rq, 422, true);
	return NULL;
}

struct reply *factor_confirm(struct req *rq)
{
	struct factor_page m = { .has_factor = true };
	int64_t step;
	struct reply *refused = refuse_code(rq, false, &step);
	struct err err;
	int r;

	if (refused)
		return refused;
	r = people_factor_confirm(rq->db, rq->actor.account_id, step, rq->now_ms, &err);
	if (r == 0)
		r = make_codes(rq, &m, &err);
	if (r == 0)
		r = note(rq, N_("began to sign in with a code too"), &err);
	return r != 0 ? reply_fault(rq, &err) : page(rq, 200, &m);
}

struct reply *factor_remove(struct req *rq)
{
	int64_t step;
	struct reply *refused = refuse_code(rq, true, &step);
	struct err err;
	int r;

	if (refused)
		return refused;
	r = people_factor_remove(rq->db, rq->actor.account_id, rq->now_ms, &err);
	if (r == 0)
		r = people_recovery_clear(rq->db, rq->actor.account_id, &err);
	if (r == 0)
		r = note(rq, N_("went back to signing in with the password alone"), &err);
	return r != 0 ? reply_fault(rq, &err) : reply_redirect(rq, url(rq, "/account?saved=1"));
}
