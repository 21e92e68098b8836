/* Arguments: see args.h. */
#include "http/args.h"

#include <string.h>

#include "base/map.h"
#include "base/num.h"
#include "base/token.h"
#include "base/utf8.h"

enum { ARG_OK = -1 }; /* beside enum arg_fault */

/* ARG_OK or an enum arg_fault. */
static int parse_text(struct str text, int64_t min, int64_t max, struct str *ret)
{
	int64_t count;

	if (utf8_has_control(text))
		return ARG_BAD_TEXT;
	count = (int64_t)utf8_count(text);
	if (count > max)
		return ARG_TOO_LONG;
	if (count < min)
		return ARG_OUT_OF_RANGE;
	*ret = text;
	return ARG_OK;
}

static int parse_int(struct str value, const struct arg_spec *s, int64_t *ret)
{
	int r = num_parse(value, s->min, s->max, ret);

	if (r == NUM_OK)
		return ARG_OK;
	return r == NUM_RANGE ? ARG_OUT_OF_RANGE : ARG_NOT_A_NUMBER;
}

/* Parses one value into its member. ARG_OK or an enum arg_fault. */
static int parse_value(struct arena *a, const struct arg_spec *s, struct str value, void *member)
{
	struct token *token = member;

	switch (s->type) {
	case ARG_TEXT:
	case ARG_EXACT:
	case ARG_SECRET:
		return parse_text(str_line_ends(a, value, ' '), s->min, s->max, member);
	case ARG_LINES:
		return parse_text(str_line_ends(a, value, '\n'), s->min, s->max, member);
	case ARG_INT:
		return parse_int(value, s, member);
	case ARG_ID:
		return id_parse(value, member) == 0 ? ARG_OK : ARG_NOT_A_NUMBER;
	case ARG_TOKEN:
		return base64url_decode(value, token->bytes, sizeof token->bytes) == 0
			       ? ARG_OK
			       : ARG_NOT_A_NUMBER;
	case ARG_FLAG:
		*(bool *)member = true;
		return ARG_OK;
	case ARG_FILE:
		*(struct str *)member = value;
		return (int64_t)value.len > s->max ? ARG_TOO_LONG : ARG_OK;
	case ARG_REST:
		break;
	}
	return ARG_OK;
}

static const struct arg_pairs *source_of(const struct args_input *in, enum arg_source source)
{
	switch (source) {
	case ARG_PATH:
		return &in->path;
	case ARG_QUERY:
		return &in->query;
	case ARG_FORM:
		return &in->form;
	}
	return NULL;
}

static const struct arg_pair *find(const struct arg_pairs *pairs, const char *name)
{
	for (size_t i = 0; i < pairs->n; i++)
		if (str_is(pairs->items[i].name, name))
			return &pairs->items[i];
	return NULL;
}

static void add_error(struct args_output *out, const char *name, int fault, struct str value)
{
	out->errors[out->n_errors++] = (struct arg_error){ name, (enum arg_fault)fault, value };
}

/* A fault of a value where it cannot be shown again is the address's or the client's. */
static int status_of(enum arg_source source)
{
	switch (source) {
	case ARG_PATH:
		return 404;
	case ARG_QUERY:
		return 400;
	case ARG_FORM:
		return 422;
	}
	return 400;
}

/* What is read of a field: a line of a form without what nobody sees. */
static struct str said(struct arena *a, const struct arg_spec *s, const struct arg_pair *pair)
{
	return s->type == ARG_TEXT && s->source == ARG_FORM ? utf8_line(a, pair->value)
							    : pair->value;
}

/* One named argument. */
static int fill_one(struct arena *a, const struct arg_spec *s, const struct args_input *in,
		    struct args_output *out)
{
	const struct arg_pair *pair = find(source_of(in, s->source), s->name);
	const struct str value = pair ? said(a, s, pair) : (struct str){ NULL, 0 };
	int fault;

	if (pair && pair->is_file != (s->type == ARG_FILE))
		return 415;
	if (!pair || (value.len == 0 && s->type != ARG_FLAG)) {
		if (!s->required)
			return 0;
		fault = ARG_MISSING;
	} else {
		fault = parse_value(a, s, value, (char *)out->args + s->offset);
	}
	if (fault == ARG_OK)
		return 0;
	if (s->source == ARG_FORM)
		add_error(out, s->name, fault,
			  pair && s->type != ARG_FILE ? pair->value : (struct str){ "", 0 });
	return status_of(s->source);
}

static bool is_named(const struct args_spec *spec, enum arg_source source, struct str name)
{
	if (source == ARG_QUERY ? str_is(name, "lang") : str_is(name, CSRF_FIELD))
		return true;
	for (const struct arg_spec *s = spec ? spec->specs : NULL; s && s->name; s++)
		if (s->source == source && s->type != ARG_REST && str_is(name, s->name))
			return true;
	return false;
}

static const struct arg_spec *rest_spec(const struct args_spec *spec, enum arg_source source)
{
	for (const struct arg_spec *s = spec ? spec->specs : NULL; s && s->name; s++)
		if (s->source == source && s->type == ARG_REST)
			return s;
	return NULL;
}

/* Whatever no other spec names, into the ARG_REST member. A field of a form that does not pass becomes
 * an error under its own name, so that the page can show all the others again. */
static int fill_rest(struct arena *a, const struct args_spec *spec, const struct arg_spec *s,
		     const struct arg_pairs *pairs, struct args_output *out)
{
	void *member = (char *)out->args + s->offset;
	struct arg_pairs *rest = member;
	int64_t max = s->max ? s->max : ARG_REST_MAX;

	rest->items = arena_new(a, struct arg_pair, pairs->n);
	for (size_t i = 0; i < pairs->n; i++) {
		const struct arg_pair *p = &pairs->items[i];
		struct str text;
		int fault;

		if (is_named(spec, s->source, p->name))
			continue;
		if (p->is_file)
			return 415;
		fault = parse_text(str_line_ends(a, p->value, '\n'), 0, max, &text);
		if (fault == ARG_OK)
			rest->items[rest->n++] = (struct arg_pair){ p->name, text };
		else if (s->source == ARG_FORM)
			add_error(out, str_c(a, p->name), fault, p->value);
		else
			return status_of(s->source);
	}
	return 0;
}

/*
 * Twice the same name, or a field of a form that no spec knows: 400. Unknown names in a query pass
 * unseen: newsletters and social networks add theirs to every link.
 */
static int check_names(struct arena *a, const struct args_spec *spec, enum arg_source source,
		       const struct arg_pairs *pairs)
{
	bool takes_any = rest_spec(spec, source) != NULL;
	struct map seen = map_make(a);

	for (size_t i = 0; i < pairs->n; i++) {
		if (map_add(&seen, pairs->items[i].name, &pairs->items[i]))
			return 400;
		if (source == ARG_FORM && !takes_any &&
		    !is_named(spec, source, pairs->items[i].name))
			return 400;
	}
	return 0;
}

static size_t count_specs(const struct args_spec *spec)
{
	size_t n = 0;

	while (spec && spec->specs[n].name)
		n++;
	return n;
}

/* All specs in turn. Wrong form fields do not stop it: a form is shown again with all of them. */
static int fill_all(struct arena *a, const struct args_spec *spec, const struct args_input *in,
		    struct args_output *out)
{
	for (const struct arg_spec *s = spec->specs; s->name; s++) {
		int r = s->type == ARG_REST ? fill_rest(a, spec, s, source_of(in, s->source), out)
					    : fill_one(a, s, in, out);

		if (r != 0 && r != 422)
			return r;
	}
	return out->n_errors ? 422 : 0;
}

int args_fill(struct arena *a, const struct args_spec *spec, const struct args_input *in,
	      struct args_output *ret)
{
	int r = check_names(a, spec, ARG_QUERY, &in->query);

	*ret = (struct args_output){ .args = NULL };
	if (r == 0)
		r = check_names(a, spec, ARG_FORM, &in->form);
	if (r != 0 || !spec)
		return r;
	ret->args = arena_alloc(a, spec->size, _Alignof(max_align_t), 1);
	/* At most one for each spec, and one for each field that ARG_REST takes. */
	ret->errors = arena_new(a, struct arg_error, count_specs(spec) + in->form.n);
	return fill_all(a, spec, in, ret);
}
