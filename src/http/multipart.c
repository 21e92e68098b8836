/* multipart/form-data: see form.h. Only what browsers send for text fields and files is understood. */
#include <string.h>

#include "base/utf8.h"
#include "http/form.h"
#include "http/header.h"

/* Takes `prefix` off the front of *s. */
static bool take(struct str *s, struct str prefix)
{
	if (!str_starts(*s, prefix))
		return false;
	*s = str_slice(*s, prefix.len, s->len);
	return true;
}

/* Takes what precedes `mark` off the front of *s, and the mark. */
static bool take_until(struct str *s, struct str mark, struct str *ret)
{
	const char *at = s->len ? memmem(s->data, s->len, mark.data, mark.len) : NULL;
	size_t n;

	if (!at)
		return false;
	n = (size_t)(at - s->data);
	*ret = str_slice(*s, 0, n);
	*s = str_slice(*s, n + mark.len, s->len);
	return true;
}

/* `name="x"` of a Content-Disposition, and whether the part is a file. What the file is called is not
 * looked at. 0 or 400. */
static int parse_disposition(struct str value, struct str *ret_name, bool *ret_is_file)
{
	struct str name;

	if (!take(&value, S("form-data; name=\"")) || !take_until(&value, S("\""), &name))
		return 400;
	if (value.len && !str_starts(value, S("; filename=\"")))
		return 400;
	*ret_is_file = value.len > 0;
	if (name.len == 0 || str_contains(name, S("\\")) || !utf8_valid(name) ||
	    utf8_has_control(name))
		return 400;
	if (name.len > FIELD_NAME_MAX)
		return 413;
	*ret_name = name;
	return 0;
}

/* A part's own type may only say again that it is text; of a file it is not believed anyway. */
static int check_part_type(struct str value, bool is_file)
{
	struct media_type type;

	if (media_type_parse(value, &type) != 0)
		return 400;
	if (is_file)
		return 0;
	if (!str_eq_nocase(type.essence, S("text/plain")))
		return 415;
	return type.charset.len == 0 || str_eq_nocase(type.charset, S("utf-8")) ? 0 : 415;
}

/* The part's header lines, the last one's line end included. */
static int parse_part_head(struct str head, struct str *ret_name, bool *ret_is_file)
{
	struct str line;
	bool is_named = false;
	int r = 0;

	while (r == 0 && take_until(&head, S("\r\n"), &line)) {
		struct str name = str_cut(&line, ':');

		line = str_trim(line);
		if (str_eq_nocase(name, S("content-disposition")) && !is_named) {
			r = parse_disposition(line, ret_name, ret_is_file);
			is_named = true;
		} else if (str_eq_nocase(name, S("content-type"))) {
			r = check_part_type(line, *ret_is_file);
		} else {
			r = 400;
		}
	}
	if (r == 0 && (head.len || !is_named))
		return 400;
	return r;
}

/* One part, from after its delimiter's line end up to and past the next delimiter. */
static int parse_part(struct str *rest, struct str delimiter, struct arg_pair *ret)
{
	struct str head;
	int r;

	if (!take_until(rest, S("\r\n\r\n"), &head))
		return 400;
	/* The last header line keeps its line end: it belongs to the blank line's mark. */
	head.len += 2;
	ret->is_file = false;
	r = parse_part_head(head, &ret->name, &ret->is_file);
	if (r != 0)
		return r;
	if (!take_until(rest, delimiter, &ret->value) || (!ret->is_file && !utf8_valid(ret->value)))
		return 400;
	return 0;
}

int multipart_parse(struct arena *a, struct str boundary, struct str body, struct arg_pairs *ret)
{
	struct str delimiter = str_fmt(a, "\r\n--%.*s", STR_ARG(boundary));
	struct arg_pair *items = arena_new(a, struct arg_pair, FORM_FIELDS_MAX);
	size_t n = 0;

	/* The first delimiter has no line end before it: we take no preamble. */
	if (boundary.len == 0 || !take(&body, str_slice(delimiter, 2, delimiter.len)))
		return 400;
	while (take(&body, S("\r\n"))) {
		int r;

		if (n == FORM_FIELDS_MAX)
			return 413;
		r = parse_part(&body, delimiter, &items[n++]);
		if (r != 0)
			return r;
	}
	if (!take(&body, S("--")) || (body.len && !str_is(body, "\r\n")))
		return 400;
	*ret = (struct arg_pairs){ items, n };
	return 0;
}
