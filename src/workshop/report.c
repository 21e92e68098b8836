/* The minutes as a document. */
#include "base/token.h"
#include "chart/chart.h"
#include "document/document.h"
#include "people/org_page.h"
#include "people/people.h"
#include "workshop/pages_priv.h"

struct report {
	struct req *rq;
	struct arena *a;
	enum language l;
	struct str logo; /* as document.h takes it */
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

	if (s->hidden.len) {
		document_paragraph(p->a, &p->d,
				   tr_fill(p->a, tr(p->l, "{label}: {text}"),
					   (const struct tr_arg[]){ { "label", s->title },
								    { "text", s->hidden } },
					   2));
		return;
	}
	document_figure(p->a, &p->d, chart_standalone(p->a, s->svg), s->finding, s->title);
	cells = document_table(p->a, &p->d, s->finding, 3, s->n_rows + 1);
	*cells++ = table_text(tr(p->l, "Answer"));
	*cells++ = table_number(tr(p->l, "Votes"));
	*cells++ = table_number(tr(p->l, "Share"));
	for (size_t i = 0; i < s->n_rows; i++) {
		*cells++ = table_text(s->rows[i].label);
		*cells++ = table_number(s->rows[i].count);
		*cells++ = table_number(s->rows[i].share);
	}
}

static void add_item(struct report *p, const struct minutes_item *item)
{
	document_heading(p->a, &p->d, 2, item->label);
	labelled(p, N_("Category"), item->group);
	document_paragraph(p->a, &p->d, item->text);
	if (item->is_agreed) {
		document_lead(p->a, &p->d,
			      tr_fill(p->a, tr(p->l, "Agreed: {value}"),
				      &(const struct tr_arg){ "value", item->agreed }, 1));
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
	size_t n = 0;

	if (m->n_untreated == 0)
		return;
	items = document_list(p->a, &p->d, (size_t)m->n_untreated, false);
	for (size_t i = 0; i < m->n; i++)
		if (!m->items[i].is_agreed && m->items[i].n_spreads == 0)
			items[n++] = (struct list_item){
				.title = m->items[i].label,
				.detail = m->items[i].was_skipped
						  ? trc(p->l, "item of a workshop", "Set aside")
						  : tr(p->l, "Not discussed"),
			};
}

static void fill(struct report *p, const struct minutes_page *m, const struct scene *s)
{
	p->d = (struct document){
		.title = tr(p->l, "Minutes of the workshop"),
		.subtitle = m->title,
		.author = m->org_name,
		.logo = p->logo,
		.language = language_code(p->l),
		.date = m->date,
		.created_ms = s->workshop.started_ms,
		.page_label = tr(p->l, "page {page} of {pages}"),
	};
	document_heading(p->a, &p->d, 1, tr(p->l, "In brief"));
	document_lead(p->a, &p->d, m->summary);
	labelled(p, N_("Date"), m->date);
	labelled(p, N_("Participants"), m->people);
	if (m->names.len)
		labelled(p, N_("Present"), m->names);
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

static struct reply *minutes_file(struct req *rq, enum document_form form, const char *ending)
{
	struct report p = { .rq = rq, .a = rq->arena, .l = rq->language };
	struct minutes_page m;
	struct str bytes;
	struct scene s;
	struct err err;
	struct str type, logo;
	int r = minutes_load(rq, &s, &m, &err);

	if (r == 0)
		r = org_logo(rq, &type, &logo, &err);
	if (r != 0)
		return scene_failed(rq, r, &err);
	p.logo = document_logo(rq->arena, type, logo);
	fill(&p, &m, &s);
	r = document_write(rq->arena, &p.d, form, &bytes, &err);
	if (r != 0)
		return reply_fault(rq, &err);
	return reply_download(rq, org_file_name(rq, N_("Workshop minutes"), ending), bytes);
}

struct reply *minutes_pdf(struct req *rq)
{
	return minutes_file(rq, DOCUMENT_PDF, "pdf");
}

struct reply *minutes_docx(struct req *rq)
{
	return minutes_file(rq, DOCUMENT_DOCX, "docx");
}
