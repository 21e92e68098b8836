/* Those invited to a campaign: their links, cards to print, and who has not answered. */
#include "base/buf.h"
#include "base/token.h"
#include "chart/qr.h"
#include "mail/mail.h"
#include "phases/app.h"
#include "phases/scorecard/campaign_mail.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "view/layout.h"

enum { COPY_TEXT_MAX = 2 * 1024 * 1024 };

/* ---- loading ---- */

int people_load(struct req *rq, int64_t round_id, struct people *ret, struct err *err)
{
	int r = campaign_load(rq, round_id, &ret->round, err);

	if (r == 0)
		r = org_view_load(rq, rq->actor.org_id, &ret->org, err);
	if (r == 0)
		r = participant_list(rq->db, rq->arena, &ret->round, &ret->items, &ret->n, err);
	if (r == 0)
		r = scorecard_department_list(rq->db, rq->arena, rq->actor.org_id,
					      &ret->departments, err);
	if (r == 0)
		r = mail_list(rq->db, rq->arena, rq->actor.org_id, &mail_campaign_link, &ret->links,
			      &ret->n_links, err);
	if (r == 0)
		r = mail_list(rq->db, rq->arena, rq->actor.org_id, &mail_campaign_reminder,
			      &ret->reminders, &ret->n_reminders, err);
	ret->may_mail = r == 0 && rq->site->has_mail && may_edit(rq) &&
			ret->round.state == ROUND_OPEN && ret->round.terms.access != ROUND_PUBLIC;
	return r;
}

/* ---- one of them ---- */

/* The personal link, in the language that was noted for its owner. */
static struct str link_of(struct req *rq, const struct participant *p)
{
	struct token t = participant_token(rq->arena, rq->key, p->id);
	struct str token = base64url(rq->arena, t.bytes, sizeof t.bytes);

	return p->language.len
		       ? url_absolute(rq, "/p/%.*s?lang=%.*s", STR_ARG(token), STR_ARG(p->language))
		       : url_absolute(rq, "/p/%.*s", STR_ARG(token));
}

/* In an anonymous campaign: answered or not, and nothing of when or how far. */
static struct str person_state(struct req *rq, const struct people *all,
			       const struct participant *p)
{
	bool is_anonymous = all->round.terms.mode == ROUND_ANONYMOUS;

	if (p->state == PARTICIPANT_ANSWERED)
		return tr(rq->language, "answered");
	if (p->is_revoked)
		return tr(rq->language, "link closed");
	if (p->state == PARTICIPANT_BEGUN && !is_anonymous)
		return tr(rq->language, "begun");
	return tr(rq->language, "invited");
}

static struct str person_page(struct req *rq, const struct people *all, const struct participant *p,
			      const char *page)
{
	return campaign_url(
		rq, all->round.id,
		str_fmt(rq->arena, "/participants/%.*s%s", STR_ARG(id_text(rq->arena, p->id)), page)
			.data);
}

static struct person_row person_row(struct req *rq, const struct people *all,
				    const struct participant *p)
{
	struct person_row row = {
		.id = id_text(rq->arena, p->id),
		.name = p->name.len ? p->name : p->email,
		.email = p->name.len ? p->email : S(""),
		.department = department_name(&all->departments, p->department_id),
		.state = person_state(rq, all, p),
		.is_answered = p->state == PARTICIPANT_ANSWERED,
		.is_revoked = p->is_revoked,
	};

	if (may_edit(rq))
		mail_words(rq, all, p, &row);
	if (may_edit(rq) && participant_may_be_corrected(&all->round, p))
		row.correct_path = person_page(rq, all, p, "");
	/* Whoever has the link answers as that person: viewers do not see it. */
	row.may_mail = all->may_mail && p->email.len > 0 && participant_is_waited_for(p);
	row.has_link = may_edit(rq) && !p->is_revoked && !row.is_answered &&
		       all->round.state != ROUND_CLOSED;
	if (!row.has_link) {
		row.restore_path = person_page(rq, all, p, "/restore");
		row.remove_path = person_page(rq, all, p, "/remove");
		return row;
	}
	row.link = (struct copy_link){
		.id = str_fmt(rq->arena, "link-%.*s", STR_ARG(row.id)),
		.label = tr(rq->language, "Personal link"),
		.hint = tr_fill(
			rq->arena,
			tr(rq->language, "For {name} only: whoever opens it answers in that name."),
			&(const struct tr_arg){ "name", row.name }, 1),
		.address = link_of(rq, p),
	};
	row.revoke_path = person_page(rq, all, p, "/revoke");
	return row;
}

/* ---- texts to copy ---- */

/* "name;email;link" of each who has not answered: for a mail merge. */
static struct str links_text(struct req *rq, const struct people *all)
{
	struct buf b = buf_make(rq->arena, COPY_TEXT_MAX);

	for (size_t i = 0; i < all->n; i++) {
		const struct participant *p = &all->items[i];

		if (participant_is_waited_for(p))
			buf_fmt(&b, "%.*s;%.*s;%.*s\n", STR_ARG(p->name), STR_ARG(p->email),
				STR_ARG(link_of(rq, p)));
	}
	return buf_str(&b);
}

static struct str addresses_text(struct req *rq, const struct people *all)
{
	struct buf b = buf_make(rq->arena, COPY_TEXT_MAX);

	for (size_t i = 0; i < all->n; i++)
		if (participant_is_waited_for(&all->items[i]) && all->items[i].email.len)
			buf_fmt(&b, "%s%.*s", b.len ? ", " : "", STR_ARG(all->items[i].email));
	return buf_str(&b);
}

static struct str reminder_text(struct req *rq, const struct people *all)
{
	const struct round_terms *t = &all->round.terms;
	const char *const text =
		t->has_closes
			? N_("Hello,\n\nYour answers to “{title}” are still missing. With the personal link you received, it takes about {minutes} minutes, and you have until {when}. You can stop and come back.")
			: N_("Hello,\n\nYour answers to “{title}” are still missing. With the personal link you received, it takes about {minutes} minutes. You can stop and come back.");
	const struct tr_arg args[] = {
		{ "title", t->title },
		{ "minutes",
		  fmt_int(rq->arena, rq->language, app_of(rq)->pack->scorecard.minutes) },
		{ "when", when_words(rq, all->org.time_zone, t->closes_ms) },
		{ "contact", t->contact },
	};
	const size_t n = sizeof args / sizeof *args;
	struct str asked = tr_fill(rq->arena, tr(rq->language, text), args, n);

	if (t->contact.len == 0)
		return asked;
	return str_fmt(rq->arena, "%.*s\n\n%.*s", STR_ARG(asked),
		       STR_ARG(tr_fill(rq->arena, tr(rq->language, N_("Any questions? {contact}")),
				       args, n)));
}

/* ---- the page ---- */

static struct str page_path(struct req *rq, const struct people *all, int64_t page)
{
	return campaign_url(rq, all->round.id,
			    str_fmt(rq->arena, "/participants?page=%d", (int)page).data);
}

/* Its button is the page's when there is nobody to write to. */
static struct form add_form(struct req *rq, const struct people *all, bool is_main)
{
	struct form f = form_make(rq, NULL, campaign_url(rq, all->round.id, "/participants"),
				  N_("Add"), is_main);
	struct form_field *field = form_text(&f, "people", N_("One person per line"), S(""), 0, 5);

	field->is_verbatim = true;
	field->is_required = false; /* a file does too */
	field->hint = tr(
		rq->language,
		"name;e-mail;department;language, or a first line that names the columns. Only the name or the address is needed. Addresses as mail programs write them do too: Ada Dubois <ada@example.org>, …");
	return f;
}

/* Those whose link is open, or who answered before it was closed. */
static int64_t invited(const struct people *all)
{
	int64_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += !all->items[i].is_revoked || all->items[i].state == PARTICIPANT_ANSWERED;
	return n;
}

struct people_page people_page(struct req *rq, const struct people *all, int64_t page)
{
	int64_t n_pages = ((int64_t)all->n + PEOPLE_PER_PAGE - 1) / PEOPLE_PER_PAGE;
	size_t from;
	struct people_page m = {
		.path = campaign_url(rq, all->round.id, "/participants"),
		.title = all->round.terms.title,
		.site = rq->site,
		.is_anonymous = all->round.terms.mode == ROUND_ANONYMOUS,
		.may_edit = may_edit(rq),
		.n_people = invited(all),
		.page = page < 1                        ? 1
			: page > n_pages && n_pages > 0 ? n_pages
							: page,
		.n_pages = n_pages,
	};

	m.may_add = m.may_edit && all->round.state != ROUND_CLOSED &&
		    all->round.terms.access != ROUND_PUBLIC;
	from = (size_t)(m.page - 1) * PEOPLE_PER_PAGE;
	m.cards_path = campaign_url(rq, all->round.id,
				    str_fmt(rq->arena, "/cards?page=%d", (int)m.page).data);
	m.rows = arena_new(rq->arena, struct person_row, PEOPLE_PER_PAGE);
	for (size_t i = from; i < all->n && m.n < PEOPLE_PER_PAGE; i++) {
		m.rows[m.n] = person_row(rq, all, &all->items[i]);
		m.n_tickable += m.rows[m.n++].may_mail;
	}
	for (size_t i = 0; i < all->n; i++)
		m.n_waiting += participant_is_waited_for(&all->items[i]);
	m.previous = m.page > 1 ? page_path(rq, all, m.page - 1) : S("");
	m.next = m.page < n_pages ? page_path(rq, all, m.page + 1) : S("");
	m.may_mail = all->may_mail;
	m.mails_later = rq->site->has_mail && m.may_add && all->round.state != ROUND_OPEN;
	if (m.may_mail)
		mail_counts(rq, all, &m);
	m.add = add_form(rq, all, m.n_unsent == 0);
	if (m.may_add && m.n_waiting > 0) {
		m.links = links_text(rq, all);
		m.reminder = reminder_text(rq, all);
		m.addresses = addresses_text(rq, all);
	}
	return m;
}

struct reply *people_reply(struct req *rq, int status, const struct round *round,
			   const struct people_page *m)
{
	struct view v = view_make(rq);

	scorecard_people_page(&v, m);
	return campaign_reply(rq, status, round,
			      &(struct layout){ .title = tr(rq->language, "Participants"),
						.body = view_html(&v) });
}

struct reply *campaign_people(struct req *rq)
{
	const struct people_args *args = rq->args;
	struct people_page m;
	struct people all;
	struct err err;
	int r = people_load(rq, args->round, &all, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	m = people_page(rq, &all, args->page ? args->page : 1);
	m.added = args->added;
	m.mailed = args->mailed;
	m.mailed_nobody = args->nobody;
	return people_reply(rq, 200, &all.round, &m);
}

/* ---- cards to print ---- */

static void add_card(struct req *rq, const struct people *all, const struct participant *p,
		     struct cards_page *m)
{
	struct person_row row = person_row(rq, all, p);
	const char *id = str_fmt(rq->arena, "qr-%.*s", STR_ARG(row.id)).data;

	if (!row.has_link)
		return;
	row.qr = view_svg(chart_qr_svg(
		rq->arena,
		&(struct chart_qr){
			.words = { .id = id,
				   .title = tr_fill(rq->arena,
						    tr(rq->language, "Personal link of {name}"),
						    &(const struct tr_arg){ "name", row.name }, 1),
				   .finding = row.link.address },
			.address = row.link.address,
			.use = QR_PRINT,
		}));
	m->rows[m->n++] = row;
}

struct reply *campaign_cards(struct req *rq)
{
	const struct people_args *args = rq->args;
	int64_t page = args->page ? args->page : 1;
	struct view v = view_make(rq);
	struct cards_page m;
	struct people all;
	struct err err;
	int r = people_load(rq, args->round, &all, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	m = (struct cards_page){
		.back = page_path(rq, &all, page),
		.title = all.round.terms.title,
		.org_name = rq->actor.org_name,
		.site = rq->site,
		.rows = arena_new(rq->arena, struct person_row, PEOPLE_PER_PAGE),
	};
	if (all.round.terms.has_closes)
		m.closes = when_words(rq, all.org.time_zone, all.round.terms.closes_ms);
	for (size_t i = (size_t)(page - 1) * PEOPLE_PER_PAGE;
	     i < all.n && i < (size_t)page * PEOPLE_PER_PAGE; i++)
		add_card(rq, &all, &all.items[i], &m);
	scorecard_cards_page(&v, &m);
	return campaign_reply(rq, 200, &all.round,
			      &(struct layout){ .title = tr(rq->language, "Cards to print"),
						.body = view_html(&v) });
}
