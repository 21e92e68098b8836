/* The result: on screen, shared, as a document; and what other answers would change. */
#include "base/token.h"
#include "people/org_page.h"
#include "phases/app.h"
#include "phases/scorecard/charts.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/pages.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/report.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "phases/site/site.h"
#include "view/layout.h"

static bool is_shared(const struct req *rq)
{
	return rq->route->permission == &permission_share_link;
}

static bool is_own(const struct req *rq)
{
	return rq->route->permission == &permission_sheet_link;
}

/* Path of a page of the result, behind the same kind of link as this request. */
static struct str result_url(struct req *rq, const char *page)
{
	if (!is_own(rq) && !is_shared(rq))
		return org_sheet_url(rq, page);
	return url(rq, "%s/%.*s%s", is_shared(rq) ? "/s" : "/c", STR_ARG(link_text(rq)), page);
}

/* "10 + 6 + 4 = 20" */
static struct str sum_words(struct req *rq, const struct result *r)
{
	struct buf b = buf_make(rq->arena, 1024);

	for (size_t i = 0; i < r->n_categories; i++) {
		buf_puts(&b, i ? " + " : "");
		buf_i64(&b, r->categories[i].points);
	}
	buf_puts(&b, " = ");
	buf_i64(&b, r->score.points);
	return buf_str(&b);
}

static struct result_page result_page(struct req *rq, const struct result *r)
{
	struct result_page m = {
		.r = r,
		.token = is_own(rq) ? link_text(rq) : S(""),
		.is_shared = !is_own(rq) || r->sheet->in_round,
		.may_claim = is_own(rq) && rq->actor.org_id == ORG_PUBLIC,
		.scale = view_svg(result_scale_svg(rq, "scale", r)),
		.bars = arena_new(rq->arena, struct html, r->n_categories),
		.sum = sum_words(rq, r),
		.pdf_path = result_url(rq, "/result.pdf"),
		.docx_path = result_url(rq, "/result.docx"),
		.whatif_path = result_url(rq, "/what-if"),
		.link = is_own(rq) ? own_link(rq) : (struct copy_link){ .id = S("") },
		.has_contact = app_of(rq)->contact_url.len > 0,
		.contact = app_of(rq)->contact_url,
		.is_partial = r->n_blanks > 0,
	};

	for (size_t i = 0; i < r->n_categories; i++)
		m.bars[i] = view_svg(result_bar_svg(rq, &r->categories[i]));
	for (size_t i = 0; i < r->n_questions; i++)
		m.n_asked += r->questions[i].is_asked;
	m.n_answered = m.n_asked - (int)r->n_blanks;
	return m;
}

/* The open shared link, for the respondent only. */
static int add_share(struct req *rq, struct result_page *m, struct err *err)
{
	struct token t;
	int r;

	if (m->is_shared)
		return 0;
	r = sheet_shared_token(rq, &t, err);
	if (r == DB_NOT_FOUND)
		return 0;
	if (r != 0)
		return r;
	m->has_share = true;
	m->share = (struct copy_link){
		.id = S("share"),
		.label = tr(rq->language, "Shared link"),
		.hint = tr(
			rq->language,
			"It shows this result and lets nobody change it. You can close it at any time."),
		.address = url_absolute(rq, "/s/%.*s",
					STR_ARG(base64url(rq->arena, t.bytes, sizeof t.bytes))),
	};
	return 0;
}

/* ---- what if ---- */

/* Puts the query's answers in the place of those of `sheet`. 0, or 1 when one is not an answer. */
static int whatif_answers(const struct arg_pairs *answers, struct sheet *sheet)
{
	const struct scorecard *def = &sheet->pack->def;

	for (size_t i = 0; i < answers->n; i++) {
		const struct arg_pair *pair = &answers->items[i];
		int q = scorecard_find(def, pair->name);

		if (q < 0)
			return 1;
		sheet->answers[q] = (struct answer){ .kind = ANSWER_MISSING };
		if (pair->value.len &&
		    answer_parse(&def->questions[q], pair->value, &sheet->answers[q]) != 0)
			return 1;
	}
	return 0;
}

static struct whatif_question whatif_question(struct req *rq, const struct sheet *sheet, size_t i,
					      struct answer now)
{
	const struct question *q = &sheet->pack->def.questions[i];
	size_t n_levels = q->kind == QUESTION_SCALE ? (size_t)(q->scale_max - q->scale_min + 1)
						    : q->n_options;
	struct answer before = sheet->answers[i];
	struct whatif_question out = {
		.id = q->id,
		.label = say(rq, &sheet->pack->questions[i].label),
		.choices = arena_new(rq->arena, struct choice_view, n_levels + 2),
		.is_changed = !answer_eq(now, before),
	};

	for (size_t k = 0; k < n_levels + 2; k++) {
		struct answer a = { .kind = ANSWER_MISSING };

		if (k == n_levels + 1)
			a.kind = ANSWER_UNKNOWN;
		else if (k > 0 && q->kind == QUESTION_SCALE)
			a = (struct answer){ ANSWER_LEVEL, q->scale_min + (int)k - 1 };
		else if (k > 0)
			a = (struct answer){ ANSWER_OPTION, (int)k - 1 };
		out.choices[out.n_choices++] = (struct choice_view){
			.value = answer_text(rq->arena, q, a),
			.title = answer_words(rq, i, a),
			.is_chosen = answer_eq(a, now),
		};
	}
	return out;
}

/* "+3 points", "no change" */
static struct str change_words(struct req *rq, int change)
{
	struct str n = fmt_int(rq->arena, rq->language, change < 0 ? -change : change);

	if (change == 0)
		return tr(rq->language, "no change");
	return tr_fill(rq->arena,
		       change > 0 ? trn(rq->language, "+{n} point", "+{n} points", change)
				  : trn(rq->language, "−{n} point", "−{n} points", -change),
		       &(const struct tr_arg){ "n", n }, 1);
}

/* What other answers come to. */
static struct whatif_view whatif_outcome(struct req *rq, const struct result *before,
					 const struct result *after)
{
	return (struct whatif_view){
		.action = result_url(rq, "/what-if"),
		.result_path = result_url(rq, is_own(rq) ? "/result" : ""),
		.score = after->score.points,
		.band = after->band_id,
		.points = after->points,
		.estimate = after->estimate,
		.change = change_words(rq, after->score.points - before->score.points),
		.has_changes = after->score.points != before->score.points,
		.scale = view_svg(result_scale_svg(rq, "what-if-scale", after)),
	};
}

/* The panel: every question with the answer it has now. */
static void add_whatif_questions(struct req *rq, const struct sheet *sheet,
				 const struct sheet *changed, const struct result *after,
				 struct whatif_view *w)
{
	w->n_questions = sheet->pack->def.n_questions;
	w->questions = arena_new(rq->arena, struct whatif_question, w->n_questions);
	for (size_t i = 0; i < w->n_questions; i++) {
		w->questions[i] = whatif_question(rq, sheet, i, changed->answers[i]);
		w->questions[i].is_asked = after->score.questions[i].asked;
	}
}

/* `sheet` with answers of its own, to try others. */
static struct sheet sheet_to_try(struct req *rq, const struct sheet *sheet)
{
	struct sheet copy = *sheet;

	copy.answers = arena_new(rq->arena, struct answer, sheet->pack->def.n_questions);
	for (size_t i = 0; i < sheet->pack->def.n_questions; i++)
		copy.answers[i] = sheet->answers[i];
	return copy;
}

static struct reply *whatif_reply(struct req *rq, const struct arg_pairs *answers)
{
	struct view v = view_make(rq);
	struct result before, after;
	struct sheet sheet, changed;
	struct whatif_view m;
	struct reply *other = sheet_to_show(rq, &sheet);

	if (other)
		return other;
	changed = sheet_to_try(rq, &sheet);
	if (whatif_answers(answers, &changed) != 0)
		return reply_status(rq, 400);
	before = result_position(rq, &sheet);
	after = result_position(rq, &changed);
	m = whatif_outcome(rq, &before, &after);
	add_whatif_questions(rq, &sheet, &changed, &after, &m);
	scorecard_whatif_page(&v, &m);
	return layout_reply(rq, 200,
			    &(struct layout){
				    .title = tr(rq->language, "Try other answers"),
				    .body = view_html(&v),
				    .steps = site_steps(rq, "scorecard"),
				    .score = after.score.points,
				    .band = after.band_id,
			    });
}

struct reply *scorecard_whatif_show(struct req *rq)
{
	const struct whatif_args *args = rq->args;

	return whatif_reply(rq, &args->answers);
}

struct reply *scorecard_org_whatif(struct req *rq)
{
	const struct org_whatif_args *args = rq->args;

	rq->actor.subject_id = args->sheet;
	return whatif_reply(rq, &args->answers);
}

/* ---- the result ---- */

/* What the result becomes with every step of the shortest way. */
static struct whatif_view way_outcome(struct req *rq, const struct sheet *sheet,
				      const struct result *result)
{
	struct sheet changed = sheet_to_try(rq, sheet);
	struct result after;

	for (size_t i = 0; i < result->score.steps.n; i++)
		changed.answers[result->score.steps.items[i].question] =
			result->score.steps.items[i].to;
	after = result_position(rq, &changed);
	return whatif_outcome(rq, result, &after);
}

static struct reply *result_reply(struct req *rq, const struct result_page *m)
{
	struct str home = url(rq, "/o/%.*s", STR_ARG(id_text(rq->arena, rq->actor.org_id)));
	const struct crumb crumbs[] = {
		portfolio_crumb(rq),
		{ home, rq->actor.org_name },
		{ str_fmt(rq->arena, "%.*s/scorecards", STR_ARG(home)),
		  tr(rq->language, "Scorecards kept here") },
	};
	struct view v = view_make(rq);

	scorecard_result_page(&v, m);
	return layout_reply(rq, 200,
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

struct reply *scorecard_result(struct req *rq)
{
	const struct result_args *args = rq->args;
	struct result_page m;
	struct result result;
	struct sheet sheet;
	struct err err;
	struct reply *other = sheet_to_show(rq, &sheet);
	int r;

	if (other)
		return other;
	result = result_make(rq, &sheet);
	m = result_page(rq, &result);
	m.whatif = way_outcome(rq, &sheet, &result);
	r = add_share(rq, &m, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	/* Said once, and only while it is true: the address may be asked for again later. */
	m.was_shared = args->shared && m.has_share;
	m.was_closed = args->closed && !m.has_share;
	return result_reply(rq, &m);
}

struct reply *scorecard_org_result(struct req *rq)
{
	const struct org_sheet_args *args = rq->args;
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
	m = result_page(rq, &result);
	m.whatif = way_outcome(rq, &sheet, &result);
	r = result_plan(rq, &result, &m.plan, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	m.plan.was_adopted = args->adopted;
	return result_reply(rq, &m);
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
