/* The respondent's way: welcome, one question per screen, review, result. */
#include "base/token.h"
#include "chart/chart.h"
#include "phases/app.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/pages.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "phases/site/site.h"
#include "view/layout.h"

struct str link_text(struct req *rq)
{
	const struct link_args *args = rq->args;

	return base64url(rq->arena, args->token.bytes, sizeof args->token.bytes);
}

struct str sheet_url(struct req *rq, const char *page)
{
	return url(rq, "/c/%.*s%s", STR_ARG(link_text(rq)), page);
}

struct copy_link own_link(struct req *rq)
{
	return (struct copy_link){
		.id = S("address"),
		.label = tr(rq->language, "Your link, to come back on any device"),
		.hint = tr(
			rq->language,
			"Whoever has this link can see and change the answers. To show the result only, use a shared link."),
		.address = url_absolute(rq, "/c/%.*s", STR_ARG(link_text(rq))),
	};
}

struct reply *sheet_failed(struct req *rq, int result, const struct err *err)
{
	/* Cut off from its link when it was sent. */
	if (result == DB_NOT_FOUND && rq->actor.subject_id == 0 &&
	    rq->route->permission == &permission_sheet_link)
		return sheet_elsewhere(rq, sheet_url(rq, "/sent"));
	/* Between the permission's look and ours the respondent may have erased the sheet. */
	if (result == DB_NOT_FOUND)
		return reply_status(rq, 404);
	/* Or another process did, between our look and our write; or an id was made twice in the same
	 * millisecond. Asking again settles both. */
	if (result == DB_CONFLICT)
		return reply_status(rq, 503);
	return reply_fault(rq, err);
}

/* ---- welcome ---- */

static struct category_view category_view(struct req *rq, const struct scorecard_pack *pack,
					  size_t i)
{
	struct category_view v = {
		.title = say(rq, &pack->categories[i].title),
		.meaning = say(rq, &pack->categories[i].meaning),
	};

	for (size_t q = 0; q < pack->def.n_questions; q++)
		v.n_questions += pack->def.questions[q].category == i;
	return v;
}

struct profiles_view profiles_view(struct req *rq)
{
	const struct option_texts *profiles = &app_of(rq)->pack->scorecard.profiles;
	struct profiles_view v = {
		.items = arena_new(rq->arena, struct profile_view, profiles->n),
		.n = profiles->n,
	};

	for (size_t i = 0; i < v.n; i++)
		v.items[i] = (struct profile_view){ say(rq, &profiles->items[i].title),
						    say(rq, &profiles->items[i].detail) };
	return v;
}

struct reply *scorecard_welcome(struct req *rq)
{
	const struct scorecard_pack *pack = &app_of(rq)->pack->scorecard;
	const struct welcome_args *args = rq->args;
	struct welcome_page m = {
		.profiles = profiles_view(rq),
		.was_erased = args->erased,
		.is_closed = app_of(rq)->is_closed,
		.purpose = arena_new(rq->arena, struct str, pack->purpose.n),
		.n_purpose = pack->purpose.n,
		.caveat = say(rq, &pack->caveat),
		.minutes = pack->minutes,
		.n_questions = (int)pack->def.n_questions,
		.categories = arena_new(rq->arena, struct category_view, pack->def.n_categories),
		.n_categories = pack->def.n_categories,
	};
	struct view v = view_make(rq);

	for (size_t i = 0; i < m.n_purpose; i++)
		m.purpose[i] = say(rq, &pack->purpose.items[i]);
	for (size_t i = 0; i < m.n_categories; i++)
		m.categories[i] = category_view(rq, pack, i);
	scorecard_welcome_page(&v, &m);
	return layout_reply(rq, 200,
			    &(struct layout){
				    .title = tr(rq->language, "The scorecard"),
				    .body = view_html(&v),
				    .steps = site_steps(rq, "scorecard"),
			    });
}

struct reply *scorecard_start(struct req *rq)
{
	const struct scorecard *def = &app_of(rq)->pack->scorecard.def;
	const struct start_args *args = rq->args;
	struct str link;
	struct err err;
	struct token t;
	int r;

	/* The page says why; no form of it leads here then. */
	if (app_of(rq)->is_closed)
		return reply_status(rq, 404);
	r = sheet_begin(rq, &t, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	link = base64url(rq->arena, t.bytes, sizeof t.bytes);
	if (args->all)
		return reply_redirect(rq, url(rq, "/c/%.*s/all", STR_ARG(link)));
	return reply_redirect(
		rq, url(rq, "/c/%.*s/q/%.*s", STR_ARG(link), STR_ARG(def->questions[0].id)));
}

struct reply *scorecard_resume(struct req *rq)
{
	struct sheet sheet;
	int blank;
	struct reply *other = sheet_to_fill(rq, &sheet);

	if (other)
		return other;
	if (sheet.is_finished)
		return reply_redirect(rq, sheet_url(rq, "/result"));
	blank = sheet_first_blank(&sheet);
	if (blank < 0)
		return reply_redirect(rq, sheet_url(rq, "/review"));
	return reply_redirect(rq, url(rq, "/c/%.*s/q/%.*s", STR_ARG(link_text(rq)),
				      STR_ARG(sheet.pack->def.questions[blank].id)));
}

/* ---- one question ---- */

/* The progress bar: a segment per question, grouped by category. */
static struct html progress_bar(struct req *rq, const struct sheet *sheet, int here)
{
	const struct scorecard *def = &sheet->pack->def;
	enum segment *segments = arena_new(rq->arena, enum segment, def->n_questions);
	size_t *groups = arena_new(rq->arena, size_t, def->n_categories);
	int n_answered = 0;

	for (size_t i = 0; i < def->n_questions; i++) {
		groups[def->questions[i].category]++;
		n_answered += sheet_is_answered(sheet, i);
		if (!sheet_counts(sheet, i))
			segments[i] = SEGMENT_SKIPPED;
		else if (sheet->answers[i].kind == ANSWER_UNKNOWN)
			segments[i] = SEGMENT_UNKNOWN;
		else
			segments[i] =
				sheet_is_answered(sheet, i) ? SEGMENT_ANSWERED : SEGMENT_AHEAD;
	}
	return view_svg(chart_progress_svg(rq->arena, &(struct chart_progress){
		.words = {
			.id = "progress",
			.title = tr(rq->language, "Progress"),
			.finding = tr_fill(rq->arena,
					   trn(rq->language, "{n} question answered out of {total}",
					       "{n} questions answered out of {total}", n_answered),
					   (const struct tr_arg[]){
						   { "n", fmt_int(rq->arena, rq->language, n_answered) },
						   { "total", fmt_int(rq->arena, rq->language,
								      sheet_count(sheet, def->n_questions)) } },
					   2),
		},
		.segments = segments,
		.groups = groups,
		.n_groups = def->n_categories,
		.here = here,
	}));
}

struct str comment_hint(struct req *rq, const struct sheet *sheet)
{
	if (!sheet->in_round)
		return tr(rq->language,
			  "Shown beside your answer in your result. Avoid naming people.");
	return sheet->round.terms.mode == ROUND_ANONYMOUS
		       ? tr(rq->language,
			    "Read by those who prepare the results, without your name. Avoid naming people or saying who you are.")
		       : tr(rq->language,
			    "Read by those who prepare the results, beside your name. Avoid naming others.");
}

static struct question_page question_page(struct req *rq, const struct sheet *sheet, size_t i,
					  bool for_review)
{
	const struct question *q = &sheet->pack->def.questions[i];

	struct question_page m = {
		.token = link_text(rq),
		.ask = ask_view(rq, sheet, i),
		.number = sheet_count(sheet, i) + 1,
		.total = sheet_count(sheet, sheet->pack->def.n_questions),
		.category = say(rq, &sheet->pack->categories[q->category].title),
		.is_saved = sheet->answers[i].kind != ANSWER_MISSING,
		.for_review = for_review,
		.is_first = sheet_previous_asked(sheet, (int)i - 1) < 0,
		.is_last = sheet_next_asked(sheet, (int)i + 1) < 0,
		.progress = progress_bar(rq, sheet, (int)i),
		.link = own_link(rq),
		.is_fresh = sheet->updated_ms == sheet->created_ms,
		.comment_hint = comment_hint(rq, sheet),
	};

	if (sheet->in_round)
		m.link.hint = round_link_hint(rq);
	return m;
}

static struct reply *question_reply(struct req *rq, int status, const struct question_page *m)
{
	struct view v = view_make(rq);

	scorecard_question_page(&v, m);
	return layout_reply(
		rq, status,
		&(struct layout){
			.title = tr_fill(
				rq->arena, tr(rq->language, "Question {number} of {total}: {text}"),
				(const struct tr_arg[]){
					{ "number", fmt_int(rq->arena, rq->language, m->number) },
					{ "total", fmt_int(rq->arena, rq->language, m->total) },
					{ "text", m->ask.text } },
				3),
			.body = view_html(&v),
			.is_question = true,
		});
}

/* The question the path names, or -1. One that is not asked counts as absent. */
static int asked_question(const struct sheet *sheet, struct str id)
{
	int i = scorecard_find(&sheet->pack->def, id);

	return i >= 0 && question_asked(&sheet->pack->def, (size_t)i, sheet->answers) ? i : -1;
}

struct reply *scorecard_question(struct req *rq)
{
	const struct question_args *args = rq->args;
	struct question_page m;
	struct sheet sheet;
	int i;
	struct reply *other = sheet_to_fill(rq, &sheet);

	if (other)
		return other;
	i = asked_question(&sheet, args->question);
	if (i < 0)
		return reply_status(rq, 404);
	m = question_page(rq, &sheet, (size_t)i, args->review);
	return question_reply(rq, 200, &m);
}

/* Where the respondent goes after question `i`. */
static struct str after_question(struct req *rq, const struct sheet *sheet, int i)
{
	const struct answer_args *args = rq->args;
	const char *mark = args->review ? "?review=1" : "";
	bool is_back = str_is(args->go, "back");
	int to = is_back ? sheet_previous_asked(sheet, i - 1) : sheet_next_asked(sheet, i + 1);

	if (str_is(args->go, "clear"))
		return url(rq, "/c/%.*s/q/%.*s%s", STR_ARG(link_text(rq)), STR_ARG(args->question),
			   mark);
	if (to < 0 && is_back && !sheet->in_round)
		return url(rq, "/scorecard");
	if (to < 0 || args->review)
		return sheet_url(rq, "/review");
	return url(rq, "/c/%.*s/q/%.*s", STR_ARG(link_text(rq)),
		   STR_ARG(sheet->pack->def.questions[to].id));
}

/* The question again, with what was typed and what is wrong with it. `answer` is missing when none of
 * those offered was chosen. */
static struct reply *refuse_answer(struct req *rq, const struct sheet *sheet, size_t i,
				   struct answer answer, bool answer_refused)
{
	const struct answer_args *args = rq->args;
	struct question_page m;

	if (answer.kind != ANSWER_MISSING)
		sheet->answers[i] = answer;
	sheet->comments[i] = args->comment;
	m = question_page(rq, sheet, i, args->review);
	m.is_saved = false; /* not what is on the page */
	m.ask.answer_refused = answer_refused;
	for (size_t k = 0; k < rq->n_arg_errors; k++) {
		const struct arg_error *e = &rq->arg_errors[k];

		if (str_is(str_from(e->name), "comment")) {
			m.ask.comment_fault = comment_fault_words(rq, e->fault);
			m.ask.comment = e->value;
		} else if (str_is(str_from(e->name), "answer")) {
			m.ask.answer_refused = true;
		} else {
			return reply_status(rq, 400); /* no page of ours sends that */
		}
	}
	return question_reply(rq, 422, &m);
}

/* Whether one of our buttons, or the page's script, sends it. */
static bool is_direction(struct str go)
{
	return go.len == 0 || str_is(go, "next") || str_is(go, "back") || str_is(go, "clear");
}

struct reply *scorecard_answer(struct req *rq)
{
	const struct answer_args *args = rq->args;
	struct answer answer = { .kind = ANSWER_MISSING };
	struct sheet sheet;
	struct err err;
	bool is_refused, is_cleared;
	int r = sheet_load(rq, &sheet, &err);
	int i;

	if (r != 0)
		return sheet_failed(rq, r, &err);
	if (sheet.in_round && sheet.is_sent)
		return sheet_elsewhere(rq, sheet_url(rq, "/sent"));
	i = asked_question(&sheet, args->question);
	if (i < 0)
		return reply_status(rq, 404);
	if (!is_direction(args->go))
		return reply_status(rq, 400);
	is_cleared = str_is(args->go, "clear");
	is_refused = args->answer.len > 0 && !is_cleared &&
		     answer_parse(&sheet.pack->def.questions[i], args->answer, &answer) != 0;
	if (is_refused || rq->n_arg_errors > 0)
		return refuse_answer(rq, &sheet, (size_t)i, answer, is_refused);
	r = is_cleared ? sheet_clear(rq, &sheet, (size_t)i, args->comment, &err)
		       : sheet_save(rq, &sheet, (size_t)i, answer, args->comment, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	if (answer.kind != ANSWER_MISSING)
		sheet.answers[i] = answer;
	sheet.comments[i] = args->comment;
	/* What was typed is kept, though the round is over; the next page says so. */
	if (sheet.in_round && sheet.round.state != ROUND_OPEN)
		return sheet_elsewhere(rq, sheet_url(rq, ""));
	/* The page's script saves on every choice and stays where it is. */
	if (rq->is_partial && args->go.len == 0)
		return reply_empty(rq);
	return reply_redirect(rq, after_question(rq, &sheet, i));
}

/* ---- review ---- */

struct review_group *review_groups(struct req *rq, const struct sheet *sheet,
				   const struct result *r)
{
	const struct scorecard *def = &sheet->pack->def;
	struct review_group *groups = arena_new(rq->arena, struct review_group, def->n_categories);
	size_t at = 0;

	/* Questions come grouped by category, so each group is a stretch of them. */
	for (size_t g = 0; g < def->n_categories; g++) {
		groups[g].title = r->categories[g].title;
		groups[g].questions = &r->questions[at];
		while (at < r->n_questions && def->questions[at].category == g) {
			groups[g].n_questions++;
			at++;
		}
	}
	return groups;
}

static struct review_page review_page(struct req *rq, const struct sheet *sheet)
{
	const struct scorecard *def = &sheet->pack->def;
	struct result *r = arena_new(rq->arena, struct result, 1);
	struct review_page m = {
		.token = link_text(rq),
		.n_groups = def->n_categories,
		.link = own_link(rq),
		.in_round = sheet->in_round,
		.is_anonymous = sheet->in_round && sheet->round.terms.mode == ROUND_ANONYMOUS,
		.first = def->questions[0].id,
	};

	if (sheet->in_round) {
		m.link.hint = round_link_hint(rq);
		m.is_empty = ballot_is_empty(ballot_of(rq->arena, def, sheet->answers),
					     def->n_questions);
	}
	*r = result_make(rq, sheet);
	m.n_blanks = r->n_blanks;
	m.n_unknowns = r->n_unknowns;
	m.groups = review_groups(rq, sheet, r);
	return m;
}

struct reply *review_reply(struct req *rq, int status, const struct sheet *sheet)
{
	struct view v = view_make(rq);
	struct review_page m = review_page(rq, sheet);

	scorecard_review_page(&v, &m);
	return layout_reply(rq, status,
			    &(struct layout){
				    .title = m.in_round ? tr(rq->language, "Before sending")
							: tr(rq->language, "Before your result"),
				    .body = view_html(&v),
				    .steps = m.in_round ? (struct html){ .markup = S("") }
							: site_steps(rq, "scorecard"),
			    });
}

struct reply *scorecard_review(struct req *rq)
{
	struct sheet sheet;
	struct reply *other = sheet_to_fill(rq, &sheet);

	return other ? other : review_reply(rq, 200, &sheet);
}

struct reply *scorecard_finish(struct req *rq)
{
	struct sheet sheet;
	struct err err;
	int r = sheet_load(rq, &sheet, &err);

	if (r == 0 && sheet.in_round)
		return reply_redirect(rq, sheet_url(rq, "/review")); /* it is sent from there */
	if (r == 0)
		r = scorecard_sheet_finish(rq->db, rq->actor.org_id, rq->actor.subject_id,
					   rq->now_ms, &err);

	if (r != 0)
		return sheet_failed(rq, r, &err);
	return reply_redirect(rq, sheet_url(rq, "/result"));
}
