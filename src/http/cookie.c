/* Cookies and names of files in headers: see header.h. */
#include <string.h>

#include "base/buf.h"
#include "http/header.h"

enum { COOKIES_MAX = 100 }; /* pairs looked at in one Cookie header */

/* cookie-octet of RFC 6265, section 4.1.1. */
static bool is_cookie_value(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.data[i];

		if (c <= 0x20 || c >= 0x7F || strchr("\",;\\", c))
			return false;
	}
	return true;
}

int cookie_get(struct str header, struct str name, struct str *ret)
{
	struct str rest = header;
	struct str found = { NULL, 0 };

	for (int i = 0; rest.data && i < COOKIES_MAX; i++) {
		struct str value = str_trim(str_cut(&rest, ';'));
		struct str key = str_cut(&value, '=');

		if (!str_eq(key, name))
			continue;
		if (found.data || !value.data || !is_cookie_value(value))
			return 1;
		found = value;
	}
	if (!found.data || rest.data)
		return 1;
	*ret = found;
	return 0;
}

/* attr-char of RFC 8187: what needs no encoding. */
static bool is_attr_char(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c && strchr("!#$&+-.^_`|~", c));
}

struct str content_disposition(struct arena *a, struct str filename)
{
	enum { HEADER_MAX = 4096 };
	struct buf b = buf_make(a, HEADER_MAX);

	/* For old programs: the same name with what is not plain ASCII replaced. */
	buf_puts(&b, "attachment; filename=\"");
	for (size_t i = 0; i < filename.len; i++) {
		unsigned char c = (unsigned char)filename.data[i];

		if (c < 0x80)
			buf_putc(&b, c == ' ' || is_attr_char(c) ? (char)c : '_');
		else if (c >= 0xC0)
			buf_putc(&b, '_');
	}
	buf_puts(&b, "\"; filename*=UTF-8''");
	for (size_t i = 0; i < filename.len; i++) {
		unsigned char c = (unsigned char)filename.data[i];

		if (is_attr_char(c))
			buf_putc(&b, (char)c);
		else
			buf_fmt(&b, "%%%02X", c);
	}
	return buf_str(&b);
}
