/* Request targets: see path.h. */
#include "http/path.h"

#include <string.h>

#include "base/utf8.h"

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Writes the decoded bytes of `raw` to `out`; the length, or -1 for a bad escape. */
static long decode_bytes(struct str raw, bool plus, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < raw.len; i++) {
		int high, low;

		if (raw.data[i] != '%') {
			out[n++] = plus && raw.data[i] == '+' ? ' ' : raw.data[i];
			continue;
		}
		if (raw.len - i < 3)
			return -1;
		high = hex_value(raw.data[i + 1]);
		low = hex_value(raw.data[i + 2]);
		if (high < 0 || low < 0)
			return -1;
		out[n++] = (char)(high << 4 | low);
		i += 2;
	}
	return (long)n;
}

static bool needs_decoding(struct str raw, bool plus)
{
	return raw.len &&
	       (memchr(raw.data, '%', raw.len) || (plus && memchr(raw.data, '+', raw.len)));
}

int percent_decode(struct arena *a, struct str raw, bool plus, struct str *ret)
{
	struct str s = raw;

	if (needs_decoding(raw, plus)) {
		char *out = arena_new(a, char, raw.len + 1);
		long n = decode_bytes(raw, plus, out);

		if (n < 0)
			return 400;
		s = str_make(out, (size_t)n);
	}
	if (!utf8_valid(s))
		return 400;
	*ret = s;
	return 0;
}

/* RFC 3986 has no other bytes in a path or a query than these, '%' included. */
static bool is_target_byte(unsigned char c)
{
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) /* most are */
		return true;
	return c > 0x20 && c < 0x7F && !strchr("\"<>\\^`{|}#", c);
}

static bool has_scheme(struct str raw, struct str *ret_rest)
{
	static const struct str schemes[] = { STR("http://"), STR("https://") };

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (str_eq_nocase(str_slice(raw, 0, schemes[i].len), schemes[i])) {
			*ret_rest = str_slice(raw, schemes[i].len, raw.len);
			return true;
		}
	}
	return false;
}

int target_split(struct str raw, struct target *ret)
{
	struct target t = { .path = raw };
	struct str rest = raw;

	if (raw.len > TARGET_MAX)
		return 414;
	if (has_scheme(raw, &rest)) {
		size_t n = 0;

		while (n < rest.len && rest.data[n] != '/' && rest.data[n] != '?')
			n++;
		if (n == 0)
			return 400;
		t.authority = str_slice(rest, 0, n);
		rest = str_slice(rest, n, rest.len);
	}
	t.path = str_cut(&rest, '?');
	t.query = rest;
	if (t.path.len == 0 && t.authority.len)
		t.path = S("/");
	if (t.path.len == 0 || t.path.data[0] != '/')
		return 400;
	*ret = t;
	return 0;
}

/* 404 when `path` has an empty segment before its end, "." or "..". */
static int check_segments(struct str path)
{
	struct str rest = str_slice(path, 1, path.len);

	while (rest.data) {
		struct str segment = str_cut(&rest, '/');

		if (segment.len == 0 && rest.data)
			return 404;
		if (str_is(segment, ".") || str_is(segment, ".."))
			return 404;
	}
	return 0;
}

int path_decode(struct arena *a, struct str raw, struct str *ret)
{
	struct str path;
	size_t slashes = 0;
	int r;

	for (size_t i = 0; i < raw.len; i++) {
		if (!is_target_byte((unsigned char)raw.data[i]))
			return raw.data[i] == '\\' ? 404 : 400;
		slashes += raw.data[i] == '/';
	}
	r = percent_decode(a, raw, false, &path);
	if (r != 0)
		return r;
	if (utf8_has_control(path))
		return 400;
	for (size_t i = 0; i < path.len; i++) {
		if ((unsigned char)path.data[i] < 0x20)
			return 400;
		if (path.data[i] == '\\')
			return 404;
		slashes -= path.data[i] == '/';
	}
	if (slashes != 0)
		return 404;
	r = check_segments(path);
	if (r != 0)
		return r;
	*ret = path;
	return 0;
}
