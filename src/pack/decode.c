/* Reading a YAML tree by tables: see decode_priv.h. Knows no pack, only shapes. */
#include "pack/decode_priv.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "pack/faults_priv.h"

enum { PATH_MAX_BYTES = 2048, MESSAGE_MAX = 1024, ID_MAX = 40 };

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
static void __attribute__((format(printf, 5, 0)))
fault_about(struct decoder *d, const struct yaml_node *n, int line, int column, const char *format,
	    va_list ap)
{
	struct buf path = buf_make(d->a, PATH_MAX_BYTES);
	struct buf message = buf_make(d->a, MESSAGE_MAX);

	if (decode_is_full(d))
		return;
	put_path(&path, n);
	buf_vfmt(&message, format, ap);
	fault_add(d->a, d->faults, line, column, "%.*s%s%.*s", STR_ARG(buf_str(&path)),
		  path.len ? ": " : "", STR_ARG(buf_str(&message)));
}

void decode_fault(struct decoder *d, const struct yaml_node *n, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	fault_about(d, n, n->line, n->column, format, ap);
	va_end(ap);
}

void decode_fault_key(struct decoder *d, const struct yaml_node *n, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	fault_about(d, n->parent, n->key_line, n->key_column, format, ap);
	va_end(ap);
}

bool decode_is_full(const struct decoder *d)
{
	return d->faults->n == PACK_FAULTS_MAX;
}

bool decode_expect(struct decoder *d, const struct yaml_node *n, enum yaml_kind kind)
{
	static const char *const names[] = {
		[YAML_SCALAR] = "a single value",
		[YAML_LIST] = "a list",
		[YAML_MAP] = "a mapping",
	};

	if (n->kind == kind)
		return true;
	decode_fault(d, n, "expected %s, found %s", names[kind], names[n->kind]);
	return false;
}

const char *decode_hint(struct arena *a, const struct guess *g)
{
	if (g->best.len == 0)
		return "";
	return str_fmt(a, "; did you mean \"%.*s\"?", STR_ARG(fault_part(g->best))).data;
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
		decode_fault_key(d, child, "unknown key \"%.*s\"%s",
				 STR_ARG(fault_part(child->key)), decode_hint(d->a, &g));
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
			decode_fault(d, n, "\"%s\" is missing", f->key);
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
			decode_fault(d, id, "the id \"%.*s\" is taken, on line %d",
				     STR_ARG(fault_part(id->text)), yaml_get(same, S("id"))->line);
	}
}

static bool count_is_right(struct decoder *d, const struct yaml_node *n, const struct list *list)
{
	if (n->n >= list->min && n->n <= list->max)
		return true;
	if (list->min == list->max)
		decode_fault(d, n, "%zu of them; there must be %zu", n->n, list->min);
	else
		decode_fault(d, n, "%zu of them; there must be %zu to %zu", n->n, list->min,
			     list->max);
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
	else if (range->min == range->max)
		decode_fault(d, n, "expected %d, found \"%.*s\"", range->min,
			     STR_ARG(fault_part(n->text)));
	else
		decode_fault(d, n, "expected a whole number from %d to %d, found \"%.*s\"",
			     range->min, range->max, STR_ARG(fault_part(n->text)));
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
		decode_fault(d, n, "\"%.*s\" is not an id: 1 to %d of a-z, 0-9 and \"-\"",
			     STR_ARG(fault_part(n->text)), ID_MAX);
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
			decode_fault_key(d, child, "\"%.*s\" is not one of the pack's languages",
					 STR_ARG(fault_part(child->key)));
}

static struct str read_one_text(struct decoder *d, const struct yaml_node *n)
{
	struct str text = { 0 };

	if (!decode_expect(d, n, YAML_SCALAR))
		return text;
	text = trim(n->text);
	if (text.len == 0)
		decode_fault(d, n, "empty");
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
			decode_fault(d, n, "no text in \"%.*s\"", STR_ARG(d->pack->languages[i]));
	}
}
