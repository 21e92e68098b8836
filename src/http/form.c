/* URL-encoded forms: see form.h. */
#include "http/form.h"

#include "http/path.h"

static size_t count_pairs(struct str raw)
{
	size_t n = 1;

	for (size_t i = 0; i < raw.len; i++)
		n += raw.data[i] == '&';
	return n;
}

static int parse_pair(struct arena *a, struct str raw, struct arg_pair *ret)
{
	struct str value = raw;
	struct str name = str_cut(&value, '=');
	int r = percent_decode(a, name, true, &ret->name);

	if (r == 0)
		r = percent_decode(a, value, true, &ret->value);
	if (r != 0)
		return r;
	if (ret->name.len == 0)
		return 400;
	return ret->name.len > FIELD_NAME_MAX ? 413 : 0;
}

int form_parse(struct arena *a, struct str raw, size_t max, struct arg_pairs *ret)
{
	size_t n = raw.len ? count_pairs(raw) : 0;
	struct arg_pair *items;

	if (n > max)
		return 413;
	items = arena_new(a, struct arg_pair, n);
	for (size_t i = 0; i < n; i++) {
		int r = parse_pair(a, str_cut(&raw, '&'), &items[i]);

		if (r != 0)
			return r;
	}
	*ret = (struct arg_pairs){ items, n };
	return 0;
}
