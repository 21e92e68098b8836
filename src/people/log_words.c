/* What the log's entries say, in words: see log_words.h. */
#include "people/log_words.h"

#include "base/timing.h"

enum { CHANGES_MAX = 16, DAY_MS = 24 * 60 * 60 * 1000 };

/* What the code writes down (audit_value()), and what people call it. */
static const struct {
	const char *key, *words;
} fields[] = {
	{ "name", N_("Name") },
	{ "role", N_("Role") },
	{ "sector", N_("Sector") },
	{ "size", N_("Size") },
	{ "time zone", N_("Time zone") },
	{ "colour", N_("Colour") },
	{ "contact", N_("Contact link") },
	{ "benchmark", N_("Counted in comparisons") },
	{ "title", N_("Title") },
	{ "people", N_("People") },
	{ "mails", N_("Mails") },
	{ "detail", N_("Detail") },
	{ "owner", N_("Person in charge") },
	{ "due", N_("Due date") },
	{ "status", N_("Status") },
	{ "effort", N_("Effort") },
	{ "note", N_("Note") },
};

/* Names for programs: the row and the exports hold them. */
static const char *const unsaid[] = { "questions", "phase" };

static const struct {
	const char *key, *value, *words;
} values[] = {
	{ "benchmark", "yes", N_("yes") },
	{ "benchmark", "no", N_("no") },
	{ "status", "todo", N_("To do") },
	{ "status", "doing", N_("Under way") },
	{ "status", "done", N_("Done") },
	{ "status", "dropped", N_("Dropped") },
	{ "effort", "small", N_("Small: up to two days") },
	{ "effort", "medium", N_("Medium: up to two weeks") },
	{ "effort", "large", N_("Large: more than two weeks") },
};

static const struct {
	const char *kind, *words;
} kinds[] = {
	{ "organisation", N_("Organisation") }, { "member", N_("Member or invitation") },
	{ "department", N_("Department") },     { "round", N_("Campaign") },
	{ "participant", N_("Participant") },   { "sheet", N_("Scorecard") },
	{ "account", N_("Account") },           { "action", N_("Action of the plan") },
	{ "calendar", N_("Calendar address") }, { "org", N_("Organisation") },
};

struct str kind_words(struct req *rq, struct str kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(kind, kinds[i].kind))
			return tr(rq->language, kinds[i].words);
	return kind;
}

static struct str field_words(struct req *rq, struct str key)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (str_is(key, fields[i].key))
			return tr(rq->language, fields[i].words);
	return key;
}

static bool is_unsaid(struct str key)
{
	for (size_t i = 0; i < sizeof unsaid / sizeof *unsaid; i++)
		if (str_is(key, unsaid[i]))
			return true;
	return false;
}

static struct str value_words(struct req *rq, struct str key, struct str value)
{
	int64_t day;
	enum role role;

	if (str_is(key, "role") && role_parse(value, &role) == 0)
		return role_name(rq->language, role);
	if (str_is(key, "size"))
		return size_words(rq, value);
	if (str_is(key, "due") && day_parse(value, &day) == 0)
		return fmt_date(rq->arena, rq->language, day * DAY_MS);
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (str_is(key, values[i].key) && str_is(value, values[i].value))
			return tr(rq->language, values[i].words);
	return value;
}

/* ---- flat JSON objects, as audit_value() writes them ---- */

struct member {
	struct str key, value;
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

static size_t members_of(struct req *rq, struct str json, struct member *ret)
{
	size_t n = 0;

	for (skip_to_string(&json); json.len && n < CHANGES_MAX; skip_to_string(&json)) {
		ret[n].key = take_string(rq->arena, &json);
		skip_to_string(&json);
		if (json.len == 0)
			break;
		ret[n].value = take_string(rq->arena, &json);
		n += !is_unsaid(ret[n].key);
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

/* The value in words, or a word for none. */
static struct str said(struct req *rq, const struct member *m)
{
	struct str words = value_words(rq, m->key, m->value);

	return words.len ? words : trc(rq->language, "log", "nothing");
}

struct audit_change *change_words(struct req *rq, struct str before, struct str after,
				  size_t *ret_n)
{
	struct member old[CHANGES_MAX], new[CHANGES_MAX];
	size_t n_old = members_of(rq, before, old), n_new = members_of(rq, after, new), n = 0;
	struct audit_change *changes = arena_new(rq->arena, struct audit_change, n_old + n_new);

	for (size_t i = 0; i < n_old; i++)
		if (!find(new, n_new, old[i].key))
			changes[n++] = (struct audit_change){ field_words(rq, old[i].key),
							      said(rq, &old[i]) };
	for (size_t i = 0; i < n_new; i++) {
		const struct member *was = find(old, n_old, new[i].key);

		changes[n] =
			(struct audit_change){ field_words(rq, new[i].key), said(rq, &new[i]) };
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
