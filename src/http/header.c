/* Request headers: see header.h. */
#include "http/header.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"

struct str header_get(const struct headers *h, const char *name)
{
	struct str wanted = str_from(name);

	for (size_t i = 0; i < h->n; i++)
		if (str_eq_nocase(h->items[i].name, wanted))
			return h->items[i].value;
	return (struct str){ "", 0 };
}

size_t header_count(const struct headers *h, const char *name)
{
	struct str wanted = str_from(name);
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += str_eq_nocase(h->items[i].name, wanted);
	return n;
}

/* RFC 9110, section 5.6.2. */
static bool is_token(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.data[i];

		if (c <= 0x20 || c >= 0x7F || strchr("\"(),/:;<=>?@[\\]{}", c))
			return false;
	}
	return s.len > 0;
}

static bool is_field_value(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.data[i];

		if ((c < 0x20 && c != '\t') || c == 0x7F)
			return false;
	}
	return true;
}

static int check_syntax(const struct headers *h)
{
	size_t bytes = 0;

	if (h->n > HEADERS_MAX)
		return 431;
	for (size_t i = 0; i < h->n; i++) {
		if (!is_token(h->items[i].name) || !is_field_value(h->items[i].value))
			return 400;
		bytes += h->items[i].name.len + h->items[i].value.len;
	}
	return bytes > HEADERS_BYTES_MAX ? 431 : 0;
}

/* Fields that decide something and of which two would be a contradiction. */
static int check_single(const struct headers *h)
{
	static const char *const names[] = {
		"host",           "content-length", "content-type", "transfer-encoding", "origin",
		"sec-fetch-site", "expect",         "cookie",       "content-encoding",
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (header_count(h, names[i]) > 1)
			return 400;
	return 0;
}

static int check_length(const struct headers *h, size_t *ret_length)
{
	struct str length = header_get(h, "content-length");
	int64_t n = 0;

	if (header_count(h, "transfer-encoding")) {
		/* Two lengths, or a coding nobody sends to us. Bodies of unknown length are not taken:
		 * browsers never send one, and the parser of chunks need not be trusted. */
		if (header_count(h, "content-length") ||
		    !str_eq_nocase(header_get(h, "transfer-encoding"), S("chunked")))
			return 400;
		return 411;
	}
	if (header_count(h, "content-length")) {
		int r = num_parse(length, 0, INT32_MAX, &n);

		if (r == NUM_RANGE && length.data[0] != '-')
			return 413;
		if (r != NUM_OK)
			return 400;
	}
	*ret_length = (size_t)n;
	return 0;
}

int headers_check(const struct headers *h, size_t *ret_length)
{
	struct str expect = header_get(h, "expect");
	int r = check_syntax(h);

	if (r == 0)
		r = check_single(h);
	if (r == 0)
		r = check_length(h, ret_length);
	if (r != 0)
		return r;
	if (expect.len && !str_eq_nocase(expect, S("100-continue")))
		return 417;
	if (header_count(h, "content-encoding"))
		return 415;
	return 0;
}

/* The value of a parameter, without its quotes; quoted pairs are refused by emptiness. */
static struct str parameter_value(struct str s)
{
	if (s.len >= 2 && s.data[0] == '"' && s.data[s.len - 1] == '"')
		s = str_slice(s, 1, s.len - 1);
	return str_contains(s, S("\"")) || str_contains(s, S("\\")) ? (struct str){ "", 0 } : s;
}

int media_type_parse(struct str value, struct media_type *ret)
{
	struct str rest = value;
	struct media_type t = { .essence = str_trim(str_cut(&rest, ';')) };

	while (rest.data) {
		struct str v = str_trim(str_cut(&rest, ';'));
		struct str name = str_cut(&v, '=');
		struct str *to = NULL;

		if (str_eq_nocase(name, S("charset")))
			to = &t.charset;
		else if (str_eq_nocase(name, S("boundary")))
			to = &t.boundary;
		if (!to)
			continue;
		if (to->len)
			return 400;
		*to = parameter_value(v);
		if (to->len == 0)
			return 400;
	}
	if (!str_contains(t.essence, S("/")))
		return 400;
	*ret = t;
	return 0;
}

/* True when q is written as zero: "0", "0.", "0.0", … */
static bool is_zero(struct str q)
{
	for (size_t i = 0; i < q.len; i++)
		if (q.data[i] != '0' && q.data[i] != '.')
			return false;
	return true;
}

/* True when a list element's parameters do not say q=0. */
static bool is_wanted(struct str parameters)
{
	while (parameters.data) {
		struct str p = str_trim(str_cut(&parameters, ';'));

		if (str_eq_nocase(str_slice(p, 0, 2), S("q=")))
			return !is_zero(str_slice(p, 2, p.len));
	}
	return true;
}

bool accepts_gzip(struct str accept_encoding)
{
	struct str rest = accept_encoding;
	bool any = false;

	while (rest.data) {
		struct str parameters = str_cut(&rest, ',');
		struct str coding = str_trim(str_cut(&parameters, ';'));

		if (str_eq_nocase(coding, S("gzip")))
			return is_wanted(parameters);
		if (str_is(coding, "*"))
			any = is_wanted(parameters);
	}
	return any;
}

bool etag_matches(struct str if_none_match, struct str etag)
{
	struct str rest = if_none_match;

	while (rest.data) {
		struct str one = str_trim(str_cut(&rest, ','));

		if (str_starts(one, S("W/")))
			one = str_slice(one, 2, one.len);
		if (str_is(one, "*") || str_eq(one, etag))
			return one.len > 0;
	}
	return false;
}
