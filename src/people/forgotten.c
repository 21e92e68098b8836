/*
 * A forgotten password. Whatever is typed, the same is done and said: a mail to that address is noted down.
 * Whether it has an account is found out when the mail's turn comes, on another thread.
 */
#include "people/handlers_priv.h"
#include "people/mails.h"
#include "people/pages.h"
#include "people/people.h"

/* Of one address, whoever asks. */
static const struct limit limit_address = { "forgotten-address", .burst = 3, .per_minute = 1 };

static struct reply *show(struct req *rq, int status, struct str email, struct str done,
			  bool is_wrong)
{
	struct form f = form_make(rq, "forgotten", url(rq, SIGN_IN_PATH "/forgotten"),
				  N_("Send me a link"), true);
	struct form_page m = {
		.title = tr(rq->language, "Forgotten password"),
		.done = done,
		.link = url(rq, SIGN_IN_PATH),
		.link_words = tr(rq->language, "Back to signing in"),
	};

	if (!rq->site->has_mail) {
		m.lead = tr(
			rq->language,
			"This site sends no e-mail. Ask the person who runs it, or who gave you the address, for a link to a new password.");
		return form_page_reply(rq, status, &m);
	}
	m.lead = tr(
		rq->language,
		"Type the address of your account: a link to choose a new password is sent to it.");
	(void)form_email(&f, email);
	if (is_wrong)
		form_fault(&f, "email", tr(rq->language, "This is not an e-mail address."));
	m.form = &f;
	return form_page_reply(rq, status, &m);
}

struct reply *forgotten_page(struct req *rq)
{
	const struct forgotten_args *args = rq->args;
	struct str none = { "", 0 };
	struct str done =
		args->sent && rq->site->has_mail
			? tr(rq->language,
			     "If this address has an account, a link is on its way. It works for an hour. Nothing after a few minutes? Look in your spam folder, or ask the person who runs this site.")
			: none;

	return show(rq, 200, none, done, false);
}

struct reply *forgotten(struct req *rq)
{
	const struct forgotten_args *args = rq->args;
	struct str none = { "", 0 };
	struct mail_new mail = { .kind = &mail_reset, .org_id = ORG_PUBLIC };
	struct err err;
	int r, wait;

	if (!rq->site->has_mail)
		return show(rq, 404, none, none, false);
	if (email_normalise(rq->arena, args->email, &mail.recipient) != 0 ||
	    !mail_address_ok(mail.recipient))
		return show(rq, 422, args->email, none, true);
	wait = limit_take(rq, &limit_address, mail.recipient);
	if (wait)
		return reply_wait(rq, wait);
	r = mail_add(rq->db, rq->arena, &mail, 1, rq->now_ms, NULL, &err);
	if (r < 0)
		return reply_fault(rq, &err);
	return r == MAIL_FULL ? reply_status(rq, 503)
			      : reply_redirect(rq, url(rq, SIGN_IN_PATH "/forgotten?sent=1"));
}
