/* Reading a YAML tree by tables: see decode_priv.h. Knows no pack, only shapes. */
#include "pack/decode_priv.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "pack/faults_priv.h"

enum { PATH_MAX_BYTES = 2048, ID_MAX = 40 };

/* ---- faults ---- */

/* "scorecard.questions[lineage].step": list elements go by their id, or by their place from 1. */
static void put_path(struct buf *b, const struct yaml_node *n)
{
	const struct yaml_node *steps[YAML_DEPTH_MAX + 1];
	size_t n_steps = 0;

	for (; n->parent; n = n->parent) {
		assert(n_steps < sizeof steps / sizeof *steps);
		steps[n_steps++] = n;
	}
	while (n_steps--) {
		const struct yaml_node *step = steps[n_steps], *id = yaml_get(step, S("id"));

		if (step->parent->kind == YAML_MAP)
			buf_fmt(b, "%s%.*s", b->len ? "." : "", STR_ARG(fault_part(step->key)));
		else if (id && id->kind == YAML_SCALAR && id->text.len)
			buf_fmt(b, "[%.*s]", STR_ARG(fault_part(id->text)));
		else
			buf_fmt(b, "[%zu]", step->index + 1);
	}
}

/* A fault at a line and column of its own, about `n`. */
static void fault_about(struct decoder *d, const struct yaml_node *n, int line, int column,
			const char *id, const struct tr_arg *values)
{
	struct buf path = buf_make(d->a, PATH_MAX_BYTES);

	if (decode_is_full(d))
		return;
	put_path(&path, n);
	fault_add(&d->report, line, column, buf_str(&path), id, values);
}

void decode_fault(struct decoder *d, const struct yaml_node *n, const char *id,
		  const struct tr_arg *values)
{
	fault_about(d, n, n->line, n->column, id, values);
}

void decode_fault_key(struct decoder *d, const struct yaml_node *n, const char *id,
		      const struct tr_arg *values)
{
	fault_about(d, n->parent, n->key_line, n->key_column, id, values);
}

struct str decode_quoted(struct decoder *d, struct str s)
{
	return fault_quoted(&d->report, s);
}

struct str decode_number(struct decoder *d, int64_t n)
{
	return str_i64(d->a, n);
}

bool decode_is_full(const struct decoder *d)
{
	return d->report.faults->n == PACK_FAULTS_MAX;
}

bool decode_expect(struct decoder *d, const struct yaml_node *n, enum yaml_kind kind)
{
	static const char *const names[] = {
		[YAML_SCALAR] = N_("a single value"),
		[YAML_LIST] = N_("a list"),
		[YAML_MAP] = N_("a mapping"),
	};

	if (n->kind == kind)
		return true;
	decode_fault(d, n, N_("expected {expected}, found {found}"),
		     VALUES({ "expected", tr(d->report.language, names[kind]) },
			    { "found", tr(d->report.language, names[n->kind]) }));
	return false;
}

/* ---- mappings ---- */

static const struct field *find_field(const struct record *record, struct str key)
{
	for (size_t i = 0; i < record->n; i++)
		if (str_is(key, record->fields[i].key))
			return &record->fields[i];
	return NULL;
}

static void refuse_unknown_keys(struct decoder *d, const struct yaml_node *n,
				const struct record *record)
{
	for (const struct yaml_node *child = n->first; child; child = child->next) {
		struct guess g = { .word = child->key };

		if (find_field(record, child->key) || decode_is_full(d))
			continue;
		for (size_t i = 0; i < record->n; i++)
			guess_offer(&g, str_from(record->fields[i].key));
		decode_fault_key(d, child,
				 g.best.len ? N_("unknown key {key}; did you mean {nearest}?")
					    : N_("unknown key {key}"),
				 VALUES({ "key", decode_quoted(d, child->key) },
					{ "nearest", decode_quoted(d, g.best) }));
	}
}

void decode_record(struct decoder *d, const struct yaml_node *n, const struct record *record,
		   void *to)
{
	if (!decode_expect(d, n, YAML_MAP))
		return;
	refuse_unknown_keys(d, n, record);
	for (size_t i = 0; i < record->n; i++) {
		const struct field *f = &record->fields[i];
		const struct yaml_node *value = yaml_get(n, str_from(f->key));

		if (value)
			f->read(d, value, f, (char *)to + f->offset);
		else if (!f->is_optional)
			decode_fault(d, n, N_("{key} is missing"),
				     VALUES({ "key", decode_quoted(d, str_from(f->key)) }));
	}
}

void read_record(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	decode_record(d, n, f->more, to);
}

void read_node(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	(void)d;
	(void)f;
	*(const struct yaml_node **)to = n;
}

/* ---- lists ---- */

static void refuse_same_ids(struct decoder *d, const struct yaml_node *n)
{
	struct map seen = map_make(d->a);

	for (struct yaml_node *child = n->first; child; child = child->next) {
		const struct yaml_node *id = yaml_get(child, S("id")), *same;

		if (!id || id->kind != YAML_SCALAR)
			continue;
		same = map_add(&seen, id->text, child);
		if (same)
			decode_fault(d, id, N_("the id {id} is taken, on line {line}"),
				     VALUES({ "id", decode_quoted(d, id->text) },
					    { "line",
					      decode_number(d, yaml_get(same, S("id"))->line) }));
	}
}

static bool count_is_right(struct decoder *d, const struct yaml_node *n, const struct list *list)
{
	if (n->n >= list->min && n->n <= list->max)
		return true;
	decode_fault(d, n,
		     list->min == list->max ? N_("{n} of them; there must be {min}")
					    : N_("{n} of them; there must be {min} to {max}"),
		     VALUES({ "n", decode_number(d, (int64_t)n->n) },
			    { "min", decode_number(d, (int64_t)list->min) },
			    { "max", decode_number(d, (int64_t)list->max) }));
	return false;
}

/* Any VEC: they differ in the type of their items only. */
struct any_vec VEC(char);

void read_list(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	const struct list *list = f->more;
	struct any_vec *vec = to;
	char *slot;

	if (!decode_expect(d, n, YAML_LIST))
		return;
	if (!count_is_right(d, n, list))
		return;
	if (list->has_ids)
		refuse_same_ids(d, n);
	slot = arena_alloc(d->a, list->size, _Alignof(max_align_t), n->n);
	*vec = (struct any_vec){ slot, n->n, n->n };
	for (const struct yaml_node *child = n->first; child; child = child->next) {
		list->item.read(d, child, &list->item, slot);
		slot += list->size;
	}
}

/* ---- scalars ---- */

void read_int(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	const struct range *range = f->more;
	int64_t value = 0;

	if (!decode_expect(d, n, YAML_SCALAR))
		return;
	if (num_parse(n->text, range->min, range->max, &value) == NUM_OK)
		*(int *)to = (int)value;
	else
		decode_fault(
			d, n,
			range->min == range->max
				? N_("expected {min}, found {found}")
				: N_("expected a whole number from {min} to {max}, found {found}"),
			VALUES({ "min", decode_number(d, range->min) },
			       { "max", decode_number(d, range->max) },
			       { "found", decode_quoted(d, n->text) }));
}

static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.data[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return s.len >= 1 && s.len <= ID_MAX;
}

void read_id(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	(void)f;
	if (!decode_expect(d, n, YAML_SCALAR))
		return;
	if (!is_id(n->text))
		decode_fault(d, n, N_("{id} is not an id: 1 to {max} of a-z, 0-9 and {dash}"),
			     VALUES({ "id", decode_quoted(d, n->text) },
				    { "max", decode_number(d, ID_MAX) },
				    { "dash", decode_quoted(d, S("-")) }));
	*(struct str *)to = n->text;
}

/* ---- texts ---- */

static bool is_space(char c)
{
	return c == ' ' || c == '\n';
}

/* Without the spaces and line feeds at both ends, which block scalars leave. */
static struct str trim(struct str s)
{
	while (s.len && is_space(s.data[0]))
		s = str_slice(s, 1, s.len);
	while (s.len && is_space(s.data[s.len - 1]))
		s.len--;
	return s;
}

static bool has_language(const struct pack *pack, struct str language)
{
	for (size_t i = 0; i < pack->n_languages; i++)
		if (str_eq(pack->languages[i], language))
			return true;
	return false;
}

static void refuse_other_languages(struct decoder *d, const struct yaml_node *n)
{
	for (const struct yaml_node *child = n->first; child; child = child->next)
		if (!has_language(d->pack, child->key))
			decode_fault_key(d, child,
					 N_("{language} is not one of the pack’s languages"),
					 VALUES({ "language", decode_quoted(d, child->key) }));
}

static struct str read_one_text(struct decoder *d, const struct yaml_node *n)
{
	struct str text = { 0 };

	if (!decode_expect(d, n, YAML_SCALAR))
		return text;
	text = trim(n->text);
	if (text.len == 0)
		decode_fault(d, n, N_("empty"), NULL);
	return text;
}

void read_text(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to)
{
	struct text *text = to;

	(void)f;
	/* Without languages every text would be at fault: that one fault is said once, by them. */
	if (d->pack->n_languages == 0 || !decode_expect(d, n, YAML_MAP))
		return;
	refuse_other_languages(d, n);
	for (size_t i = 0; i < d->pack->n_languages; i++) {
		const struct yaml_node *one = yaml_get(n, d->pack->languages[i]);

		if (one)
			text->in[i] = read_one_text(d, one);
		else
			decode_fault(
				d, n, N_("no text in {language}"),
				VALUES({ "language", decode_quoted(d, d->pack->languages[i]) }));
	}
}
