/* Two who change the same: see stale.h. */
#include "people/stale.h"

/* A field's value as it would be sent. */
static struct str sent(const struct form_field *field)
{
	return field->kind == FIELD_BOX ? field->is_ticked ? S("1") : S("") : field->value;
}

/* The same as people read it. */
static struct str words(struct req *rq, const struct form_field *field)
{
	if (field->kind == FIELD_BOX)
		return field->is_ticked ? tr(rq->language, "Yes") : tr(rq->language, "No");
	for (size_t i = 0; i < field->choices.n; i++)
		if (str_eq(field->choices.items[i].value, field->value))
			return field->choices.items[i].label;
	return field->value.len ? field->value : tr(rq->language, "not specified");
}

static struct str mark_of(const struct form *stored)
{
	struct str all = S("");

	for (size_t i = 0; i < stored->n; i++)
		all = str_fmt(stored->rq->arena, "%.*s\n%.*s", STR_ARG(all),
			      STR_ARG(sent(&stored->fields[i])));
	return str_fmt(stored->rq->arena, "%016llx", str_hash(all));
}

void stale_mark(struct form *f, const struct form *stored)
{
	form_hide(f, "was", mark_of(stored));
}

struct stale stale_find(const struct form *typed, const struct form *stored, struct str was)
{
	struct arena *a = typed->rq->arena;
	struct stale ret = { arena_new(a, struct stale_line, stored->n), 0 };

	if (was.len == 0 || str_eq(was, mark_of(stored)))
		return ret;
	for (size_t i = 0; i < stored->n; i++)
		if (!str_eq(sent(&typed->fields[i]), sent(&stored->fields[i])))
			ret.lines[ret.n++] =
				(struct stale_line){ stored->fields[i].label,
						     words(stored->rq, &stored->fields[i]) };
	return ret;
}
