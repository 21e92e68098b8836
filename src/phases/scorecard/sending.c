/* Sheets of a round: when they can be filled in, sent, taken back; and what is said afterwards. */
#include "base/buf.h"
#include "base/token.h"
#include "phases/app.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/pages.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "view/layout.h"

int org_view_load(struct req *rq, int64_t org_id, struct org_view *ret, struct err *err)
{
	struct scorecard_org_get_row row;
	int r = scorecard_org_get(rq->db, rq->arena, org_id, &row, err);

	if (r == 0)
		*ret = (struct org_view){ row.name, row.time_zone, row.contact_url,
					  row.logo_type.len > 0 };
	return r;
}

struct str round_link_hint(struct req *rq)
{
	return tr(rq->language,
		  "Whoever has this link can see and change the answers until they are sent.");
}

struct reply *sheet_elsewhere(struct req *rq, struct str path)
{
	struct reply *r;

	if (!rq->is_partial)
		return reply_redirect(rq, path);
	r = reply_empty(rq);
	reply_header(r, "HX-Redirect", path);
	return r;
}

struct reply *message_reply(struct req *rq, int status, const struct message_page *m)
{
	struct view v = view_make(rq);

	scorecard_message_page(&v, m);
	return layout_reply(rq, status,
			    &(struct layout){
				    .title = m->title,
				    .body = view_html(&v),
				    .is_narrow = true,
			    });
}

/* ---- when it cannot be filled in ---- */

static struct message_page waiting_message(struct req *rq, const struct round *round,
					   const struct org_view *org)
{
	return (struct message_page){
		.title = tr(rq->language, "Not open yet"),
		.text = tr_fill(
			rq->arena,
			tr(rq->language,
			   "“{title}” opens on {when}. Come back then with this same link."),
			(const struct tr_arg[]){
				{ "title", round->terms.title },
				{ "when", when_words(rq, org->time_zone, round->terms.opens_ms) } },
			2),
	};
}

static struct message_page closed_message(struct req *rq, const struct round *round,
					  const struct org_view *org, bool has_draft)
{
	struct message_page m = {
		.title = tr(rq->language, "This campaign is closed"),
		.text = tr_fill(rq->arena,
				tr(rq->language, "“{title}” has not taken answers since {when}."),
				(const struct tr_arg[]){ { "title", round->terms.title },
							 { "when", when_words(rq, org->time_zone,
									      round->closed_ms) } },
				2),
	};

	if (has_draft && round->terms.mode == ROUND_ANONYMOUS) /* never opened again */
		m.more = tr(
			rq->language,
			"What you typed was not sent and does not count: an anonymous campaign is not opened again.");
	else if (has_draft)
		m.more = tr(
			rq->language,
			"What you typed is kept, but it was not sent and does not count. If the campaign is opened again, this same link resumes where you were.");
	return m;
}

struct reply *round_shut_reply(struct req *rq, const struct round *round, bool has_draft)
{
	struct message_page m;
	struct org_view org;
	struct err err;
	int r = org_view_load(rq, round->org_id, &org, &err);

	if (r != 0)
		return sheet_failed(rq, r, &err);
	m = round->state == ROUND_CLOSED ? closed_message(rq, round, &org, has_draft)
					 : waiting_message(rq, round, &org);
	m.org = org.name;
	m.has_contact = round->terms.contact.len > 0;
	m.contact = round->terms.contact;
	return message_reply(rq, round->state == ROUND_CLOSED ? 410 : 403, &m);
}

struct reply *sheet_to_fill(struct req *rq, struct sheet *ret)
{
	struct err err;
	int r = sheet_load(rq, ret, &err);

	if (r != 0)
		return sheet_failed(rq, r, &err);
	if (!ret->in_round || (!ret->is_sent && ret->round.state == ROUND_OPEN))
		return NULL;
	if (ret->is_sent)
		return reply_redirect(rq, sheet_url(rq, "/sent"));
	return round_shut_reply(rq, &ret->round, true);
}

struct reply *sheet_to_show(struct req *rq, struct sheet *ret)
{
	const struct round_terms *terms = &ret->round.terms;
	struct err err;
	int r = sheet_load(rq, ret, &err);

	if (r != 0)
		return sheet_failed(rq, r, &err);
	if (!ret->in_round)
		return NULL;
	/* Members see what a round comes to, never one sheet of it. */
	if (rq->actor.role != ROLE_NONE)
		return reply_status(rq, 404);
	if (!ret->is_sent)
		return reply_redirect(rq, sheet_url(rq, "/review"));
	return terms->shows_result && terms->mode == ROUND_NOMINATIVE
		       ? NULL
		       : reply_redirect(rq, sheet_url(rq, "/sent"));
}

/* ---- sending ---- */

struct ballot_item *ballot_of(struct arena *a, const struct scorecard *def,
			      const struct answer *answers)
{
	struct ballot_item *items = arena_new(a, struct ballot_item, def->n_questions);

	for (size_t i = 0; i < def->n_questions; i++) {
		const struct question *q = &def->questions[i];
		enum answer_kind kind = answers[i].kind;

		items[i].item = q->id;
		if (!question_asked(def, i, answers))
			items[i].kind = TALLY_NOT_ASKED;
		else if (kind == ANSWER_MISSING)
			items[i].kind = TALLY_UNANSWERED;
		else
			items[i].kind = kind == ANSWER_UNKNOWN ? TALLY_UNKNOWN : TALLY_VALUE;
		items[i].value = answer_text(a, q, answers[i]);
	}
	return items;
}

struct reply *sheet_send(struct req *rq)
{
	struct sheet sheet;
	struct err err;
	int r = sheet_load(rq, &sheet, &err);

	if (r != 0)
		return sheet_failed(rq, r, &err);
	if (!sheet.in_round)
		return reply_status(rq, 404);
	r = ballot_send(rq->db, rq->arena, &sheet.round, sheet.id,
			ballot_of(rq->arena, &sheet.pack->def, sheet.answers),
			sheet.pack->def.n_questions, rq->now_ms, &err);
	if (r == ROUND_REFUSED)
		return round_shut_reply(rq, &sheet.round, true);
	if (r == ROUND_EMPTY)
		return review_reply(rq, 422, &sheet); /* which says so */
	/* Sent twice by a second click or tab: the first time counts. */
	if (r != 0 && r != ROUND_ALREADY)
		return sheet_failed(rq, r, &err);
	return reply_redirect(rq, sheet_url(rq, "/sent"));
}

struct reply *sheet_withdraw(struct req *rq)
{
	struct sheet sheet;
	struct err err;
	int r = sheet_load(rq, &sheet, &err);

	if (r != 0)
		return sheet_failed(rq, r, &err);
	if (!sheet.in_round)
		return reply_status(rq, 404);
	r = ballot_withdraw(rq->db, rq->arena, &sheet.round, sheet.id, &err);
	if (r == ROUND_REFUSED)
		return reply_redirect(rq, sheet_url(rq, "/sent")); /* which says why not */
	if (r != 0 && r != ROUND_ALREADY)
		return sheet_failed(rq, r, &err);
	return reply_redirect(rq, sheet_url(rq, "/review"));
}

/* ---- afterwards ---- */

int sent_load(struct req *rq, struct participant *who, struct round *round, struct err *err)
{
	const struct link_args *args = rq->args;
	int r = participant_by_link(rq->db, rq->arena, &args->token, who, err);

	if (r == 0)
		r = round_load(rq->db, rq->arena, who->org_id, who->round_id, rq->now_ms, round,
			       err);
	return r;
}

static struct reply *sent_reply(struct req *rq, const struct participant *who,
				const struct round *round, const struct org_view *org)
{
	bool is_open = round->state == ROUND_OPEN;
	struct sent_page m = {
		.token = link_text(rq),
		.org = org->name,
		.title = round->terms.title,
		.notice = campaign_notice(rq, round, org->time_zone),
		.sent = who->answered_day ? fmt_date(rq->arena, rq->language, who->answered_day)
					  : S(""),
		.is_anonymous = round->terms.mode == ROUND_ANONYMOUS,
		.is_open = is_open,
		.may_withdraw = is_open && round->terms.mode == ROUND_NOMINATIVE,
		.may_read = who->sheet_id != 0,
		.shows_result = round->terms.shows_result && who->sheet_id != 0,
		.threshold = round->terms.threshold,
	};
	struct view v = view_make(rq);

	if (is_open && round->terms.has_closes)
		m.closes = when_words(rq, org->time_zone, round->terms.closes_ms);
	scorecard_sent_page(&v, &m);
	return layout_reply(rq, 200,
			    &(struct layout){
				    .title = tr(rq->language, "Thank you, your answers are sent"),
				    .body = view_html(&v),
				    .is_narrow = true,
			    });
}

struct reply *sheet_sent(struct req *rq)
{
	struct participant who;
	struct round round;
	struct org_view org;
	struct err err;
	int r = sent_load(rq, &who, &round, &err);

	if (r == DB_NOT_FOUND) /* a sheet of no round: it goes on where it is */
		return reply_redirect(rq, sheet_url(rq, ""));
	if (r == 0)
		r = org_view_load(rq, round.org_id, &org, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	if (who.state != PARTICIPANT_ANSWERED)
		return reply_redirect(rq, sheet_url(rq, ""));
	return sent_reply(rq, &who, &round, &org);
}
