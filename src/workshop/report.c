/* The minutes as a document. */
#include "base/token.h"
#include "chart/chart.h"
#include "document/document.h"
#include "workshop/pages_priv.h"

struct report {
	struct req *rq;
	struct arena *a;
	enum language l;
	struct document d;
};

static void labelled(struct report *p, const char *label, struct str text)
{
	document_paragraph(
		p->a, &p->d,
		tr_fill(p->a, tr(p->l, "{label}: {text}"),
			(const struct tr_arg[]){ { "label", tr(p->l, label) }, { "text", text } },
			2));
}

/* The figure, and its numbers as a table. */
static void add_spread(struct report *p, const struct spread *s)
{
	struct table_cell *cells;
	struct block *b;

	if (s->hidden.len) {
		document_paragraph(p->a, &p->d,
				   tr_fill(p->a, tr(p->l, "{label}: {text}"),
					   (const struct tr_arg[]){ { "label", s->title },
								    { "text", s->hidden } },
					   2));
		return;
	}
	b = document_block(p->a, &p->d, BLOCK_FIGURE);
	b->svg = chart_standalone(p->a, s->svg);
	b->text = s->finding;
	b->caption = s->title;
	b->width = 1.0;
	cells = arena_new(p->a, struct table_cell, (s->n_rows + 1) * 3);
	b = document_block(p->a, &p->d, BLOCK_TABLE);
	b->text = s->finding;
	b->n_columns = 3;
	b->n_rows = s->n_rows + 1;
	b->cells = cells;
	*cells++ = (struct table_cell){ .text = tr(p->l, "Answer") };
	*cells++ = (struct table_cell){ tr(p->l, "Votes"), true };
	*cells++ = (struct table_cell){ tr(p->l, "Share"), true };
	for (size_t i = 0; i < s->n_rows; i++) {
		*cells++ = (struct table_cell){ .text = s->rows[i].label };
		*cells++ = (struct table_cell){ s->rows[i].count, true };
		*cells++ = (struct table_cell){ s->rows[i].share, true };
	}
}

static void add_item(struct report *p, const struct minutes_item *item)
{
	document_heading(p->a, &p->d, 2, item->label);
	document_paragraph(p->a, &p->d, item->text);
	if (item->is_agreed) {
		document_block(p->a, &p->d, BLOCK_LEAD)->text =
			tr_fill(p->a, tr(p->l, "Agreed: {value}"),
				&(const struct tr_arg){ "value", item->agreed }, 1);
		labelled(p, N_("Reason"), item->reason);
		if (item->dissent.len)
			labelled(p, N_("Other opinions"), item->dissent);
	} else if (item->was_skipped) {
		document_paragraph(p->a, &p->d, trc(p->l, "item of a workshop", "Set aside"));
	}
	for (size_t i = 0; i < item->n_spreads; i++)
		add_spread(p, &item->spreads[i]);
}

/* What was neither voted on nor agreed. */
static void add_untreated(struct report *p, const struct minutes_page *m)
{
	struct list_item *items;
	struct block *b;
	size_t n = 0;

	if (m->n_untreated == 0)
		return;
	items = arena_new(p->a, struct list_item, (size_t)m->n_untreated);
	for (size_t i = 0; i < m->n; i++)
		if (!m->items[i].is_agreed && m->items[i].n_spreads == 0)
			items[n++] = (struct list_item){
				.title = m->items[i].label,
				.detail = m->items[i].was_skipped
						  ? trc(p->l, "item of a workshop", "Set aside")
						  : tr(p->l, "Not treated"),
			};
	b = document_block(p->a, &p->d, BLOCK_LIST);
	b->items = items;
	b->n_items = n;
}

static void fill(struct report *p, const struct minutes_page *m, const struct scene *s)
{
	p->d = (struct document){
		.title = tr(p->l, "Minutes of the workshop"),
		.subtitle = m->title,
		.author = m->org_name,
		.language = language_code(p->l),
		.date = m->date,
		.created_ms = s->workshop.started_ms,
		.page_label = tr(p->l, "page {page} of {pages}"),
	};
	document_heading(p->a, &p->d, 1, tr(p->l, "In brief"));
	document_block(p->a, &p->d, BLOCK_LEAD)->text = m->summary;
	labelled(p, N_("Date"), m->date);
	labelled(p, N_("Participants"), m->people);
	if (m->names.len)
		labelled(p, N_("Names"), m->names);
	document_heading(p->a, &p->d, 1, tr(p->l, "What was agreed on"));
	if (m->n_agreed == 0)
		document_paragraph(p->a, &p->d, tr(p->l, "Nothing yet."));
	for (size_t i = 0; i < (size_t)m->n_agreed; i++)
		add_item(p, &m->items[i]);
	if (m->n_open == 0)
		return;
	document_heading(p->a, &p->d, 1, tr(p->l, "What was left open"));
	for (size_t i = (size_t)m->n_agreed; i < m->n; i++)
		if (m->items[i].n_spreads > 0)
			add_item(p, &m->items[i]);
	add_untreated(p, m);
}

static struct reply *minutes_file(struct req *rq, bool is_pdf)
{
	const struct desk_args *args = rq->args;
	struct report p = { .rq = rq, .a = rq->arena, .l = rq->language };
	struct minutes_page m;
	struct str bytes;
	struct scene s;
	struct err err;
	int r = scene_load(rq, args->round, &s, &err);

	if (r == 0 && !s.has_workshop)
		r = DB_NOT_FOUND;
	if (r == 0)
		r = minutes_make(rq, &s, &m, &err);
	if (r != 0)
		return scene_failed(rq, r, &err);
	fill(&p, &m, &s);
	r = is_pdf ? document_pdf(rq->arena, &p.d, &bytes, &err)
		   : document_docx(rq->arena, &p.d, &bytes, &err);
	if (r > 0)
		r = err_set(&err, FAULT_INTERNAL, "the minutes outgrew the limits of a document");
	if (r != 0)
		return reply_fault(rq, &err);
	return reply_file(
		rq,
		is_pdf ? "application/pdf"
		       : "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		str_fmt(rq->arena, "%.*s.%s", STR_ARG(tr(rq->language, "workshop-minutes")),
			is_pdf ? "pdf" : "docx"),
		bytes);
}

struct reply *minutes_pdf(struct req *rq)
{
	return minutes_file(rq, true);
}

struct reply *minutes_docx(struct req *rq)
{
	return minutes_file(rq, false);
}
