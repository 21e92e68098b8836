/* String views: see str.h. */
#include "base/str.h"

#include <string.h>

const char *str_c(struct arena *a, struct str s)
{
	char *p = arena_grow(a, NULL, 0, s.len + 1);

	if (s.len)
		memcpy(p, s.data, s.len);
	p[s.len] = '\0';
	return p;
}

struct str str_dup(struct arena *a, struct str s)
{
	return str_make(str_c(a, s), s.len);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.data[i]) != lower(b.data[i]))
			return false;
	return true;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int r = n ? memcmp(a.data, b.data, n) : 0;

	if (r != 0)
		return r;
	return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_eq(str_slice(s, s.len - suffix.len, s.len), suffix);
}

bool str_contains(struct str s, struct str part)
{
	for (size_t i = 0; i + part.len <= s.len; i++)
		if (str_eq(str_slice(s, i, i + part.len), part))
			return true;
	return false;
}

struct str str_trim(struct str s)
{
	while (s.len && (*s.data == ' ' || *s.data == '\t'))
		s = str_slice(s, 1, s.len);
	while (s.len && (s.data[s.len - 1] == ' ' || s.data[s.len - 1] == '\t'))
		s.len--;
	return s;
}

static bool has_line_end(struct str s)
{
	return s.len > 0 && (memchr(s.data, '\n', s.len) || memchr(s.data, '\r', s.len));
}

struct str str_line_ends(struct arena *a, struct str s, char line_end)
{
	char *out;
	size_t n = 0;

	if (!has_line_end(s))
		return s;
	out = arena_new(a, char, s.len + 1);
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] == '\r' && i + 1 < s.len && s.data[i + 1] == '\n')
			continue;
		out[n++] = s.data[i] == '\r' || s.data[i] == '\n' ? line_end : s.data[i];
	}
	return str_make(out, n);
}

struct str str_cut(struct str *rest, char sep)
{
	const char *p = rest->len ? memchr(rest->data, sep, rest->len) : NULL;
	struct str head = *rest;

	if (!p) {
		*rest = (struct str){ NULL, 0 };
		return head;
	}
	head.len = (size_t)(p - rest->data);
	*rest = str_slice(*rest, head.len + 1, rest->len);
	return head;
}

unsigned long long str_hash(struct str s)
{
	unsigned long long h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.data[i]) * 0x100000001b3u;
	return h;
}
