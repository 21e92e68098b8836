/* Every question on one page, saved in one go: for those who copy a paper form or want an overview. */
#include <assert.h>

#include "phases/app.h"
#include "phases/scorecard/handlers.h"
#include "phases/scorecard/pages.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "phases/site/site.h"
#include "view/layout.h"

enum {
	ENTITY_MAX = 5,               /* bytes that a character of a comment may become in HTML */
	ALL_PAGE_BYTES = 1024 * 1024, /* the page without comments */
};

/* What is refused is shown again whole. */
static_assert(ALL_BODY_MAX * ENTITY_MAX + ALL_PAGE_BYTES <= VIEW_PAGE_MAX,
	      "the largest form does not fit in a page");

/* What was typed for one question, and what is wrong with it. */
struct typed {
	struct entry entry;
	bool answer_refused;
	struct str comment_fault; /* empty: none */
};

/* ---- the page ---- */

/* "a or b or c" */
static struct str join_or(struct req *rq, const struct str *items, size_t n)
{
	struct str all = n > 0 ? items[0] : S("");

	for (size_t i = 1; i < n; i++)
		all = tr_fill(rq->arena, tr(rq->language, "{one} or {other}"),
			      (const struct tr_arg[]){ { "one", all }, { "other", items[i] } }, 2);
	return all;
}

/* "the answer to question 3 is “Tools” or “Tools and people”" */
static struct str term_words(struct req *rq, const struct term *term)
{
	struct str *answers = arena_new(rq->arena, struct str, term->n);

	for (size_t i = 0; i < term->n; i++)
		answers[i] =
			tr_fill(rq->arena, trc(rq->language, "an answer, quoted", "“{answer}”"),
				&(const struct tr_arg){ "answer", answer_words(rq, term->question,
									       term->answers[i]) },
				1);
	return tr_fill(rq->arena, tr(rq->language, "the answer to question {number} is {answers}"),
		       (const struct tr_arg[]){ { "number", fmt_int(rq->arena, rq->language,
								    (int64_t)term->question + 1) },
						{ "answers", join_or(rq, answers, term->n) } },
		       2);
}

struct str condition_words(struct req *rq, const struct question *q)
{
	const struct condition *c = &q->asked_when;
	struct str *ways = arena_new(rq->arena, struct str, c->n);

	if (c->n == 0)
		return S("");
	for (size_t i = 0; i < c->n; i++) {
		const struct terms *terms = &c->items[i];
		struct str *words = arena_new(rq->arena, struct str, terms->n);

		for (size_t k = 0; k < terms->n; k++)
			words[k] = term_words(rq, &terms->items[k]);
		ways[i] = fmt_list(rq->arena, rq->language, words, terms->n);
	}
	return tr_fill(
		rq->arena,
		tr(rq->language,
		   "Counts only if {condition}. Otherwise an answer given here is not counted."),
		&(const struct tr_arg){ "condition", join_or(rq, ways, c->n) }, 1);
}

/* Questions come grouped by category, so each group is a stretch of them. */
static void add_groups(struct req *rq, const struct sheet *sheet, struct all_page *m)
{
	const struct scorecard *def = &sheet->pack->def;
	size_t at = 0;

	m->n_groups = def->n_categories;
	m->groups = arena_new(rq->arena, struct all_group, m->n_groups);
	for (size_t g = 0; g < m->n_groups; g++) {
		m->groups[g] = (struct all_group){
			.id = def->categories[g].id,
			.title = say(rq, &sheet->pack->categories[g].title),
			.meaning = say(rq, &sheet->pack->categories[g].meaning),
			.questions = &m->questions[at],
		};
		while (at < m->n_questions && def->questions[at].category == g) {
			m->groups[g].n_questions++;
			at++;
		}
	}
}

static size_t count_answered(const struct sheet *sheet)
{
	size_t n = 0;

	for (size_t i = 0; i < sheet->pack->def.n_questions; i++)
		n += sheet_is_answered(sheet, i);
	return n;
}

static struct all_page all_page(struct req *rq, const struct sheet *sheet)
{
	const struct scorecard *def = &sheet->pack->def;
	int blank = sheet_first_blank(sheet);
	struct all_page m = {
		.token = link_text(rq),
		.first = def->questions[blank < 0 ? 0 : blank].id,
		.questions = arena_new(rq->arena, struct all_question, def->n_questions),
		.n_questions = def->n_questions,
		.n_answered = count_answered(sheet),
		.link = own_link(rq),
		.is_fresh = sheet->updated_ms == sheet->created_ms,
		.comment_hint = comment_hint(rq, sheet),
	};

	if (sheet->in_round)
		m.link.hint = round_link_hint(rq);
	for (size_t i = 0; i < m.n_questions; i++)
		m.questions[i] = (struct all_question){
			.ask = ask_view(rq, sheet, i),
			.number = (int)i + 1,
			.condition = condition_words(rq, &def->questions[i]),
		};
	add_groups(rq, sheet, &m);
	return m;
}

/* Within a round the milestones stay away, as on the other pages of a respondent. */
static struct reply *all_reply(struct req *rq, int status, const struct sheet *sheet,
			       const struct all_page *m)
{
	struct view v = view_make(rq);

	scorecard_all_page(&v, m);
	return layout_reply(rq, status,
			    &(struct layout){
				    .title = tr(rq->language, "Every question on one page"),
				    .body = view_html(&v),
				    .steps = sheet->in_round ? (struct html){ .markup = S("") }
							     : site_steps(rq, "scorecard"),
			    });
}

struct reply *scorecard_all(struct req *rq)
{
	struct all_page m;
	struct sheet sheet;
	struct reply *other = sheet_to_fill(rq, &sheet);

	if (other)
		return other;
	m = all_page(rq, &sheet);
	return all_reply(rq, 200, &sheet, &m);
}

/* ---- saving ---- */

/* The question whose field `name` is, or -1; whether the field is its comment. */
static int field_question(const struct scorecard *def, struct str name, bool *ret_is_comment)
{
	struct str suffix = S(ALL_COMMENT);

	*ret_is_comment = str_ends(name, suffix);
	if (*ret_is_comment)
		name = str_slice(name, 0, name.len - suffix.len);
	return scorecard_find(def, name);
}

/* The form into `typed`, one per question. False when a field is none of ours. */
static bool read_form(struct req *rq, const struct scorecard *def, struct typed *typed)
{
	const struct all_args *args = rq->args;
	bool is_comment;

	for (size_t i = 0; i < args->fields.n; i++) {
		const struct arg_pair *field = &args->fields.items[i];
		int q = field_question(def, field->name, &is_comment);
		struct entry *e;

		if (q < 0)
			return false;
		e = &typed[q].entry;
		if (is_comment) {
			e->has_comment = true;
			e->comment = field->value;
		} else if (field->value.len > 0) {
			typed[q].answer_refused =
				answer_parse(&def->questions[q], field->value, &e->answer) != 0;
		}
	}
	for (size_t i = 0; i < rq->n_arg_errors; i++) {
		const struct arg_error *error = &rq->arg_errors[i];
		int q = field_question(def, str_from(error->name), &is_comment);

		if (q < 0)
			return false;
		if (is_comment) {
			typed[q].entry.has_comment = true;
			typed[q].entry.comment = error->value;
			typed[q].comment_fault = comment_fault_words(rq, error->fault);
		} else {
			typed[q].answer_refused = true;
		}
	}
	return true;
}

static size_t count_faults(const struct typed *typed, size_t n)
{
	size_t faults = 0;

	for (size_t i = 0; i < n; i++)
		faults += (size_t)typed[i].answer_refused + (typed[i].comment_fault.len > 0);
	return faults;
}

/* The page again, with everything that was typed and what is wrong with it. */
static struct reply *refuse_all(struct req *rq, const struct sheet *sheet,
				const struct typed *typed, size_t n_faults)
{
	size_t n_answered = count_answered(sheet); /* stored, unlike what is on the page */
	struct all_page m;

	for (size_t i = 0; i < sheet->pack->def.n_questions; i++) {
		if (typed[i].entry.answer.kind != ANSWER_MISSING)
			sheet->answers[i] = typed[i].entry.answer;
		if (typed[i].entry.has_comment)
			sheet->comments[i] = typed[i].entry.comment;
	}
	m = all_page(rq, sheet);
	m.n_answered = n_answered;
	m.n_faults = n_faults;
	for (size_t i = 0; i < m.n_questions; i++) {
		m.questions[i].ask.answer_refused = typed[i].answer_refused;
		m.questions[i].ask.comment_fault = typed[i].comment_fault;
	}
	return all_reply(rq, 422, sheet, &m);
}

struct reply *scorecard_save_all(struct req *rq)
{
	const size_t n = app_of(rq)->pack->scorecard.def.n_questions;
	struct typed *typed = arena_new(rq->arena, struct typed, n);
	struct entry *entries = arena_new(rq->arena, struct entry, n);
	struct sheet sheet;
	struct err err;
	size_t n_faults;
	int r = sheet_load(rq, &sheet, &err);

	if (r != 0)
		return sheet_failed(rq, r, &err);
	if (sheet.in_round && sheet.is_sent)
		return sheet_elsewhere(rq, sheet_url(rq, "/sent"));
	if (!read_form(rq, &sheet.pack->def, typed))
		return reply_status(rq, 400); /* no page of ours sends that */
	n_faults = count_faults(typed, n);
	if (n_faults > 0)
		return refuse_all(rq, &sheet, typed, n_faults);
	for (size_t i = 0; i < n; i++)
		entries[i] = typed[i].entry;
	r = sheet_save_all(rq, &sheet, entries, &err);
	if (r != 0)
		return sheet_failed(rq, r, &err);
	/* What was typed is kept, though the round is over; the next page says so. */
	if (sheet.in_round && sheet.round.state != ROUND_OPEN)
		return sheet_elsewhere(rq, sheet_url(rq, ""));
	return reply_redirect(rq, sheet_url(rq, "/review"));
}
