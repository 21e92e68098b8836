/* YAML to a tree, from libyaml's events: see yaml.h. Knows nothing of what packs hold. */
#include "pack/yaml.h"

#include <stdint.h>
#include <string.h>
#include <yaml.h>

#include "base/utf8.h"
#include "pack/faults_priv.h"

struct reader {
	struct arena *a;
	struct pack_faults *faults;
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

/* What is wrong with `c`, which took `taken` bytes, before `rest`; NULL when nothing is. */
static const char *character_problem(uint32_t c, size_t taken, struct str rest)
{
	if (c == 0xFFFD && taken == 1)
		return "not valid UTF-8";
	if (c == '\t')
		return "a tab; indent and separate with spaces";
	if (c == '\r' && rest.len && rest.data[0] == '\n')
		return NULL;
	return is_allowed(c) ? NULL : "a character that cannot be seen";
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
			fault_add(r->a, r->faults, line, column, "%s (U+%04X)", problem, c);
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
		return "a byte order mark; save the file as UTF-8 without one";
	if (str_starts(text, S("\xFF\xFE")) || str_starts(text, S("\xFE\xFF")) ||
	    (text.len >= 2 && (text.data[0] == '\0' || text.data[1] == '\0')))
		return "not UTF-8 but UTF-16 or UTF-32; save the file as UTF-8";
	return NULL;
}

/* Everything that is checked before libyaml sees a byte. */
static void check_text(struct reader *r, struct str text)
{
	const char *problem = encoding_problem(text);

	if (text.len > PACK_BYTES_MAX)
		fault_add(r->a, r->faults, 0, 0, "larger than %d bytes", PACK_BYTES_MAX);
	else if (problem)
		fault_add(r->a, r->faults, 1, 1, "%s", problem);
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

#define fault_here(r, event, ...)                                    \
	fault_add((r)->a, (r)->faults, line_of((event)->start_mark), \
		  column_of((event)->start_mark), __VA_ARGS__)

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
		fault_add(r->a, r->faults, n->key_line, n->key_column,
			  "the key \"%.*s\" is given twice, first on line %d",
			  STR_ARG(fault_part(n->key)), same->key_line);
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
	fault_here(r, event, "more than %d values", YAML_NODES_MAX);
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
			fault_here(r, event, "an escape that gives U+%04X", c);
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
		fault_here(r, event, "a key must be text, not a mapping or a list");
		return false;
	}
	if (++r->depth > YAML_DEPTH_MAX) {
		fault_here(r, event, "nested more than %d deep", YAML_DEPTH_MAX);
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
	fault_here(r, event, "a second document; a pack is one document");
	return false;
}

static bool on_alias(struct reader *r, const yaml_event_t *event)
{
	fault_here(r, event, "an alias; write the value out instead");
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
		fault_here(r, event, "an anchor; they are not allowed");
	if (tag)
		fault_here(r, event, "a tag; they are not allowed");
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
	int line = line_of(p->problem_mark), column = column_of(p->problem_mark);
	const char *problem = p->problem ? p->problem : "not YAML";

	if (p->context)
		fault_add(r->a, r->faults, line, column, "%s, %s that begins on line %d", problem,
			  p->context, line_of(p->context_mark));
	else
		fault_add(r->a, r->faults, line, column, "%s", problem);
}

static void read_events(struct reader *r, struct str text)
{
	yaml_parser_t parser;
	bool more = true;

	if (!yaml_parser_initialize(&parser)) {
		fault_add(r->a, r->faults, 0, 0, "no memory to read it");
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

int yaml_parse(struct arena *a, struct str text, struct pack_faults *faults,
	       const struct yaml_node **ret)
{
	struct reader r = { .a = a, .faults = faults };
	size_t n_before = faults->n;

	check_text(&r, text);
	if (faults->n == n_before)
		read_events(&r, text);
	if (faults->n == n_before && !r.root)
		fault_add(a, faults, 1, 1, "empty");
	if (faults->n > n_before)
		return YAML_INVALID;
	*ret = r.root;
	return YAML_OK;
}

const struct yaml_node *yaml_get(const struct yaml_node *n, struct str key)
{
	return n->kind == YAML_MAP ? map_get(&n->by_key, key) : NULL;
}
