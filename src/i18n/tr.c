/* The texts of the interface: see i18n.h. */
#include "i18n/i18n.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

#include "base/buf.h"
#include "i18n/catalogue.h"

static const struct str none = { "", 0 };

/* The same as hash_of() in tools/po.py, eight bytes at a time. */
static uint64_t catalogue_hash(struct str s)
{
	uint64_t h = s.len;

	while (s.len) {
		uint64_t word = 0;
		size_t n = s.len < sizeof word ? s.len : sizeof word;

		memcpy(&word, s.data, n);
		h = (h ^ le64toh(word)) * 0x9e3779b97f4a7c15u;
		h ^= h >> 32;
		s = str_slice(s, n, s.len);
	}
	return h;
}

/* The form of a message in `l`, or what is to be said when there is none: English is never looked up. */
static struct str find(enum language l, struct str context, const char *id, unsigned form,
		       struct str otherwise)
{
	const struct catalogue *c = &catalogue_fr;
	struct str text = str_from(id);
	size_t at;

	if (l != LANG_FR)
		return otherwise;
	for (at = catalogue_hash(text) & (c->size - 1); c->slots[at].id.len;
	     at = (at + 1) & (c->size - 1)) {
		const struct message *m = &c->slots[at];

		if (str_eq(m->id, text) && str_eq(m->context, context))
			return m->forms[form].len ? m->forms[form] : otherwise;
	}
	return otherwise;
}

struct str tr(enum language l, const char *id)
{
	return find(l, none, id, 0, str_from(id));
}

struct str trc(enum language l, const char *context, const char *id)
{
	return find(l, str_from(context), id, 0, str_from(id));
}

unsigned plural_form(enum language l, int64_t n)
{
	if (n == 1 || n == -1)
		return 0;
	return l == LANG_FR && n == 0 ? 0 : 1;
}

struct str trn(enum language l, const char *one, const char *other, int64_t n)
{
	/* Should the catalogue lack the message, the text shown is English and so is its plural. */
	struct str english = str_from(plural_form(LANG_EN, n) ? other : one);

	return find(l, none, one, plural_form(l, n), english);
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
			const char *next = memchr(text.data + 1, '{', text.len - 1);

			len = next ? (size_t)(next - text.data) : text.len;
			buf_put(&b, str_slice(text, 0, len));
		}
		text = str_slice(text, len, text.len);
	}
	assert(!b.full);
	return buf_str(&b);
}

struct str tr_with(struct arena *a, enum language l, const char *id, const struct tr_arg *values)
{
	size_t n = 0;

	while (values && values[n].name)
		n++;
	return tr_fill(a, tr(l, id), values, n);
}
