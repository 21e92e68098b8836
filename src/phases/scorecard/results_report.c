/* A campaign's results as a document: see results_export.h. */
#include "chart/chart.h"
#include "phases/scorecard/report_priv.h"
#include "phases/scorecard/results_export.h"
#include "phases/scorecard/results_priv.h"

struct report {
	struct req *rq;
	struct arena *a;
	enum language l;
	const struct results *r;
	const struct export_beside *beside;
	struct document d;
};

static void paragraph(struct report *p, struct str text)
{
	document_paragraph(p->a, &p->d, text);
}

/* A chart and what it says. */
static void figure(struct report *p, struct str svg, struct str words)
{
	document_figure(p->a, &p->d, chart_standalone(p->a, svg), words, S(""));
}

static struct str labelled(struct report *p, struct str label, struct str text)
{
	return tr_fill(p->a, tr(p->l, "{label}: {text}"),
		       (const struct tr_arg[]){ { "label", label }, { "text", text } }, 2);
}

static struct str number(struct report *p, int64_t n)
{
	return fmt_int(p->a, p->l, n);
}

/* ---- the first page ---- */

/* What kind of campaign it was, and what is to be discussed or asked. */
static void add_counts(struct report *p)
{
	const struct results *r = p->r;
	bool is_anonymous = r->round.terms.mode == ROUND_ANONYMOUS;
	struct str mode = tr(p->l, is_anonymous ? N_("anonymous") : N_("named"));
	struct str apart =
		results_fill(p->rq, trn(p->l, "{n} question", "{n} questions", (int64_t)r->n_apart),
			     "n", number(p, (int64_t)r->n_apart));
	struct str campaign = labelled(
		p, tr(p->l, "Campaign"),
		str_fmt(p->a, "%.*s, %.*s", STR_ARG(results_dates(p->rq, r)), STR_ARG(mode)));
	struct str unknown =
		labelled(p, tr(p->l, "“I don’t know”"), number(p, (int64_t)r->n_unknown));

	paragraph(p,
		  str_fmt(p->a, "%.*s. %.*s. %.*s.", STR_ARG(campaign),
			  STR_ARG(labelled(p, tr(p->l, "To discuss"), apart)), STR_ARG(unknown)));
}

static void add_first_page(struct report *p)
{
	const struct results *r = p->r;
	struct str range = r->range_words.len ? str_fmt(p->a, "%.*s, %.*s.", STR_ARG(r->points),
							STR_ARG(r->range_words))
					      : str_fmt(p->a, "%.*s.", STR_ARG(r->points));

	document_heading(p->a, &p->d, 1, tr(p->l, "The result in brief"));
	document_fact(p->a, &p->d, fmt_sentence(p->a, r->band.estimate),
		      tr(p->l, "Estimated maturity, opinions taken together"));
	document_lead(p->a, &p->d, r->sentence);
	paragraph(p, str_fmt(p->a, "%.*s %.*s.", STR_ARG(range), STR_ARG(r->respondents)));
	figure(p,
	       results_scale_svg(p->rq, "scale", r, r->whole.score, r->whole.band,
				 r->range.is_known),
	       range);
	if (r->has_agreed)
		document_note(p->a, &p->d,
			      str_fmt(p->a, "%.*s. %.*s", STR_ARG(r->agreed_title),
				      STR_ARG(r->agreed_words)));
	add_counts(p);
	paragraph(p, r->ignored);
	if (r->range.is_known)
		document_figure(p->a, &p->d, chart_standalone(p->a, results_chances_svg(p->rq, r)),
				tr(p->l, "How often each band comes out"),
				tr(p->l, "How often each band comes out"));
}

/* "+1,5 since Spring", as the page has it. */
static struct str since_before(struct report *p, const struct result_category *c)
{
	const char *words =
		c->change_half == 0 ? N_("unchanged since {title}") : N_("{change} since {title}");

	return tr_fill(
		p->a, tr(p->l, words),
		(const struct tr_arg[]){ { "change", c->change }, { "title", p->r->before_title } },
		2);
}

static void add_categories(struct report *p)
{
	const struct results *r = p->r;
	size_t from = p->d.blocks.n;

	document_heading(p->a, &p->d, 2, tr(p->l, "By category"));
	for (size_t i = 0; i < r->n_categories; i++) {
		const struct result_category *c = &r->categories[i];

		report_category(p->rq, &p->d, c, c->has_before ? since_before(p, c) : S(""));
	}
	document_keep(&p->d, from);
}

/* ---- questions ---- */

/* "Agreed: Some" */
static struct str agreed_answer(struct report *p, const struct results_question *q)
{
	return results_fill(p->rq, tr(p->l, "Agreed: {answer}"), "answer", q->agreement.answer);
}

static void question_row(struct report *p, const struct results_question *q,
			 struct table_cell *cells)
{
	*cells++ = table_text(q->label);
	*cells++ = table_number(q->is_few ? q->median : report_out_of(p->rq, q->median, q->max));
	if (p->r->has_before)
		*cells++ = table_number(q->is_comparable ? q->change : tr(p->l, "not comparable"));
	*cells++ = table_text(q->mode);
	*cells++ = table_number(q->mode_share);
	*cells++ = table_number(q->unknown);
	*cells = table_text(q->has_agreement ? agreed_answer(p, q) : q->opinions_words);
}

static void add_questions(struct report *p)
{
	const struct results *r = p->r;
	size_t n_columns = r->has_before ? 7 : 6;
	struct table_cell *cells;

	document_heading(p->a, &p->d, 1, tr(p->l, "Question by question"));
	paragraph(p,
		  r->by_pack
			  ? tr(p->l, "In the order in which they are asked.")
			  : tr(p->l,
			       "The most disputed first: these are what a workshop must settle."));
	cells = document_table(p->a, &p->d, tr(p->l, "Answers, median and spread of each question"),
			       n_columns, r->n_questions + 1);
	*cells++ = table_text(tr(p->l, "Question"));
	*cells++ = table_number(tr(p->l, "Median"));
	if (r->has_before)
		*cells++ = table_number(trc(p->l, "difference", "Change"));
	*cells++ = table_text(tr(p->l, "Most frequent answer"));
	*cells++ = table_number(tr(p->l, "Its share"));
	*cells++ = table_number(tr(p->l, "“I don’t know”"));
	*cells++ = table_text(tr(p->l, "Opinions"));
	for (size_t i = 0; i < r->n_questions; i++, cells += n_columns)
		question_row(p, &r->questions[i], cells);
}

static void add_answers(struct report *p, struct str caption, const struct results_answer *answers,
			size_t n)
{
	struct table_cell *cells = document_table(p->a, &p->d, caption, 3, n + 1);

	*cells++ = table_text(tr(p->l, "Answer"));
	*cells++ = table_number(tr(p->l, "Points"));
	*cells++ = table_number(tr(p->l, "Given"));
	for (size_t i = 0; i < n; i++) {
		*cells++ = table_text(answers[i].label);
		*cells++ =
			table_number(answers[i].has_points ? number(p, answers[i].points) : S("–"));
		*cells++ = table_number(answers[i].count);
	}
}

/* What a workshop voted again. */
static void add_second(struct report *p, const struct results_question *q)
{
	size_t from;

	if (!q->second.is_held)
		return;
	if (q->second.hidden.len) {
		paragraph(p, q->second.words);
		return;
	}
	from = p->d.blocks.n;
	document_heading(p->a, &p->d, 3, tr(p->l, "Second vote"));
	paragraph(p, q->second.words);
	figure(p, results_second_svg(p->rq, q), q->second.words);
	document_keep(&p->d, from);
	add_answers(p,
		    results_fill(p->rq, tr(p->l, "Second vote: {question}"), "question", q->label),
		    q->second.answers, q->second.n_answers);
}

/* What was written beside it. */
static void add_comments(struct report *p, const struct results_question *q)
{
	const struct export_comments *comments = &p->beside->comments;
	bool is_headed = false;

	for (size_t i = 0; i < comments->n; i++) {
		const struct export_comment *c = &comments->items[i];

		if (c->question != q)
			continue;
		if (!is_headed)
			document_heading(p->a, &p->d, 3, tr(p->l, "Comments"));
		is_headed = true;
		paragraph(p, c->author.len ? str_fmt(p->a, "%.*s — %.*s", STR_ARG(c->text),
						     STR_ARG(c->author))
					   : c->text);
	}
}

/* `from`: the block of its heading, which stays with the drawing. */
static void add_figures(struct report *p, const struct results_question *q, size_t from)
{
	figure(p, results_distribution_svg(p->rq, q), results_distribution_words(p->rq, q));
	document_keep(&p->d, from);
	add_answers(p,
		    results_fill(p->rq, tr(p->l, "How often each answer was given to “{question}”"),
				 "question", q->label),
		    q->answers, q->n_answers);
	paragraph(p, results_fill(p->rq, tr(p->l, "Interquartile range of the points: {iqr}"),
				  "iqr", q->iqr));
}

static void add_distribution(struct report *p, const struct results_question *q)
{
	size_t from = p->d.blocks.n;

	document_heading(p->a, &p->d, 2, q->label);
	paragraph(p, labelled(p, tr(p->l, "Category"), q->category));
	paragraph(p, q->text);
	if (q->asked.len)
		paragraph(p, str_fmt(p->a, "%.*s.", STR_ARG(q->asked)));
	if (q->is_few)
		paragraph(p, fmt_sentence(p->a, str_fmt(p->a, "%.*s.", STR_ARG(q->mode))));
	else
		add_figures(p, q, from);
	if (q->ask.len)
		paragraph(p, labelled(p, tr(p->l, "Whom to ask"), q->ask));
	add_second(p, q);
}

static void add_distributions(struct report *p)
{
	document_heading(p->a, &p->d, 1, tr(p->l, "Every answer"));
	for (size_t i = 0; i < p->r->n_questions; i++) {
		add_distribution(p, &p->r->questions[i]);
		add_comments(p, &p->r->questions[i]);
	}
	if (p->beside->comments.is_cut)
		document_note(p->a, &p->d,
			      tr(p->l, "More comments are on the pages of the campaign."));
}

/* ---- departments ---- */

static void add_department_cells(const struct results_cell *cells, size_t n, struct table_cell *ret)
{
	for (size_t i = 0; i < n; i++)
		ret[i] = table_number(cells[i].words);
}

/* Departments shown against questions, so many to a table as a page has room for. */
static void add_heat_questions(struct report *p)
{
	enum { COLUMNS = 5 };
	const struct results *r = p->r;
	const struct results_department **shown =
		arena_new(p->a, const struct results_department *, r->n_departments);
	size_t n = 0;

	for (size_t i = 0; i < r->n_departments; i++)
		if (r->departments[i].state == HEAT_SHOWN)
			shown[n++] = &r->departments[i];
	for (size_t first = 0; first < n; first += COLUMNS) {
		size_t some = n - first < COLUMNS ? n - first : COLUMNS;
		struct table_cell *cells = document_table(
			p->a, &p->d, tr(p->l, "Share of the points by question and department"),
			some + 1, r->n_questions + 1);

		*cells++ = table_text(tr(p->l, "Question"));
		for (size_t k = 0; k < some; k++)
			*cells++ = table_number(shown[first + k]->name);
		for (size_t i = 0; i < r->n_questions; i++) {
			*cells++ = table_text(r->questions[i].label);
			for (size_t k = 0; k < some; k++)
				add_department_cells(
					&shown[first + k]->questions[r->questions[i].index], 1,
					cells++);
		}
	}
}

static void add_departments(struct report *p)
{
	const struct results *r = p->r;
	struct table_cell *cells;

	if (!r->has_departments)
		return;
	document_heading(p->a, &p->d, 1, tr(p->l, "By department"));
	paragraph(p, r->hiding.rule);
	cells = document_table(p->a, &p->d,
			       tr(p->l, "Share of the points by department and category"),
			       r->n_categories + 3, r->n_departments + 1);
	*cells++ = table_text(tr(p->l, "Department"));
	*cells++ = table_text(tr(p->l, "Answers"));
	for (size_t i = 0; i < r->n_categories; i++)
		*cells++ = table_number(r->categories[i].title);
	*cells++ = table_number(tr(p->l, "Score"));
	for (size_t i = 0; i < r->n_departments; i++) {
		const struct results_department *d = &r->departments[i];

		*cells++ = table_text(d->name);
		*cells++ = table_text(d->state == HEAT_SHOWN ? d->respondents : d->score.words);
		add_department_cells(d->categories, r->n_categories, cells);
		cells += r->n_categories;
		*cells++ = table_number(d->score.words);
	}
	if (r->hides_departments)
		document_note(p->a, &p->d, r->hiding.reason);
	add_heat_questions(p);
	paragraph(p, r->hiding.how);
}

/* ---- what follows from it ---- */

/* The first vote, the second one, and what was agreed on. */
static struct list_item settled(struct report *p, const struct results_question *q)
{
	struct str agreed =
		q->has_agreement ? agreed_answer(p, q) : tr(p->l, "Nothing was agreed on.");
	struct str votes = q->second.is_held ? str_fmt(p->a, "%.*s %.*s", STR_ARG(q->as_answered),
						       STR_ARG(q->second.words))
					     : q->as_answered;

	return (struct list_item){
		.title = str_fmt(p->a, "%.*s — %.*s", STR_ARG(q->label), STR_ARG(agreed)),
		.detail = q->has_agreement ? str_fmt(p->a, "%.*s %.*s (%.*s)", STR_ARG(votes),
						     STR_ARG(q->agreement.reason),
						     STR_ARG(q->agreement.when))
					   : votes,
	};
}

static void add_agreed_score(struct report *p)
{
	const struct results *r = p->r;

	paragraph(p, tr_fill(p->a, tr(p->l, "Agreed score: {agreed}; as answered: {score}."),
			     (const struct tr_arg[]){ { "agreed", r->agreed_score },
						      { "score", r->score } },
			     2));
	figure(p, results_scale_svg(p->rq, "agreed", r, r->agreed.score, r->agreed.band, false),
	       r->agreed_score);
}

static void add_agreed(struct report *p)
{
	const struct results *r = p->r;
	struct list_item *items;
	size_t n = 0;

	if (!r->has_agreed && r->n_second == 0)
		return;
	document_heading(p->a, &p->d, 1,
			 r->has_agreed ? tr(p->l, "With what was agreed on")
				       : tr(p->l, "Voted again"));
	if (r->has_agreed)
		add_agreed_score(p);
	for (size_t i = 0; i < r->n_questions; i++)
		n += r->questions[i].has_agreement || r->questions[i].second.is_held;
	items = document_list(p->a, &p->d, n, false);
	for (size_t i = 0; i < r->n_questions; i++)
		if (r->questions[i].has_agreement || r->questions[i].second.is_held)
			*items++ = settled(p, &r->questions[i]);
}

static void add_way(struct report *p)
{
	const struct results *r = p->r;
	struct list_item *items;

	if (!r->way.has_next)
		return;
	document_heading(p->a, &p->d, 1, tr(p->l, "The shortest way to the next band"));
	paragraph(p, str_fmt(p->a, "%.*s. %.*s", STR_ARG(fmt_sentence(p->a, r->way_needed)),
			     STR_ARG(r->way_sum)));
	items = document_list(p->a, &p->d, r->n_steps, true);
	for (size_t i = 0; i < r->n_steps; i++)
		items[i] = (struct list_item){
			.title = r->steps[i].title,
			.detail = r->steps[i].detail,
			.tag = r->steps[i].gain,
		};
}

static struct str before_words(struct report *p)
{
	const struct results *r = p->r;
	struct str words =
		tr_fill(p->a, tr(p->l, "Compared with {title}, opened on {date}: {score}"),
			(const struct tr_arg[]){ { "title", r->before_title },
						 { "date", r->before_when },
						 { "score", r->before_score } },
			3);

	if (r->before_range.len)
		words = str_fmt(p->a, "%.*s (%.*s)", STR_ARG(words), STR_ARG(r->before_range));
	if (r->is_whole)
		words = str_fmt(p->a, "%.*s, %.*s", STR_ARG(words), STR_ARG(r->score_change));
	return str_fmt(p->a, "%.*s.", STR_ARG(words));
}

static void add_others(struct report *p)
{
	if (!p->r->has_before && p->beside->place.len == 0)
		return;
	document_heading(p->a, &p->d, 1, tr(p->l, "Beside others"));
	if (p->r->has_before)
		paragraph(p, before_words(p));
	paragraph(p, p->beside->place);
}

/* What to do, why, the questions that it serves, and what the plan says of it. */
static struct str action_detail(struct report *p, size_t i)
{
	const struct result_action *a = &p->r->band.actions[i];
	const struct adoption_view *adopted = &p->beside->plan.actions[i];
	struct str labels = fmt_list(p->a, p->l, a->labels, a->n_labels),
		   reason = report_why(p->rq, a);
	struct str plan = S("");

	if (a->n_labels > 0)
		labels = labelled(p, tr(p->l, a->n_labels == 1 ? N_("Question") : N_("Questions")),
				  labels);
	if (adopted->is_adopted)
		plan = labelled(p, tr(p->l, "In the plan"), adopted->state);
	return str_fmt(p->a, "%.*s%s%.*s%s%.*s%s%s%.*s%s", STR_ARG(a->detail),
		       reason.len ? " " : "", STR_ARG(reason), labels.len ? " " : "",
		       STR_ARG(labels), labels.len ? "." : "", plan.len ? " " : "", STR_ARG(plan),
		       plan.len ? "." : "");
}

static void add_meaning(struct report *p)
{
	const struct results *r = p->r;
	struct list_item *items;

	document_heading(p->a, &p->d, 1, tr(p->l, "What this result says"));
	paragraph(p, r->band.headline);
	for (size_t i = 0; i < r->band.n_commentary; i++)
		paragraph(p, r->band.commentary[i]);
	document_note(p->a, &p->d, r->band.caveat);
	document_heading(p->a, &p->d, 1, r->band.actions_title);
	items = document_list(p->a, &p->d, r->band.n_actions, true);
	for (size_t i = 0; i < r->band.n_actions; i++) {
		const struct result_action *a = &r->band.actions[i];

		items[i] = (struct list_item){
			.title = a->title,
			.detail = action_detail(p, i),
			.tag = a->is_done ? tr(p->l, "Already in place") : S(""),
		};
	}
}

static void add_method(struct report *p)
{
	const struct results *r = p->r;
	struct table_cell *cells;

	document_heading(p->a, &p->d, 1, tr(p->l, "How this was computed"));
	paragraph(
		p,
		tr(p->l,
		   "For each question the median of the points is taken: half of the answers earn as many or fewer, half as many or more. The score is the sum of the medians. “I don’t know” and questions not asked count as 0; an answer left blank is left out."));
	paragraph(p, r->few_words);
	if (r->range.is_known)
		document_paragraph(
			p->a, &p->d,
			tr(p->l,
			   "The range says what the score would be if other people like these had answered: in nine cases out of ten it would lie between its two ends. Only chance in who answered is in it, not what those who stayed away think."));
	cells = document_table(p->a, &p->d, tr(p->l, "Bands of the score"), 5, r->n_bands + 1);
	*cells++ = table_text(tr(p->l, "Band"));
	*cells++ = table_number(tr(p->l, "From"));
	*cells++ = table_number(tr(p->l, "To"));
	*cells++ = table_text(tr(p->l, "Estimate"));
	*cells++ = table_number(tr(p->l, "How often"));
	for (size_t i = 0; i < r->n_bands; i++) {
		*cells++ = table_text(r->bands[i].title);
		*cells++ = table_number(number(p, r->bands[i].min));
		*cells++ = table_number(number(p, r->bands[i].max));
		*cells++ = table_text(r->bands[i].estimate);
		*cells++ = table_number(r->bands[i].chance);
	}
}

static void fill(struct report *p)
{
	p->d = (struct document){
		.title = p->r->round.terms.title,
		.subtitle = p->r->band.band_title,
		.kind = tr(p->l, "Data scorecard"),
		.author = p->rq->actor.org_name,
		.logo = p->beside->logo,
		.language = language_code(p->l),
		.date = fmt_date(p->a, p->l,
				 p->r->round.has_closed ? p->r->round.closed_ms : p->rq->now_ms),
		.created_ms = p->r->round.updated_ms,
		.page_label = tr(p->l, "page {page} of {pages}"),
		.contents_title = tr(p->l, "Contents"),
	};
	add_first_page(p);
	add_categories(p);
	report_first_actions(p->rq, &p->d, p->r->band.actions, p->r->band.n_top);
	add_questions(p);
	add_departments(p);
	add_agreed(p);
	add_way(p);
	add_others(p);
	add_meaning(p);
	add_distributions(p);
	add_method(p);
}

int results_report_write(struct req *rq, const struct results *r,
			 const struct export_beside *beside, enum document_form form,
			 struct str *ret, struct err *err)
{
	struct report p = { .rq = rq, .a = rq->arena, .l = rq->language, .r = r, .beside = beside };

	fill(&p);
	return document_write(rq->arena, &p.d, form, ret, err);
}
