/* What the log's entries say, in words: see log_words.h. */
#include "people/log_words.h"

#include "people/pages.h"

enum { CHANGES_MAX = 16 };

/* ---- this room's own ---- */

static struct str say_role(struct req *rq, struct str value)
{
	enum role role;

	return role_parse(value, &role) == 0 ? role_name(rq->language, role)
					     : (struct str){ "", 0 };
}

static struct str say_yes(struct req *rq, struct str value)
{
	return str_is(value, "yes") ? tr(rq->language, "yes") : tr(rq->language, "no");
}

static const struct told_kind kinds[] = {
	{ "organisation", N_("Organisation") }, { "member", N_("Member or invitation") },
	{ "department", N_("Department") },     { "account", N_("Account") },
	{ "org", N_("Organisation") },          { NULL, NULL },
};

static const struct told_field fields[] = {
	{ "name", N_("Name"), NULL },
	{ "role", N_("Role"), say_role },
	{ "sector", N_("Sector"), NULL },
	{ "size", N_("Size"), size_words },
	{ "time zone", N_("Time zone"), NULL },
	{ "colour", N_("Colour"), NULL },
	{ "contact", N_("Contact link"), NULL },
	{ "benchmark", N_("Counted in comparisons"), say_yes },
	{ NULL, NULL, NULL },
};

const struct log_words people_log = { kinds, fields };

/* ---- every room's ---- */

static const struct told_kind *kind_in(const struct log_words *room, struct str kind)
{
	for (const struct told_kind *k = room->kinds; k->kind; k++)
		if (str_is(kind, k->kind))
			return k;
	return NULL;
}

struct str kind_words(struct req *rq, struct str kind)
{
	for (size_t i = 0; log_rooms[i]; i++) {
		const struct told_kind *found = kind_in(log_rooms[i], kind);

		if (found)
			return tr(rq->language, found->words);
	}
	return kind;
}

/* NULL: no room has it, it stands as it is. */
static const struct told_field *field_of(struct str kind, struct str key)
{
	for (size_t i = 0; log_rooms[i]; i++) {
		if (!kind_in(log_rooms[i], kind))
			continue;
		for (const struct told_field *f = log_rooms[i]->fields; f->key; f++)
			if (str_is(key, f->key))
				return f;
	}
	return NULL;
}

/* ---- flat JSON objects, as audit_value() writes them ---- */

struct member {
	struct str key, value;
	const struct told_field *field; /* or NULL */
};

static void skip_to_string(struct str *s)
{
	size_t i = 0;

	while (i < s->len && s->data[i] != '"')
		i++;
	*s = str_slice(*s, i, s->len);
}

/* The string that `s` begins with, its escapes undone but those of control characters, which a log is
 * better without. Empty when there is none. */
static struct str take_string(struct arena *a, struct str *s)
{
	struct buf b = buf_make(a, s->len + 1);
	size_t i = 1;

	for (; i < s->len && s->data[i] != '"'; i++) {
		if (s->data[i] != '\\') {
			buf_putc(&b, s->data[i]);
			continue;
		}
		if (++i < s->len && s->data[i] == 'u') {
			i += 4;
			buf_putc(&b, ' ');
		} else if (i < s->len) {
			buf_putc(&b, s->data[i]);
		}
	}
	*s = str_slice(*s, i < s->len ? i + 1 : s->len, s->len);
	return buf_str(&b);
}

static size_t members_of(struct req *rq, struct str kind, struct str json, struct member *ret)
{
	size_t n = 0;

	for (skip_to_string(&json); json.len && n < CHANGES_MAX; skip_to_string(&json)) {
		ret[n].key = take_string(rq->arena, &json);
		skip_to_string(&json);
		if (json.len == 0)
			break;
		ret[n].value = take_string(rq->arena, &json);
		ret[n].field = field_of(kind, ret[n].key);
		n += !ret[n].field || ret[n].field->words;
	}
	return n;
}

static const struct member *find(const struct member *members, size_t n, struct str key)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(members[i].key, key))
			return &members[i];
	return NULL;
}

static struct str label_of(struct req *rq, const struct member *m)
{
	return m->field ? tr(rq->language, m->field->words) : m->key;
}

/* The value in words, or a word for none. */
static struct str said(struct req *rq, const struct member *m)
{
	struct str words = m->field && m->field->say ? m->field->say(rq, m->value) : m->value;

	if (words.len == 0)
		words = m->value;
	return words.len ? words : trc(rq->language, "log", "nothing");
}

struct audit_change *change_words(struct req *rq, struct str kind, struct str before,
				  struct str after, size_t *ret_n)
{
	struct member old[CHANGES_MAX], new[CHANGES_MAX];
	size_t n_old = members_of(rq, kind, before, old), n_new = members_of(rq, kind, after, new);
	struct audit_change *changes = arena_new(rq->arena, struct audit_change, n_old + n_new);
	size_t n = 0;

	for (size_t i = 0; i < n_old; i++)
		if (!find(new, n_new, old[i].key))
			changes[n++] =
				(struct audit_change){ label_of(rq, &old[i]), said(rq, &old[i]) };
	for (size_t i = 0; i < n_new; i++) {
		const struct member *was = find(old, n_old, new[i].key);

		changes[n] = (struct audit_change){ label_of(rq, &new[i]), said(rq, &new[i]) };
		if (was && !str_eq(was->value, new[i].value))
			changes[n].before = said(rq, was);
		n++;
	}
	*ret_n = n;
	return changes;
}

struct str change_line(struct req *rq, const struct audit_change *c)
{
	return tr_fill(rq->arena,
		       c->before.len ? tr(rq->language, "{label}: {before} → {after}")
				     : tr(rq->language, "{label}: {after}"),
		       (const struct tr_arg[]){ { "label", c->label },
						{ "before", c->before },
						{ "after", c->value } },
		       3);
}
