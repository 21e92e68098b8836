/* A sheet answered alone becomes an organisation's: its keys change, its links stay. */
#include "base/token.h"
#include "people/org_page.h"
#include "phases/app.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/result.h"
#include "phases/scorecard/scorecard.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "view/layout.h"

struct reply *scorecard_claim_ask(struct req *rq)
{
	struct claim_page m = { .token = link_text(rq), .here = rq->path };
	struct org_choice *orgs = NULL;
	struct form_field *which;
	struct view v = view_make(rq);
	struct actor actor;
	struct err err;
	int r = session_check(rq, &actor, &err);

	m.is_signed_in = r == PERMIT_OK;
	if (r == PERMIT_OK)
		r = orgs_of(rq, actor.account_id, ROLE_EDITOR, &orgs, &m.n_orgs, &err);
	if (r < 0)
		return reply_fault(rq, &err);
	if (rq->actor.org_id != ORG_PUBLIC)
		return reply_redirect(rq, sheet_url(rq, "/result"));
	if (m.is_signed_in) { /* whose organisations they are, is said above the page */
		rq->actor.account_id = actor.account_id;
		rq->actor.account_name = actor.account_name;
	}
	m.form = form_make(rq, NULL, sheet_url(rq, "/claim"), N_("Keep it there"), true);
	m.form.cancel = sheet_url(rq, "/result");
	which = form_choose(&m.form, FIELD_CARDS, "org", N_("Which one?"), S(""));
	for (size_t i = 0; i < m.n_orgs; i++)
		form_offer(&m.form, which, id_text(rq->arena, orgs[i].id), orgs[i].name)
			->is_chosen = i == 0;
	scorecard_claim_page(&v, &m);
	return layout_reply(
		rq, 200,
		&(struct layout){
			.title = tr(rq->language, "Keep this result in an organisation"),
			.body = view_html(&v),
			.is_narrow = true,
		});
}

int sheet_keep(struct req *rq, const struct actor *member, struct err *err)
{
	struct audit_entry entry = {
		.action = N_("kept a scorecard in the organisation"),
		.object_kind = "sheet",
		.object_id = rq->actor.subject_id,
	};
	int64_t sheet_id = rq->actor.subject_id, changed;
	int r;

	db_scope(rq->db, DB_ORG_ALL); /* from the public space into the member's */
	r = scorecard_sheet_claim(rq->db, ORG_PUBLIC, sheet_id, member->org_id, &changed, err);
	db_scope(rq->db, member->org_id);
	if (r != 0 || changed != 1)
		return r < 0 ? r : DB_NOT_FOUND;
	rq->actor = *member;
	rq->actor.subject_id = sheet_id;
	return audit_add(rq, &entry, err);
}

struct reply *scorecard_claim(struct req *rq)
{
	const struct claim_args *args = rq->args;
	struct actor member;
	struct err err;
	int r = org_enter(rq, args->org, ROLE_EDITOR, &member, &err);

	if (r < 0)
		return reply_fault(rq, &err);
	if (r != PERMIT_OK)
		return reply_status(rq, r == PERMIT_SIGN_IN ? 401 : 404);
	if (rq->actor.org_id != ORG_PUBLIC)
		return reply_status(rq, 410);
	r = sheet_keep(rq, &member, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	return reply_redirect(
		rq, url(rq, "/o/%.*s/scorecards", STR_ARG(id_text(rq->arena, member.org_id))));
}

int scorecard_kept_facts(struct req *rq, struct kept_facts *ret, struct err *err)
{
	struct scorecard_sheet_kept_rows rows;
	int r = scorecard_sheet_kept(rq->db, rq->arena, rq->actor.org_id, &rows, err);

	if (r != 0)
		return r;
	*ret = (struct kept_facts){ .n = (int64_t)rows.n };
	for (size_t i = 0; i < rows.n; i++)
		ret->n_finished += rows.items[i].has_finished_ms;
	return 0;
}

struct reply *scorecard_kept(struct req *rq)
{
	struct scorecard_sheet_kept_rows rows;
	struct kept_page m = { .tabs = org_tabs_html(rq, TAB_NONE) };
	struct view v = view_make(rq);
	struct err err;

	if (scorecard_sheet_kept(rq->db, rq->arena, rq->actor.org_id, &rows, &err) != 0)
		return reply_fault(rq, &err);
	m.n_sheets = rows.n;
	m.sheets = arena_new(rq->arena, struct kept_view, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct scorecard_sheet_kept_row *row = &rows.items[i];

		rq->actor.subject_id = row->id;
		m.sheets[i] = (struct kept_view){
			.date = day_words(rq, row->has_finished_ms ? row->finished_ms
								   : row->updated_ms),
			.path = org_sheet_url(rq, ""),
			.is_finished = row->has_finished_ms,
		};
	}
	scorecard_kept_page(&v, &m);
	return org_reply(rq, 200, tr(rq->language, "Scorecards kept here"), &v);
}
