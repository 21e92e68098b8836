/* Mails of a campaign: the personal link, and reminders to those who have not answered. */
#include "phases/scorecard/campaign_mail.h"

#include "base/buf.h"
#include "base/token.h"
#include "i18n/zone.h"
#include "pack/pack.h"

enum { LIFE_MS = 2 * 24 * 60 * 60 * 1000, BODY_MAX = 8 * 1024 };

/* ---- what they say ---- */

/* A participant's mail while it is composed. */
struct writing {
	struct arena *a;
	enum language language;
	const struct mail_site *site;
	struct participant who;
	struct round round;
	struct scorecard_org_get_row org;
};

/* Whom and what it is about. 0, MAIL_NOT_NEEDED or a fault. */
static int load(struct db *db, const struct mail_due *due, int64_t now_ms, struct writing *w,
		struct err *err)
{
	int r = participant_load(db, w->a, due->org_id, due->object_id, &w->who, err);

	if (r == 0)
		r = round_load(db, w->a, due->org_id, w->who.round_id, now_ms, &w->round, err);
	if (r == 0)
		r = scorecard_org_get(db, w->a, due->org_id, &w->org, err);
	if (r != 0)
		return r < 0 ? r : MAIL_NOT_NEEDED;
	if (!participant_is_waited_for(&w->who) || w->who.email.len == 0 ||
	    w->round.state != ROUND_OPEN || w->round.terms.access == ROUND_PUBLIC)
		return MAIL_NOT_NEEDED;
	w->language = w->round.terms.language;
	if (w->who.language.len)
		(void)!language_parse(w->who.language, &w->language);
	return 0;
}

static struct str link_of(const struct writing *w)
{
	struct token t = participant_token(w->a, &w->site->key, w->who.id);

	return str_fmt(w->a, "%.*s/p/%.*s?lang=%.*s", STR_ARG(w->site->base_url),
		       STR_ARG(base64url(w->a, t.bytes, sizeof t.bytes)),
		       STR_ARG(language_code(w->language)));
}

static void put(const struct writing *w, struct buf *b, const char *text)
{
	const struct round_terms *t = &w->round.terms;
	const struct tr_arg args[] = {
		{ "name", w->who.name },
		{ "org", w->org.name },
		{ "title", t->title },
		{ "minutes", fmt_int(w->a, w->language, pack_builtin()->scorecard.minutes) },
		{ "when", t->has_closes
				  ? zone_words(w->a, w->language, w->org.time_zone, t->closes_ms)
				  : S("") },
		{ "purpose", t->purpose },
		{ "contact", t->contact },
		{ "link", link_of(w) },
	};

	if (b->len)
		buf_puts(b, "\n\n");
	buf_put(b, tr_fill(w->a, tr(w->language, text), args, sizeof args / sizeof *args));
}

static void put_end(const struct writing *w, struct buf *b)
{
	const struct round_terms *t = &w->round.terms;

	put(w, b,
	    t->has_closes
		    ? N_("It takes about {minutes} minutes, and you have until {when}. You can stop and come back with the same link, on another device too:")
		    : N_("It takes about {minutes} minutes. You can stop and come back with the same link, on another device too:"));
	put(w, b, "{link}");
	put(w, b,
	    t->mode == ROUND_ANONYMOUS
		    ? N_("This link is for you alone: please do not pass it on. Once sent, your answers no longer lead to you: it is known that you have answered, not what.")
		    : N_("This link is for you alone, please do not pass it on: it answers in your name."));
	if (t->contact.len)
		put(w, b, N_("Any questions? {contact}"));
	buf_putc(b, '\n');
}

static struct mail_letter letter(const struct writing *w, const char *subject, const char *ask)
{
	struct buf about = buf_make(w->a, BODY_MAX), body = buf_make(w->a, BODY_MAX);

	put(w, &about, subject);
	put(w, &body, w->who.name.len ? N_("Hello {name},") : N_("Hello,"));
	put(w, &body, ask);
	if (w->round.terms.purpose.len)
		put(w, &body, N_("What the answers are for: {purpose}"));
	put_end(w, &body);
	return (struct mail_letter){
		.to = { w->who.name, w->who.email },
		.language = w->language,
		.subject = buf_str(&about),
		.body = buf_str(&body),
	};
}

static int compose_link(struct db *db, struct arena *a, const struct mail_site *site,
			const struct mail_due *due, int64_t now_ms, struct mail_letter *ret,
			struct err *err)
{
	struct writing w = { .a = a, .site = site };
	int r = load(db, due, now_ms, &w, err);

	if (r == 0)
		*ret = letter(&w, N_("Your view is needed: {title}"),
			      N_("{org} would like to know how you see “{title}”."));
	return r;
}

static int compose_reminder(struct db *db, struct arena *a, const struct mail_site *site,
			    const struct mail_due *due, int64_t now_ms, struct mail_letter *ret,
			    struct err *err)
{
	struct writing w = { .a = a, .site = site };
	int r = load(db, due, now_ms, &w, err);

	if (r != 0)
		return r;
	if (!participant_may_be_reminded(&w.who, now_ms))
		return MAIL_NOT_NEEDED;
	*ret = letter(
		&w, N_("Your view is still missing: {title}"),
		N_("Your answers to “{title}” ({org}) are still missing. There is still time."));
	return 0;
}

static int link_sent(struct db *db, const struct mail_due *due, int64_t now_ms, struct err *err)
{
	return participant_mailed(db, due->org_id, due->object_id, false, now_ms, err);
}

static int reminder_sent(struct db *db, const struct mail_due *due, int64_t now_ms, struct err *err)
{
	return participant_mailed(db, due->org_id, due->object_id, true, now_ms, err);
}

const struct mail_kind mail_campaign_link = {
	.name = "campaign-link",
	.compose = compose_link,
	.sent = link_sent,
	.life_ms = LIFE_MS,
};

const struct mail_kind mail_campaign_reminder = {
	.name = "campaign-reminder",
	.compose = compose_reminder,
	.sent = reminder_sent,
	.life_ms = LIFE_MS,
};

/* ---- what became of them ---- */

static const struct mail_state *state_of(const struct people *all, const struct participant *p)
{
	const struct mail_state *s = mail_state_of(all->links, all->n_links, p->id);

	return s ? s : mail_state_of(all->reminders, all->n_reminders, p->id);
}

void mail_words(struct req *rq, const struct people *all, const struct participant *p,
		struct person_row *row)
{
	const struct mail_state *s = state_of(all, p);
	const struct tr_arg args[] = {
		{ "date", day_words(rq, p->reminded_ms ? p->reminded_ms : p->invited_ms) },
		{ "said", s ? s->answer : S("") },
	};
	const char *text = N_("reminded on {date}");

	/* A mail that still waits is dropped when its turn comes: nothing is to be told of it. */
	if (p->state == PARTICIPANT_ANSWERED)
		s = NULL;
	if (!s && !p->reminded_ms && !p->invited_ms)
		return;
	if (s && s->has_failed)
		text = N_("e-mail not delivered: {said}");
	else if (s && s->attempts)
		text = N_("e-mail tried again soon: {said}");
	else if (s)
		text = N_("e-mail on its way");
	else if (!p->reminded_ms)
		text = N_("link sent on {date}");
	row->has_failed = s && s->has_failed;
	row->mail = tr_fill(rq->arena, tr(rq->language, text), args, 2);
}

/* Whether nothing was mailed, nor is on its way. */
static bool is_unsent(const struct people *all, const struct participant *p)
{
	const struct mail_state *s = state_of(all, p);

	return participant_is_waited_for(p) && p->email.len > 0 && !p->invited_ms &&
	       !p->reminded_ms && (!s || s->has_failed);
}

static bool may_remind(const struct people *all, const struct participant *p, int64_t now_ms)
{
	const struct mail_state *s = state_of(all, p);

	/* One whom the link itself did not reach is sent that again instead. */
	return participant_may_be_reminded(p, now_ms) &&
	       (!s || (s->has_failed && (p->invited_ms || p->reminded_ms)));
}

void mail_counts(struct req *rq, const struct people *all, struct people_page *m)
{
	m->mail_path = campaign_url(rq, all->round.id, "/participants/mail");
	for (size_t i = 0; i < all->n; i++) {
		const struct participant *p = &all->items[i];
		const struct mail_state *s = participant_is_waited_for(p) ? state_of(all, p) : NULL;

		m->n_mailed += p->invited_ms || p->reminded_ms;
		m->n_underway += s && !s->has_failed;
		m->n_failed += s && s->has_failed;
		m->n_unsent += is_unsent(all, p);
		m->n_remind += may_remind(all, p, rq->now_ms);
	}
}

/* ---- sending ---- */

/* Whether the box of this person was ticked, who may be written to and is not just now. */
static bool is_chosen(struct req *rq, const struct people *all, const struct participant *p)
{
	const struct mail_args *args = rq->args;
	const struct mail_state *s = state_of(all, p);
	struct str name = str_fmt(rq->arena, "p-%.*s", STR_ARG(id_text(rq->arena, p->id)));

	for (size_t i = 0; i < args->chosen.n; i++)
		if (str_eq(args->chosen.items[i].name, name))
			return p->email.len > 0 && participant_is_waited_for(p) &&
			       (!s || s->has_failed);
	return false;
}

/* How many mails of `kind` were asked for. 0, MAIL_FULL or a fault. */
static int add_mails(struct req *rq, const struct people *all, const struct mail_kind *kind,
		     size_t *ret, struct err *err)
{
	const struct mail_args *args = rq->args;
	struct mail_new *mails = arena_new(rq->arena, struct mail_new, all->n);
	bool is_all = str_is(args->act, "all");
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct participant *p = &all->items[i];
		bool is_wanted = kind == &mail_campaign_reminder ? may_remind(all, p, rq->now_ms)
				 : is_all                        ? is_unsent(all, p)
								 : is_chosen(rq, all, p);

		if (is_wanted)
			mails[n++] = (struct mail_new){
				.kind = kind,
				.org_id = rq->actor.org_id,
				.object_id = p->id,
			};
	}
	return mail_add(rq->db, rq->arena, mails, n, rq->now_ms, ret, err);
}

static int note(struct req *rq, const struct people *all, bool is_reminder, size_t n,
		struct err *err)
{
	return audit_add(
		rq,
		&(struct audit_entry){
			.action = is_reminder ? N_("sent reminders by e-mail")
					      : N_("sent personal links by e-mail"),
			.object_kind = "round",
			.object_id = all->round.id,
			.after = audit_value(rq->arena, "mails", str_fmt(rq->arena, "%zu", n)),
		},
		err);
}

struct reply *campaign_mail(struct req *rq)
{
	const struct mail_args *args = rq->args;
	bool is_reminder = str_is(args->act, "remind");
	size_t n = 0;
	struct people all;
	struct err err;
	int r = people_load(rq, args->round, &all, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	if (!is_reminder && !str_is(args->act, "all") && !str_is(args->act, "chosen"))
		return reply_status(rq, 400);
	if (!all.may_mail)
		return reply_redirect(rq, campaign_url(rq, all.round.id, "/participants"));
	r = add_mails(rq, &all, is_reminder ? &mail_campaign_reminder : &mail_campaign_link, &n,
		      &err);
	if (r == MAIL_FULL)
		return reply_status(rq, 503);
	if (r == 0 && n > 0)
		r = note(rq, &all, is_reminder, n, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	return reply_redirect(
		rq, campaign_url(rq, all.round.id,
				 n ? str_fmt(rq->arena, "/participants?mailed=%zu", n).data
				   : "/participants?nobody=1"));
}
