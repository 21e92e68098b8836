/* The result: on screen, shared, as a document. */
#include "base/token.h"
#include "people/org_page.h"
#include "phases/app.h"
#include "phases/scorecard/findings.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/pages.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/report.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "phases/site/site.h"
#include "view/kept.h"
#include "view/layout.h"

static bool is_shared(const struct req *rq)
{
	return rq->route->permission == &permission_share_link;
}

static bool is_own(const struct req *rq)
{
	return rq->route->permission == &permission_sheet_link;
}

struct str result_url(struct req *rq, const char *page)
{
	if (!is_own(rq) && !is_shared(rq))
		return org_sheet_url(rq, page);
	return url(rq, "%s/%.*s%s", is_shared(rq) ? "/s" : "/c", STR_ARG(link_text(rq)), page);
}

struct str result_home(struct req *rq)
{
	return result_url(rq, is_own(rq) ? "/result" : "");
}

static struct result_page result_page(struct req *rq, const struct result *r)
{
	struct result_page m = {
		.r = r,
		.token = is_own(rq) ? link_text(rq) : S(""),
		.is_shared = !is_own(rq) || r->sheet->in_round,
		.may_claim = is_own(rq) && rq->actor.org_id == ORG_PUBLIC,
		.pdf_path = result_url(rq, "/result.pdf"),
		.docx_path = result_url(rq, "/result.docx"),
		.link = is_own(rq) ? own_link(rq) : (struct copy_link){ .id = S("") },
		.has_contact = app_of(rq)->contact_url.len > 0,
		.contact = app_of(rq)->contact_url,
		.is_partial = r->score.n_missing > 0,
	};

	for (size_t i = 0; i < r->sheet->pack->def.n_questions; i++)
		m.n_asked += r->score.questions[i].asked;
	m.n_answered = m.n_asked - (int)r->score.n_missing;
	return m;
}

/* ---- the open shared link ---- */

/* Its token as written in addresses, for the respondent only; empty: none is open. */
static int open_share(struct req *rq, const struct sheet *sheet, struct str *ret, struct err *err)
{
	struct token t;
	int r;

	*ret = S("");
	if (!is_own(rq) || sheet->in_round)
		return 0;
	r = sheet_shared_token(rq, &t, err);
	if (r == 0)
		*ret = base64url(rq->arena, t.bytes, sizeof t.bytes);
	return r == DB_NOT_FOUND ? 0 : r;
}

static void add_share(struct req *rq, struct result_page *m, struct str share)
{
	const struct result_args *args = rq->args;

	m->has_share = share.len > 0;
	/* Said once, and only while it is true: the address may be asked for again later. */
	m->was_shared = args->shared && m->has_share;
	m->was_closed = args->closed && !m->has_share;
	if (m->has_share)
		m->share = (struct copy_link){
			.id = S("share"),
			.label = tr(rq->language, "Shared link"),
			.hint = tr(
				rq->language,
				"It shows this result and lets nobody change it. You can close it at any time."),
			.address = url_absolute(rq, "/s/%.*s", STR_ARG(share)),
		};
}

/* ---- the result ---- */

static struct str result_render(struct req *rq, const struct result_page *m,
				const struct result_plan *plan)
{
	struct str home = url(rq, "/o/%.*s", STR_ARG(id_text(rq->arena, rq->actor.org_id)));
	const struct crumb crumbs[] = {
		portfolio_crumb(rq),
		{ home, rq->actor.org_name },
		{ str_fmt(rq->arena, "%.*s/scorecards", STR_ARG(home)),
		  tr(rq->language, "Scorecards kept here") },
	};
	struct view v = view_make(rq);

	scorecard_result_head(&v, m);
	findings_put(&v, m->r, plan);
	scorecard_result_foot(&v, m);
	return layout_render(rq,
			     &(struct layout){
				     .title = m->is_shared ? tr(rq->language, "Scorecard result")
							   : tr(rq->language, "Your scorecard"),
				     .body = view_html(&v),
				     .crumbs = crumbs,
				     .n_crumbs = is_own(rq) || is_shared(rq) ? 0 : 3,
				     .steps = site_steps(rq, "scorecard"),
				     .score = m->r->score.points,
				     .band = m->r->band_id,
			     });
}

/* All that the page of `sheet` is made of, beside the program's own pack. No text has a NUL in it. */
static struct buf key_of(struct req *rq, const struct sheet *sheet, struct str share)
{
	const struct scorecard *def = &sheet->pack->def;
	struct buf key = page_key(rq);

	buf_i64(&key, rq->actor.org_id);
	buf_puts(&key, sheet->in_round ? " round " : " alone ");
	buf_i64(&key, sheet->updated_ms);
	buf_putc(&key, '\0');
	buf_put(&key, share);
	for (size_t i = 0; i < def->n_questions; i++) {
		buf_putc(&key, '\0');
		buf_put(&key, answer_text(rq->arena, &def->questions[i], sheet->answers[i]));
		buf_putc(&key, '\0');
		buf_put(&key, sheet->comments[i]);
	}
	return key;
}

static struct str own_result(struct req *rq, const struct sheet *sheet, struct str share)
{
	struct result result = result_make(rq, sheet);
	struct result_page m = result_page(rq, &result);

	add_share(rq, &m, share);
	return result_render(rq, &m, &(struct result_plan){ 0 });
}

struct reply *scorecard_result(struct req *rq)
{
	struct memo *kept = app_of(rq)->kept;
	struct sheet sheet;
	struct str share, page;
	struct buf key;
	struct err err;
	struct reply *other = sheet_to_show(rq, &sheet);
	int r;

	if (other)
		return other;
	r = open_share(rq, &sheet, &share, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	key = key_of(rq, &sheet, share);
	if (!page_recall(rq, kept, &key, &page)) {
		page = own_result(rq, &sheet, share);
		page_keep(rq, kept, &key, page);
	}
	return reply_page(rq, 200, page);
}

struct reply *scorecard_org_result(struct req *rq)
{
	const struct org_sheet_args *args = rq->args;
	struct result_plan plan;
	struct result_page m;
	struct result result;
	struct sheet sheet;
	struct reply *other;
	struct err err;
	int r;

	rq->actor.subject_id = args->sheet;
	other = sheet_to_show(rq, &sheet);
	if (other)
		return other;
	result = result_make(rq, &sheet);
	r = result_plan(rq, &result, &plan, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	plan.was_adopted = args->adopted;
	m = result_page(rq, &result);
	return reply_page(rq, 200, result_render(rq, &m, &plan));
}

/* Respondents of a campaign know whose it is; who has a link to a sheet answered alone need not. */
static int result_file_name(struct req *rq, const struct sheet *sheet, const char *ending,
			    struct str *ret, struct err *err)
{
	struct file_label label = { .whose = rq->actor.org_name,
				    .what = N_("Maturity result"),
				    .zone = rq->actor.time_zone,
				    .ending = ending };
	struct org_view org;
	int r = 0;

	if (is_own(rq) && sheet->in_round) {
		r = org_view_load(rq, sheet->org_id, &org, err);
		if (r != 0)
			return r;
		label.whose = org.name;
		label.zone = org.time_zone;
	}
	*ret = file_name(rq, &label);
	return r;
}

static struct reply *result_file(struct req *rq, enum document_form form, const char *ending)
{
	struct sheet sheet;
	struct str bytes, name;
	struct err err;
	struct reply *other = sheet_to_show(rq, &sheet);
	int r;

	if (other)
		return other;
	r = report_write(rq, &sheet, form, &bytes, &err);
	if (r == 0)
		r = result_file_name(rq, &sheet, ending, &name, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	return reply_download(rq, name, bytes);
}

struct reply *scorecard_result_pdf(struct req *rq)
{
	return result_file(rq, DOCUMENT_PDF, "pdf");
}

struct reply *scorecard_result_docx(struct req *rq)
{
	return result_file(rq, DOCUMENT_DOCX, "docx");
}

struct reply *scorecard_org_pdf(struct req *rq)
{
	const struct org_sheet_args *args = rq->args;

	rq->actor.subject_id = args->sheet;
	return scorecard_result_pdf(rq);
}

struct reply *scorecard_org_docx(struct req *rq)
{
	const struct org_sheet_args *args = rq->args;

	rq->actor.subject_id = args->sheet;
	return scorecard_result_docx(rq);
}

/* ---- shared links ---- */

struct reply *scorecard_share(struct req *rq)
{
	struct sheet sheet;
	struct token t;
	struct err err;
	int r = sheet_load(rq, &sheet, &err);

	/* What was answered in confidence is not passed on by a link. */
	if (r == 0 && sheet.in_round)
		return reply_status(rq, 404);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	r = sheet_shared_token(rq, &t, &err);
	/* One open link is enough: asking twice gives the same. */
	if (r == DB_NOT_FOUND)
		r = sheet_share(rq, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	return reply_redirect(rq, sheet_url(rq, "/result?shared=1"));
}

struct reply *scorecard_share_close(struct req *rq)
{
	struct err err;
	int r = scorecard_share_revoke(rq->db, rq->actor.org_id, rq->actor.subject_id, rq->now_ms,
				       &err);

	if (r != 0)
		return sheet_failed(rq, r, &err);
	return reply_redirect(rq, sheet_url(rq, "/result?closed=1"));
}
