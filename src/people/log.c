/* The log of an organisation, for its owners. */
#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/pages.h"
#include "people/people_tpl.h"
#include "people/queries.h"

enum { ENTRIES = 50 /* on a page */ };

/* The string that begins at s[*at], which is a quote; *at moves past it. Escapes that are not a quote or a
 * backslash stay as they are: a log is read, not run. */
static void put_string(struct buf *b, struct str s, size_t *at)
{
	for (++*at; *at < s.len && s.data[*at] != '"'; ++*at) {
		if (s.data[*at] == '\\' && *at + 1 < s.len &&
		    (s.data[*at + 1] == '"' || s.data[*at + 1] == '\\'))
			++*at;
		buf_putc(b, s.data[*at]);
	}
	++*at;
}

/* {"name":"Finance","size":""} as "name: Finance, size: –". */
static struct str plain(struct req *rq, struct str json)
{
	struct buf b = buf_make(rq->arena, json.len * 2 + 64);
	size_t at = 0;

	while (at < json.len) {
		char c = json.data[at];
		size_t before = b.len;

		if (c == '"') {
			put_string(&b, json, &at);
			if (b.len == before)
				buf_puts(&b, "–");
			continue;
		}
		if (c == ':' || c == ',')
			buf_puts(&b, c == ':' && rq->language == LANG_FR ? "\u00a0: "
				     : c == ':'                          ? ": "
									 : ", ");
		else if (c != '{' && c != '}')
			buf_putc(&b, c);
		at++;
	}
	return buf_str(&b);
}

static int add_filters(struct req *rq, struct audit_page *m, struct err *err)
{
	struct people_audit_actions_rows actions;
	struct people_audit_people_rows people;
	int r = people_audit_actions(rq->db, rq->arena, rq->actor.org_id, &actions, err);

	if (r == 0)
		r = people_audit_people(rq->db, rq->arena, rq->actor.org_id, &people, err);
	if (r != 0)
		return r;
	m->actions = arena_new(rq->arena, struct form_choice, actions.n);
	for (m->n_actions = 0; m->n_actions < actions.n; m->n_actions++) {
		struct str action = actions.items[m->n_actions].action;

		m->actions[m->n_actions] = (struct form_choice){
			.value = action,
			.label = tr(rq->language, str_c(rq->arena, action)),
			.is_chosen = str_eq(action, m->action),
		};
	}
	m->people = arena_new(rq->arena, struct form_choice, people.n);
	for (m->n_people = 0; m->n_people < people.n; m->n_people++) {
		struct str who = people.items[m->n_people].who;

		m->people[m->n_people] = (struct form_choice){
			.value = who,
			.label = who,
			.is_chosen = str_eq(who, m->who),
		};
	}
	return 0;
}

struct reply *audit_page(struct req *rq)
{
	const struct audit_args *args = rq->args;
	struct audit_page m = {
		.tabs = org_tabs(rq, TAB_AUDIT),
		.action = args->action,
		.who = args->who,
	};
	struct people_audit_list_params p = {
		.org_id = rq->actor.org_id,
		.action = args->action,
		.who = args->who,
		.before_id = args->before ? args->before : INT64_MAX,
		.max = ENTRIES + 1,
	};
	struct people_audit_list_rows rows;
	struct view v = view_make(rq);
	struct err err;
	int r = people_audit_list(rq->db, rq->arena, &p, &rows, &err);

	if (r == 0)
		r = add_filters(rq, &m, &err);
	if (r != 0)
		return reply_fault(rq, &err);
	m.org = m.tabs.org;
	m.has_more = rows.n > ENTRIES;
	m.n_rows = m.has_more ? ENTRIES : rows.n;
	m.rows = arena_new(rq->arena, struct audit_row, m.n_rows);
	for (size_t i = 0; i < m.n_rows; i++) {
		const struct people_audit_list_row *row = &rows.items[i];

		m.rows[i] = (struct audit_row){
			.when = moment_words(rq, row->at_ms),
			.who = row->who,
			.what = tr(rq->language, str_c(rq->arena, row->action)),
			.before = plain(rq, row->before),
			.after = plain(rq, row->after),
		};
		m.older = id_text(rq->arena, row->id);
	}
	people_audit_page(&v, &m);
	return layout_reply(
		rq, 200,
		&(struct layout){ .title = tr(rq->language, "Log"), .body = view_html(&v) });
}
