/* See certificate.h. */
#include "transfer/certificate.h"

#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "base/timing.h"
#include "db/tables.h"
#include "document/document.h"
#include "i18n/i18n.h"

enum { JSON_MAX = 8192, TEXT_MAX = 64 * 1024 };

/* ---- as the log keeps it ---- */

struct str certificate_json(struct arena *a, struct str name, const struct transfer_counts *counts)
{
	struct buf b = buf_make(a, JSON_MAX);

	buf_puts(&b, "{\"name\":");
	buf_quoted(&b, name);
	buf_puts(&b, ",\"rows\":{");
	for (int i = 0; counts->items[i].table; i++) {
		buf_puts(&b, i ? "," : "");
		buf_quoted(&b, str_from(counts->items[i].table));
		buf_putc(&b, ':');
		buf_i64(&b, counts->items[i].n);
	}
	buf_puts(&b, "}}");
	return buf_str(&b);
}

static void release(void *json)
{
	json_decref(json);
}

int certificate_parse(struct arena *a, struct str json, struct certificate *ret)
{
	json_error_t error;
	json_t *root = json_loadb(json.data, json.len, 0, &error);
	const char *name = json_string_value(json_object_get(root, "name"));
	const json_t *rows = json_object_get(root, "rows");
	int n = 0;

	if (root)
		arena_defer(a, release, root);
	if (!name || !json_is_object(rows))
		return 1;
	ret->name = str_dup(a, str_from(name));
	for (int t = 0; db_tables[t]; t++) {
		const json_t *count = json_object_get(rows, db_tables[t]->name);

		if (json_is_integer(count))
			ret->counts.items[n++] =
				(struct transfer_count){ db_tables[t]->name,
							 json_integer_value(count) };
	}
	return 0;
}

/* ---- in words ---- */

/* What the rows of a table are to people. */
static const struct {
	const char *table, *words;
} tables[] = {
	{ "org", N_("Organisation") },
	{ "audit", N_("Entries of its log") },
	{ "department", N_("Departments") },
	{ "membership", N_("Memberships") },
	{ "org_invitation", N_("Invitations") },
	{ "round", N_("Campaigns") },
	{ "agreement", N_("Agreed answers") },
	{ "participant", N_("People invited, and devices") },
	{ "tally", N_("Counts of answers") },
	{ "sheet", N_("Scorecards, sent or not") },
	{ "answer", N_("Answers") },
	{ "share", N_("Shared links") },
	{ "plan_action", N_("Actions of the plan") },
	{ "calendar_feed", N_("Calendar addresses") },
	{ "workshop", N_("Workshops") },
	{ "workshop_item", N_("Items on the agenda of workshops") },
	{ "mail", N_("E-mails not sent") },
};

static struct str table_words(enum language l, const char *table)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (strcmp(tables[i].table, table) == 0)
			return tr(l, tables[i].words);
	return str_from(table);
}

/* "23 November 2026, 20:45 UTC" */
static struct str moment(struct arena *a, enum language l, int64_t ms)
{
	return str_fmt(a, "%.*s, %.*s UTC", STR_ARG(fmt_date(a, l, ms)),
		       STR_ARG(str_slice(time_iso(a, ms), 11, 16)));
}

struct certificate_page certificate_words(struct arena *a, enum language l,
					  const struct certificate *c)
{
	struct certificate_page m = { .id = c->id,
				      .name = c->name,
				      .when = moment(a, l, c->at_ms),
				      .who = c->who,
				      .rows = arena_new(a, struct certificate_row,
							TRANSFER_TABLES_MAX) };

	for (size_t i = 0; c->counts.items[i].table; i++) {
		m.rows[m.n++] = (struct certificate_row){ table_words(l, c->counts.items[i].table),
							  c->counts.items[i].n };
		m.total += c->counts.items[i].n;
	}
	return m;
}

static struct str title_of(struct arena *a, enum language l, const struct certificate *c)
{
	return tr_fill(a, tr(l, "The organisation {name} was erased"),
		       &(const struct tr_arg){ "name", c->name }, 1);
}

static struct str facts_of(struct arena *a, enum language l, const struct certificate_page *m)
{
	const struct tr_arg args[] = { { "when", m->when }, { "who", m->who } };

	return tr_fill(a, tr(l, "On {when}, by {who}."), args, 2);
}

#define BACKUPS \
	N_("Backups made earlier still hold this data: they are deleted on the schedule of whoever runs this site.")

struct str certificate_text(struct arena *a, enum language l, const struct certificate *c)
{
	struct certificate_page m = certificate_words(a, l, c);
	struct buf b = buf_make(a, TEXT_MAX);

	buf_fmt(&b, "%.*s (%.*s)\n%.*s\n\n", STR_ARG(title_of(a, l, c)), STR_ARG(c->id),
		STR_ARG(facts_of(a, l, &m)));
	for (size_t i = 0; i < m.n; i++)
		buf_fmt(&b, "%10lld  %.*s\n", (long long)m.rows[i].n, STR_ARG(m.rows[i].what));
	buf_fmt(&b, "\n%.*s\n", STR_ARG(tr(l, BACKUPS)));
	return buf_str(&b);
}

static void add_rows(struct arena *a, enum language l, struct document *d,
		     const struct certificate_page *m)
{
	struct table_cell *cells = document_table(a, d, tr(l, "What was erased"), 2, m->n + 1);

	*cells++ = table_text(tr(l, "What"));
	*cells++ = table_number(tr(l, "Number"));
	for (size_t i = 0; i < m->n; i++) {
		*cells++ = table_text(m->rows[i].what);
		*cells++ = table_number(fmt_int(a, l, m->rows[i].n));
	}
}

int certificate_pdf(struct arena *a, enum language l, const struct certificate *c, struct str *ret,
		    struct err *err)
{
	struct certificate_page m = certificate_words(a, l, c);
	struct document d = {
		.title = tr(l, "Certificate of erasure"),
		.subtitle = c->name,
		.language = language_code(l),
		.date = fmt_date(a, l, c->at_ms),
		.created_ms = c->at_ms,
		.page_label = tr(l, "page {page} of {pages}"),
	};

	document_heading(a, &d, 1, title_of(a, l, c));
	document_paragraph(a, &d, facts_of(a, l, &m));
	add_rows(a, l, &d, &m);
	document_paragraph(a, &d, tr(l, BACKUPS));
	return document_write(a, &d, DOCUMENT_PDF, ret, err);
}
