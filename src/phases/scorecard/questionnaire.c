/* The blank questionnaire, to be printed or filled in by hand: no answers, and no points. */
#include "document/document.h"
#include "people/people.h"
#include "phases/app.h"
#include "phases/scorecard/handlers.h"

struct paper {
	struct req *rq;
	struct arena *a;
	enum language l;
	const struct scorecard_pack *pack;
	struct document d;
};

/* Something to be written by hand after its label. */
static void blank(struct paper *p, struct str label)
{
	document_paragraph(
		p->a, &p->d,
		tr_fill(p->a, tr(p->l, "{label}: {line}"),
			(const struct tr_arg[]){
				{ "label", label },
				{ "line", S("________________________________________") } },
			2));
}

/* ---- before the questions ---- */

static void add_profiles(struct paper *p)
{
	const struct option_texts *profiles = &p->pack->profiles;
	struct list_item *items;

	if (profiles->n == 0)
		return;
	document_heading(p->a, &p->d, 2, tr(p->l, "Whom to involve"));
	items = document_list(p->a, &p->d, profiles->n, false);
	for (size_t i = 0; i < profiles->n; i++)
		items[i] = (struct list_item){ .title = say(p->rq, &profiles->items[i].title),
					       .detail = say(p->rq, &profiles->items[i].detail) };
}

static void add_beginning(struct paper *p)
{
	document_heading(p->a, &p->d, 1, tr(p->l, "Before you begin"));
	document_lead(p->a, &p->d, tr(p->l, "Tick one box for each question."));
	document_paragraph(
		p->a, &p->d,
		tr(p->l,
		   "If you do not know, tick that box rather than guess: it tells what is still to be found out. A comment is welcome, and never required; avoid naming people."));
	document_note(p->a, &p->d, say(p->rq, &p->pack->caveat));
	blank(p, tr(p->l, "Department"));
	blank(p, tr(p->l, "Date"));
	add_profiles(p);
}

/* ---- questions ---- */

/* Two ends with the levels between them, to be circled. */
static void add_scale(struct paper *p, const struct question *q, const struct question_text *text)
{
	struct buf levels = buf_make(p->a, 1024);

	for (int level = q->scale_min; level <= q->scale_max; level++)
		buf_fmt(&levels, "%s%d", level > q->scale_min ? "\u2003" : "", level);
	document_paragraph(
		p->a, &p->d,
		tr_fill(p->a, tr(p->l, "Circle a number, from {min} ({low}) to {max} ({high}):"),
			(const struct tr_arg[]){ { "min", fmt_int(p->a, p->l, q->scale_min) },
						 { "low", say(p->rq, &text->low) },
						 { "max", fmt_int(p->a, p->l, q->scale_max) },
						 { "high", say(p->rq, &text->high) } },
			4));
	document_lead(p->a, &p->d, buf_str(&levels));
}

static struct str option_words(struct paper *p, const struct option_text *option)
{
	struct str title = say(p->rq, &option->title), detail = say(p->rq, &option->detail);

	return detail.len ? str_fmt(p->a, "%.*s — %.*s", STR_ARG(title), STR_ARG(detail)) : title;
}

static void add_boxes(struct paper *p, const struct question *q, const struct question_text *text)
{
	size_t n = q->kind == QUESTION_OPTIONS ? q->n_options : 0;
	struct list_item *items = document_boxes(p->a, &p->d, n + 1);

	for (size_t i = 0; i < n; i++)
		items[i].detail = option_words(p, &text->options[i]);
	items[n].detail = say(p->rq, &p->pack->unknown.title);
}

static void add_question(struct paper *p, size_t i)
{
	const struct question *q = &p->pack->def.questions[i];
	const struct question_text *text = &p->pack->questions[i];

	document_heading(p->a, &p->d, 2,
			 str_fmt(p->a, "%zu. %.*s", i + 1, STR_ARG(say(p->rq, &text->text))));
	document_note(p->a, &p->d, say(p->rq, &text->help));
	document_paragraph(p->a, &p->d, condition_words(p->rq, q));
	if (q->kind == QUESTION_SCALE)
		add_scale(p, q, text);
	add_boxes(p, q, text);
	blank(p, tr(p->l, "Comment"));
}

/* Questions come grouped by category. */
static void add_questions(struct paper *p)
{
	const struct scorecard *def = &p->pack->def;

	for (size_t i = 0; i < def->n_questions; i++) {
		size_t category = def->questions[i].category, from = p->d.blocks.n;

		if (i == 0 || def->questions[i - 1].category != category) {
			document_heading(p->a, &p->d, 1,
					 say(p->rq, &p->pack->categories[category].title));
			document_paragraph(p->a, &p->d,
					   say(p->rq, &p->pack->categories[category].meaning));
		}
		add_question(p, i);
		document_keep(&p->d, from);
	}
}

static struct reply *questionnaire(struct req *rq, enum document_form form, const char *ending)
{
	const struct pack *pack = app_of(rq)->pack;
	struct paper p = { .rq = rq, .a = rq->arena, .l = rq->language, .pack = &pack->scorecard };
	struct str bytes;
	struct err err;

	p.d = (struct document){
		.title = say(rq, &pack->title),
		.subtitle = tr(rq->language, "Blank questionnaire"),
		.language = language_code(rq->language),
		.date = tr_fill(p.a, tr(rq->language, "Version {n}"),
				&(const struct tr_arg){ "n", fmt_int(p.a, p.l, pack->version) }, 1),
		.created_ms = rq->now_ms,
		.page_label = tr(rq->language, "page {page} of {pages}"),
	};
	add_beginning(&p);
	add_questions(&p);
	if (document_write(rq->arena, &p.d, form, &bytes, &err) != 0)
		return reply_fault(rq, &err);
	return reply_download(rq,
			      file_name(rq, &(struct file_label){ .what = N_("Blank questionnaire"),
								  .ending = ending }),
			      bytes);
}

struct reply *questionnaire_pdf(struct req *rq)
{
	return questionnaire(rq, DOCUMENT_PDF, "pdf");
}

struct reply *questionnaire_docx(struct req *rq)
{
	return questionnaire(rq, DOCUMENT_DOCX, "docx");
}
