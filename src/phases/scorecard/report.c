/* The result as a document: see report.h. */
#include "phases/scorecard/report.h"

#include "chart/chart.h"
#include "phases/scorecard/report_priv.h"

struct report {
	struct req *rq;
	struct arena *a;
	enum language l;
	const struct result *r;
	struct document d;
};

static struct str out_of(struct report *p, int points, int max)
{
	return report_out_of(p->rq, fmt_int(p->a, p->l, points), max);
}

static struct str up_to(struct report *p, int max)
{
	return tr_fill(p->a, trn(p->l, "up to {n} point", "up to {n} points", max),
		       &(const struct tr_arg){ "n", fmt_int(p->a, p->l, max) }, 1);
}

static struct str gain_words(struct report *p, int gain)
{
	return tr_fill(p->a, trn(p->l, "+{n} point", "+{n} points", gain),
		       &(const struct tr_arg){ "n", fmt_int(p->a, p->l, gain) }, 1);
}

static struct str quoted(struct report *p, struct str answer)
{
	return tr_fill(p->a, tr(p->l, "“{answer}”"), &(const struct tr_arg){ "answer", answer }, 1);
}

static struct str joined(struct report *p, struct str first, struct str second)
{
	if (!first.len || !second.len)
		return first.len ? first : second;
	return str_fmt(p->a, "%.*s %.*s", STR_ARG(first), STR_ARG(second));
}

static struct str blanks_words(struct report *p)
{
	int64_t n = (int64_t)p->r->n_blanks;

	return tr_fill(
		p->a,
		trn(p->l,
		    "{n} question is still blank and counts 0 points: the score can only rise.",
		    "{n} questions are still blank and count 0 points: the score can only rise.",
		    n),
		&(const struct tr_arg){ "n", fmt_int(p->a, p->l, n) }, 1);
}

static void add_first_page(struct report *p)
{
	const struct result *r = p->r;
	struct str position =
		tr_fill(p->a,
			r->needed.len ? tr(p->l, "{points}, in the band {range}; {needed}.")
				      : tr(p->l, "{points}, in the band {range}."),
			(const struct tr_arg[]){ { "points", r->points },
						 { "range", r->band_range },
						 { "needed", r->needed } },
			3);

	document_heading(p->a, &p->d, 1, tr(p->l, "The result in brief"));
	document_fact(p->a, &p->d, fmt_sentence(p->a, r->estimate), tr(p->l, "Estimated maturity"));
	document_lead(p->a, &p->d, r->headline);
	document_paragraph(p->a, &p->d, position);
	document_figure(p->a, &p->d, chart_standalone(p->a, result_scale_svg(p->rq, "scale", r)),
			position, S(""));
	if (r->n_blanks > 0)
		document_note(p->a, &p->d, blanks_words(p));
}

static void add_categories(struct report *p)
{
	const struct result *r = p->r;

	document_heading(p->a, &p->d, 2, tr(p->l, "By category"));
	for (size_t i = 0; i < r->n_categories; i++)
		report_category(p->rq, &p->d, &r->categories[i], S(""));
}

/* The tag of each is what it earns, to be replaced where something else is to be said. Returns the
 * items. */
static struct list_item *add_questions(struct report *p, struct str title,
				       const struct result_question *questions, size_t n,
				       struct str when_none)
{
	struct list_item *items;

	document_heading(p->a, &p->d, 2, title);
	if (n == 0) {
		document_paragraph(p->a, &p->d, when_none);
		return NULL;
	}
	items = document_list(p->a, &p->d, n, false);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct list_item){
			.title = questions[i].label,
			.detail = questions[i].remark,
			.tag = out_of(p, questions[i].points, questions[i].max),
		};
	return items;
}

static void add_meaning(struct report *p)
{
	const struct result *r = p->r;
	struct list_item *unknowns;

	document_heading(p->a, &p->d, 1, tr(p->l, "What this result says"));
	for (size_t i = 0; i < r->n_commentary; i++)
		document_paragraph(p->a, &p->d, r->commentary[i]);
	document_note(p->a, &p->d, r->caveat);
	(void)add_questions(p, tr(p->l, "Strengths"), r->strengths, r->n_strengths,
			    tr(p->l, "No answer earns three quarters of the points yet."));
	(void)add_questions(
		p, tr(p->l, "To strengthen"), r->weaknesses, r->n_weaknesses,
		tr(p->l, "Among the answers given, none earns half of the points or less."));
	unknowns = add_questions(p, tr(p->l, "Still unknown"), r->unknowns, r->n_unknowns,
				 tr(p->l, "No “I don’t know” among the answers."));
	for (size_t i = 0; unknowns && i < r->n_unknowns; i++)
		unknowns[i].tag = up_to(p, r->unknowns[i].max);
}

static void add_steps(struct report *p)
{
	const struct result *r = p->r;
	struct list_item *items;

	if (r->n_steps == 0)
		return;
	document_heading(p->a, &p->d, 1, tr(p->l, "The shortest way to the next band"));
	document_paragraph(
		p->a, &p->d,
		tr_fill(p->a,
			trn(p->l,
			    "{n} step is enough. Of all ways as short, this one has the most effect.",
			    "{n} steps are enough. Of all ways as short, this one has the most effect.",
			    (int64_t)r->n_steps),
			&(const struct tr_arg){ "n", fmt_int(p->a, p->l, (int64_t)r->n_steps) },
			1));
	items = document_list(p->a, &p->d, r->n_steps, true);
	for (size_t i = 0; i < r->n_steps; i++)
		items[i] = (struct list_item){
			.title = r->steps[i].title,
			.detail = tr_fill(p->a, tr(p->l, "from “{from}” to “{to}”"),
					  (const struct tr_arg[]){ { "from", r->steps[i].from },
								   { "to", r->steps[i].to } },
					  2),
			.tag = gain_words(p, r->steps[i].points),
		};
}

static void add_actions(struct report *p)
{
	const struct result *r = p->r;
	struct list_item *items;

	document_heading(p->a, &p->d, 1, r->actions_title);
	items = document_list(p->a, &p->d, r->n_actions, true);
	for (size_t i = 0; i < r->n_actions; i++) {
		const struct result_action *action = &r->actions[i];

		items[i] = (struct list_item){
			.title = action->title,
			.detail = joined(p, action->detail, action->reason),
			.tag = action->is_done ? tr(p->l, "Already in place") : (struct str){ 0 },
		};
	}
	document_heading(p->a, &p->d, 2, r->next_title);
	document_note(p->a, &p->d, r->next_text);
}

static void add_answers(struct report *p)
{
	const struct result *r = p->r;
	struct table_cell *cells;

	document_heading(p->a, &p->d, 1, tr(p->l, "Question by question"));
	cells = document_table(p->a, &p->d,
			       tr(p->l, "Answers, points and the next step of each question"), 4,
			       r->n_questions + 1);
	*cells++ = table_text(tr(p->l, "Question"));
	*cells++ = table_text(tr(p->l, "Answer"));
	*cells++ = table_number(tr(p->l, "Points"));
	*cells++ = table_text(tr(p->l, "One more step"));
	for (size_t i = 0; i < r->n_questions; i++) {
		const struct result_question *q = &r->questions[i];
		struct str answer = q->is_asked ? q->answer : tr(p->l, "not asked");

		*cells++ = table_text(q->label);
		*cells++ = table_text(q->comment.len ? str_fmt(p->a, "%.*s — %.*s", STR_ARG(answer),
							       STR_ARG(q->comment))
						     : answer);
		*cells++ = table_number(out_of(p, q->points, q->max));
		*cells++ = table_text(
			q->has_gain ? joined(p, quoted(p, q->next), gain_words(p, q->gain))
				    : S("–"));
	}
}

/* The twin of the first page's bars. */
static void add_points(struct report *p)
{
	const struct result *r = p->r;
	struct table_cell *cells;

	cells = document_table(p->a, &p->d, tr(p->l, "Points by category"), 4, r->n_categories + 1);
	*cells++ = table_text(tr(p->l, "Category"));
	*cells++ = table_number(tr(p->l, "Points"));
	*cells++ = table_number(tr(p->l, "Maximum"));
	*cells++ = table_number(tr(p->l, "Share"));
	for (size_t i = 0; i < r->n_categories; i++) {
		*cells++ = table_text(r->categories[i].title);
		*cells++ = table_number(r->categories[i].points_words);
		*cells++ = table_number(fmt_int(p->a, p->l, r->categories[i].max));
		*cells++ = table_number(r->categories[i].share_words);
	}
}

static void add_method(struct report *p)
{
	const struct result *r = p->r;
	size_t from = p->d.blocks.n;
	struct table_cell *cells;

	document_heading(p->a, &p->d, 1, tr(p->l, "How this was computed"));
	document_paragraph(
		p->a, &p->d,
		tr(p->l,
		   "Each answer gives points fixed in advance; the score is their sum. A blank and an “I don’t know” both give 0 points; the latter is listed as something to find out."));
	document_paragraph(
		p->a, &p->d,
		tr_fill(p->a,
			tr(p->l,
			   "The estimate, “{estimate}”, belongs to the band as a whole. It is not the share of the points, which is {share} here."),
			(const struct tr_arg[]){ { "estimate", r->estimate },
						 { "share", r->share } },
			2));
	document_paragraph(
		p->a, &p->d,
		tr(p->l,
		   "The shortest way is the smallest set of one-step improvements that reaches the next band; between equal sets, the most influential questions come first."));
	add_points(p);
	cells = document_table(p->a, &p->d, tr(p->l, "Bands of the score"), 4, r->n_bands + 1);
	*cells++ = table_text(tr(p->l, "Band"));
	*cells++ = table_number(tr(p->l, "From"));
	*cells++ = table_number(tr(p->l, "To"));
	*cells++ = table_text(tr(p->l, "Estimate"));
	for (size_t i = 0; i < r->n_bands; i++) {
		*cells++ = table_text(r->bands[i].title);
		*cells++ = table_number(fmt_int(p->a, p->l, r->bands[i].min));
		*cells++ = table_number(fmt_int(p->a, p->l, r->bands[i].max));
		*cells++ = table_text(r->bands[i].estimate);
	}
	document_keep(&p->d, from);
}

static void fill(struct report *p, const struct sheet *sheet)
{
	p->d = (struct document){
		.title = tr(p->l, "Data scorecard"),
		.subtitle = p->r->band_title,
		.language = language_code(p->l),
		.date = p->r->date,
		.created_ms = sheet->updated_ms,
		.page_label = tr(p->l, "page {page} of {pages}"),
	};
	add_first_page(p);
	add_categories(p);
	report_first_actions(p->rq, &p->d, p->r->actions, p->r->n_top);
	add_meaning(p);
	add_steps(p);
	add_actions(p);
	add_answers(p);
	add_method(p);
}

int report_write(struct req *rq, const struct sheet *sheet, enum document_form form,
		 struct str *ret, struct err *err)
{
	struct result result = result_make(rq, sheet);
	struct report p = { .rq = rq, .a = rq->arena, .l = rq->language, .r = &result };

	fill(&p, sheet);
	return document_write(rq->arena, &p.d, form, ret, err);
}
