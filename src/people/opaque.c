/* What people type, in one form: see opaque.h. */
#include "people/opaque.h"

#include <glib.h>

#include "base/buf.h"
#include "base/utf8.h"

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.data[i] >= 0x80)
			return false;
	return true;
}

static struct str with_plain_spaces(struct arena *a, struct str s)
{
	struct buf b = buf_make(a, s.len + 1);

	while (s.len) {
		struct str before = s;

		if (g_unichar_type(utf8_next(&s)) == G_UNICODE_SPACE_SEPARATOR)
			buf_putc(&b, ' ');
		else
			buf_put(&b, str_slice(before, 0, before.len - s.len));
	}
	return buf_str(&b);
}

struct str opaque_text(struct arena *a, struct str s)
{
	struct str plain, made;
	char *normal;

	if (s.len > OPAQUE_MAX || is_ascii(s) || !g_utf8_validate(s.data, (gssize)s.len, NULL))
		return s;
	plain = with_plain_spaces(a, s);
	normal = g_utf8_normalize(plain.data, (gssize)plain.len, G_NORMALIZE_NFC);
	made = normal ? str_dup(a, str_from(normal)) : plain;
	g_free(normal);
	return made;
}

struct str name_key(struct arena *a, struct str name)
{
	struct str plain, ret;
	char *made;

	if (name.len > OPAQUE_MAX)
		return name;
	plain = opaque_text(a, utf8_visible(a, name));
	made = g_utf8_casefold(plain.data, (gssize)plain.len);
	ret = opaque_text(a, str_dup(a, str_from(made)));
	g_free(made);
	return ret;
}
