/* Strict reading: see read.h. */
#include "calc/read.h"

#include <math.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { LITERAL_MAX = 1024 };

bool reader_is_full(const struct reader *r)
{
	return r->errors->n >= CALC_ERRORS_MAX;
}

static void add_error(struct reader *r, struct str path, struct str message)
{
	if (!reader_is_full(r))
		*vec_push(r->a, r->errors) = (struct calc_error){ path, message };
}

void reader_error(struct reader *r, const struct path *path, const char *id,
		  const struct tr_arg *values)
{
	if (!reader_is_full(r))
		add_error(r, path_text(r->a, path), tr_with(r->a, r->language, id, values));
}

struct str reader_number(struct reader *r, int64_t n)
{
	return reader_is_full(r) ? S("") : str_i64(r->a, n);
}

struct str reader_literal(struct reader *r, struct str text)
{
	struct buf b = buf_make(r->a, LITERAL_MAX);

	if (!reader_is_full(r))
		buf_quoted(&b, text);
	return buf_str(&b);
}

/* ---- the document ---- */

/* One error for a document that cannot be read at all; `why` is an N_() text. Line and column are from 1, columns
 * count code points. */
static int refuse(struct reader *r, struct str json, size_t position, const char *why)
{
	struct str before = str_slice(json, 0, position);
	int64_t line = 1;
	size_t start = 0;

	for (size_t i = 0; i < before.len; i++) {
		if (before.data[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	before = str_slice(before, start, before.len);
	add_error(r, path_at(r->a, json, position),
		  tr_with(r->a, r->language, "{problem} at line {line}, column {column}",
			  VALUES({ "problem", tr(r->language, why) },
				 { "line", reader_number(r, line) },
				 { "column", reader_number(r, (int64_t)utf8_count(before) + 1) })));
	return CALC_MALFORMED;
}

/* What jansson found, in our words where a person can do something about it. */
static const char *parse_message(const json_error_t *error)
{
	switch (json_error_code(error)) {
	case json_error_premature_end_of_input:
		return N_("not JSON: the document ends too early");
	case json_error_end_of_input_expected:
		return N_("not JSON: something follows the document");
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return N_("a text holds a NUL character");
	case json_error_numeric_overflow:
		return N_("a number is too large");
	case json_error_duplicate_key:
		return N_("this member appears twice");
	case json_error_unknown:
	case json_error_out_of_memory:
	case json_error_stack_overflow:
	case json_error_cannot_open_file:
	case json_error_invalid_argument:
	case json_error_invalid_utf8:
	case json_error_invalid_syntax:
	case json_error_invalid_format:
	case json_error_wrong_type:
	case json_error_null_value:
	case json_error_item_not_found:
	case json_error_index_out_of_range:
		break;
	}
	return N_("not JSON: unexpected text");
}

int reader_document(struct reader *r, struct str json, json_t **ret)
{
	json_error_t error;
	json_t *document;
	const char *why;
	size_t at;

	if (json.len > CALC_BYTES_MAX) {
		reader_error(r, NULL, N_("the document is larger than {n} bytes"),
			     VALUES({ "n", fmt_int(r->a, r->language, CALC_BYTES_MAX) }));
		return CALC_MALFORMED;
	}
	if (!utf8_valid(json)) {
		reader_error(r, NULL, N_("the document is not UTF-8 text"), NULL);
		return CALC_MALFORMED;
	}
	at = excess_at(json, CALC_DEPTH_MAX, CALC_VALUES_MAX, &why);
	if (at < json.len)
		return refuse(r, json, at, why);
	document =
		json_loadb(json.data, json.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!document) {
		at = error.position > 0 ? (size_t)error.position - 1 : 0;
		(void)refuse(r, json, at, parse_message(&error));
		return json_error_code(&error) == json_error_duplicate_key ? CALC_INVALID
									   : CALC_MALFORMED;
	}
	*ret = document;
	return CALC_OK;
}

/* ---- values ---- */

struct str json_text(json_t *v)
{
	return json_is_string(v) ? str_make(json_string_value(v), json_string_length(v)) : S("");
}

static bool is_known(struct str key, const char *const *known)
{
	for (; *known; known++)
		if (str_is(key, *known))
			return true;
	return false;
}

bool reader_object(struct reader *r, const struct path *path, json_t *v, const char *const *known)
{
	const char *key;
	json_t *value;

	if (!json_is_object(v)) {
		reader_error(r, path, N_("must be an object"), NULL);
		return false;
	}
	json_object_foreach(v, key, value)
	{
		struct path at = { .parent = path, .key = key };

		if (!is_known(str_from(key), known))
			reader_error(r, &at, N_("there is no such member"), NULL);
	}
	return true;
}

bool reader_array(struct reader *r, const struct path *path, json_t *v, size_t min, size_t max)
{
	if (!json_is_array(v)) {
		reader_error(r, path, N_("must be an array"), NULL);
		return false;
	}
	if (json_array_size(v) < min || json_array_size(v) > max) {
		reader_error(r, path, N_("must have {min} to {max} elements"),
			     VALUES({ "min", reader_number(r, (int64_t)min) },
				    { "max", reader_number(r, (int64_t)max) }));
		return false;
	}
	return true;
}

json_t *reader_member(struct reader *r, const struct path *path, json_t *object, const char *key,
		      bool required)
{
	struct path at = { .parent = path, .key = key };
	json_t *v = json_object_get(object, key);

	if (!v && required)
		reader_error(r, &at, N_("is required"), NULL);
	return v;
}

bool reader_name(struct reader *r, const struct path *path, json_t *v, struct str *ret)
{
	struct str text = json_text(v);

	if (!json_is_string(v)) {
		reader_error(r, path, N_("must be a string"), NULL);
		return false;
	}
	if (text.len == 0 || utf8_count(text) > CALC_NAME_MAX || utf8_has_control(text)) {
		reader_error(
			r, path,
			N_("must have 1 to {max} characters, none of them a control character"),
			VALUES({ "max", reader_number(r, CALC_NAME_MAX) }));
		return false;
	}
	*ret = text;
	return true;
}

bool reader_int(struct reader *r, const struct path *path, json_t *v, int64_t min, int64_t max,
		int64_t *ret)
{
	double x = json_number_value(v);

	if (!json_is_number(v) || x < (double)min || x > (double)max || x != floor(x)) {
		reader_error(
			r, path, N_("must be a whole number from {min} to {max}"),
			VALUES({ "min", reader_number(r, min) }, { "max", reader_number(r, max) }));
		return false;
	}
	*ret = (int64_t)x;
	return true;
}

bool reader_half_level(struct reader *r, const struct path *path, json_t *v, int *ret)
{
	double halves = json_number_value(v) * 2;

	if (!json_is_number(v) || halves < 2 || halves > 10 || halves != floor(halves)) {
		reader_error(r, path, N_("must be a level from 1 to 5, whole or a half"), NULL);
		return false;
	}
	*ret = (int)halves;
	return true;
}
