/* Forms: see form.h. */
#include "view/form.h"

#include <assert.h>

#include "base/num.h"

struct form form_make(struct req *rq, const char *id, struct str action, const char *submit,
		      bool is_main)
{
	return (struct form){
		.rq = rq,
		.id = id,
		.action = action,
		.submit = tr(rq->language, submit),
		.fields = arena_new(rq->arena, struct form_field, FORM_FIELDS),
		.button = is_main ? "btn go" : "btn",
	};
}

void form_hide(struct form *f, const char *name, struct str value)
{
	assert(f->n_hidden < FORM_HIDDEN);
	f->hidden[f->n_hidden++] = (struct form_hidden){ name, value };
}

/* ---- fields ---- */

static struct form_field *add(struct form *f, enum field_kind kind, const char *name,
			      const char *label, struct str value)
{
	struct form_field *field = &f->fields[f->n++];

	assert(f->n <= FORM_FIELDS);
	*field = (struct form_field){
		.kind = kind,
		.name = name,
		.id = f->id ? str_fmt(f->rq->arena, "%s-%s", f->id, name) : str_from(name),
		.label = tr(f->rq->language, label),
		.value = value,
		.type = "text",
		.autocomplete = "off",
		.look = "in",
	};
	return field;
}

struct form_field *form_line(struct form *f, const char *name, const char *label, struct str value,
			     int max)
{
	struct form_field *field = add(f, FIELD_LINE, name, label, value);

	field->max = max;
	field->is_required = true;
	return field;
}

struct form_field *form_text(struct form *f, const char *name, const char *label, struct str value,
			     int max, int rows)
{
	struct form_field *field = form_line(f, name, label, value, max);

	field->kind = FIELD_TEXT;
	field->rows = rows;
	return field;
}

struct form_field *form_number(struct form *f, const char *name, const char *label,
			       struct str value, int64_t least, int64_t most)
{
	struct form_field *field = form_line(f, name, label, value, 0);

	field->type = "number";
	field->look = "in short";
	field->least = str_fmt(f->rq->arena, "%lld", (long long)least);
	field->most = str_fmt(f->rq->arena, "%lld", (long long)most);
	return field;
}

struct form_field *form_date(struct form *f, const char *name, const char *label, struct str value,
			     const char *type)
{
	struct form_field *field = add(f, FIELD_LINE, name, label, value);

	field->type = type;
	return field;
}

struct form_field *form_choose(struct form *f, enum field_kind kind, const char *name,
			       const char *label, struct str value)
{
	return add(f, kind, name, label, value);
}

struct form_choice *choice_add(struct arena *a, struct form_choices *choices, struct str value,
			       struct str label, bool is_chosen)
{
	struct form_choice *choice = vec_push(a, choices);

	*choice = (struct form_choice){ .value = value, .label = label, .is_chosen = is_chosen };
	return choice;
}

struct form_choice *form_offer(struct form *f, struct form_field *field, struct str value,
			       struct str label)
{
	return choice_add(f->rq->arena, &field->choices, value, label, str_eq(value, field->value));
}

struct form_field *form_box(struct form *f, const char *name, const char *label, bool is_ticked)
{
	struct form_field *field = add(f, FIELD_BOX, name, label, (struct str){ "", 0 });

	field->is_ticked = is_ticked;
	return field;
}

struct form_field *form_language(struct form *f, const char *label, struct str value)
{
	static const struct str names[LANG_N] = {
		[LANG_FR] = STR("Français"), [LANG_EN] = STR("English")
	};
	struct form_field *field = form_choose(f, FIELD_SELECT, "language", label, value);

	for (int l = 0; l < LANG_N; l++) {
		struct str code = language_code((enum language)l);

		form_offer(f, field, code, names[l])->lang = code.data;
	}
	return field;
}

struct form_field *form_optional(struct form *f, struct form_field *field)
{
	field->is_required = false;
	field->note = tr(f->rq->language, "(optional)");
	return field;
}

void form_pair(struct form_field *left, struct form_field *right)
{
	left->beside = right;
	right->is_beside = true;
}

/* ---- what is wrong ---- */

static struct form_field *find(struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(str_from(f->fields[i].name), str_from(name)))
			return &f->fields[i];
	return NULL;
}

void form_fault(struct form *f, const char *name, struct str words)
{
	struct form_field *field = find(f, name);

	assert(field);
	if (field->fault.len > 0)
		return;
	f->n_faults++;
	field->fault = words;
}

static bool is_number(const struct form_field *field)
{
	return str_is(str_from(field->type), "number");
}

/* Of a number, which form_number() wrote. */
static int64_t bound(struct str s)
{
	int64_t n = 0;

	(void)!num_parse(s, INT64_MIN, INT64_MAX, &n);
	return n;
}

static struct str fault_words(struct req *rq, const struct form_field *field, enum arg_fault fault)
{
	const struct tr_arg args[] = {
		{ "max", fmt_int(rq->arena, rq->language, field->max) },
		{ "least", fmt_int(rq->arena, rq->language, bound(field->least)) },
		{ "most", fmt_int(rq->arena, rq->language, bound(field->most)) },
	};

	switch (fault) {
	case ARG_MISSING:
		return tr(rq->language, "Fill this field in.");
	case ARG_TOO_LONG:
		if (field->max == 0)
			break;
		return tr_fill(rq->arena,
			       tr(rq->language, "This is too long: {max} characters at most."),
			       args, 1);
	case ARG_BAD_TEXT:
		return tr(rq->language, "This holds characters that are not text. Type it again.");
	case ARG_NOT_A_NUMBER:
	case ARG_OUT_OF_RANGE:
		break;
	}
	if (!is_number(field))
		return tr(rq->language, "This value is not accepted: give another.");
	return tr_fill(rq->arena,
		       tr(rq->language, "Give a whole number between {least} and {most}."), args,
		       3);
}

static bool is_choice(const struct form_field *field)
{
	return field->kind != FIELD_LINE && field->kind != FIELD_TEXT;
}

static void take_errors(struct form *f)
{
	for (size_t i = 0; i < f->rq->n_arg_errors; i++) {
		const struct arg_error *e = &f->rq->arg_errors[i];
		struct form_field *field = find(f, e->name);

		if (!field)
			continue;
		if (!field->is_secret)
			field->value = e->value;
		if (!is_choice(field))
			form_fault(f, e->name, fault_words(f->rq, field, e->fault));
	}
}

static bool is_offered(const struct form_field *field)
{
	for (size_t i = 0; i < field->choices.n; i++)
		if (str_eq(field->choices.items[i].value, field->value))
			return true;
	return false;
}

static void check_text(struct form *f, const struct form_field *field)
{
	struct str value = str_trim(field->value);
	int64_t n;

	if (field->is_secret)
		return;
	if (field->is_required && value.len == 0)
		form_fault(f, field->name, fault_words(f->rq, field, ARG_MISSING));
	else if (is_number(field) && value.len &&
		 num_parse(value, bound(field->least), bound(field->most), &n) != NUM_OK)
		form_fault(f, field->name, fault_words(f->rq, field, ARG_OUT_OF_RANGE));
}

static void check_field(struct form *f, const struct form_field *field)
{
	enum language l = f->rq->language;

	switch (field->kind) {
	case FIELD_LINE:
	case FIELD_TEXT:
		check_text(f, field);
		break;
	case FIELD_SELECT:
		if (!is_offered(field))
			form_fault(f, field->name, tr(l, "Choose from the list."));
		break;
	case FIELD_CARDS:
	case FIELD_LINES:
		if (!is_offered(field))
			form_fault(f, field->name, tr(l, "Choose one of these."));
		break;
	case FIELD_BOXES:
	case FIELD_BOX:
		break;
	}
}

void form_check(struct form *f)
{
	take_errors(f);
	for (size_t i = 0; i < f->n; i++)
		if (f->fields[i].fault.len == 0)
			check_field(f, &f->fields[i]);
}
