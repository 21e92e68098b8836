/* The texts of the interface: see i18n.h. */
#include "i18n/i18n.h"

#include <assert.h>

#include "base/buf.h"
#include "i18n/mo.h"

/* po/fr.po, compiled (meson.build). */
extern const struct str catalogue_fr;

static const struct str none = { NULL, 0 };

/* The translation in `l` with all its forms; data is NULL when the id is the text. */
static struct str find(enum language l, struct str context, struct str id)
{
	struct mo catalogue;

	/* The empty id names the catalogue's own header. */
	if (l != LANG_FR || id.len == 0 || mo_open(catalogue_fr, &catalogue) != 0)
		return none;
	return mo_find(&catalogue, context, id);
}

static struct str form_or(struct str translation, unsigned form, struct str otherwise)
{
	struct str text = mo_form(translation, form);

	return text.len ? text : otherwise;
}

struct str tr(enum language l, const char *id)
{
	struct str text = str_from(id);

	return form_or(find(l, none, text), 0, text);
}

struct str trc(enum language l, const char *context, const char *id)
{
	struct str text = str_from(id);

	return form_or(find(l, str_from(context), text), 0, text);
}

/* 0 for the singular, 1 for the plural: French says "0 point", English "0 points". */
static unsigned plural_form(enum language l, int64_t n)
{
	if (n == 1 || n == -1)
		return 0;
	return l == LANG_FR && n == 0 ? 0 : 1;
}

struct str trn(enum language l, const char *one, const char *other, int64_t n)
{
	/* Should the catalogue lack the message, the text shown is English and so is its plural. */
	struct str english = str_from(plural_form(LANG_EN, n) ? other : one);

	return form_or(find(l, none, str_from(one)), plural_form(l, n), english);
}

static const struct tr_arg *arg_named(const struct tr_arg *args, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(name, args[i].name))
			return &args[i];
	return NULL;
}

/* Length of the {placeholder} that `s` begins with, or 0. */
static size_t placeholder_len(struct str s)
{
	if (s.len < 3 || s.data[0] != '{')
		return 0;
	for (size_t i = 1; i < s.len; i++) {
		char c = s.data[i];

		if (c == '}')
			return i > 1 ? i + 1 : 0;
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return 0;
	}
	return 0;
}

/* Bytes the filled text has at most: each placeholder is three bytes or more. */
static size_t filled_max(struct str text, const struct tr_arg *args, size_t n)
{
	size_t longest = 0;

	for (size_t i = 0; i < n; i++)
		if (args[i].value.len > longest)
			longest = args[i].value.len;
	return text.len + text.len / 3 * longest;
}

struct str tr_fill(struct arena *a, struct str text, const struct tr_arg *args, size_t n)
{
	struct buf b = buf_make(a, filled_max(text, args, n));

	while (text.len) {
		size_t len = placeholder_len(text);
		const struct tr_arg *arg = NULL;

		if (len)
			arg = arg_named(args, n, str_slice(text, 1, len - 1));
		if (arg) {
			buf_put(&b, arg->value);
		} else {
			/* As it is, up to where the next placeholder may begin. */
			for (len = 1; len < text.len && text.data[len] != '{'; len++)
				;
			buf_put(&b, str_slice(text, 0, len));
		}
		text = str_slice(text, len, text.len);
	}
	assert(!b.full);
	return buf_str(&b);
}
