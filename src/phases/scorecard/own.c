/* What a respondent keeps a right to, behind the own link: to read what was sent, and to erase what is theirs. */
#include "phases/app.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/pages.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "view/layout.h"

/* ---- reading ---- */

struct reply *sheet_answers_show(struct req *rq)
{
	struct view v = view_make(rq);
	struct own_answers_page m;
	struct participant who;
	struct result *result;
	struct sheet sheet;
	struct err err;
	int r = sheet_load(rq, &sheet, &err);

	if (r == 0 && !sheet.in_round)
		return reply_redirect(rq, sheet_url(rq, ""));
	if (r == 0 && !sheet.is_sent)
		return reply_redirect(rq, sheet_url(rq, "/review"));
	if (r == 0)
		r = sent_load(rq, &who, &sheet.round, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err); /* cut off: it leads to what is said of it */
	result = arena_new(rq->arena, struct result, 1);
	*result = result_make(rq, &sheet);
	m = (struct own_answers_page){
		.token = link_text(rq),
		.title = sheet.round.terms.title,
		.sent = who.answered_day ? fmt_date(rq->arena, rq->language, who.answered_day)
					 : S(""),
		.groups = review_groups(rq, &sheet, result),
		.n_groups = sheet.pack->def.n_categories,
		.is_open = sheet.round.state == ROUND_OPEN,
	};
	scorecard_own_answers_page(&v, &m);
	return layout_reply(rq, 200,
			    &(struct layout){ .title = tr(rq->language, "What you sent"),
					      .body = view_html(&v) });
}

/* ---- erasing ---- */

struct reply *scorecard_erase_ask(struct req *rq)
{
	struct erase_page m = { .token = link_text(rq) };
	struct view v = view_make(rq);
	struct sheet sheet;
	struct err err;
	int r = sheet_load(rq, &sheet, &err);

	if (r != 0)
		return sheet_failed(rq, r, &err);
	m.in_round = sheet.in_round;
	m.is_sent = sheet.in_round && sheet.is_sent;
	/* Taken back first: that page does it, and says what it means. */
	if (m.is_sent && sheet.round.state == ROUND_OPEN)
		return reply_redirect(rq, sheet_url(rq, "/sent"));
	m.back = sheet_url(rq, !m.in_round ? "/result" : m.is_sent ? "/answers" : "/review");
	scorecard_erase_page(&v, &m);
	return layout_reply(rq, 200,
			    &(struct layout){
				    .title = tr(rq->language, "Erase everything?"),
				    .body = view_html(&v),
				    .is_narrow = true,
			    });
}

/* Sent before it could be erased: from another tab, or by a second click. */
static struct reply *not_erased(struct req *rq, bool is_cut)
{
	return message_reply(
		rq, 409,
		&(struct message_page){
			.title = tr(rq->language, "Your answers are not erased"),
			.text = is_cut ? tr(rq->language,
					    "They had been sent before, and are cut off from your link: nothing tells any more which ones are yours.")
				       : tr(rq->language,
					    "They had been sent before, and count. While the campaign is open, take them back first: then they can be erased."),
			.to = sheet_url(rq, "/sent"),
			.to_label = tr(rq->language, "To what was sent"),
		});
}

static struct reply *erased(struct req *rq, bool was_sent)
{
	return message_reply(
		rq, 200,
		&(struct message_page){
			.title = tr(rq->language, "Your answers are erased"),
			.text = was_sent
					? tr(rq->language,
					     "Nothing of them is left, and the results no longer count them.")
					: tr(rq->language,
					     "Nothing of them is left. The link you were given lets you begin again while the campaign is open."),
		});
}

static struct reply *round_sheet_erase(struct req *rq, const struct sheet *sheet)
{
	bool was_sent = sheet->is_sent && sheet->round.state != ROUND_OPEN;
	struct err err;
	int r = was_sent ? ballot_forget(rq->db, rq->arena, &sheet->round, sheet->id, &err)
			 : ballot_erase(rq->db, rq->arena, &sheet->round, sheet->id, &err);

	if (r == ROUND_REFUSED || r == ROUND_ALREADY)
		return not_erased(rq, false);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	return erased(rq, was_sent);
}

struct reply *scorecard_erase(struct req *rq)
{
	struct sheet sheet;
	struct err err;
	int r = sheet_load(rq, &sheet, &err);

	if (app_of(rq)->kept)
		memo_clear(app_of(rq)->kept);
	if (r == 0 && sheet.in_round)
		return round_sheet_erase(rq, &sheet);
	if (r == DB_NOT_FOUND && rq->actor.subject_id == 0)
		return not_erased(rq, true);
	if (r == 0)
		r = scorecard_sheet_erase(rq->db, rq->actor.org_id, rq->actor.subject_id, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	return reply_redirect(rq, url(rq, "/scorecard?erased=1"));
}
