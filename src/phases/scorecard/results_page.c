/* The page of a campaign's results, and what belongs to it: comments, what-if, agreements. */
#include "phases/scorecard/results_page.h"

#include "base/token.h"
#include "people/org_page.h"
#include "phases/app.h"
#include "phases/scorecard/results_priv.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "phases/site/site.h"
#include "view/layout.h"

struct reply *results_to_show(struct req *rq, const struct results_query *q, struct results *ret)
{
	struct err err;
	int r = results_load(rq, q, ret, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	return ret->shown == ROUND_SHOWN
		       ? NULL
		       : reply_redirect(rq, campaign_url(rq, ret->round.id, "/results"));
}

struct reply *results_reply(struct req *rq, int status, const struct round *round,
			    const struct layout *l)
{
	const struct crumb crumbs[] = {
		{ campaign_url(rq, round->id, ""), round->terms.title },
		{ campaign_url(rq, round->id, "/results"), tr(rq->language, "Results") },
	};

	return org_reply_below(rq, status, l, TAB_CAMPAIGNS, crumbs, 2);
}

struct choice_view *results_choices(struct req *rq, size_t question, struct answer chosen,
				    size_t *ret_n)
{
	const struct question *q = &app_of(rq)->pack->scorecard.def.questions[question];
	size_t n = q->kind == QUESTION_SCALE ? (size_t)(q->scale_max - q->scale_min + 1)
					     : q->n_options;
	struct choice_view *out = arena_new(rq->arena, struct choice_view, n + 1);

	for (size_t k = 0; k <= n; k++) {
		struct answer a = { .kind = ANSWER_UNKNOWN };

		if (k < n && q->kind == QUESTION_SCALE)
			a = (struct answer){ ANSWER_LEVEL, q->scale_min + (int)k };
		else if (k < n)
			a = (struct answer){ ANSWER_OPTION, (int)k };
		out[k] = (struct choice_view){
			.value = answer_text(rq->arena, q, a),
			.title = answer_words(rq, question, a),
			.is_chosen = answer_eq(a, chosen),
		};
	}
	*ret_n = n + 1;
	return out;
}

/* ---- the page ---- */

/* A page of the campaign with the order and the comparison that this one has. */
static struct str with_query(struct req *rq, const char *page, bool by_pack)
{
	const struct results_args *args = rq->args;
	struct str path = campaign_url(rq, args->round, page);

	if (args->with)
		path = str_fmt(rq->arena, "%.*s?with=%.*s%s", STR_ARG(path),
			       STR_ARG(id_text(rq->arena, args->with)),
			       by_pack ? "&sort=pack" : "");
	else if (by_pack)
		path = str_fmt(rq->arena, "%.*s?sort=pack", STR_ARG(path));
	return path;
}

static void add_paths(struct req *rq, const struct results *r, struct results_page *m)
{
	int64_t id = r->round.id;

	m->action = campaign_url(rq, id, "/results");
	m->follow_path = campaign_url(rq, id, "");
	m->pack_path = with_query(rq, "/results", true);
	m->disputed_path = with_query(rq, "/results", false);
	m->pdf_path = with_query(rq, "/results.pdf", r->by_pack);
	m->docx_path = with_query(rq, "/results.docx", r->by_pack);
	m->xlsx_path = with_query(rq, "/results.xlsx", r->by_pack);
	m->csv_path = with_query(rq, "/results.csv", r->by_pack);
	m->try_path = campaign_url(rq, id, "/results/what-if");
	m->minutes_path = campaign_url(rq, id, "/workshop/minutes");
	m->peers_path = campaign_url(rq, id, "/results/peers");
}

static void add_questions(struct req *rq, const struct results *r, struct results_page *m)
{
	m->questions = arena_new(rq->arena, struct results_question_view, r->n_questions);
	for (size_t i = 0; i < r->n_questions; i++) {
		const struct results_question *q = &r->questions[i];
		struct results_question_view *out = &m->questions[i];

		*out = (struct results_question_view){
			.q = q,
		};
		if (!q->is_few) {
			out->mini = view_svg(results_mini_svg(rq, "mini", q));
			out->distribution = view_svg(results_distribution_svg(rq, q));
		}
		if (!q->second.is_held || q->second.hidden.len)
			continue;
		if (!q->is_few)
			out->before = view_svg(results_mini_svg(rq, "before", q));
		out->again = view_svg(results_second_svg(rq, q));
		out->again_mini = view_svg(results_second_mini_svg(rq, q));
	}
}

/* Leads to the comments where there are some; of large campaigns that is not looked up. */
static int add_comments(struct req *rq, const struct results *r, struct results_page *m,
			struct err *err)
{
	struct comment_count *counts;
	size_t n;
	int result;

	if (r->n_sent > COMMENTS_COUNTED_SHEETS) {
		for (size_t i = 0; i < r->n_questions; i++)
			m->questions[i].comments = tr(rq->language, "Comments");
		return 0;
	}
	result = comment_counts(rq->db, rq->arena, &r->round, &counts, &n, err);
	if (result != 0)
		return result;
	for (size_t i = 0; i < r->n_questions; i++)
		for (size_t k = 0; k < n; k++)
			if (str_eq(counts[k].item, r->questions[i].id))
				m->questions[i].comments = results_fill(
					rq,
					trn(rq->language, "{n} comment", "{n} comments",
					    counts[k].n),
					"n", fmt_int(rq->arena, rq->language, counts[k].n));
	return 0;
}

static void add_charts(struct req *rq, const struct results *r, struct results_page *m)
{
	m->scale = view_svg(results_scale_svg(rq, "scale", r, r->whole.score, r->whole.band,
					      r->range.is_known));
	if (r->range.is_known)
		m->chances = view_svg(results_chances_svg(rq, r));
	m->bars = arena_new(rq->arena, struct html, r->n_categories);
	for (size_t i = 0; i < r->n_categories; i++)
		m->bars[i] = view_svg(category_bar_svg(rq, &r->categories[i]));
	if (r->has_agreed)
		m->agreed_scale = view_svg(results_scale_svg(rq, "agreed-scale", r, r->agreed.score,
							     r->agreed.band, false));
}

static struct reply *show(struct req *rq, const struct results *r, const struct results_page *m)
{
	struct view v = view_make(rq);
	bool is_shown = r->shown == ROUND_SHOWN;

	scorecard_results_page(&v, m);
	return campaign_reply(
		rq, 200, &r->round,
		&(struct layout){
			.title = results_fill(rq, tr(rq->language, "Results: {title}"), "title",
					      r->round.terms.title),
			.here = tr(rq->language, "Results"),
			.body = view_html(&v),
			.steps = site_steps(rq, "scorecard"),
			.band = is_shown ? r->bands[r->whole.band].id : S(""),
			.score = r->whole.points,
			.exact_score = r->score_plain,
		});
}

struct reply *results_show(struct req *rq)
{
	const struct results_args *args = rq->args;
	struct results_query q = { .round = args->round,
				   .with = args->with,
				   .by_pack = str_is(args->sort, "pack") };
	struct results_page m;
	struct results r;
	struct err err;
	int result = results_load(rq, &q, &r, &err);

	if (result != 0)
		return campaign_failed(rq, result, &err);
	m = (struct results_page){
		.org = id_text(rq->arena, rq->actor.org_id),
		.id = id_text(rq->arena, r.round.id),
		.title = r.round.terms.title,
		.r = &r,
		.dates = results_dates(rq, &r),
		.hidden_why = shown_words(rq, &r),
		.is_open = r.round.state == ROUND_OPEN,
		.is_anonymous = r.round.terms.mode == ROUND_ANONYMOUS,
		.may_edit = may_edit(rq),
		.was_agreed = args->agreed,
	};
	add_paths(rq, &r, &m);
	if (r.shown == ROUND_SHOWN) {
		add_charts(rq, &r, &m);
		add_questions(rq, &r, &m);
		result = add_comments(rq, &r, &m, &err);
		if (result == 0)
			result = results_plan(rq, &r, &m.plan, &err);
		m.plan.was_adopted = args->adopted;
	}
	if (result != 0)
		return campaign_failed(rq, result, &err);
	return show(rq, &r, &m);
}

/* ---- comments ---- */

static struct str comments_url(struct req *rq, const struct comments_args *args, int64_t part,
			       int64_t page)
{
	return str_fmt(rq->arena, "%.*s?question=%.*s&part=%lld&page=%lld",
		       STR_ARG(campaign_url(rq, args->round, "/results/comments")),
		       STR_ARG(percent_encode(rq->arena, args->question)), (long long)part,
		       (long long)page);
}

static int load_comments(struct req *rq, const struct results *r, struct comments_page *m,
			 struct err *err)
{
	const struct comments_args *args = rq->args;
	int64_t part = args->part ? args->part : 1, page = args->page ? args->page : 1;
	int result;

	m->n_parts = comment_parts(r->n_sent);
	if (part > m->n_parts)
		return DB_NOT_FOUND;
	result = comment_list(rq->db, rq->arena, &r->round, r->n_sent, args->question, part - 1,
			      page - 1, &m->comments, &m->n, err);
	if (result != 0)
		return result;
	m->part = part;
	if (m->n > COMMENTS_PER_PAGE) {
		m->n = COMMENTS_PER_PAGE;
		m->next = comments_url(rq, args, part, page + 1);
	} else if (part < m->n_parts) {
		m->next = comments_url(rq, args, part + 1, 1);
	}
	if (page > 1)
		m->previous = comments_url(rq, args, part, page - 1);
	else if (part > 1)
		m->previous = comments_url(rq, args, part - 1, 1);
	return 0;
}

struct reply *results_comments(struct req *rq)
{
	const struct comments_args *args = rq->args;
	struct results_query q = { .round = args->round, .by_pack = true, .has_no_compare = true };
	struct view v = view_make(rq);
	struct comments_page m;
	struct results r;
	struct err err;
	int question, result = results_load(rq, &q, &r, &err);

	if (result != 0)
		return campaign_failed(rq, result, &err);
	question = scorecard_find(&r.pack->def, args->question);
	if (question < 0)
		return reply_status(rq, 404);
	m = (struct comments_page){
		.back = campaign_url(rq, r.round.id, "/results"),
		.question = say(rq, &r.pack->questions[question].label),
		.text = say(rq, &r.pack->questions[question].text),
		.is_anonymous = r.round.terms.mode == ROUND_ANONYMOUS,
		.why = shown_words(rq, &r),
	};
	if (r.shown == ROUND_SHOWN)
		result = load_comments(rq, &r, &m, &err);
	if (result != 0)
		return campaign_failed(rq, result, &err);
	scorecard_comments_page(&v, &m);
	return results_reply(
		rq, 200, &r.round,
		&(struct layout){ .title = tr(rq->language, "Comments"), .body = view_html(&v) });
}
