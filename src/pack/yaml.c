/* YAML to a tree, from libyaml's events: see yaml.h. Knows nothing of what packs hold. */
#include "pack/yaml.h"

#include <stdint.h>
#include <string.h>
#include <yaml.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "pack/faults_priv.h"
#include "pack/yaml_priv.h"

struct reader {
	struct arena *a;
	const struct reporter *report;
	struct yaml_node *root;
	struct yaml_node *open; /* the innermost mapping or list under way */
	struct yaml_node *key;  /* in a mapping: the key whose value comes next */
	int depth;
	size_t n_nodes;
	int n_documents;
};

/* ---- characters ---- */

/* Whether a pack may hold `c`: what can be seen, a space or a line feed. U+2028 and U+2029 are line
 * breaks to libyaml and to no editor; U+FEFF is a byte order mark gone astray. */
static bool is_allowed(uint32_t c)
{
	if (c < 0x20)
		return c == '\n';
	if ((c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF)
		return false;
	return (c & 0xFFFE) != 0xFFFE;
}

/* A fault of the text, not of something in the pack. */
static void fault_at(const struct reader *r, int line, int column, const char *id,
		     const struct tr_arg *values)
{
	fault_add(r->report, line, column, S(""), id, values);
}

/* What is wrong with `c`, which took `taken` bytes, before `rest`; NULL when nothing is. */
static const char *character_problem(uint32_t c, size_t taken, struct str rest)
{
	if (c == 0xFFFD && taken == 1)
		return N_("not valid UTF-8 ({code})");
	if (c == '\t')
		return N_("a tab; indent and separate with spaces ({code})");
	if (c == '\r' && rest.len && rest.data[0] == '\n')
		return NULL;
	return is_allowed(c) ? NULL : N_("a character that cannot be seen ({code})");
}

/* Names the first bad character of each line. */
static void check_characters(struct reader *r, struct str text)
{
	bool line_is_bad = false;
	int line = 1, column = 1;

	while (text.len) {
		size_t before = text.len;
		uint32_t c = utf8_next(&text);
		const char *problem = character_problem(c, before - text.len, text);

		if (problem && !line_is_bad) {
			fault_at(r, line, column, problem,
				 VALUES({ "code", str_fmt(r->a, "U+%04X", c) }));
			line_is_bad = true;
		}
		column++;
		if (c == '\n') {
			line++;
			column = 1;
			line_is_bad = false;
		}
	}
}

static const char *encoding_problem(struct str text)
{
	if (str_starts(text, S("\xEF\xBB\xBF")))
		return N_("a byte order mark; save the file as UTF-8 without one");
	if (str_starts(text, S("\xFF\xFE")) || str_starts(text, S("\xFE\xFF")) ||
	    (text.len >= 2 && (text.data[0] == '\0' || text.data[1] == '\0')))
		return N_("not UTF-8 but UTF-16 or UTF-32; save the file as UTF-8");
	return NULL;
}

/* Everything that is checked before libyaml sees a byte. */
static void check_text(struct reader *r, struct str text)
{
	const char *problem = encoding_problem(text);

	if (text.len > PACK_BYTES_MAX)
		fault_at(r, 0, 0, N_("larger than {n} bytes"),
			 VALUES({ "n", fmt_int(r->a, r->report->language, PACK_BYTES_MAX) }));
	else if (problem)
		fault_at(r, 1, 1, problem, NULL);
	else
		check_characters(r, text);
}

/* ---- the tree ---- */

static int line_of(yaml_mark_t mark)
{
	return (int)mark.line + 1;
}

static int column_of(yaml_mark_t mark)
{
	return (int)mark.column + 1;
}

static void fault_here(const struct reader *r, const yaml_event_t *event, const char *id,
		       const struct tr_arg *values)
{
	fault_at(r, line_of(event->start_mark), column_of(event->start_mark), id, values);
}

static struct yaml_node *node_make(struct reader *r, const yaml_event_t *event, enum yaml_kind kind)
{
	struct yaml_node *n = arena_new(r->a, struct yaml_node, 1);

	n->kind = kind;
	n->line = line_of(event->start_mark);
	n->column = column_of(event->start_mark);
	if (kind == YAML_MAP)
		n->by_key = map_make(r->a);
	return n;
}

static void name_child(struct reader *r, struct yaml_node *n)
{
	const struct yaml_node *same;

	n->key = r->key->text;
	n->key_line = r->key->line;
	n->key_column = r->key->column;
	r->key = NULL;
	same = map_add(&r->open->by_key, n->key, n);
	if (same)
		fault_at(r, n->key_line, n->key_column,
			 N_("the key {key} is given twice, first on line {line}"),
			 VALUES({ "key", fault_quoted(r->report, n->key) },
				{ "line", str_i64(r->a, same->key_line) }));
}

static void add_child(struct reader *r, struct yaml_node *n)
{
	struct yaml_node *parent = r->open;

	if (!parent) {
		r->root = n;
		return;
	}
	if (parent->kind == YAML_MAP)
		name_child(r, n);
	n->parent = parent;
	n->index = parent->n++;
	if (parent->last)
		parent->last->next = n;
	else
		parent->first = n;
	parent->last = n;
}

/* Whether a mapping is open and its next key has not come yet. */
static bool expects_key(const struct reader *r)
{
	return r->open && r->open->kind == YAML_MAP && !r->key;
}

/* Each of the on_… functions takes one event and says whether reading may go on. */

static bool count_node(struct reader *r, const yaml_event_t *event)
{
	if (r->n_nodes++ < YAML_NODES_MAX)
		return true;
	fault_here(r, event, N_("more than {n} values"),
		   VALUES({ "n", str_i64(r->a, YAML_NODES_MAX) }));
	return false;
}

static bool on_scalar(struct reader *r, const yaml_event_t *event)
{
	struct yaml_node *n = node_make(r, event, YAML_SCALAR);

	n->text = str_dup(
		r->a, str_make((const char *)event->data.scalar.value, event->data.scalar.length));
	for (struct str rest = n->text; rest.len;) {
		uint32_t c = utf8_next(&rest);

		/* Only an escape gets here: the file's own characters were checked. */
		if (!is_allowed(c)) {
			fault_here(r, event, N_("an escape that gives {code}"),
				   VALUES({ "code", str_fmt(r->a, "U+%04X", c) }));
			break;
		}
	}
	if (expects_key(r)) {
		r->key = n;
		return true;
	}
	add_child(r, n);
	return count_node(r, event);
}

static bool on_start(struct reader *r, const yaml_event_t *event, enum yaml_kind kind)
{
	struct yaml_node *n;

	if (expects_key(r)) {
		fault_here(r, event, N_("a key must be text, not a mapping or a list"), NULL);
		return false;
	}
	if (++r->depth > YAML_DEPTH_MAX) {
		fault_here(r, event, N_("nested more than {n} deep"),
			   VALUES({ "n", str_i64(r->a, YAML_DEPTH_MAX) }));
		return false;
	}
	n = node_make(r, event, kind);
	add_child(r, n);
	r->open = n;
	return count_node(r, event);
}

static bool on_end(struct reader *r)
{
	r->open = r->open->parent;
	r->depth--;
	return true;
}

static bool on_document(struct reader *r, const yaml_event_t *event)
{
	if (++r->n_documents == 1)
		return true;
	fault_here(r, event, N_("a second document; a pack is one document"), NULL);
	return false;
}

static bool on_alias(struct reader *r, const yaml_event_t *event)
{
	fault_here(r, event, N_("an alias; write the value out instead"), NULL);
	/* The rest is worth reading, so something stands in its place. */
	if (expects_key(r))
		r->key = node_make(r, event, YAML_SCALAR);
	else
		add_child(r, node_make(r, event, YAML_SCALAR));
	return true;
}

static void refuse_marks(struct reader *r, const yaml_event_t *event, const yaml_char_t *anchor,
			 const yaml_char_t *tag)
{
	if (anchor)
		fault_here(r, event, N_("an anchor; they are not allowed"), NULL);
	if (tag)
		fault_here(r, event, N_("a tag; they are not allowed"), NULL);
}

static bool on_event(struct reader *r, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		return true;
	case YAML_STREAM_END_EVENT:
		return false;
	case YAML_DOCUMENT_START_EVENT:
		return on_document(r, event);
	case YAML_ALIAS_EVENT:
		return on_alias(r, event);
	case YAML_SCALAR_EVENT:
		refuse_marks(r, event, event->data.scalar.anchor, event->data.scalar.tag);
		return on_scalar(r, event);
	case YAML_SEQUENCE_START_EVENT:
		refuse_marks(r, event, event->data.sequence_start.anchor,
			     event->data.sequence_start.tag);
		return on_start(r, event, YAML_LIST);
	case YAML_MAPPING_START_EVENT:
		refuse_marks(r, event, event->data.mapping_start.anchor,
			     event->data.mapping_start.tag);
		return on_start(r, event, YAML_MAP);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return on_end(r);
	}
	return false;
}

/* ---- libyaml ---- */

static void syntax_fault(struct reader *r, const yaml_parser_t *p)
{
	int line = line_of(p->problem_mark), begin = line_of(p->context_mark);
	struct str problem = yaml_problem(r->a, r->report->language, p->problem);

	/* Where the mistake is seen may be far from where it was made. */
	fault_at(r, line, column_of(p->problem_mark),
		 p->context && begin != line ? N_("{problem}, in what begins on line {line}")
					     : "{problem}",
		 VALUES({ "problem", problem }, { "line", str_i64(r->a, begin) }));
}

static void read_events(struct reader *r, struct str text)
{
	yaml_parser_t parser;
	bool more = true;

	if (!yaml_parser_initialize(&parser)) {
		fault_at(r, 0, 0, N_("no memory to read it"), NULL);
		return;
	}
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text.data, text.len);
	while (more) {
		yaml_event_t event;

		if (!yaml_parser_parse(&parser, &event)) {
			syntax_fault(r, &parser);
			break;
		}
		more = on_event(r, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
}

int yaml_parse(const struct reporter *report, struct str text, const struct yaml_node **ret)
{
	struct reader r = { .a = report->a, .report = report };
	const size_t n_before = report->faults->n;

	check_text(&r, text);
	if (report->faults->n == n_before)
		read_events(&r, text);
	if (report->faults->n == n_before && !r.root)
		fault_at(&r, 1, 1, N_("empty"), NULL);
	if (report->faults->n > n_before)
		return YAML_INVALID;
	*ret = r.root;
	return YAML_OK;
}

const struct yaml_node *yaml_get(const struct yaml_node *n, struct str key)
{
	return n->kind == YAML_MAP ? map_get(&n->by_key, key) : NULL;
}
